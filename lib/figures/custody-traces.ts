import type { DateInterval } from "../dates";
import { type CustodySpell, releaseStyle } from "./custody-spell";
import { preciseText } from "./days";
import { escapeLabel } from "./label";
import type { MarkerSymbol, ScatterTrace } from "./plotly";
import { HELD, MUTED, POSSIBLY } from "./theme";

const BAR = 8;

/** A horizontal bar on row `row`. */
interface Bar {
  readonly row: number;
  readonly from: string;
  readonly to: string;
}

/**
 * The traces of the swimmer plot. Bars of all women share a trace (with gaps between them), so that a
 * figure has few traces however many women there are; bars of simulated women are broken into blocks.
 */
export function custodyTraces(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace[] {
  const certain = spells.flatMap((spell, row) => certainBars(spell, row, window));
  const possible = spells.flatMap((spell, row) => possibleBars(spell, row, window));
  const isSynthetic = (bar: Bar): boolean => spells[bar.row]?.synthetic ?? false;
  return [
    bars(
      "possibly in custody",
      possible.filter((bar) => !isSynthetic(bar)),
      POSSIBLY,
      false,
    ),
    bars("possibly in custody (synthetic)", possible.filter(isSynthetic), POSSIBLY, true),
    bars(
      "in custody",
      certain.filter((bar) => !isSynthetic(bar)),
      HELD,
      false,
    ),
    bars("in custody (synthetic)", certain.filter(isSynthetic), HELD, true),
    ...custodyMarks(spells, window),
  ].filter((trace) => trace.x.length > 0);
}

/** From the last possible day of detention to the first possible day of release. */
function certainBars(spell: CustodySpell, row: number, window: CustodyWindow): Bar[] {
  const from = later(spell.detention.latest, window.from);
  // Where no release was found and the record does not say that she is held, custody is certain up to the
  // launch only.
  const until = spell.release?.earliest ?? (spell.kind === "no release found" ? window.launch : window.end);
  const to = earlier(spell.supposed ? window.launch : until, window.end);
  return from < to ? [{ row, from, to }] : [];
}

/** Between the bounds of the detention, and between the bounds of the release. */
function possibleBars(spell: CustodySpell, row: number, window: CustodyWindow): Bar[] {
  const { detention, release } = spell;
  const before = {
    row,
    from: later(detention.earliest, window.from),
    to: later(detention.latest, window.from),
  };
  const after =
    release === null
      ? { row, from: window.launch, to: spell.kind === "no release found" ? window.end : window.launch }
      : {
          row,
          from: spell.supposed ? window.launch : release.earliest,
          to: earlier(release.latest, window.end),
        };
  return [before, after].filter((bar) => bar.from < bar.to);
}

function bars(name: string, list: readonly Bar[], color: string, synthetic: boolean): ScatterTrace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: list.flatMap((bar) => [bar.from, bar.to, null]),
    y: list.flatMap((bar) => [bar.row, bar.row, null]),
    line: { color, width: BAR, dash: synthetic ? "dot" : "solid" },
    hoverinfo: "skip",
  };
}

/** The marks of the swimmer plot: releases, and arrows where a spell goes on beyond what is drawn. */
export function custodyMarks(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace[] {
  return [releases(spells, window), stillHeld(spells, window), heldSinceBefore(spells, window)];
}

/**
 * A day known to within a month counts as known; beyond it the mark only stands where the policy puts it.
 */
function dayKnown(release: DateInterval): boolean {
  return release.reported?.precision === "day" || release.earliest.slice(0, 7) === release.latest.slice(0, 7);
}

function releases(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace {
  const points = spells.flatMap((spell, row) => {
    const { releaseDay, release } = spell;
    if (releaseDay === null || release === null) return [];
    const style = releaseStyle(spell.kind);
    return [{ spell, row, day: earlier(releaseDay, window.end), known: dayKnown(release), style }];
  });
  return {
    type: "scatter",
    mode: "markers",
    name: "release",
    x: points.map((point) => point.day),
    y: points.map((point) => point.row),
    marker: {
      symbol: points.map(({ known, style }): MarkerSymbol => (known ? style.symbol : `${style.symbol}-open`)),
      size: 11,
      color: points.map(({ style }) => style.color),
      line: {
        color: points.map(({ known, style }) => (known ? "#ffffff" : style.color)),
        width: points.map(({ known }) => (known ? 1 : 2)),
      },
    },
    hoverinfo: "text",
    hovertext: points.map((point) => hoverText(point.spell)),
    cliponaxis: false,
  };
}

function stillHeld(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace {
  const rows = spells.flatMap((spell, row) => (spell.release === null ? [{ spell, row }] : []));
  return {
    type: "scatter",
    mode: "markers",
    name: "no release by the end",
    x: rows.map(() => window.end),
    y: rows.map(({ row }) => row),
    marker: { symbol: "arrow-right", size: 14, color: HELD, line: { color: "#ffffff", width: 1 } },
    hoverinfo: "text",
    hovertext: rows.map(({ spell }) => hoverText(spell)),
    cliponaxis: false,
  };
}

/** An arrow at the left edge, with the year, for detentions before the axis begins. */
function heldSinceBefore(spells: readonly CustodySpell[], window: CustodyWindow): ScatterTrace {
  const rows = spells.flatMap((spell, row) => (spell.start < window.from ? [{ spell, row }] : []));
  return {
    type: "scatter",
    mode: "markers+text",
    name: "held since before",
    x: rows.map(() => window.from),
    y: rows.map(({ row }) => row),
    text: rows.map(({ spell }) => `since ${spell.start.slice(0, 4)}`),
    textposition: "top right",
    textfont: { size: 10, color: MUTED },
    marker: { symbol: "arrow-left", size: 14, color: HELD, line: { color: "#ffffff", width: 1 } },
    hoverinfo: "text",
    hovertext: rows.map(({ spell }) => hoverText(spell)),
    cliponaxis: false,
  };
}

function hoverText(spell: CustodySpell): string {
  const release =
    spell.release === null
      ? "no release recorded"
      : `${spell.supposed ? "release supposed" : "released"} ${preciseText(spell.release)}`;
  return [
    `<b>${escapeLabel(spell.label)}</b>${spell.synthetic ? " (synthetic)" : ""}, ${escapeLabel(spell.country)}`,
    `detained ${escapeLabel(preciseText(spell.detention))}`,
    escapeLabel(release),
    `${escapeLabel(spell.kind)}; ${spell.counted ? "counted as released" : "not counted as released"}`,
  ].join("<br>");
}

/** First day of the axis, launch and last day of observation. */
export interface CustodyWindow {
  readonly from: string;
  readonly launch: string;
  readonly end: string;
}

/** The later of two ISO days. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** The earlier of two ISO days. */
export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
