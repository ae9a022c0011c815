import { binomialInterval, normalCdf, normalQuantile, seededRandom } from "../statistics";
import { log } from "../statistics/elementary";
import { checkConfidence, checkFields, checkInside, checkPositive, checkWhole } from "../statistics/inner";
import { checkReplicates, type ThreadOptions } from "./options";
import { runTask } from "./run-task";
import { checkTrial, drawTrial, type SimulatedTrial, type Trial } from "./trial";

export interface PowerOptions extends ThreadOptions {
  /** Two-sided level of the log-rank test, 0.05 unless told. */
  readonly alpha?: number;
  /** Exponent of S(t−) in the test's weights, 0 unless told. */
  readonly rho?: number;
  /** Simulated trials, 2,000 unless told. */
  readonly simulations?: number;
  /** Seed, 1 unless told; trial k is its stream k. */
  readonly seed?: number;
  /** Coverage of the interval of the power, 0.95 unless told. */
  readonly confidence?: number;
}

export interface Power {
  /** Share of simulated trials whose test rejects. */
  readonly power: number;
  /** Its exact interval, which shows the simulation's error only. */
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly rejected: number;
  readonly simulations: number;
  /** Trials in which nothing could be tested, as without an event; they count as not rejecting. */
  readonly untestable: number;
  /** Mean events a trial. */
  readonly events: { readonly control: number; readonly treated: number };
}

/**
 * The power of a log-rank test of two groups, by simulation; beside Schoenfeld's formula ({@link schoenfeldPower}), which
 * R's `Hmisc::cpower` and `gsDesign::nSurv` refine.
 *
 * One wants it to know whether a comparison of this size could have found a difference of this kind, or how many rows
 * would. Simulation holds where the formula does not: few events, ratios far from 1, unequal groups. Event times
 * are exponential or Weibull with proportional hazards, rows enter evenly over the accrual time, and are censored at the
 * end of observation or lost before (Bender, Augustin and Blettner 2005, Statistics in Medicine 24:1713).
 *
 * @param trial group sizes, the controls' median, hazard ratio, accrual and follow-up, in one unit of time
 * @returns the power with its Monte Carlo interval (Clopper–Pearson)
 * @throws {InvalidInputError} naming the argument
 * @throws {ThreadError} if threads are asked for and cannot be had
 * @throws the signal's reason once it has fired
 * @example
 * const trial = { n: { control: 18, treated: 19 }, controlMedian: 60, hazardRatio: 3, followUp: 36 };
 * (await powerBySimulation(trial, { simulations: 2000, threads: 2 })).power // 0.656
 */
export async function powerBySimulation(trial: Trial, options: PowerOptions = {}): Promise<Power> {
  const action = "powerBySimulation";
  checkFields(action, "options", options, [
    "alpha",
    "rho",
    "simulations",
    "seed",
    "confidence",
    "threads",
    "workerSource",
    "signal",
    "onProgress",
  ]);
  const { alpha = 0.05, rho = 0, simulations = 2000, seed = 1, confidence = 0.95 } = options;
  checkTrial(action, trial);
  checkConfidence(action, confidence);
  checkReplicates(action, "simulations", simulations, seed);
  checkPositive(action, "rho", rho, true);
  checkInside(action, "alpha", alpha, 0.05);
  const task = { kind: "power", trial, seed, rho } as const;
  const { values, width, failures } = await runTask(action, task, simulations, options);
  let rejected = 0;
  let control = 0;
  let treated = 0;
  for (let at = 0; at < values.length; at += width) {
    if (values[at] <= alpha) rejected++;
    control += values[at + 1];
    treated += values[at + 2];
  }
  const { estimate, lower, upper } = binomialInterval(rejected, simulations, confidence);
  return {
    power: estimate,
    lower,
    upper,
    confidence,
    rejected,
    simulations,
    untestable: failures.length,
    events: { control: control / simulations, treated: treated / simulations },
  };
}

/**
 * The data of one simulated trial, the same that {@link powerBySimulation} draws for the seed and the trial's number.
 *
 * One wants it to look at what the simulation simulates: `kaplanMeier(simulateTrial(trial))`.
 *
 * @param index which trial, from 0
 * @throws {InvalidInputError} naming the argument
 * @example simulateTrial({ n: { control: 2, treated: 2 }, controlMedian: 60, hazardRatio: 3, followUp: 36 }).group // ["control", "control", "treated", "treated"]
 */
export function simulateTrial(trial: Trial, seed = 1, index = 0): SimulatedTrial {
  const action = "simulateTrial";
  checkTrial(action, trial);
  checkWhole(action, "seed", seed, 0);
  checkWhole(action, "index", index, 0, 0x100000000 - 1);
  return drawTrial(trial, seededRandom(seed, index));
}

/**
 * The power of a two-sided log-rank test by Schoenfeld's formula, Φ(√(d·p(1 − p))·|log h| − z): what events are
 * worth, whatever the time that they take (Schoenfeld 1981, Biometrika 68:316; 1983, Biometrics 39:499).
 *
 * One wants it for a first look, and beside {@link powerBySimulation}, which it overstates or understates where
 * events are few or hazards far apart.
 *
 * @param events expected events in both groups together
 * @param hazardRatio hazard of the treated over that of the controls
 * @param share of rows that are treated, 0.5 unless told
 * @param alpha two-sided level, 0.05 unless told
 * @throws {InvalidInputError} naming the argument
 * @example schoenfeldPower(66, 2) // 0.80
 */
export function schoenfeldPower(events: number, hazardRatio: number, share = 0.5, alpha = 0.05): number {
  const action = "schoenfeldPower";
  checkPositive(action, "events", events, true);
  checkPositive(action, "hazardRatio", hazardRatio);
  checkInside(action, "alpha", alpha, 0.05);
  checkInside(action, "share", share, 0.5);
  const drift = Math.sqrt(events * share * (1 - share)) * Math.abs(log(hazardRatio));
  const z = normalQuantile(1 - alpha / 2);
  // The other tail counts where the drift is small: at hazard ratio 1 the power is alpha.
  return normalCdf(drift - z) + normalCdf(-drift - z);
}
