import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import { atTimes, type SurvivalCurve } from "../survival";
import { needNumbers } from "./checks";
import { capitalised, escapeLabel, formatNumber, textWidth, wrap } from "./label";
import { rowAxis, textAt } from "./marks";
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
/** Room for the name of a curve above its block of lines. */
const HEADING = 20;
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

/** A line of a drawn table: its label, and a number for each time. */
interface TableLine {
  /** What the trace is called. */
  readonly name: string;
  /** Lines of the label at the left. */
  readonly label: readonly string[];
  readonly counts: readonly number[];
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
 */
export function drawRiskTable(table: RiskTable, styles: readonly SeriesStyle[], wording: TableWording): DrawnRiskTable {
  const lines = linesOf(table, styles, wording);
  const headed = (line: TableLine, at: number): number => (line.heading === undefined || at === 0 ? 0 : HEADING);
  const heights = lines.map(
    (line, at) => line.label.length * LINE + (wording.eventLabel === null ? 4 : 0) + headed(line, at),
  );
  const height = heights.reduce((sum, row) => sum + row, 0);
  // The axis counts pixels from the top, so that a row is as high as its label.
  const top = (row: number): number =>
    heights.slice(0, row).reduce((sum, one) => sum + one, 0) + headed(lines[row], row);
  const position = (row: number): number => top(row) + (heights[row] - headed(lines[row], row)) / 2;
  const texts = lines.map((line) => line.counts.map(countText));
  const longest = largest(texts.flat().map((text) => text.length));
  // Numbers of four characters and more would meet on a narrow screen: every second or third column is left.
  const every = longest < 4 ? 1 : longest < 6 ? 2 : 3;
  const first = texts.map((row) => row[0] ?? "").filter((text) => text.length > 2);
  const standoff = largest(
    first.map((text) => Math.ceil(textWidth(text, TEXT.small) / 2) + 3),
    STANDOFF,
  );
  const columns = table.times.map((_, at) => at).filter((at) => at % every === 0);
  return {
    traces: lines.map(({ name, ink }, index) => ({
      type: "scatter",
      mode: "text",
      name,
      x: columns.map((at) => table.times[at] ?? 0),
      y: columns.map(() => position(index)),
      yaxis: "y2",
      text: columns.map((at) => texts[index]?.[at] ?? ""),
      textfont: { size: TEXT.small, color: ink },
      textposition: "middle center",
      cliponaxis: false,
      hoverinfo: "skip",
      showlegend: false,
    })),
    headings: lines.flatMap(({ heading }, at) =>
      heading === undefined
        ? []
        : [
            textAt(`<b>${heading.text}</b>`, {
              name: "risk-table-heading",
              x: 0,
              y: top(at),
              xref: "paper",
              yref: "y2",
              font: { size: TEXT.small, color: heading.ink },
            }),
          ],
    ),
    axis: rowAxis(
      lines.map(({ label, ink }) => `<span style="color:${ink}">${label.map(escapeLabel).join("<br>")}</span>`),
      {
        range: [height, 0],
        anchor: "x",
        tickvals: lines.map((_, index) => position(index)),
        tickfont: { size: TEXT.small },
        ticklabelstandoff: standoff,
      },
    ),

    height,
  };
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
    const name = `At risk: ${escapeLabel(label)}`;
    if (eventLabel === null) {
      const line = { name, label: wrap(label, LABEL_WIDTH), counts: counts.atRisk, ink };
      return [at === 0 ? { ...line, heading: { text: atRisk, ink: INK } } : line];
    }
    const heading = { text: `${escapeLabel(label)}${weighted ? ", weighted" : ""}`, ink };
    return [
      { name, label: ["at risk"], counts: counts.atRisk, ink, heading },
      {
        name: `${escapeLabel(capitalised(eventLabel))}: ${escapeLabel(label)}`,
        label: [eventLabel],
        counts: counts.events,
        ink,
      },
      { name: `Censored: ${escapeLabel(label)}`, label: ["censored"], counts: counts.censored, ink },
    ];
  });
}

/** A number at risk; from ten thousand on in thousands or millions, such as 914k. */
function countText(count: number): string {
  if (count >= 999_500) return `${formatNumber(count / 1e6, 1)}M`;
  return count >= 10_000 ? `${formatNumber(count / 1000, 0)}k` : formatNumber(count, 1);
}
