import {
  type Choice,
  type EstimatedResult,
  estimatedResults,
  type Multiverse,
  type Specification,
  specificationText,
} from "../paper/multiverse";
import { levelOf } from "../paper/multiverse/inner";
import { InvalidInputError } from "../statistics";
import { exp, log } from "../statistics/elementary";
import { largest, lengthOf, smallest } from "../statistics/inner";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needOptions } from "./checks";
import { type Cell, dataTable, rounded } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatCount, formatPercent, textWidth } from "./label";
import { bold, horizontalRule, labelAbove, REFERENCE, rowAxis, verticalRule } from "./marks";
import type { Annotation, Axis } from "./plotly";
import {
  type CurveRow,
  choiceMarks,
  diamonds,
  estimates,
  intervals,
  MANY,
  type Mark,
  short,
} from "./specification-traces";
import { spread } from "./spread";
import { MUTED, TEXT } from "./theme";
import { ratioText } from "./ticks";

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

/** Width of the plot on a screen of 360 pixels, and what the vertical axis's title takes of it. */
const NARROW_PLOT = 200;
const TITLE = 50;
/** Height of the line from a mark to its label. */
const TIE = 12;
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
 * @throws InvalidInputError where no specification has an estimate, or a marked one is not among them
 * @example
 * specificationCurveFigure(multiverse(design), { data: design, title: "All specifications" });
 */
export function specificationCurveFigure(run: Multiverse, options: SpecificationCurveOptions): Figure {
  needFields("specificationCurveFigure", options, ["marked", "markedLabel", "alpha", "columns"]);
  if (options.marked !== undefined) lengthOf("specificationCurveFigure", "marked", options.marked);
  const { alpha = 0.05, markedLabel = "marked", columns = 80 } = options;
  const sorted = estimatedResults(run);
  if (sorted.length === 0) {
    const found = `none of ${run.results.length} specifications has an estimate`;
    throw new InvalidInputError(`specificationCurveFigure: ${found}`, "run");
  }
  needOptions("specificationCurveFigure", options);
  const numbers = sorted.map(({ estimate, lower, upper, pValue }) => ({ estimate, lower, upper, pValue }));
  needNumbers("specificationCurveFigure", "run", numbers, "results");
  const n = sorted.length;
  const marks = marksOf(run.choices, sorted, options.marked ?? []);
  const rows = rowsOf(run.choices);
  const lower = rows.length * ROW;
  const height = UPPER + BETWEEN + lower;
  const [low, high] = rangeOf(sorted);
  const without = run.results.length - n;
  return composeFigure("specificationCurveFigure", options, {
    finding: curveFinding(sorted, alpha),
    notes: [
      `${formatCount(n)} specifications`,
      ...(without === 0 ? [] : [`${formatCount(without)} without an estimate`]),
      `● blue: p < ${alpha}`,
      "• orange: not",
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
    table: dataTable(
      sorted,
      {
        ...Object.fromEntries(
          run.choices.map((choice): [string, Cell<EstimatedResult>] => [
            choice.label,
            ({ specification }) => levelOf(choice, specification).label,
          ]),
        ),
        "Hazard ratio": ({ estimate }) => rounded(exp(estimate)),
        "lower limit (95%)": (result) => rounded(exp(result.lower)),
        "upper limit (95%)": (result) => rounded(exp(result.upper)),
        p: ({ pValue }) => rounded(pValue),
        Marked: ({ index }) => marks.find(({ result }) => result.index === index)?.label ?? null,
      },
      MOST_SPECIFICATIONS,
    ),
    size: { above: marks.length === 0 ? 22 : 22 + TIE, plot: height, below: 54 },
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
        ...marks.map(({ at }) => verticalRule(at, "marked", { color: MUTED, width: 1, dash: "dot" }, "below")),
      ],
      annotations: [verticalTitle("Hazard ratio"), ...labelsOf(marks, n)],
    },
    alt: altOf(run, sorted, { alpha, marks, markedLabel }),
  });
}

/** The choices of a specification stand in words in its row of the table only. */
const MOST_SPECIFICATIONS = 2000;

function rowsOf(choices: readonly Choice[]): CurveRow[] {
  return choices.flatMap((choice) => [
    { choice, level: null, label: choice.label },
    ...choice.levels.map(({ name, label }) => ({ choice, level: name, label })),
  ]);
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

function rangeOf(sorted: readonly EstimatedResult[]): [number, number] {
  const low = Math.max(
    LOWEST,
    smallest(
      sorted.map((result) => result.lower),
      log(0.5),
    ),
  );
  const high = Math.min(
    HIGHEST,
    largest(
      sorted.map((result) => result.upper),
      log(2),
    ),
  );
  const margin = 0.03 * (high - low);
  return [short(low - margin), short(high + margin)];
}

/** Logarithms, read as ratios. */
function estimateAxis(low: number, high: number): Axis {
  const ratios = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300].filter((ratio) => log(ratio) > low && log(ratio) < high);
  return {
    ...verticalAxis(),
    range: [low, high],
    ...ticksAt(
      ratios.map((ratio) => short(log(ratio))),
      ratios.map(String),
    ),
    tickfont: { size: TEXT.small },
  };
}

/**
 * A label above the plot for each mark, tied to the line that it names. They are moved apart as far as a telephone asks for;
 * where the plot is wider, they stand farther apart still.
 */
function labelsOf(marks: readonly Mark[], n: number): Annotation[] {
  const wanted = marks.map(({ at }) => (at / n) * NARROW_PLOT);
  const sizes = marks.map(({ label }) => textWidth(label, TEXT.small, true) + 6);
  const centres = spread(
    marks.map((_, i) => ({ wanted: wanted[i], size: sizes[i] })),
    TITLE,
    NARROW_PLOT,
  );
  return marks.map(({ at, label }, i) =>
    labelAbove(at, bold(label), 0, {
      name: "marked",
      showarrow: true,
      arrowhead: 0,
      arrowwidth: 1,
      arrowcolor: MUTED,
      ax: Math.round(centres[i] - wanted[i]),
      ay: -TIE,
      yshift: 0,
      xanchor: "center",
      yanchor: "bottom",
    }),
  );
}

function altOf(
  run: Multiverse,
  sorted: readonly EstimatedResult[],
  { alpha, marks, markedLabel }: { alpha: number; marks: readonly Mark[]; markedLabel: string },
): string {
  const n = sorted.length;
  const at = (share: number): string => ratioText(exp(sorted[Math.round(share * (n - 1))].estimate));
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
    ({ label, at: place, result }) => `${label} ${ratioText(exp(result.estimate))} at place ${place + 1}`,
  );
  return (
    `Specification curve of ${formatCount(n)} specifications: hazard ratios from ${at(0)} to ${at(1)}, median ${at(0.5)}; ` +
    `${shareOf(({ estimate }) => estimate > 0)} above 1, ${shareOf(({ pValue }) => pValue < alpha)} with p below ${alpha}.` +
    `${marks.length === 0 ? "" : ` ${markedLabel}: ${marked.join(", ")}.`}` +
    ` Share of each choice in the lowest and the highest third: ${levels.join(" ")}`
  );
}

/** How many estimates are above 1, and how many of all pass the level. */
function curveFinding(sorted: readonly EstimatedResult[], alpha: number): string {
  const share = (is: (result: EstimatedResult) => boolean): string =>
    formatPercent(sorted.filter(is).length / sorted.length);
  const above = share(({ estimate }) => estimate > 0);
  return `${above} of ${formatCount(sorted.length)} hazard ratios are above 1; ${share(({ pValue }) => pValue < alpha)} have p < ${alpha}`;
}
