import { type DateInterval, dayNumber } from "../dates";
import type { Axis } from "./plotly";
import { GRID, INK, MUTED, TEXT } from "./theme";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** An ISO day in words: "25 May 2016". */
export function dayText(isoDay: string): string {
  return `${Number(isoDay.slice(8, 10))} ${monthText(isoDay)}`;
}

/** The month of an ISO day: "May 2016". */
export function monthText(isoDay: string): string {
  return `${MONTHS[Number(isoDay.slice(5, 7)) - 1] ?? "?"} ${isoDay.slice(0, 4)}`;
}

/** Days between the first and the last possible day. */
export function spanDays(interval: DateInterval): number {
  return dayNumber(interval.latest) - dayNumber(interval.earliest);
}

/**
 * An interval as short as its width allows: a day as "25 May 2016"; a month as "Apr 2015"; a longer one as
 * "Jun 2016–Apr 2017".
 */
export function intervalText(interval: DateInterval): string {
  const { earliest, latest, reported } = interval;
  if (earliest === latest) return dayText(earliest);
  if (reported?.precision === "day" && spanDays(interval) <= 31) return dayText(reported.text);
  if (earliest.slice(0, 7) === latest.slice(0, 7)) return monthText(earliest);
  return `${monthText(earliest)}–${monthText(latest)}`;
}

/**
 * All that is known of a day, for a reader who points at it: as reported, and the bounds where they differ.
 */
export function preciseText(interval: DateInterval): string {
  const { earliest, latest, reported } = interval;
  if (earliest === latest) return dayText(earliest);
  const bounds = `between ${dayText(earliest)} and ${dayText(latest)}`;
  return reported?.precision === "day" ? `${dayText(reported.text)} as reported, ${bounds}` : bounds;
}

/** The later of two ISO days. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier of two ISO days. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

const STEPS = [1, 2, 3, 6, 12, 24, 60, 120];
const DAY = 86_400_000;
const MONTH = 30.4;

/**
 * A horizontal axis of days with at most six ticks, so that their labels stand apart on a telephone: at months, or at days
 * where the axis is shorter than three months.
 *
 * @param from first and last day, as ISO texts; a time of day is cut off
 */
export function dateAxis(from: string, to: string): Axis {
  const span = Math.max(1, dayNumber(to.slice(0, 10)) - dayNumber(from.slice(0, 10)));
  const months = STEPS.find((step) => span / MONTH / step <= 5) ?? 240;
  const days = [1, 2, 7, 14, 28].find((step) => span / step <= 5) ?? 28;
  return {
    type: "date",
    range: [from, to],
    ...(span < 3 * MONTH
      ? { dtick: days * DAY, tickformat: "%-d %b" }
      : { dtick: `M${months}`, tickformat: months < 12 ? "%b<br>%Y" : "%Y" }),
    tickmode: "linear",
    tickfont: { size: TEXT.small },
    ticks: "outside",
    ticklen: 5,
    tickcolor: MUTED,
    gridcolor: GRID,
    showgrid: false,
    showline: true,
    linecolor: INK,
    zeroline: false,
  };
}
