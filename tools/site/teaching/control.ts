import { splitHeader } from "../../../lib/figures/inner";
import { escapeHtml, scriptJson } from "../../../lib/tables/escape";
import { tagValue } from "../../notebooks/tags";
import type { SiteCell } from "../cells";
import { CLOCKS, countedBy, type ReleaseData, releaseResult } from "./client/release-model";
import { releaseData } from "./release-data";

/** Height that the figure will take, so that nothing moves when it comes. */
function heightOf(data: ReleaseData): number {
  const counted = countedBy(data, data.list.coding.name);
  const { layout: composed } = releaseResult(data, {
    followUpMonths: data.list.campaign.followUpMonths,
    counted,
  }).figure;
  const { height } = splitHeader(composed)?.layout ?? composed;
  return typeof height === "number" ? height : 450;
}

/** Whether a cell asks for the control of follow-up and coding. */
export function hasControl(cell: Pick<SiteCell, "tags">): boolean {
  return tagValue(cell.tags, "control") === "follow-up";
}

/**
 * The control of follow-up and coding behind a cell tagged `control:follow-up`; null for all others. Its data stand
 * in the page as JSON, so that it works from a file; without scripts it says what it would do.
 */
export function controlHtml(cell: SiteCell): string | null {
  if (!hasControl(cell)) return null;
  const data = releaseData();
  const months = data.list.campaign.followUpMonths;
  const counted = countedBy(data, data.list.coding.name);
  const options = data.codings.map(
    ({ name, title }) =>
      `<option value="${escapeHtml(name)}"${name === data.list.coding.name ? " selected" : ""}>${escapeHtml(title.replace(/ released\)$/, ` by month ${months})`))}</option>`,
  );
  const clocks = CLOCKS.map(({ name, title }) => `<option value="${name}">${escapeHtml(title)}</option>`);
  const boxes = data.unclear.map(
    ({ id, name }) =>
      `<label><input type="checkbox" value="${escapeHtml(id)}"${counted.has(id) ? " checked" : ""}> ${escapeHtml(name)}</label>`,
  );
  const { sentence } = releaseResult(data, { followUpMonths: months, counted });
  return `<fieldset class="follow-up" id="follow-up" disabled>
<legend>Try it: the end of follow-up, who counts as released, and the clock</legend>
<noscript><p>With scripts switched on, this redraws Figure 1 for another follow-up, coding and clock.</p></noscript>
<div class="row"><label for="follow-up-months">Follow-up ends after</label>
<input type="range" id="follow-up-months" min="1" max="${months}" value="${months}" step="1">
<output class="months" for="follow-up-months">${months} months</output></div>
<div class="row"><label for="follow-up-coding">Coding</label>
<select id="follow-up-coding">${options.join("")}<option value="" disabled>a coding of your own</option></select></div>
<div class="row"><label for="follow-up-clock">Time since</label>
<select id="follow-up-clock">${clocks.join("")}</select></div>
<div class="row boxes" role="group" aria-label="Counted as released">Counted as released: ${boxes.join(" ")}</div>
<p class="result"><output class="said" for="follow-up-months follow-up-coding follow-up-clock" aria-live="polite" aria-atomic="true">${escapeHtml(sentence)}</output></p>
<div class="control-figure" style="--height:${heightOf(data)}px"></div>
<p class="why">${escapeHtml(data.list.coding.reasoning)}</p>
<p class="share"><a class="here" href="#follow-up">Link to what is shown</a></p>
<script type="application/json" id="release-data">${scriptJson(data)}</script>
</fieldset>`;
}
