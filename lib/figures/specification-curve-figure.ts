import type { Sourced } from "../data/provenance";
import { type Choice, levelOf, type Specification, specificationText } from "../multiverse/choices";
import type { Multiverse } from "../multiverse/multiverse";
import { type EstimatedResult, estimatedResults, medianOf } from "../multiverse/summary";
import { exp, log } from "../statistics/elementary";
import { horizontalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { ratioText } from "./forest-rows";
import { escapeLabel, formatP, formatPercent, textWidth } from "./label";
import type { Annotation, ScatterTrace, Shape } from "./plotly";
import { GRID, INK, MUTED, seriesStyle, TEXT } from "./theme";
import { verticalLine } from "./vertical-line";

export interface SpecificationCurveOptions {
  /** What was analysed; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Specifications to be marked, such as those that a paper reports, with short labels. */
  readonly marked?: readonly { readonly specification: Specification; readonly label: string }[];
  /** What the marked ones are called in the line below the title; "marked" unless told. */
  readonly markedLabel?: string;
  /** Level that decides between full and hollow dots; 0.05 unless told. */
  readonly alpha?: number;
  /** Columns of the lower panel; 80 unless told, each for as many neighbouring specifications. */
  readonly columns?: number;
}

const UPPER = 250; // pixels
const BETWEEN = 14;
const ROW = 17;
const BOTTOM = 54;
/** From so many specifications on their intervals are drawn as a band of so many columns. */
const MANY = 300;
const BAND = 160;
/** Width of the plot on a screen of 360 pixels. */
const NARROW_PLOT = 200;
/** Beyond these hazard ratios the axis ends; intervals are cut there. */
const LOWEST = log(1 / 30);
const HIGHEST = log(300);

/**
 * A specification curve: above, the estimates of all specifications from the smallest to the largest with their intervals;
 * below, a row for each level of each choice that shows where on the curve it was chosen (Simonsohn, Simmons and Nelson
 * 2020, Nature Human Behaviour 4:1208, figure 2).
 *
 * With hundreds of specifications a mark each would be a grey area. So a column of the lower panel stands for several
 * neighbours, and the height of its mark is the share of them that made this choice.
 *
 * @param run of multiverse(); specifications without an estimate are counted in the line below the title
 * @throws RangeError where no specification has an estimate, or a marked one is not among them
 * @example
 * specificationCurveFigure(multiverse(design), { data: design, title: "All specifications" });
 */
export function specificationCurveFigure(run: Multiverse, options: SpecificationCurveOptions): Figure {
  const { alpha = 0.05 } = options;
  const sorted = estimatedResults(run);
  if (sorted.length === 0) {
    throw new RangeError(`specification curve: none of ${run.results.length} specifications has an estimate`);
  }
  const n = sorted.length;
  const marks = marksOf(run.choices, sorted, options.marked ?? []);
  const rows = rowsOf(run.choices);
  const lower = rows.length * ROW;
  const height = UPPER + BETWEEN + lower;
  const [low, high] = rangeOf(sorted);
  const without = run.results.length - n;
  const passing = sorted.filter(({ pValue }) => pValue < alpha).length;
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      `${n} specifications`,
      ...(without === 0 ? [] : [`${without} without an estimate`]),
      `● p < ${alpha}, · not`,
      n > MANY ? "grey: 95% intervals, medians of neighbours" : "lines: 95% intervals",
      ...(marks.length === 0 ? [] : [`◆ ${options.markedLabel ?? "marked"}`]),
    ],
    source: options.data,
    above: 22,
    data: [
      intervals(sorted, low, high),
      dots(run.choices, sorted, `p < ${alpha}`, (result) => result.pValue < alpha, true),
      dots(run.choices, sorted, `p ≥ ${alpha}`, (result) => result.pValue >= alpha, false),
      ...(marks.length === 0 ? [] : [diamonds(run.choices, marks, options.markedLabel ?? "marked")]),
      ...run.choices.map((choice, at) => choiceMarks(choice, at, rows, sorted, options.columns ?? 80)),
    ],
    layout: {
      height: height + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      xaxis: {
        ...horizontalAxis("Specifications by estimate"),
        range: [-0.01 * n, 1.01 * n],
        anchor: "y2",
        showgrid: false,
        nticks: 5,
      },
      yaxis: {
        domain: [(lower + BETWEEN) / height, 1],
        range: [low, high],
        tickmode: "array",
        ...ticksOf(low, high),
        tickfont: { size: TEXT.small },
        automargin: true,
        fixedrange: true,
        gridcolor: GRID,
        zeroline: false,
        ticklabelstandoff: 3,
      },
      yaxis2: {
        domain: [0, lower / height],
        range: [rows.length - 0.5, -0.5],
        tickmode: "array",
        tickvals: rows.map((_, at) => at),
        ticktext: rows.map(({ level, label }) =>
          level === null ? `<b>${escapeLabel(label)}</b>` : escapeLabel(label),
        ),
        tickfont: { size: 11 },
        ticklabelstandoff: 4,
        automargin: true,
        fixedrange: true,
        showgrid: false,
        zeroline: false,
      },
      shapes: [noDifference(), ...marks.map(({ at }) => guide(at))],
      annotations: [verticalTitle("Hazard ratio"), ...labelsOf(marks, n)],
    },
    alt: altOf(run, sorted, passing, alpha, marks, options),
  });
}

interface CurveRow {
  readonly choice: Choice;
  /** Name of the level; null for the heading of the choice. */
  readonly level: string | null;
  readonly label: string;
}

function rowsOf(choices: readonly Choice[]): CurveRow[] {
  return choices.flatMap((choice) => [
    { choice, level: null, label: choice.label },
    ...choice.levels.map(({ name, label }) => ({ choice, level: name, label })),
  ]);
}

interface Mark {
  readonly at: number;
  readonly result: EstimatedResult;
  readonly label: string;
}

function marksOf(
  choices: readonly Choice[],
  sorted: readonly EstimatedResult[],
  marked: NonNullable<SpecificationCurveOptions["marked"]>,
): Mark[] {
  const found = marked.map(({ specification, label }): Mark => {
    const at = sorted.findIndex((result) =>
      choices.every(({ name }) => result.specification[name] === specification[name]),
    );
    const result = sorted[at];
    if (result !== undefined) return { at, result, label };
    throw new RangeError(
      `specification curve: the marked specification "${label}" has no estimate in this run (${specificationText(choices, specification)})`,
    );
  });
  return found.sort((a, b) => a.at - b.at);
}

const clip = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
/** More decimals than a screen shows, and few enough for a page with thousands of dots; all digits stand in the result. */
const short = (value: number): number => Number(value.toFixed(3));
/** Ends of intervals: a pixel is three hundredths. */
const end = (value: number): number => Number(value.toFixed(2));

function rangeOf(sorted: readonly EstimatedResult[]): [number, number] {
  const low = Math.max(LOWEST, Math.min(log(0.5), ...sorted.map((result) => result.lower)));
  const high = Math.min(HIGHEST, Math.max(log(2), ...sorted.map((result) => result.upper)));
  const margin = 0.03 * (high - low);
  return [short(low - margin), short(high + margin)];
}

function ticksOf(low: number, high: number): { tickvals: number[]; ticktext: string[] } {
  const ratios = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300].filter(
    (ratio) => log(ratio) > low && log(ratio) < high,
  );
  return { tickvals: ratios.map((ratio) => short(log(ratio))), ticktext: ratios.map(String) };
}

/** A line for each interval; where hundreds would touch, a band between the median limits of neighbours. */
function intervals(sorted: readonly EstimatedResult[], low: number, high: number): ScatterTrace {
  const lower = sorted.map((result) => end(clip(result.lower, low, high)));
  const upper = sorted.map((result) => end(clip(result.upper, low, high)));
  const places = sorted.map((_, at) => at);
  const name = "95% intervals (log hazard ratio)";
  if (sorted.length > MANY) {
    const columns = Array.from({ length: BAND }, (_, column) => {
      const [from, to] = [column, column + 1].map((edge) => Math.round((edge * sorted.length) / BAND));
      const middle = (values: readonly number[]): number =>
        medianOf(values.slice(from, to).sort((x, y) => x - y)) ?? 0;
      return { at: ((from ?? 0) + (to ?? 0) - 1) / 2, lower: end(middle(lower)), upper: end(middle(upper)) };
    });
    const back = [...columns].reverse();
    return {
      type: "scatter",
      mode: "lines",
      name: `${name}, medians of neighbours`,
      x: [...columns, ...back].map(({ at }) => at),
      y: [...columns.map((column) => column.lower), ...back.map((column) => column.upper)],
      fill: "toself",
      fillcolor: "rgba(111,127,146,0.25)",
      line: { color: "rgba(111,127,146,0.6)", width: 0.7 },
      hoverinfo: "skip",
      showlegend: false,
    };
  }
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: places.flatMap((at) => [at, at, null]),
    y: places.flatMap((at) => [lower[at] ?? null, upper[at] ?? null, null]),
    line: { color: "rgba(111,127,146,0.6)", width: 1 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** What a dot says: the ratio with its interval, p, and all choices. */
function textOf(choices: readonly Choice[], result: EstimatedResult): string {
  const words = escapeLabel(specificationText(choices, result.specification));
  const [ratio, lower, upper] = [result.estimate, result.lower, result.upper].map((value) =>
    ratioText(exp(value)),
  );
  return `${ratio} (${lower}–${upper}), ${formatP(result.pValue)}<br>${words}`;
}

function dots(
  choices: readonly Choice[],
  sorted: readonly EstimatedResult[],
  name: string,
  chosen: (result: EstimatedResult) => boolean,
  full: boolean,
): ScatterTrace {
  const own = sorted.flatMap((result, at) => (chosen(result) ? [{ result, at }] : []));
  const style = seriesStyle(full ? 0 : 1);
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: own.map(({ at }) => at),
    y: own.map(({ result }) => short(result.estimate)),
    marker: {
      symbol: "circle",
      // Where hundreds of dots touch, thick and thin still tell the two apart.
      size: full ? 5.5 : 2.5,
      color: style.color,
      line: { color: style.color, width: 0 },
    },
    hoverinfo: "text",
    hovertext: own.map(({ result }) => textOf(choices, result)),
    showlegend: false,
  };
}

function diamonds(choices: readonly Choice[], marks: readonly Mark[], name: string): ScatterTrace {
  return {
    type: "scatter",
    mode: "markers",
    name: escapeLabel(name),
    x: marks.map(({ at }) => at),
    y: marks.map(({ result }) => short(result.estimate)),
    marker: { symbol: "diamond", size: 11, color: "#F0E442", line: { color: "#000000", width: 1.5 } },
    hoverinfo: "text",
    hovertext: marks.map(({ result, label }) => `<b>${escapeLabel(label)}</b> ${textOf(choices, result)}`),
    showlegend: false,
  };
}

/** For each level of a choice and each column of neighbours a mark as high as the share that chose it. */
function choiceMarks(
  choice: Choice,
  series: number,
  rows: readonly CurveRow[],
  sorted: readonly EstimatedResult[],
  columns: number,
): ScatterTrace {
  const n = sorted.length;
  const count = Math.min(columns, n);
  const marks = Array.from({ length: count }, (_, column) => {
    const [from, to] = [Math.round((column * n) / count), Math.round(((column + 1) * n) / count)];
    const neighbours = sorted.slice(from, to);
    return choice.levels.flatMap(({ name }) => {
      const own = neighbours.filter((result) => levelOf(choice, result.specification).name === name).length;
      if (own === 0) return [];
      const y = rows.findIndex((row) => row.choice === choice && row.level === name);
      return [
        { x: (from + to - 1) / 2, y, share: own / neighbours.length, text: `${own} of ${neighbours.length}` },
      ];
    });
  }).flat();
  const { color } = seriesStyle(series % 2 === 0 ? 0 : 2);
  return {
    type: "scatter",
    mode: "markers",
    name: escapeLabel(choice.label),
    x: marks.map(({ x }) => x),
    y: marks.map(({ y }) => y),
    yaxis: "y2",
    marker: {
      symbol: "line-ns-open",
      // Of this symbol the size is about 0.7 of the height.
      size: marks.map(({ share }) => Number((1.5 + 8.5 * share).toFixed(1))),
      opacity: 1,
      color,
      line: { color, width: 1.8 },
    },
    hoverinfo: "text",
    hovertext: marks.map(({ text }) => text),
    showlegend: false,
  };
}

function noDifference(): Shape {
  const line = { color: INK, width: 1, dash: "dash" as const };
  return { type: "line", name: "no difference", x0: 0, x1: 1, y0: 0, y1: 0, xref: "paper", yref: "y", line };
}

function guide(at: number): Shape {
  return verticalLine(at, "marked", { color: MUTED, width: 1, dash: "dot" }, "below");
}

/** Labels above the plot; marks whose labels would touch on a telephone share one, in the order of their lines. */
function labelsOf(marks: readonly Mark[], n: number): Annotation[] {
  const groups: Mark[][] = marks.map((mark) => [mark]);
  const text = (group: readonly Mark[]): string => group.map(({ label }) => label).join(" ");
  const centre = (group: readonly Mark[]): number =>
    group.reduce((sum, { at }) => sum + at, 0) / group.length;
  const half = (group: readonly Mark[]): number =>
    ((textWidth(text(group), TEXT.small, true) / 2 + 3) * n) / NARROW_PLOT;
  for (let i = 1; i < groups.length; ) {
    const [before, group] = [groups[i - 1] ?? [], groups[i] ?? []];
    if (centre(group) - centre(before) >= half(before) + half(group)) i++;
    else {
      groups.splice(i - 1, 2, [...before, ...group]);
      i = 1;
    }
  }
  return groups.map((group) => ({
    name: "marked",
    text: `<b>${escapeLabel(text(group))}</b>`,
    x: centre(group),
    y: 1,
    xref: "x",
    yref: "paper",
    xanchor: "center",
    yanchor: "bottom",
    yshift: 2,
    showarrow: false,
    font: { size: TEXT.small, color: INK },
  }));
}

function altOf(
  run: Multiverse,
  sorted: readonly EstimatedResult[],
  passing: number,
  alpha: number,
  marks: readonly Mark[],
  options: SpecificationCurveOptions,
): string {
  const n = sorted.length;
  const at = (share: number): string => ratioText(exp(sorted[Math.round(share * (n - 1))]?.estimate ?? 0));
  const positive = sorted.filter(({ estimate }) => estimate > 0).length / n;
  const third = Math.floor(n / 3);
  const levels = run.choices.map((choice) => {
    const shares = choice.levels.map(({ name, label }) => {
      const of = (some: readonly EstimatedResult[]): string =>
        formatPercent(
          some.filter((result) => result.specification[choice.name] === name).length /
            Math.max(1, some.length),
        );
      return `${label} ${of(sorted.slice(0, third))} and ${of(sorted.slice(n - third))}`;
    });
    return `${choice.label}: ${shares.join(", ")}.`;
  });
  return (
    `${options.title}. Specification curve of ${n} specifications: hazard ratios from ${at(0)} to ${at(1)}, median ${at(0.5)}; ` +
    `${formatPercent(positive)} above 1, ${formatPercent(passing / n)} with p below ${alpha}.` +
    `${marks.length === 0 ? "" : ` ${options.markedLabel ?? "marked"}: ${marks.map(({ label, at: place, result }) => `${label} ${ratioText(exp(result.estimate))} at place ${place + 1}`).join(", ")}.`}` +
    ` Share of each choice in the lowest and the highest third: ${levels.join(" ")}`
  );
}
