import { InvalidInputError } from "../statistics";
import { checkFields, checkLength, columnNames, lengthOf, shown } from "../statistics/inner";

export { checkConfidence, shown } from "../statistics/inner";

/** Numbers by index: an array or any typed array. */
export type Vector = ArrayLike<number>;

/** Names or numbers that say which group, stratum or cluster a row belongs to. */
export type Labels = ArrayLike<string | number>;

/**
 * What was observed, one element a row; R's `Surv(time, event)` or `Surv(entry, time, event)`.
 * Times are in whatever unit the caller uses, and results are in the same.
 */
export interface Outcome {
  /** When observation of the row ended, at least 0. */
  readonly time: Vector;
  /** 1 or true: it ended with the event; 0 or false: it was censored. */
  readonly event: ArrayLike<number | boolean>;
  /** When observation began, below `time`; the row is at risk on (entry, time]. Without it, or at 0, from the beginning. */
  readonly entry?: Vector;
  /**
   * How much a row weighs, such as one by the probability that it was drawn: 0 leaves it out of all sums, 2 has twice its part
   * in them. It stays one row, though, where rows are counted: among the tied events of Efron's method and in robust errors, as
   * in R. How many like rows there are is `counts`. Without it, 1.
   */
  readonly weights?: Vector;
  /**
   * How many such rows there are, whole numbers from 1: results are those of that many copies, each with the row's weight,
   * in the time of one (SAS calls it FREQ; R has no such argument). Without it, 1.
   */
  readonly counts?: Vector;
}

/** The fields of an Outcome. */
export const OUTCOME = ["time", "event", "entry", "weights", "counts"] as const;

/** All that functions of this room, and those that call them, read of an input. */
const PARTS: readonly string[] = [...OUTCOME, "group", "strata", "cluster", "offset", "covariates", "risk", "cause"];

/**
 * Throws where an input has a field that the function does not use, misspelt or not: it would be ignored. A loader's
 * result, which tells its provenance, has columns that describe its rows; of it only those are refused that have a
 * meaning elsewhere in this room, or nearly the name of one.
 */
export function checkInput(action: string, input: object, used: readonly string[]): void {
  if (typeof input !== "object" || input === null || !("provenance" in input)) {
    checkFields(action, "input", input, used);
    return;
  }
  for (const [name, value] of Object.entries(input)) {
    if (PLAIN_PARTS.has(plain(name))) checkFields(action, "input", { [name]: value }, used);
  }
}

/** A name without what people write in one way or another. */
function plain(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith("s") ? lower.slice(0, -1) : lower;
}

const PLAIN_PARTS = new Set(PARTS.map(plain));

/** Columns by name, and their order where it is said apart. */
export interface NamedColumns {
  readonly covariates: Readonly<Record<string, Vector>>;
  readonly order?: readonly string[];
}

/** The names of an input's covariates, in the order that is said, else in that of the object. */
export function covariateNames(action: string, { covariates, order }: NamedColumns): readonly string[] {
  const names = columnNames(action, covariates);
  if (order === undefined) return names;
  lengthOf(action, "order", order);
  const isEach = order.length === names.length && names.every((name) => order.includes(name));
  if (isEach) return order;
  const message = `${action}: order is ${order.map(shown).join(", ")}; each of the covariates once is needed: ${names.join(", ")}`;
  throw new InvalidInputError(message, "order");
}

/** An outcome that was checked, in typed arrays. */
export interface CheckedOutcome {
  readonly n: number;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  readonly entry: Float64Array | null;
  /** What a row weighs in sums, all its copies together: its weight times its count. */
  readonly weights: Float64Array | null;
  /** How many rows each stands for, where rows are counted: among tied events, and where squares of weights are summed. */
  readonly counts: Float64Array | null;
}

/** Copies numbers into doubles; throws at the first that is not a finite number. */
export function checkFinite(action: string, argument: string, values: Vector, n: number): Float64Array {
  checkLength(action, argument, values, n);
  const copy = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new InvalidInputError(
        `${action}: ${argument}[${i}] is ${shown(value)}; a finite number is needed`,
        argument,
        i,
      );
    }
    copy[i] = value;
  }
  return copy;
}

function checkTime(action: string, values: Vector): Float64Array {
  const time = checkFinite(action, "time", values, lengthOf(action, "time", values));
  for (let i = 0; i < time.length; i++) {
    if (time[i] < 0) {
      const message = `${action}: time[${i}] is ${time[i]}; a time of at least 0 is needed`;
      throw new InvalidInputError(message, "time", i);
    }
    time[i] = time[i] + 0; // −0 becomes 0, so that both are one time
  }
  return time;
}

function checkEvent(action: string, values: ArrayLike<number | boolean>, n: number): Uint8Array {
  checkLength(action, "event", values, n);
  const event = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value === 1 || value === true) event[i] = 1;
    else if (value !== 0 && value !== false) {
      const message = `${action}: event[${i}] is ${shown(value)}; 1 or true (the event occurred) or 0 or false (censored) is needed`;
      throw new InvalidInputError(message, "event", i);
    }
  }
  return event;
}

/** Null where all rows enter at the beginning, which is the same as no entry. */
function checkEntry(action: string, values: Vector, time: Float64Array): Float64Array | null {
  const entry = checkFinite(action, "entry", values, time.length);
  for (let i = 0; i < entry.length; i++) {
    if (entry[i] >= time[i]) {
      const message = `${action}: entry[${i}] is ${entry[i]} and time[${i}] is ${time[i]}; entry must be before time`;
      throw new InvalidInputError(message, "entry", i);
    }
  }
  return entry.every((value) => value <= 0) ? null : entry;
}

/** Copies weights; throws if one is negative or not finite, or if all are zero. */
export function checkWeights(action: string, values: Vector, n: number): Float64Array {
  const weights = checkFinite(action, "weights", values, n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights[i];
    if (weight < 0) {
      const message = `${action}: weights[${i}] is ${weight}; a weight of at least 0 is needed`;
      throw new InvalidInputError(message, "weights", i);
    }
    total += weight;
  }
  if (total === 0) {
    throw new InvalidInputError(`${action}: all weights are 0; at least one above 0 is needed`, "weights");
  }
  return weights;
}

/** Copies counts; throws unless they are whole numbers of at least 1 whose sum is exact in doubles. */
export function checkCounts(action: string, values: Vector, n: number): Float64Array {
  const counts = checkFinite(action, "counts", values, n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += counts[i];
    if (Number.isInteger(counts[i]) && counts[i] >= 1 && total <= Number.MAX_SAFE_INTEGER) continue;
    const needed =
      counts[i] === 0
        ? "leave the row out, or give it weight 0"
        : total > Number.MAX_SAFE_INTEGER
          ? "counts that add up to at most 2^53 are needed"
          : "the number of such rows is needed, a whole number of at least 1 (how much a row weighs is weights)";
    throw new InvalidInputError(`${action}: counts[${i}] is ${counts[i]}; ${needed}`, "counts", i);
  }
  return counts;
}

/**
 * Refuses counts where the answer from them would not be that of the rows.
 *
 * @param why what stands against it
 */
export function refuseCounts(action: string, input: object, why: string): void {
  if (!("counts" in input) || input.counts === undefined || input.counts === null) return;
  const message = `${action}: counts is given, and ${why}; give each row as often as its count says, or leave counts out`;
  throw new InvalidInputError(message, "counts");
}

/** How many rows there are, each as often as it was counted. */
export function rowsCounted({ n, counts }: { readonly n: number; readonly counts: Float64Array | null }): number {
  return counts === null ? n : counts.reduce((sum, count) => sum + count, 0);
}

/** The mean of values by their weights, alike unless told; 0 where nothing has a weight. */
export function weightedMean(values: Float64Array, weights: Float64Array | null = null): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    const weight = weights === null ? 1 : weights[i];
    sum += weight * value;
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}

/** Whether some row's own weight is not a whole number, so that weights are no counts of like rows. */
export function hasFractions({ weights, counts }: Pick<CheckedOutcome, "weights" | "counts">): boolean {
  return weights?.some((weight, i) => !Number.isInteger(counts === null ? weight : weight / counts[i])) ?? false;
}

/** The sum of squared weights of a row's copies. */
export function squaredWeight({ weights, counts }: Pick<CheckedOutcome, "weights" | "counts">, i: number): number {
  if (weights === null) return 1;
  return counts === null ? weights[i] * weights[i] : (weights[i] * weights[i]) / counts[i];
}

/**
 * Checks an outcome and copies it into typed arrays, so that what follows can rely on it and cannot change it.
 *
 * @param action the name of the public function, for the message
 * @throws {InvalidInputError} at the first element that cannot be used, naming argument and index
 */
export function checkOutcome(action: string, outcome: Outcome): CheckedOutcome {
  const n = lengthOf(action, "time", outcome.time);
  if (n === 0) throw new InvalidInputError(`${action}: time is empty; at least one row is needed`, "time");
  const time = checkTime(action, outcome.time);
  return {
    n,
    time,
    event: checkEvent(action, outcome.event, n),
    entry: outcome.entry === undefined ? null : checkEntry(action, outcome.entry, time),
    ...checkMass(action, outcome, n),
  };
}

function checkMass(action: string, outcome: Outcome, n: number): Pick<CheckedOutcome, "weights" | "counts"> {
  const weights = outcome.weights === undefined ? null : checkWeights(action, outcome.weights, n);
  if (outcome.counts === undefined) return { weights, counts: null };
  const counts = checkCounts(action, outcome.counts, n);
  return { weights: weights === null ? counts : weights.map((weight, i) => weight * counts[i]), counts };
}

/** Copies times at which a curve is asked for; throws unless they are finite, at least 0 and increase. */
export function checkIncreasing(action: string, times: Vector, argument = "times"): Float64Array {
  const checked = checkFinite(action, argument, times, lengthOf(action, argument, times));
  checked.forEach((time, i) => {
    if (time >= 0 && (i === 0 || time > checked[i - 1])) return;
    const found = i === 0 ? `${time}` : `${time} after ${checked[i - 1]}`;
    const message = `${action}: ${argument}[${i}] is ${found}; increasing times of at least 0 are needed`;
    throw new InvalidInputError(message, argument, i);
  });
  return checked;
}
