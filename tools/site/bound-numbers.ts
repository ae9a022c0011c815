/** A number before its percent sign, and a letter, such as p or n, with the sign and the number after it. */
const PERCENT = /(?<=\d) (?=%)/g;
const STATISTIC = /(?<![\p{L}\d])([pnzt]) ([=<>≤≥≈]) (?=[−-]?[\d.])/gu;

/** A sign of equality or order with its number; what stands before it, which can be long, may end a line. */
const RELATION = /(?<= [=<>≤≥≈]) (?=[−-]?[\d.])/g;

/** What is counted or told apart by a number: "Table 1", "claim 19", "s.e. 0.12". */
const NUMBERED =
  /(?<=(?<![\p{L}\d])(?:[Tt]able|[Ff]igure|[Cc]laims?|[Ss]ection|[Ff]ootnote|[Nn]otebook|[Mm]odel|s\.e\.)) (?=[\d(])/gu;

/** The dot between two things ends a line rather than begin one; in headings it is part of a name. */
const DOT = / · /g;
const HEADING = "h1, h2, h3";

/** A date in a title, which a browser would break at its hyphens. */
const DATE = /(?<![\d-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])/g;
const TITLE = "h1, h2, h3, .figure-title, .figure-words, .caption";

/** A stop or bracket behind a formula, before which a browser would break the line, and what joins it to the formula. */
const STOP = /^[.,;:!?)\]]/;
const JOINT = "\u2060";

/** Where text stands as it was written: code can be copied, formulas and pictures break by rules of their own. Printed lines do not. */
const LITERAL = "code, pre:not(.output), script, style, textarea, svg, .katex, .whole";

/**
 * Keeps what is read as one together at the end of a line: "2.4 %", "p = 0.016", "Table 1", a dot with what it follows, a formula
 * with the stop behind it, and a date in a title. It changes the spaces between, which searching and copying take for
 * spaces.
 *
 * @param main is changed in place
 */
export function bindNumbers(main: Element): void {
  for (const node of [...main.childNodes])
    if (node.nodeName === "#text") {
      const text = node.nodeValue ?? "";
      const bound = `${STOP.test(text) && followsFormula(node) ? JOINT : ""}${boundTo(main, text)}`;
      if (bound !== text) node.nodeValue = bound;
    } else if (isElement(node) && !node.matches(LITERAL)) bindNumbers(node);
}

function boundTo(main: Element, text: string): string {
  const numbers = boundNumbers(text);
  const bound =
    main.closest(TITLE) === null ? numbers : numbers.replace(DATE, (day) => day.replaceAll("-", `-${JOINT}`));
  return main.closest(HEADING) === null ? bound.replace(DOT, "\u00a0· ") : bound;
}

function followsFormula({ previousSibling }: Node): boolean {
  return previousSibling !== null && isElement(previousSibling) && previousSibling.matches(".katex, .whole");
}

/** A text with its numbers bound to what they belong to. */
export function boundNumbers(text: string): string {
  return text
    .replace(PERCENT, "\u00a0")
    .replace(STATISTIC, "$1\u00a0$2\u00a0")
    .replace(RELATION, "\u00a0")
    .replace(NUMBERED, "\u00a0");
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}
