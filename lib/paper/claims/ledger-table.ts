import { InvalidInputError } from "../../statistics";
import { calledAs, lengthOf } from "../../statistics/inner";
import { type Table, table } from "../../tables";
import { type Basis, type Claim, placeText } from "./claim";
import { type ComputedVerdict, computedVerdicts } from "./computed-verdicts";
import { type ClaimText, claimTexts, type RecordedVerdict, VERDICTS } from "./ledger";

/** A claim with its verdict and the cells that computed it. */
export interface LedgerRow {
  readonly claim: number;
  readonly title: string;
  readonly kind: ClaimText["kind"];
  readonly quotes: ClaimText["quotes"];
  readonly verdict: RecordedVerdict;
  /** What the verdict rests on; null where no cell computed it. */
  readonly basis: Basis | string | null;
  readonly cells: readonly { readonly notebook: string; readonly cellId: string; readonly cell: number }[];
  /** What is wrong with it; empty where record and cells agree. */
  readonly problems: readonly string[];
}

export interface LedgerOptions {
  /** Verdicts in the outputs of the executed notebooks, unless told. */
  readonly computed?: readonly ComputedVerdict[];
  /**
   * Verdicts that the notebook itself has just computed. Its file still holds those of its last run, or none, so they go
   * before what is read from it.
   */
  readonly own?: {
    readonly notebook: string;
    readonly claims: readonly (Claim & { readonly cellId: string })[];
  };
}

/**
 * The ledger: every claim of the paper that was checked, the verdict, what it rests on, and the cells that computed it.
 *
 * @returns a row for each claim of data/claims.json, in its order
 * @throws InvalidInputError where a cell computed a claim that the ledger does not have
 * @example ledgerRows().filter(({ problems }) => problems.length > 0) // []
 */
export function ledgerRows({ computed = computedVerdicts(), own }: LedgerOptions = {}): LedgerRow[] {
  lengthOf("ledgerRows", "computed", computed);
  const replaced = new Set(own?.claims.map(({ id }) => id));
  const fromFiles = computed.filter(({ claim, notebook }) => notebook !== own?.notebook || !replaced.has(claim));
  const verdicts = [...fromFiles, ...ownVerdicts(own)];
  const texts = claimTexts();
  const unknown = verdicts.find(({ claim }) => !texts.some(({ id }) => id === claim));
  if (unknown !== undefined) {
    throw new InvalidInputError(
      `ledgerRows: ${unknown.notebook}, cell ${unknown.cellId}, computes claim ${unknown.claim}, which data/claims.json does not have`,
      "computed",
    );
  }
  return texts.map((text) =>
    ledgerRow(
      text,
      verdicts.filter(({ claim }) => claim === text.id),
    ),
  );
}

function ledgerRow(text: ClaimText, found: readonly ComputedVerdict[]): LedgerRow {
  const differing = found
    .filter(({ verdict, basis }) => basis !== "other data" && verdict !== text.verdict)
    .map(({ notebook, cellId, verdict }) => `${notebook}, cell ${cellId}, says "${verdict}"`);
  const missing = found.length === 0 ? ["no cell computes it"] : [];
  return {
    claim: text.id,
    title: text.title,
    kind: text.kind,
    quotes: text.quotes,
    verdict: text.verdict,
    basis: found[0]?.basis ?? null,
    cells: found.map(({ notebook, cellId, cell }) => ({ notebook, cellId, cell })),
    problems: [...differing, ...missing],
  };
}

function ownVerdicts(own: LedgerOptions["own"]): ComputedVerdict[] {
  if (own === undefined) return [];
  return own.claims.map(({ id, verdict, basis, cellId }) => {
    return { claim: id, verdict, basis, notebook: own.notebook, cellId, cell: 0 };
  });
}

/**
 * The ledger as one table, with a link from each claim to the cells that computed it.
 *
 * @throws InvalidInputError as {@link ledgerRows}
 * @example show(ledgerTable())
 */
export function ledgerTable(options: LedgerOptions = {}): Table {
  const rows = calledAs("ledgerTable", () => ledgerRows(options));
  const open = rows.filter(({ problems }) => problems.length > 0);
  return table(rows, {
    caption: `The ledger: ${rows.length} claims, and the cells that computed the verdicts`,
    data: { provenance: ["published"] },
    notes:
      open.length === 0
        ? []
        : [`Not in order: ${open.map(({ claim, problems }) => `claim ${claim}, ${problems.join("; ")}`).join(". ")}.`],
    columns: [
      { label: "Claim", value: "claim" },
      { label: "About", value: "title" },
      // Beside what it is about: the columns after it may stand outside of a window.
      { label: "Verdict", value: "verdict" },
      {
        label: "The paper, verbatim",
        value: ({ quotes }) => quotes.map(({ text }) => `“${text}”`).join(" "),
      },
      { label: "Place", value: ({ quotes }) => [...new Set(quotes.map(placeText))].join("; ") },
      { label: "Kind", value: "kind" },
      { label: "Rests on", value: "basis" },
      {
        label: "Computed in",
        value: ({ cells }) =>
          cells.length === 0
            ? "no cell"
            : cells.map(({ notebook, cellId }) => ({
                text: `${notebook.slice(0, 2)}, ${cellId}`,
                url: `${notebook}.ipynb#cell-${cellId}`,
              })),
      },
    ],
  });
}

/** How many claims have a verdict. */
export interface LedgerCount {
  readonly verdict: RecordedVerdict;
  readonly claims: number;
  /** Numbers of the claims. */
  readonly which: readonly number[];
}

/**
 * Claims counted by verdict.
 *
 * @returns a line for each of the six verdicts, in their order
 * @example ledgerCounts(ledgerRows()).map(({ verdict, claims }) => `${claims} ${verdict}`)
 */
export function ledgerCounts(rows: readonly Pick<LedgerRow, "claim" | "verdict">[]): LedgerCount[] {
  lengthOf("ledgerCounts", "rows", rows);
  return VERDICTS.map((verdict) => {
    const which = rows.filter((row) => row.verdict === verdict).map(({ claim }) => claim);
    return { verdict, claims: which.length, which };
  });
}
