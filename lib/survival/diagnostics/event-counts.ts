import { InvalidInputError } from "../../statistics";
import { checkLength } from "../../statistics/inner";
import type { CoxInput } from "../cox/design";
import { checkOutcome, covariateNames, type Outcome, refuseCounts } from "../outcome";
import { sortAndTie } from "../tied-times";

/** Rows and events, each as often as it was counted, with a covariate at one and at zero. */
export interface CovariateEvents {
  readonly name: string;
  readonly rows: { readonly one: number; readonly zero: number };
  readonly events: { readonly one: number; readonly zero: number };
  /** √(1/d₁ + 1/d₀), about the least standard error that so many events allow; null where d₁ or d₀ is 0. */
  readonly leastStandardError: number | null;
}

export interface EventsPerCovariate {
  readonly events: number;
  readonly covariates: number;
  /** Events divided by covariates. */
  readonly ratio: number;
  /** For covariates that are 0 or 1 throughout, in the order of the input. */
  readonly binary: readonly CovariateEvents[];
}

/**
 * How many events there are for each covariate of a Cox model, and for each value of a binary one.
 *
 * One wants it before a fit: below about ten events a covariate, coefficients are biased away from zero and intervals too
 * narrow (Peduzzi et al. 1995, Journal of Clinical Epidemiology 48:1503), though between five and nine often by little
 * (Vittinghoff and McCulloch 2007, American Journal of Epidemiology 165:710). A binary covariate can do no better than the
 * rarer of its two kinds of events.
 *
 * @param input time, event and covariates, as for cox()
 * @throws {InvalidInputError} if there is no covariate, columns differ in length, or the outcome cannot be used
 * @example eventsPerCovariate({ time, event, covariates: { featured } }).ratio
 */
export function eventsPerCovariate(input: CoxInput): EventsPerCovariate {
  const action = "eventsPerCovariate";
  const { n, event, counts } = checkOutcome(action, input);
  const copies = (i: number) => (counts === null ? 1 : counts[i]);
  const names = covariateNames(action, input);
  if (names.length === 0) {
    throw new InvalidInputError(`${action}: covariates is empty; at least one is needed`, "covariates");
  }
  const columns = names.map((name) => {
    const column = input.covariates[name];
    checkLength(action, `covariates.${name}`, column, n);
    return { name, values: Array.from(column) };
  });
  const events = event.reduce((sum, value, i) => sum + value * copies(i), 0);
  const binary = columns
    .filter(({ values }) => values.every((value) => value === 0 || value === 1))
    .map(({ name, values }): CovariateEvents => {
      const where = (holds: (value: number, i: number) => boolean) =>
        values.reduce((sum, value, i) => sum + (holds(value, i) ? copies(i) : 0), 0);
      const count = (x: 0 | 1) => where((value) => value === x);
      const eventsAt = (x: 0 | 1) => where((value, i) => value === x && event[i] === 1);
      const [one, zero] = [eventsAt(1), eventsAt(0)];
      return {
        name,
        rows: { one: count(1), zero: count(0) },
        events: { one, zero },
        leastStandardError: one > 0 && zero > 0 ? Math.sqrt(1 / one + 1 / zero) : null,
      };
    });
  return { events, covariates: names.length, ratio: events / names.length, binary };
}

/** Events at one time. */
export interface TiedEvents {
  readonly time: number;
  /** The caller's rows that have their event then, two or more. */
  readonly rows: readonly number[];
}

/**
 * Times at which more than one row has its event: the ties that Efron's, Breslow's and the exact method treat
 * differently. Times that differ by rounding only are one time, as in cox() and in R (`timefix`).
 *
 * @param outcome time and event, n rows
 * @returns in increasing order of time; empty where no two events coincide
 * @throws {InvalidInputError} naming argument and index; counts, whose copies are tied among themselves
 * @example tiedEvents({ time: [3, 5, 5, 5], event: [1, 1, 0, 1] }) // [{ time: 5, rows: [1, 3] }]
 */
export function tiedEvents(outcome: Outcome): TiedEvents[] {
  const action = "tiedEvents";
  refuseCounts(action, outcome, "it lists rows, which are tied with their own copies");
  const { n, order, time, event } = sortAndTie(action, checkOutcome(action, outcome));
  const byTime = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    if (event[i] === 1) byTime.set(time[i], [...(byTime.get(time[i]) ?? []), order[i]]);
  }
  return [...byTime]
    .filter(([, rows]) => rows.length > 1)
    .map(([at, rows]) => ({ time: at, rows: rows.sort((a, b) => a - b) }));
}
