import { InvalidInputError } from "../statistics";
import { exp, square } from "../statistics/elementary";
import { checkFields, checkFlag, checkOneOf, doubles, fillSumTerms, sumTerms, toList } from "../statistics/inner";
import { askedLimits, type IntervalType, type LimitOptions, nullForNaN, survivalLimits } from "./confidence-interval";
import { type EventTable, eventTable, type RiskSetSteps, stepsByGroup } from "./event-table";
import { groupRows } from "./groups";
import { checkInput, checkOutcome, hasFractions, type Labels, OUTCOME, type Outcome, squaredWeight } from "./outcome";
import { infinitesimalJackknife } from "./robust-survival";
import { type SortedOutcome, sortAndTie } from "./tied-times";

/** An estimated survival function: a step function that changes at `time`, one element a distinct observed time. */
export interface SurvivalCurve {
  /** The group's label, "all" without groups. */
  readonly label: string;
  /** Rows in the group (not their weights), each as often as it was counted. */
  readonly n: number;
  /** Distinct times at which a row had its event or was censored, increasing. */
  readonly time: readonly number[];
  /** Number (or weight) at risk just before each time: those whose time is the same or later and who have entered. */
  readonly atRisk: readonly number[];
  /** Number (or weight) of events at each time. */
  readonly events: readonly number[];
  /** Number (or weight) censored at each time; they count as at risk for the events at that time. */
  readonly censored: readonly number[];
  /** Kaplan–Meier's probability of no event up to and including each time; exp(−cumulative hazard) with stype 2. */
  readonly survival: readonly number[];
  /** Standard error of `survival` (not of its logarithm, as in R's survfit object); null once survival is 0 (0 if `robust`). */
  readonly standardError: readonly (number | null)[];
  /** Nelson–Aalen's cumulative hazard; Fleming and Harrington's with ctype 2. */
  readonly cumulativeHazard: readonly number[];
  /** Pointwise limits of `survival`; null where the interval's scale does not allow any (survival 0, or 1 on some, or "none"). */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** With left truncation: the times at which rows entered, increasing, and the weight that entered at each. */
  readonly entered?: { readonly time: readonly number[]; readonly weight: readonly number[] };
  readonly confidence: number;
  readonly interval: IntervalType;
  /** True if the standard error is the robust one, as it is when weights are not whole numbers. */
  readonly robust: boolean;
  /** Of a robust curve: what rows owe it, for the variance of an area under it. */
  readonly influence?: CurveInfluence;
}

/** How log S depends on the weights of rows. */
export interface CurveInfluence {
  /** ∂log S/∂w at each time of the curve: of a row at risk that has no event then, and of one that has its event. */
  readonly atRisk: readonly number[];
  readonly event: readonly number[];
  /** Rows that come and leave alike: first and last index of the times at which they are at risk, and Σ of squared weights. */
  readonly rows: readonly {
    readonly first: number;
    readonly last: number;
    readonly event: boolean;
    readonly squares: number;
  }[];
}

export interface KaplanMeierOptions extends LimitOptions {
  /** The order in which the groups' curves come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
  /** The standard error: true for the infinitesimal jackknife's, false for Greenwood's; by the weights unless told. */
  readonly robust?: boolean;
  /** Survival as the product of Kaplan and Meier (1, unless told) or as exp(−cumulative hazard) (2); R's `stype`. */
  readonly stype?: 1 | 2;
  /** Hazards of tied events together as Nelson and Aalen have them (1, unless told), or one after the other (2); R's `ctype`. */
  readonly ctype?: 1 | 2;
  /** Lower limits where nobody has the event for long: as they are, by Peto's variance (1 − S)/n, or by the number at risk now
   * instead of that at the last event; R's `conf.lower`. */
  readonly confLower?: "usual" | "peto" | "modified";
}

/**
 * Kaplan–Meier's estimate of the survival function, one curve a group; R's `survfit(Surv(time, event) ~ group)`.
 *
 * One wants it to see when events occur while some rows are censored: at each time the share of those at risk who
 * have no event multiplies what is left, S(t) = ∏ (1 − d/n) over times up to t (Kaplan and Meier 1958, JASA 53:457).
 * The standard error is Greenwood's, S·√Σ d/(n(n − d)). The cumulative hazard is Nelson's and Aalen's Σ d/n.
 *
 * `counts` say how many like rows there are; whole weights are taken for such counts too, as in R. With other weights
 * Greenwood's formula does not hold, and the standard error is the infinitesimal jackknife's, each row (and each of its
 * copies) being its own cluster, as in R. Rows with an entry are at risk on
 * (entry, time]. Times that differ by rounding only are one time (R's `timefix`).
 *
 * With `stype: 2` survival is exp(−H) (Breslow's, or with `ctype: 2` Fleming and Harrington's, which counts d tied events as
 * d in a row: Σ 1/(n − j), j < d; 1984, Communications in Statistics 13:2469), and the standard error is that of H.
 *
 * @param outcome time, event, optionally entry, weights, counts and group, all of length n
 * @returns a curve for each group, or one
 * @throws {InvalidInputError} if lengths differ, a time is negative or not finite, an event is not 0 or 1, an entry
 *   is not before its time, a weight is negative, a count is no whole number from 1, or a group is missing, naming argument
 *   and index
 * @example
 * const [curve] = kaplanMeier({ time: [2, 5, 5, 8], event: [1, 1, 0, 0] });
 * curve.survival // [0.75, 0.5, 0.5]
 */
export function kaplanMeier(
  outcome: Outcome & { readonly group?: Labels },
  options: KaplanMeierOptions = {},
): SurvivalCurve[] {
  const action = "kaplanMeier";
  const { robust, stype = 1, ctype = 1, confLower = "usual" } = options;
  checkFields(action, "options", options, ["confidence", "interval", "order", "robust", "stype", "ctype", "confLower"]);
  const { limits, z } = askedLimits(action, options);
  checkFlag(action, "robust", robust);
  checkOneOf(action, "stype", stype, [1, 2]);
  checkOneOf(action, "ctype", ctype, [1, 2]);
  checkOneOf(action, "confLower", confLower, ["usual", "peto", "modified"]);
  checkInput(action, outcome, [...OUTCOME, "group"]);
  const checked = checkOutcome(action, outcome);
  const groups =
    outcome.group === undefined ? null : groupRows(action, "group", outcome.group, checked.n, options.order);
  const sorted = sortAndTie(action, checked);
  const steps = stepsByGroup(sorted, groups);
  const labels = groups === null ? ["all"] : groups.labels;
  const asked = { ...limits, z, robust, stype, ctype, confLower };
  return labels.map((label, group) => estimate(sorted, steps[group], label, asked));
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
  label: string,
  asked: Required<Omit<KaplanMeierOptions, "order" | "robust">> &
    Pick<KaplanMeierOptions, "robust"> & { readonly z: number },
): SurvivalCurve {
  const { confidence, interval, z } = asked;
  const table = eventTable(outcome, steps);
  const tied = asked.ctype === 2 ? tiedRows(outcome, steps) : null;
  const { survival, cumulativeHazard, change, own } = product(table, tied, asked.stype);
  const robust = asked.robust ?? hasFractions(outcome);
  const sums = cumulated(change);
  const variance = robust ? infinitesimalJackknife(outcome, steps, table, sums, own) : sums;
  const below = varianceBelow(asked.confLower, table, survival, variance);
  return {
    label,
    n: rowsOf(outcome, steps),
    ...table,
    survival,
    standardError: standardErrors(survival, variance),
    cumulativeHazard,
    ...survivalLimits(survival, variance, z, interval, below),
    ...(outcome.entry === null ? {} : { entered: entries(outcome.entry, outcome.weights, steps.entered) }),
    confidence,
    interval,
    robust,
    ...(robust && {
      influence: { atRisk: toList(change.map(finite)), event: toList(own), rows: leavingRows(outcome, steps) },
    }),
  };
}

/** How many rows there are in a group, each as often as it was counted. */
export function rowsOf({ counts }: Pick<SortedOutcome, "counts">, { rows }: RiskSetSteps): number {
  return counts === null ? rows.length : rows.reduce((sum, row) => sum + counts[row], 0);
}

/** Where all have the event log S has no end, and S, once it is 0, is moved by nothing. */
const finite = (change: number) => (Number.isFinite(change) ? change : 0);

/** How many rows with a weight have their event at each time; R's `ctype = 2` counts rows, whatever they weigh. */
function tiedRows({ event, weights, counts }: SortedOutcome, { rows, leaves }: RiskSetSteps): Tied {
  const pieces = Array.from({ length: leaves.length - 1 }, (_, k) => {
    let count = 0;
    for (let i = leaves[k]; i < leaves[k + 1]; i++) {
      if (event[rows[i]] === 1 && (weights === null || weights[rows[i]] > 0)) count += counts?.[rows[i]] ?? 1;
    }
    return count;
  });
  return { pieces, counted: counts !== null };
}

/** How many events there are one after the other at each time; of counts the sums are made from a few terms. */
interface Tied {
  readonly pieces: readonly number[];
  readonly counted: boolean;
}

/** Σ of squared weights over rows that are at risk at the same times and end alike. */
function leavingRows(outcome: SortedOutcome, { rows, leaves, entered, enters }: RiskSetSteps): CurveInfluence["rows"] {
  const { n, event } = outcome;
  const firstOf = new Uint32Array(n);
  const found = new Map<number, { first: number; last: number; event: boolean; squares: number }>();
  for (let last = 0; last + 1 < leaves.length; last++) {
    for (let i = enters[last]; i < enters[last + 1]; i++) firstOf[entered[i]] = last;
    for (let i = leaves[last]; i < leaves[last + 1]; i++) {
      const row = rows[i];
      const key = 2 * (firstOf[row] * leaves.length + last) + event[row];
      const like = found.get(key) ?? { first: firstOf[row], last, event: event[row] === 1, squares: 0 };
      like.squares += squaredWeight(outcome, row);
      found.set(key, like);
    }
  }
  return [...found.values()];
}

/** R's variances for lower limits; that of log S itself unless something else is asked for. */
function varianceBelow(
  which: NonNullable<KaplanMeierOptions["confLower"]>,
  { atRisk, events }: EventTable,
  survival: readonly number[],
  variance: Float64Array,
): Float64Array {
  if (which === "usual") return variance;
  let atLastEvent = atRisk[0];
  return variance.map((value, k) => {
    if (events[k] > 0) atLastEvent = atRisk[k];
    if (which === "modified") return (value * atLastEvent) / atRisk[k];
    // Where S is still 1 R takes the usual one, which is 0; where it is 0 there is none.
    return survival[k] === 0 ? NaN : (1 - survival[k]) / atRisk[k] || value;
  });
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

/**
 * S and H up to each time, and what a unit of weight changes in log S: `change` at risk, which is also the time's part of
 * the variance of log S, and `own` at its event.
 *
 * For the product S = ∏ (n − d)/n the change is Greenwood's d/(n(n − d)), for H = Σ d/n it is d/n²; with events one after the
 * other H gains Σ w/(n − j·w), w being their mean weight.
 *
 * @param tied events that come one after the other; null where they are one together
 */
function product(table: EventTable, tied: Tied | null, stype: 1 | 2) {
  const length = table.time.length;
  const survival = doubles(length);
  const cumulativeHazard = doubles(length);
  const change = new Float64Array(length);
  const own = new Float64Array(length);
  let s = 1;
  let hazard = 0;
  for (let k = 0; k < length; k++) {
    const events = table.events[k];
    if (events > 0) {
      const atRisk = table.atRisk[k];
      s *= (atRisk - events) / atRisk;
      if (stype === 1) {
        change[k] = events / (atRisk * (atRisk - events));
        own[k] = -1 / atRisk;
      }
      const pieces = tied === null ? 1 : tied.pieces[k];
      const step = events / pieces;
      const add = (left: number, share: number, times: number) => {
        hazard += (times * step) / left;
        if (stype === 1) return;
        change[k] += (times * step) / square(left);
        own[k] += times * ((step * share) / square(left) - 1 / (pieces * left));
      };
      if (pieces === 1 && stype === 1) hazard += events / atRisk;
      else forEachPiece(pieces, { atRisk, events, step, counted: tied?.counted ?? false }, add);
    }
    survival[k] = stype === 1 ? s : exp(-hazard);
    cumulativeHazard[k] = hazard;
  }
  return { survival, cumulativeHazard, change, own };
}

/**
 * Calls with what is left at each of the events that come one after the other, the share of them still to come, and how many of
 * them the call stands for: a few calls do where rows are counted.
 */
function forEachPiece(
  pieces: number,
  { atRisk, events, step, counted }: { atRisk: number; events: number; step: number; counted: boolean },
  add: (left: number, share: number, times: number) => void,
): void {
  if (!counted) {
    for (let j = 0; j < pieces; j++) add(atRisk - j * step, 1 - j / pieces, 1);
    return;
  }
  // Who stays, and m = pieces − j of the others.
  const stay = atRisk - events;
  const terms = sumTerms();
  fillSumTerms(terms, pieces, stay / step);
  for (let k = 0; k < terms.length; k++) add(stay + terms.at[k] * step, terms.at[k] / pieces, terms.times[k]);
}

function cumulated(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  let sum = 0;
  for (let k = 0; k < sums.length; k++) {
    sum += values[k];
    sums[k] = sum;
  }
  return sums;
}

/** S times the standard error of log S; Greenwood's sum is infinite once S is 0, and then there is none. */
function standardErrors(survival: readonly number[], varianceOfLog: Float64Array): (number | null)[] {
  const errors = doubles(survival.length);
  for (let k = 0; k < survival.length; k++) errors[k] = survival[k] * Math.sqrt(varianceOfLog[k]); // 0·∞ is NaN
  return nullForNaN(errors);
}
