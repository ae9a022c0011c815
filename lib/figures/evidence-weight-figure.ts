import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import { horizontalAxis, SECOND_AXIS } from "./axes";
import { needFields, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatFixed, listing, wrap } from "./label";
import { bold, rowLabels, verticalRule, ZERO } from "./marks";
import type { BarTrace } from "./plotly";
import { GRID, INK, seriesStyle, TEXT } from "./theme";
import { bars, HATCHED } from "./traces";

/** A piece of evidence and its weight for one hypothesis against another. */
export interface WeightRow {
  readonly label: string;
  /** Decibels; above zero it speaks for the first hypothesis. */
  readonly weight: number;
}

export interface EvidenceWeightFigureOptions extends FigureOptions {
  /** The hypothesis that positive weights speak for, and its rival. */
  readonly hypotheses: readonly [string, string];
}

/** Pixels of a row whose label has one line, or more. */
const ROW = 25;
const TALL_ROW = 33;

/**
 * Weight of each piece of evidence for one hypothesis against its rival, in decibels, as bars from zero: plain to the
 * right, hatched to the left, with the numbers beside them. Weights add up, so the bars show what a conclusion rests on.
 *
 * @param rows in the order from top to bottom; at least one
 * @throws InvalidInputError where there is no row, or a weight is not finite, naming the row
 * @example
 * evidenceWeightFigure([{ label: "A letter", weight: 1.5 }], { data: evidence, title: "Weights", hypotheses: ["A", "B"] });
 */
export function evidenceWeightFigure(rows: readonly WeightRow[], options: EvidenceWeightFigureOptions): Figure {
  needFields("evidenceWeightFigure", options, ["hypotheses"]);
  lengthOf("evidenceWeightFigure", "hypotheses", options.hypotheses);
  const fault = ({ weight }: WeightRow) => (Number.isFinite(weight) ? null : `the weight ${weight}`);
  needRows("evidenceWeightFigure", rows, ({ label }) => label, fault, "a finite number of decibels is");
  const [one, other] = options.hypotheses;
  if (one === undefined || other === undefined)
    throw new InvalidInputError("evidenceWeightFigure: two hypotheses are needed", "hypotheses");
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const widest = largest(
    rows.map(({ weight }) => Math.abs(weight)),
    1,
  );
  const labels = rows.map((row) => wrap(row.label, 26).map(escapeLabel).join("<br>"));
  const height = labels.some((label) => label.includes("<br>")) ? TALL_ROW : ROW;
  return composeFigure("evidenceWeightFigure", options, {
    finding: weightFinding(rows, total, one, other),
    notes: [`plain: for ${one}`, `hatched: for ${other}`, `all together: ${formatFixed(total, 1)} dB`],
    data: [weightBars(rows, one, true), weightBars(rows, other, false), SECOND_AXIS],
    table: dataTable(rows, {
      Evidence: ({ label }) => label,
      [`Weight for ${one} (decibels)`]: ({ weight }) => weight,
    }),
    size: { plot: rows.length * height, below: 66 },
    layout: {
      barmode: "overlay",
      bargap: 0.35,
      xaxis: {
        ...horizontalAxis("Weight, decibels"),
        range: [-1.08 * widest, 1.08 * widest],
        gridcolor: GRID,
        nticks: 5,
      },
      ...rowLabels(
        labels,
        rows.map(({ weight }) => formatFixed(weight, 1)),
        { left: { tickfont: { size: TEXT.small, color: INK } } },
      ),
      shapes: [verticalRule(0, "zero", ZERO, "above")],
    },
    alt: `Bars of the weight of ${rows.length} pieces of evidence in decibels, above zero for ${one}, below zero for ${other}: ${rows.map((row) => `${row.label} ${formatFixed(row.weight, 1)}`).join("; ")}. All together ${formatFixed(total, 1)}.`,
  });
}

function weightBars(rows: readonly WeightRow[], name: string, positive: boolean): BarTrace {
  const shown = rows.map((row, y) => ({ ...row, y })).filter(({ weight }) => (positive ? weight > 0 : weight < 0));
  const says = (weight: number): string => `${formatFixed(Math.abs(weight), 2)} dB for ${escapeLabel(name)}`;
  return bars(
    escapeLabel(`for ${name}`),
    shown,
    {
      x: ({ weight }) => weight,
      y: ({ y }) => y,
      text: ({ label, weight }) => `${bold(label)}<br>${says(weight)}`,
    },
    positive ? { color: seriesStyle(0).color } : { color: seriesStyle(1).color, ...HATCHED },
    "h",
  );
}

/** Whom the evidence favours, by how much, and what weighs most. */
function weightFinding(rows: readonly WeightRow[], total: number, one: string, other: string): string {
  const favoured = total === 0 ? "neither" : `“${total > 0 ? one : other}”`;
  const by = total === 0 ? "" : `, by ${formatFixed(Math.abs(total), 1)} dB`;
  return `The evidence favours ${favoured}${by}; ${heaviestOf(rows)}`;
}

/** The row that weighs most; all of them where several do, as the numbers beside the bars are printed. */
function heaviestOf(rows: readonly WeightRow[]): string {
  const size = ({ weight }: WeightRow): string => formatFixed(Math.abs(weight), 1);
  const most = formatFixed(largest(rows.map(({ weight }) => Math.abs(weight))), 1);
  const heaviest = rows.filter((row) => size(row) === most);
  if (heaviest.length > 1 && heaviest.length === rows.length) return `all weigh ${most} dB`;
  const signed = heaviest.map(({ label, weight }) => [`“${label}”`, `${formatFixed(weight, 1)} dB`]);
  if (signed.length === 1) return signed.map(([label, weight]) => `${label} weighs most, ${weight}`).join();
  return `${listing(signed.map(([label, weight]) => `${label} (${weight})`))} weigh most`;
}
