import { isOfKind, syntheticCaption, type Table, table } from "../table";
import type { RegressionEstimate, RegressionTable } from "./regression-table";

/** A number with a plain hyphen as minus, "Inf" and "-Inf" where it has no end; each format makes its own signs of them. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : value < 0 ? "-Inf" : "NaN";
  if (Math.abs(value) >= 1e6) return value.toExponential(1);
  const text = value.toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** The two lines of a cell: estimate with stars, and what stands in brackets. */
export interface CellLines {
  readonly estimate: string;
  readonly stars: string;
  /** One number, a standard error, or two, an interval. */
  readonly bracket: readonly string[];
}

/** The numbers of a cell as text, without markup; null where the covariate is not in the model. */
export function cellLines(
  cell: RegressionEstimate | "left out" | null,
  { style, digits }: Pick<RegressionTable, "style" | "digits">,
): CellLines | "left out" | null {
  if (cell === null || cell === "left out") return cell;
  const bracket = style === "coefficients" ? [cell.standardError] : [cell.lower, cell.upper];
  return {
    estimate: fixed(cell.estimate, digits),
    stars: cell.stars,
    bracket: bracket.map((value) => fixed(value, digits)),
  };
}

/** A number's text as prose prints it: a true minus and ∞. */
export function pretty(text: string): string {
  return text.replaceAll("-", "−").replace("Inf", "∞");
}

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
  return isOfKind(value, "regression table") && "summary" in value;
}

/**
 * A regression table in GitHub's Markdown, estimates and brackets in rows of their own. Text from data is escaped, so
 * that it shows letter for letter.
 *
 * @example regressionMarkdown(regressionTable([fit], { data: women })) // "**Cox models**\n\n|  | (1) |\n| :-- | --: | …"
 */
export function regressionMarkdown(regression: RegressionTable): string {
  const { models, rows, summary, notes } = regression;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const body = rows.flatMap(({ name, cells }) => {
    const lines = cells.map((cell) => cellLines(cell, regression));
    const above = lines.map((cell) =>
      cell === null || cell === "left out"
        ? (cell ?? "")
        : `${pretty(cell.estimate)}${escapeMarkdown(cell.stars)}`,
    );
    const below = lines.map((cell) =>
      cell === null || cell === "left out" ? "" : `(${cell.bracket.map(pretty).join(" to ")})`,
    );
    return [line([escapeMarkdown(name), ...above]), line(["", ...below])];
  });
  const foot = summary.map(({ label, values, digits }) =>
    line([label, ...values.map((value) => (value === null ? "–" : pretty(fixed(value, digits))))]),
  );
  return [
    `**${captionOf(regression, escapeMarkdown)}**`,
    "",
    line(["", ...models.map(escapeMarkdown)]),
    line([":--", ...models.map(() => "--:")]),
    ...body,
    ...foot,
    "",
    ...notes.map(escapeMarkdown),
  ].join("\n");
}

/** The caption behind the words for synthetic data, where the table rests on any. */
export function captionOf(
  { caption, provenance }: Pick<RegressionTable, "caption" | "provenance">,
  escaped: (text: string) => string,
): string {
  return [syntheticCaption(provenance), escaped(caption)].filter((part) => part !== null).join(": ");
}

/** Text as Markdown that shows it letter for letter, in a table's cell or a line of prose. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]|$~#!]/g, "\\$&");
}

/**
 * A regression table as LaTeX: a table environment with booktabs rules (`\usepackage{booktabs}`), estimates and brackets
 * in rows of their own, numbers in mathematics so that minus signs are ones. Text from data is escaped.
 *
 * @example regressionLatex(regressionTable([fit], { data: women })) // "\\begin{table}\n\\centering\n…"
 */
export function regressionLatex(regression: RegressionTable): string {
  const { models, rows, summary, notes } = regression;
  const line = (cells: readonly string[]): string => `${cells.join(" & ")} \\\\`;
  const body = rows.flatMap(({ name, cells }) => {
    const lines = cells.map((cell) => cellLines(cell, regression));
    const above = lines.map((cell) => {
      if (cell === null || cell === "left out") return cell ?? "";
      return `$${mathematics(cell.estimate)}${cell.stars === "" ? "" : `^{${cell.stars}}`}$`;
    });
    const below = lines.map((cell) =>
      cell === null || cell === "left out" ? "" : `($${cell.bracket.map(mathematics).join("$ to $")}$)`,
    );
    return [line([escapeLatex(name), ...above]), line(["", ...below])];
  });
  const foot = summary.map(({ label, values, digits }) =>
    line([
      label,
      ...values.map((value) => (value === null ? "--" : `$${mathematics(fixed(value, digits))}$`)),
    ]),
  );
  return [
    "\\begin{table}",
    "\\centering",
    `\\caption{${captionOf(regression, escapeLatex)}}`,
    `\\begin{tabular}{l${"r".repeat(models.length)}}`,
    "\\toprule",
    line(["", ...models.map(escapeLatex)]),
    "\\midrule",
    ...body,
    "\\midrule",
    ...foot,
    "\\bottomrule",
    "\\end{tabular}",
    "",
    "\\footnotesize",
    notes.map(escapeLatex).join("\n"),
    "\\end{table}",
  ].join("\n");
}

function mathematics(text: string): string {
  return text.replace("Inf", "\\infty").replace(/e([+-])(\d+)/, (_, sign, power) => {
    return ` \\cdot 10^{${sign === "-" ? "-" : ""}${power}}`;
  });
}

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "−": "$-$",
  "∞": "$\\infty$",
};

/** Text as LaTeX that prints it letter for letter. */
export function escapeLatex(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\~^<>|"−∞{}$&#_%]/g, (character) => LATEX[character] ?? `\\${character}`);
}
