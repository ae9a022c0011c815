import { type ShownVerdict, shownVerdicts } from "../../lib/paper/claims";
import type { CodeCell, Output } from "./notebook";

/** A verdict on a claim of the paper with the cell that computed it. */
export interface Verdict extends ShownVerdict {
  readonly cell: number;
  /** The cell's name, which stays when cells are put before it. */
  readonly cellId: string;
}

/** The verdicts among the outputs of a cell. */
export function verdictsOf(cell: CodeCell, outputs: readonly Output[]): Verdict[] {
  return shownVerdicts(outputs).map((verdict) => ({ ...verdict, cell: cell.number, cellId: cell.id }));
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
