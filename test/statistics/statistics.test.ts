import { describe, expect, it } from "vitest";
import {
  binomialInterval,
  chiSquareQuantile,
  chiSquareUpperTail,
  combinations,
  holm,
  logChiSquareUpperTail,
  logCombinations,
  logNormalUpperTail,
  logTwoSidedP,
  normalCdf,
  normalQuantile,
  normalUpperTail,
  studentTQuantile,
  studentTTwoSidedP,
  studentTUpperTail,
  twoSidedP,
} from "../../lib/statistics/index";
import { expectAllClose, expectClose, readGolden } from "../survival/golden";

const golden = readGolden<{
  chiSquare: { x: number[]; df: number[]; upperTail: number[] };
  normal: { z: number[]; cdf: number[]; upperTail: number[]; twoSided: number[] };
  logChiSquare: { x: number[]; df: number[]; log: number[] };
  logNormal: { z: number[]; log: number[] };
  chiSquareQuantile: { p: number[]; df: number[]; lower: number[]; upper: number[] };
  quantile: { p: number[]; z: number[] };
  student: { t: number[]; df: number[]; upperTail: number[]; twoSided: number[] };
  studentQuantile: { p: number[]; df: number[]; t: number[] };
  binomial: { successes: number; trials: number; confidence: number; lower: number; upper: number }[];
  holm: { pValues: number[]; adjusted: number[] }[];
  combinations: { total: number; chosen: number; count: number; logCount: number }[];
}>("statistics");

/** Relative agreement only: a tail of 1e-300 must have its digits too. */
function expectSameDigits(actual: number, expected: number, where: string, tolerance = 1e-11) {
  if (expected === 0) expect(actual, where).toBe(0);
  else expect(Math.abs(actual / expected - 1), `${where}: ${actual} here, ${expected} in R`).toBeLessThan(tolerance);
}

describe("tails and quantiles agree with R", () => {
  it("chi-square", () => {
    golden.chiSquare.x.forEach((x, i) => {
      const { df, upperTail } = golden.chiSquare;
      expectSameDigits(chiSquareUpperTail(x, df[i]), upperTail[i], `x = ${x}, df = ${df[i]}`);
    });
    expect(chiSquareUpperTail(161.1, 4).toPrecision(3)).toBe("8.49e-34");
  });

  it("normal", () => {
    golden.normal.z.forEach((z, i) => {
      expectSameDigits(normalCdf(z), golden.normal.cdf[i], `cdf of ${z}`);
      expectSameDigits(normalUpperTail(z), golden.normal.upperTail[i], `upper tail of ${z}`);
      expectSameDigits(twoSidedP(z), golden.normal.twoSided[i], `two-sided p of ${z}`);
    });
    golden.quantile.p.forEach((p, i) => {
      expectSameDigits(normalQuantile(p), golden.quantile.z[i], `quantile of ${p}`);
    });
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
  });

  it("logarithms of tails, also of those that no double holds", () => {
    golden.logChiSquare.x.forEach((x, i) => {
      const df = golden.logChiSquare.df[i];
      expectSameDigits(logChiSquareUpperTail(x, df), golden.logChiSquare.log[i], `x = ${x}, df = ${df}`);
    });
    golden.logNormal.z.forEach((z, i) => {
      expectSameDigits(logNormalUpperTail(z), golden.logNormal.log[i], `z = ${z}`);
      if (z > 0) expectSameDigits(logTwoSidedP(-z), golden.logNormal.log[i] + Math.LN2, `two-sided, z = ${z}`);
    });
    expect([logNormalUpperTail(Infinity), logChiSquareUpperTail(Infinity, 3), logTwoSidedP(0)]).toEqual([
      -Infinity,
      -Infinity,
      0,
    ]);
  });

  it("chi-square quantiles from either tail", () => {
    const { p, df, lower, upper } = golden.chiSquareQuantile;
    p.forEach((share, i) => {
      const where = `p = ${share}, df = ${df[i]}`;
      expectSameDigits(chiSquareQuantile(share, df[i]), lower[i], where, 1e-10);
      expectSameDigits(chiSquareQuantile(share, df[i], "upper"), upper[i], `upper, ${where}`, 1e-10);
    });
    expect([chiSquareQuantile(0, 2), chiSquareQuantile(1, 2)]).toEqual([0, Infinity]);
    expect(chiSquareUpperTail(chiSquareQuantile(1e-300, 4, "upper"), 4) / 1e-300 - 1).toBeLessThan(1e-11);
  });

  it("Student's t", () => {
    golden.student.t.forEach((t, i) => {
      const { df, upperTail, twoSided } = golden.student;
      const where = `t = ${t}, df = ${df[i]}`;
      expectSameDigits(studentTUpperTail(t, df[i]), upperTail[i], `upper tail, ${where}`, 1e-10);
      expectSameDigits(studentTTwoSidedP(t, df[i]), twoSided[i], `two-sided p, ${where}`, 1e-10);
    });
    golden.studentQuantile.p.forEach((p, i) => {
      const { df, t } = golden.studentQuantile;
      expectSameDigits(studentTQuantile(p, df[i]), t[i], `quantile of ${p}, df = ${df[i]}`, 1e-9);
    });
    expect(studentTQuantile(0, 3)).toBe(-Infinity);
    expect(studentTQuantile(1, 3)).toBe(Infinity);
    expect(studentTQuantile(0.5, 3)).toBe(0);
    expect(studentTQuantile(0.975, Infinity)).toBe(normalQuantile(0.975));
    expect(studentTTwoSidedP(1.5, Infinity)).toBe(twoSidedP(1.5));
    expect(() => studentTUpperTail(1, 0)).toThrow("df is 0; a number above 0 is needed");
    expect(() => studentTQuantile(1.5, 3)).toThrow("p is 1.5");
    expect(() => studentTTwoSidedP(Number.NaN, 3)).toThrow("t is NaN");
  });

  it.each(golden.binomial)("exact interval of $successes in $trials, $confidence", (r) => {
    const interval = binomialInterval(r.successes, r.trials, r.confidence);
    expectClose(interval.lower, r.lower, "lower");
    expectClose(interval.upper, r.upper, "upper");
    expect(interval.estimate).toBe(r.successes / r.trials);
  });

  it("Holm's adjustment", () => {
    for (const { pValues, adjusted } of golden.holm) expectAllClose(holm(pValues), adjusted, "adjusted", 1e-14);
  });

  it("combinations", () => {
    for (const { total, chosen, count, logCount } of golden.combinations) {
      expectClose(combinations(total, chosen), count, `${chosen} of ${total}`, 1e-10);
      expectClose(logCombinations(total, chosen), logCount, `log of ${chosen} of ${total}`, 1e-10);
    }
    expect(combinations(37, 19)).toBe(17672631900);
  });
});

describe("values outside the domain", () => {
  it.each([
    [() => chiSquareUpperTail(-1, 1), "x is -1"],
    [() => chiSquareUpperTail(Number.NaN, 1), "x is NaN"],
    [() => chiSquareUpperTail(1, 0), "df is 0"],
    [() => normalCdf(Number.NaN), "z is NaN"],
    [() => normalUpperTail(Number.NaN), "z is NaN"],
    [() => twoSidedP(Number.NaN), "z is NaN"],
    [() => normalQuantile(1.5), "p is 1.5"],
    [() => binomialInterval(20, 19), "successes is 20"],
    [() => binomialInterval(1.5, 19), "successes is 1.5"],
    [() => binomialInterval(0, 0), "trials is 0"],
    [() => binomialInterval(1, 2, 95), "confidence is 95"],
    [() => holm([0.5, -0.1]), "pValues[1] is -0.1"],
    [() => combinations(3, 4), "4 of 3"],
  ])("%s names what was found", (call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
