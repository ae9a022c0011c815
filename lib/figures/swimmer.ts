import { rowLabels, twoLines } from "./marks";
import type { Axis, Font, MarkerSymbol, Position, ReleaseSymbol, ScatterTrace } from "./plotly";
import { PAPER } from "./theme";
import { dots, segments } from "./traces";

/*
 * What swimmer plots have in common, on a calendar as well as in months: bars of time in custody on rows, a mark at the
 * end of each that tells its kind, and two lines of text on both sides.
 */

/** How a kind of end is marked: kinds that mean alike share a shape and a colour. */
export interface ReleaseStyle {
  readonly symbol: ReleaseSymbol;
  /** The same shape as a letter, for the label beside the row. */
  readonly glyph: string;
  readonly color: string;
}

/** What the faint bars are called among the traces. */
export const POSSIBLE = "possibly in custody";

/** What bars and marks mean, of those that are drawn; the kinds of release are named beside the rows. */
export function swimmerKey(traces: readonly ScatterTrace[]): string[] {
  const symbols = traces.flatMap(({ marker }) => marker?.symbol ?? []);
  const hasPossible = traces.some(({ name }) => name?.startsWith(POSSIBLE) === true);
  return [
    // On dark paper the strong bars are the light ones.
    ...(hasPossible ? ["strong: in custody", `faint: ${POSSIBLE}`] : ["bar: in custody"]),
    ...(symbols.some((symbol) => symbol.endsWith("-open")) ? ["hollow: day not known"] : []),
  ];
}

/** A horizontal bar on row `row`. */
export interface Bar {
  readonly row: number;
  readonly from: Position;
  readonly to: Position;
}

/** Bars of all rows as one trace; those of simulated people are broken into blocks. */
export function rowBars(name: string, list: readonly Bar[], color: string, synthetic = false): ScatterTrace {
  const ends = list.map(({ row, from, to }) => ({ x: [from, to] as const, y: [row, row] as const }));
  return segments(name, ends, { color, width: 8, dash: synthetic ? "dot" : "solid" }, {});
}

/** The end of a row's spell: hollow where its day is not known. */
export interface SpellEnd {
  readonly row: number;
  readonly at: Position;
  readonly isKnown: boolean;
  readonly style: ReleaseStyle;
  /** What is said of it when a reader points at it. */
  readonly text: string;
}

/** A mark at the end of each spell that tells how it ended. */
export function endMarks(name: string, ends: readonly SpellEnd[]): ScatterTrace {
  return dots(
    name,
    ends,
    { x: ({ at }) => at, y: ({ row }) => row, text: ({ text }) => text },
    {
      symbol: ends.map(({ isKnown, style }): MarkerSymbol => (isKnown ? style.symbol : `${style.symbol}-open`)),
      size: 11,
      color: ends.map(({ style }) => style.color),
      line: {
        color: ends.map(({ isKnown, style }) => (isKnown ? PAPER : style.color)),
        width: ends.map(({ isKnown }) => (isKnown ? 1 : 2)),
      },
    },
    { cliponaxis: false },
  );
}

/** Two lines of text, the second one smaller. Both are Plotly's HTML. */
export type RowText = readonly [string, string];

/** Two lines of text at both sides of each row, as the ticks of two axes. */
export function swimmerRows(
  left: readonly RowText[],
  right: readonly RowText[],
  tickfont: Font,
): { readonly yaxis: Axis; readonly yaxis2: Axis } {
  const html = (texts: readonly RowText[]): string[] => texts.map(([first, second]) => twoLines(first, second));
  const look = { tickfont, ticklabelstandoff: 4 };
  return rowLabels(html(left), html(right), { left: look, right: look });
}
