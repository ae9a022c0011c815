import { describe, expect, it } from "vitest";
import { type ImputationInput, imputeChained, poolCox, poolRubin } from "../../lib/imputation";
import { seededRandom } from "../../lib/statistics";
import { cox } from "../../lib/survival/cox";
import { fc } from "../support/property";

/** Exponential times with log hazard ratios 1 (a) and −0.5 (b); a is correlated with b and missing by a known rule. */
function simulated(n: number, seed: number, missing: (b: number, draw: number) => boolean) {
  const random = seededRandom(seed);
  const rows = Array.from({ length: n }, () => {
    const b = random.next() < 0.5 ? 1 : 0;
    const a = random.next() < 0.3 + 0.4 * b ? 1 : 0;
    const time = -Math.log(1 - random.next()) / Math.exp(a - 0.5 * b);
    return { a, b, time: Math.min(time, 1.5), event: time < 1.5 ? 1 : 0, lost: missing(b, random.next()) };
  });
  return {
    truth: rows.map(({ a }) => a),
    input: {
      time: rows.map(({ time }) => time),
      event: rows.map(({ event }) => event),
      covariates: { a: rows.map(({ a, lost }) => (lost ? null : a)), b: rows.map(({ b }) => b) },
    },
  };
}

const coefficients = (input: ImputationInput, options: Parameters<typeof imputeChained>[1]) =>
  poolCox(
    imputeChained(input, options).completed.map((covariates) =>
      cox({ time: input.time, event: input.event, covariates }),
    ),
  );

describe("imputeChained", () => {
  it("keeps what is known, fills what is not with 0 and 1, and repeats itself", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0.05, max: 0.4, noNaN: true }), (seed, share) => {
        const { input } = simulated(80, seed + 1, (_, draw) => draw < share);
        const options = { imputations: 3, iterations: 2, seed };
        const found = imputeChained(input, options);
        expect(found).toEqual(imputeChained(input, options));
        for (const copy of found.completed) {
          expect(copy.b).toEqual(input.covariates.b);
          copy.a?.forEach((value, i) => {
            const known = input.covariates.a[i];
            expect(known === null ? value === 0 || value === 1 : value === known).toBe(true);
          });
        }
        const rows = input.covariates.a.flatMap((value, i) => (value === null ? [i] : []));
        expect(found.incompleteRows).toEqual(rows);
        expect(found.missing.map((one) => one.rows)).toEqual(rows.length > 0 ? [rows] : []);
      }),
      { numRuns: 15 },
    );
  });

  it("recovers a coefficient from 40 % missing; without the outcome it is pulled to zero", () => {
    const { input, truth } = simulated(3000, 7, (b, draw) => draw < 0.2 + 0.4 * b);
    const options = { imputations: 8, iterations: 3, seed: 2 };
    const [a] = coefficients(input, options);
    const [blind] = coefficients(input, { ...options, outcome: false });
    const [complete] = cox({ ...input, covariates: { a: truth, b: input.covariates.b } }).terms;
    expect(Math.abs((a?.estimate ?? 0) - (complete?.coefficient ?? 9))).toBeLessThan(0.1);
    expect((blind?.estimate ?? 9) / (complete?.coefficient ?? 1)).toBeLessThan(0.8);
    expect(a?.missingInformation).toBeGreaterThan(0.1);
    expect(a?.standardError).toBeGreaterThan(complete?.standardError ?? 9);
  });

  it("stays finite where a covariate tells the known values apart", () => {
    const b = Array.from({ length: 40 }, (_, i) => i % 2);
    const a = b.map((value, i) => (i < 6 ? null : value));
    const input = { time: b.map((_, i) => i + 1), event: b.map(() => 1), covariates: { a, b } };
    const { completed } = imputeChained(input, { imputations: 40, iterations: 2 });
    const agree = completed.flatMap((copy) => [0, 1, 2, 3, 4, 5].map((i) => copy.a?.[i] === b[i]));
    const share = agree.filter((one) => one).length / agree.length;
    expect(share).toBeGreaterThan(0.85);
  });

  it("names what it cannot impute", () => {
    const base = { time: [1, 2, 3], event: [1, 0, 1] };
    const attempt = (covariates: Record<string, (number | null)[]>) => () => imputeChained({ ...base, covariates });
    expect(attempt({ age: [30, null, 50] })).toThrow(
      /covariates\.age has missing values and covariates\.age\[0\] is 30/,
    );
    expect(attempt({ a: [1, null, 1] })).toThrow(/no known value but 1/);
    expect(attempt({ a: [null, null, null] })).toThrow(/no known value;/);
    expect(attempt({ a: [1, Number.NaN, 0] })).toThrow(/covariates\.a\[1\] is NaN/);
    expect(attempt({ a: [1, 0] })).toThrow(/has 2 elements and time has 3/);
    expect(() => imputeChained({ ...base, covariates: { a: [1, 0, null] } }, { imputations: 0 })).toThrow(
      /imputations is 0/,
    );
  });

  it("gives copies of complete data as they are", () => {
    const { completed, missing } = imputeChained(
      { time: [1, 2], event: [1, 1], covariates: { a: [4, 5] } },
      { imputations: 2 },
    );
    expect([completed, missing]).toEqual([[{ a: [4, 5] }, { a: [4, 5] }], []]);
  });
});

describe("poolRubin", () => {
  const numbers = fc.array(
    fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 4, noNaN: true })),
    { minLength: 2, maxLength: 30 },
  );
  it("never claims more than complete data would, whatever the order", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 1, max: 500, noNaN: true }), (pairs, completeDf) => {
        const [q, u] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const pooled = poolRubin(q, u, { completeDf });
        expect(pooled.total).toBeGreaterThanOrEqual(pooled.within);
        expect(pooled.df).toBeLessThanOrEqual(completeDf);
        expect(pooled.df).toBeGreaterThan(0);
        expect(pooled.lower).toBeLessThan(pooled.estimate);
        const back = poolRubin([...q].reverse(), [...u].reverse(), { completeDf });
        expect(back.total).toBeCloseTo(pooled.total, 10);
      }),
    );
  });

  it("refuses what cannot be pooled, by name and place", () => {
    expect(() => poolRubin([1], [1])).toThrow(/there is 1 estimate; at least two/);
    expect(() => poolRubin([1, 2], [1])).toThrow(/variances has 1 elements and estimates has 2/);
    expect(() => poolRubin([1, Number.NaN], [1, 1])).toThrow(/estimates\[1\] is NaN/);
    expect(() => poolRubin([1, 2], [1, 0])).toThrow(/variances\[1\] is 0/);
    expect(() => poolRubin([1, 2], [1, 1], { completeDf: 0 })).toThrow(/completeDf is 0/);
    const model = (x: number[], name: string) =>
      cox({ time: [1, 2, 3, 4], event: [1, 1, 1, 1], covariates: { [name]: x } });
    expect(() => poolCox([model([1, 0, 1, 0], "a"), model([1, 0, 1, 0], "b")])).toThrow(/fits\[1\] has the terms b/);
    expect(() => poolCox([model([1, 0, 1, 0], "a"), model([1, 1, 0, 0], "a")])).toThrow(
      /fits\[1\] has no finite maximum/,
    );
    expect(() => poolCox([])).toThrow(/there are no fits/);
  });
});
