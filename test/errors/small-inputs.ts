import { loadFreeThe20, loadLongList } from "../../lib/data";
import { dateInterval, isoDay, partialDate } from "../../lib/dates";
import { fc } from "../support/property";

/**
 * Small inputs of public functions, and how they are made degenerate: a list of arguments is built as the functions want
 * it, and up to two places of it are then spoiled, each by a value of the kind that stood there.
 */

/** Values that functions of the library made. They go in as they are: a fit that was changed by hand is no fit. */
const MADE = new WeakSet<object>();

/** Values that a function makes of drawn inputs; those that it refuses are left out. */
export function made<Input, Value>(
  inputs: fc.Arbitrary<Input>,
  make: (input: Input) => Value,
  numRuns = 60,
): fc.Arbitrary<Value> {
  const values = fc.sample(inputs, { seed: 20150901, numRuns }).flatMap((input) => {
    try {
      return [asMade(make(input))];
    } catch {
      return [];
    }
  });
  return fc.constantFrom(...values);
}

/** Marks a value, so that nothing in it is spoiled. */
export function asMade<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) MADE.add(value);
  return value;
}

/** Whether it was marked so. */
export function isAsMade(value: object): boolean {
  return MADE.has(value);
}

const NUMBERS = [0, -0, -1, 0.5, 1, 2, 7, 1e-12, Number.NaN, Infinity, -Infinity];
const TEXTS = ["", " ", "nowhere", "2015-02-30", "2030"];

type Path = readonly (string | number)[];

/** Where a list of arguments can be spoiled. */
function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return [at];
  if (typeof value !== "object" || value === null || MADE.has(value)) return [];
  const inside = Object.entries(value).flatMap(([key, one]) =>
    placesOf(one, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) && at.length > 0 ? [at, ...inside] : inside;
}

/** A value of the same kind in place of one that is there. */
function spoiled(value: unknown, how: number): unknown {
  if (typeof value === "number") return NUMBERS[how % NUMBERS.length];
  if (typeof value === "string") return TEXTS[how % TEXTS.length];
  if (typeof value === "boolean") return !value;
  if (!Array.isArray(value)) return value;
  const all: readonly unknown[] = value;
  return [[], all.slice(1), all.slice(0, 1), all.map(() => all[0]), [...all, ...all]][how % 5];
}

function spoiledAt(value: unknown, [key, ...rest]: Path, how: number): unknown {
  if (key === undefined) return spoiled(value, how);
  if (Array.isArray(value)) {
    const all: readonly unknown[] = value;
    return all.map((one, i) => (i === key ? spoiledAt(one, rest, how) : one));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === key ? spoiledAt(one, rest, how) : one]),
  );
}

/** A list of arguments of a function. */
export type Arguments = fc.Arbitrary<readonly unknown[]>;

/** Lists of arguments, half of them with something spoiled. */
export function args(...each: readonly fc.Arbitrary<unknown>[]): Arguments {
  const spoils = fc.oneof(fc.constant([]), fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 2 }));
  return fc.tuple(fc.tuple(...each), spoils).map(([values, list]) =>
    list.reduce<readonly unknown[]>((before, [place, how]) => {
      const places = placesOf(before);
      if (places.length === 0) return before;
      const after = spoiledAt(before, places[place % places.length], how);
      return Array.isArray(after) ? after : before;
    }, values),
  );
}

/** An object with some of the optional properties. */
export const some = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(model, { requiredKeys: [] });

/** The same with properties that are always there. */
export const whole = (
  model: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<object> => fc.tuple(fc.record(model), some(optional)).map(([needed, more]) => ({ ...needed, ...more }));

export const one = fc.constantFrom;
export const list = <Value>(value: fc.Arbitrary<Value>, n: number): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: n, maxLength: n });
/** Up to eight of something. */
export const few = <Value>(value: fc.Arbitrary<Value>, least = 0): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: least, maxLength: 8 });

export const count = fc.integer({ min: 0, max: 8 });
export const bool = fc.boolean();
export const share = one(0, 0.01, 0.2, 0.5, 0.95, 1);
export const small = fc.integer({ min: -6, max: 6 }).map((n) => n / 2);
export const word = one("a", "b", "age", "Älteste Gruppe", "<i>&</i>", "");
export const title = one("A figure", "A figure whose title is so long that it takes more than a single line");
export const confidence = one(0.5, 0.9, 0.95);
export const seed = fc.integer({ min: 0, max: 99 });

export const day = fc.integer({ min: 16_000, max: 17_800 }).map(isoDay);
export const interval = one("2015", "2015-09", "2016-02-29").map((text) => dateInterval(partialDate(text), null));
export const sourced = one(
  { provenance: ["public-record"] },
  { provenance: ["public-record", "synthetic"] },
  [{ provenance: "synthetic" }],
  { provenance: [] },
);

const time = fc.integer({ min: 0, max: 6 });
const covariateColumns = (n: number): fc.Arbitrary<Record<string, number[]>> =>
  fc.oneof(
    fc.record({ x: list(small, n) }),
    fc.record({ x: list(small, n), featured: list(one(0, 1), n) }),
    fc.record({ featured: list(one(0, 1), n), constant: list(one(3), n) }),
    fc.constant({}),
  );
/** Columns of a survival data set of up to so many rows. */
const rows = <Value>(most: number, columns: (n: number) => fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.integer({ min: 0, max: most }).chain(columns);

const optionalColumns = (n: number) => ({
  entry: list(one(-1, -1, 0, 0.5), n),
  weights: list(one(1, 1, 2, 0.5, 0), n),
  counts: list(one(1, 1, 2, 100), n),
});
const group = (n: number): fc.Arbitrary<(string | number)[]> =>
  fc.oneof(list(one("a", "b"), n), list(one("a", "b"), n), list(one(1, 2, 3), n), list(one("a"), n));
const labels = (n: number): fc.Arbitrary<string[]> => list(one("r", "s"), n);
const event = (n: number): fc.Arbitrary<(boolean | number)[]> =>
  fc.oneof(list(bool, n), list(one(0, 1), n), list(one(1), n), list(one(false), n));

export interface SmallOutcome {
  readonly time: number[];
  readonly event: (boolean | number)[];
}
export interface SmallGroups extends SmallOutcome {
  readonly group: (string | number)[];
}
export interface SmallCox extends SmallOutcome {
  readonly covariates: Record<string, number[]>;
}

const outcomeOf = (n: number) => ({ time: list(time, n), event: event(n) });
export const outcome: fc.Arbitrary<SmallOutcome> = rows(8, (n) =>
  fc.record({ ...outcomeOf(n), ...optionalColumns(n) }, { requiredKeys: ["time", "event"] }),
);
export const outcomeMaybeGroups: fc.Arbitrary<SmallOutcome> = rows(8, (n) =>
  fc.record({ ...outcomeOf(n), ...optionalColumns(n), group: group(n) }, { requiredKeys: ["time", "event"] }),
);
export const groups: fc.Arbitrary<SmallGroups> = rows(9, (n) =>
  fc.record(
    { ...outcomeOf(n), ...optionalColumns(n), group: group(n), strata: labels(n) },
    { requiredKeys: ["time", "event", "group"] },
  ),
);
export const scored = rows(8, (n) =>
  fc.record(
    { ...outcomeOf(n), ...optionalColumns(n), risk: list(small, n), strata: labels(n), cluster: labels(n) },
    { requiredKeys: ["time", "event", "risk"] },
  ),
);
export const coxInput: fc.Arbitrary<SmallCox> = rows(12, (n) =>
  fc.record(
    {
      ...outcomeOf(n),
      ...optionalColumns(n),
      covariates: covariateColumns(n),
      strata: labels(n),
      cluster: labels(n),
      offset: list(small, n),
    },
    { requiredKeys: ["time", "event", "covariates"] },
  ),
);
export const clusteredCox = rows(12, (n) =>
  fc.record({ ...outcomeOf(n), covariates: covariateColumns(n), cluster: labels(n) }),
);
export const coxOptions = some({
  ties: one("efron", "breslow", "exact"),
  robust: bool,
  ridge: one(0, 0.5),
  firth: bool,
  profile: bool,
  confidence,
  maxIterations: one(1, 20),
  tolerance: one(1e-9),
});
const causes = (n: number): fc.Arbitrary<(string | number)[]> =>
  fc.oneof(list(one("", "released", "died"), n), list(one(0, 1, 2), n), list(one(""), n));
const competingOf = (n: number) => ({ time: list(time, n), cause: causes(n) });
export const competing = rows(9, (n) =>
  fc.record({ ...competingOf(n), ...optionalColumns(n), group: group(n) }, { requiredKeys: ["time", "cause"] }),
);
export const competingGroups = rows(9, (n) =>
  fc.record({ ...competingOf(n), group: group(n), strata: labels(n) }, { requiredKeys: ["time", "cause", "group"] }),
);
export const fineGrayInput = rows(9, (n) =>
  fc.record(
    { ...competingOf(n), ...optionalColumns(n), covariates: covariateColumns(n), strata: labels(n) },
    { requiredKeys: ["time", "cause", "covariates"] },
  ),
);
export const cause = one<string | number>("released", "died", 1, 2, "nowhere");
export const censoredIntervals = rows(7, (n) =>
  list(fc.tuple(time, one(0, 1, 3, Infinity)), n).chain((bounds) =>
    fc.record(
      {
        lower: fc.constant(bounds.map(([lower]) => lower)),
        upper: fc.constant(bounds.map(([lower, more]) => lower + more)),
        weights: list(one(1, 2), n),
        counts: list(one(1, 1, 50), n),
        group: group(n),
      },
      { requiredKeys: ["lower", "upper"] },
    ),
  ),
);

/** Arms of a study and what describes the rows. */
export const arms = rows(10, (n) =>
  fc.record({
    treated: fc.oneof(list(bool, n), list(one(0, 1), n), list(one(1), n)),
    covariates: fc.oneof(
      covariateColumns(n),
      fc.record({ country: list(one("Iran", "Russia", "China"), n), age: list(small, n) }),
    ),
  }),
);
export const values = few(small);
export const tests = few(share);

/** A daily, weekly or monthly series. */
export const series: fc.Arbitrary<{ dates: string[]; values: number[] }> = fc
  .tuple(fc.integer({ min: 0, max: 24 }), one("day", "week", "month"), one(1, 7))
  .chain(([n, period, distance]) =>
    fc.record({
      name: word,
      unit: one("stories"),
      period: one(period),
      dates: one(Array.from({ length: n }, (_, i) => isoDay(16_670 + i * distance))),
      values: fc.oneof(list(small, n), list(one(3), n)),
      below: list(bool, n),
      incomplete: one(0),
      file: one("a.csv"),
      own: one(false),
      provenance: one(["synthetic"]),
    }),
  );
/** A day in the middle of most series. */
export const intervention = one("2015-08-30", "2015-09-01", "2015-10-15", "2010-01-01");

/** Some of the campaign's women, with the loader's dataset around them. */
export const featuredWomen = fc.subarray([...asMade(loadFreeThe20().rows)].map(asMade), { maxLength: 6 });
const longList = loadLongList();
export const dataset = fc.subarray([...longList.rows]).map((women) => asMade({ ...longList, rows: women }));
