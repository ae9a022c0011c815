import { InvalidInputError } from "../../statistics";
import { exp } from "../../statistics/elementary";
import { checkFields, countUpTo, lengthOf } from "../../statistics/inner";
import { askedLimits, deltaError } from "../confidence-interval";
import type { CheckedOutcome, Outcome, Vector } from "../outcome";
import { checkIncreasing, checkInput, checkOutcome, covariateNames, shown } from "../outcome";
import { COX_INPUT, type CoxInput, takeCoxRows } from "./design";
import type { CoxFit, CoxTerm } from "./types";

/** A stretch of a row's time. */
export interface Episode {
  /** The row that it is of, from 0. */
  readonly row: number;
  readonly entry: number;
  readonly time: number;
  /** 1 in the last episode of a row with the event, else 0. */
  readonly event: number;
  /** The stretch between two cuts, from 1, the one before the first cut. */
  readonly episode: number;
}

/**
 * Cuts each row's time at given times, so that a covariate or its coefficient may be another in each stretch; R's
 * `survSplit(Surv(entry, time, event) ~ ., cut = cuts, episode = "episode")`.
 *
 * Rows are at risk on (entry, time]; an event at a cut is in the stretch that ends there. A Cox model of the episodes with the
 * rows' own covariates is that of the rows (Therneau and Grambsch 2000, section 3.7).
 *
 * @param input time, event, and entry where rows begin later than at 0
 * @param cuts increasing times
 * @returns episodes in the order of rows, then by time
 * @throws {InvalidInputError} if a time is 0, which has no length to be cut, or another argument cannot be used
 * @example splitAt({ time: [30], event: [1] }, [12, 24]).map(({ entry, time }) => [entry, time]) // [[0, 12], [12, 24], [24, 30]]
 */
export function splitAt(input: Pick<Outcome, "time" | "event" | "entry">, cuts: Vector): Episode[] {
  const action = "splitAt";
  checkInput(action, input, COX_INPUT);
  const { time, event, entry } = input;
  const at = checkIncreasing(action, cuts, "cuts");
  return cutRows(action, checkOutcome(action, { time, event, entry }), at);
}

function cutRows(action: string, { n, time, event, entry }: CheckedOutcome, cuts: Float64Array): Episode[] {
  const episodes: Episode[] = [];
  for (let row = 0; row < n; row++) {
    // Whoever entered before 0 is there from 0 on.
    let from = Math.max(0, entry?.[row] ?? 0);
    if (time[row] === 0) {
      const message = `${action}: time[${row}] is 0; (0, 0] has no length that could be cut. Put a small time in place of 0, for all such rows the same`;
      throw new InvalidInputError(message, "time", row);
    }
    let k = countUpTo(cuts.length, (at) => cuts[at] <= from);
    for (; k < cuts.length && cuts[k] < time[row]; k++) {
      episodes.push({ row, entry: from, time: cuts[k], event: 0, episode: k + 1 });
      from = cuts[k];
    }
    episodes.push({ row, entry: from, time: time[row], event: event[row], episode: k + 1 });
  }
  return episodes;
}

/** A coefficient that changes with time: the covariate gets a second column, itself times g(t). */
export interface CovariateOverTime {
  /** The covariate. */
  readonly name: string;
  readonly g: (time: number) => number;
  /** What the second column is called. */
  readonly column: string;
}

/**
 * Says that the coefficient of a covariate changes with time as β + γ·g(t); R's `tt(x)` with `tt = function(x, t, ...) x * g(t)`.
 *
 * One wants it where the test of proportional hazards fails: with g = log the hazard ratio rises or falls with the logarithm of
 * time, with g = (t) => Number(t > 12) it has one value up to month 12 and another after it (Therneau and Grambsch 2000,
 * section 6.5). `atEventTimes` makes the rows, `hazardRatioOverTime` the curve.
 *
 * @param name a covariate of the model
 * @param g a function of the time of an event, finite at all of them
 * @param label what stands for g in the name of the second column; "g(t)" unless told
 * @throws {InvalidInputError} if name is no text, or g no function
 * @example timeTransform("featured", Math.log, "log t")
 */
export function timeTransform(name: string, g: (time: number) => number, label = "g(t)"): CovariateOverTime {
  for (const [argument, value] of [["name", name] as const, ["label", label] as const]) {
    if (typeof value === "string" && value !== "") continue;
    throw new InvalidInputError(`timeTransform: ${argument} is ${shown(value)}; a text is needed`, argument);
  }
  if (typeof g !== "function") {
    throw new InvalidInputError(`timeTransform: g is ${shown(g)}; a function of time is needed`, "g");
  }
  return { name, g, column: `${name} × ${label}` };
}

/**
 * The rows of a Cox model cut at all event times, with the second column of each covariate whose coefficient changes: what R's
 * `coxph(… + tt(x))` does inside, here as rows that one can look at.
 *
 * A covariate x·g(t) matters only where an event occurs, so that rows cut there give its exact partial likelihood. A model of
 * n rows and d event times has up to n·d of them; strata, cluster, weights, counts and offset go with their row.
 *
 * @param input as of cox()
 * @param transforms from timeTransform
 * @returns an input of cox(), whose `row` says which row each episode is of
 * @throws {InvalidInputError} if a covariate is not there, a column's name is taken, g is not finite, or a time is 0
 * @example cox(atEventTimes({ time, event, covariates: { featured } }, [timeTransform("featured", Math.log, "log t")]))
 */
export function atEventTimes(
  input: CoxInput,
  transforms: readonly CovariateOverTime[],
): CoxInput & { readonly row: readonly number[] } {
  lengthOf("atEventTimes", "transforms", transforms);
  const action = "atEventTimes";
  checkInput(action, input, COX_INPUT);
  const { covariates } = input;
  const checked = checkOutcome(action, input);
  const withEvent = checked.time.filter((_, i) => checked.event[i] === 1);
  const episodes = cutRows(action, checked, Float64Array.from(new Set(withEvent)).sort());
  const row = episodes.map((episode) => episode.row);
  const split = takeCoxRows(input, row);
  const columns: Record<string, Vector> = { ...split.covariates };
  for (const { name, g, column } of transforms) {
    const isThere = Object.hasOwn(covariates, name);
    if (!isThere || Object.hasOwn(columns, column)) {
      const problem = isThere
        ? `there is a column ${shown(column)} already; give timeTransform another label`
        : `there is no covariate ${shown(name)}; there are ${Object.keys(covariates).map(shown).join(", ")}`;
      throw new InvalidInputError(`${action}: ${problem}`, "transforms");
    }
    columns[column] = episodes.map(({ row, time }) => covariates[name][row] * valueAt(action, name, g, time));
  }
  return {
    ...split,
    time: episodes.map((episode) => episode.time),
    event: episodes.map((episode) => episode.event),
    entry: episodes.map((episode) => episode.entry),
    covariates: columns,
    order: [...covariateNames(action, input), ...transforms.map(({ column }) => column)],
    row,
  };
}

function valueAt(action: string, name: string, g: (time: number) => number, time: number): number {
  const value = g(time);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const message = `${action}: g of ${shown(name)} is ${shown(value)} at time ${time}; a finite number is needed`;
  throw new InvalidInputError(message, "g");
}

/** A hazard ratio at a time: its logarithm with the error, and its limits. */
export interface HazardRatioAtTime
  extends Pick<CoxTerm, "hazardRatio" | "lower" | "upper" | "coefficient" | "standardError"> {
  readonly time: number;
}

/**
 * The hazard ratio of one unit of a covariate as a function of time, exp(β + γ·g(t)), with pointwise limits, after a fit of
 * `atEventTimes`. It is the picture that belongs to R's `tt()`; limits are Wald's with the fit's own (robust) variance.
 *
 * @param transforms those of the fit, all of one covariate
 * @param times at which the ratio is wanted, increasing
 * @throws {InvalidInputError} if the fit lacks a column, or its robust variance does not hold
 * @example hazardRatioOverTime(fit, [timeTransform("featured", Math.log, "log t")], [6, 12, 24, 48])
 */
export function hazardRatioOverTime(
  fit: CoxFit,
  transforms: readonly CovariateOverTime[],
  times: Vector,
  options: { readonly confidence?: number } = {},
): HazardRatioAtTime[] {
  const action = "hazardRatioOverTime";
  checkFields(action, "options", options, ["confidence"]);
  const { z } = askedLimits(action, options);
  const at = checkIncreasing(action, times);
  const names = new Set(transforms.map(({ name }) => name));
  const [name] = names;
  if (names.size !== 1) {
    const message = `${action}: transforms are of ${names.size} covariates; those of one are needed`;
    throw new InvalidInputError(message, "transforms");
  }
  const lacking = transforms.find(({ column }) => !fit.terms.some((term) => term.name === column));
  const { covariance } = fit;
  if (lacking !== undefined || covariance === null) {
    const problem = lacking ? `fit has no term ${shown(lacking.column)}` : "the fit's robust variance does not hold";
    throw new InvalidInputError(`${action}: ${problem}`, "fit");
  }
  return Array.from(at, (time) => {
    // Of β·1 + Σ γ·g(t); the covariate itself may have been left out, where the others say all.
    const gradient = fit.terms.map((term) => {
      const transform = transforms.find(({ column }) => column === term.name);
      return transform === undefined ? Number(term.name === name) : valueAt(action, name, transform.g, time);
    });
    const coefficient = fit.terms.reduce((sum, term, j) => sum + term.coefficient * gradient[j], 0);
    const standardError = deltaError(gradient, covariance);
    const [lower, upper] = [-z, z].map((quantile) => exp(coefficient + quantile * standardError));
    return { time, hazardRatio: exp(coefficient), lower, upper, coefficient, standardError };
  });
}
