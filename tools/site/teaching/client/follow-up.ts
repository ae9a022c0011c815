import { boundNumbers } from "../../bound-numbers";
import { state, stated } from "../../client/state";
import { startOdds } from "./odds";
import { CLOCKS, codingOf, countedBy, type ReleaseChoice, type ReleaseData, releaseResult } from "./release-model";
import { RELEASE_WORDS, stateOf, wordsOf } from "./release-state";

/** The control of follow-up, coding and clock: a slider, two menus and three boxes that redraw Figure 1 and its test. */
function startControl(control: HTMLFieldSetElement): void {
  const json = document.getElementById("release-data")?.textContent;
  const slider = control.querySelector<HTMLInputElement>("input[type=range]");
  const months = control.querySelector<HTMLOutputElement>("output.months");
  const menu = control.querySelector<HTMLSelectElement>("#follow-up-coding");
  const clock = control.querySelector<HTMLSelectElement>("#follow-up-clock");
  const boxes = [...control.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const why = control.querySelector<HTMLElement>(".why");
  const said = control.querySelector<HTMLOutputElement>("output.said");
  const figure = control.querySelector<HTMLElement>(".control-figure");
  const here = control.querySelector<HTMLAnchorElement>("a.here");
  if (!here || !json || !slider || !months || !menu || !clock || !why || !said || !figure) return;
  // Written by releaseData() when the page was made.
  const data: ReleaseData = JSON.parse(json);

  const seen = (): Required<Omit<ReleaseChoice, "tickEvery">> => ({
    clock: CLOCKS.find(({ name }) => name === clock.value)?.name ?? "launch",
    followUpMonths: Number(slider.value),
    counted: new Set(boxes.filter((box) => box.checked).map((box) => box.value)),
  });
  /** Everything but the figure and the sentence, which wait until the reader has stopped. */
  const say = ({ followUpMonths, counted, clock: from }: ReturnType<typeof seen>): void => {
    const coding = codingOf(data, counted);
    slider.value = String(followUpMonths);
    clock.value = from;
    for (const box of boxes) box.checked = counted.has(box.value);
    menu.value = coding?.name ?? "";
    why.textContent =
      coding?.reasoning ?? "No named coding decides like this; it is yours, and would need its reasons.";
    months.textContent = `${followUpMonths} ${followUpMonths === 1 ? "month" : "months"}`;
    slider.setAttribute("aria-valuetext", months.textContent);
  };
  const settle = (shown: ReturnType<typeof seen>, sentence: string): void => {
    said.textContent = boundNumbers(sentence);
    state({ ...wordsOf(data, shown) });
    here.href = `${location.search}#${control.id}`;
  };
  let timer = 0;
  let frame = 0;
  const redraw = (): void => {
    const shown = seen();
    const result = releaseResult(data, { ...shown, tickEvery: figure.clientWidth < 480 ? 12 : 6 });
    say(shown);
    // Screen readers are told once the reader has stopped, not at every step of the slider.
    window.clearTimeout(timer);
    timer = window.setTimeout(() => settle(shown, result.sentence), 250);
    void window.hrd?.drawFigure(figure, result.figure);
  };
  const later = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(redraw);
  };
  slider.addEventListener("input", later);
  for (const part of [clock, ...boxes]) part.addEventListener("change", later);
  menu.addEventListener("change", () => {
    const counted = countedBy(data, menu.value);
    for (const box of boxes) box.checked = counted.has(box.value);
    later();
  });
  const [coding = null, counted = null, end = null, from = null] = RELEASE_WORDS.map(stated);
  const asked = stateOf(data, { coding, counted, months: end, clock: from });
  say(asked);
  settle(asked, releaseResult(data, asked).sentence);
  control.disabled = false;
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
