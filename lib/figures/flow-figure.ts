import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import { needFields } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatCount, listing, wrapToWidth } from "./label";
import { bold, textAt } from "./marks";
import type { Annotation, SankeyTrace } from "./plotly";
import { HELD, held, INK, MUTED, seriesStyle, TEXT, UNSEEN } from "./theme";

/** A part of a whole that leaves at a stage, or the parts that the last stage consists of. */
export interface FlowPart {
  readonly label: string;
  readonly count: number;
}

/** Where a number of people has got to, and who did not get further. */
export interface FlowStage extends FlowPart {
  /** Who leaves between this stage and the next one; at the last stage, the parts that it consists of. */
  readonly leaves: readonly FlowPart[];
}

/** What {@link flowFigure} is told beside the stages. */
export type FlowFigureOptions = FigureOptions;

/** Height of the first bar in pixels: everybody. */
const WHOLE = 300;
const THICKNESS = 12;
const LINE = 16;
/** Letters of a stage's name, which on a telephone has a quarter of the plot to itself. */
const STAGE = 11;
/** Room at the left for half a bar, and at the right for the names of the last parts, in pixels. */
const LEFT = 8;
const RIGHT = 88;
/** Width of the plot on the narrowest screen that figures are made for: 360 pixels, of which a page keeps margins. */
const NARROW = 328 - LEFT - RIGHT;

/**
 * A flow diagram (Sankey) of how a number of people becomes smaller: who goes on from stage to stage, along the top, and
 * who leaves where, with every number. One wants it because attrition is easily overlooked in a sentence, and here it
 * has an area.
 *
 * @param stages from all people to those who are left; counts that are 0 are not drawn
 * @throws InvalidInputError where there is no stage, nobody in the first, or where the parts of a stage do not sum up to what is
 *   missing from the next
 * @example
 * const women = { label: "women", count: 455, leaves: [] };
 * flowFigure([{ label: "named", count: 2800, leaves: [{ label: "men", count: 2345 }] }, women], options)
 */
export function flowFigure(stages: readonly FlowStage[], options: FlowFigureOptions): Figure {
  lengthOf("flowFigure", "stages", stages);
  needFields("flowFigure", options, []);
  checkStages(stages);
  const scale = WHOLE / stages[0].count;
  const nodes = flowNodes(stages, scale);
  const height = largest(nodes.map((node) => node.top + node.height)) + 14;
  const columns = largest(
    nodes.map((node) => node.column),
    1,
  );
  const labels = nodes.map((node) => labelLines(node, columns));
  const headings = largest(labels.map((lines, i) => (nodes[i]?.kind === "stage" ? lines.length : 0)));
  return composeFigure("flowFigure", options, {
    finding: flowFinding(stages),
    data: [sankey(nodes, columns, height, stages[0].count * scale)],
    table: dataTable(
      stages.flatMap((stage, i) => [
        { stage, fate: i === stages.length - 1 ? "all at the end" : "come to this stage", count: stage.count },
        ...stage.leaves.map(({ label, count }) => ({ stage, fate: label, count })),
      ]),
      { Stage: ({ stage }) => stage.label, "What becomes of them": ({ fate }) => fate, Number: ({ count }) => count },
    ),
    size: { above: headings * LINE + 8, plot: height, below: 14, left: LEFT, right: RIGHT },
    layout: { annotations: nodes.map((node, i) => nodeLabel(node, labels[i], columns, height)) },
    alt: `Flow diagram: ${stages.map((stage, i) => sentence(stage, i === stages.length - 1)).join(" ")}`,
  });
}

function sankey(nodes: readonly FlowNode[], columns: number, height: number, whole: number): SankeyTrace {
  const links = nodes.flatMap((node, target) => (node.from === null ? [] : [{ ...node, from: node.from, target }]));
  const sinks = nodes.filter((_, i) => links.every((link) => link.from !== i)).length;
  const go = seriesStyle(0);
  return {
    type: "sankey",
    orientation: "h",
    arrangement: "fixed",
    // Names stand as annotations, whose places are known; plotly's own run into each other on a narrow screen.
    textfont: { size: 1, color: UNSEEN, shadow: "none" },
    node: {
      label: nodes.map((node) => escapeLabel(node.label)),
      // Plotly takes 0 for "not given".
      x: nodes.map((node) => Math.max(node.column / columns, 1e-6)),
      y: nodes.map((node) => (node.top + node.height / 2) / height),
      // Plotly scales the bars so that they and the pads between the last ones fill the height.
      pad: sinks > 1 ? (height - whole) / (sinks - 1) : 0,
      thickness: THICKNESS,
      color: nodes.map((node) => (node.kind === "leaves" ? HELD : seriesStyle(0).color)),
      line: { width: 0 },
    },
    link: {
      source: links.map((link) => link.from),
      target: links.map((link) => link.target),
      value: links.map((link) => link.count),
      color: links.map((link) => (link.kind === "leaves" ? held(0.28) : go.tint)),
    },
  };
}

/** A node's name in lines that leave room for its neighbours, and its number. */
function labelLines(node: FlowNode, columns: number): string[] {
  const number = bold(formatCount(node.count));
  const column = NARROW / columns;
  if (node.kind === "stage") {
    return [...wrapToWidth(node.label, column - 4, STAGE).map(escapeLabel), number];
  }
  const room = NARROW + RIGHT - node.column * column - THICKNESS;
  if (node.kind === "part") return [...wrapToWidth(node.label, room, TEXT.small).map(escapeLabel), number];
  const lines = wrapToWidth(`${node.label}: ${formatCount(node.count)}`, room, TEXT.small).map(escapeLabel);
  return lines.map((line, i) => (i === lines.length - 1 ? line.replace(/[\d,]+$/, number) : line));
}

/** Names of stages stand above the bars, those of people who leave and of the last parts to the right. */
function nodeLabel(node: FlowNode, lines: readonly string[], columns: number, height: number): Annotation {
  const stage = node.kind === "stage";
  return textAt(lines.join("<br>"), {
    name: node.kind,
    x: node.column / columns,
    y: stage ? 1 : 1 - (node.top + node.height / 2) / height,
    xref: "paper",
    yref: "paper",
    yanchor: stage ? "bottom" : "middle",
    xshift: stage ? -THICKNESS / 2 : THICKNESS / 2 + 3,
    yshift: stage ? 3 : 0,
    align: "left",
    font: { size: stage ? STAGE : TEXT.small, color: node.kind === "leaves" ? MUTED : INK },
  });
}

function sentence(stage: FlowStage, last: boolean): string {
  const parts = listing(
    stage.leaves.filter((part) => part.count > 0).map((part) => `${formatCount(part.count)} ${part.label}`),
  );
  const all = `${formatCount(stage.count)} ${stage.label}`;
  if (parts === "") return `${all}.`;
  return `${all}${last ? ", of these" : "; left out are"} ${parts}.`;
}

function checkStages(stages: readonly FlowStage[]): void {
  const [first] = stages;
  if (first === undefined || first.count <= 0) {
    const found = `needs a first stage with somebody in it; got ${first?.count ?? "none"}`;
    throw new InvalidInputError(`flowFigure: ${found}`, "stages", first === undefined ? null : 0);
  }
  for (const [i, stage] of stages.entries()) {
    const left = stages[i + 1]?.count ?? 0;
    const parts = stage.leaves.reduce((sum, part) => sum + part.count, 0);
    const last = i === stages.length - 1;
    if (last ? parts === 0 || parts === stage.count : parts + left === stage.count) continue;
    const found = `of ${stage.count} at stage ${i + 1} ("${stage.label}") ${left} go on and ${parts} leave`;
    throw new InvalidInputError(`flowFigure: ${found}; the two must sum up`, "stages", i);
  }
}

/** A bar of the flow, in pixels from the top of the plot. */
interface FlowNode extends FlowPart {
  readonly kind: "stage" | "leaves" | "part";
  /** Column, counted from 0. */
  readonly column: number;
  readonly top: number;
  readonly height: number;
  /** Number of the node that it comes from; null for the first. */
  readonly from: number | null;
}

/** Room that a label of two lines needs below another, in pixels. */
const LABEL = 34;
/** Between the flow that goes on and those who leave. */
const GAP = 26;

/**
 * Places the bars: the flow that goes on along the top, those who leave below it, the earlier the lower, so that each
 * has free room to its right for its label.
 *
 * @param scale pixels a person
 * @returns nodes, each after the one it comes from, those who go on before those who leave; counts of 0 have none
 */
function flowNodes(stages: readonly FlowStage[], scale: number): FlowNode[] {
  const reached = stages.filter((stage) => stage.count > 0);
  const nodes = reached.map(
    ({ label, count }, column): FlowNode => ({
      kind: "stage",
      label,
      count,
      column,
      top: 0,
      height: count * scale,
      from: column === 0 ? null : column - 1,
    }),
  );
  let bottom = 0;
  for (const [back, stage] of [...reached].reverse().entries()) {
    const from = reached.length - 1 - back;
    const last = from === stages.length - 1;
    const leaves = stage.leaves.filter((part) => part.count > 0);
    let top = last ? 0 : Math.max(bottom, (reached[from + 1]?.count ?? 0) * scale) + GAP;
    for (const part of leaves) {
      const height = part.count * scale;
      nodes.push({ ...part, kind: last ? "part" : "leaves", column: from + 1, top, height, from });
      bottom = top + height;
      top = Math.max(bottom + 10, top + LABEL);
    }
    bottom = Math.max(bottom, top - LABEL);
  }
  return nodes;
}

/** How many are left of how many, and where most leave. */
function flowFinding(stages: readonly FlowStage[]): string {
  const [first, last] = [stages[0], stages[stages.length - 1]];
  const leaves = stages.slice(0, -1).flatMap((stage) => stage.leaves);
  const most = leaves.reduce<FlowPart | null>((best, part) => (part.count > (best?.count ?? 0) ? part : best), null);
  const where = most === null ? "" : `; most leave as ${most.label} (${formatCount(most.count)})`;
  return `Of ${formatCount(first.count)} ${first.label} ${formatCount(last.count)} are left${where}`;
}
