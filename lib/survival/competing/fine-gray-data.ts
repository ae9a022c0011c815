import { InvalidInputError, NoEventsError } from "../../statistics";
import { checkFields, gatherCodes } from "../../statistics/inner";
import { stepsByGroup } from "../event-table";
import { groupRows } from "../groups";
import type { Labels, Vector } from "../outcome";
import { sortAndTie } from "../tied-times";
import { type CompetingOutcome, causeIndex, checkCauses } from "./causes";
import { intervalOf, type WeightPlan, weightPlans } from "./observation-probability";

/** What the expansion is made from; all vectors of length n. */
export interface FineGrayOutcome extends CompetingOutcome {
  /** Censoring is estimated within each stratum. */
  readonly strata?: Labels;
}

/** What Fine and Gray's model is fitted to; all vectors of length n. */
export interface FineGrayInput extends FineGrayOutcome {
  /** Columns by name. */
  readonly covariates: Readonly<Record<string, Vector>>;
  /** The names in the order of the terms; that of `covariates` unless told, as for cox(). */
  readonly order?: readonly string[];
  /** Rows of a cluster are not independent. Without it, each row is its own. */
  readonly cluster?: Labels;
  /** What counts are of where there are clusters: "rows" of their cluster unless told, as for cox(). */
  readonly counted?: "rows" | "clusters";
  readonly offset?: Vector;
}

/** The expanded rows, columns of equal length: counting-process rows with weights, as cox() takes them. */
export interface FineGrayData {
  /** The caller's row that each came from: the index to take its covariates by, and its cluster. */
  readonly row: Uint32Array;
  /** At risk on (entry, time]. */
  readonly entry: Float64Array;
  readonly time: Float64Array;
  /** 1 for the event of interest at `time`. */
  readonly event: Uint8Array;
  readonly weights: Float64Array;
  /** How many such rows there are, where the caller's rows were counted: the pieces of a row have its count. */
  readonly counts?: Float64Array;
  /** That counts are of clusters, where `cluster` is `row`. */
  readonly counted?: "clusters";
  /** 0 for the row itself, then 1, 2, … for what was added to it. */
  readonly added: Uint32Array;
}

/**
 * Rows for a Cox fit that is Fine and Gray's model for one cause; R's `finegray(Surv(time, factor) ~ ., etype = …)`.
 *
 * One wants it to use everything that is there for Cox models on the subdistribution hazard. Whoever has another cause
 * stays at risk forever; but since rows under observation get fewer by censoring, such a row is given the weight
 * G(t)/G(T), the probability of being still uncensored at t given that at T (Fine and Gray 1999, JASA 94:496), and with late entry H(t)/H(T) too. The weight changes at censorings, so the row is cut there, unless
 * no event of interest lies between two cuts.
 *
 * Without entry a row begins at 0, or at −1 if some event is at time 0. Rows of a stratum without an event of the
 * cause are kept as they are; R drops them. One row a subject: R's `id` with several rows is not supported.
 *
 * @param input time, cause, optionally entry, weights, counts and strata, all of length n; weights multiply the row's
 *   weights and do not enter G and H, counts are of like rows everywhere
 * @param options `cause`: the cause of interest
 * @returns columns of length n + added rows, in the order of the caller's rows
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index; for a cause no row has;
 *   and where a row's weight would be 0/0, since late entries leave nobody to estimate H before them
 * @throws {NoEventsError} if all rows are censored
 * @example
 * const data = fineGrayData({ time, cause }, { cause: "release" });
 * cox({ ...data, covariates: { age: Float64Array.from(data.row, (i) => age[i]) }, cluster: data.row });
 */
export function fineGrayData(input: FineGrayOutcome, options: { readonly cause: string | number }): FineGrayData {
  checkFields("fineGrayData", "options", options, ["cause"]);
  return expand("fineGrayData", input, options.cause, ["strata"]);
}

/** The expansion under the name of the function that the caller called. */
export function expand(
  action: string,
  input: FineGrayOutcome,
  cause: string | number,
  used: readonly string[],
): FineGrayData {
  const { outcome: checked, causes, code } = checkCauses(action, input, undefined, used);
  if (causes.length === 0) throw new NoEventsError(`${action}: all rows are censored`);
  const interest = causeIndex(action, causes, "cause", cause) + 1;
  const sorted = sortAndTie(action, checked);
  const { n, order } = sorted;
  const strata = input.strata === undefined ? null : groupRows(action, "strata", input.strata, n);
  const stratum = strata?.code ?? new Uint32Array(n);
  const plans = weightPlans(sorted, gatherCodes(code, order), interest, stepsByGroup(sorted, strata));
  const position = new Uint32Array(n);
  for (let i = 0; i < n; i++) position[order[i]] = i;
  const isExtended = (row: number) => code[row] > 0 && code[row] !== interest && plans[stratum[row]].event.length > 0;
  let length = n;
  for (let row = 0; row < n; row++) {
    if (isExtended(row))
      length += plans[stratum[row]].later[intervalOf(plans[stratum[row]], sorted.time[position[row]])];
  }
  const data = emptyData(length);
  const origin = sorted.time[0] > 0 ? 0 : 2 * sorted.time[0] - 1;
  let next = 0;
  for (let row = 0; row < n; row++) {
    const at = position[row];
    data.row[next] = row;
    data.entry[next] = sorted.entry === null ? origin : sorted.entry[at];
    data.time[next] = sorted.time[at];
    data.event[next] = code[row] === interest ? 1 : 0;
    data.weights[next] = checked.weights === null ? 1 : checked.weights[row] / (checked.counts?.[row] ?? 1);
    next = isExtended(row) ? extend(action, data, next, plans[stratum[row]]) : next + 1;
  }
  const { counts } = checked;
  if (counts === null) return data;
  return { ...data, counts: Float64Array.from(data.row, (row) => counts[row]), counted: "clusters" };
}

function emptyData(length: number) {
  return {
    row: new Uint32Array(length),
    entry: new Float64Array(length),
    time: new Float64Array(length),
    event: new Uint8Array(length),
    weights: new Float64Array(length),
    added: new Uint32Array(length),
  };
}

/**
 * The row of another cause that is at `at` gets the end of its interval, and a piece for every later interval with an
 * event of interest. Returns where the next row goes.
 */
function extend(action: string, data: ReturnType<typeof emptyData>, at: number, plan: WeightPlan): number {
  const { time, probability, event, later } = plan;
  const first = intervalOf(plan, data.time[at]);
  const [row, weight] = [data.row[at], data.weights[at]];
  if (probability[first] === 0 && later[first] > 0) {
    const message =
      `${action}: time[${row}] is ${data.time[at]}, with another cause, where the estimated probability of being ` +
      "observed is 0: at some time all rows at risk had only just entered, or all were censored. Leave out the rows " +
      "that end before that time, or begin all rows at it";
    throw new InvalidInputError(message, "time", row);
  }
  data.time[at] = time[first];
  for (let k = event.length - later[first], added = 1; k < event.length; k++, added++) {
    const j = event[k];
    data.row[at + added] = row;
    data.entry[at + added] = time[j - 1];
    data.time[at + added] = time[j];
    data.weights[at + added] = (weight * probability[j]) / probability[first];
    data.added[at + added] = added;
  }
  return at + 1 + later[first];
}
