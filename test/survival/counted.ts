import { expect, vi } from "vitest";
import { seededRandom } from "../../lib/statistics";
import { fc } from "../support/property";

/** A data set of patterns, each there several times. */
export interface Counted {
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly counts: readonly number[];
}

/** How many random data sets a property is tried on: all of them by HRD_EVERY=1, a sample otherwise. */
export const DATA_SETS = process.env.HRD_EVERY === "1" ? 1000 : 20;
// Data sets by the dozen and their copies take seconds, and minutes beside other work.
vi.setConfig({ testTimeout: DATA_SETS === 1000 ? 3_600_000 : 240_000 });

const pattern = fc.record({
  time: fc.integer({ min: 1, max: 6 }),
  event: fc.constantFrom(0, 1, 1),
  entry: fc.integer({ min: 0, max: 2 }),
  x: fc.integer({ min: 0, max: 1 }),
  z: fc.integer({ min: 0, max: 4 }),
  group: fc.integer({ min: 1, max: 3 }),
  stratum: fc.integer({ min: 1, max: 2 }),
  cluster: fc.integer({ min: 1, max: 9 }),
  weight: fc.constantFrom(0.5, 1, 1.25, 2, 3),
  count: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 1, max: 90 })),
});

/** Patterns with few distinct times, so that most events are tied, also within a pattern. */
export const countedRows: fc.Arbitrary<Counted> = fc
  .array(pattern, { minLength: 18, maxLength: 36 })
  .filter((rows) => {
    // Enough events of both kinds at different times that hardly any estimate is without end.
    const timesOf = (x: number) =>
      new Set(rows.filter((row) => row.event === 1 && row.x === x).map(({ time, entry }) => time + entry)).size;
    return timesOf(0) > 2 && timesOf(1) > 2;
  })
  .map((rows) => {
    const names = ["time", "event", "entry", "x", "z", "group", "stratum", "cluster", "weight"] as const;
    const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
    columns.time = columns.time.map((time, i) => time + columns.entry[i]);
    return { columns, counts: rows.map(({ count }) => count) };
  });

/** The rows that the counts stand for. */
export function copiesOf({ columns, counts }: Counted): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      values.flatMap((value, i) => new Array<number>(counts[i]).fill(value)),
    ]),
  );
}

/** Values of copies, from those of the patterns. */
export function repeated<T>({ counts }: Counted, values: readonly T[]): T[] {
  return values.flatMap((value, i) => new Array<T>(counts[i]).fill(value));
}

/** What a function gives, or the message of its error without indices of rows. */
export function resultOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return `${error}`.replace(/\[\d+\]/g, "[]").replace(/of \d+ rows with \d+ events/, "of rows");
  }
}

/**
 * Errors whose squares are sums of terms that cancel are the same: their squares to 1e-12, and to a few roundings of the terms, which
 * is as far as those of rows are known.
 */
export function expectSameErrors(
  found: readonly (number | null)[],
  expected: readonly (number | null)[],
  terms: readonly number[],
): void {
  for (const [k, error] of expected.entries()) {
    const other = found[k];
    expect(other === null).toBe(error === null);
    if (error === null || other === null) continue;
    expect(Math.abs(other ** 2 - error ** 2)).toBeLessThanOrEqual(1e-12 * error ** 2 + terms[k] * 2 ** -50);
  }
}

/**
 * Names of numbers that have no digits to compare: what is left of zero at a maximum, how it was reached, and p values, which
 * follow from the statistic beside them and have half its digits where it is nearly 0.
 */
const WITHOUT_DIGITS = ["certificate", "iterations", "warnings", "pValue"];

/** So many times as far apart as results of nudged rows may those of counts be: sums of hundreds of rows have more roundings than a nudge. */
const ROOM = 64;

/** The same rows with covariates that differ by a rounding or two of 1, in another way for each seed. */
export function nudged<Input extends object>(input: Input, seed: number): Input {
  const covariates: unknown = Reflect.get(input, "covariates");
  if (typeof covariates !== "object" || covariates === null) return input;
  const random = seededRandom(seed);
  const columns = Object.entries(covariates).map(([name, values]: [string, readonly number[]]) => [
    name,
    values.map((value) => value + (random.integer(4) - 1.5) * 2 ** -51),
  ]);
  return { ...input, covariates: Object.fromEntries(columns) };
}

/**
 * Two results are the same to a tolerance, or as far as that of the rows is known: what is next to separation, or a ratio of what
 * cancels, has no 12 digits, and a result that changes with the last digits of a covariate may change with a sum's, too.
 *
 * @param nudges makes results of nudged rows; asked only where the digits differ
 */
export function expectAsKnown(
  found: unknown,
  expected: unknown,
  place: string,
  tolerance: number,
  nudges: () => readonly unknown[],
): void {
  try {
    expectSame(found, expected, place, tolerance);
  } catch {
    expectSame(found, expected, place, tolerance, nudges());
  }
}

/**
 * Two results are the same to 1e-12, relative to the number, or to 1 where it is smaller: differences have no more. A hazard ratio is as
 * exact as its logarithm.
 *
 * @param others results that stand for what is expected as well: a number may be as far from it as some times theirs, and where
 *   they are of another form, or say something else, nothing is known
 */
export function expectSame(
  found: unknown,
  expected: unknown,
  place = "",
  tolerance = 1e-12,
  others: readonly unknown[] = [],
): void {
  if (typeof expected === "number" && typeof found === "number") {
    if (Object.is(found, expected)) return;
    const size = Math.max(1, Math.abs(expected));
    const error = Math.abs(found - expected) / (size * Math.max(1, Math.log(size)));
    const spread = others.map((other) => (typeof other === "number" ? Math.abs(other - expected) : Infinity));
    if (Math.abs(found - expected) <= ROOM * Math.max(0, ...spread)) return;
    if (!(error <= tolerance)) expect.fail(`${place}: ${found}, and ${expected} from the rows (${error})`);
    return;
  }
  if (typeof expected !== "object" || expected === null || typeof found !== "object" || found === null) {
    if (others.some((other) => !Object.is(other, expected))) return;
    expect(found, place).toEqual(expected);
    return;
  }
  const names = Object.keys(expected);
  const isOfForm = (other: unknown): boolean =>
    typeof other === "object" && other !== null && Object.keys(other).join("\n") === names.join("\n");
  if (!others.every(isOfForm)) return;
  expect(Object.keys(found), place).toEqual(names);
  for (const [name, value] of Object.entries(expected)) {
    if (WITHOUT_DIGITS.includes(name)) continue;
    const known = others.map((other) =>
      typeof other === "object" && other !== null ? Reflect.get(other, name) : other,
    );
    expectSame(Reflect.get(found, name), value, `${place}.${name}`, tolerance, known);
  }
}
