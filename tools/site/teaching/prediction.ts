import { escapeHtml } from "../../../lib/tables/escape";
import { asObject } from "../../kernel/protocol/wire";
import { tagValue } from "../../notebooks/tags";
import type { SiteCell } from "../cells";

/** The tag of a cell whose output is folded until the reader has made a guess. */
const PREDICT = "predict";

/**
 * Summary of the folded prose behind a prediction in a notebook: Jupyter and GitHub show it closed. A page opens it,
 * for it hides the prose by itself.
 */
export const AFTER_GUESS = "After your guess";

/** Stands for an output that waits; the style sheet takes it away with the waiting. */
const WAITS = '<p class="waits">The output is shown after your guess above.</p>';

/** How a guess is made: one of some choices, or a number or a few words. */
interface Guess {
  readonly choices: readonly string[];
  readonly unit: string | null;
}

/**
 * The question behind a cell tagged `predict`; null for all others. The question itself is asked in the prose before
 * the cell; `hrd.predict` in the cell's metadata holds the choices, or the unit of a number.
 */
export function predictionHtml(cell: SiteCell): string | null {
  if (!cell.tags.includes(PREDICT)) return null;
  const { choices, unit } = guessOf(cell);
  const name = `guess-${cell.id}`;
  const fields =
    choices.length === 0
      ? `<label for="${name}">Your guess${unit === null ? "" : ` (${escapeHtml(unit)})`}</label> <input type="text" id="${name}" name="guess" required autocomplete="off" size="8">`
      : choices
          .map(
            (choice) =>
              `<label><input type="radio" name="guess" value="${escapeHtml(choice)}" required> ${escapeHtml(choice)}</label>`,
          )
          .join("\n");
  return `<div class="prediction" data-asks="${cell.id}"${unit === null ? "" : ` data-unit="${escapeHtml(unit)}"`}>
<form class="prediction-form"><fieldset><legend>Your prediction</legend>
<div class="prediction-fields">${fields}</div>
<div class="prediction-buttons"><button type="submit">Show the result</button> <button type="button" data-skip>Show without a guess</button></div>
</fieldset></form>
<div class="prediction-result" tabindex="-1"><p class="prediction-guess" hidden></p></div>
</div>`;
}

/**
 * Moves the outputs of cells tagged `predict`, and their controls, behind their question, and lets everything wait for the guess that comes
 * before the next heading or the next question: what is read off a result gives it away. The outputs of a later cell that
 * shows the same wait, too, and so does what is read off them, where its tag says so: `answers:` and the name of the cell
 * that asks.
 */
export function foldPredictions(main: Element, cells: readonly Pick<SiteCell, "id" | "tags">[] = []): void {
  for (const folded of main.querySelectorAll("details")) {
    const summary = folded.querySelector("summary");
    if (summary?.textContent !== AFTER_GUESS) continue;
    summary.remove();
    folded.replaceWith(...folded.childNodes);
  }
  for (const { id, tags } of cells) {
    const asks = tagValue(tags, "answers");
    if (asks === null) continue;
    for (const output of main.querySelectorAll(`[id="cell-${id}"] > .outputs`)) {
      output.setAttribute("data-waits", asks);
      output.insertAdjacentHTML("afterend", WAITS);
    }
  }
  let asked: string | null = null;
  for (const section of main.children) {
    const prediction = section.querySelector(".prediction");
    if (prediction !== null) {
      const outputs = [...section.children].filter((child) => child.matches(".outputs, .output, fieldset"));
      prediction.querySelector(".prediction-result")?.append(...outputs);
      asked = prediction.getAttribute("data-asks");
      continue;
    }
    const waits = section.querySelector(":scope > .outputs[data-waits]")?.getAttribute("data-waits");
    for (const block of section.children) {
      if (endsWaiting(block)) asked = null;
      if (asked !== null) block.setAttribute("data-waits", asked);
    }
    asked = waits ?? asked;
  }
}

function endsWaiting(block: Element): boolean {
  return (
    /^H[1-6]$/.test(block.tagName) ||
    (block.tagName === "BLOCKQUOTE" && /^\s*Predict first/.test(block.textContent ?? ""))
  );
}

function guessOf(cell: SiteCell): Guess {
  const { choices, unit } = asObject(asObject(cell.metadata.hrd).predict);
  return {
    choices: Array.isArray(choices) ? choices.map(String) : [],
    unit: typeof unit === "string" ? unit : null,
  };
}
