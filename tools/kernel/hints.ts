import type { Diagnostic } from "tslab/dist/converter";

/**
 * One sentence for what people write who know R or Python better, or who expect a shell or a page. A cell is only looked
 * at after TypeScript refused it, and there only lines and names that it refused: no right cell is ever called wrong.
 */

const IMPORT = 'import { kaplanMeier } from "../lib";';
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the reader is to write
const IN_TEXT = "A text with values in it is written in backquotes here: `n is ${n}`.";
const SHELL = "This is a TypeScript cell, which runs no shell commands: leave lines with ! to a terminal.";
const ASSIGNMENT = "Assignment is = here, not <-, and a new variable begins with const or let: const x = 1;";
const ASSIGNS = /^\s*[\w.$[\]"']+\s*<-|->\s*\w+\s*$/;
const BLOCKS = "Blocks stand in braces here: for (const x of xs) { … }, if (condition) { … }.";
const NO_PAGE = "A cell runs in Node, not in a page: there is no window, no document, and nobody to answer.";
const SHOWN = "The last value of a cell shows itself here, a figure or a table, too; show(value) does it earlier.";

/** What the text of a refused line looks like, without comments and the insides of strings. */
const FORMS: readonly [RegExp, string][] = [
  [/^\s*%/, "This is a TypeScript cell, which has no magic commands (%): figures show themselves as last values."],
  [
    /^\s*\?+\s*\w|^\s*[\w.]+\?+\s*;?\s*$/,
    "For help on a name put the cursor behind it and press Shift-Tab; ? is not TypeScript.",
  ],
  [
    /^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*(?:,.*)?;?\s*$)/,
    `Python's import is written with braces and a path here: ${IMPORT}`,
  ],
  [ASSIGNS, ASSIGNMENT],
  [
    /^\s*(?:async\s+)?def\s+\w+\s*\(/,
    "A function is written function name(x: number): number { return x; } here, not def.",
  ],
  [/^\s*class\s+\w+(?:\(.*\))?:\s*$/, "A class is written class Name { … } here."],
  [
    /\bfunction\s*\([^)]*\)\s*[^{\s:]|\\\(\w*\)|\blambda\b[^:]*:/,
    "A function without a name is (x: number) => x + 1 here.",
  ],
  [/\[[^\]]+\bfor\s+\w+\s+in\b[^\]]*\]/, "A list is made with xs.map((x) => …) and xs.filter((x) => …) here."],
  [/\bfor\s*\(\s*\w+\s+in\s+[^)]*:/, "A loop over numbers is for (let i = 1; i <= 10; i++) { … } here."],
  [/^\s*(?:for|if|while|elif|else|try|except|with)\b[^{}]*:\s*$|^\s*(?:elif|except|pass)\b/, BLOCKS],
  [/^\s*raise\b|^\s*stop\s*\(/, 'An error is raised by throw new Error("…") here.'],
  [
    /%>%|\|>|%in%/,
    "There is no pipe here: call one method after the other, xs.filter(…).map(…), and includes() for %in%.",
  ],
  [/^\s*#/, "A comment begins with // here, not with #."],
  [/(?<!\w)[fr](?:""|'')|"""|'''/, IN_TEXT],
  [/\w\s+(?:and|or)\s+\w|(?:^|[=(]\s*)not\s+\w/, "and, or and not are written &&, || and ! here."],
  [
    /^\s*(?:await\s+)?using\s+\w+\s*=/,
    "This kernel reads TypeScript 5.0, which has no using: close it with try … finally.",
  ],
];

/** What somebody expects who uses a name that does not exist. */
const NAMES: readonly [string, string][] = [
  ["library require", `R's library() is an import here: ${IMPORT}`],
  ["print cat message", "print() is console.log() here; the last value of a cell shows itself."],
  [
    "prompt input readline raw_input",
    'A cell cannot ask for input: write the answer into a variable, const answer = "…";',
  ],
  ["alert confirm document window localStorage", NO_PAGE],
  [
    "c list data vector dict tuple set",
    "R's c(1, 2) is [1, 2] here, a list is { name: value }; new Set(…) and new Map(…) are there.",
  ],
  ["len length nrow ncol", "The length of an array is xs.length here."],
  ["TRUE FALSE NULL True False None NA", "The constants are true, false, null and NaN here, in small letters."],
  ["range seq seq_len", "The numbers 0 to n - 1 are Array.from({ length: n }, (_, i) => i) here."],
  [
    "mean sum sd median var min max round abs sqrt exp log",
    "Functions of numbers are Math.max(…), Math.sqrt(…) here; a sum is xs.reduce((a, b) => a + b, 0).",
  ],
  ["paste paste0 sprintf format", IN_TEXT],
  ["str int float type", "String(x), Number(x) and typeof x are what str(), float() and type() are elsewhere."],
  ["help", "For help on a name put the cursor behind it and press Shift-Tab."],
  ["install pip conda", "A package is installed in a terminal, in the project's folder: npm install name."],
  ["display plt ggplot head summary View plot", SHOWN],
  ["exit quit q", "A cell ends by itself; the kernel ends by Kernel > Shut Down."],
  [
    "nonlocal del self",
    "There is no such word here: variables of earlier cells are simply used, and this stands for self.",
  ],
];

/** What a package's error means here, which names no way out itself. */
const ERRORS: readonly [RegExp, string][] = [
  [
    /^Not supported in NodeJS$/,
    'danfojs draws in pages only. Here a figure is a last value: ({ data: [{ type: "bar", x: [1, 2], y: df.y.values }], layout: {} }).',
  ],
];

/**
 * The sentence for a cell that was refused, or null.
 *
 * @param lost names that were declared by a cell that failed, with the number of that cell
 */
export function hintFor(
  source: string,
  diagnostics: readonly Diagnostic[],
  lost: ReadonlyMap<string, number>,
): string | null {
  const own = diagnostics.filter(({ fileName }) => fileName === undefined);
  const lines = withoutTexts(source).split("\n");
  const refused = new Set(own.map(({ start }) => lines[start.line] ?? ""));
  const unknown = new Set(own.map(({ messageText }) => /^Cannot find name '([^']+)'/.exec(messageText)?.[1] ?? ""));
  const failed = [...unknown].find((one) => lost.has(one));
  if (failed !== undefined)
    return `${failed} was declared in cell ${lost.get(failed)}, which failed, and a cell that fails keeps no names.`;
  if ([...refused].some((line) => unknown.has(/^\s*!\s*(\w+)/.exec(line)?.[1] ?? "no name"))) return SHELL;
  const form = FORMS.find(([habit]) => [...refused].some((line) => habit.test(line)));
  if (form) return form[1];
  const name = NAMES.find(([names]) => names.split(" ").some((one) => unknown.has(one)));
  if (name) return name[1];
  if ([...unknown].some((one) => /\w\$\w/.test(one)))
    return "A column or member is written table.name here, not table$name.";
  const assigned = [...refused].map((line) => /^\s*(\w+)\s*=(?![=>])/.exec(line)?.[1] ?? "");
  return assigned.some((one) => one !== "" && unknown.has(one))
    ? "A new variable begins with const or let here: const x = 1;"
    : null;
}

/** The sentence for a cell that threw, or null. */
export function adviceFor(message: string): string | null {
  return ERRORS.find(([meant]) => meant.test(message))?.[1] ?? null;
}

/** The sentence for a cell that TypeScript understands otherwise than it was meant: `x <- 5` compares with -5. */
export function noteFor(source: string): string | null {
  return /^\s*\w+ <- \S+\s*;?\s*$/m.test(withoutTexts(source)) ? ASSIGNMENT : null;
}

/** The code line by line, comments and the insides of one-line strings left out. */
function withoutTexts(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
    .replace(/("|')(?:\\.|(?!\1)[^\\\n])*\1|(?<!:)\/\/.*$/gm, (_, quote) => (quote ? quote + quote : ""));
}
