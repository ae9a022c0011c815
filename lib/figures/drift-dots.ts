import type { CoefficientOverTime } from "../survival/diagnostics";
import { escapeLabel, formatNumber } from "./label";
import type { MarkerSymbol, ScatterTrace } from "./plotly";
import { seriesStyle } from "./theme";

/** Who stands behind a row of a model. */
export interface RowLabel {
  /** What the row's mark means, such as "featured". */
  readonly group: string;
  /** Stands in what hovering says; null for somebody who has no name here, such as a synthetic woman. */
  readonly name: string | null;
}

/** The events of one group. */
export interface DriftDot {
  readonly group: string;
  /** The group's mark in text. */
  readonly shown: string;
  readonly trace: ScatterTrace;
}

const MARKS: readonly { readonly symbol: MarkerSymbol; readonly shown: string; readonly series: number }[] = [
  { symbol: "circle-open", shown: "○", series: 0 },
  { symbol: "diamond", shown: "◆", series: 1 },
  { symbol: "square-open", shown: "□", series: 2 },
  { symbol: "cross-open", shown: "✛", series: 3 },
];

/** The mark of the group in place `index`. */
export function groupMark(index: number) {
  return MARKS[index % MARKS.length];
}

/** Events as dots, a trace for each group in the order in which the groups first occur among the rows. */
export function driftDots(
  drift: CoefficientOverTime,
  rows: readonly RowLabel[] | undefined,
  low: number,
  high: number,
): { dots: DriftDot[]; beyond: number } {
  const labelled = drift.events.map((event) => {
    const label = rows === undefined ? { group: "events", name: null } : rows[event.row];
    if (label === undefined) {
      throw new RangeError(`drift figure: rows has no element ${event.row}, to which an event belongs`);
    }
    const edge = event.y < low ? low : event.y > high ? high : null;
    return { event, label, y: edge ?? event.y, isBeyond: edge !== null };
  });
  const groups = [...new Set((rows ?? [{ group: "events" }]).map(({ group }) => group))];
  const dots = groups.map((group, index): DriftDot => {
    const own = labelled.filter(({ label }) => label.group === group);
    const { symbol, shown, series } = groupMark(index);
    const { color } = seriesStyle(series);
    return {
      group,
      shown,
      trace: {
        type: "scatter",
        mode: "markers",
        name: escapeLabel(group),
        x: own.map(({ event }) => event.x),
        y: own.map(({ y }) => y),
        marker: {
          symbol: own.map(({ isBeyond }) => (isBeyond ? "triangle-up-open" : symbol)),
          size: 8,
          color,
          line: { color, width: 1.5 },
        },
        hoverinfo: "text",
        hovertext: own.map(({ event, label }) => {
          const who = label.name === null ? "" : `<b>${escapeLabel(label.name)}</b><br>`;
          return `${who}${escapeLabel(group)}, at ${formatNumber(event.time, 1)}<br>log ratio ${formatNumber(event.y, 2)}`;
        }),
        cliponaxis: false,
        showlegend: false,
      },
    };
  });
  return { dots, beyond: labelled.filter(({ isBeyond }) => isBeyond).length };
}

/** Times that are commonly named, on the transformed axis; those that would stand too close are left out. */
export function driftTicks({ events }: CoefficientOverTime): { at: number[]; text: string[] } {
  const [first, last] = [events[0], events[events.length - 1]];
  const span = Math.max(...events.map(({ x }) => x)) - Math.min(...events.map(({ x }) => x));
  const steps = [
    1, 2, 3, 6, 12, 18, 24, 36, 48, 60, 90, 120, 130, 140, 150, 160, 180, 210, 240, 300, 365, 500, 730, 1000,
    1500, 2000, 3000, 5000,
  ];
  const at: number[] = [];
  const text: string[] = [];
  for (const time of steps) {
    if (first === undefined || last === undefined || time < first.time || time > last.time) continue;
    const after = events.findIndex((event) => event.time >= time);
    const [right, left] = [events[after], events[Math.max(0, after - 1)]];
    if (right === undefined || left === undefined) continue;
    const share = right.time > left.time ? (time - left.time) / (right.time - left.time) : 0;
    const x = left.x + share * (right.x - left.x);
    if (at.length > 0 && x - at[at.length - 1] < 0.11 * span) continue;
    at.push(x);
    text.push(formatNumber(time, 0));
  }
  return { at, text };
}
