import { InvalidInputError } from "../statistics";
import { log10 } from "../statistics/elementary";
import { largest, lengthOf, smallest } from "../statistics/inner";
import type { CoxFit } from "../survival/cox";
import { horizontalAxis, SECOND_AXIS, ticksAt } from "./axes";
import { needFields, needNumbers } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { counted } from "./finding";
import { escapeLabel, formatPercent } from "./label";
import { bold, labelAbove, REFERENCE, rowLabels, textAt, verticalRule } from "./marks";
import type { Annotation, MarkerSymbol, ScatterTrace } from "./plotly";
import { GRID, MUTED, PAPER, seriesStyle, TEXT, UNSEEN, VEIL } from "./theme";
import { ratioText } from "./ticks";
import { dots, limits } from "./traces";

/** A fit under a heading; RegressionModel and TableOneModel are such. */
export interface ForestModel {
  readonly label: string;
  /** null where the model could not be fitted. */
  readonly fit: CoxFit | null;
}

/** A line of a forest figure. */
interface ForestRow {
  readonly covariate: string;
  readonly model: string;
  /** Place of the model among those given: its colour and symbol. */
  readonly series: number;
  /** null where the model had to leave the covariate out. */
  readonly ratio: { readonly estimate: number; readonly lower: number; readonly upper: number } | null;
  /** Behind the numbers where the interval is not Wald's; see {@link MARKS}. */
  readonly mark: string;
}

/** What an interval is from, or that its variance does not hold. */
const MARKS = { Wald: "", profile: "†", none: "‡" } as const;
/** The same in words, by mark. */
const METHODS: Readonly<Record<string, string>> = {
  "": "Wald",
  "†": "profile likelihood",
  "‡": "none: no variance holds",
};

export interface ForestFigureOptions extends FigureOptions {
  /** Title of the axis; "Hazard ratio, logarithmic scale" unless told. */
  readonly valueLabel?: string;
  /** What the event is, as a participle: "released" writes "released sooner →" over the ratios above 1; "event" unless told. */
  readonly eventLabel?: string;
}

/** Title of the axis unless told. */
const VALUE = "Hazard ratio, logarithmic scale";
const LINE = 19; // pixels
const HEADING = 22;
const GAP = 5;
const SYMBOLS: readonly MarkerSymbol[] = ["circle", "square", "diamond", "triangle-up", "cross"];

/**
 * Hazard ratios of several Cox models with their intervals on a logarithmic axis: a block for each covariate, a line for
 * each model that has it, and the numbers beside them. An interval that runs beyond 1/100 or 100 ends in an arrow.
 *
 * @param models fits with headings, such as those of tableOneModels(); one without a fit has no line
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states every number
 * @throws InvalidInputError where no model has an estimate
 * @example
 * forestFigure(tableOneModels(tableOneData(group)), { data: group, title: "Four models of the time to release" });
 */
export function forestFigure(models: readonly ForestModel[], options: ForestFigureOptions): Figure {
  lengthOf("forestFigure", "models", models);
  needFields("forestFigure", options, ["valueLabel", "eventLabel"]);
  const rows = forestRows(models);
  if (!rows.some(({ ratio }) => ratio !== null)) {
    const found = `none of ${models.length} models has an estimate`;
    throw new InvalidInputError(`forestFigure: ${found}`, "models");
  }
  checkRatios(rows);
  const { centres, headings, height } = placesOf(rows);
  const { low, high, ticks } = forestAxis(rows);
  const tickfont = { size: TEXT.small };
  const lines = { range: [height, 0], tickvals: centres, tickfont, ticklabelstandoff: 4 } as const;
  const confidence = models.find(({ fit }) => fit !== null)?.fit?.confidence ?? 0.95;
  const methods = methodNotes(rows);
  needNumbers("forestFigure", "models", { confidence }, "fit");
  return composeFigure("forestFigure", options, {
    finding: forestFinding(rows, models.length),
    notes: [`lines: ${formatPercent(confidence, 1)} intervals`, ...methods],
    data: [...models.flatMap((_, series) => tracesOf(rows, centres, series, { low, high })), SECOND_AXIS],
    table: dataTable(rows, {
      Covariate: ({ covariate }) => covariate,
      Model: ({ model }) => model,
      "Hazard ratio": ({ ratio }) => ratio?.estimate ?? null,
      [`lower limit (${formatPercent(confidence, 1)})`]: ({ ratio }) => ratio?.lower ?? null,
      [`upper limit (${formatPercent(confidence, 1)})`]: ({ ratio }) => ratio?.upper ?? null,
      Interval: ({ ratio, mark }) => (ratio === null ? "left out" : METHODS[mark]),
    }),
    size: { plot: height, above: 18, below: 54 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.valueLabel ?? VALUE),
        type: "log",
        range: [log10(low), log10(high)],
        ...ticksAt(ticks, String),
        tickangle: 0,
        tickfont,
        gridcolor: GRID,
      },
      // A single model needs no label: the covariate stands above its line.
      ...rowLabels(
        rows.map(models.length > 1 ? modelLabel : () => ""),
        rows.map((row) => ratioLabel(row, bold)),
        {
          left: lines,
          right: lines,
        },
      ),
      shapes: [verticalRule(1, "no difference", REFERENCE)],
      annotations: [
        ...headings.map(({ text, top }) =>
          textAt(bold(text), {
            name: "covariate",
            x: 0,
            y: top,
            xref: "paper",
            yref: "y",
            yanchor: "top",
            bgcolor: VEIL,
            borderpad: 1,
          }),
        ),
        ...directions(escapeLabel(options.eventLabel ?? "event")),
      ],
    },
    alt: [altOf(rows, options, confidence), ...methods.map((note) => `${note}.`)].join(" "),
  });
}

/** What a ratio below 1 and one above it mean, over the line of no difference. */
function directions(event: string): Annotation[] {
  const font = { size: TEXT.small, color: MUTED };
  return [
    labelAbove(0, `← ${event} later`, 2, { name: "direction", xanchor: "right", xshift: -6, font }),
    labelAbove(0, `${event} sooner →`, 2, { name: "direction", xshift: 6, font }),
  ];
}

/** What the marks mean that stand behind some of the numbers. */
function methodNotes(rows: readonly ForestRow[]): string[] {
  const has = (mark: string): boolean => rows.some((row) => row.mark === mark);
  return [
    ...(has(MARKS.profile) ? [`${MARKS.profile} interval by profile likelihood`] : []),
    ...(has(MARKS.none) ? [`${MARKS.none} no variance holds, so there is no interval`] : []),
  ];
}

/** A ratio is a number from 0, or infinite. */
function checkRatios(rows: readonly ForestRow[]): void {
  for (const { covariate, model, ratio } of rows) {
    const wrong = Object.values(ratio ?? {}).find((value) => !(value >= 0));
    if (wrong === undefined) continue;
    const found = `"${covariate}" of the model "${model}" has the ratio or limit ${wrong}`;
    throw new InvalidInputError(`forestFigure: ${found}; numbers from 0 are needed`, "models");
  }
}

const modelLabel = ({ model, series }: ForestRow): string =>
  `<span style="color:${seriesStyle(series).ink}">${escapeLabel(model)}</span>`;

function ratioLabel(row: ForestRow, print: (text: string) => string = escapeLabel): string {
  const { estimate, interval } = forestText(row);
  return `${print(estimate)} ${escapeLabel(interval)}`;
}

/** Where rows and headings stand, in pixels from the top. */
function placesOf(rows: readonly ForestRow[]) {
  const centres: number[] = [];
  const headings: { text: string; top: number }[] = [];
  let y = 4;
  rows.forEach(({ covariate }, at) => {
    if (covariate !== rows[at - 1]?.covariate) {
      y += at === 0 ? 0 : GAP;
      headings.push({ text: covariate, top: y });
      y += HEADING;
    }
    centres.push(y + LINE / 2);
    y += LINE;
  });
  return { centres, headings, height: y + 6 };
}

/** The dots and intervals of a model, and arrows where they leave the axis. */
function tracesOf(
  rows: readonly ForestRow[],
  centres: readonly number[],
  series: number,
  ends: { readonly low: number; readonly high: number },
): ScatterTrace[] {
  const own = rows.flatMap((row, at) =>
    row.series === series && row.ratio !== null ? [{ row, ratio: row.ratio, y: centres[at] }] : [],
  );
  const name = escapeLabel(rows.find((row) => row.series === series)?.model ?? "");
  const beyond = arrowsBeyond(name, own, series, ends);
  return [ratioDots(name, own, series, ends), ...(beyond.x.length === 0 ? [] : [beyond])];
}

/** A ratio in its place. */
interface PlacedRatio {
  readonly row: ForestRow;
  readonly ratio: NonNullable<ForestRow["ratio"]>;
  readonly y: number;
}

function ratioDots(
  name: string,
  own: readonly PlacedRatio[],
  series: number,
  { low, high }: { readonly low: number; readonly high: number },
): ScatterTrace {
  const { color } = seriesStyle(series);
  const symbol = SYMBOLS[series % SYMBOLS.length];
  const clip = (value: number): number => Math.min(Math.max(value, low), high);
  const shown = own.map(({ ratio: { estimate, lower, upper } }) => ({
    estimate: clip(estimate),
    lower: clip(lower),
    upper: clip(upper),
  }));
  // An estimate beyond the axis has its interval and an arrow, and no dot.
  const colored = (inside: string): string[] =>
    own.map(({ ratio }, i) => (shown[i].estimate === ratio.estimate ? inside : UNSEEN));
  const text = ({ row }: PlacedRatio): string => `${bold(row.covariate)}, ${name}<br>${ratioLabel(row)}`;
  return dots(
    name,
    own,
    { x: (_, i) => shown[i].estimate, y: ({ y }) => y, text },
    {
      symbol,
      size: symbol === "triangle-up" ? 10 : 8,
      color: colored(color),
      line: { color: colored(PAPER), width: 1 },
    },
    { error_x: limits(shown, color, 1.75, 3), cliponaxis: false, showlegend: false },
  );
}

function arrowsBeyond(
  name: string,
  own: readonly PlacedRatio[],
  series: number,
  { low, high }: { readonly low: number; readonly high: number },
): ScatterTrace {
  const left = own.filter(({ ratio }) => ratio.lower < low).map(({ y }) => ({ x: low, y }));
  const right = own.filter(({ ratio }) => ratio.upper > high).map(({ y }) => ({ x: high, y }));
  const symbol = [...left.map(() => "arrow-left" as const), ...right.map(() => "arrow-right" as const)];
  const look = { symbol, size: 9, color: seriesStyle(series).color, line: { color: MUTED, width: 0 } };
  return dots(`${name}: beyond the axis`, [...left, ...right], { x: ({ x }) => x, y: ({ y }) => y }, look);
}

function altOf(rows: readonly ForestRow[], options: ForestFigureOptions, confidence: number): string {
  const names = [...new Set(rows.map(({ covariate }) => covariate))];
  const sentences = names.map((name) => {
    const own = rows.filter(({ covariate }) => covariate === name);
    const values = own.map((row) => {
      const { estimate, interval } = forestText(row);
      return `${row.model} ${estimate} ${interval}`.trim();
    });
    return `${name}: ${values.join(", ")}.`;
  });
  return (
    `Forest plot; ${options.valueLabel ?? VALUE}, with ` +
    `${formatPercent(confidence, 1)} intervals. ${sentences.join(" ")}`
  );
}

/** Rows by covariate, in the order in which the models bring them, and within it by model. */
function forestRows(models: readonly ForestModel[]): ForestRow[] {
  const names = new Set(
    models.flatMap(({ fit }) => (fit === null ? [] : [...fit.terms.map(({ name }) => name), ...fit.aliased])),
  );
  return [...names].flatMap((covariate) =>
    models.flatMap(({ label, fit }, series): ForestRow[] => {
      const term = fit?.terms.find(({ name }) => name === covariate);
      if (term !== undefined) {
        const { hazardRatio: estimate, lower, upper } = term;
        const mark = MARKS[term.test ?? "none"];
        return [{ covariate, model: label, series, ratio: { estimate, lower, upper }, mark }];
      }
      const isLeftOut = fit?.aliased.includes(covariate) === true;
      return isLeftOut ? [{ covariate, model: label, series, ratio: null, mark: "" }] : [];
    }),
  );
}

/** "2.22 (1.28–3.83)", or why there is no number. */
function forestText({ ratio, mark }: ForestRow): { estimate: string; interval: string } {
  if (ratio === null) return { estimate: "left out", interval: "" };
  return {
    estimate: ratioText(ratio.estimate),
    interval: `(${ratioText(ratio.lower)}–${ratioText(ratio.upper)})${mark}`,
  };
}

/** Ends and ticks of a logarithmic axis that holds the intervals as far as they stay within 1/100 and 100. */
function forestAxis(rows: readonly ForestRow[]): { low: number; high: number; ticks: number[] } {
  const ends = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio.lower, ratio.upper, ratio.estimate]));
  const low = Math.max(0.01, smallest(ends, 0.5)) / 1.15;
  const high = Math.min(100, largest(ends, 2)) * 1.15;
  const steps = high / low > 2000 ? [1] : high / low > 50 ? [1, 3] : [1, 2, 5];
  const ticks = [0.01, 0.1, 1, 10, 100].flatMap((power) => steps.map((step) => Number((step * power).toPrecision(2))));
  return { low, high, ticks: ticks.filter((tick) => tick >= low && tick <= high) };
}

/** The first covariate's ratios, and how many of its intervals leave out 1. */
function forestFinding(rows: readonly ForestRow[], models: number): string {
  const covariate = rows.find(({ ratio }) => ratio !== null)?.covariate ?? "";
  const own = rows.flatMap((row) => (row.covariate === covariate && row.ratio !== null ? [row.ratio] : []));
  const estimates = own.map(({ estimate }) => estimate);
  const [low, high] = [smallest(estimates), largest(estimates)].map(ratioText);
  const clear = own.filter(({ lower, upper }) => lower > 1 || upper < 1).length;
  const ratios = low === high ? `hazard ratio ${low}` : `hazard ratios of ${low} to ${high}`;
  if (own.length === 1) return `${covariate}: ${ratios}; its interval ${clear === 1 ? "leaves out" : "includes"} 1`;
  const missing = own.length === models ? "" : ` of ${models} models`;
  return `${covariate}: ${ratios}; ${counted(clear, own.length, "intervals", "leaves", "leave")} out 1${missing}`;
}
