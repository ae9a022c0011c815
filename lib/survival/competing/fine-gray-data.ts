import { InvalidInputError, NoEventsError } from "../errors";
import { groupRows } from "../groups";
import type { Labels } from "../outcome";
import { gatherCodes, sortByGroup } from "../sort";
import { sortAndTie } from "../tied-times";
import { type CompetingOutcome, causeIndex, checkCauses } from "./causes";
import { type ObservationProbability, observationProbability } from "./observation-probability";

/** What the expansion is made from; all vectors of length n. */
export interface FineGrayOutcome extends CompetingOutcome {
  /** Censoring is estimated within each stratum. */
  readonly strata?: Labels;
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
  /** 0 for the row itself, then 1, 2, … for what was added to it. */
  readonly added: Uint32Array;
}

/**
 * Rows for a Cox fit that is Fine and Gray's model for one cause; R's `finegray(Surv(time, factor) ~ ., etype = )`.
 *
 * One wants it to use everything that is there for Cox models on the subdistribution hazard. Whoever has another cause
 * stays at risk forever; but since rows under observation get fewer by censoring, such a row is given the weight
 * G(t)/G(T), the probability of being still uncensored at t given that at T (Fine and Gray 1999, JASA 94:496,
 * section 4), and with late entry H(t)/H(T) too. The weight changes at censorings, so the row is cut there, unless
 * no event of interest lies between two cuts.
 *
 * Without entry a row begins at 0, or at −1 if some event is at time 0. Rows of a stratum without an event of the
 * cause are kept as they are; R drops them. One row a subject: R's `id` with several rows is not supported.
 *
 * @param input time, cause, optionally entry, weights and strata, all of length n; weights multiply the row's weights
 *   and do not enter G and H
 * @param options `cause`: the cause of interest
 * @returns columns of length n + added rows, in the order of the caller's rows
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index; for a cause no row has;
 *   and where a row's weight would be 0/0, since late entries leave nobody to estimate H before them
 * @throws {NoEventsError} if all rows are censored
 * @example
 * const data = fineGrayData({ time, cause }, { cause: "release" });
 * cox({ ...data, covariates: { age: Float64Array.from(data.row, (i) => age[i]) }, cluster: data.row });
 */
export function fineGrayData(
  input: FineGrayOutcome,
  options: { readonly cause: string | number },
): FineGrayData {
  return expand("fineGrayData", input, options.cause);
}

/** The expansion under the name of the function that the caller called. */
export function expand(action: string, input: FineGrayOutcome, cause: string | number): FineGrayData {
  const { outcome: checked, causes, code } = checkCauses(action, input);
  if (causes.length === 0) throw new NoEventsError(`${action}: all rows are censored`);
  const interest = causeIndex(action, causes, "cause", cause) + 1;
  const sorted = sortAndTie(action, checked);
  const { n, order } = sorted;
  const strata = input.strata === undefined ? null : groupRows(action, "strata", input.strata, n);
  const stratum = strata?.code ?? new Uint32Array(n);
  const bySize = sortByGroup(gatherCodes(stratum, order), strata?.size ?? Uint32Array.of(n));
  const late = sorted.entry?.some((entry) => entry > sorted.time[0]) ?? false;
  let start = 0;
  const steps = Array.from(strata?.size ?? [n], (size) => {
    const rows = bySize.subarray(start, start + size);
    start += size;
    const probability = observationProbability(sorted, rows, late);
    const times = Array.from(
      rows.filter((row) => code[order[row]] === interest),
      (row) => sorted.time[row],
    );
    return { ...probability, holdsEvent: intervalsWithEvents(probability.time, times) };
  });
  const pieces: number[][] = [];
  const origin = sorted.time[0] > 0 ? 0 : 2 * sorted.time[0] - 1;
  const position = new Uint32Array(n);
  order.forEach((row, i) => {
    position[row] = i;
  });
  for (let row = 0; row < n; row++) {
    const at = position[row];
    const own = {
      row,
      entry: sorted.entry?.[at] ?? origin,
      time: sorted.time[at],
      weight: checked.weights?.[row] ?? 1,
    };
    if (code[row] === 0 || code[row] === interest) {
      pieces.push([row, own.entry, own.time, code[row] === 0 ? 0 : 1, own.weight, 0]);
    } else addPieces(action, pieces, own, steps[stratum[row]]);
  }
  return {
    row: Uint32Array.from(pieces, (piece) => piece[0]),
    entry: Float64Array.from(pieces, (piece) => piece[1]),
    time: Float64Array.from(pieces, (piece) => piece[2]),
    event: Uint8Array.from(pieces, (piece) => piece[3]),
    weights: Float64Array.from(pieces, (piece) => piece[4]),
    added: Uint32Array.from(pieces, (piece) => piece[5]),
  };
}

/** Which of the intervals (time[j − 1], time[j]] hold an event of interest. */
function intervalsWithEvents(ends: readonly number[], times: readonly number[]): boolean[] {
  let next = 0;
  return ends.map((end) => {
    const first = next;
    while (next < times.length && times[next] <= end) next++;
    return next > first;
  });
}

/** A row of another cause: itself to the end of its interval, then every later interval with an event of interest. */
function addPieces(
  action: string,
  pieces: number[][],
  own: { readonly row: number; readonly entry: number; readonly time: number; readonly weight: number },
  { time, probability, holdsEvent }: ObservationProbability & { readonly holdsEvent: readonly boolean[] },
): void {
  const { row } = own;
  if (!holdsEvent.includes(true)) {
    pieces.push([row, own.entry, own.time, 0, own.weight, 0]);
    return;
  }
  const first = time.findIndex((end) => end >= own.time);
  pieces.push([row, own.entry, time[first], 0, own.weight, 0]);
  for (let j = first + 1, added = 1; j < time.length; j++) {
    if (!holdsEvent[j]) continue;
    if (probability[first] === 0) {
      const message =
        `${action}: time[${row}] is ${own.time}, with another cause, where the estimated probability of being observed ` +
        "is 0: at some time all rows at risk had only just entered, or all were censored. Leave out the rows that end " +
        "before that time, or begin all rows at it";
      throw new InvalidInputError(message, "time", row);
    }
    pieces.push([row, time[j - 1], time[j], 0, (own.weight * probability[j]) / probability[first], added]);
    added++;
  }
}
