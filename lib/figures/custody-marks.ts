import type { DateInterval } from "../dates";
import type { CustodySpell } from "./custody-spell";
import { type CustodyWindow, earlier } from "./custody-window";
import { preciseText } from "./date-text";
import { escapeLabel } from "./label";
import type { MarkerSymbol, ScatterTrace } from "./plotly";
import { releaseStyle } from "./release-style";
import { HELD, MUTED } from "./theme";

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
