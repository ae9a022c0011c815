import { escapeHtml, scriptJson } from "../../../lib/tables/escape";
import { formText } from "../../../lib/teaching/answer";
import { findExercise } from "../../../lib/teaching/exercise";
import { exerciseOf } from "../../notebooks/tags";
import type { SiteCell } from "../cells";

/**
 * A field for the answer behind a cell tagged `exercise:01-a`; null for all others. It is there once its script is,
 * which finds the exercise beside it: texts, and fingerprints instead of a solution. A function is not typed into a field
 * but written into the cell.
 */
export function exerciseBox(cell: SiteCell): string | null {
  const id = exerciseOf(cell.tags);
  if (id === null) return null;
  const exercise = findExercise(id);
  const { form } = exercise;
  if (form.kind === "function") {
    const action = `it is run on ${form.cases.length} other data sets, and you are told with which of them it is wrong`;
    return `<p class="exercise">Write the function in the code above, on this page: ${action}.</p>`;
  }
  const name = `answer-${id}`;
  const field =
    form.kind === "choice"
      ? `<select id="${name}" name="answer" required><option value="">choose</option>${form.choices
          .map((choice) => `<option>${escapeHtml(choice)}</option>`)
          .join("")}</select>`
      : `<input type="text" id="${name}" name="answer" required autocomplete="off" size="10" aria-describedby="${name}-form">`;
  const expected =
    form.kind === "choice" ? "" : ` <span class="form" id="${name}-form">(${escapeHtml(formText(form))})</span>`;
  return `<form class="exercise" data-exercise="${escapeHtml(id)}" hidden>
<label for="${name}">Answer to ${escapeHtml(id)}</label>${expected} ${field} <button type="submit">Check</button>
<output for="${name}" aria-live="polite"></output>
<script type="application/json">${scriptJson(exercise)}</script>
</form>`;
}
