import { describe, expect, test } from "vitest";
import { standardizedMeanDifference } from "../../lib/comparability";
import {
  concordance,
  cox,
  cumulativeIncidence,
  fineGray,
  grayTest,
  kaplanMeier,
  logRank,
  logRankTrend,
  proportionalHazards,
  restrictedMean,
} from "../../lib/survival";
import { fc } from "../support/property";

/**
 * The same input said in two ways gives one number: metamorphic tests, which need no right value. Each way of saying is
 * tried on each function that takes what it changes; small data sets with ties, censoring and late entries are drawn.
 */

interface Row {
  readonly time: number;
  readonly event: number;
  readonly group: number;
  readonly x: number;
  readonly z: number;
  readonly weight: number;
}

const rowsOf = fc
  .array(
    fc.record({
      time: fc.integer({ min: 1, max: 12 }),
      event: fc.constantFrom(0, 1, 1),
      group: fc.constantFrom(1, 2, 3),
      x: fc.constantFrom(0, 1),
      z: fc.integer({ min: 0, max: 6 }),
      weight: fc.constantFrom(0.5, 1, 1.5, 2),
    }),
    { minLength: 14, maxLength: 40 },
  )
  .filter(
    (rows) =>
      rows.filter(({ event }) => event === 1).length > 6 &&
      [1, 2, 3].every((g) => rows.some(({ group, event }) => group === g && event === 1)) &&
      [0, 1].every((v) => rows.filter(({ x, event }) => x === v && event === 1).length > 1),
  );

const column = <K extends keyof Row>(rows: readonly Row[], name: K): Row[K][] => rows.map((row) => row[name]);
const outcomeOf = (rows: readonly Row[]) => ({ time: column(rows, "time"), event: column(rows, "event") });
const causesOf = (rows: readonly Row[]) => ({
  time: column(rows, "time"),
  cause: rows.map(({ event, z }) => (event === 0 ? 0 : 1 + (z % 2))),
});

/** All numbers of a result, in order; names of groups, which may differ in kind, are left out. */
function numbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(numbers);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => !["certificate", "iterations"].includes(name))
    .flatMap(([, part]) => numbers(part));
}

/** What a function gives, or the kind of error that it throws. */
function resultOf(run: () => unknown): { numbers: number[]; error: string | null } {
  try {
    return { numbers: numbers(run()), error: null };
  } catch (error) {
    return { numbers: [], error: error instanceof Error ? error.constructor.name : String(error) };
  }
}

/** Both ways give the same numbers, but for rounding. */
function alike(one: () => unknown, other: () => unknown): void {
  const [a, b] = [resultOf(one), resultOf(other)];
  expect(b.error).toBe(a.error);
  expect(b.numbers).toHaveLength(a.numbers.length);
  for (const [i, value] of a.numbers.entries()) {
    if (Math.abs(value) > 1e6) continue; // on the way to infinity
    expect(Math.abs(b.numbers[i] - value)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(value)));
  }
}

const CASES = { numRuns: process.env.HRD_EVERY === "1" ? 500 : 40 };
const holds = (check: (rows: readonly Row[]) => void): void => {
  fc.assert(fc.property(rowsOf, check), CASES);
};

/** Each function on an outcome to which `more` adds columns. */
const FUNCTIONS: Readonly<Record<string, (rows: readonly Row[], more: object) => unknown>> = {
  kaplanMeier: (rows, more) => kaplanMeier({ ...outcomeOf(rows), group: column(rows, "group"), ...more }),
  logRank: (rows, more) => logRank({ ...outcomeOf(rows), group: column(rows, "group"), ...more }),
  cox: (rows, more) => cox({ ...outcomeOf(rows), covariates: { x: column(rows, "x"), z: column(rows, "z") }, ...more }),
  // Residuals of tied events come in the order of the rows.
  proportionalHazards: (rows, more) => {
    const input = { ...outcomeOf(rows), covariates: { z: column(rows, "z") }, ...more };
    const { terms, global } = proportionalHazards(cox(input));
    return { terms, global };
  },
  concordance: (rows, more) => concordance({ ...outcomeOf(rows), risk: column(rows, "z"), ...more }),
  cumulativeIncidence: (rows, more) =>
    cumulativeIncidence({ ...causesOf(rows), group: column(rows, "group"), ...more }),
};

describe("an entry at 0 for every row is none", () => {
  test.each(Object.keys(FUNCTIONS))("%s", (name) => {
    const entry = (rows: readonly Row[]) => ({ entry: rows.map(() => 0) });
    holds((rows) =>
      alike(
        () => FUNCTIONS[name](rows, {}),
        () => FUNCTIONS[name](rows, entry(rows)),
      ),
    );
  });
});

describe("a weight of 1 for every row is none", () => {
  test.each(["kaplanMeier", "cox", "concordance", "cumulativeIncidence"])("%s", (name) => {
    const weights = (rows: readonly Row[]) => ({ weights: rows.map(() => 1) });
    holds((rows) =>
      alike(
        () => FUNCTIONS[name](rows, {}),
        () => FUNCTIONS[name](rows, weights(rows)),
      ),
    );
  });
});

describe("rows in another order, in another kind of array, events as yes and no", () => {
  test.each(Object.keys(FUNCTIONS))("%s", (name) => {
    holds((rows) => {
      const back = [...rows].reverse();
      const sorted = (result: unknown): unknown =>
        Array.isArray(result) ? [...result].sort((a, b) => String(a.label).localeCompare(String(b.label))) : result;
      if (name !== "logRank")
        alike(
          () => sorted(FUNCTIONS[name](rows, {})),
          () => sorted(FUNCTIONS[name](back, {})),
        );
      const typed =
        name === "cumulativeIncidence"
          ? { time: Float64Array.from(column(rows, "time")) }
          : { time: Float64Array.from(column(rows, "time")), event: rows.map(({ event }) => event === 1) };
      alike(
        () => FUNCTIONS[name](rows, {}),
        () => FUNCTIONS[name](rows, typed),
      );
    });
  });
});

describe("labels as numbers or as text", () => {
  test("groups of curves, of the log-rank test, of its trend and of Gray's", () => {
    holds((rows) => {
      const [numbered, named] = [column(rows, "group"), rows.map(({ group }) => String(group))];
      for (const run of [kaplanMeier, logRank, logRankTrend]) {
        alike(
          () => run({ ...outcomeOf(rows), group: numbered }),
          () => run({ ...outcomeOf(rows), group: named }),
        );
      }
      alike(
        () => grayTest({ ...causesOf(rows), group: numbered }),
        () => grayTest({ ...causesOf(rows), group: named }),
      );
    });
  });
});

describe("a covariate coded 1 and 2 instead of 0 and 1", () => {
  test("gives cox(), fineGray() and a mean difference the same", () => {
    holds((rows) => {
      const [x, coded] = [column(rows, "x"), rows.map((row) => row.x + 1)];
      alike(
        () => cox({ ...outcomeOf(rows), covariates: { x } }),
        () => cox({ ...outcomeOf(rows), covariates: { x: coded } }),
      );
      alike(
        () => fineGray({ ...causesOf(rows), covariates: { x } }, { cause: "1" }),
        () => fineGray({ ...causesOf(rows), covariates: { x: coded } }, { cause: "1" }),
      );
      const treated = rows.map(({ event }) => event);
      alike(
        () => standardizedMeanDifference(x, treated).standardizedDifference,
        () => standardizedMeanDifference(coded, treated).standardizedDifference,
      );
    });
  });
});

describe("weights times a constant", () => {
  test("change neither a curve, nor its restricted mean and robust error, nor a robust Cox model", () => {
    holds((rows) => {
      const weighted = (factor: number) => ({
        ...outcomeOf(rows),
        weights: rows.map(({ weight }) => factor * weight),
      });
      const curve = (factor: number) => kaplanMeier(weighted(factor), { robust: true })[0];
      const read = (factor: number): unknown => {
        const { survival, standardError, lower, upper } = curve(factor);
        return [survival, standardError, lower, upper, restrictedMean(curve(factor), 8)];
      };
      alike(
        () => read(1),
        () => read(0.1),
      );
      const fitted = (factor: number): unknown => {
        const { terms } = cox({ ...weighted(factor), covariates: { z: column(rows, "z") } }, { robust: true });
        return terms.map(({ coefficient, robustStandardError }) => [coefficient, robustStandardError]);
      };
      alike(
        () => fitted(1),
        () => fitted(0.1),
      );
    });
  });
});
