import { escapeHtml } from "../../../lib/tables/escape";
import { asObject } from "../../kernel/protocol/wire";
import type { SiteCell } from "../cells";

/** The tag of a cell whose output is folded until the reader has made a guess. */
const PREDICT = "predict";

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
  return `<div class="prediction"${unit === null ? "" : ` data-unit="${escapeHtml(unit)}"`}>
<form class="prediction-form"><fieldset><legend>Your prediction</legend>
<div class="prediction-fields">${fields}</div>
<div class="prediction-buttons"><button type="submit">Show the result</button> <button type="button" data-skip>Show without a guess</button></div>
</fieldset></form>
<div class="prediction-result" tabindex="-1"><p class="prediction-guess" hidden></p></div>
</div>`;
}

/** Moves the outputs of cells tagged `predict` behind their question. */
export function foldPredictions(main: Element): void {
  for (const prediction of main.querySelectorAll(".prediction")) {
    const result = prediction.querySelector(".prediction-result");
    const outputs = [...(prediction.parentElement?.children ?? [])].filter((child) =>
      child.matches(".output"),
    );
    result?.append(...outputs);
  }
}

function guessOf(cell: SiteCell): Guess {
  const { choices, unit } = asObject(asObject(cell.metadata.hrd).predict);
  return {
    choices: Array.isArray(choices) ? choices.map(String) : [],
    unit: typeof unit === "string" ? unit : null,
  };
}
