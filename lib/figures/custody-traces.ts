import { custodyMarks } from "./custody-marks";
import type { CustodySpell } from "./custody-spell";
import { type CustodyWindow, earlier, later } from "./custody-window";
import type { ScatterTrace } from "./plotly";
import { HELD, POSSIBLY } from "./theme";

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
