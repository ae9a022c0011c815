import { escapeHtml } from "../../../lib/tables/escape";
import { tagValue } from "../../notebooks/tags";
import type { SiteCell } from "../cells";
import { oddsResult } from "./client/odds-model";

/** The odds that the notebook asks about. */
const FIRST = 10;
const MOST = 30;

/** The control of selection behind a cell tagged `control:odds`; null for all others. */
export function oddsHtml(cell: SiteCell): string | null {
  if (tagValue(cell.tags, "control") !== "odds") return null;
  const { below5Percent, belowPrinted, sentence } = oddsResult(FIRST);
  const meter = (id: string, label: string, value: number): string =>
    `<div class="row"><label for="${id}">${label}</label><meter id="${id}" min="0" max="1" value="${value}"></meter></div>`;
  return `<fieldset class="odds" disabled>
<legend>Try it: how well can officials tell who is about to be released?</legend>
<noscript><p>With scripts switched on, this runs the thousand campaigns again for other odds.</p></noscript>
<div class="row"><label for="odds-of-ripe">A ripe case against another</label>
<input type="range" id="odds-of-ripe" min="1" max="${MOST}" value="${FIRST}" step="1">
<output class="months" for="odds-of-ripe">${FIRST} to 1</output></div>
${meter("odds-five", "Campaigns with p &lt; 0.05", below5Percent)}
${meter("odds-printed", "with p &lt; 0.0001, as printed", belowPrinted)}
<p class="result"><output class="said" for="odds-of-ripe" aria-live="polite" aria-atomic="true">${escapeHtml(sentence)}</output></p>
<p class="why">Made-up campaigns: the campaign does nothing in any of them, nine in ten of the ripe and one in ten of the others would be free within three years anyway. These shares and the odds are ours; nobody knows the real ones.</p>
</fieldset>`;
}
