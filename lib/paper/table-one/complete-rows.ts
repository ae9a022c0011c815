/** Rows that a model cannot use, counted by column; a row can miss several. */
export interface Incomplete {
  readonly count: number;
  readonly ids: readonly string[];
  readonly columns: readonly { readonly column: string; readonly count: number }[];
}

/** Indices of the rows that have a value in every named covariate, and what became of the others. */
export function completeIn(
  {
    time,
    ids,
    covariates,
  }: {
    readonly time: readonly number[];
    readonly ids: readonly string[];
    readonly covariates: Readonly<Record<string, readonly (number | null)[]>>;
  },
  names: readonly string[],
): { rows: number[]; incomplete: Incomplete } {
  const missing = (i: number): string[] => names.filter((name) => covariates[name]?.[i] == null);
  const all = time.map((_, i) => ({ i, missing: missing(i) }));
  const left = all.filter((row) => row.missing.length > 0);
  const columns = names.map((column) => ({
    column,
    count: left.filter((row) => row.missing.includes(column)).length,
  }));
  return {
    rows: all.filter((row) => row.missing.length === 0).map(({ i }) => i),
    incomplete: {
      count: left.length,
      ids: left.map(({ i }) => ids[i] ?? ""),
      columns: columns.filter(({ count }) => count > 0),
    },
  };
}
