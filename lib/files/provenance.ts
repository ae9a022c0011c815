import { InvalidInputError } from "../statistics";

/**
 * What a row of the project's files can say of where it comes from: it rests on the pages listed in the row, a generator
 * made it and it describes nobody, or it comes from the authors of the paper.
 */
export const PROVENANCE = ["public-record", "synthetic", "published"] as const;
export type RowProvenance = (typeof PROVENANCE)[number];

/**
 * Where data come from: what a row of the project's files can say, `"own"`, for the data that a reader brings to the
 * method, of which the project knows nothing but what their file says; or `"judgement"`: somebody's beliefs, weights,
 * likelihoods or readings, which are no data, whatever they are about.
 */
export const ANY_PROVENANCE = [...PROVENANCE, "own", "judgement"] as const;
export type Provenance = (typeof ANY_PROVENANCE)[number];

/** Anything that says where it comes from: a row, rows, or a result over rows. */
export type Sourced =
  | { readonly provenance: Provenance }
  | readonly { readonly provenance: Provenance }[]
  | { readonly provenance: readonly Provenance[] };

/**
 * The distinct kinds of provenance in `x`, in the fixed order public-record, synthetic, published, own, judgement.
 * Results carry this list so that a figure made from them can say what it rests on.
 *
 * @example provenancesOf(loadLongList().rows) // ["public-record", "synthetic"]
 */
export function provenancesOf(x: Sourced): Provenance[] {
  checkSourced("provenancesOf", "x", x);
  const found = new Set(kindsOf(x));
  return ANY_PROVENANCE.filter((provenance) => found.has(provenance));
}

/**
 * Throws unless a value says where it comes from, in words that are known: a misspelt "synthetic" would lose its mark.
 *
 * @param action the function that was called, for the message
 * @param argument what the value is called there
 * @throws {InvalidInputError} naming what was found
 * @example checkSourced("table", "options.data", { provenance: ["synthetic"] })
 */
export function checkSourced(action: string, argument: string, x: unknown): void {
  const isSource = Array.isArray(x) || (typeof x === "object" && x !== null && "provenance" in x);
  if (!isSource) {
    const needed = "a loader's result, rows with a provenance, or an object with one is needed";
    const found = typeof x === "object" && x !== null ? "an object without a provenance" : String(x);
    throw new InvalidInputError(`${action}: ${argument} is ${found}; ${needed}`, argument);
  }
  const known: readonly unknown[] = ANY_PROVENANCE;
  const kinds = kindsOf(x);
  const at = kinds.findIndex((kind) => !known.includes(kind));
  if (at < 0) return;
  const message = `${action}: a provenance of ${argument} is ${JSON.stringify(kinds[at])}; ${ANY_PROVENANCE.join(", ")} are known`;
  throw new InvalidInputError(message, argument, at);
}

function kindsOf(x: object): unknown[] {
  const of = (row: unknown): unknown =>
    typeof row === "object" && row !== null ? Reflect.get(row, "provenance") : row;
  return Array.isArray(x) ? x.map(of) : [of(x)].flat();
}

/**
 * Whether any part of `x` is synthetic. One synthetic row is enough: what is computed from it
 * describes no real group of women.
 *
 * @example isSynthetic(loadFreeThe20()) // false
 */
export function isSynthetic(x: Sourced): boolean {
  checkSourced("isSynthetic", "x", x);
  return kindsOf(x).includes("synthetic");
}

/**
 * The words that stand over a table or a figure which shows not only what is known; null where it does.
 *
 * @example provenanceMark(loadLongList()) // "PARTLY SYNTHETIC DATA"
 */
export function provenanceMark(x: Sourced): string | null {
  const data = provenancesOf(x).filter((provenance) => provenance !== "judgement");
  const synthetic = data.length === 1 ? "SYNTHETIC DATA" : "PARTLY SYNTHETIC DATA";
  const marks = [
    ...(data.includes("synthetic") ? [synthetic] : []),
    ...(provenancesOf(x).includes("judgement") ? ["JUDGEMENTS"] : []),
  ];
  return marks.length === 0 ? null : marks.join(" · ");
}
