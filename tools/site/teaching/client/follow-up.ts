import { startOdds } from "./odds";
import { codingOf, countedBy, type ReleaseChoice, type ReleaseData, releaseResult } from "./release-model";

/** The control of follow-up and coding: a slider, a menu and three boxes that redraw Figure 1 and its test. */
function startControl(control: HTMLFieldSetElement): void {
  const json = document.getElementById("release-data")?.textContent;
  const slider = control.querySelector<HTMLInputElement>("input[type=range]");
  const months = control.querySelector<HTMLOutputElement>("output.months");
  const menu = control.querySelector("select");
  const boxes = [...control.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const why = control.querySelector<HTMLElement>(".why");
  const said = control.querySelector<HTMLOutputElement>("output.said");
  const figure = control.querySelector<HTMLElement>(".control-figure");
  if (!json || !slider || !months || !menu || !why || !said || !figure) return;
  // Written by releaseData() when the page was made.
  const data: ReleaseData = JSON.parse(json);

  const choice = (): ReleaseChoice => ({
    followUpMonths: Number(slider.value),
    counted: new Set(boxes.filter((box) => box.checked).map((box) => box.value)),
    tickEvery: figure.clientWidth < 480 ? 12 : 6,
  });
  let timer = 0;
  let frame = 0;
  const redraw = (): void => {
    const result = releaseResult(data, choice());
    const { coding } = result;
    menu.value = coding?.name ?? "";
    why.textContent =
      coding?.reasoning ?? "No named coding decides like this; it is yours, and would need its reasons.";
    months.textContent = `${slider.value} ${slider.value === "1" ? "month" : "months"}`;
    slider.setAttribute("aria-valuetext", months.textContent);
    // Screen readers are told once the reader has stopped, not at every step of the slider.
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      said.textContent = result.sentence;
    }, 250);
    void window.hrd?.drawFigure(figure, result.figure);
  };
  const later = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(redraw);
  };
  slider.addEventListener("input", later);
  for (const box of boxes) box.addEventListener("change", later);
  menu.addEventListener("change", () => {
    const counted = countedBy(data, menu.value);
    for (const box of boxes) box.checked = counted.has(box.value);
    later();
  });
  control.disabled = false;
  menu.value = codingOf(data, choice().counted)?.name ?? "";
  // plotly.js is large: the figure is drawn when it comes near.
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      redraw();
    },
    { rootMargin: "50% 0px" },
  );
  observer.observe(control);
}

for (const control of document.querySelectorAll<HTMLFieldSetElement>("fieldset.follow-up")) startControl(control);
// In one script, since both bring the survival functions.
startOdds();
