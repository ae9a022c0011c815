/**
 * "Predict, then run": a result stays folded until the reader has made a guess or asks for it without one. Without
 * this script, in print, and for a link into it, the result is simply there.
 */
export function askForPredictions(): void {
  for (const prediction of document.querySelectorAll<HTMLElement>(".prediction")) {
    const form = prediction.querySelector("form");
    const result = prediction.querySelector<HTMLElement>(".prediction-result");
    if (form === null || result === null) continue;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const guess = new FormData(form).get("guess");
      open(prediction, result, typeof guess === "string" ? guess.trim() : "");
      result.focus({ preventScroll: true });
    });
    form.querySelector("[data-skip]")?.addEventListener("click", () => {
      open(prediction, result, "");
      result.focus({ preventScroll: true });
    });
  }
  openTarget();
  window.addEventListener("hashchange", openTarget);
}

/** Shows the result with the guess beside it. */
function open(prediction: HTMLElement, result: HTMLElement, guess: string): void {
  prediction.classList.add("revealed");
  const said = prediction.querySelector<HTMLElement>(".prediction-guess");
  if (said !== null && guess !== "") {
    const unit = prediction.dataset.unit === undefined ? "" : ` ${prediction.dataset.unit}`;
    said.textContent = `Your guess: ${guess.replace(/\.$/, "")}${unit}. Compare:`;
    said.hidden = false;
  }
  result.removeAttribute("inert");
  for (const waiting of document.querySelectorAll(`[data-waits="${prediction.dataset.asks}"]`))
    waiting.removeAttribute("data-waits");
}

/** A link that leads into a folded result, or to what waits for one, unfolds it. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const waiting = target?.closest<HTMLElement>("[data-waits]") ?? target?.querySelector<HTMLElement>("[data-waits]");
  const prediction =
    target?.closest(".prediction-result")?.closest<HTMLElement>(".prediction") ??
    (waiting && document.querySelector<HTMLElement>(`.prediction[data-asks="${waiting.dataset.waits}"]`));
  const result = prediction?.querySelector<HTMLElement>(".prediction-result");
  if (!target || !result || !prediction || prediction.classList.contains("revealed")) return;
  open(prediction, result, "");
  target.scrollIntoView();
}
