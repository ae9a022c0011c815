import { InvalidInputError } from "../statistics";
import { log, log10, pow } from "../statistics/elementary";
import { largest, lengthOf, smallest } from "../statistics/inner";
import type { LogMinusLogCurve } from "../survival/diagnostics";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needDistinct, needFields, needNumbers } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatNumber, listing, widest } from "./label";
import { bold, directLabels, leader } from "./marks";
import type { ScatterTrace } from "./plotly";
import { seriesStyle, TEXT } from "./theme";
import { line } from "./traces";

export interface LogMinusLogFigureOptions extends FigureOptions {
  /** Title of the horizontal axis; "Months, logarithmic scale" unless told. */
  readonly timeLabel?: string;
}

const HEIGHT = 320; // pixels

const TICKS = [0.1, 0.3, 1, 2, 3, 6, 12, 24, 48, 96, 180, 365, 730, 1500, 3000];

/**
 * log(−log S) of several groups against the logarithm of time: under proportional hazards the curves are a constant
 * distance apart, the log hazard ratio.
 *
 * @param curves of logMinusLog(), at least one with a step, with distinct labels
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws InvalidInputError where no curve has a step, or two have the same label
 * @example logMinusLogFigure(kaplanMeier({ time, event, group }).map(logMinusLog), { data: women, title: "Parallel?" })
 */
export function logMinusLogFigure(curves: readonly LogMinusLogCurve[], options: LogMinusLogFigureOptions): Figure {
  lengthOf("logMinusLogFigure", "curves", curves);
  needFields("logMinusLogFigure", options, ["timeLabel"]);
  const drawn = curves.filter(({ time }) => time.length > 0);
  if (drawn.length === 0) {
    const found = `none of ${curves.length} curves has an event with survivors`;
    throw new InvalidInputError(`logMinusLogFigure: ${found}`, "curves");
  }
  const labels = drawn.map(({ label }) => label);
  needDistinct(
    "logMinusLogFigure",
    "curves",
    "curves",
    curves.map(({ label }) => label),
  );
  const numbers = drawn.map(({ time, value }) => time.map((at, i) => ({ time: at, value: value[i] ?? Number.NaN })));
  needNumbers("logMinusLogFigure", "curves", numbers);
  const times = drawn.flatMap(({ time }) => time);
  const values = drawn.flatMap(({ value }) => value);
  const [first, last] = [smallest(times), largest(times)];
  const [low, high] = [smallest(values) - 0.3, largest(values) + 0.3];
  const range: [number, number] = [log10(0.92 * first), log10(1.08 * last)];
  return composeFigure("logMinusLogFigure", options, {
    finding: distanceFinding(drawn),
    data: drawn.map(curveLine),
    table: dataTable(
      drawn.flatMap(({ label, time, value }) => time.map((at, i) => ({ label, at, value: value[i] }))),
      {
        Group: ({ label }) => label,
        [(options.timeLabel ?? "Months, logarithmic scale").replace(/, logarithmic scale$/, "")]: ({ at }) => at,
        "log(−log S)": ({ value }) => value,
      },
    ),
    size: { above: 26, plot: HEIGHT, below: 56, right: 24 + widest(labels, TEXT.small, true) },
    layout: {
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months, logarithmic scale"),
        type: "log",
        range,
        ...ticksAt(timesToName(first, last), (tick) => formatNumber(tick, 1)),
        tickangle: 0,
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), range: [low, high] },
      shapes: drawn.map(({ time, value }, i) => leader(i, lastOf(time), pow(10, range[1]), lastOf(value))),
      annotations: [
        ...directLabels(
          drawn.map(({ label, value }) => ({ text: bold(label), end: lastOf(value), size: 18 })),
          { top: high, pixels: HEIGHT / (high - low), from: 0, to: HEIGHT },
          { name: "curve-label" },
        ),
        verticalTitle("log(−log S)", 28),
      ],
    },
    alt: `log(−log S) against the logarithm of time for ${listing(labels)}. ${drawn.map(sentence).join(" ")}`,
  });
}

const lastOf = (values: readonly number[]): number => values[values.length - 1];

/** Times that are commonly named, so far apart that their numbers do not meet. */
function timesToName(first: number, last: number): number[] {
  const apart = 0.11 * log(last / first);
  const ticks: number[] = [];
  for (const tick of TICKS) {
    const isClose = log(tick / (ticks.at(-1) ?? 1e-9)) < apart;
    if (tick >= 0.9 * first && tick <= 1.1 * last && !isClose) ticks.push(tick);
  }
  return ticks;
}

function curveLine({ label, time, value }: LogMinusLogCurve, series: number): ScatterTrace {
  const { color, dash } = seriesStyle(series);
  const text = (at: number, k: number): string =>
    `${bold(label)}<br>${formatNumber(at, 1)}: ${formatNumber(value[k], 2)}`;
  const stroke = { shape: "hv", color, width: 2.5, dash } as const;
  return line(escapeLabel(label), time, { x: (at) => at, y: (_, k) => value[k], text }, stroke);
}

/** A curve in words: where it begins, is half-way, and ends. */
function sentence({ label, time, value }: LogMinusLogCurve): string {
  const at = [0, Math.floor((time.length - 1) / 2), time.length - 1];
  return `${label}: ${[...new Set(at)].map((k) => `${formatNumber(value[k] ?? 0, 2)} at ${formatNumber(time[k] ?? 0, 1)}`).join(", ")}.`;
}

/** The least and the largest distance of the first two curves where both are seen; under proportional hazards it is one. */
function distanceFinding([one, other]: readonly LogMinusLogCurve[]): string {
  if (other === undefined)
    return `log(−log S) of ${one.label}, from ${formatNumber(one.value[0], 1)} to ${formatNumber(lastOf(one.value), 1)}`;
  const at = ({ time, value }: LogMinusLogCurve, when: number): number | undefined =>
    value[time.filter((each) => each <= when).length - 1];
  const distances = [...one.time, ...other.time].flatMap((when) => {
    const [first, second] = [at(one, when), at(other, when)];
    return first === undefined || second === undefined ? [] : [first - second];
  });
  if (distances.length === 0) return `${one.label} and ${other.label} are never seen at one time`;
  const [low, high] = [smallest(distances), largest(distances)].map((distance) => formatNumber(distance, 2));
  return `The distance of ${one.label} from ${other.label} runs from ${low} to ${high}; proportional hazards would keep one`;
}
