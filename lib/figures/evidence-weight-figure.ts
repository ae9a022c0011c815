import type { Sourced } from "../files";
import { horizontalAxis, rowAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatFixed, wrap } from "./label";
import { verticalLine } from "./marks";
import type { BarTrace } from "./plotly";
import { GRID, INK, MUTED, seriesStyle, TEXT } from "./theme";

/** A piece of evidence and its weight for one hypothesis against another. */
export interface WeightRow {
  readonly label: string;
  /** Decibels; above zero it speaks for the first hypothesis. */
  readonly weight: number;
}

export interface EvidenceWeightFigureOptions {
  /** What the evidence is; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** The hypothesis that positive weights speak for, and its rival. */
  readonly hypotheses: readonly [string, string];
}

/** Pixels of a row whose label has one line, or more. */
const ROW = 25;
const TALL_ROW = 33;
const BOTTOM = 66;

/**
 * Weight of each piece of evidence for one hypothesis against its rival, in decibels, as bars from zero: plain to the
 * right, hatched to the left, with the numbers beside them. Weights add up, so the bars show what a conclusion rests on.
 *
 * @param rows in the order from top to bottom; at least one
 * @throws RangeError where there is no row, or a weight is not finite, naming the row
 * @example
 * evidenceWeightFigure([{ label: "A letter", weight: 1.5 }], { data: evidence, title: "Weights", hypotheses: ["A", "B"] });
 */
export function evidenceWeightFigure(
  rows: readonly WeightRow[],
  options: EvidenceWeightFigureOptions,
): Figure {
  if (rows.length === 0) throw new RangeError("evidence-weight figure: needs at least one row; got none");
  rows.forEach(({ label, weight }, at) => {
    if (Number.isFinite(weight)) return;
    throw new RangeError(
      `evidence-weight figure: row ${at + 1} ("${label}") has the weight ${weight}; a finite number of decibels is needed`,
    );
  });
  const [one, other] = options.hypotheses;
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const widest = Math.max(1, ...rows.map(({ weight }) => Math.abs(weight)));
  const labels = rows.map((row) => wrap(row.label, 26).map(escapeLabel).join("<br>"));
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      `plain: for ${one}`,
      `hatched: for ${other}`,
      `all together: ${formatFixed(total, 1)} dB`,
    ],
    source: options.data,
    data: [bars(rows, one, true), bars(rows, other, false), SECOND_AXIS],
    layout: {
      height: rows.length * (labels.some((label) => label.includes("<br>")) ? TALL_ROW : ROW) + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      barmode: "overlay",
      bargap: 0.35,
      xaxis: {
        ...horizontalAxis("Weight, decibels"),
        range: [-1.08 * widest, 1.08 * widest],
        gridcolor: GRID,
        nticks: 5,
      },
      yaxis: { ...rowAxis(labels), ticklabelstandoff: 4, tickfont: { size: TEXT.small, color: INK } },
      yaxis2: {
        ...rowAxis(rows.map(({ weight }) => formatFixed(weight, 1))),
        ticklabelstandoff: 6,
        tickfont: { size: TEXT.small, color: MUTED },
        overlaying: "y",
        side: "right",
        anchor: "x",
      },
      shapes: [verticalLine(0, "zero", { color: INK, width: 1 }, "above")],
    },
    alt: `${options.title}. Bars of the weight of ${rows.length} pieces of evidence in decibels, above zero for ${one}, below zero for ${other}: ${rows.map((row) => `${row.label} ${formatFixed(row.weight, 1)}`).join("; ")}. All together ${formatFixed(total, 1)}.`,
  });
}

function bars(rows: readonly WeightRow[], name: string, positive: boolean): BarTrace {
  const style = seriesStyle(positive ? 0 : 1);
  const shown = rows
    .map((row, y) => ({ ...row, y }))
    .filter(({ weight }) => (positive ? weight > 0 : weight < 0));
  return {
    type: "bar",
    orientation: "h",
    name: escapeLabel(`for ${name}`),
    x: shown.map(({ weight }) => weight),
    y: shown.map(({ y }) => y),
    hoverinfo: "text",
    hovertext: shown.map(
      ({ label, weight }) =>
        `<b>${escapeLabel(label)}</b><br>${formatFixed(Math.abs(weight), 2)} dB for ${escapeLabel(name)}`,
    ),
    marker: positive
      ? { color: style.color }
      : {
          color: style.color,
          pattern: { shape: "/", fillmode: "overlay", fgcolor: "#ffffff", size: 6, solidity: 0.25 },
        },
    showlegend: false,
  };
}
