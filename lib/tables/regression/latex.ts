import { cellLines, fixed } from "./cell-lines";
import { captionOf } from "./markdown";
import type { RegressionTable } from "./types";

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
