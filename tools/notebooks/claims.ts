import { asObject, asString } from "../jupyter/wire";
import type { CodeCell, Output } from "./notebook";
import { CLAIM } from "./outputs";

/** A verdict on a claim of the paper that a cell computed. */
export interface Verdict {
  claim: number;
  cell: number;
  verdict: string;
  /** What data/claims.json has on record. */
  recorded: string;
}

/** The verdicts among the outputs of a cell. */
export function verdictsOf(cell: CodeCell, outputs: readonly Output[]): Verdict[] {
  return outputs.flatMap((output) => {
    if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
    const value = output.data[CLAIM];
    if (value === undefined) return [];
    const { id, verdict, recorded } = asObject(value);
    return [
      { claim: Number(id), cell: cell.number, verdict: asString(verdict), recorded: asString(recorded) },
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
