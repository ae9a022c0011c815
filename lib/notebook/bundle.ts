import { inspect } from "node:util";
import { isClaim } from "../claims/claim";
import { claimBundle } from "../claims/claim-bundle";
import type { Figure } from "../figures/figure";
import { isRegressionTable, journalTable } from "../regression/journal-table";
import { isChecked } from "../teaching/check";
import { checkBundle } from "../teaching/check-bundle";
import { frameTable, isFrame } from "./dataframe";
import { figureHtml } from "./figure-html";
import { isTable } from "./table";
import { tableHtml } from "./table-html";
import { tableText } from "./table-text";

/** One value in several forms, by mime type; the reader's program takes the richest that it can show. */
export type MimeBundle = Record<string, unknown>;

/** A value that knows how to show itself has a method of this name. */
const MIME_BUNDLE = Symbol.for("Jupyter.mimebundle");

/**
 * A value in all forms in which a notebook can show it.
 *
 * | value | forms |
 * |---|---|
 * | an object with a method `[Symbol.for("Jupyter.mimebundle")]()` | what the method returns |
 * | a figure | Plotly JSON, HTML that draws it, and its alternative text; without one a note that says so |
 * | a table, a danfojs DataFrame | HTML and aligned text |
 * | a regression table | HTML and aligned text |
 * | a claim | its verdict for `npm run notebooks`, HTML and text |
 * | what check() says of an exercise | its verdict, HTML and text |
 * | anything else | what Node prints for it |
 *
 * @example mimeBundle(table([{ n: 1 }]))["text/plain"] // "n\n-\n1"
 */
export function mimeBundle(value: unknown): MimeBundle {
  const own = ownBundle(value);
  if (own !== null) return own;
  if (looksLikeFigure(value)) return figureBundle(described(value));
  if (isClaim(value)) return claimBundle(value);
  if (isChecked(value)) return checkBundle(value);
  if (isRegressionTable(value)) return mimeBundle(journalTable(value));
  if (isTable(value)) return { "text/html": tableHtml(value), "text/plain": tableText(value) };
  if (isFrame(value)) return mimeBundle(frameTable(value));
  return { "text/plain": inspect(value, { depth: 4, maxArrayLength: 100, breakLength: 100 }) };
}

function ownBundle(value: unknown): MimeBundle | null {
  if (typeof value !== "object" || value === null || !(MIME_BUNDLE in value)) return null;
  const method = value[MIME_BUNDLE];
  if (typeof method !== "function") return null;
  const bundle: unknown = method.call(value);
  if (typeof bundle !== "object" || bundle === null) {
    throw new TypeError(
      `[Symbol.for("Jupyter.mimebundle")]() returned ${inspect(bundle)}; it must return an object of mime types`,
    );
  }
  return { ...bundle };
}

function figureBundle(figure: Figure): MimeBundle {
  return {
    "application/vnd.plotly.v1+json": { data: figure.data, layout: figure.layout },
    "text/html": figureHtml(figure) + (figure.alt === NO_ALT ? `\n<p><em>${NO_ALT}</em></p>` : ""),
    "text/plain": figure.alt,
  };
}

/** An object with traces and a layout is meant as a figure, even where its alternative text is missing. */
function looksLikeFigure(value: unknown): value is Omit<Figure, "alt"> {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    Array.isArray(value.data) &&
    value.data.every((trace) => typeof trace === "object" && trace !== null && "type" in trace) &&
    "layout" in value &&
    typeof value.layout === "object" &&
    value.layout !== null
  );
}

/** What stands for the text of a figure that has none; `npm run notebooks -- --check` refuses it. */
export const NO_ALT = "A figure without a description: add alt, a text that says what it shows.";

/** Somebody who tries something out sees the figure first; the note under it says what readers still need. */
function described({ data, layout, ...rest }: Omit<Figure, "alt">): Figure {
  const alt: unknown = Reflect.get(rest, "alt");
  return { data, layout, alt: typeof alt === "string" && alt.trim() !== "" ? alt : NO_ALT };
}
