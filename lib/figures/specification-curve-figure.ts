import {
  type Choice,
  type EstimatedResult,
  estimatedResults,
  type Multiverse,
  type Specification,
  specificationText,
} from "../paper/multiverse";
import { levelOf, medianOf } from "../paper/multiverse/inner";
import { InvalidInputError } from "../statistics";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatP, formatPercent, textWidth } from "./label";
import { bold, horizontalRule, labelAbove, REFERENCE, rowAxis, verticalRule } from "./marks";
import type { Annotation, Axis, ScatterTrace } from "./plotly";
import { MUTED, seriesStyle, TEXT } from "./theme";
import { ratioText } from "./ticks";
import { area, dots, segments } from "./traces";

export interface SpecificationCurveOptions extends FigureOptions {
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

/** From so many specifications on their intervals are drawn as a band of so many columns. */
const MANY = 300;
const BAND = 160;
/** Width of the plot on a screen of 360 pixels. */
const NARROW_PLOT = 200;
/** Dots that end at the plot's edge, as those beyond it do. */
const CLIPPED = { showlegend: false };
/** Beyond these hazard ratios the axis ends; intervals are cut there. */
const LOWEST = Math.log(1 / 30);
const HIGHEST = Math.log(300);

/**
 * A specification curve: above, the estimates of all specifications from the smallest to the largest with their intervals;
 * below, a row for each level of each choice that shows where on the curve it was chosen (Simonsohn, Simmons and Nelson
 * 2020, Nature Human Behaviour 4:1208, figure 2).
 *
 * With hundreds of specifications a mark each would be a grey area. So a column of the lower panel stands for several
 * neighbours, and the height of its mark is the share of them that made this choice.
 *
 * @param run of multiverse(); specifications without an estimate are counted in the line below the title
 * @throws InvalidInputError where no specification has an estimate, or a marked one is not among them
 * @example
 * specificationCurveFigure(multiverse(design), { data: design, title: "All specifications" });
 */
export function specificationCurveFigure(run: Multiverse, options: SpecificationCurveOptions): Figure {
  const { alpha = 0.05, markedLabel = "marked", columns = 80 } = options;
  const sorted = estimatedResults(run);
  if (sorted.length === 0) {
    const found = `none of ${run.results.length} specifications has an estimate`;
    throw new InvalidInputError(`specificationCurveFigure: ${found}`, "run");
  }
  const n = sorted.length;
  const marks = marksOf(run.choices, sorted, options.marked ?? []);
  const rows = rowsOf(run.choices);
  const lower = rows.length * ROW;
  const height = UPPER + BETWEEN + lower;
  const [low, high] = rangeOf(sorted);
  const without = run.results.length - n;
  return composeFigure("specificationCurveFigure", options, {
    notes: [
      `${n} specifications`,
      ...(without === 0 ? [] : [`${without} without an estimate`]),
      `● p < ${alpha}, · not`,
      n > MANY ? "grey: 95% intervals, medians of neighbours" : "lines: 95% intervals",
      ...(marks.length === 0 ? [] : [`◆ ${markedLabel}`]),
    ],
    data: [
      intervals(sorted, low, high),
      estimates(run.choices, sorted, `p < ${alpha}`, (result) => result.pValue < alpha, true),
      estimates(run.choices, sorted, `p ≥ ${alpha}`, (result) => result.pValue >= alpha, false),
      ...(marks.length === 0 ? [] : [diamonds(run.choices, marks, markedLabel)]),
      ...run.choices.map((choice, at) => choiceMarks(choice, at, rows, sorted, columns)),
    ],
    size: { above: 22, plot: height, below: 54 },
    layout: {
      xaxis: {
        ...horizontalAxis("Specifications by estimate"),
        range: [-0.01 * n, 1.01 * n],
        anchor: "y2",
        showgrid: false,
        nticks: 5,
      },
      yaxis: { domain: [(lower + BETWEEN) / height, 1], ...estimateAxis(low, high) },
      yaxis2: {
        domain: [0, lower / height],
        ...rowAxis(
          rows.map(({ level, label }) => (level === null ? bold(label) : escapeLabel(label))),
          { tickfont: { size: 11 }, ticklabelstandoff: 4 },
        ),
      },
      shapes: [
        horizontalRule(0, "no difference", REFERENCE),
        ...marks.map(({ at }) =>
          verticalRule(at, "marked", { color: MUTED, width: 1, dash: "dot" }, "below"),
        ),
      ],
      annotations: [verticalTitle("Hazard ratio"), ...labelsOf(marks, n)],
    },
    alt: altOf(run, sorted, { alpha, marks, markedLabel }, options.title),
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
    const which = `"${label}" has no estimate in this run (${specificationText(choices, specification)})`;
    throw new InvalidInputError(`specificationCurveFigure: the marked specification ${which}`, "marked");
  });
  return found.sort((a, b) => a.at - b.at);
}

const clip = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
/** More decimals than a screen shows, and few enough for a page with thousands of dots; all digits stand in the result. */
const short = (value: number): number => Number(value.toFixed(3));
/** Ends of intervals: a pixel is three hundredths. */
const end = (value: number): number => Number(value.toFixed(2));

function rangeOf(sorted: readonly EstimatedResult[]): [number, number] {
  const low = Math.max(LOWEST, Math.min(Math.log(0.5), ...sorted.map((result) => result.lower)));
  const high = Math.min(HIGHEST, Math.max(Math.log(2), ...sorted.map((result) => result.upper)));
  const margin = 0.03 * (high - low);
  return [short(low - margin), short(high + margin)];
}

/** Logarithms, read as ratios. */
function estimateAxis(low: number, high: number): Axis {
  const ratios = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300].filter(
    (ratio) => Math.log(ratio) > low && Math.log(ratio) < high,
  );
  return {
    ...verticalAxis(),
    range: [low, high],
    ...ticksAt(
      ratios.map((ratio) => short(Math.log(ratio))),
      ratios.map(String),
    ),
    tickfont: { size: TEXT.small },
  };
}

/** A line for each interval; where hundreds would touch, a band between the median limits of neighbours. */
function intervals(sorted: readonly EstimatedResult[], low: number, high: number): ScatterTrace {
  const lower = sorted.map((result) => end(clip(result.lower, low, high)));
  const upper = sorted.map((result) => end(clip(result.upper, low, high)));
  const name = "95% intervals (log hazard ratio)";
  const line = { color: "rgba(111,127,146,0.6)" };
  if (sorted.length <= MANY) {
    const each = lower.map((from, at) => ({ x: [at, at] as const, y: [from, upper[at]] as const }));
    return segments(name, each, { ...line, width: 1 });
  }
  const columns = Array.from({ length: BAND }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.round((edge * sorted.length) / BAND));
    const middle = (values: readonly number[]): number =>
      end(medianOf(values.slice(from, to).sort((x, y) => x - y)) ?? 0);
    return { at: (from + to - 1) / 2, lower: middle(lower), upper: middle(upper) };
  });
  return area(
    `${name}, medians of neighbours`,
    columns,
    { x: ({ at }) => at, first: (column) => column.lower, second: (column) => column.upper },
    { fill: "rgba(111,127,146,0.25)", line: { ...line, width: 0.7 } },
  );
}

/** What a dot says: the ratio with its interval, p, and all choices. */
function textOf(choices: readonly Choice[], result: EstimatedResult): string {
  const words = escapeLabel(specificationText(choices, result.specification));
  const [ratio, lower, upper] = [result.estimate, result.lower, result.upper].map((value) =>
    ratioText(Math.exp(value)),
  );
  return `${ratio} (${lower}–${upper}), ${formatP(result.pValue)}<br>${words}`;
}

function estimates(
  choices: readonly Choice[],
  sorted: readonly EstimatedResult[],
  name: string,
  chosen: (result: EstimatedResult) => boolean,
  full: boolean,
): ScatterTrace {
  const { color } = seriesStyle(full ? 0 : 1);
  return dots(
    name,
    sorted.flatMap((result, at) => (chosen(result) ? [{ result, at }] : [])),
    {
      x: ({ at }) => at,
      y: ({ result }) => short(result.estimate),
      text: ({ result }) => textOf(choices, result),
    },
    // Where hundreds of dots touch, thick and thin still tell the two apart.
    { symbol: "circle", size: full ? 5.5 : 2.5, color, line: { color, width: 0 } },
    CLIPPED,
  );
}

function diamonds(choices: readonly Choice[], marks: readonly Mark[], name: string): ScatterTrace {
  return dots(
    escapeLabel(name),
    marks,
    {
      x: ({ at }) => at,
      y: ({ result }) => short(result.estimate),
      text: ({ result, label }) => `${bold(label)} ${textOf(choices, result)}`,
    },
    { symbol: "diamond", size: 11, color: "#F0E442", line: { color: "#000000", width: 1.5 } },
    CLIPPED,
  );
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
  return dots(
    escapeLabel(choice.label),
    marks,
    { x: ({ x }) => x, y: ({ y }) => y, text: ({ text }) => text },
    {
      symbol: "line-ns-open",
      // Of this symbol the size is about 0.7 of the height.
      size: marks.map(({ share }) => Number((1.5 + 8.5 * share).toFixed(1))),
      opacity: 1,
      color,
      line: { color, width: 1.8 },
    },
    { yaxis: "y2", ...CLIPPED },
  );
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
  return groups.map((group) =>
    labelAbove(centre(group), bold(text(group)), 2, { name: "marked", xanchor: "center" }),
  );
}

function altOf(
  run: Multiverse,
  sorted: readonly EstimatedResult[],
  { alpha, marks, markedLabel }: { alpha: number; marks: readonly Mark[]; markedLabel: string },
  title: string,
): string {
  const n = sorted.length;
  const at = (share: number): string => ratioText(Math.exp(sorted[Math.round(share * (n - 1))].estimate));
  const shareOf = (is: (result: EstimatedResult) => boolean, some = sorted): string =>
    formatPercent(some.filter(is).length / Math.max(1, some.length));
  const third = Math.floor(n / 3);
  const levels = run.choices.map((choice) => {
    const shares = choice.levels.map(({ name, label }) => {
      const has = ({ specification }: EstimatedResult): boolean => specification[choice.name] === name;
      return `${label} ${shareOf(has, sorted.slice(0, third))} and ${shareOf(has, sorted.slice(n - third))}`;
    });
    return `${choice.label}: ${shares.join(", ")}.`;
  });
  const marked = marks.map(
    ({ label, at: place, result }) =>
      `${label} ${ratioText(Math.exp(result.estimate))} at place ${place + 1}`,
  );
  return (
    `${title}. Specification curve of ${n} specifications: hazard ratios from ${at(0)} to ${at(1)}, median ${at(0.5)}; ` +
    `${shareOf(({ estimate }) => estimate > 0)} above 1, ${shareOf(({ pValue }) => pValue < alpha)} with p below ${alpha}.` +
    `${marks.length === 0 ? "" : ` ${markedLabel}: ${marked.join(", ")}.`}` +
    ` Share of each choice in the lowest and the highest third: ${levels.join(" ")}`
  );
}
