import { completeCases } from "../../survival/inner";

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
  const found = completeCases(time.length, names, (name, i) => covariates[name]?.[i] == null);
  const count = new Map(found.incomplete.columns.map(({ column, count }) => [column, count]));
  return {
    rows: found.rows,
    incomplete: {
      count: found.incomplete.count,
      ids: found.incomplete.rows.map((i) => ids[i] ?? ""),
      columns: names.flatMap((column) => {
        const missing = count.get(column);
        return missing === undefined ? [] : [{ column, count: missing }];
      }),
    },
  };
}
