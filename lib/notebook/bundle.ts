import { inspect } from "node:util";
import type { Figure } from "../figures";
import { claimBundle, isClaim } from "../paper/claims";
import { InvalidInputError } from "../statistics";
import { type Table, tableHtml, tableText } from "../tables";
import { frameTable, isFrame, isTable } from "../tables/inner";
import { isRegressionTable, journalTable } from "../tables/regression";
import { isChecked } from "../teaching";
import { checkBundle } from "../teaching/inner";
import { figureHtml } from "./figure-html";

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
 * @throws InvalidInputError where a method gives no object of mime types
 *
 * @example mimeBundle(table([{ n: 1 }]))["text/plain"] // "n\n-\n1"
 */
export function mimeBundle(value: unknown): MimeBundle {
  for (const render of RENDERERS) {
    const bundle = render(value);
    if (bundle !== null) return bundle;
  }
  return { "text/plain": inspect(value, { depth: 4, maxArrayLength: 100, breakLength: 100 }) };
}

/** Shows the values of one kind; null for all others. */
type Renderer = (value: unknown) => MimeBundle | null;

function renderer<Value>(isKind: (value: unknown) => value is Value, bundle: (value: Value) => MimeBundle): Renderer {
  return (value) => (isKind(value) ? bundle(value) : null);
}

/** The first that knows a value shows it. A new kind of value gets a line here, and one in the table above. */
const RENDERERS: readonly Renderer[] = [
  ownBundle,
  renderer(looksLikeFigure, figureBundle),
  renderer(isClaim, claimBundle),
  renderer(isChecked, checkBundle),
  renderer(isRegressionTable, (value) => tableBundle(journalTable(value))),
  renderer(isTable, tableBundle),
  renderer(isFrame, (value) => tableBundle(frameTable(value))),
];

function ownBundle(value: unknown): MimeBundle | null {
  if (typeof value !== "object" || value === null || !(MIME_BUNDLE in value)) return null;
  const method = value[MIME_BUNDLE];
  if (typeof method !== "function") return null;
  const bundle: unknown = method.call(value);
  if (typeof bundle !== "object" || bundle === null) {
    throw new InvalidInputError(
      `mimeBundle: [Symbol.for("Jupyter.mimebundle")]() returned ${inspect(bundle)}; it must return an object of mime types`,
      "value",
    );
  }
  return { ...bundle };
}

function tableBundle(table: Table): MimeBundle {
  return { "text/html": tableHtml(table), "text/plain": tableText(table) };
}

function figureBundle(value: Omit<Figure, "alt">): MimeBundle {
  const figure = described(value);
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
    value.data.every(looksLikeTrace) &&
    "layout" in value &&
    typeof value.layout === "object" &&
    value.layout !== null
  );
}

/** Plotly draws a scatter where no type is named. */
function looksLikeTrace(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("type" in value || "x" in value || "y" in value);
}

/** What stands for the text of a figure that has none; `npm run notebooks -- --check` refuses it. */
export const NO_ALT = "A figure without a description: add alt, a text that says what it shows.";

/** Somebody who tries something out sees the figure first; the note under it says what readers still need. */
function described({ data, layout, ...rest }: Omit<Figure, "alt">): Figure {
  const alt: unknown = Reflect.get(rest, "alt");
  return { data, layout, alt: typeof alt === "string" && alt.trim() !== "" ? alt : NO_ALT };
}
