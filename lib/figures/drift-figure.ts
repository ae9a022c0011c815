import { InvalidInputError } from "../statistics";
import { exp } from "../statistics/elementary";
import { largest, smallest } from "../statistics/inner";
import type { CoefficientOverTime } from "../survival/diagnostics";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needSome } from "./checks";
import { dataTable, rounded } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatNumber, formatP } from "./label";
import { bold, horizontalRule } from "./marks";
import type { ScatterTrace } from "./plotly";
import { INK, MUTED, seriesStyle } from "./theme";
import { ratioTicks } from "./ticks";
import { type BandPoint, bandLine, dots, groupMarks } from "./traces";

/** Who stands behind a row of a model. */
export interface RowLabel {
  /** What the row's mark means, such as "featured". */
  readonly group: string;
  /** Stands in what hovering says; null for somebody who has no name here, such as a synthetic woman. */
  readonly name: string | null;
}

/** The events of one group. */
interface DriftDots {
  readonly group: string;
  /** The group's mark in text. */
  readonly shown: string;
  readonly trace: ScatterTrace;
}

export interface DriftFigureOptions extends FigureOptions {
  /** Title of the horizontal axis, with the unit of time; "Months" unless told. */
  readonly timeLabel?: string;
  /** Who stands behind each of the caller's rows; without it all events are of one kind and nameless. */
  readonly rows?: readonly RowLabel[];
}

const HEIGHT = 320; // pixels

/**
 * Scaled Schoenfeld residuals of one coefficient against time, with the smooth through them and its limits of ±2 standard
 * errors: R's `plot(cox.zph(fit))`, read as a hazard ratio.
 *
 * Where hazards are proportional, the smooth is level at the dashed line, the model's one ratio. The axis of time is the
 * test's own scale. Events far beyond the smooth's limits stand as triangles at the edge, so that they do not flatten it.
 *
 * @param drift an element of coefficientOverTime()
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws InvalidInputError where `rows` lacks one of the events' rows
 * @example driftFigure(coefficientOverTime(fit)[0], { data: group, title: "Free the 20 over time" })
 */
export function driftFigure(drift: CoefficientOverTime, options: DriftFigureOptions): Figure {
  needFields("driftFigure", options, ["timeLabel", "rows"]);
  const { smooth, coefficient, events, pValue } = drift;
  needSome("driftFigure", "drift", "event", events);
  needNumbers("driftFigure", "drift", { smooth, coefficient, events, pValue });
  const [low, high] = rangeOf(drift);
  const { groups, beyond } = driftDots(drift, options.rows, low, high);
  const ratios = ratioTicks(low, high);
  const times = driftTicks(drift);
  const [left, right] = [smooth[0]?.x ?? 0, smooth.at(-1)?.x ?? 1];
  const edge = 0.03 * (right - left);
  return composeFigure("driftFigure", options, {
    finding: driftFinding(drift),
    notes: [
      ...groups.map(({ shown, group }) => `${shown} ${group}`),
      `line: smooth, ±2 s.e.`,
      `dashed: the model's ratio, ${ratioOf(coefficient)}`,
      `test of a trend: ${formatP(pValue)}`,
      ...(beyond > 0 ? [`△ ${beyond} beyond the axis`] : []),
    ],
    data: [...bandLine(smooth, "smooth", 0, (point) => sayOf(point, drift)), ...groups.map(({ trace }) => trace)],
    table: dataTable(
      [
        ...events.map(({ time, y, row }) => ({
          what: options.rows?.[row]?.group ?? "event",
          at: time,
          y,
          limits: null,
        })),
        ...smooth.map(({ x, estimate, lower, upper }) => ({
          what: "smooth",
          at: events.reduce((best, event) => (Math.abs(event.x - x) < Math.abs(best.x - x) ? event : best)).time,
          y: estimate,
          limits: { lower, upper },
        })),
      ],
      {
        Point: ({ what }) => what,
        [options.timeLabel ?? "Months"]: ({ at }) => rounded(at),
        "Log hazard ratio": ({ y }) => rounded(y),
        "lower limit (−2 s.e.)": ({ limits }) => (limits === null ? null : rounded(limits.lower)),
        "upper limit (+2 s.e.)": ({ limits }) => (limits === null ? null : rounded(limits.upper)),
      },
    ),
    size: { above: 26, plot: HEIGHT, below: 56, right: 16 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months"),
        range: [left - edge, right + edge],
        ...ticksAt(times.at, times.text),
        tickangle: 0,
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), range: [low, high], ...ticksAt(ratios.at, ratios.text) },
      shapes: [
        horizontalRule(coefficient, "the model's ratio", { color: INK, width: 1.5, dash: "dash" }, "below"),
        horizontalRule(0, "no difference", { color: MUTED, width: 1, dash: "solid" }, "below"),
      ],
      annotations: [verticalTitle("Hazard ratio at that time")],
    },
    alt: altOf(drift, options, groups, beyond),
  });
}

/**
 * The smooth's limits with some room, and all residuals where they do not need more than three times as much: the
 * outermost of a rare covariate would leave nothing to see of the smooth.
 */
function rangeOf({ smooth, coefficient, events }: CoefficientOverTime): [number, number] {
  const low = smallest(
    smooth.map((point) => point.lower),
    Math.min(0, coefficient),
  );
  const high = largest(
    smooth.map((point) => point.upper),
    Math.max(0, coefficient),
  );
  const lowest = smallest(
    events.map(({ y }) => y),
    low,
  );
  const highest = largest(
    events.map(({ y }) => y),
    high,
  );
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

function altOf(
  drift: CoefficientOverTime,
  options: DriftFigureOptions,
  groups: readonly DriftDots[],
  beyond: number,
): string {
  const at = [0, 0.25, 0.5, 0.75, 1].map((share) => drift.smooth[Math.round(share * (drift.smooth.length - 1))]);
  const places = at.flatMap((point) => (point === undefined ? [] : [sayOf(point, drift)]));
  const counts = groups.map(({ group, trace }) => `${trace.x.length} ${group}`).join(", ");
  return (
    `Scaled Schoenfeld residuals of ${drift.name} (${counts}) and a smooth through them, as ` +
    `hazard ratios against ${options.timeLabel ?? "months"}: ${places.join("; ")}. The model's one ratio is ` +
    `${ratioOf(drift.coefficient)}; the test of a trend gives ${formatP(drift.pValue)}.` +
    (beyond > 0 ? ` ${beyond} ${beyond === 1 ? "event lies" : "events lie"} beyond the axis.` : "")
  );
}

/** Events as dots, a trace for each group in the order in which the groups first occur among the rows. */
function driftDots(
  drift: CoefficientOverTime,
  rows: readonly RowLabel[] | undefined,
  low: number,
  high: number,
): { groups: DriftDots[]; beyond: number } {
  const labelled = drift.events.map((event) => {
    const label = rows === undefined ? { group: "events", name: null } : rows[event.row];
    if (label === undefined) {
      const missing = `rows has no element ${event.row}, to which an event belongs`;
      throw new InvalidInputError(`driftFigure: ${missing}`, "rows", event.row);
    }
    const edge = event.y < low ? low : event.y > high ? high : null;
    return { event, label, y: edge ?? event.y, isBeyond: edge !== null };
  });
  const names = [...new Set((rows ?? [{ group: "events" }]).map(({ group }) => group))];
  const marks = groupMarks(names);
  const groups = names.map((group, index): DriftDots => {
    const own = labelled.filter(({ label }) => label.group === group);
    const { symbol, shown, series } = marks[index];
    const { color } = seriesStyle(series);
    const symbols = own.map(({ isBeyond }) => (isBeyond ? "triangle-up-open" : symbol));
    const trace = dots(
      escapeLabel(group),
      own,
      {
        x: ({ event }) => event.x,
        y: ({ y }) => y,
        text: ({ event, label: { name } }) =>
          `${name === null ? "" : `${bold(name)}<br>`}${escapeLabel(group)}, at ${formatNumber(event.time, 1)}<br>log ratio ${formatNumber(event.y, 2)}`,
      },
      { symbol: symbols, size: 8, color, line: { color, width: 1.5 } },
    );
    return { group, shown, trace };
  });
  return { groups, beyond: labelled.filter(({ isBeyond }) => isBeyond).length };
}

/** Times that are commonly named, on the transformed axis; those that would stand too close are left out. */
function driftTicks({ events }: CoefficientOverTime): { at: number[]; text: string[] } {
  const [first, last] = [events[0], events[events.length - 1]];
  const span = largest(events.map(({ x }) => x)) - smallest(events.map(({ x }) => x));
  const steps = [
    1, 2, 3, 6, 12, 18, 24, 36, 48, 60, 90, 120, 130, 140, 150, 160, 180, 210, 240, 300, 365, 500, 730, 1000, 1500,
    2000, 3000, 5000,
  ];
  const at: number[] = [];
  const text: string[] = [];
  for (const time of steps) {
    if (first === undefined || last === undefined || time < first.time || time > last.time) continue;
    const after = events.findIndex((event) => event.time >= time);
    const [right, left] = [events[after], events[Math.max(0, after - 1)]];
    if (right === undefined || left === undefined) continue;
    const share = right.time > left.time ? (time - left.time) / (right.time - left.time) : 0;
    const x = left.x + share * (right.x - left.x);
    if (at.length > 0 && x - at[at.length - 1] < 0.11 * span) continue;
    at.push(x);
    text.push(formatNumber(time, 0));
  }
  return { at, text };
}

/** Whether a trend of the ratio could be chance. */
function driftFinding({ name, pValue }: CoefficientOverTime): string {
  const trend = pValue < 0.05 ? "more of a trend than chance would give" : "no more of a trend than chance could give";
  return `${name}: the hazard ratio shows ${trend} (${formatP(pValue)})`;
}
