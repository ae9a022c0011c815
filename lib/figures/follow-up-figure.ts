import type { Sourced } from "../files";
import { horizontalAxis, rowAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatNumber } from "./label";
import type { Axis, MarkerSymbol, ReleaseSymbol, ScatterTrace } from "./plotly";
import { GRID, HELD, INK, MUTED, POSSIBLY, TEXT } from "./theme";
import { tickTimes } from "./ticks";

/** A spell under observation, in months (or any unit) from time zero. */
export interface FollowUpRow {
  readonly label: string;
  /** The group's name; it stands below the label. */
  readonly group: string;
  /** When observation began. */
  readonly entry: number;
  /** When it ended, by the date policy. */
  readonly time: number;
  /** How it ended: "released", "died", "escaped" or "censored". */
  readonly outcome: "released" | "died" | "escaped" | "censored";
  /** First and last time at which the end can have been; the same where it is known. Of no effect if censored. */
  readonly lower: number;
  readonly upper: number;
}

export interface FollowUpFigureOptions {
  /** What the rows were read from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the axis; "Months since time zero" unless told. */
  readonly timeLabel?: string;
}

interface Style {
  readonly symbol: ReleaseSymbol;
  readonly glyph: string;
  readonly color: string;
}

/** Shapes tell ends apart without colour. */
const STYLES: Readonly<Record<"released" | "died" | "escaped", Style>> = {
  released: { symbol: "circle", glyph: "●", color: "#0072B2" },
  died: { symbol: "cross", glyph: "✚", color: "#000000" },
  escaped: { symbol: "triangle-up", glyph: "▲", color: "#009E73" },
};

const ROW = 32; // pixels: two lines of text
const BOTTOM = 56; // tick labels and title
const HEAD = 0.018; // of the axis: the head of an arrow
/** More rows than this are a grey area and no picture of cases. */
const MOST = 60;

/**
 * A swimmer plot in time since time zero: one row a person, from the beginning of observation to its end, with a mark for
 * how it ended; where the day is known as an interval only, the interval is drawn lighter and the mark is hollow. An
 * arrow means that the person was still held when last observed.
 *
 * One wants it to look at single cases before any curve, whatever the clock; custodyFigure() does it on the calendar of
 * one campaign.
 *
 * @param rows 1 to 60, drawn from top to bottom in this order
 * @returns a plain Plotly figure, 32 pixels high for each row
 * @throws RangeError for no row, more than 60, or a row whose times are not in order, naming it
 * @example followUpFigure(spellRows(data), { data, title: data.title })
 */
export function followUpFigure(rows: readonly FollowUpRow[], options: FollowUpFigureOptions): Figure {
  if (rows.length === 0 || rows.length > MOST) {
    throw new RangeError(`follow-up figure: 1 to ${MOST} rows can be drawn; got ${rows.length}`);
  }
  rows.forEach(checkRow);
  const end = Math.max(...rows.map((row) => lastOf(row)), 1);
  const ticks = tickTimes(end);
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      "dark: in custody",
      "light: possibly in custody",
      "hollow: day not known",
      "arrow: still held",
    ],
    source: options.data,
    data: [...bars(rows, end), ends(rows), held(rows), SECOND_AXIS],
    layout: {
      height: rows.length * ROW + BOTTOM,
      margin: { l: 14, r: 14, b: BOTTOM },
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months since time zero"),
        range: [-0.02 * end, 1.04 * end],
        tickmode: "array",
        tickvals: ticks,
        ticktext: ticks.map((tick) => formatNumber(tick, 2)),
        gridcolor: GRID,
      },
      yaxis: labelAxis(rows.map(({ label, group }) => [`<b>${escapeLabel(label)}</b>`, escapeLabel(group)])),
      yaxis2: { ...labelAxis(rows.map(endLines)), overlaying: "y", side: "right", anchor: "x" },
    },
    alt: altOf(rows, options),
  });
}

const lastOf = (row: FollowUpRow): number =>
  row.outcome === "censored" ? row.time : Math.max(row.time, row.upper);

const isKnown = (row: FollowUpRow): boolean => row.upper - row.lower < 1e-9;

function checkRow(row: FollowUpRow, index: number): void {
  const { entry, time, lower, upper, outcome } = row;
  const bounded = outcome === "censored" || (lower <= time && time <= upper && Number.isFinite(upper));
  if (entry >= 0 && entry <= time && Number.isFinite(time) && bounded) return;
  throw new RangeError(
    `follow-up figure: row ${index + 1} ("${row.label}") has entry ${entry}, time ${time} and bounds ${lower} to ${upper}; 0 ≤ entry ≤ time and lower ≤ time ≤ upper are needed`,
  );
}

/** @param end of the axis: a bar that ends in an arrow is shorter by its head */
function bars(rows: readonly FollowUpRow[], end: number): ScatterTrace[] {
  const certain = rows.map((row) =>
    row.outcome === "censored" ? row.time - HEAD * end : Math.min(row.lower, row.time),
  );
  const trace = (
    name: string,
    color: string,
    from: (i: number) => number,
    to: (i: number) => number,
  ): ScatterTrace => ({
    type: "scatter",
    mode: "lines",
    name,
    x: rows.flatMap((_, i) => (from(i) < to(i) ? [from(i), to(i), null] : [])),
    y: rows.flatMap((_, i) => (from(i) < to(i) ? [i, i, null] : [])),
    line: { color, width: 8, dash: "solid" },
    hoverinfo: "skip",
  });
  return [
    trace(
      "possibly in custody",
      POSSIBLY,
      (i) => Math.max(certain[i], rows[i].entry),
      (i) => (rows[i].outcome === "censored" ? certain[i] : lastOf(rows[i])),
    ),
    trace(
      "in custody",
      HELD,
      (i) => rows[i].entry,
      (i) => certain[i],
    ),
  ].filter(({ x }) => x.length > 0);
}

function ends(rows: readonly FollowUpRow[]): ScatterTrace {
  const points = rows.flatMap((row, y) =>
    row.outcome === "censored" ? [] : [{ row, y, style: STYLES[row.outcome] }],
  );
  return {
    type: "scatter",
    mode: "markers",
    name: "end of custody",
    x: points.map(({ row }) => row.time),
    y: points.map(({ y }) => y),
    marker: {
      symbol: points.map(
        ({ row, style }): MarkerSymbol => (isKnown(row) ? style.symbol : `${style.symbol}-open`),
      ),
      size: 11,
      color: points.map(({ style }) => style.color),
      line: {
        color: points.map(({ row, style }) => (isKnown(row) ? "#ffffff" : style.color)),
        width: points.map(({ row }) => (isKnown(row) ? 1 : 2)),
      },
    },
    hoverinfo: "text",
    hovertext: points.map(({ row }) => hoverText(row)),
    cliponaxis: false,
  };
}

function held(rows: readonly FollowUpRow[]): ScatterTrace {
  const points = rows.flatMap((row, y) => (row.outcome === "censored" ? [{ row, y }] : []));
  return {
    type: "scatter",
    mode: "markers",
    name: "still held when last observed",
    x: points.map(({ row }) => row.time),
    y: points.map(({ y }) => y),
    marker: { symbol: "arrow-right", size: 15, color: HELD, line: { color: HELD, width: 0 } },
    hoverinfo: "text",
    hovertext: points.map(({ row }) => hoverText(row)),
    cliponaxis: false,
  };
}

function hoverText(row: FollowUpRow): string {
  const known = isKnown(row) || row.outcome === "censored";
  const range = known ? "" : ` (between ${formatNumber(row.lower, 1)} and ${formatNumber(row.upper, 1)})`;
  const how = row.outcome === "censored" ? "still held at" : `${row.outcome} at`;
  return `<b>${escapeLabel(row.label)}</b>, ${escapeLabel(row.group)}<br>${how} ${formatNumber(row.time, 1)}${range}`;
}

/** Two lines of text for each row, as the ticks of an axis. */
function labelAxis(lines: readonly (readonly string[])[]): Axis {
  const labels = lines.map(
    ([first, second]) => `${first}<br><span style="font-size:10px;color:${MUTED}">${second}</span>`,
  );
  return { ...rowAxis(labels), tickfont: { size: TEXT.small, color: INK }, ticklabelstandoff: 4 };
}

function endLines(row: FollowUpRow): readonly string[] {
  if (row.outcome === "censored") return ["still held", `at ${formatNumber(row.time, 1)}`];
  const { glyph, color } = STYLES[row.outcome];
  return [`<span style="color:${color}">${glyph}</span> ${row.outcome}`, `at ${formatNumber(row.time, 1)}`];
}

function altOf(rows: readonly FollowUpRow[], options: FollowUpFigureOptions): string {
  const count = (outcome: FollowUpRow["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  const parts = [
    ...(["released", "died", "escaped"] as const).map((outcome) => ({ what: outcome, n: count(outcome) })),
    { what: "still held when last observed", n: count("censored") },
  ].filter(({ n }) => n > 0);
  const ended = parts.map(({ what, n }) => `${n} ${what}`).join(", ");
  return (
    `${options.title}. Swimmer plot of ${rows.length} ${rows.length === 1 ? "person" : "people"}, one row each; horizontal axis: ` +
    `${options.timeLabel ?? "Months since time zero"}. ${ended}.`
  );
}
