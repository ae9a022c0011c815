import { captionText, isOfKind, type Table, table } from "../table";
import { PROFILE_MARK } from "./marks";
import type { RegressionEstimate, RegressionStyle, RegressionTable } from "./regression-table";

/** A number with a plain hyphen as minus, "Inf" and "-Inf" where it has no end; each format makes its own signs of them. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : value < 0 ? "-Inf" : "NaN";
  if (Math.abs(value) >= 1e6) return value.toExponential(1);
  const text = value.toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** A number's text as prose prints it: a true minus and ∞. */
export function pretty(text: string): string {
  return text.replaceAll("-", "−").replace("Inf", "∞");
}

/** How a form writes names and numbers. */
interface Form {
  readonly name: (name: string) => string;
  readonly number: (text: string) => string;
  readonly estimate: (text: string, marks: string) => string;
}

/** What stands in a cell: an estimate above its bracket, or a text where there is none. */
type Written = string | readonly [estimate: string, bracket: string];

/** The rows of the covariates: the name, and a cell for each model. */
function writtenRows({ rows, style, digits }: RegressionTable, form: Form): Written[][] {
  return rows.map(({ name, cells }) => [
    form.name(name),
    ...cells.map((cell): Written => {
      if (cell === null || cell === "left out") return cell ?? "";
      const marks = cell.stars + (cell.test === "profile" ? PROFILE_MARK : "");
      return [form.estimate(fixed(cell.estimate, digits), marks), `(${bracketText(cell, style, digits, form)})`];
    }),
  ]);
}

/** Standard error or limits; words where the variance does not hold, for "0 to ∞" would look like an interval. */
function bracketText(cell: RegressionEstimate, style: RegressionStyle, digits: number, form: Form): string {
  const number = (value: number): string => form.number(fixed(value, digits));
  if (style === "coefficients") return cell.standardError === null ? "no error" : number(cell.standardError);
  return cell.test === null ? "no limits" : `${number(cell.lower)} to ${number(cell.upper)}`;
}

/** The same in rows of one line, for forms whose cells cannot have two. */
function inSingleLines(rows: readonly Written[][]): string[][] {
  return rows.flatMap((cells) => [0, 1].map((line) => cells.map((cell) => lineOf(cell, line))));
}

function lineOf(cell: Written, line: number): string {
  return typeof cell === "string" ? (line === 0 ? cell : "") : (cell[line] ?? "");
}

/** The rows below the estimates; null for a number that is not known. */
function summaryRows({ summary }: RegressionTable, form: Form): (string | null)[][] {
  return summary.map(({ label, values, digits }) => [
    label,
    ...values.map((value) => (value === null ? null : form.number(fixed(value, digits)))),
  ]);
}

const PLAIN: Form = { name: (name) => name, number: pretty, estimate: (text, marks) => pretty(text) + marks };

/**
 * A regression table as a table, which show(), tableHtml() and tableText() print: each cell has the
 * estimate above its bracket.
 *
 * @example tableText(journalTable(regressionTable([fit], { data: women })))
 */
export function journalTable(regression: RegressionTable): Table {
  const headings = ["", ...regression.models];
  return table([...writtenRows(regression, PLAIN), ...summaryRows(regression, PLAIN)], {
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

const MARKDOWN: Form = {
  ...PLAIN,
  name: escapeMarkdown,
  estimate: (text, marks) => pretty(text) + escapeMarkdown(marks),
};

/**
 * A regression table in GitHub's Markdown, estimates and brackets in rows of their own. Text from data is escaped, so
 * that it shows letter for letter.
 *
 * @example regressionMarkdown(regressionTable([fit], { data: women })) // "**Cox models**\n\n|  | (1) |\n| :-- | --: | …"
 */
export function regressionMarkdown(regression: RegressionTable): string {
  const { models, notes } = regression;
  const line = (cells: readonly (string | null)[]): string => `| ${cells.map((cell) => cell ?? "–").join(" | ")} |`;
  return [
    `**${captionText(regression, escapeMarkdown)}**`,
    "",
    line(["", ...models.map(escapeMarkdown)]),
    line([":--", ...models.map(() => "--:")]),
    ...inSingleLines(writtenRows(regression, MARKDOWN)).map(line),
    ...summaryRows(regression, MARKDOWN).map(line),
    "",
    ...notes.map(escapeMarkdown),
  ].join("\n");
}

/** Text as Markdown that shows it letter for letter, in a table's cell or a line of prose. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]|$~#!]/g, "\\$&");
}

const LATEX: Form = {
  name: escapeLatex,
  number: (text) => `$${mathematics(text)}$`,
  estimate: (text, marks) =>
    `$${mathematics(text)}${marks === "" ? "" : `^{${marks.replace(PROFILE_MARK, "\\dagger")}}`}$`,
};

/**
 * A regression table as LaTeX: a table environment with booktabs rules (`\usepackage{booktabs}`), estimates and brackets
 * in rows of their own, numbers in mathematics so that minus signs are ones. Text from data is escaped.
 *
 * @example regressionLatex(regressionTable([fit], { data: women })) // "\\begin{table}\n\\centering\n…"
 */
export function regressionLatex(regression: RegressionTable): string {
  const { models, notes } = regression;
  const line = (cells: readonly (string | null)[]): string => `${cells.map((cell) => cell ?? "--").join(" & ")} \\\\`;
  return [
    "\\begin{table}",
    "\\centering",
    `\\caption{${captionText(regression, escapeLatex)}}`,
    `\\begin{tabular}{l${"r".repeat(models.length)}}`,
    "\\toprule",
    line(["", ...models.map(escapeLatex)]),
    "\\midrule",
    ...inSingleLines(writtenRows(regression, LATEX)).map(line),
    "\\midrule",
    ...summaryRows(regression, LATEX).map(line),
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

const LATEX_LETTERS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "−": "$-$",
  "∞": "$\\infty$",
  "†": "$\\dagger$",
};

/** Text as LaTeX that prints it letter for letter. */
function escapeLatex(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\~^<>|"−∞†{}$&#_%]/g, (character) => LATEX_LETTERS[character] ?? `\\${character}`);
}
