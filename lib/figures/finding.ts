import { InvalidInputError } from "../statistics";
import { formatCount } from "./label";

/**
 * The first of some sentences that the data bear out: the title of a figure. One that names a direction or a size is thereby
 * asserted; with other data the next one stands, and where none holds there is no figure with a wrong title but an error.
 *
 * @param sentences each with whether it holds, from the strongest to the most careful
 * @throws InvalidInputError where none holds, or the one that does is empty
 * @example
 * finding([upper < 0, "Featured women were held for a shorter time"], [true, "Nobody can tell who was held longer"])
 */
export function finding(...sentences: readonly (readonly [holds: boolean, sentence: string])[]): string {
  const said: unknown = sentences.find((one) => one[0] === true)?.[1];
  if (typeof said === "string" && said.trim() !== "") return said;
  const tried = sentences.map((one) => `"${String(one[1])}"`).join(", ");
  const found = sentences.length === 0 ? "no sentence was given" : `the data bear out none of ${tried}`;
  throw new InvalidInputError(`finding: ${found}; end with a sentence that always holds`, "sentences");
}

/** "None of 4 intervals leaves", "1 of 4 intervals leaves", "3 of 4 intervals leave": a count with its noun and its verb. */
export function counted(n: number, of: number, plural: string, one: string, many: string): string {
  return `${n === 0 ? "None" : formatCount(n)} of ${formatCount(of)} ${plural} ${n < 2 ? one : many}`;
}
