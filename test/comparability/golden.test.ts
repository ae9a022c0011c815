import { describe, expect, it } from "vitest";
import {
  type BalanceRow,
  balanceTable,
  type Covariate,
  type Denominator,
  type Estimand,
  eValue,
  type LogisticFit,
  logisticRegression,
  propensityScore,
  propensityWeights,
  standardizedMeanDifference,
  weightedCurves,
} from "../../lib/comparability/index";
import { expectAllClose, expectClose, readGolden } from "../survival/golden";

interface Logistic {
  coefficients: number[];
  standardErrors: number[];
  covariance: number[][];
  fitted: number[];
  nullDeviance: number;
  deviance: number;
  aliased: number[];
}

interface Line {
  treated: number;
  control: number;
  difference: number;
  standardized: number;
  varianceRatio: number | null;
}

interface Study {
  treated: number[];
  covariates: Record<string, Covariate>;
  time: number[];
  event: number[];
  logistic: Logistic;
  caseWeights: number[];
  weightedLogistic: Logistic;
  estimands: Record<
    Estimand,
    {
      weights: number[];
      effective: [number, number];
      balance: Record<Denominator, Line[]>;
      curves: {
        survival: number[];
        standardError: number[];
        lower: (number | null)[];
        upper: (number | null)[];
        atRisk: number[];
      }[];
    }
  >;
  balance: Record<Denominator, Line[]>;
}

const golden = readGolden<{
  studies: Record<string, Study>;
  aliased: { treated: number[]; covariates: Record<string, Covariate>; logistic: Logistic };
  missing: { x: (number | null)[]; treated: number[]; smd: Line };
  eValues: {
    hazardRatio: number;
    lower: number;
    upper: number;
    rare: boolean;
    riskRatio: [number, number, number];
    estimate: number;
    limit: number;
  }[];
}>("comparability");

function expectFit(fit: LogisticFit, expected: Logistic) {
  const values = (key: "coefficient" | "standardError") => fit.terms.map((term) => term[key]);
  expectAllClose(values("coefficient"), expected.coefficients, "coefficients");
  expectAllClose(values("standardError"), expected.standardErrors, "standard errors");
  // A covariance near 0 is what cancels of larger ones, so it is compared on the scale of its standard errors.
  fit.covariance.forEach((row, j) => {
    row.forEach((value, k) => {
      const scale = expected.standardErrors[j] * expected.standardErrors[k];
      expect(Math.abs(value - expected.covariance[j][k]) / scale, `covariance[${j}][${k}]`).toBeLessThan(1e-8);
    });
  });
  expectAllClose(fit.fitted, expected.fitted, "fitted");
  expectClose(fit.deviance.null, expected.nullDeviance, "null deviance");
  expectClose(fit.deviance.fitted, expected.deviance, "deviance");
  expect(fit.aliased.length).toBe(expected.aliased[0]);
  expect(fit.certificate.scoreNorm).toBeLessThan(1e-8);
}

function expectLines(rows: readonly BalanceRow[], which: "unweighted" | "weighted", lines: readonly Line[]) {
  expect(rows.length).toBe(lines.length);
  rows.forEach((row, i) => {
    const where = `${row.covariate} ${row.level ?? ""} ${which}`;
    const found = row[which];
    if (found === null) throw new Error(`${where} is null`);
    expectClose(found.mean.treated, lines[i].treated, `${where}: treated mean`);
    expectClose(found.mean.control, lines[i].control, `${where}: control mean`);
    // A weighted difference may cancel almost wholly: what is left is compared on the scale of the means.
    const scale = Math.abs(lines[i].treated) + Math.abs(lines[i].control);
    expect(Math.abs(found.difference - lines[i].difference) / scale, where).toBeLessThan(1e-10);
    const standardized = found.standardizedDifference ?? Number.NaN;
    expect(Math.abs(standardized - lines[i].standardized), `${where}: standardised`).toBeLessThan(1e-9);
    expectClose(found.varianceRatio, lines[i].varianceRatio, `${where}: variance ratio`);
  });
}

const denominators = ["pooled", "treated", "control"] as const;
const estimands = ["ATE", "ATT", "ATC", "overlap"] as const;

describe.each(Object.entries(golden.studies))("%s agrees with R", (_, study) => {
  const { treated, covariates } = study;

  it("logistic regression and propensity scores", () => {
    expectFit(logisticRegression({ outcome: treated, covariates }), study.logistic);
    const weighted = logisticRegression({ outcome: treated, covariates, weights: study.caseWeights });
    expectFit(weighted, study.weightedLogistic);
    expectAllClose(propensityScore({ treated, covariates }).scores, study.logistic.fitted, "scores");
  });

  it.each(denominators)("balance table, denominator %s", (denominator) => {
    const table = balanceTable({ treated, covariates }, denominator);
    expectLines(table.rows, "unweighted", study.balance[denominator]);
    expect(table.effectiveSampleSize).toBeNull();
    expect(table.rows.every((row) => row.weighted === null)).toBe(true);
    expect(table.n.treated + table.n.control).toBe(treated.length);
  });

  it.each(estimands)("weights, weighted balance and weighted curves for %s", (estimand) => {
    const expected = study.estimands[estimand];
    const { scores } = propensityScore({ treated, covariates });
    const { weights, effectiveSampleSize, trimmed, capped } = propensityWeights(scores, treated, {
      estimand,
    });
    expectAllClose(weights, expected.weights, "weights");
    expectAllClose([effectiveSampleSize.treated, effectiveSampleSize.control], expected.effective, "effective n");
    expect([trimmed, capped]).toEqual([
      { treated: 0, control: 0 },
      { treated: 0, control: 0 },
    ]);
    for (const denominator of denominators) {
      const table = balanceTable({ treated, covariates, weights }, denominator);
      expectLines(table.rows, "weighted", expected.balance[denominator]);
      expectLines(table.rows, "unweighted", study.balance[denominator]);
    }
    const curves = weightedCurves({ time: study.time, event: study.event, group: treated, weights });
    expected.curves.forEach((curve, k) => {
      expectAllClose(curves[k].survival, curve.survival, "survival");
      expectAllClose(curves[k].atRisk, curve.atRisk, "at risk");
      expectAllClose(curves[k].standardError, curve.standardError, "standard error");
      expectAllClose(curves[k].lower, curve.lower, "lower");
      expectAllClose(curves[k].upper, curve.upper, "upper");
    });
  });
});

it("leaves out the columns that glm leaves out", () => {
  const { treated, covariates, logistic } = golden.aliased;
  const fit = logisticRegression({ outcome: treated, covariates });
  expectFit(fit, logistic);
  expect(fit.aliased).toEqual(["constant", "both"]);
});

it("takes the known values where some are missing, and counts the others", () => {
  const { x, treated, smd } = golden.missing;
  const found = standardizedMeanDifference(x, treated);
  expectClose(found.standardizedDifference, smd.standardized, "standardised difference");
  expectClose(found.varianceRatio, smd.varianceRatio, "variance ratio");
  const [age, missing] = balanceTable({ treated, covariates: { age: x } }).rows;
  expect(age.unweighted).toEqual(found);
  expect(age.missing.treated + age.missing.control).toBe(4);
  expect(missing.kind).toBe("missing");
  const share = age.missing.treated / treated.filter((arm) => arm === 1).length;
  expect(missing.unweighted.mean.treated).toBe(share);
});

describe("E-values", () => {
  it.each(golden.eValues)("hazard ratio $hazardRatio, rare: $rare", (expected) => {
    const found = eValue({
      hazardRatio: expected.hazardRatio,
      lower: expected.lower,
      upper: expected.upper,
      rare: expected.rare,
    });
    expectClose(found.estimate, expected.estimate, "estimate");
    expectClose(found.limit, expected.limit, "limit");
    const { estimate, lower, upper } = found.riskRatio;
    expectAllClose([estimate, lower, upper], expected.riskRatio, "risk ratio");
  });

  it("gives the published example", () => {
    // VanderWeele and Ding 2017, breastfeeding: a risk ratio of 3.9 (1.8 to 8.7) has E-values 7.26 and 3.0.
    const found = eValue({ hazardRatio: 3.9, lower: 1.8, upper: 8.7, rare: true });
    expect(found.estimate).toBeCloseTo(7.26, 2);
    expect(found.limit).toBeCloseTo(3.0, 2);
  });
});
