import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import { atTimes, type SurvivalCurve } from "../survival";
import { needNumbers } from "./checks";
import { capitalised, escapeLabel, formatNumber, textWidth, wrap } from "./label";
import { bold, rowAxis, textAt } from "./marks";
import type { Annotation, Axis, ScatterTrace } from "./plotly";
import { INK, type SeriesStyle, TEXT } from "./theme";

/** One row a curve: the numbers at risk at each of `times`, and what has become of the others. */
export interface RiskTable {
  readonly times: readonly number[];
  readonly rows: readonly {
    readonly label: string;
    /** At risk just before each time. */
    readonly atRisk: readonly number[];
    /** Had the event, and were censored, before each time. */
    readonly events: readonly number[];
    readonly censored: readonly number[];
  }[];
}

/**
 * The numbers at risk just before the given times (R: `summary(survfit, times)$n.risk`), and how many had had the event or
 * been censored by then, as data: the figure draws them below its curves, and they can be printed as a table just as well.
 *
 * The three add up to those who had entered, at every time: who leaves at a time is still at risk just before it. (R's
 * package KMunicate counts those who leave at the time itself among both, so that they add up to more.)
 *
 * @example riskTable(curves, [0, 12, 36]).rows[0] // { label: "Featured", atRisk: [19, 8, 3], events: [0, 11, 16], censored: [0, 0, 0] }
 */
export function riskTable(curves: readonly SurvivalCurve[], times: readonly number[]): RiskTable {
  lengthOf("riskTable", "times", times);
  lengthOf("riskTable", "curves", curves);
  needNumbers("riskTable", "times", times);
  const back = times.findIndex((time, i) => time < 0 || (i > 0 && time <= times[i - 1]));
  if (back >= 0) {
    const found = `times[${back}] is ${times[back]}; increasing times of at least 0 are needed`;
    throw new InvalidInputError(`riskTable: ${found}`, "times", back);
  }
  return {
    times,
    rows: curves.map((curve) => ({
      label: curve.label,
      atRisk: atTimes(curve, times).map((row) => row.atRisk),
      events: before(curve.time, curve.events, times),
      censored: before(curve.time, curve.censored, times),
    })),
  };
}

/** Sums of counts at times before each of some increasing times. */
function before(time: readonly number[], counts: readonly number[], times: readonly number[]): number[] {
  let next = 0;
  let sum = 0;
  return times.map((end) => {
    for (; next < time.length && time[next] < end; next++) sum += counts[next];
    return sum;
  });
}

const LINE = 15;
const LABEL_WIDTH = 16;
/** Letters of a heading above a block of lines. */
const HEADING_WIDTH = 30;
/** Distance of the rows' labels from the axis; a number of three digits or more stands half to its left. */
const STANDOFF = 8;

/** How a risk table is drawn: see {@link drawRiskTable}. */
export interface DrawnRiskTable {
  readonly traces: readonly ScatterTrace[];
  readonly headings: readonly Annotation[];
  readonly axis: Axis;
  /** Height in pixels that the axis has to get. */
  readonly height: number;
}

/** A line of a drawn table: its label, and a text at each of its times. */
export interface TableLine {
  /** What the trace is called. */
  readonly name: string;
  /** Lines of the label at the left. */
  readonly label: readonly string[];
  readonly texts: readonly string[];
  /** Those of the table unless told. */
  readonly times?: readonly number[];
  readonly ink: string;
  /** Stands above the line. */
  readonly heading?: { readonly text: string; readonly ink: string };
}

/** What the drawn table counts besides those at risk: what the event is, as a participle; null for none of that. */
export interface TableWording {
  readonly eventLabel: string | null;
  /** Weights that are no counts of people: the numbers are sums of them. */
  readonly weighted: boolean;
}

/**
 * The table as text at data coordinates: its columns stand under the ticks of the axis that it shares with
 * the curves, whatever the width, the font or the zoom. (Tables set beside a plot drift out of line; see
 * survminer's issues 102, 243, 302, 348.) The rows' labels are the ticks of a vertical axis, so that Plotly
 * makes room.
 *
 * With events and censored each curve has a block of three lines, as 1,174 readers preferred it (Morris and others 2019,
 * BMJ Open 9:e030215).
 *
 * @param more lines below the counts, such as differences
 */
export function drawRiskTable(
  table: RiskTable,
  styles: readonly SeriesStyle[],
  wording: TableWording,
  more: readonly TableLine[] = [],
): DrawnRiskTable {
  const counts = linesOf(table, styles, wording);
  const lines = [...counts, ...more];
  const { top, centre, height } = placesOf(lines, wording.eventLabel === null ? 4 : 0);
  const columns = columnsOf(table, counts);
  const first = counts.map(({ texts }) => texts[0] ?? "").filter((text) => text.length > 2);
  const standoff = largest(
    first.map((text) => Math.ceil(textWidth(text, TEXT.small) / 2) + 3),
    STANDOFF,
  );
  return {
    traces: lines.map(({ name, texts, times, ink }, index) => {
      const at = times === undefined ? columns : times.map((_, i) => i);
      return {
        type: "scatter",
        mode: "text",
        name,
        x: at.map((i) => (times ?? table.times)[i]),
        y: at.map(() => centre[index]),
        yaxis: "y2",
        text: at.map((i) => texts[i]),
        textfont: { size: TEXT.small, color: ink },
        textposition: "middle center",
        cliponaxis: false,
        hoverinfo: "skip",
        showlegend: false,
      };
    }),
    headings: lines.flatMap((line, index) => headingOf(line, top[index])),
    axis: rowAxis(
      lines.map(({ label, ink }) => `<span style="color:${ink}">${label.map(escapeLabel).join("<br>")}</span>`),
      {
        range: [height, 0],
        anchor: "x",
        tickvals: centre,
        tickfont: { size: TEXT.small },
        ticklabelstandoff: standoff,
      },
    ),
    height,
  };
}

/** Columns of counts that have room on a narrow screen: of numbers of four characters and more every second or third. */
function columnsOf({ times }: RiskTable, counts: readonly TableLine[]): number[] {
  const longest = largest(counts.flatMap(({ texts }) => texts.map((text) => text.length)));
  const every = longest < 4 ? 1 : longest < 6 ? 2 : 3;
  return times.map((_, at) => at).filter((at) => at % every === 0);
}

/** Where each line begins and has its middle, in pixels from the top; a line is as high as its label. */
function placesOf(lines: readonly TableLine[], gap: number) {
  const top: number[] = [];
  const centre: number[] = [];
  let y = 0;
  for (const line of lines) {
    // The heading of the first line has its room between plot and table.
    if (top.length > 0) y += headingRoom(line);
    const size = line.label.length * LINE + gap;
    top.push(y);
    centre.push(y + size / 2);
    y += size;
  }
  return { top, centre, height: y };
}

const headingRoom = ({ heading }: TableLine): number =>
  heading === undefined ? 0 : wrap(heading.text, HEADING_WIDTH).length * LINE + 5;

function headingOf({ heading }: TableLine, y: number): Annotation[] {
  if (heading === undefined) return [];
  const text = wrap(heading.text, HEADING_WIDTH).map(bold).join("<br>");
  const font = { size: TEXT.small, color: heading.ink };
  return [textAt(text, { name: "risk-table-heading", x: 0, y, xref: "paper", yref: "y2", align: "left", font })];
}

/** The lines of the table: one a curve, or a block of three under the curve's name. */
function linesOf(
  table: RiskTable,
  styles: readonly SeriesStyle[],
  { eventLabel, weighted }: TableWording,
): TableLine[] {
  const atRisk = weighted ? "Weighted number at risk" : "Number at risk";
  return table.rows.flatMap(({ label, ...counts }, at): TableLine[] => {
    const { ink } = styles[at];
    const line = (what: string, numbers: readonly number[], name: readonly string[]): TableLine => {
      return {
        name: `${escapeLabel(capitalised(what))}: ${escapeLabel(label)}`,
        label: name,
        texts: numbers.map(countText),
        ink,
      };
    };
    if (eventLabel === null) {
      const only = line("at risk", counts.atRisk, wrap(label, LABEL_WIDTH));
      return [at === 0 ? { ...only, heading: { text: atRisk, ink: INK } } : only];
    }
    return [
      {
        ...line("at risk", counts.atRisk, ["at risk"]),
        heading: { text: weighted ? `${label}, weighted` : label, ink },
      },
      line(eventLabel, counts.events, [eventLabel]),
      line("censored", counts.censored, ["censored"]),
    ];
  });
}

/** A number at risk; from ten thousand on in thousands or millions, such as 914k. */
function countText(count: number): string {
  if (count >= 999_500) return `${formatNumber(count / 1e6, 1)}M`;
  return count >= 10_000 ? `${formatNumber(count / 1000, 0)}k` : formatNumber(count, 1);
}
