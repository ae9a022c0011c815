/**
 * One sentence for what people write who know R or Python better, or who expect a shell. A cell is only looked at
 * after TypeScript refused it, so that no right cell is ever called wrong.
 */
const HABITS: readonly [RegExp, string][] = [
  [/^\s*!/m, "This is a TypeScript cell, which runs no shell commands: leave lines with ! to a terminal."],
  [
    /^\s*%/m,
    "This is a TypeScript cell, which has no magic commands (%): figures show themselves as last values.",
  ],
  [
    /^\s*\?\w|^\s*[\w.]+\?+\s*$/m,
    "For help on a name put the cursor behind it and press Shift-Tab; ? is not TypeScript.",
  ],
  [
    /\blibrary\s*\(|\brequire\s*\(\s*[a-z]\w*\s*\)/,
    'R\'s library() is an import here: import { kaplanMeier } from "../lib";',
  ],
  [
    /^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*$)/m,
    'Python\'s import is written with braces and a path here: import { table } from "../lib";',
  ],
  [
    /^\s*[\w.]+\s*<-/m,
    "Assignment is = here, not <-, and a new variable begins with const or let: const x = 1;",
  ],
  [
    /^\s*def\s+\w+\s*\(/m,
    "A function is written function name(x: number): number { return x; } here, not def.",
  ],
  [/<-\s*function\s*\(|\bfunction\s*\([^)]*\)\s*[^{\s]/, "A function is written (x: number) => x + 1 here."],
  [
    /^\s*(?:for|if|while|elif|else)\b[^{}\n]*:\s*$/m,
    "Blocks stand in braces here: for (const x of xs) { … }, if (condition) { … }.",
  ],
  [/(?<![\w.])print\s*\(/, "print() is console.log() here; the last value of a cell shows itself."],
  [
    /(?<![\w.])(?:input|prompt|readline)\s*\(/,
    'A cell cannot ask for input: write the answer into a variable, const answer = "…";',
  ],
  [/(?<![\w.])(?:c|list|data\.frame)\s*\(/, "R's c(1, 2) is [1, 2] here, a list is { name: value }."],
  [/(?<![\w.])len\s*\(|(?<![\w.])length\s*\(/, "The length of an array is xs.length here."],
  [
    /(?<![\w"'])(?:TRUE|FALSE|NULL|True|False|None|NA)(?![\w"'])/,
    "The constants are true, false, null and NaN here, in small letters.",
  ],
  [
    /%>%|\|>|%in%/,
    "There is no pipe here: call one method after the other, xs.filter(…).map(…), and includes() for %in%.",
  ],
];

/** The sentence for a cell that was refused, or null. */
export function hintFor(source: string): string | null {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
  return HABITS.find(([habit]) => habit.test(code))?.[1] ?? null;
}
