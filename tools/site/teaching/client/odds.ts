import { boundNumbers } from "../../bound-numbers";
import { state, stated } from "../../client/state";
import { oddsResult } from "./odds-model";

/** The control of selection: a slider of the odds with which officials tell who is about to be released. */
function startControl(control: HTMLFieldSetElement): void {
  const slider = control.querySelector<HTMLInputElement>("input[type=range]");
  const odds = control.querySelector<HTMLOutputElement>("output.months");
  const said = control.querySelector<HTMLOutputElement>("output.said");
  const [five, printed] = control.querySelectorAll<HTMLMeterElement>("meter");
  if (!slider || !odds || !said || !five || !printed) return;
  let timer = 0;
  const redraw = (): void => {
    const result = oddsResult(Number(slider.value));
    odds.textContent = `${slider.value} to 1`;
    slider.setAttribute("aria-valuetext", odds.textContent);
    five.value = result.below5Percent;
    printed.value = result.belowPrinted;
    // Screen readers are told once the reader has stopped, not at every step of the slider.
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      said.textContent = boundNumbers(result.sentence);
      state({ odds: slider.value === slider.defaultValue ? null : slider.value });
    }, 250);
  };
  const asked = stated("odds");
  if (asked !== null && asked !== slider.value) {
    // The slider keeps to its ends, and stays where it is at what is no number.
    if (/^\d{1,2}$/.test(asked)) slider.value = asked;
    redraw();
  }
  let frame = 0;
  slider.addEventListener("input", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(redraw);
  });
  control.disabled = false;
}

/** Starts the controls of selection on this page. */
export function startOdds(): void {
  for (const control of document.querySelectorAll<HTMLFieldSetElement>("fieldset.odds")) startControl(control);
}
