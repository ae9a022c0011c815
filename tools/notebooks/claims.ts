import { asObject, asString } from "../kernel/protocol/wire";
import { type CodeCell, type Output, text } from "./notebook";
import { CLAIM } from "./outputs";

/** A verdict on a claim of the paper that a cell computed. */
export interface Verdict {
  claim: number;
  cell: number;
  /** The cell's name, which stays when cells are put before it. */
  cellId: string;
  verdict: string;
  /** What data/claims.json has on record. */
  recorded: string;
  /** What the numbers rest on, such as "public record" or "other data". */
  basis: string;
  /** The claim in the project's words, as the output shows it. */
  text: string;
}

/** The verdicts among the outputs of a cell. */
export function verdictsOf(cell: CodeCell, outputs: readonly Output[]): Verdict[] {
  return outputs.flatMap((output) => {
    if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
    const value = output.data[CLAIM];
    if (value === undefined) return [];
    const { id, verdict, recorded, basis } = asObject(value);
    return [
      {
        claim: Number(id),
        cell: cell.number,
        cellId: cell.id,
        verdict: asString(verdict),
        recorded: asString(recorded),
        basis: typeof basis === "string" ? basis : "",
        text: text(output.data["text/plain"]).split("\n").at(-1) ?? "",
      },
    ];
  });
}

/** Verdicts that are not the ones on record, as sentences. */
export function changedVerdicts(notebook: string, verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(({ verdict, recorded }) => verdict !== recorded)
    .map(
      ({ claim, cell, verdict, recorded }) =>
        `${notebook}, cell ${cell}: claim ${claim} is now "${verdict}", data/claims.json records "${recorded}"`,
    );
}

/**
 * Verdicts that differ from those in the committed notebook while the claim's text is the same: whoever changes the
 * record has to say in the text why.
 */
export function unexplainedVerdicts(
  notebook: string,
  committed: readonly Verdict[],
  now: readonly Verdict[],
): string[] {
  return now.flatMap(({ claim, cell, verdict, text }) => {
    const before = committed.find((other) => other.claim === claim);
    if (before === undefined || before.verdict === verdict || before.text !== text) return [];
    return [
      `${notebook}, cell ${cell}: claim ${claim} was "${before.verdict}" and is "${verdict}" now, but its text in ` +
        "data/claims.json has stayed the same; say there what has changed",
    ];
  });
}
