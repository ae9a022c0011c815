import { calledAs } from "../statistics/inner";
import type { Outcome } from "../survival";
import { kaplanMeier } from "../survival";
import { checkInput } from "../survival/inner";

/**
 * Nelson–Aalen's cumulative hazard of all rows together, at each row's own time; R's `mice::nelsonaalen` (which takes
 * Fleming and Harrington's form where events are tied).
 *
 * One wants it as a covariate where missing covariates of a Cox model are imputed: what a covariate is, given when and
 * how a woman's time ended, depends on the time by way of the cumulative hazard (White and Royston 2009, Statistics in
 * Medicine 28:1982, section 4).
 *
 * @param outcome time and event, n rows
 * @returns n numbers, 0 before the first event
 * @throws {InvalidInputError} naming argument and index
 * @example nelsonAalen({ time: [1, 2, 3], event: [1, 0, 1] }) // [1/3, 1/3, 4/3]
 */
export function nelsonAalen(outcome: Pick<Outcome, "time" | "event">): number[] {
  checkInput("nelsonAalen", outcome, ["time", "event"]);
  const { time, event } = outcome;
  const [curve] = calledAs("nelsonAalen", () => kaplanMeier({ time, event }));
  // Times that differ by rounding are one time in the curve: the last that is not clearly later.
  const last = (t: number): number => {
    let [low, high] = [-1, curve.time.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (curve.time[middle] <= t) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return Array.from(time, (t) => {
    const k = last(t);
    return k < 0 ? 0 : curve.cumulativeHazard[k];
  });
}
