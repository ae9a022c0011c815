import type { CustodySpell } from "./custody-spell";
import type { CustodyWindow } from "./custody-window";
import { dayText, intervalText } from "./date-text";

/** Rows up to which each woman is named in the text; with more, a table beside the figure serves better. */
const NAMED = 20;

/** What the swimmer plot shows, in words. */
export function custodyAlt(spells: readonly CustodySpell[], window: CustodyWindow, title: string): string {
  const counted = spells.filter((spell) => spell.counted).length;
  const summary =
    `${title}. Swimmer plot of the time in custody of ${spells.length} women, one row each, with the launch of the campaign on ` +
    `${dayText(window.launch)} and the end of follow-up on ${dayText(window.end)}. ${counted} of ${spells.length} count as released.`;
  return spells.length > NAMED ? summary : `${summary} ${spells.map(sentence).join(" ")}`;
}

function sentence(spell: CustodySpell): string {
  const start = `${spell.label} (${spell.country}): held since ${intervalText(spell.detention)}`;
  if (spell.release === null) return `${start}, ${spell.kind}.`;
  const end = `${spell.supposed ? "release supposed" : `released ${intervalText(spell.release)}, ${spell.kind}`}`;
  return `${start}, ${end}${spell.counted ? "" : " (not counted)"}.`;
}
