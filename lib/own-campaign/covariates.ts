import { DataError, type Problem } from "../files";
import type { Places } from "./columns";
import type { GrowingNumbers, GrowingTexts } from "./growing";
import type { LoadReport } from "./report";

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Texts of covariates as numbers, where all of them are numbers or the mapping says so, else as categories.
 *
 * @throws DataError with the first row of each text that is no number in a column that the mapping calls one
 */
export function covariateColumns(
  named: Places["covariates"],
  texts: readonly GrowingTexts[],
  at: { readonly file: string; readonly rows: GrowingNumbers },
) {
  const columns: Record<string, readonly (number | string | null)[]> = {};
  const described: LoadReport["covariates"][number][] = [];
  const problems: Problem[] = [];
  named.forEach(({ name, as }, i) => {
    const { levels } = texts[i];
    const values = texts[i].toArray();
    const wrong = levels.filter((text) => !NUMBER.test(text));
    const numeric = as === "number" || (as === undefined && levels.length > 0 && wrong.length === 0);
    if (numeric && wrong.length > 0) {
      const rows = at.rows.toArray();
      for (const text of wrong.slice(0, 20)) {
        const message = `${JSON.stringify(text)} is not a number, and the mapping reads the column as one; mend it, or read the column as a category`;
        problems.push({
          file: at.file,
          row: rows[values.indexOf(text)],
          column: name,
          value: text,
          rule: "number",
          message,
        });
      }
    }
    const read = new Map(levels.map((text) => [text, Number(text)]));
    columns[name] = numeric
      ? values.map((text) => (text === null ? null : (read.get(text) ?? null)))
      : values;
    described.push({
      name,
      kind: numeric ? "number" : "category",
      levels: numeric ? null : levels.length,
      missing: values.reduce((count, text) => count + (text === null ? 1 : 0), 0),
    });
  });
  if (problems.length > 0) throw new DataError(problems);
  return { columns, described };
}
