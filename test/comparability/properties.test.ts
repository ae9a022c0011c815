import { describe, expect, it } from "vitest";
import {
  balanceTable,
  biasFactor,
  effectiveSampleSize,
  eValue,
  LogisticSeparationError,
  logisticRegression,
  propensityScore,
  propensityWeights,
  standardizedMeanDifference,
  weightedCurves,
} from "../../lib/comparability/index";
import { kaplanMeier } from "../../lib/survival/index";
import { fc } from "../support/property";
import { expectAllClose, expectClose } from "../survival/golden";

const often = { numRuns: 100 };

/** Rows in two arms, with two covariates that overlap between them. */
const study = fc
  .array(
    fc.record({
      treated: fc.integer({ min: 0, max: 1 }),
      age: fc.integer({ min: 18, max: 80 }),
      region: fc.constantFrom("Africa", "Asia", "Europe"),
    }),
    { minLength: 4, maxLength: 40 },
  )
  .map((rows) => {
    // The same extremes in both arms, so that no covariate tells them apart.
    const both = [0, 1].flatMap((treated) =>
      ["Africa", "Asia", "Europe"].flatMap((region) => [18, 80].map((age) => ({ treated, age, region }))),
    );
    const all = [...both, ...rows];
    return {
      treated: all.map((row) => row.treated),
      covariates: { age: all.map((row) => row.age), region: all.map((row) => row.region) },
    };
  });

describe("balance", () => {
  it("changes its sign when arms are swapped, and not with a covariate's unit", () => {
    fc.assert(
      fc.property(study, fc.double({ min: 0.001, max: 1000, noNaN: true }), ({ treated, covariates }, unit) => {
        const there = standardizedMeanDifference(covariates.age, treated).standardizedDifference;
        const swapped = treated.map((arm) => 1 - arm);
        const back = standardizedMeanDifference(covariates.age, swapped).standardizedDifference;
        const scaled = covariates.age.map((age) => age * unit + 7);
        const other = standardizedMeanDifference(scaled, treated).standardizedDifference;
        expectClose(-(back ?? Number.NaN), there, "swapped", 1e-12);
        expect(Math.abs((other ?? Number.NaN) - (there ?? Number.NaN))).toBeLessThan(1e-9);
      }),
      often,
    );
  });

  it("is the same with equal weights as with none", () => {
    fc.assert(
      fc.property(study, ({ treated, covariates }) => {
        const table = balanceTable({ treated, covariates, weights: treated.map(() => 0.3) });
        for (const row of table.rows) {
          expectClose(row.weighted?.difference ?? null, row.unweighted.difference, "difference", 1e-9);
          expectClose(row.weighted?.varianceRatio ?? null, row.unweighted.varianceRatio, "variance ratio");
        }
        expectClose(table.effectiveSampleSize?.treated ?? null, table.n.treated, "effective sample size");
      }),
      often,
    );
  });

  it("is exact under overlap weights, for every covariate of the model", () => {
    fc.assert(
      fc.property(study, ({ treated, covariates }) => {
        const { scores } = propensityScore({ treated, covariates });
        const { weights } = propensityWeights(scores, treated, { estimand: "overlap" });
        const table = balanceTable({ treated, covariates, weights });
        expect(table.largest.weighted).toBeLessThan(1e-9);
      }),
      often,
    );
  });
});

describe("logistic regression", () => {
  it("fits probabilities that average to what was observed, overall and in each level", () => {
    fc.assert(
      fc.property(study, ({ treated, covariates }) => {
        const { fitted } = logisticRegression({ outcome: treated, covariates });
        for (const level of [null, "Asia", "Europe"]) {
          const rows = fitted.map((_, i) => level === null || covariates.region[i] === level);
          const sum = (values: readonly number[]) => values.reduce((s, v, i) => (rows[i] ? s + v : s), 0);
          expectClose(sum(fitted), sum(treated), level ?? "overall");
        }
      }),
      often,
    );
  });

  it("does not depend on the order of rows, and takes weights 2 as duplicated rows", () => {
    fc.assert(
      fc.property(study, ({ treated, covariates }) => {
        const coefficients = (fit: ReturnType<typeof logisticRegression>) => fit.terms.map((t) => t.coefficient);
        const fit = logisticRegression({
          outcome: treated,
          covariates,
          weights: treated.map((_, i) => 1 + (i % 2)),
        });
        const twice = treated.flatMap((_, i) => (i % 2 === 1 ? [i, i] : [i])).reverse();
        const other = logisticRegression({
          outcome: twice.map((i) => treated[i]),
          covariates: {
            age: twice.map((i) => covariates.age[i]),
            region: twice.map((i) => covariates.region[i]),
          },
        });
        coefficients(fit).forEach((value, j) => {
          expect(Math.abs(value - coefficients(other)[j])).toBeLessThan(1e-9);
        });
      }),
      often,
    );
  });

  it("finds separation by a threshold in any covariate, and none once one row crosses it", () => {
    const cases = fc.record({
      low: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 10 }),
      high: fc.array(fc.double({ min: 2, max: 3, noNaN: true }), { minLength: 3, maxLength: 10 }),
      unit: fc.constantFrom(1e-6, 1, 1e9),
    });
    fc.assert(
      fc.property(cases, ({ low, high, unit }) => {
        const outcome = [...low.map(() => 0), ...high.map(() => 1)];
        const dose = [...low, ...high].map((value) => value * unit);
        const regress = (x: number[], y: number[]) => logisticRegression({ outcome: y, covariates: { dose: x } });
        expect(() => regress(dose, outcome)).toThrow(LogisticSeparationError);
        expect(() => regress(dose, outcome)).toThrow('"dose"');
        expect(regress([...dose, 2.5 * unit, 0.5 * unit], [...outcome, 0, 1]).terms[1].name).toBe("dose");
      }),
      often,
    );
  });
});

describe("weights", () => {
  it("never have a larger effective sample size than rows", () => {
    const weights = fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        weights.filter((w) => w.some((weight) => weight > 0)),
        (w) => {
          const n = effectiveSampleSize(w);
          expect(n).toBeGreaterThanOrEqual(1);
          expect(n).toBeLessThanOrEqual(w.length * (1 + 1e-12));
        },
      ),
      often,
    );
  });

  it("keep each stabilised arm's mean near 1, and curves where they were", () => {
    const { treated, covariates } = fc.sample(study, { numRuns: 1 })[0];
    const { scores } = propensityScore({ treated, covariates });
    const outcome = {
      time: treated.map((_, i) => 1 + ((i * 7) % 11)),
      event: treated.map((_, i) => i % 3 !== 0),
    };
    for (const estimand of ["ATE", "ATT", "ATC"] as const) {
      const plain = propensityWeights(scores, treated, { estimand });
      const stable = propensityWeights(scores, treated, { estimand, stabilized: true });
      const mean = stable.weights.reduce((sum, weight) => sum + weight, 0) / treated.length;
      expect(Math.abs(mean - 1)).toBeLessThan(0.25);
      expectClose(stable.effectiveSampleSize.treated, plain.effectiveSampleSize.treated, "effective sample size");
      const curves = (weights: readonly number[]) => weightedCurves({ ...outcome, group: treated, weights });
      expectAllClose(curves(stable.weights)[0].survival, curves(plain.weights)[0].survival, "survival");
      expectAllClose(curves(stable.weights)[1].standardError, curves(plain.weights)[1].standardError, "error");
    }
  });

  it("that are whole numbers are not taken for counts of rows", () => {
    const rows = {
      time: [1, 3, 3, 5, 8, 8],
      event: [1, 1, 0, 1, 0, 1],
      group: ["a", "a", "b", "a", "b", "b"],
    };
    const weights = [4, 2, 2, 6, 4, 2];
    const curves = weightedCurves({ ...rows, weights });
    const robust = kaplanMeier({ ...rows, weights: weights.map((weight) => weight * 0.3) });
    curves.forEach((curve, k) => {
      expectAllClose(curve.standardError, robust[k].standardError, "standard error");
      expectAllClose(curve.survival, robust[k].survival, "survival");
      expect(curve.robust).toBe(true);
    });
    expect(curves[0].atRisk[0]).toBe(12);
    const equal = weightedCurves({ ...rows, weights: [2, 2, 2, 2, 2, 2] });
    const plain = kaplanMeier(rows);
    equal.forEach((curve, k) => {
      // Once survival is 0 the robust error is 0, and Greenwood has none.
      expectAllClose(
        curve.standardError,
        plain[k].standardError.map((error) => error ?? 0),
        "standard error",
      );
      expect(curve.atRisk).toEqual(plain[k].atRisk.map((count) => 2 * count));
    });
  });
});

describe("E-values", () => {
  it("are the strength at which the bias factor reaches the ratio, and the same for its inverse", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.001, max: 50, noNaN: true }), fc.boolean(), (hazardRatio, rare) => {
        const wide = { lower: hazardRatio / 2, upper: hazardRatio * 2, rare };
        const found = eValue({ hazardRatio, ...wide });
        expectClose(biasFactor(found.estimate, found.estimate), found.riskRatio.estimate, "bias factor");
        const inverse = eValue({
          hazardRatio: 1 / hazardRatio,
          lower: 1 / wide.upper,
          upper: 1 / wide.lower,
          rare,
        });
        expectClose(inverse.estimate, found.estimate, "inverse", 1e-7);
        expectClose(inverse.limit, found.limit, "inverse limit", 1e-7);
        expect(found.limit).toBeLessThanOrEqual(found.estimate);
        expect(found.limit).toBeGreaterThanOrEqual(1);
      }),
      often,
    );
  });
});
