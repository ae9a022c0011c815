import type { Sourced } from "../data/provenance";
import type { LogMinusLogCurve } from "../diagnostics/log-minus-log";
import { log, log10, pow } from "../statistics/elementary";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatNumber, listing, widest } from "./label";
import type { Shape } from "./plotly";
import { spread } from "./spread";
import { GRID, seriesStyle, TEXT } from "./theme";
import { tiedLabel } from "./tied-label";

export interface LogMinusLogFigureOptions {
  /** What the curves were computed from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis; "Months, logarithmic scale" unless told. */
  readonly timeLabel?: string;
}

const HEIGHT = 320;
const TICKS = [0.1, 0.3, 1, 2, 3, 6, 12, 24, 48, 96, 180, 365, 730, 1500, 3000];

/**
 * log(−log S) of several groups against the logarithm of time: under proportional hazards the curves are a constant
 * distance apart, the log hazard ratio.
 *
 * @param curves of logMinusLog(), at least one with a step, with distinct labels
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws RangeError where no curve has a step, or two have the same label
 * @example logMinusLogFigure(kaplanMeier({ time, event, group }).map(logMinusLog), { data: women, title: "Parallel?" })
 */
export function logMinusLogFigure(
  curves: readonly LogMinusLogCurve[],
  options: LogMinusLogFigureOptions,
): Figure {
  const drawn = curves.filter(({ time }) => time.length > 0);
  if (drawn.length === 0) {
    throw new RangeError(`log-minus-log figure: none of ${curves.length} curves has an event with survivors`);
  }
  const labels = curves.map(({ label }) => label);
  const twice = labels.find((label, at) => labels.indexOf(label) < at);
  if (twice !== undefined) throw new RangeError(`log-minus-log figure: two curves are labelled "${twice}"`);
  const times = drawn.flatMap(({ time }) => time);
  const values = drawn.flatMap(({ value }) => value);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [low, high] = [Math.min(...values) - 0.3, Math.max(...values) + 0.3];
  const apart = 0.11 * log(last / first);
  const ticks: number[] = [];
  for (const tick of TICKS) {
    const isClose = log(tick / (ticks.at(-1) ?? 1e-9)) < apart;
    if (tick >= 0.9 * first && tick <= 1.1 * last && !isClose) ticks.push(tick);
  }
  const pixels = HEIGHT / (high - low);
  const centres = spread(
    drawn.map(({ value }) => ({ wanted: (high - (value.at(-1) ?? 0)) * pixels, size: 18 })),
    0,
    HEIGHT,
  );
  const range: [number, number] = [log10(0.92 * first), log10(1.08 * last)];
  return composeFigure({
    title: options.title,
    notes: options.subtitle === undefined ? [] : [options.subtitle],
    source: options.data,
    data: drawn.map(({ label, time, value }, index) => {
      const style = seriesStyle(index);
      return {
        type: "scatter",
        mode: "lines",
        name: escapeLabel(label),
        x: time,
        y: value,
        line: { shape: "hv", color: style.color, width: 2.5, dash: style.dash },
        hoverinfo: "text",
        hovertext: time.map(
          (at, k) =>
            `<b>${escapeLabel(label)}</b><br>${formatNumber(at, 1)}: ${formatNumber(value[k] ?? 0, 2)}`,
        ),
        showlegend: false,
      };
    }),
    above: 26,
    layout: {
      height: HEIGHT + 56,
      margin: {
        l: 14,
        r:
          24 +
          widest(
            drawn.map(({ label }) => label),
            TEXT.small,
            true,
          ),
        b: 56,
      },
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months, logarithmic scale"),
        type: "log",
        range,
        tickmode: "array",
        tickvals: ticks,
        ticktext: ticks.map((tick) => formatNumber(tick, 1)),
        tickangle: 0,
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), range: [low, high], gridcolor: GRID },
      shapes: drawn.map(
        ({ time, value }, index): Shape => ({
          type: "line",
          name: "curve-leader",
          x0: time.at(-1) ?? last,
          x1: pow(10, range[1]),
          y0: value.at(-1) ?? 0,
          y1: value.at(-1) ?? 0,
          xref: "x",
          yref: "y",
          line: { color: seriesStyle(index).color, width: 1, dash: "dot" },
        }),
      ),
      annotations: [
        ...drawn.map(({ label, value }, index) => {
          const y = value.at(-1) ?? 0;
          const tie = { right: 12, down: (centres[index] ?? 0) - (high - y) * pixels };
          return tiedLabel("curve-label", `<b>${escapeLabel(label)}</b>`, index, y, tie);
        }),
        { ...verticalTitle("log(−log S)"), xshift: -28 },
      ],
    },
    alt: `${options.title}. log(−log S) against the logarithm of time for ${listing(drawn.map(({ label }) => label))}. ${drawn.map(sentence).join(" ")}`,
  });
}

/** A curve in words: where it begins, is half-way, and ends. */
function sentence({ label, time, value }: LogMinusLogCurve): string {
  const at = [0, Math.floor((time.length - 1) / 2), time.length - 1];
  return `${label}: ${[...new Set(at)].map((k) => `${formatNumber(value[k] ?? 0, 2)} at ${formatNumber(time[k] ?? 0, 1)}`).join(", ")}.`;
}
