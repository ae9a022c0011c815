/** A number before its percent sign, and a letter, such as p or n, with the sign and the number after it. */
const PERCENT = /(?<=\d) (?=%)/g;
const STATISTIC = /(?<![\p{L}\d])([pnzt]) ([=<>≤≥≈]) (?=[−-]?[\d.])/gu;

/** Where text stands as it was written: code can be copied, formulas and pictures break by rules of their own. */
const LITERAL = "code, pre, script, style, textarea, svg, .katex";

/**
 * Keeps what is read as one together at the end of a line: "2.4 %" and "p = 0.016". It changes the spaces between, which
 * searching and copying take for spaces.
 *
 * @param main is changed in place
 */
export function bindNumbers(main: Element): void {
  for (const node of [...main.childNodes])
    if (node.nodeName === "#text") {
      const text = node.nodeValue ?? "";
      const bound = boundNumbers(text);
      if (bound !== text) node.nodeValue = bound;
    } else if (isElement(node) && !node.matches(LITERAL)) bindNumbers(node);
}

/** A text with its numbers bound to what they belong to. */
export function boundNumbers(text: string): string {
  return text.replace(PERCENT, "\u00a0").replace(STATISTIC, "$1\u00a0$2\u00a0");
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}
