import { type Table, table } from "../table";
import { cellLines, fixed, pretty } from "./cell-lines";
import type { RegressionTable } from "./types";

/**
 * A regression table as a table, which show(), tableHtml() and tableText() print: each cell has the
 * estimate above its bracket.
 *
 * @example tableText(journalTable(regressionTable([fit], { data: women })))
 */
export function journalTable(regression: RegressionTable): Table {
  const estimates = regression.rows.map(({ name, cells }) => [
    name,
    ...cells.map((cell) => {
      const lines = cellLines(cell, regression);
      if (lines === null || lines === "left out") return lines ?? "";
      return [`${pretty(lines.estimate)}${lines.stars}`, `(${lines.bracket.map(pretty).join(" to ")})`];
    }),
  ]);
  const summary = regression.summary.map(({ label, values, digits }) => [
    label,
    ...values.map((value) => (value === null ? null : pretty(fixed(value, digits)))),
  ]);
  const headings = ["", ...regression.models];
  return table([...estimates, ...summary], {
    caption: regression.caption,
    data: { provenance: regression.provenance },
    notes: regression.notes,
    columns: headings.map((label, at) => ({
      label,
      value: (row) => row[at] ?? null,
      align: at === 0 ? "left" : "right",
    })),
  });
}

/** Whether a value is a {@link RegressionTable}. */
export function isRegressionTable(value: unknown): value is RegressionTable {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === "regression table" &&
    "summary" in value
  );
}
