import { InvalidInputError, normalQuantile } from "../statistics";
import { checkInterval, type IntervalType, nullForNaN, survivalLimits } from "./confidence-interval";
import { type EventTable, eventTable, type RiskSetSteps, stepsByGroup } from "./event-table";
import { groupRows } from "./groups";
import { checkConfidence, checkOutcome, type Labels, type Outcome } from "./outcome";
import { infinitesimalJackknife } from "./robust-survival";
import { type SortedOutcome, sortAndTie } from "./tied-times";

/** An estimated survival function: a step function that changes at `time`, one element a distinct observed time. */
export interface SurvivalCurve {
  /** The group's label, "all" without groups. */
  readonly label: string;
  /** Rows in the group (not their weights). */
  readonly n: number;
  /** Distinct times at which a row had its event or was censored, increasing. */
  readonly time: readonly number[];
  /** Number (or weight) at risk just before each time: those whose time is the same or later and who have entered. */
  readonly atRisk: readonly number[];
  /** Number (or weight) of events at each time. */
  readonly events: readonly number[];
  /** Number (or weight) censored at each time; they count as at risk for the events at that time. */
  readonly censored: readonly number[];
  /** Kaplan–Meier's probability of no event up to and including each time. */
  readonly survival: readonly number[];
  /** Standard error of `survival` (not of its logarithm, as in R's survfit object); null once survival is 0 (0 if `robust`). */
  readonly standardError: readonly (number | null)[];
  /** Nelson–Aalen's cumulative hazard. */
  readonly cumulativeHazard: readonly number[];
  /** Pointwise limits of `survival`; null where the interval's scale does not allow any (survival 0, or 1 on some). */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** With left truncation: the times at which rows entered, increasing, and the weight that entered at each. */
  readonly entered?: { readonly time: readonly number[]; readonly weight: readonly number[] };
  readonly confidence: number;
  readonly interval: IntervalType;
  /** True if the standard error is the robust one, as it is when weights are not whole numbers. */
  readonly robust: boolean;
}

export interface KaplanMeierOptions {
  /** Coverage of the pointwise interval, 0.95 unless told. */
  readonly confidence?: number;
  /** The interval's scale, "log" unless told, as in R. */
  readonly interval?: IntervalType;
  /** The order in which the groups' curves come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
}

/**
 * Kaplan–Meier's estimate of the survival function, one curve a group; R's `survfit(Surv(time, event) ~ group)`.
 *
 * One wants it to see when events occur while some rows are censored: at each time the share of those at risk who
 * have no event multiplies what is left, S(t) = ∏ (1 − d/n) over times up to t (Kaplan and Meier 1958, JASA 53:457).
 * The standard error is Greenwood's, S·√Σ d/(n(n − d)). The cumulative hazard is Nelson's and Aalen's Σ d/n.
 *
 * Whole weights are counts of like rows. With other weights Greenwood's formula does not hold, and the standard error
 * is the infinitesimal jackknife's, each row being its own cluster, as in R. Rows with an entry are at risk on
 * (entry, time]. Times that differ by rounding only are one time (R's `timefix`).
 *
 * @param outcome time, event, optionally entry, weights and group, all of length n
 * @returns a curve for each group, or one
 * @throws {InvalidInputError} if lengths differ, a time is negative or not finite, an event is not 0 or 1, an entry
 *   is not before its time, a weight is negative, or a group is missing, naming argument and index
 * @example
 * const [curve] = kaplanMeier({ time: [2, 5, 5, 8], event: [1, 1, 0, 0] });
 * curve.survival // [0.75, 0.5, 0.5]
 */
export function kaplanMeier(
  outcome: Outcome & { readonly group?: Labels },
  options: KaplanMeierOptions = {},
): SurvivalCurve[] {
  const action = "kaplanMeier";
  const { confidence = 0.95, interval = "log" } = options;
  checkConfidence(action, confidence);
  checkInterval(action, interval);
  const checked = checkOutcome(action, outcome);
  const groups =
    outcome.group === undefined ? null : groupRows(action, "group", outcome.group, checked.n, options.order);
  const sorted = sortAndTie(action, checked);
  const steps = stepsByGroup(sorted, groups);
  const labels = groups === null ? ["all"] : groups.labels;
  return labels.map((label, group) => estimate(sorted, steps[group], { label, confidence, interval }));
}

/** Throws where there is no curve, as for a second group of rows that are all in one. */
export function checkCurve(action: string, argument: string, curve: SurvivalCurve | undefined): void {
  if (curve !== undefined) return;
  throw new InvalidInputError(`${action}: ${argument} is undefined; a curve is needed`, argument);
}

/** One group's curve from the steps of its risk set. */
function estimate(
  outcome: SortedOutcome,
  steps: RiskSetSteps,
  { label, confidence, interval }: Pick<SurvivalCurve, "label" | "confidence" | "interval">,
): SurvivalCurve {
  const table = eventTable(outcome, steps);
  const { survival, cumulativeHazard, greenwood } = product(table);
  const robust = outcome.weights?.some((weight) => !Number.isInteger(weight)) ?? false;
  const variance = robust ? infinitesimalJackknife(outcome, steps, table, greenwood) : greenwood;
  const z = normalQuantile((1 + confidence) / 2);
  return {
    label,
    n: steps.rows.length,
    ...table,
    survival,
    standardError: standardErrors(survival, variance),
    cumulativeHazard,
    ...survivalLimits(survival, variance, z, interval),
    ...(outcome.entry === null ? {} : { entered: entries(outcome.entry, outcome.weights, steps.entered) }),
    confidence,
    interval,
    robust,
  };
}

/** When rows entered, and with what weight; rows that enter at one time are one element. */
function entries(
  entry: Float64Array,
  weights: Float64Array | null,
  entered: Uint32Array,
): NonNullable<SurvivalCurve["entered"]> {
  const time: number[] = [];
  const weight: number[] = [];
  for (const position of entered) {
    const at = entry[position];
    if (time.length === 0 || time[time.length - 1] !== at) {
      time.push(at);
      weight.push(0);
    }
    weight[weight.length - 1] += weights === null ? 1 : weights[position];
  }
  return { time, weight };
}

/** S = ∏ (n − d)/n, H = Σ d/n and Greenwood's sum Σ d/(n(n − d)), the variance of log S, up to each time. */
function product(table: EventTable) {
  const length = table.time.length;
  const survival = new Array<number>(length);
  const cumulativeHazard = new Array<number>(length);
  const greenwood = new Float64Array(length);
  let s = 1;
  let hazard = 0;
  let sum = 0;
  for (let k = 0; k < length; k++) {
    const events = table.events[k];
    if (events > 0) {
      const atRisk = table.atRisk[k];
      s *= (atRisk - events) / atRisk;
      hazard += events / atRisk;
      sum += events / (atRisk * (atRisk - events));
    }
    survival[k] = s;
    cumulativeHazard[k] = hazard;
    greenwood[k] = sum;
  }
  return { survival, cumulativeHazard, greenwood };
}

/** S times the standard error of log S; Greenwood's sum is infinite once S is 0, and then there is none. */
function standardErrors(survival: readonly number[], varianceOfLog: Float64Array): (number | null)[] {
  const errors = new Array<number>(survival.length);
  for (let k = 0; k < survival.length; k++) errors[k] = survival[k] * Math.sqrt(varianceOfLog[k]); // 0·∞ is NaN
  return nullForNaN(errors);
}
