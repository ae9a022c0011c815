import type { Sourced } from "../data/provenance";
import type { CoefficientOverTime } from "../diagnostics/coefficient-over-time";
import { exp } from "../statistics/elementary";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { type BandPoint, bandLine } from "./band-line";
import { type DriftDot, driftDots, driftTicks, type RowLabel } from "./drift-dots";
import { composeFigure, type Figure } from "./figure";
import { formatNumber, formatP } from "./label";
import type { Shape } from "./plotly";
import { ratioTicks } from "./ratio-ticks";
import { GRID, INK, MUTED } from "./theme";

export interface DriftFigureOptions {
  /** What the model was fitted to; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis, with the unit of time; "Months" unless told. */
  readonly timeLabel?: string;
  /** Who stands behind each of the caller's rows; without it all events are of one kind and nameless. */
  readonly rows?: readonly RowLabel[];
}

const HEIGHT = 320;

/**
 * Scaled Schoenfeld residuals of one coefficient against time, with the smooth through them and its limits of ±2 standard
 * errors: R's `plot(cox.zph(fit))`, read as a hazard ratio.
 *
 * Where hazards are proportional, the smooth is level at the dashed line, the model's one ratio. The axis of time is the
 * test's own scale. Events far beyond the smooth's limits stand as triangles at the edge, so that they do not flatten it.
 *
 * @param drift an element of coefficientOverTime()
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws RangeError where `rows` lacks one of the events' rows
 * @example driftFigure(coefficientOverTime(fit)[0], { data: group, title: "Free the 20 over time" })
 */
export function driftFigure(drift: CoefficientOverTime, options: DriftFigureOptions): Figure {
  const { smooth, coefficient } = drift;
  const [low, high] = rangeOf(drift);
  const { dots, beyond } = driftDots(drift, options.rows, low, high);
  const ratios = ratioTicks(low, high);
  const months = driftTicks(drift);
  const [left, right] = [smooth[0]?.x ?? 0, smooth.at(-1)?.x ?? 1];
  const edge = 0.03 * (right - left);
  const groups = dots.map(({ shown, group }) => `${shown} ${group}`);
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      ...groups,
      `line: smooth, ±2 s.e.`,
      `dashed: the model's ratio, ${ratioOf(coefficient)}`,
      `test of a trend: ${formatP(drift.pValue)}`,
      ...(beyond > 0 ? [`△ ${beyond} beyond the axis`] : []),
    ],
    source: options.data,
    data: [
      ...bandLine(smooth, "smooth", 0, (point) => sayOf(point, drift)),
      ...dots.map(({ trace }) => trace),
    ],
    above: 26,
    layout: {
      height: HEIGHT + 56,
      margin: { l: 14, r: 16, b: 56 },
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months"),
        range: [left - edge, right + edge],
        tickmode: "array",
        tickvals: months.at,
        ticktext: months.text,
        tickangle: 0,
        showgrid: false,
      },
      yaxis: {
        ...verticalAxis(),
        range: [low, high],
        tickmode: "array",
        tickvals: ratios.at,
        ticktext: ratios.text,
        gridcolor: GRID,
      },
      shapes: [level(coefficient, "the model's ratio", "dash"), level(0, "no difference", "solid")],
      annotations: [verticalTitle("Hazard ratio at that time")],
    },
    alt: altOf(drift, options, dots, beyond),
  });
}

/**
 * The smooth's limits with some room, and all residuals where they do not need more than three times as much: the
 * outermost of a rare covariate would leave nothing to see of the smooth.
 */
function rangeOf({ smooth, coefficient, events }: CoefficientOverTime): [number, number] {
  const low = Math.min(0, coefficient, ...smooth.map((point) => point.lower));
  const high = Math.max(0, coefficient, ...smooth.map((point) => point.upper));
  const lowest = Math.min(low, ...events.map(({ y }) => y));
  const highest = Math.max(high, ...events.map(({ y }) => y));
  const room = 0.35 * (high - low);
  if (highest - lowest > 3 * (high - low)) return [low - room, high + room];
  return [lowest - 0.1 * room, highest + 0.1 * room];
}

/** Time at a place on the transformed axis, from the events around it. */
function sayOf({ x, estimate, lower, upper }: BandPoint, { events }: CoefficientOverTime): string {
  const near = events.reduce((best, event) => (Math.abs(event.x - x) < Math.abs(best.x - x) ? event : best));
  return `about ${formatNumber(near.time, 1)}: ratio ${ratioOf(estimate)} (${ratioOf(lower)} to ${ratioOf(upper)})`;
}

/** A ratio in words; those of an infinite estimate are no numbers that one could print. */
function ratioOf(logarithm: number): string {
  return logarithm > 14 ? "above 1000000" : formatNumber(exp(logarithm), 2);
}

function level(y: number, name: string, dash: "dash" | "solid"): Shape {
  return {
    type: "line",
    name,
    x0: 0,
    x1: 1,
    y0: y,
    y1: y,
    xref: "paper",
    yref: "y",
    line: { color: dash === "dash" ? INK : MUTED, width: dash === "dash" ? 1.5 : 1, dash },
    layer: "below",
  };
}

function altOf(
  drift: CoefficientOverTime,
  options: DriftFigureOptions,
  dots: readonly DriftDot[],
  beyond: number,
): string {
  const at = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => drift.smooth[Math.round(share * (drift.smooth.length - 1))],
  );
  const places = at.flatMap((point) => (point === undefined ? [] : [sayOf(point, drift)]));
  const counts = dots.map(({ group, trace }) => `${trace.x.length} ${group}`).join(", ");
  return (
    `${options.title}. Scaled Schoenfeld residuals of ${drift.name} (${counts}) and a smooth through them, as ` +
    `hazard ratios against ${options.timeLabel ?? "months"}: ${places.join("; ")}. The model's one ratio is ` +
    `${ratioOf(drift.coefficient)}; the test of a trend gives ${formatP(drift.pValue)}.` +
    (beyond > 0 ? ` ${beyond} events lie beyond the axis.` : "")
  );
}
