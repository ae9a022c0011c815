import { dayNumber } from "../dates";
import type { Axis } from "./plotly";
import { GRID, INK, MUTED, TEXT } from "./theme";

const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];
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
  const months = MONTHS.find((step) => span / MONTH / step <= 5) ?? 240;
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
