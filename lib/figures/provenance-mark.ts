import { isSynthetic, provenancesOf, type Sourced } from "../files";
import type { Figure } from "./figure";
import { assertFinite, isList, isRecord } from "./json";
import { listing } from "./label";
import type { Annotation, Layout } from "./plotly";
import { CAUTION, TEXT } from "./theme";

/** Height of the strip that holds the mark for synthetic data, in pixels. */
const STRIP = 32;

/** The words of the mark, or null where nothing is synthetic. */
export function syntheticMark(source: Sourced): string | null {
  if (!isSynthetic(source)) return null;
  return provenancesOf(source).length === 1 ? "SYNTHETIC DATA" : "PARTLY SYNTHETIC DATA";
}

/**
 * The figure with what its data ask for: over synthetic rows a black-and-yellow mark above the plot, and a
 * sentence on the origin of the data in the alternative text. The ready-made figures call it themselves;
 * call it for a figure of your own.
 *
 * @param figure any Plotly figure with an alternative text
 * @param source the rows, or the dataset, or the result that the figure was drawn from
 * @returns a new figure; the given one is left as it is
 * @throws RangeError where the alternative text is empty, TypeError where the figure holds a number that is
 *   not finite (JSON has no NaN, and Plotly would silently draw nothing)
 *
 * @example withProvenance({ data: [{ type: "bar", x: ["a"], y: [1] }], layout: {}, alt: "One bar." }, rows)
 */
export function withProvenance(figure: Figure, source: Sourced): Figure {
  return markProvenance(figure, source, 0);
}

/** The same for a figure that has labels on `above` pixels over its plot. */
export function markProvenance(figure: Figure, source: Sourced, above: number): Figure {
  if (figure.alt.trim() === "") {
    throw new RangeError(
      "a figure needs an alternative text (alt) that says what it shows; got an empty one",
    );
  }
  const alt = [figure.alt.trim(), provenanceSentence(source)].filter((part) => part !== "").join(" ");
  const mark = syntheticMark(source);
  const marked =
    mark === null ? { ...figure, alt } : { ...figure, alt, layout: withMark(figure.layout, mark, above) };
  assertFinite(marked.data, "data");
  assertFinite(marked.layout, "layout");
  return marked;
}

/**
 * Where the data of a figure come from, as a sentence for its alternative text; empty where there are none.
 */
export function provenanceSentence(source: Sourced): string {
  const provenances = provenancesOf(source);
  const real = listing([
    ...(provenances.includes("public-record") ? ["from the public record"] : []),
    ...(provenances.includes("published") ? ["published figures"] : []),
    ...(provenances.includes("own") ? ["the reader's own"] : []),
  ]);
  if (!isSynthetic(source)) return real === "" ? "" : `The data are ${real}.`;
  return real === ""
    ? "Synthetic data: the data are simulated and describe no real person."
    : `Partly synthetic data: some of the data are ${real}, the others are simulated and describe no real person.`;
}

function withMark(layout: Layout, mark: string, above: number): Layout {
  const margin = isRecord(layout.margin) ? layout.margin : {};
  const top = typeof margin.t === "number" ? margin.t : 100;
  const annotation: Annotation = {
    name: "synthetic-data",
    text: `<b>${mark}</b>`,
    x: 0,
    y: 1,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    yshift: 10 + above,
    showarrow: false,
    font: { size: TEXT.body, color: "#000000" },
    bgcolor: CAUTION,
    bordercolor: "#000000",
    borderwidth: 1.5,
    borderpad: 4,
  };
  return {
    ...layout,
    ...(typeof layout.height === "number" ? { height: layout.height + STRIP } : {}),
    margin: { ...margin, t: top + STRIP },
    annotations: [...(isList(layout.annotations) ? layout.annotations : []), annotation],
  };
}
