import type { DateInterval } from "../dates";
import { type CustodySpell, isOpenRecord, releaseStyle } from "./custody-spell";
import { earlier, later, preciseText } from "./days";
import { escapeLabel } from "./label";
import { bold } from "./marks";
import type { MarkerSymbol, ScatterTrace } from "./plotly";
import { endMarks, POSSIBLE, rowBars } from "./swimmer";
import { HELD, MUTED, PAPER, POSSIBLY } from "./theme";
import { dots } from "./traces";

/** First day of the axis, launch and last day of observation. */
export interface CustodyWindow {
  readonly from: string;
  readonly launch: string;
  readonly end: string;
}

/** A bar on the calendar. */
interface DayBar {
  readonly row: number;
  readonly from: string;
  readonly to: string;
}

/**
 * The traces of the swimmer plot. Bars of all women share a trace (with gaps between them), so that a
 * figure has few traces however many women there are; bars of simulated women are broken into blocks.
 */
export function custodyTraces(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace[] {
  const bars = (name: string, list: readonly DayBar[], color: string): ScatterTrace[] => {
    const isSynthetic = ({ row }: DayBar): boolean => spells[row].synthetic;
    return [
      rowBars(
        name,
        list.filter((bar) => !isSynthetic(bar)),
        color,
      ),
      rowBars(`${name} (synthetic)`, list.filter(isSynthetic), color, true),
    ];
  };
  const each = (barsOf: typeof certainBars) => spells.flatMap((spell, row) => barsOf(spell, row, window));
  return [
    ...bars(POSSIBLE, each(possibleBars), POSSIBLY),
    ...bars("in custody", each(certainBars), HELD),
    releases(spells, window),
    stillHeld(spells, window),
    heldSinceBefore(spells, window),
  ].filter((trace) => trace.x.length > 0);
}

/** From the last possible day of detention to the first possible day of release. */
function certainBars(spell: CustodySpell, row: number, window: CustodyWindow): DayBar[] {
  const from = later(spell.detention.latest, window.from);
  // Where the record has no release and does not establish that she is held, custody is certain up to the launch only.
  const until = spell.release?.earliest ?? (isOpenRecord(spell) ? window.launch : window.end);
  const to = earlier(spell.supposed ? window.launch : until, window.end);
  return from < to ? [{ row, from, to }] : [];
}

/** Between the bounds of the detention, and between the bounds of the release. */
function possibleBars(spell: CustodySpell, row: number, window: CustodyWindow): DayBar[] {
  const { detention, release } = spell;
  const before = {
    row,
    from: later(detention.earliest, window.from),
    to: later(detention.latest, window.from),
  };
  const after =
    release === null
      ? { row, from: window.launch, to: isOpenRecord(spell) ? window.end : window.launch }
      : {
          row,
          from: spell.supposed ? window.launch : release.earliest,
          to: earlier(release.latest, window.end),
        };
  return [before, after].filter((bar) => bar.from < bar.to);
}

/**
 * A day known to within a month counts as known; beyond it the mark only stands where the policy puts it.
 */
function dayKnown(release: DateInterval): boolean {
  return release.reported?.precision === "day" || release.earliest.slice(0, 7) === release.latest.slice(0, 7);
}

function releases(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace {
  const ends = spells.flatMap((spell, row) => {
    const { releaseDay, release } = spell;
    if (releaseDay === null || release === null) return [];
    const style = releaseStyle(spell.kind);
    const at = earlier(releaseDay, window.end);
    return [{ row, at, isKnown: dayKnown(release), style, text: hoverText(spell) }];
  });
  return endMarks("release", ends);
}

function stillHeld(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace {
  const rows = spells.flatMap((spell, row) => (spell.release === null ? [{ spell, row }] : []));
  return arrows("no release on record by the end", rows, window.end, "arrow-right");
}

/** An arrow at the left edge, with the year, for detentions before the axis begins. */
function heldSinceBefore(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace {
  const rows = spells.flatMap((spell, row) => (spell.start < window.from ? [{ spell, row }] : []));
  return {
    ...arrows("held since before", rows, window.from, "arrow-left"),
    mode: "markers+text",
    text: rows.map(({ spell }) => `since ${spell.start.slice(0, 4)}`),
    textposition: "top right",
    textfont: { size: 10, color: MUTED },
  };
}

function arrows(
  name: string,
  rows: readonly { readonly spell: CustodySpell; readonly row: number }[],
  day: string,
  symbol: MarkerSymbol,
): ScatterTrace {
  return dots(
    name,
    rows,
    { x: () => day, y: ({ row }) => row, text: ({ spell }) => hoverText(spell) },
    { symbol, size: 14, color: HELD, line: { color: PAPER, width: 1 } },
    { cliponaxis: false },
  );
}

function hoverText(spell: CustodySpell): string {
  const release =
    spell.release === null
      ? "no release recorded"
      : `${spell.supposed ? "release supposed" : "released"} ${preciseText(spell.release)}`;
  return [
    `${bold(spell.label)}${spell.synthetic ? " (synthetic)" : ""}, ${escapeLabel(spell.country)}`,
    `detained ${escapeLabel(preciseText(spell.detention))}`,
    escapeLabel(release),
    `${escapeLabel(spell.kind)}; ${spell.counted ? "counted as released" : "not counted as released"}`,
  ].join("<br>");
}
