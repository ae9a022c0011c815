import { GroupComparisonError, InvalidInputError, NoEventsError, type RandomSource, seededRandom } from "../statistics";
import { log1p, pow } from "../statistics/elementary";
import { calledAs, checkPositive, checkWhole } from "../statistics/inner";
import { logRank } from "../survival";
import type { Work } from "./work";

/** A comparison of two groups that is to be planned. Times are in one unit. */
export interface Trial {
  /** Rows in each group. */
  readonly n: { readonly control: number; readonly treated: number };
  /** When half of the control group would have had the event. */
  readonly controlMedian: number;
  /** Weibull's shape, the same in both groups: 1 (unless told) is exponential, below 1 the hazard falls. */
  readonly shape?: number;
  /** Hazard of the treated over that of the controls, at all times. */
  readonly hazardRatio: number;
  /** Rows enter evenly over this time, 0 unless told. */
  readonly accrual?: number;
  /** Observation goes on for this long after the last may have entered. */
  readonly followUp: number;
  /** Hazard of being lost from view, in both groups; 0 unless told. */
  readonly lossRate?: number;
}

/** One simulated set of data, in the form that {@link kaplanMeier} and {@link logRank} take. */
export interface SimulatedTrial {
  readonly time: number[];
  readonly event: boolean[];
  /** "control" or "treated". */
  readonly group: string[];
}

/** @throws {InvalidInputError} naming the argument */
export function checkTrial(action: string, trial: Trial): void {
  checkWhole(action, "n.control", trial.n.control, 1, 1e8);
  checkWhole(action, "n.treated", trial.n.treated, 1, 1e8);
  checkPositive(action, "controlMedian", trial.controlMedian);
  checkPositive(action, "shape", trial.shape ?? 1);
  checkPositive(action, "hazardRatio", trial.hazardRatio);
  checkPositive(action, "accrual", trial.accrual ?? 0, true);
  checkPositive(action, "followUp", trial.followUp, true);
  checkPositive(action, "lossRate", trial.lossRate ?? 0, true);
  for (const [argument, ratio] of [
    ["controlMedian", 1],
    ["hazardRatio", trial.hazardRatio],
  ] as const) {
    const scale = (trial.controlMedian / pow(Math.LN2, 1 / (trial.shape ?? 1))) * pow(ratio, -1 / (trial.shape ?? 1));
    if (Number.isFinite(scale) && scale > 0) continue;
    const message = `${action}: with the shape ${trial.shape ?? 1} the times of release have the scale ${scale}; a number above 0 is needed`;
    throw new InvalidInputError(message, argument);
  }
  if (trial.followUp + (trial.accrual ?? 0) === 0) {
    throw new InvalidInputError(
      `${action}: followUp and accrual are 0; observation of some length is needed`,
      "followUp",
    );
  }
}

/**
 * Draws one trial. S(t) = exp(−(t/scale)^shape); a hazard ratio h multiplies the scale by h^(−1/shape). Each row takes
 * its numbers in the same order whatever the design, so that designs are compared on the same draws.
 */
export function drawTrial(trial: Trial, random: RandomSource): SimulatedTrial {
  const { n, controlMedian, shape = 1, hazardRatio, accrual = 0, followUp, lossRate = 0 } = trial;
  const controlScale = controlMedian / pow(Math.LN2, 1 / shape);
  const treatedScale = controlScale * pow(hazardRatio, -1 / shape);
  const rows = n.control + n.treated;
  const time = new Array<number>(rows);
  const event = new Array<boolean>(rows);
  const group = new Array<string>(rows);
  for (let i = 0; i < rows; i++) {
    const isControl = i < n.control;
    const hazard = -log1p(-random.next());
    const happens = (isControl ? controlScale : treatedScale) * pow(hazard, 1 / shape);
    const closes = followUp + accrual * random.next();
    const loss = -log1p(-random.next());
    const ends = lossRate === 0 ? closes : Math.min(closes, loss / lossRate);
    time[i] = Math.min(happens, ends);
    event[i] = happens <= ends;
    group[i] = isControl ? "control" : "treated";
  }
  return { time, event, group };
}

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
        values[at] = calledAs("powerBySimulation", () => logRank({ time, event, group }, { rho }).pValue);
        return null;
      } catch (error) {
        if (error instanceof NoEventsError || error instanceof GroupComparisonError) return error.message;
        throw error;
      }
    },
  };
}
