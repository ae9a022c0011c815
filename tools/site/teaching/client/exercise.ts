import { answerFromText, formText } from "../../../../lib/teaching/answer";
import { check } from "../../../../lib/teaching/check";
import { codeHtml } from "../../../../lib/teaching/check-bundle";
import { findExercise } from "../../../../lib/teaching/exercise";

/** The fields under exercises: check() of the library, in the page, without a kernel. */
export function checkExercises(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.exercise")) {
    const said = form.querySelector("output");
    const exercise = findExercise(form.dataset.exercise ?? "");
    if (said === null) continue;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = new FormData(form).get("answer");
      const text = typeof typed === "string" ? typed : "";
      const answer = answerFromText(text, exercise.form);
      const checked = answer === null ? null : check(exercise.id, answer);
      form.dataset.verdict = checked?.verdict ?? "reconsider";
      const mark = checked?.verdict === "right" ? "✓" : "↻";
      const message = checked?.message ?? `The answer is ${formText(exercise.form)}.`;
      said.innerHTML = `<span aria-hidden="true">${mark}</span> ${codeHtml(message)}`;
    });
  }
}
