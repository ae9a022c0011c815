import type { CurveInfluence, SurvivalCurve } from "./kaplan-meier";

/**
 * What a unit of weight does to the area under a curve, which a change of log S at each time moves from there on: of a row that is at
 * risk from the curve's time `first` to `last`, and has its event then or not.
 *
 * @param areas under the curve from each of its times up to where the area ends
 */
export function influenceOnArea({ atRisk, event }: Pick<CurveInfluence, "atRisk" | "event">, areas: Float64Array) {
  // Once S is 0 there is no area left to move, however much log S would.
  const moved = (change: number, k: number) => (areas[k] === 0 ? 0 : areas[k] * change);
  const before = new Float64Array(areas.length + 1);
  for (let k = 0; k < areas.length; k++) before[k + 1] = before[k] + moved(atRisk[k], k);
  return (first: number, last: number, isEvent: boolean): number => {
    const to = Math.min(last, areas.length);
    const survived = before[to] - before[Math.min(first, to)];
    return last >= areas.length ? survived : survived + moved(isEvent ? event[last] : atRisk[last], last);
  };
}

/** The areas under a curve from each of its times up to tau to there, and the whole area from 0. */
export function areasUpTo({ time, survival }: Pick<SurvivalCurve, "time" | "survival">, tau: number) {
  const used = time.filter((t) => t <= tau).length;
  const areas = new Float64Array(used);
  let [area, end] = [0, tau];
  for (let k = used - 1; k >= 0; k--) {
    area += survival[k] * (end - time[k]);
    end = time[k];
    areas[k] = area;
  }
  return {
    areas,
    mean: area + end,
    extended: used > 0 && used === time.length && time[used - 1] < tau && survival[used - 1] > 0,
  };
}
