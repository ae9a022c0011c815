import { isList, isRecord, type Json } from "../../lib/figures/inner";

type Fields = { readonly [key: string]: Json | undefined };

/** What the labels at the ends of lines are called among a layout's annotations; see `directLabels` of lib/figures. */
const AT_ENDS = new Set<Json | undefined>(["curve-label", "line-label", "belief-label"]);
/** The dotted lines that lead to them. */
const LEADER = "curve-leader";

/** Pixels that a letter takes, and a line of letters. */
const LETTER = 7;
const LINE = 15;
/** Between two labels, and between the labels and what stands above the plot. */
const GAP = 12;
/** The right margin of a plot with nothing beside it: half of the last tick's label. */
const EDGE = 18;

/** How a line of the plot looks, in letters: a label that does not stand at its line shows it beside its colour. */
const DASHES: ReadonlyMap<string, string> = new Map([
  ["solid", "━"],
  ["dash", "╍╍"],
  ["longdash", "━ ━"],
  ["dashdot", "━ ·"],
  ["longdashdot", "━ ·"],
  ["dot", "···"],
]);

/**
 * A figure on a narrow screen: the labels at the ends of its lines, which would leave the plot less room than they take
 * themselves, become a key above the plot, which begins in its margin, side by side as far as they have room. Each label
 * keeps its words and its colour and gets a piece of its line.
 *
 * @param plot width in pixels that the plot has once nothing stands at its right
 * @returns the layout as it is where it has no such labels
 */
export function withKeyAbove(data: Json, layout: Fields, plot: number): Fields {
  const all = list(layout.annotations).flatMap((annotation) => (isRecord(annotation) ? [annotation] : []));
  const labels = all.filter(({ name }) => AT_ENDS.has(name));
  const margin = isRecord(layout.margin) ? layout.margin : {};
  if (labels.length === 0 || typeof layout.height !== "number" || typeof margin.t !== "number") return layout;
  const texts = labels.map((label) => keyText(String(label.text), data));
  const width = GAP + LETTER * Math.max(...texts.flatMap(linesOf).map((line) => line.length));
  const before = typeof margin.l === "number" ? margin.l : 0;
  const across = Math.max(1, Math.min(labels.length, Math.floor((before + plot + GAP) / width)));
  const rows = Array.from({ length: Math.ceil(labels.length / across) }, (_, row) => {
    const own = texts.slice(row * across, (row + 1) * across);
    return Math.max(...own.map((text) => linesOf(text).length)) * LINE;
  });
  const more = rows.reduce((sum, row) => sum + row + GAP / 2, GAP / 2);
  const top = margin.t + more;
  const above = (row: number): number => rows.slice(0, row).reduce((sum, height) => sum + height + GAP / 2, 0);
  const key = labels.map(({ name, font }, at): Fields => {
    const row = Math.floor(at / across);
    return {
      ...(name === undefined ? {} : { name }),
      ...(font === undefined ? {} : { font }),
      text: texts[at] ?? "",
      align: "left",
      showarrow: false,
      x: 0,
      xref: "paper",
      xanchor: "left",
      xshift: Math.round((at % across) * width) - before,
      y: 1,
      yref: "paper",
      yanchor: "top",
      yshift: top - above(row),
    };
  });
  return {
    ...layout,
    height: layout.height + more,
    margin: { ...margin, t: top, r: EDGE },
    annotations: [...all.filter((annotation) => !labels.includes(annotation)), ...key],
    shapes: list(layout.shapes).filter((shape) => !(isRecord(shape) && shape.name === LEADER)),
  };
}

/** A label's text with a piece of its line before it, where a series of the figure has the label's name. */
function keyText(text: string, data: Json): string {
  const name = [...text.matchAll(/<b>(.*?)<\/b>/g)].map(([, bold]) => bold).join(" ");
  const dashes = list(data).flatMap((trace) => {
    if (!isRecord(trace) || trace.name !== name || !isRecord(trace.line)) return [];
    return String(trace.mode ?? "lines").includes("lines") ? [String(trace.line.dash ?? "solid")] : [];
  });
  const piece = DASHES.get(dashes[0] ?? "");
  return piece === undefined ? text : `${piece} ${text}`;
}

function linesOf(text: string): string[] {
  return text.split("<br>").map((line) => line.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "_"));
}

function list(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
