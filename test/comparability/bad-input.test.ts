import { describe, expect, it } from "vitest";
import {
  balanceTable,
  biasFactor,
  effectiveSampleSize,
  eValue,
  LogisticConvergenceError,
  LogisticSeparationError,
  logisticRegression,
  propensityScore,
  propensityWeights,
  standardizedMeanDifference,
  weightedCurves,
} from "../../lib/comparability/index";
import { InvalidInputError } from "../../lib/statistics/index";

const treated = [1, 1, 1, 0, 0, 0];
const age = [30, 40, 50, 35, 45, 28];
const scores = [0.6, 0.7, 0.5, 0.4, 0.3, 0.5];
const outcome = { time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 1, 1, 1], group: treated };
const bad: (number | null)[] = [30, 40, Number.NaN, 35, 45, 28];

describe("arguments that cannot be used", () => {
  it.each<[() => unknown, string, string, number | null]>([
    [() => balanceTable({ treated: [], covariates: { age: [] } }), "treated is empty", "treated", null],
    [() => balanceTable({ treated: [1, 0, 2], covariates: { age } }), "treated[2] is 2", "treated", 2],
    [() => balanceTable({ treated: [1, 1], covariates: { age } }), "all 2 elements of treated are 1", "treated", null],
    [() => balanceTable({ treated, covariates: {} }), "covariates is empty", "covariates", null],
    [
      () => balanceTable({ treated, covariates: { age: [1] } }),
      "covariates.age has 1 elements and treated has 6",
      "covariates.age",
      null,
    ],
    [() => balanceTable({ treated, covariates: { age: bad } }), "covariates.age[2] is NaN", "covariates.age", 2],
    [
      () => balanceTable({ treated, covariates: { age: [1, 2, "3", 4, 5, 6] } }),
      'covariates.age[2] is "3"',
      "covariates.age",
      2,
    ],
    [
      () => balanceTable({ treated, covariates: { region: ["a", "", "a", "b", "a", "b"] } }),
      'covariates.region[1] is ""',
      "covariates.region",
      1,
    ],
    [
      () => balanceTable({ treated, covariates: { age: [null, null, null, 1, 2, 3] } }),
      "covariates.age is missing in all treated rows",
      "covariates.age",
      null,
    ],
    [
      () => balanceTable({ treated, covariates: { age: age.map(() => null) } }),
      "covariates.age is missing in all 6 rows",
      "covariates.age",
      null,
    ],
    [
      () => balanceTable({ treated, covariates: { age }, weights: [1, 1, -1, 1, 1, 1] }),
      "weights[2] is -1",
      "weights",
      2,
    ],
    [
      () => balanceTable({ treated, covariates: { age }, weights: [1, 1, 1, 0, 0, 0] }),
      "all weights of the control rows are 0",
      "weights",
      null,
    ],
    [() => standardizedMeanDifference(["a", "b", "a", "b", "a", "b"], treated), "values are texts", "values", null],
    [
      () => propensityScore({ treated, covariates: { age: [30, null, 50, 35, 45, 28] } }),
      "covariates.age[1] is missing",
      "covariates.age",
      1,
    ],
    [
      () => propensityScore({ treated, covariates: { age } }, { maxIterations: 0 }),
      "maxIterations is 0",
      "maxIterations",
      null,
    ],
    [() => propensityScore({ treated, covariates: { age } }, { tolerance: 2 }), "tolerance is 2", "tolerance", null],
    [
      () => propensityWeights([0.5, 0.5, 1, 0.5, 0.5, 0.5], treated, { estimand: "ATE" }),
      "scores[2] is 1",
      "scores",
      2,
    ],
    [
      () => propensityWeights(scores, treated, { estimand: "ATE", trim: [0.9, 0.1] }),
      "trim is [0.9, 0.1]",
      "trim",
      null,
    ],
    [
      () => propensityWeights(scores, treated, { estimand: "ATE", trim: [0.55, 1] }),
      "leaves no control row",
      "trim",
      null,
    ],
    [() => propensityWeights(scores, treated, { estimand: "ATE", cap: 0 }), "cap is 0", "cap", null],
    [
      () => propensityWeights(scores, treated, { estimand: "overlap", stabilized: true }),
      "leave stabilized out",
      "stabilized",
      null,
    ],
    [
      () => weightedCurves({ ...outcome, weights: [1, 2, 3, 0, 0, 0] }),
      'all 3 rows of group "0" are 0',
      "weights",
      null,
    ],
    [
      () => weightedCurves({ ...outcome, weights: [1.5, 2, 3, 0, 0, 0] }),
      'all 3 rows of group "0" are 0',
      "weights",
      null,
    ],
    [
      () => eValue({ hazardRatio: -0.4, lower: 0.1, upper: 0.9, rare: true }),
      "hazardRatio is -0.4",
      "hazardRatio",
      null,
    ],
    [
      () => eValue({ hazardRatio: 0.4, lower: 0.5, upper: 0.9, rare: true }),
      "limits are 0.5 to 0.9",
      "hazardRatio",
      null,
    ],
    [() => biasFactor(0.5, 2), "withGroup is 0.5", "withGroup", null],
  ])("case %#", (call, message, argument, index) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof InvalidInputError)) throw new Error(`no InvalidInputError but ${String(thrown)}`);
    expect(thrown.message).toContain(message);
    expect(thrown.argument).toBe(argument);
    expect(thrown.index).toBe(index);
  });

  it("effective sample size of weights that are not", () => {
    expect(() => effectiveSampleSize([0, 0])).toThrow("largest weight is 0");
    expect(() => effectiveSampleSize([1, -1])).toThrow("weights[1] is -1");
  });
});

describe("separation", () => {
  const score = (covariates: Record<string, (number | string)[]>) => {
    try {
      return propensityScore({ treated, covariates });
    } catch (error) {
      if (error instanceof LogisticSeparationError) return error;
      throw error;
    }
  };

  it("complete, by one covariate", () => {
    const error = score({ dose: [5, 6, 7, 1, 2, 3], age });
    if (!(error instanceof LogisticSeparationError)) throw new Error("no error");
    expect(error.covariates).toContain("dose");
    expect(error.message).toContain("(separation)");
    expect(error.message).toContain("compare only rows for which both arms occur");
  });

  it("quasi-complete, by a level in which one arm does not occur", () => {
    const error = score({ region: ["Asia", "Africa", "Asia", "Africa", "Africa", "Africa"] });
    if (!(error instanceof LogisticSeparationError)) throw new Error("no error");
    expect(error.covariates).toEqual(["region=Asia"]);
    expect(error.message).toContain('all 2 rows where "region=Asia" is 1 are treated rows');
  });

  it("by a combination of two covariates, neither of which separates", () => {
    const error = score({ x: [1, 2, 3, 2, 3, 4], y: [2, 3, 4, 1, 2, 3] });
    if (!(error instanceof LogisticSeparationError)) throw new Error("no error");
    expect(error.covariates).toEqual(["x", "y"]);
    expect(error.message).toContain('a combination of "x", "y"');
  });

  it("is not seen where a large coefficient is finite", () => {
    // One pair of rows crosses by a hair: the estimate is large, and exists.
    const found = score({ dose: [2.99, 4, 5, 1, 2, 3] });
    if (found instanceof LogisticSeparationError) throw found;
    expect(found.model.terms[1].coefficient).toBeGreaterThan(5);
  });

  it("is told from a lack of iterations", () => {
    const run = () => propensityScore({ treated, covariates: { age } }, { maxIterations: 1 });
    expect(run).toThrow(LogisticConvergenceError);
    expect(run).toThrow("not converged after 1 iterations");
  });
});

describe("edges", () => {
  it("a covariate that does not vary has difference 0, or none that could be standardised", () => {
    expect(standardizedMeanDifference([5, 5, 5, 5, 5, 5], treated).standardizedDifference).toBe(0);
    const apart = standardizedMeanDifference([5, 5, 5, 4, 4, 4], treated);
    expect(apart.difference).toBe(1);
    expect(apart.standardizedDifference).toBeNull();
    expect(apart.varianceRatio).toBeNull();
    const table = balanceTable({ treated, covariates: { age, apart: [5, 5, 5, 4, 4, 4] } });
    expect(table.largest.unweighted).toBeNull();
  });

  it("one row in an arm has a mean and no standard deviation", () => {
    const found = standardizedMeanDifference([30, 40, 50], [1, 0, 0]);
    expect(found.standardDeviation.treated).toBeNull();
    expect(found.standardizedDifference).toBeNull();
    expect(
      standardizedMeanDifference([30, 40, 50], [1, 0, 0], { denominator: "control" }).standardizedDifference,
    ).toBeCloseTo(-15 / Math.sqrt(50), 12);
  });

  it("trimming and caps are counted by arm", () => {
    const found = propensityWeights([0.05, 0.7, 0.5, 0.4, 0.95, 0.5], treated, {
      estimand: "ATE",
      trim: [0.1, 0.9],
      cap: 1.9,
    });
    expect(found.weights).toEqual([0, 1 / 0.7, 1.9, 1 / 0.6, 0, 1.9]);
    expect(found.trimmed).toEqual({ treated: 1, control: 1 });
    expect(found.capped).toEqual({ treated: 1, control: 1 });
    expect(found.largest).toEqual({ weight: 1.9, index: 2 });
  });

  it("scores say where arms overlap and how many rows lie outside", () => {
    const found = propensityScore({
      treated: [1, 1, 1, 0, 0, 0],
      covariates: { age: [30, 60, 50, 35, 45, 20] },
    });
    expect(found.overlap).toEqual({ from: found.scores[0], to: found.scores[4] });
    expect(found.outside).toEqual({ treated: 2, control: 1 });
  });
});

describe("the examples of the documentation", () => {
  it("give what they say", () => {
    expect(standardizedMeanDifference([41, 50, 38, 29], [1, 1, 0, 0]).standardizedDifference).toBeCloseTo(1.886, 3);
    const fit = logisticRegression({ outcome: [0, 1, 0, 1, 1], covariates: { age: [21, 30, 44, 39, 52] } });
    expect(fit.terms[1].coefficient).toBeCloseTo(0.0723, 4);
    expect(propensityWeights([0.2, 0.8, 0.5], [0, 1, 1], { estimand: "ATE" }).weights).toEqual([1.25, 1.25, 2]);
    expect(effectiveSampleSize([1, 1, 1, 3])).toBe(3);
    expect(biasFactor(2, 3)).toBe(1.5);
    const found = eValue({ hazardRatio: 0.56, lower: 0.46, upper: 0.69, rare: true });
    expect(found.estimate).toBeCloseTo(2.97, 2);
    expect(found.limit).toBeCloseTo(2.26, 2);
  });
});
