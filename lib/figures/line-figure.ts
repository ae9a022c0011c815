import { InvalidInputError } from "../statistics";
import { log10, powerOfTen } from "../statistics/elementary";
import { largest, lengthOf, smallest } from "../statistics/inner";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needDistinct, needFields, needNumbers, needOptions, needSome } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatCount, formatNumber, listing } from "./label";
import { lineLabels } from "./line-labels";
import { bold } from "./marks";
import type { Axis, ScatterTrace } from "./plotly";
import { GRID, seriesStyle } from "./theme";
import { powerText } from "./ticks";
import { dots, line } from "./traces";

/** A quantity that was measured at some values of x, in increasing order of x. */
export interface MeasuredLine {
  readonly label: string;
  readonly x: readonly number[];
  readonly value: readonly number[];
}

export interface LineFigureOptions extends FigureOptions {
  /** Title of the horizontal axis. */
  readonly xLabel: string;
  /** Title of the vertical axis: what was measured, with the unit. */
  readonly valueLabel: string;
  /** What stands behind a value in words, such as "s". */
  readonly unit?: string;
  /** The horizontal axis goes by powers of ten, for sizes that span several of them. */
  readonly powers?: boolean;
}

const HEIGHT = 300; // pixels

/**
 * Quantities as lines over a number, from 0 up, with a mark at each value that was measured and each line's label at its
 * end: what a computation costs by the size of the data, and whatever else grows or does not.
 *
 * @param lines in the order of their colours, at least one; their labels differ
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states every value
 * @throws InvalidInputError where there is no line, one is empty, ragged or not in order, a value is below 0, or an x of an
 *   axis by powers of ten is not above 0, naming the line
 * @example
 * lineFigure([{ label: "counting", x: [1e4, 1e6], value: [0.35, 0.9] }], {
 *   data, xLabel: "Stays", valueLabel: "Seconds", unit: "s", powers: true,
 * });
 */
export function lineFigure(lines: readonly MeasuredLine[], options: LineFigureOptions): Figure {
  needFields("lineFigure", options, ["xLabel", "valueLabel", "unit", "powers"]);
  needSome("lineFigure", "lines", "line", lines);
  for (const [index, one] of lines.entries()) checkLine(one, index, options.powers === true);
  needDistinct(
    "lineFigure",
    "lines",
    "lines",
    lines.map(({ label }) => label),
  );
  needOptions("lineFigure", options);
  const x = lines.flatMap((one) => one.x);
  const top = 1.06 * largest(lines.flatMap(({ value }) => value)) || 1;
  const labels = lineLabels(
    lines.map(({ label, value }) => ({ label, end: value[value.length - 1] })),
    { top, range: 1.02 * top, height: HEIGHT },
  );
  const points = lines.flatMap(({ label, x: at, value }) => at.map((size, i) => ({ label, size, value: value[i] })));
  return composeFigure("lineFigure", options, {
    finding: lineFinding(lines, options),
    data: lines.flatMap((one, i) => lineTraces(one, i, options)),
    table: dataTable(points, {
      Line: ({ label }) => label,
      [options.xLabel]: ({ size }) => size,
      [options.valueLabel]: ({ value }) => value,
    }),
    size: {
      above: 26,
      plot: HEIGHT,
      below: 54,
      right: labels.right,
    },
    layout: {
      xaxis: { ...horizontalAxis(options.xLabel), ...scale(x, options.powers === true), gridcolor: GRID },
      yaxis: { ...verticalAxis(), range: [-0.02 * top, top], nticks: 6 },
      annotations: [verticalTitle(options.valueLabel, 24), ...labels.annotations],
    },
    alt: `${options.valueLabel} by ${options.xLabel}: ${lines.map((one) => altOf(one, options)).join("; ")}.`,
  });
}

/** The horizontal axis, with some room at both ends, so that the first and the last mark stand in full. */
function scale(x: readonly number[], powers: boolean): Axis {
  const [first, last] = [smallest(x), largest(x)];
  if (!powers) {
    const edge = 0.03 * (last - first) || 1;
    return { range: [first - edge, last + edge], nticks: 6 };
  }
  const [low, high] = [log10(first), log10(last)];
  const edge = 0.03 * (high - low) || 0.5;
  const whole = Math.floor(low + 1e-9);
  const every = Math.ceil((high - whole) / 8) || 1;
  const ticks = Array.from({ length: Math.floor((high - whole) / every + 1e-9) + 1 }, (_, k) => whole + k * every)
    .filter((power) => power > low - edge)
    .map(powerOfTen);
  return { type: "log", range: [low - edge, high + edge], ...ticksAt(ticks, powerText) };
}

function lineTraces(one: MeasuredLine, series: number, options: LineFigureOptions): ScatterTrace[] {
  const { color, dash } = seriesStyle(series);
  const { label, x, value } = one;
  const text = (at: number, i: number): string => `${bold(label)}<br>${escapeLabel(inWords(at, value[i], options))}`;
  const place = { x: (at: number) => at, y: (_: number, i: number) => value[i] };
  return [
    line(escapeLabel(label), x, place, { color, width: 2.5, dash }),
    dots(escapeLabel(label), x, { ...place, text }, { symbol: "circle", size: 8, color }),
  ];
}

function inWords(x: number, value: number, { xLabel, unit }: LineFigureOptions): string {
  return `${withUnit(value, unit)} at ${sizeText(x)} ${xLabel.toLowerCase()}`;
}

function withUnit(value: number, unit: string | undefined): string {
  return `${formatNumber(value, 2)}${unit === undefined ? "" : ` ${unit}`}`;
}

function sizeText(x: number): string {
  return Number.isInteger(x) && x >= 0 ? formatCount(x) : formatNumber(x, 2);
}

function altOf({ label, x, value }: MeasuredLine, { unit }: LineFigureOptions): string {
  return `${label} ${x.map((at, i) => `${withUnit(value[i], unit)} at ${sizeText(at)}`).join(", ")}`;
}

/** From where to where each line goes. */
function lineFinding(lines: readonly MeasuredLine[], { valueLabel, unit }: LineFigureOptions): string {
  const ways = lines.map(
    ({ label, value }) => `${label} ${formatNumber(value[0], 2)} to ${withUnit(value[value.length - 1], unit)}`,
  );
  return `${valueLabel}, from the first to the last: ${listing(ways)}`;
}

function checkLine({ label, x, value }: MeasuredLine, index: number, powers: boolean): void {
  const fail = (found: string): never => {
    throw new InvalidInputError(`lineFigure: the line "${label}" ${found}`, "lines", index);
  };
  lengthOf("lineFigure", "x of a line", x);
  lengthOf("lineFigure", "value of a line", value);
  if (x.length === 0) fail("is empty");
  if (x.length !== value.length) fail(`has ${x.length} values of x and ${value.length} values`);
  needNumbers("lineFigure", "lines", { x, value }, `"${label}"`);
  const below = value.find((one) => one < 0);
  if (below !== undefined) fail(`has the value ${below}; from 0 on is needed`);
  const back = x.findIndex((at, i) => i > 0 && at <= x[i - 1]);
  if (back >= 0) fail(`has x ${x[back]} behind ${x[back - 1]}; order its values by x`);
  if (powers && x[0] <= 0) fail(`has x ${x[0]}; an axis by powers of ten needs numbers above 0`);
}
