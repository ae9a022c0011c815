import { describe, expect, it } from "vitest";
import { SurvivalError } from "../../lib/statistics/index";
import { kaplanMeier } from "../../lib/survival/index";
import { type IntervalOutcome, type TurnbullCurve, turnbull, turnbullAtTimes } from "../../lib/survival/turnbull/index";
import { fc } from "../support/property";
import { OFTEN } from "./arbitrary";
import { expectAllClose, expectClose, readGolden } from "./golden";

type Value = number | null;
/** JSON has no infinity: null stands for it. */
interface Input {
  readonly lower: number[];
  readonly upper: Value[];
  readonly entry?: number[];
  readonly weights?: number[];
}

interface Golden {
  readonly intervals: readonly {
    readonly name: string;
    readonly input: Input;
    readonly times: number[];
    readonly survfit: number[];
    readonly iterated: number[];
  }[];
  readonly truncated: readonly {
    readonly name: string;
    readonly input: Input;
    readonly lower: number[];
    readonly upper: Value[];
    readonly probability: number[];
    readonly logLikelihood: number;
  }[];
  readonly kaplanMeier: {
    readonly input: { readonly time: number[]; readonly event: number[]; readonly entry: number[] };
    readonly time: number[];
    readonly survival: number[];
  };
}

const golden = readGolden<Golden>("turnbull");

const withInfinity = (values: readonly Value[]) => values.map((value) => value ?? Number.POSITIVE_INFINITY);

function one(input: IntervalOutcome): TurnbullCurve {
  return turnbull(input)[0];
}

function curveOf({ upper, ...rest }: Input): TurnbullCurve {
  return one({ ...rest, upper: withInfinity(upper) });
}

describe.each(golden.intervals)("turnbull agrees with R: $name", ({ input, times, survfit, iterated }) => {
  const curve = curveOf(input);
  const rows = turnbullAtTimes(curve, times);

  it("agrees with R's own code, iterated to the end", () => {
    // Absolutely, since R takes survival from 1 to nearly 0 by multiplication and leaves 1e-16 where it is 0.
    rows.forEach((row, i) => {
      expect(Math.abs(row.survival - iterated[i]), `time ${row.time}`).toBeLessThan(1e-10);
    });
  });

  it("agrees with survfit as far as that iterates", () => {
    // survfit ends when survival changes by less than 5e-5 in a step; it is off by up to 0.0012 in these data.
    rows.forEach((row, i) => {
      expect(Math.abs(row.survival - survfit[i]), `time ${row.time}`).toBeLessThan(2e-3);
    });
  });

  it("satisfies the Kuhn–Tucker conditions, and nothing is open at the ends of rows' intervals", () => {
    expect(curve.certificate.kuhnTucker).toBeLessThan(1e-10);
    expect(curve.unique).toBe(true);
    for (const row of rows) expectClose(row.least, row.largest, `time ${row.time}`, 1e-12);
  });
});

describe("turnbull with late entry", () => {
  it.each(golden.truncated)("agrees with self-consistency steps: $name", (r) => {
    const curve = curveOf(r.input);
    expect(curve.intervals.map(({ lower }) => lower)).toEqual(r.lower);
    expect(curve.intervals.map(({ upper }) => upper)).toEqual(withInfinity(r.upper));
    expectAllClose(
      curve.intervals.map(({ probability }) => probability),
      r.probability,
      "mass",
    );
    expectClose(curve.logLikelihood, r.logLikelihood, "log-likelihood", 1e-10);
  });

  it("is Kaplan and Meier's estimate for exact and right-censored times", () => {
    const { input, time, survival } = golden.kaplanMeier;
    const upper = input.time.map((t, i) => (input.event[i] === 1 ? t : Number.POSITIVE_INFINITY));
    const rows = turnbullAtTimes(one({ lower: input.time, upper, entry: input.entry }), time);
    expectAllClose(
      rows.map((row) => row.survival),
      survival,
      "survival",
    );
  });

  it("says where the masses are not unique", () => {
    // Mass in (2, 3] is as good for the first row as mass in (4, 6], and no matter to the second, seen after 3 only.
    expect(one({ lower: [2, 4], upper: [10, 6], entry: [0, 3] }).unique).toBe(false);
    expect(one({ lower: [2, 4], upper: [10, 6] }).unique).toBe(true);
  });

  it("refuses data whose likelihood has no maximum", () => {
    const alone = { lower: [2, 5], upper: [2, 5], entry: [0, 3] };
    expect(() => turnbull(alone)).toThrow(SurvivalError);
    expect(() => turnbull(alone)).toThrow("turnbull: the likelihood has no maximum");
  });
});

describe("turnbull and what is published", () => {
  it("has the masses of breast retraction after radiotherapy (Finkelstein and Wolfe 1985)", () => {
    const curve = curveOf(golden.intervals[0].input);
    expect(curve.intervals.map(({ lower, upper }) => [lower, upper])).toEqual([
      [4, 5],
      [6, 7],
      [7, 8],
      [11, 12],
      [24, 25],
      [33, 34],
      [38, 40],
      [46, 48],
    ]);
    // Klein and Moeschberger 2003, example 5.2, print S as 0.954, 0.920, 0.832, 0.761, 0.668, 0.586 and 0.467 between.
    const survival = turnbullAtTimes(curve, [5, 7, 8, 12, 25, 34, 40]).map((row) => row.survival);
    [0.954, 0.92, 0.832, 0.761, 0.668, 0.586, 0.467].forEach((value, i) => {
      expect(Math.abs(survival[i] - value)).toBeLessThan(0.0015);
    });
  });
});

/** Rows with whole times from 0 to 8, exact, in intervals, or without end. */
const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 5 })), {
    minLength: 1,
    maxLength: 25,
  })
  .map((rows) => ({
    lower: rows.map(([lower]) => lower),
    upper: rows.map(([lower, width]) => (width === 5 ? Number.POSITIVE_INFINITY : lower + width)),
  }));

describe("turnbull, for any rows", () => {
  it("finds a maximum, unique, with probabilities that add up to 1", () => {
    fc.assert(
      fc.property(anyRows, (input) => {
        const curve = one(input);
        expect(curve.certificate.kuhnTucker).toBeLessThan(1e-10);
        expect(curve.unique).toBe(true);
        expectClose(
          curve.intervals.reduce((sum, { probability }) => sum + probability, 0),
          1,
          "sum",
          1e-12,
        );
        for (const { least, survival, largest } of turnbullAtTimes(curve, [0, 0.5, 3, 4.25, 20])) {
          expect(least).toBeLessThanOrEqual(survival + 1e-12);
          expect(survival).toBeLessThanOrEqual(largest + 1e-12);
        }
      }),
      OFTEN,
    );
  });

  it("does not depend on the order of rows, and takes weights of 2 as rows given twice", () => {
    fc.assert(
      fc.property(anyRows, ({ lower, upper }) => {
        const weights = lower.map((_, i) => 1 + (i % 2));
        const twice = lower.flatMap((_, i) => (i % 2 === 1 ? [i, i] : [i])).reverse();
        const curve = one({ lower, upper, weights });
        const other = one({ lower: twice.map((i) => lower[i]), upper: twice.map((i) => upper[i]) });
        expectClose(curve.logLikelihood, other.logLikelihood, "log-likelihood");
        const at = Array.from({ length: 14 }, (_, t) => t);
        const survival = (c: TurnbullCurve) => turnbullAtTimes(c, at).map((row) => row.largest);
        expectAllClose(survival(curve), survival(other), "survival", 1e-7);
      }),
      OFTEN,
    );
  });

  it("is Kaplan and Meier's estimate where times are exact or right-censored", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, (sample) => {
        const time = sample.map(([t]) => t);
        const [curve] = kaplanMeier({ time, event: sample.map(([, event]) => event) });
        const upper = sample.map(([t, event]) => (event ? t : Number.POSITIVE_INFINITY));
        const survival = turnbullAtTimes(one({ lower: time, upper }), curve.time).map((row) => row.survival);
        expectAllClose(survival, curve.survival, "survival");
      }),
      OFTEN,
    );
  });
});

/** The same with entries at or before the lower ends. */
const lateRows = anyRows.chain(({ lower, upper }) =>
  fc.array(fc.integer({ min: 0, max: 8 }), { minLength: lower.length, maxLength: lower.length }).map((early) => ({
    lower: lower.map((time) => time + 1),
    upper: upper.map((time) => time + 1),
    entry: lower.map((time, i) => Math.max(0, time - early[i])),
  })),
);

describe("turnbull with late entry, for any rows", () => {
  it("finds a maximum or says that there is none, in any unit of time", () => {
    const result = (input: IntervalOutcome) => {
      try {
        return one(input);
      } catch (error) {
        expect(error).toBeInstanceOf(SurvivalError);
        return null;
      }
    };
    fc.assert(
      fc.property(lateRows, (input) => {
        const years = (values: readonly number[]) => values.map((value) => value / 16);
        const curve = result(input);
        const scaled = result({
          lower: years(input.lower),
          upper: years(input.upper),
          entry: years(input.entry),
        });
        expect(scaled === null).toBe(curve === null);
        if (curve === null || scaled === null) return;
        expect(curve.certificate.kuhnTucker).toBeLessThan(1e-10);
        expect(scaled.unique).toBe(curve.unique);
        expectClose(scaled.logLikelihood, curve.logLikelihood, "log-likelihood");
      }),
      OFTEN,
    );
  });

  it("changes nothing where all enter at 0", () => {
    fc.assert(
      fc.property(lateRows, ({ lower, upper }) => {
        const curve = one({ lower, upper });
        const entered = one({ lower, upper, entry: lower.map(() => 0) });
        expect(entered).toEqual(curve);
      }),
      OFTEN,
    );
  });
});

describe("turnbull by group", () => {
  it("is the estimate of each group's rows", () => {
    const [a, b] = turnbull({ lower: [0, 2, 2, 4], upper: [3, 3, 6, 7], group: ["b", "a", "b", "a"] });
    expect([a.label, b.label, a.n, b.n]).toEqual(["a", "b", 2, 2]);
    expect(a.intervals).toEqual([
      { lower: 2, upper: 3, probability: 0.5 },
      { lower: 4, upper: 7, probability: 0.5 },
    ]);
    expect(b.intervals).toEqual([{ lower: 2, upper: 3, probability: 1 }]);
  });

  it("takes times that differ by rounding only as one", () => {
    const curve = one({ lower: [0.1 + 0.2, 0.3], upper: [0.3, 1].map((u, i) => (i === 0 ? 0.1 + 0.2 : u)) });
    expect(curve.intervals.map(({ lower, upper }) => [lower, upper])).toEqual([
      [0.3, 0.3],
      [0.3, 1],
    ]);
  });
});
