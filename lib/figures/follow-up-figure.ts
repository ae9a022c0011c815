import { InvalidInputError } from "../statistics";
import { largest } from "../statistics/inner";
import { horizontalAxis, SECOND_AXIS, ticksAt } from "./axes";
import { needFields, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { counted } from "./finding";
import { escapeLabel, formatNumber } from "./label";
import { bold } from "./marks";
import type { ScatterTrace } from "./plotly";
import { endMarks, POSSIBLE, type ReleaseStyle, type RowText, rowBars, swimmerKey, swimmerRows } from "./swimmer";
import { BLACK, GRID, HELD, INK, POSSIBLY, seriesStyle, TEXT } from "./theme";
import { tickTimes } from "./ticks";
import { dots } from "./traces";

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

export interface FollowUpFigureOptions extends FigureOptions {
  /** Title of the axis; "Months since time zero" unless told. */
  readonly timeLabel?: string;
}

/** Shapes tell ends apart without colour. */
const STYLES: Readonly<Record<"released" | "died" | "escaped", ReleaseStyle>> = {
  released: { symbol: "circle", glyph: "●", color: seriesStyle(0).color },
  died: { symbol: "cross", glyph: "✚", color: BLACK },
  escaped: { symbol: "triangle-up", glyph: "▲", color: seriesStyle(2).color },
};

const ROW = 32; // pixels: two lines of text

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
 * @throws InvalidInputError for no row, more than 60, or a row whose times are not in order, naming it
 * @example followUpFigure(spellRows(data), { data, title: data.title })
 */
export function followUpFigure(rows: readonly FollowUpRow[], options: FollowUpFigureOptions): Figure {
  needFields("followUpFigure", options, ["timeLabel"]);
  checkRows(rows);
  const end = largest(
    rows.map((row) => lastOf(row)),
    1,
  );
  const data = [...bars(rows, end), ends(rows), held(rows), SECOND_AXIS];
  return composeFigure("followUpFigure", options, {
    finding: followUpFinding(rows),
    notes: [...swimmerKey(data), "arrow: still held"],
    data,
    table: dataTable(rows, {
      Label: ({ label }) => label,
      Group: ({ group }) => group,
      [`Observed from (${options.timeLabel ?? "Months since time zero"})`]: ({ entry }) => entry,
      [`Observed to (${options.timeLabel ?? "Months since time zero"})`]: ({ time }) => time,
      End: ({ outcome }) => outcome,
      "earliest end": ({ outcome, lower }) => (outcome === "censored" ? null : lower),
      "latest end": ({ outcome, upper }) => (outcome === "censored" ? null : upper),
    }),
    size: { plot: rows.length * ROW, below: 56 },
    layout: {
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months since time zero"),
        range: [-0.02 * end, 1.04 * end],
        ...ticksAt(tickTimes(end), (tick) => formatNumber(tick, 2)),
        gridcolor: GRID,
      },
      ...swimmerRows(
        rows.map(({ label, group }) => [bold(label), escapeLabel(group)]),
        rows.map(endLines),
        { size: TEXT.small, color: INK },
      ),
    },
    alt: altOf(rows, options),
  });
}

const lastOf = (row: FollowUpRow): number => (row.outcome === "censored" ? row.time : Math.max(row.time, row.upper));

const isKnown = (row: FollowUpRow): boolean => row.upper - row.lower < 1e-9;

function checkRows(rows: readonly FollowUpRow[]): void {
  if (rows.length === 0 || rows.length > MOST) {
    const found = `1 to ${MOST} rows can be drawn; got ${rows.length}`;
    throw new InvalidInputError(`followUpFigure: ${found}`, "rows");
  }
  const fault = ({ entry, time, lower, upper, outcome }: FollowUpRow): string | null => {
    if (outcome !== "censored" && !Object.hasOwn(STYLES, outcome)) return `the outcome ${outcome}`;
    const bounded = outcome === "censored" || (lower <= time && time <= upper && Number.isFinite(upper - lower));
    if (entry >= 0 && entry <= time && Number.isFinite(time) && bounded) return null;
    return `entry ${entry}, time ${time} and bounds ${lower} to ${upper}`;
  };
  const needed = "0 ≤ entry ≤ time, lower ≤ time ≤ upper and released, died, escaped or censored are";
  needRows("followUpFigure", rows, ({ label }) => label, fault, needed);
}

/** @param end of the axis: a bar that ends in an arrow is shorter by its head */
function bars(rows: readonly FollowUpRow[], end: number): ScatterTrace[] {
  const spells = rows.map((spell, row) => {
    const held = spell.outcome === "censored";
    const certain = held ? spell.time - HEAD * end : Math.min(spell.lower, spell.time);
    return { row, entry: spell.entry, certain, last: held ? certain : lastOf(spell) };
  });
  const possible = spells.map(({ row, entry, certain, last }) => ({
    row,
    from: Math.max(certain, entry),
    to: last,
  }));
  const certain = spells.map(({ row, entry, certain: to }) => ({ row, from: entry, to }));
  const drawn = (list: typeof possible) => list.filter(({ from, to }) => from < to);
  return [rowBars(POSSIBLE, drawn(possible), POSSIBLY), rowBars("in custody", drawn(certain), HELD)].filter(
    ({ x }) => x.length > 0,
  );
}

function ends(rows: readonly FollowUpRow[]): ScatterTrace {
  const points = rows.flatMap((spell, row) =>
    spell.outcome === "censored"
      ? []
      : [
          {
            row,
            at: spell.time,
            isKnown: isKnown(spell),
            style: STYLES[spell.outcome],
            text: hoverText(spell),
          },
        ],
  );
  return endMarks("end of custody", points);
}

function held(rows: readonly FollowUpRow[]): ScatterTrace {
  return dots(
    "still held when last observed",
    rows.flatMap((row, y) => (row.outcome === "censored" ? [{ row, y }] : [])),
    { x: ({ row }) => row.time, y: ({ y }) => y, text: ({ row }) => hoverText(row) },
    { symbol: "arrow-right", size: 15, color: HELD, line: { color: HELD, width: 0 } },
    { cliponaxis: false },
  );
}

function hoverText(row: FollowUpRow): string {
  const known = isKnown(row) || row.outcome === "censored";
  const range = known ? "" : ` (between ${formatNumber(row.lower, 1)} and ${formatNumber(row.upper, 1)})`;
  const how = row.outcome === "censored" ? "still held at" : `${row.outcome} at`;
  return `${bold(row.label)}, ${escapeLabel(row.group)}<br>${how} ${formatNumber(row.time, 1)}${range}`;
}

function endLines(row: FollowUpRow): RowText {
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
    `Swimmer plot of ${rows.length} ${rows.length === 1 ? "person" : "people"}, one row each; horizontal axis: ` +
    `${options.timeLabel ?? "Months since time zero"}. ${ended}.`
  );
}

function followUpFinding(rows: readonly FollowUpRow[]): string {
  const held = rows.filter(({ outcome }) => outcome === "censored").length;
  const released = rows.filter(({ outcome }) => outcome === "released").length;
  const other = rows.length - held - released;
  const ended = other === 0 ? "" : `, ${other} left custody otherwise`;
  const still = held === 0 ? "" : `, ${held} still held when last observed`;
  return `${counted(released, rows.length, "shown", "was", "were")} released${ended}${still}`;
}
