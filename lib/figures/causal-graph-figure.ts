import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import { needFields, needOptions, needSome } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, listing, wrapToWidth } from "./label";
import { bold, textAt } from "./marks";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { HELD, INK, PAPER, seriesStyle, TEXT, UNSEEN } from "./theme";
import { dots } from "./traces";

/** Something that causes or is caused, at a place of a grid. */
export interface CausalNode {
  readonly label: string;
  /** From the left and from the top, from 0; halves are allowed. */
  readonly column: number;
  readonly row: number;
  /** "unseen": nobody measured it. "selects": the data hold those only in whom it has one value. */
  readonly kind?: "unseen" | "selects";
}

export interface CausalGraphOptions extends FigureOptions {
  /** From a cause to what it acts on, by the names of the nodes. */
  readonly arrows: readonly (readonly [cause: string, effect: string])[];
}

const ROW = 104; // pixels
/** Half of a box, in parts of a column and of a row. */
const HALF = { x: 0.37, y: 0.3 };
/** Width of the plot on a telephone. */
const NARROW = 332;

/**
 * A directed graph of what is taken to cause what (Pearl 2009, Causality, chapter 1): boxes and arrows, what nobody
 * measured with a dashed frame, what selects the data with a thick one.
 *
 * One wants it because an argument about bias is an argument about paths, and a path that is only spoken of is easily
 * missed. The figure states assumptions; no data are in it.
 *
 * @param nodes by name
 * @throws InvalidInputError where there is no node, or an arrow begins or ends at none or in a circle
 * @example
 * const nodes = { z: { label: "Country", column: 0, row: 0 }, y: { label: "Release", column: 1, row: 0 } };
 * causalGraphFigure(nodes, { arrows: [["z", "y"]], title: "One cause", data: { provenance: [] } })
 */
export function causalGraphFigure(nodes: Readonly<Record<string, CausalNode>>, options: CausalGraphOptions): Figure {
  needFields("causalGraphFigure", options, ["arrows"]);
  lengthOf("causalGraphFigure", "arrows", options.arrows);
  const all = Object.values(nodes);
  needSome("causalGraphFigure", "nodes", "node", all);
  needOptions("causalGraphFigure", options);
  checkArrows(nodes, options.arrows);
  const [columns, rows] = [largest(all.map(({ column }) => column)), largest(all.map(({ row }) => row))];
  const of = (kind: CausalNode["kind"]) => listing(all.filter((node) => node.kind === kind).map(({ label }) => label));
  const [unseen, selects] = [of("unseen"), of("selects")];
  const axis = { showgrid: false, zeroline: false, showticklabels: false, fixedrange: true };
  return composeFigure("causalGraphFigure", options, {
    finding: graphFinding(nodes, options.arrows),
    notes: [
      ...(unseen === "" ? [] : ["dashed: not measured"]),
      ...(selects === "" ? [] : ["thick: it decides who is in the data"]),
    ],
    data: [boxes(nodes, options.arrows)],
    table: dataTable(options.arrows, {
      Cause: ([cause]) => nodes[cause].label,
      Effect: ([, effect]) => nodes[effect].label,
      "cause is measured": ([cause]) => nodes[cause].kind !== "unseen",
      "effect is measured": ([, effect]) => nodes[effect].kind !== "unseen",
    }),
    size: { plot: (rows + 2 * HALF.y + 0.1) * ROW, below: 8 },
    layout: {
      xaxis: { ...axis, range: [-HALF.x - 0.05, columns + HALF.x + 0.05] },
      yaxis: { ...axis, range: [rows + HALF.y + 0.05, -HALF.y - 0.05] },
      shapes: all.map(boxOf),
      annotations: [
        ...options.arrows.map(([cause, effect]) => arrow(nodes[cause], nodes[effect])),
        ...all.map((node) => nameOf(node, (2 * HALF.x * NARROW) / (columns + 2 * HALF.x))),
      ],
    },
    alt: `Directed graph: ${options.arrows
      .map(([cause, effect]) => `${nodes[cause].label} → ${nodes[effect].label}`)
      .join("; ")}.${unseen === "" ? "" : ` Not measured: ${unseen}.`}${
      selects === "" ? "" : ` It decides who is in the data: ${selects}.`
    }`,
  });
}

/** What pointing at a box says, and a reader of the table behind the figure reads: what acts on it, and on what it acts. */
function boxes(nodes: Readonly<Record<string, CausalNode>>, arrows: CausalGraphOptions["arrows"]): ScatterTrace {
  const named = (names: readonly string[], word: string): string =>
    names.length === 0 ? "" : `<br>${word} ${escapeLabel(listing(names.map((name) => nodes[name].label)))}`;
  const says = ([name, { label, kind }]: readonly [string, CausalNode]): string => {
    const causes = arrows.filter(([, effect]) => effect === name).map(([cause]) => cause);
    const effects = arrows.filter(([cause]) => cause === name).map(([, effect]) => effect);
    const role = kind === "unseen" ? "<br>not measured" : kind === "selects" ? "<br>decides who is in the data" : "";
    return `${bold(label)}${role}${named(causes, "from:")}${named(effects, "to:")}`;
  };
  const place = { x: ([, node]: readonly [string, CausalNode]) => node.column, text: says };
  const unseen = { size: 30, color: UNSEEN };
  return dots("boxes", Object.entries(nodes), { ...place, y: ([, node]) => node.row }, unseen);
}

function boxOf({ column, row, kind, label }: CausalNode): Shape {
  const { color, tint } = seriesStyle(0);
  return {
    type: "rect",
    name: label,
    x0: column - HALF.x,
    x1: column + HALF.x,
    y0: row - HALF.y,
    y1: row + HALF.y,
    xref: "x",
    yref: "y",
    layer: "below",
    fillcolor: kind === "selects" ? seriesStyle(1).tint : kind === "unseen" ? PAPER : tint,
    line: {
      color: kind === "selects" ? INK : kind === "unseen" ? HELD : color,
      width: kind === "selects" ? 3 : 1.5,
      dash: kind === "unseen" ? "dash" : "solid",
    },
  };
}

function nameOf({ column, row, label }: CausalNode, width: number): Annotation {
  const lines = wrapToWidth(label, width - 8, TEXT.small).map(escapeLabel);
  const centred = { xanchor: "center", yanchor: "middle", align: "center" } as const;
  return textAt(lines.join("<br>"), { x: column, y: row, xref: "x", yref: "y", ...centred });
}

/** From the edge of one box to the edge of another, both on the line between their centres. */
function arrow(from: CausalNode, to: CausalNode): Annotation {
  const [dx, dy] = [to.column - from.column, to.row - from.row];
  const share = Math.min(HALF.x / Math.abs(dx), HALF.y / Math.abs(dy));
  return {
    text: "",
    name: "arrow",
    showarrow: true,
    arrowhead: 2,
    arrowwidth: 1.5,
    arrowcolor: INK,
    x: to.column - share * dx,
    y: to.row - share * dy,
    ax: from.column + share * dx,
    ay: from.row + share * dy,
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
  };
}

function checkArrows(nodes: Readonly<Record<string, CausalNode>>, arrows: CausalGraphOptions["arrows"]): void {
  const fault = (index: number, found: string): InvalidInputError =>
    new InvalidInputError(`causalGraphFigure: arrow ${index} ${found}`, "arrows", index);
  const causes = new Map<string, string[]>();
  for (const [index, [cause, effect]] of arrows.entries()) {
    const strange = [cause, effect].find((name) => !Object.hasOwn(nodes, name));
    if (strange !== undefined) throw fault(index, `names "${strange}"; there are ${Object.keys(nodes).join(", ")}`);
    const before = (name: string): boolean => name === effect || (causes.get(name) ?? []).some(before);
    if (before(cause)) throw fault(index, `from "${cause}" to "${effect}" closes a circle; causes come before effects`);
    causes.set(effect, [...(causes.get(effect) ?? []), cause]);
  }
}

/** What nobody measured, and on what it acts: the paths that no data close. */
function graphFinding(nodes: Readonly<Record<string, CausalNode>>, arrows: CausalGraphOptions["arrows"]): string {
  const unseen = Object.entries(nodes).filter(([, { kind }]) => kind === "unseen");
  if (unseen.length === 0) return `${arrows.length} causes and effects, all of them measured`;
  const said = unseen.map(([name, { label }]) => {
    const effects = arrows.filter(([cause]) => cause === name).map(([, effect]) => nodes[effect].label);
    return `“${label}” acts on ${effects.length === 0 ? "nothing" : listing(effects.map((one) => `“${one}”`))}`;
  });
  return `Not measured: ${said.join("; ")}`;
}
