import { InvalidInputError } from "../../statistics";
import { checkFields, checkInside, checkWhole, lengthOf } from "../../statistics/inner";
import { groupRows } from "../groups";
import { checkFinite, type Labels, rowsCounted, type Vector } from "../outcome";
import { type CensoredTimes, checkCensoredTimes, type IntervalOutcome, innermostIntervals } from "./censored-times";
import { logLikelihood, massProblem } from "./likelihood";
import { isUnique, maximiseMass } from "./maximise";

/** Probability of an event in (lower, upper], or at the time where both are the same. */
export interface MassInterval {
  readonly lower: number;
  /** Infinity for those who never had the event while observed. */
  readonly upper: number;
  readonly probability: number;
}

/** The nonparametric maximum-likelihood estimate of a distribution of times known to lie in intervals. */
export interface TurnbullCurve {
  /** The group's label, "all" without groups. */
  readonly label: string;
  /** Rows, each as often as it was counted. */
  readonly n: number;
  /** Where the mass lies, in order of time; probabilities add up to 1. Inside an interval nothing says where. */
  readonly intervals: readonly MassInterval[];
  /** Innermost intervals that could have had mass. */
  readonly candidates: number;
  /** False if other probabilities of these intervals, or of other candidates, are as likely; only with late entry. */
  readonly unique: boolean;
  readonly logLikelihood: number;
  /** What shows that the maximum was found. */
  readonly certificate: {
    readonly iterations: number;
    /** Largest violation of the Kuhn–Tucker conditions, in events per row: 0 at the maximum. */
    readonly kuhnTucker: number;
  };
}

export interface TurnbullOptions {
  /** The order in which the groups' curves come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
  /** Rounds of steps, 200 unless told. */
  readonly maxIterations?: number;
  /** Violation of the Kuhn–Tucker conditions at which the iteration ends, 1e-10 events per row unless told. */
  readonly tolerance?: number;
}

/**
 * Turnbull's estimate of survival from times known only to lie in intervals, one curve a group; R's
 * `survfit(Surv(lower, upper, type = "interval2") ~ group)`.
 *
 * One wants it where an event was noticed between two reports, or is dated to the month only: taking midpoints for
 * dates makes them look exact. The likelihood ∏ (S(lower) − S(upper)) depends on the mass in Turnbull's innermost
 * intervals only (Turnbull 1976, JRSS B 38:290), and it is maximised until the Kuhn–Tucker conditions hold, which R's
 * survfit, ending when S changes by less than 5e-5 in a step, does not: R is off by 0.001 or so. Exact times have
 * lower = upper, right-censored ones upper = Infinity; where all are of these two kinds it is Kaplan and Meier's curve.
 *
 * With `entry`, rows are seen only because they had no event by then (left truncation); the likelihood is divided by
 * S(entry). R's survfit has no such option. Right truncation is not supported.
 *
 * No standard errors: the estimate converges at the rate n^(1/3), and the one that R prints, which takes expected
 * numbers of events for observed ones, is too small. For the same reason bootstrap intervals are rough.
 *
 * @param input lower, upper, and optionally entry, weights, counts and group, all of length n
 * @returns a curve for each group, or one; turnbullAtTimes() gives S with what is left open
 * @throws {InvalidInputError} if lengths differ, a time is negative or not a number, upper is before lower, entry after
 *   lower, a weight negative, or a group missing, naming argument and index
 * @throws {SurvivalError} if the likelihood has no maximum, survival falling to 0 before rows that entered
 *   later, or if it is not found in maxIterations
 * @example
 * const [curve] = turnbull({ lower: [0, 2, 2, 4], upper: [3, 3, 6, Infinity] });
 * curve.intervals // 2/3 in (2, 3] and 1/3 in (4, 6]
 */
export function turnbull(
  input: IntervalOutcome & { readonly group?: Labels },
  options: TurnbullOptions = {},
): TurnbullCurve[] {
  const action = "turnbull";
  checkFields(action, "options", options, ["order", "maxIterations", "tolerance"]);
  const { maxIterations = 200, tolerance = 1e-10 } = options;
  checkWhole(action, "maxIterations", maxIterations, 1);
  checkInside(action, "tolerance", tolerance, 1e-10);
  const times = checkCensoredTimes(action, input);
  const { n } = times;
  const groups = groupRows(action, "group", input.group ?? new Array<string>(n).fill("all"), n, options.order);
  return groups.labels.map((label, g) => {
    const rows = Array.from(groups.code.keys()).filter((i) => groups.code[i] === g);
    const some = take(times, rows);
    return { label, n: rowsCounted(some), ...estimate(action, label, some, maxIterations, tolerance) };
  });
}

function take(times: CensoredTimes, rows: readonly number[]): CensoredTimes {
  const of = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]);
  const { lower, upper, entry, weights, counts } = times;
  return {
    n: rows.length,
    lower: of(lower),
    upper: of(upper),
    entry: entry === null ? null : of(entry),
    weights: of(weights),
    counts: counts === null ? null : of(counts),
  };
}

function estimate(action: string, label: string, times: CensoredTimes, maxIterations: number, tolerance: number) {
  if (times.weights.every((weight) => weight === 0)) {
    const message = `${action}: all weights of the group "${label}" are 0; at least one above 0 is needed`;
    throw new InvalidInputError(message, "weights");
  }
  const innermost = innermostIntervals(times);
  const problem = massProblem(innermost, times);
  const { mass, iterations, gap } = maximiseMass(action, problem, maxIterations, tolerance);
  const intervals: MassInterval[] = [];
  mass.forEach((probability, j) => {
    if (probability > 0) intervals.push({ lower: innermost.lower[j], upper: innermost.upper[j], probability });
  });
  return {
    intervals,
    candidates: problem.intervals,
    unique: isUnique(problem, mass, tolerance),
    logLikelihood: logLikelihood(problem, mass),
    certificate: { iterations, kuhnTucker: gap },
  };
}

/** Survival at one time, with what the data leave open. */
export interface TurnbullAtTime {
  readonly time: number;
  /** S with the mass of each interval at its midpoint, as R draws it. */
  readonly survival: number;
  /** The least and the largest S that are equally likely: they differ where the time is inside an interval with mass. */
  readonly least: number;
  readonly largest: number;
}

/**
 * Turnbull's curve at given times; R's `summary(fit, times = …, extend = TRUE)`.
 *
 * Where a time lies inside an interval with mass, the likelihood is the same whether that mass comes before it or
 * after, so S is only known to lie from `least` to `largest`. These are no confidence limits.
 *
 * @param curve a curve from turnbull
 * @param times of at least 0 in the curve's unit, in any order
 * @throws {InvalidInputError} if a time is negative or not finite
 * @example turnbullAtTimes(curve, [0, 12, 24, 36]).map((row) => [row.least, row.largest])
 */
export function turnbullAtTimes(curve: TurnbullCurve, times: Vector): TurnbullAtTime[] {
  const action = "turnbullAtTimes";
  const checked = checkFinite(action, "times", times, lengthOf(action, "times", times));
  return Array.from(checked, (time, i) => {
    if (time < 0) {
      const message = `${action}: times[${i}] is ${time}; a time of at least 0 is needed`;
      throw new InvalidInputError(message, "times", i);
    }
    // Sums of what is left, so that S is exactly 1 at the beginning and 0 at the end.
    let [survival, least, largest] = [0, 0, 0];
    let passed = false;
    for (const { lower, upper, probability } of curve.intervals) {
      const begun = lower < time || (lower === time && upper === time);
      if (upper > time) largest += probability;
      if (!begun) least += probability;
      if ((lower + upper) / 2 > time) survival += probability;
      passed ||= begun;
    }
    return passed ? { time, survival, least, largest } : { time, survival: 1, least: 1, largest: 1 };
  });
}
