import { dayNumber } from "../dates";
import { checkSourced, provenanceMark, type Sourced } from "../files";
import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";
import { EDGE, headerLayout, MARK, STRIP } from "./header";
import { capitalised, sentence } from "./label";
import { textAt } from "./marks";
import {
  type BarTrace,
  type FigureLayout,
  type FigureTable,
  isList,
  isRecord,
  type Json,
  type Layout,
  type SankeyTrace,
  type ScatterTrace,
  type Trace,
} from "./plotly";
import { provenanceSentence } from "./provenance";
import { BASE_LAYOUT, BLACK, CAUTION, TEXT } from "./theme";

/**
 * A figure: a plain Plotly value (`data` and `layout`, nothing but JSON) with a text that says in words
 * what it shows. The text is what a screen reader reads and what stands where no picture can; it is
 * required.
 *
 * @example
 * const figure: Figure = {
 *   data: [{ type: "bar", x: ["held", "released"], y: [3, 16] }],
 *   layout: {},
 *   alt: "Bar chart: 3 women are still held, 16 are released.",
 * };
 */
export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  readonly alt: string;
}

/** What every figure is told. */
export interface FigureOptions {
  /** What the figure was computed from; decides whether it carries the mark for synthetic data. */
  readonly data: Sourced;
  /**
   * What was found, as a sentence. Every figure finds one in what it draws; a title of your own should be computed as
   * well, with {@link finding}.
   */
  readonly title?: string;
  /** What is drawn, of whom, under which coding. */
  readonly subtitle?: string;
}

/** First day on which a campaign's women are at risk, and the last on which they are observed; ISO days. */
export interface CampaignDays {
  readonly launch: string;
  readonly endOfFollowUp: string;
}

/** What figures are told that show the launch of a campaign and the end of follow-up. */
export interface CampaignFigureOptions extends FigureOptions {
  /** As for all figures; what a loader returns brings the days of its campaign. */
  readonly data: Sourced & { readonly campaign?: CampaignDays };
  /** Launch and end of follow-up; those of `data` unless told. */
  readonly campaign?: CampaignDays;
}

/** Launch and end of follow-up of a figure, as told or as its data have them. */
export function campaignDays(name: string, { campaign, data }: CampaignFigureOptions): CampaignDays {
  const days = campaign ?? data.campaign;
  if (days !== undefined) {
    calledAs(name, () => [days.launch, days.endOfFollowUp].map(dayNumber));
    return days;
  }
  const needed = "needs launch and end of follow-up, as `campaign` of the options or of the data; got neither";
  throw new InvalidInputError(`${name}: ${needed}`, "campaign");
}

/** Pixels around the plot. */
export interface FigureSize {
  /** Height of the plot, or of the plots. */
  readonly plot: number;
  /** Room below it, for tick labels and the axis's title. */
  readonly below: number;
  /** Room between header and plot, for the vertical axis's title and labels of vertical lines; none unless told. */
  readonly above?: number;
  /** Room at the sides; 14 unless told. Plotly makes more where tick labels need it. */
  readonly left?: number;
  readonly right?: number;
}

/** What a figure is composed of before it is finished: see {@link composeFigure}. */
export interface FigureParts {
  /** What the figure shows, as a sentence computed from what is drawn: its title, unless it is told one. */
  readonly finding: string;
  /** Statements below title and subtitle, e.g. the test and its p value; they share lines where there is room. */
  readonly notes?: readonly string[];
  readonly data: readonly (ScatterTrace | BarTrace | SankeyTrace)[];
  readonly size: FigureSize;
  /** What the figure was drawn from, which a reader takes away: see `dataTable`; undefined for more than anybody reads. */
  readonly table: FigureTable | undefined;
  /** Axes, shapes and annotations. */
  readonly layout: FigureLayout;
  /** What the figure shows, in sentences, without title, subtitle and provenance, which are added. */
  readonly alt: string;
}

/**
 * Puts theme, header and provenance around traces. The header's height is computed from its lines, so that
 * title, subtitle and the mark for synthetic data never run into the plot; `fitHeader` breaks it anew for another width.
 *
 * @param name of the function that was called, for errors
 * @throws InvalidInputError where the title is empty, or a number is not finite
 */
export function composeFigure(name: string, options: FigureOptions, parts: FigureParts): Figure {
  const title = capitalised(options.title ?? parts.finding);
  const subtitle = options.subtitle === undefined ? undefined : capitalised(options.subtitle);
  if (title.trim() === "") throw new InvalidInputError(`${name}: a figure needs a title; got an empty one`, "title");
  const { plot, below, above = 0, left = EDGE, right = EDGE } = parts.size;
  const header = headerLayout({
    title,
    ...(subtitle === undefined ? {} : { subtitle }),
    notes: parts.notes ?? [],
  });
  const top = header.height + above;
  const layout: FigureLayout = {
    ...BASE_LAYOUT,
    ...parts.layout,
    title: header.title,
    meta: parts.table === undefined ? header.meta : { ...header.meta, table: parts.table },
    height: plot + below + top,
    margin: { l: left, r: right, b: below, t: top },
  };
  const alt = [title, subtitle, parts.alt].flatMap((text) => (text === undefined ? [] : [sentence(text)])).join(" ");
  return markProvenance(name, { data: parts.data, layout, alt }, options.data, above);
}

/**
 * The figure with what its data ask for: over synthetic rows a black-and-yellow mark above the plot, and a
 * sentence on the origin of the data in the alternative text. The ready-made figures call it themselves;
 * call it for a figure of your own.
 *
 * @param figure any Plotly figure with an alternative text
 * @param source the rows, or the dataset, or the result that the figure was drawn from
 * @returns a new figure; the given one is left as it is
 * @throws InvalidInputError where the alternative text is empty, or the figure holds a number that is not finite (JSON has
 *   no NaN, and Plotly would silently draw nothing)
 *
 * @example withProvenance({ data: [{ type: "bar", x: ["a"], y: [1] }], layout: {}, alt: "One bar." }, rows)
 */
export function withProvenance(figure: Figure, source: Sourced): Figure {
  checkSourced("withProvenance", "source", source);
  return markProvenance("withProvenance", figure, source, 0);
}

/** The same for a figure of the function `name` that has labels on `above` pixels over its plot. */
function markProvenance(name: string, figure: Figure, source: Sourced, above: number): Figure {
  if (figure.alt.trim() === "") {
    const needed = "a figure needs an alternative text (alt) that says what it shows; got an empty one";
    throw new InvalidInputError(`${name}: ${needed}`, "figure");
  }
  assertFinite(name, figure.data, "data");
  assertFinite(name, figure.layout, "layout");
  const alt = [figure.alt.trim(), provenanceSentence(source)].filter((part) => part !== "").join(" ");
  const mark = provenanceMark(source);
  return { ...figure, alt, layout: mark === null ? figure.layout : withMark(figure.layout, mark, above) };
}

function withMark(layout: Layout, mark: string, above: number): Layout {
  const margin = isRecord(layout.margin) ? layout.margin : {};
  const top = typeof margin.t === "number" ? margin.t : 100;
  const annotation = textAt(`<b>${mark}</b>`, {
    name: MARK,
    x: 0,
    y: 1,
    xref: "paper",
    yref: "paper",
    yshift: 10 + above,
    font: { size: TEXT.body, color: BLACK },
    bgcolor: CAUTION,
    bordercolor: BLACK,
    borderwidth: 1.5,
    borderpad: 4,
  });
  return {
    ...layout,
    ...(typeof layout.height === "number" ? { height: layout.height + STRIP } : {}),
    margin: { ...margin, t: top + STRIP },
    annotations: [...(isList(layout.annotations) ? layout.annotations : []), annotation],
  };
}

/** JSON turns NaN and infinity into null without a word, and a figure over them is drawn with holes. */
function assertFinite(name: string, value: Json | undefined, path: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    const found = `figure: ${path} is ${value}; a figure holds finite numbers only`;
    throw new InvalidInputError(`${name}: ${found}`, "figure");
  }
  if (isList(value)) for (const [i, item] of value.entries()) assertFinite(name, item, `${path}[${i}]`);
  else if (isRecord(value)) for (const key of Object.keys(value)) assertFinite(name, value[key], `${path}.${key}`);
}
