import { escapeLabel, formatNumber, formatPercent, unescapeLabel } from "./label";
import { type FigureTable, isList, isRecord, type Json } from "./plotly";

/*
 * The table behind a figure of survival curves, written and read in one place: a page that only shows the figure says with
 * it what a reader asks for, time by time, without estimating anything.
 */

/** How a reading is worded: the axes' titles, and what the event is. */
export interface Wording {
  readonly timeLabel: string;
  readonly survivalLabel: string;
  readonly eventLabel: string;
}

/** A curve at a time, as a row of the table has it. */
export interface CurvePoint {
  readonly time: number;
  readonly survival: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** At risk just before; null where the table does not tell. */
  readonly atRisk: number | null;
  readonly events: number;
  readonly censored: number;
}

/** The curves of a figure, each from time 0 on with a point at every time at which somebody left. */
export interface CurveTable {
  readonly wording: Wording;
  readonly curves: readonly { readonly label: string; readonly points: readonly CurvePoint[] }[];
}

const GROUP = "Group";
const AT_RISK = "at risk just before";
const CENSORED = "censored";

/** One row a time of each curve, with units in the header. */
export function curveTable({ wording, curves }: CurveTable, confidence: number): FigureTable {
  const percent = formatPercent(confidence, 1);
  const columns = [
    GROUP,
    wording.timeLabel,
    `${wording.survivalLabel} (share)`,
    `lower limit (${percent})`,
    `upper limit (${percent})`,
    AT_RISK,
    wording.eventLabel,
    CENSORED,
  ];
  return {
    columns: columns.map(escapeLabel),
    rows: curves.flatMap(({ label, points }) =>
      points.map(({ time, survival, lower, upper, atRisk, events, censored }) => [
        ...[escapeLabel(label), time, survival, lower, upper, atRisk, events, censored],
      ]),
    ),
  };
}

/** What {@link curveTable} wrote, read again from a figure's layout; null for a table of another kind. */
export function readCurveTable(table: Json | undefined): CurveTable | null {
  if (!isRecord(table) || !isList(table.columns) || !isList(table.rows)) return null;
  const [group, time, survival, , , atRisk, event, censored] = table.columns.map((name) => unescapeLabel(String(name)));
  if (group !== GROUP || atRisk !== AT_RISK || censored !== CENSORED) return null;
  const curves = new Map<string, CurvePoint[]>();
  for (const row of table.rows) {
    if (!isList(row)) return null;
    const numbers = row.slice(1).map((cell) => (typeof cell === "number" ? cell : null));
    const [at, level, lower, upper, risk, events, left] = numbers;
    if (at === null || level === null) return null;
    const label = unescapeLabel(String(row[0]));
    const point = { time: at, survival: level, lower, upper, atRisk: risk, events: events ?? 0, censored: left ?? 0 };
    curves.set(label, [...(curves.get(label) ?? []), point]);
  }
  return {
    wording: { timeLabel: time, survivalLabel: survival.replace(/ \(share\)$/, ""), eventLabel: event },
    curves: [...curves].map(([label, points]) => ({ label, points })),
  };
}

/** A curve at any time, from its points; null after the last one, where nobody is observed. */
export function pointAt(points: readonly CurvePoint[], time: number): CurvePoint | null {
  const k = points.findLastIndex((point) => point.time <= time);
  const [point, next] = [points[k], points[k + 1]];
  if (point === undefined || (next === undefined && point.time < time)) return null;
  if (point.time === time) return point;
  // Between two times nobody leaves; where somebody enters, the number is not known.
  const left = point.atRisk === null ? null : point.atRisk - point.events - point.censored;
  const atRisk = left !== null && next.atRisk !== null && Math.abs(left - next.atRisk) < 1e-9 ? left : null;
  return { ...point, time, atRisk, events: 0, censored: 0 };
}

/** A level in words: "84% still in custody (69% to 100%), 16 at risk, 1 followed no further". */
export function levelText({ survival, lower, upper, atRisk, censored }: CurvePoint, wording: Wording): string {
  const { survivalLabel } = wording;
  const limits = lower === null || upper === null ? "" : ` (${formatPercent(lower)} to ${formatPercent(upper)})`;
  const label = survivalLabel.charAt(0).toLowerCase() + survivalLabel.slice(1);
  const risk = atRisk === null ? "" : `, ${formatNumber(atRisk, 1)} at risk`;
  const left = censored > 0 ? `, ${formatNumber(censored, 1)} followed no further` : "";
  return `${formatPercent(survival)} ${label}${limits}${risk}${left}`;
}

/** A time with its unit, where the axis's title begins with one: "2.8 months". */
export function timeText(time: number, label: string): string {
  const [, unit] = /^(months?|days?|years?|weeks?)\b/i.exec(label) ?? [];
  if (unit === undefined) return `${label}: ${formatNumber(time, 2)}`;
  const number = formatNumber(time, 1);
  return `${number} ${unit.toLowerCase().replace(/s$/, "")}${number === "1" ? "" : "s"}`;
}
