import { GroupComparisonError, NoEventsError, seededRandom } from "../statistics";
import { logRank } from "../survival";
import { drawTrial, type Trial } from "./trial";
import type { Work } from "./work";

/** Simulated trials; a unit is one trial, with its own stream of the seed. */
export interface PowerTask {
  readonly kind: "power";
  readonly trial: Trial;
  readonly seed: number;
  readonly rho: number;
}

/**
 * A unit gives the p value of its log-rank test and the events of the control and the treated group. The p value is
 * 1 where nothing can be compared, which the reason says.
 */
export function powerWork({ trial, seed, rho }: PowerTask): Work {
  return {
    width: 3,
    run(unit, values, at) {
      const { time, event, group } = drawTrial(trial, seededRandom(seed, unit));
      event.forEach((isEvent, i) => {
        if (isEvent) values[at + (i < trial.n.control ? 1 : 2)]++;
      });
      values[at] = 1;
      try {
        values[at] = logRank({ time, event, group }, { rho }).pValue;
        return null;
      } catch (error) {
        if (error instanceof NoEventsError || error instanceof GroupComparisonError) return error.message;
        throw error;
      }
    },
  };
}
