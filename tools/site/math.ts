import katex from "katex";

/** A formula in the text with fewer signs than this, such as "c > 0", is not worth two lines. */
const SHORT = 18;

/** A formula as HTML for the eye and MathML for a screen reader; a wrong formula shows its source and what is wrong. */
export function formula(tex: string, display: boolean): string {
  const html = katex.renderToString(tex, {
    displayMode: display,
    output: "htmlAndMathml",
    throwOnError: false,
    strict: "ignore",
    trust: false,
    maxExpand: 200,
    maxSize: 20,
  });
  return display
    ? `<div class="formula" tabindex="0" role="group" aria-label="Formula">${html}</div>`
    : tex.length < SHORT
      ? `<span class="whole">${html}</span>`
      : html;
}
