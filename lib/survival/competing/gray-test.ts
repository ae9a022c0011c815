import { chiSquareUpperTail, GroupComparisonError, InvalidInputError, NoEventsError } from "../../statistics";
import { checkFields, cholesky, gatherCodes, quadraticForm } from "../../statistics/inner";
import { stepsByGroup } from "../event-table";
import { groupRows, rowsByGroup } from "../groups";
import type { Labels } from "../outcome";
import { sortAndTie } from "../tied-times";
import { type CompetingOutcome, checkCauses } from "./causes";
import { addGrayStratum } from "./gray-sums";

/** Rows of several groups whose event has one of several causes. */
export type GrayInput = CompetingOutcome & { readonly group: Labels; readonly strata?: Labels };

export interface GrayOptions {
  /** Exponent of 1 − F⁰(t−) in the weight of a time, 0 unless told; above 0 early differences weigh more. */
  readonly rho?: number;
  /** The order in which groups come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
}

export interface GrayTest {
  readonly cause: string;
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  readonly groups: readonly {
    readonly label: string;
    /** Rows, each as often as it was counted. */
    readonly n: number;
    /** Events of the cause, weighted as the test weights times, and those expected under equal incidence. */
    readonly observed: number;
    readonly expected: number;
  }[];
  /** Covariance of observed − expected, groups × groups. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Gray's test that groups have the same cumulative incidence, for each cause; R's `cmprsk::cuminc(...)$Tests`.
 *
 * One wants it beside cumulativeIncidence(): a log-rank test that censors other causes compares hazards of one cause,
 * and two groups may have the same hazard of release and yet different shares released, because more die in one of
 * them. This test keeps in the risk set those who were lost to another cause, as far as they would still be observed
 * (Gray 1988, Ann Stat 16:1141). Its variance corrects for tied events as cmprsk does. Times that differ by rounding
 * only are one time, which cmprsk leaves to its caller.
 *
 * @param input time, cause, group and optionally strata and counts, all of length n; rows are compared within strata, and the
 *   differences added up
 * @returns one test a cause; `df` is one less than the number of groups that could be compared
 * @throws {InvalidInputError} for arguments that cannot be used, among them entry and weights, which the test's
 *   variance does not allow, and for rho that is not a finite number
 * @throws {GroupComparisonError} if there is one group, or groups are never at risk together at a cause's events
 * @throws {NoEventsError} if all rows are censored
 * @example
 * const [death, release] = grayTest({ time, cause, group });
 * release.pValue
 */
export function grayTest(input: GrayInput, options: GrayOptions = {}): GrayTest[] {
  const action = "grayTest";
  checkFields(action, "options", options, ["rho", "order"]);
  const { rho = 0 } = options;
  for (const argument of ["entry", "weights"] as const) {
    if (input[argument] === undefined) continue;
    const message = `${action}: ${argument} is given, and the variance holds for rows of weight 1 (like rows are counts) observed from time 0 only; leave it out, or fit fineGray()`;
    throw new InvalidInputError(message, argument);
  }
  if (!Number.isFinite(rho)) throw new InvalidInputError(`${action}: rho is ${rho}; a finite number is needed`, "rho");
  const { outcome: checked, causes, code: causeOfRow } = checkCauses(action, input, undefined, ["group", "strata"]);
  const groups = groupRows(action, "group", input.group, checked.n, options.order);
  if (groups.labels.length < 2) {
    const message = `${action}: all rows are in the group "${groups.labels[0]}"; two groups or more are needed`;
    throw new GroupComparisonError(message);
  }
  if (causes.length === 0) {
    throw new NoEventsError(`${action}: all rows are censored, so that there is nothing to compare`);
  }
  const outcome = sortAndTie(action, checked);
  const code = gatherCodes(causeOfRow, outcome.order);
  const group = gatherCodes(groups.code, outcome.order);
  const strata = input.strata === undefined ? null : groupRows(action, "strata", input.strata, checked.n);
  const steps = stepsByGroup(outcome, strata);
  const rows = rowsByGroup(groups, checked.counts);
  return causes.map((cause, k) => {
    const own = Uint8Array.from(code, (c) => (c === 0 ? 0 : c === k + 1 ? 1 : 2));
    const count = groups.labels.length;
    const sums = {
      observed: new Float64Array(count),
      expected: new Float64Array(count),
      covariance: new Float64Array(count * count),
    };
    for (const stratum of steps) addGrayStratum(sums, { code: own, group, counts: outcome.counts }, stratum, rho);
    const difference = sums.observed.map((value, g) => value - sums.expected[g]);
    return {
      cause,
      ...compare(action, cause, difference, sums.covariance),
      groups: groups.labels.map((label, g) => ({
        label,
        n: rows[g],
        observed: sums.observed[g],
        expected: sums.expected[g],
      })),
      covariance: groups.labels.map((_, g) => Array.from(sums.covariance.subarray(g * count, (g + 1) * count))),
    };
  });
}

/** The differences add up to 0, so the last group is left out. */
function compare(action: string, cause: string, difference: Float64Array, covariance: Float64Array) {
  const count = difference.length;
  const kept = count - 1;
  const variance = Float64Array.from({ length: kept * kept }, (_, i) => {
    return covariance[Math.floor(i / kept) * count + (i % kept)];
  });
  const decomposition = cholesky(variance, kept);
  if (decomposition.rank === 0) {
    throw new GroupComparisonError(
      `${action}: no two groups are at risk together when an event of the cause "${cause}" occurs, so that they cannot be compared`,
    );
  }
  const chiSquare = Math.max(0, quadraticForm(decomposition, difference.subarray(0, kept)));
  return { chiSquare, df: decomposition.rank, pValue: chiSquareUpperTail(chiSquare, decomposition.rank) };
}
