import type { ClaimText } from "../../lib/paper/claims";
import { type Verdict, verdictsOf } from "./claims";
import type { Notebook } from "./notebook";

/** A verdict with the notebook whose cell computed it. */
export interface FoundVerdict extends Verdict {
  /** Without its ending. */
  readonly notebook: string;
}

/** A claim of the ledger with what the executed notebooks say about it. */
export interface LedgerEntry {
  readonly claim: ClaimText;
  readonly found: readonly FoundVerdict[];
  /** What does not fit together, in sentences; empty where all is well. */
  readonly problems: readonly string[];
}

/**
 * Holds the ledger against the verdicts in the outputs of executed notebooks.
 *
 * A problem is a verdict other than the one on record, a claim on record that no cell of its notebook computes, and a
 * verdict on a claim that the ledger does not have. On other data a verdict may be any.
 *
 * @param partial some notebooks may be missing, and their claims with them
 * @param complete a claim without a verdict is a problem, too
 */
export function ledgerState(
  claims: readonly ClaimText[],
  notebooks: readonly Notebook[],
  { partial = false, complete = false }: { readonly partial?: boolean; readonly complete?: boolean } = {},
): { entries: LedgerEntry[]; unknown: string[] } {
  const all = notebooks.flatMap((notebook) =>
    notebook.cells.flatMap((cell) =>
      verdictsOf(cell, cell.outputs).map(
        (verdict): FoundVerdict => ({ ...verdict, notebook: notebook.name.replace(/\.ipynb$/, "") }),
      ),
    ),
  );
  const entries = claims.map((claim) => {
    const found = all.filter((verdict) => verdict.claim === claim.id);
    const isThere = notebooks.some(({ name }) => name === `${claim.notebook}.ipynb`);
    const waiting =
      complete && claim.verdict === "not yet checked"
        ? [`claim ${claim.id} has no verdict; data/claims.json says that it waits for ${claim.notebook}`]
        : [];
    return { claim, found, problems: [...problemsOf(claim, found, isThere || !partial), ...waiting] };
  });
  const unknown = all
    .filter((verdict) => !claims.some(({ id }) => id === verdict.claim))
    .map(({ claim, notebook, cell }) => `${notebook}, cell ${cell}: data/claims.json has no claim ${claim}`);
  return { entries, unknown };
}

function problemsOf(claim: ClaimText, found: readonly FoundVerdict[], needsCell: boolean): string[] {
  const differing = found
    .filter(({ verdict, basis }) => basis !== "other data" && verdict !== claim.verdict)
    .map(
      ({ notebook, cell, verdict }) =>
        `claim ${claim.id} is "${verdict}" in ${notebook}, cell ${cell}; data/claims.json records "${claim.verdict}"`,
    );
  const computed = found.some(({ notebook }) => notebook === claim.notebook);
  if (claim.verdict === "not yet checked" || computed || !needsCell) return differing;
  return [
    ...differing,
    `claim ${claim.id} is on record as "${claim.verdict}", but no cell of ${claim.notebook} computes it`,
  ];
}
