import { checkFields, gatherCodes } from "../../statistics/inner";
import { askedLimits, type IntervalType, type LimitOptions, stateLimits } from "../confidence-interval";
import { stepsByGroup } from "../event-table";
import { groupRows } from "../groups";
import { rowsOf } from "../kaplan-meier";
import { checkIncreasing, type Labels, type Vector } from "../outcome";
import { infinitesimalJackknife } from "../robust-survival";
import { sortAndTie } from "../tied-times";
import { aalenJohansen, causeTable } from "./aalen-johansen";
import { type CompetingOutcome, checkCauses } from "./causes";
import { type CauseRows, greenwoodSums, incidenceVariance } from "./incidence-variance";

/** A step function of time with its standard error and pointwise limits, at the times of its CumulativeIncidence. */
export interface IncidenceCurve {
  /** Number (or weight) of events of the cause at each time. */
  readonly events: readonly number[];
  /** Probability of an event of the cause up to and including each time, where other causes may come first. */
  readonly incidence: readonly number[];
  /** Of `incidence`, by the infinitesimal jackknife. */
  readonly standardError: readonly number[];
  /** Limits of `incidence`; null where the interval's scale does not allow any (incidence 0, or 1 on some). */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** Nelson–Aalen's cumulative hazard of the cause. */
  readonly cumulativeHazard: readonly number[];
}

/** The incidence of each cause in one group. */
export interface CumulativeIncidence {
  /** The group's label, "all" without groups. */
  readonly label: string;
  /** Rows in the group (not their weights), each as often as it was counted. */
  readonly n: number;
  /** Distinct times at which a row had an event or was censored, increasing. */
  readonly time: readonly number[];
  /** Number (or weight) at risk just before each time. */
  readonly atRisk: readonly number[];
  /** Number (or weight) censored at each time. */
  readonly censored: readonly number[];
  readonly causes: readonly ({ readonly cause: string } & IncidenceCurve)[];
  /** Probability of no event of any cause up to and including each time: 1 less all incidences. */
  readonly eventFree: readonly number[];
  readonly eventFreeStandardError: readonly number[];
  readonly confidence: number;
  readonly interval: IntervalType;
  /** How standard errors were found. */
  readonly variance: "infinitesimal jackknife";
}

export interface CumulativeIncidenceOptions extends LimitOptions {
  /** The order in which the groups come; increasing labels unless told. */
  readonly order?: readonly (string | number)[];
  /** The order in which the causes come, with those that no row has; increasing names unless told. */
  readonly causes?: readonly (string | number)[];
}

/**
 * The cumulative incidence of each of several causes; R's `survfit(Surv(time, factor(cause)) ~ group)`, and the
 * estimates of `cmprsk::cuminc`.
 *
 * One wants it where an event makes another impossible: a prisoner who died in custody will not be released. Taking
 * that death as censoring and one minus Kaplan–Meier as the probability of release counts him as released some day,
 * and gives too much; the estimate of Aalen and Johansen (1978, Scand J Stat 5:141) gives the share of all who are
 * released by each time, F(t) = Σ S(s−)·d(s)/n(s), where S is of any cause.
 *
 * The variance is the infinitesimal jackknife's, as in R's survfit; cuminc has Aalen's instead, which differs a little
 * in small samples. Without censoring both are F(1 − F)/n. Rows with an entry are at risk on (entry, time]. Times that
 * differ by rounding only are one time (R's `timefix`).
 *
 * @param input time, cause, optionally entry, weights, counts and group, all of length n
 * @returns the incidences for each group, or one; if all rows are censored and `causes` names none, no causes
 * @throws {InvalidInputError} if lengths differ, a time is negative or not finite, a cause or group is missing, an
 *   entry is not before its time, a weight is negative, or a count no whole number from 1, naming argument and index
 * @example
 * const [all] = cumulativeIncidence({ time: [1, 2, 3, 4], cause: ["release", "death", "release", "censored"] });
 * all.causes[1].cause     // "release"
 * all.causes[1].incidence // [0.25, 0.25, 0.5, 0.5]
 */
export function cumulativeIncidence(
  input: CompetingOutcome & { readonly group?: Labels },
  options: CumulativeIncidenceOptions = {},
): CumulativeIncidence[] {
  const action = "cumulativeIncidence";
  checkFields(action, "options", options, ["confidence", "interval", "order", "causes"]);
  const { limits, z } = askedLimits(action, options);
  const { outcome: checked, causes, code: causeOfRow } = checkCauses(action, input, options.causes, ["group"]);
  const groups = input.group === undefined ? null : groupRows(action, "group", input.group, checked.n, options.order);
  const outcome = sortAndTie(action, checked);
  const code = gatherCodes(causeOfRow, outcome.order);
  return stepsByGroup(outcome, groups).map((steps, group) => {
    const table = causeTable(outcome, code, causes.length, steps);
    return {
      label: groups?.labels[group] ?? "all",
      n: rowsOf(outcome, steps),
      time: table.time,
      atRisk: table.atRisk,
      censored: table.censored,
      ...estimate({ outcome, code, steps, table }, causes, z, limits.interval),
      ...limits,
      variance: "infinitesimal jackknife",
    };
  });
}

function estimate(group: CauseRows, causes: readonly string[], z: number, interval: IntervalType) {
  const { outcome, steps, table } = group;
  const { survival, incidence, cumulativeHazard } = aalenJohansen(table);
  const greenwood = greenwoodSums(table);
  const ofLog = infinitesimalJackknife(outcome, steps, table, greenwood);
  return {
    causes: causes.map((cause, k) => {
      const variance = incidenceVariance(group, k + 1, greenwood, survival, incidence[k]);
      return {
        cause,
        events: table.eventsByCause[k],
        incidence: incidence[k],
        standardError: Array.from(variance, Math.sqrt),
        ...stateLimits(incidence[k], variance, z, interval),
        cumulativeHazard: cumulativeHazard[k],
      };
    }),
    eventFree: survival,
    eventFreeStandardError: survival.map((s, k) => s * Math.sqrt(ofLog[k])),
  };
}

/** Incidences at one time. */
export interface IncidenceAtTime {
  readonly time: number;
  readonly eventFree: number;
  readonly eventFreeStandardError: number;
  readonly causes: readonly {
    readonly cause: string;
    /** Events after the time before in the list, up to and including this one. */
    readonly events: number;
    readonly incidence: number;
    readonly standardError: number;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
}

/**
 * Cumulative incidences at given times; R's `summary(fit, times = …, extend = TRUE)` for `Surv(time, factor)`.
 *
 * @param curve a result of cumulativeIncidence
 * @param times increasing times of at least 0 in the curve's unit, such as 12, 24, 36
 * @returns a row for each time; beyond the last observed time the curves stay as they ended. Before the first
 *   observed time incidences and their limits are 0, as in R
 * @throws {InvalidInputError} if times are not finite, not at least 0 or do not increase
 * @example incidenceAtTimes(curve, [12, 24, 36]).map((row) => row.causes[0].incidence)
 */
export function incidenceAtTimes(curve: CumulativeIncidence, times: Vector): IncidenceAtTime[] {
  const rows: IncidenceAtTime[] = [];
  let next = 0; // the first of the curve's times beyond the row's
  for (const time of checkIncreasing("incidenceAtTimes", times)) {
    const from = next;
    while (next < curve.time.length && curve.time[next] <= time) next++;
    const at = next - 1;
    rows.push({
      time,
      eventFree: at < 0 ? 1 : curve.eventFree[at],
      eventFreeStandardError: at < 0 ? 0 : curve.eventFreeStandardError[at],
      causes: curve.causes.map((cause) => ({
        cause: cause.cause,
        events: cause.events.slice(from, next).reduce((sum, events) => sum + events, 0),
        incidence: at < 0 ? 0 : cause.incidence[at],
        standardError: at < 0 ? 0 : cause.standardError[at],
        lower: at < 0 ? 0 : cause.lower[at],
        upper: at < 0 ? 0 : cause.upper[at],
      })),
    });
  }
  return rows;
}
