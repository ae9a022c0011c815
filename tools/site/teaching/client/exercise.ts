import { answerFromText, formText } from "../../../../lib/teaching/answer";
import { checkAnswer } from "../../../../lib/teaching/check-answer";
import { codeHtml } from "../../../../lib/teaching/check-bundle";
import type { Exercise } from "../../../../lib/teaching/exercise";

/** What other scripts of the page are told of an answer: exercise, text, verdict, fingerprint. */
const ANSWERED = "hrd-answered";

/** The fields under exercises: checkAnswer() of the library, in the page, without a kernel. */
export function checkExercises(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.exercise")) {
    const said = form.querySelector("output");
    const json = form.querySelector("script")?.textContent;
    if (said === null || !json) continue;
    // Written by exerciseBox() when the page was made.
    const exercise: Exercise = JSON.parse(json);
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = new FormData(form).get("answer");
      const text = typeof typed === "string" ? typed : "";
      const answer = answerFromText(text, exercise.form);
      const checked = answer === null ? null : checkAnswer(exercise, answer);
      form.dataset.verdict = checked?.verdict ?? "reconsider";
      const mark = checked?.verdict === "right" ? "✓" : "↻";
      const message = checked?.message ?? `The answer is ${formText(exercise.form)}.`;
      const detail = {
        exercise: exercise.id,
        typed: text,
        verdict: form.dataset.verdict,
        digest: checked?.digest ?? null,
      };
      form.dispatchEvent(new CustomEvent(ANSWERED, { bubbles: true, detail }));
      said.innerHTML = `<span aria-hidden="true">${mark}</span> ${codeHtml(message)}`;
    });
  }
}
