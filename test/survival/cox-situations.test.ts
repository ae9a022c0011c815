import { describe, expect, it } from "vitest";
import { InvalidInputError, NoEventsError, OverflowError } from "../../lib/statistics/index";
import {
  atEventTimes,
  baselineHazard,
  type CoxInput,
  type CoxWarning,
  cox,
  influence,
  predictSurvival,
  proportionalHazards,
  residuals,
  timeTransform,
} from "../../lib/survival/cox/index";
import { concordance } from "../../lib/survival/index";
import { coxCases } from "./cox-golden";
import { expectAllClose, expectClose } from "./golden";

const good = {
  time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  event: [1, 1, 0, 1, 1, 1, 0, 1, 1, 0],
  covariates: { a: [1, 0, 1, 0, 1, 1, 0, 0, 1, 0], b: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3] },
};

/** As a caller from JavaScript may call. */
function broken(change: object): CoxInput {
  return Object.assign({ ...good }, change);
}

function warningsOf(input: CoxInput, options = {}): CoxWarning[] {
  return [...cox(input, options).warnings];
}

function golden(name: string): CoxInput {
  const found = coxCases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no golden case ${name}`);
  return found.input;
}

describe("cox refuses", () => {
  it.each([
    ["unequal lengths", { event: [1, 0] }, "event has 2 elements and time has 10"],
    ["a short covariate", { covariates: { a: [1, 2] } }, "covariates.a has 2 elements and time has 10"],
    [
      "NaN in a covariate",
      { covariates: { age: [1, 2, Number.NaN, 4, 5, 6, 7, 8, 9, 10] } },
      "covariates.age[2] is NaN",
    ],
    [
      "an infinite covariate",
      { covariates: { age: [1, 2, 3, Number.NEGATIVE_INFINITY, 5, 6, 7, 8, 9, 10] } },
      "covariates.age[3] is -Infinity",
    ],
    [
      "text in a covariate",
      { covariates: { region: ["Asia", 2, 3, 4, 5, 6, 7, 8, 9, 10] } },
      'covariates.region[0] is "Asia"',
    ],
    [
      "a negative interval",
      { entry: [0, 0, 9, 0, 0, 0, 0, 0, 0, 0] },
      "entry[2] is 9 and time[2] is 3; entry must be before time",
    ],
    ["an interval of no length", { entry: [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] }, "entry[1] is 2 and time[1] is 2"],
    ["a negative weight", { weights: [1, 1, 1, 1, 1, 1, 1, 1, 1, -2] }, "weights[9] is -2"],
    ["all weights zero", { weights: new Array(10).fill(0) }, "all weights are 0"],
    ["a NaN offset", { offset: [0, 0, 0, 0, Number.NaN, 0, 0, 0, 0, 0] }, "offset[4] is NaN"],
    ["a missing stratum", { strata: ["x", "", "x", "y", "y", "x", "x", "y", "y", "x"] }, 'strata[1] is ""'],
    ["a cluster of another length", { cluster: [1, 2] }, "cluster has 2 elements"],
    ["a covariate without a name", { covariates: { "": good.covariates.a } }, "covariate number 1 has no name"],
  ])("%s", (_, change, message) => {
    expect(() => cox(broken(change))).toThrow(InvalidInputError);
    expect(() => cox(broken(change))).toThrow(`cox: ${message}`);
  });

  it("data without an event, or with events of weight 0 only", () => {
    expect(() => cox({ ...good, event: new Array(10).fill(0) })).toThrow(NoEventsError);
    const weights = good.event.map((event) => 1 - event);
    expect(() => cox({ ...good, weights })).toThrow("cox: no row has the event");
  });

  it("nothing about Firth's penalty with an entry: with entries of zero it is the fit without", () => {
    const [plain, late] = [good, { ...good, entry: new Array(10).fill(0) }].map((input) => cox(input, { firth: true }));
    late.terms.forEach(({ coefficient }, j) => {
      expect(coefficient).toBeCloseTo(plain.terms[j].coefficient, 12);
    });
  });

  it("options that contradict each other or have no meaning", () => {
    expect(() => cox(good, { firth: true, ridge: 1 })).toThrow("one penalty is needed");
    expect(() => cox(good, { ridge: -1 })).toThrow("ridge is -1");
    expect(() => cox(good, { confidence: 95 })).toThrow("confidence is 95");
    expect(() => cox(good, { maxIterations: 1.5 })).toThrow("maxIterations is 1.5");
    expect(() => cox(good, { tolerance: 0 })).toThrow("tolerance is 0");
    expect(() => cox(good, { ties: "exact", robust: true })).toThrow("no robust variance");
    expect(() => cox(good, { ties: "exact", firth: true })).toThrow('firth needs ties: "efron" or "breslow"');
    expect(() => cox({ ...good, weights: new Array(10).fill(2) }, { ties: "exact" })).toThrow("weights of 0 and 1");
  });

  it("offsets whose risks cannot be held beside each other", () => {
    const offset = good.time.map((t) => (t === 1 ? 0 : -1000 * t));
    expect(() => cox({ ...good, offset: offset.map((x) => x * 3) })).toThrow(OverflowError);
  });
});

describe("cox estimates", () => {
  // Sums of these values and their differences are exact in doubles, so that the shifted column says the same to the last digit.
  const { time, event } = good;
  const { a } = good.covariates;
  const strata = time.map((_, i) => (i % 3 === 0 ? "first" : "second"));
  const coefficientOf = (x: number[], other: object = {}) => cox({ time, event, covariates: { x }, ...other }).terms[0];

  it.each([1e9, 1e12, 1e14, 1e15])("a covariate of little spread beside its size: %d and 0 or 1", (size) => {
    const found = coefficientOf(a.map((value) => size + value));
    expectClose(found?.coefficient ?? null, coefficientOf(a).coefficient, "coefficient", 1e-10);
    expectClose(found?.standardError ?? null, coefficientOf(a).standardError, "error", 1e-10);
  });

  it("one that differs in its last digits, as R does", () => {
    const least = 2 ** -20;
    const found = coefficientOf(a.map((value) => 1e9 + value * least));
    expectClose((found?.coefficient ?? 0) * least, coefficientOf(a).coefficient, "coefficient", 1e-9);
    expectClose(
      coefficientOf(a.map((value) => value * 1e-9)).coefficient * 1e-9,
      coefficientOf(a).coefficient,
      "1e-9",
      1e-10,
    );
  });

  it.each([1e3, 1e4, 1e6])("one that differs %d times as much between strata as within them", (factor) => {
    const apart = a.map((value, i) => value + (strata[i] === "first" ? factor : 0));
    const [found, plain] = [coefficientOf(apart, { strata }), coefficientOf(a, { strata })];
    expectClose(found?.coefficient ?? null, plain.coefficient, "coefficient", 1e-8);
    expectClose(found?.standardError ?? null, plain.standardError, "error", 1e-8);
    const cluster = time.map((_, i) => i % 7);
    const robust = coefficientOf(apart, { strata, cluster });
    expectClose(robust.robustStandardError, coefficientOf(a, { strata, cluster }).robustStandardError, "robust", 1e-8);
  });
});

describe("cox warns", () => {
  it("of a covariate that differs beside what it is elsewhere by rounding only, and not that it is the same", () => {
    // The first to leave, before any event, is in no risk set of one.
    const time = [1, ...good.time.map((t) => t + 1)];
    const event = [0, ...good.event];
    const { aliased, warnings } = cox({ time, event, covariates: { x: [1e12, ...good.covariates.b] } });
    expect(aliased).toEqual(["x"]);
    expect(warnings[0].message).toContain("differs so little among rows at risk");
  });

  it("of a constant covariate, and of one that is made of others", () => {
    const c = good.covariates.a.map(() => 2015);
    const d = good.covariates.a.map((a, i) => 3 * a - 2 * good.covariates.b[i] + 7);
    const fit = cox({ ...good, covariates: { ...good.covariates, c, d } });
    expect(fit.aliased).toEqual(["c", "d"]);
    expect(fit.warnings).toMatchObject([
      {
        kind: "AliasedWarning",
        covariate: "c",
        message: expect.stringContaining('"c" is the same for all rows at risk'),
      },
      {
        kind: "AliasedWarning",
        covariate: "d",
        message: expect.stringContaining('"d" is a linear combination of "a", "b"'),
      },
    ]);
    const plain = cox(good);
    expectAllClose(
      fit.terms.map((t) => t.coefficient),
      plain.terms.map((t) => t.coefficient),
      "coefficient",
    );
    expect(fit.tests.wald?.df).toBe(2);
  });

  it("of separation, naming the covariate and the group without events", () => {
    const a = good.event.map((event, i) => (event === 0 && i > 5 ? 1 : 0));
    const [warning] = warningsOf({ ...good, covariates: { prisoner: a, b: good.covariates.b } });
    expect(warning).toMatchObject({ kind: "SeparationWarning", covariates: ["prisoner"] });
    expect(warning.message).toContain('no event occurs where "prisoner" is 1 while others are at risk');
    expect(warning.message).toContain("firth: true");
  });

  it("of separation where the value without events is 0, and says 0 whatever the mean", () => {
    for (const n of [6, 9, 12]) {
      const x = Array.from({ length: n }, (_, i) => (i === 3 || i === 4 ? 1 : 0));
      const [warning] = warningsOf({ time: x.map((_, i) => i + 1), event: x, covariates: { x } });
      expect(warning.message).toContain('no event occurs where "x" is 0 while others are at risk');
    }
  });

  it("of a covariate that orders the events, and of a combination that does", () => {
    const order = good.time.map((t) => 20 - t);
    const [warning] = warningsOf({ ...good, event: new Array(10).fill(1), covariates: { order } });
    expect(warning).toMatchObject({ kind: "SeparationWarning", covariates: ["order"] });
    const half = [9, 1, 8, 2, 7, 3, 6, 4, 5, 0];
    const rest = order.map((x, i) => x - half[i]);
    const [both] = warningsOf({ ...good, event: new Array(10).fill(1), covariates: { half, rest } });
    expect(both).toMatchObject({ kind: "SeparationWarning", covariates: ["half", "rest"] });
    expect(both.message).toContain('a combination of "half", "rest"');
  });

  it("of separation with entries too, and not of a large but finite coefficient", () => {
    const a = good.event.map((event, i) => (event === 0 && i > 5 ? 1 : 0));
    const [warning] = warningsOf({ ...good, entry: good.time.map(() => 0), covariates: { a } });
    expect(warning).toMatchObject({ kind: "SeparationWarning" });
    const tiny = good.covariates.a.map((x) => x * 1e-6);
    const fit = cox({ ...good, covariates: { tiny } });
    expect(Math.abs(fit.terms[0].coefficient)).toBeGreaterThan(1e5);
    expect(fit.warnings).toEqual([]);
  });

  it("nothing of separation with Firth's penalty, whose estimate is finite", () => {
    const a = good.event.map((event, i) => (event === 0 && i > 5 ? 1 : 0));
    const fit = cox({ ...good, covariates: { a } }, { firth: true });
    expect(fit.warnings).toEqual([]);
    expect(fit.certificate.converged).toBe(true);
    expect(fit.terms[0].lower).toBeLessThan(fit.terms[0].hazardRatio);
    expect(fit.terms[0].upper).toBeGreaterThan(fit.terms[0].hazardRatio);
    expect(fit.terms[0].upper).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it("that it did not converge, with the next step", () => {
    const [warning] = warningsOf(golden("veteran"), { maxIterations: 1 });
    expect(warning).toMatchObject({ kind: "ConvergenceWarning" });
    expect(warning.message).toContain("not reached in 1 iterations");
    expect(warning.message).toContain("raise maxIterations");
  });

  it("of fewer events than covariates", () => {
    const event = good.event.map((_, i) => (i === 2 ? 1 : 0));
    const found = warningsOf({ ...good, event }).map((warning) => warning.kind);
    expect(found).toContain("FewEventsWarning");
  });

  it("of a stratum without events", () => {
    const strata = good.event.map((event, i) => (event === 1 ? "x" : i === 2 ? "x" : "quiet"));
    const [warning] = warningsOf({ ...good, strata });
    expect(warning).toMatchObject({ kind: "StratumWarning", strata: ["quiet"] });
    expect(warning.message).toContain("take no part");
  });
});

describe("cox is right with", () => {
  it("a year and a covariate of size 1e9, as with small numbers", () => {
    const plain = cox(good);
    const { a, b } = good.covariates;
    const fit = cox({ ...good, covariates: { a: a.map((x) => x + 2015), b: b.map((x) => x * 1e9 + 1e9) } });
    expectClose(fit.terms[0].coefficient, plain.terms[0].coefficient, "year");
    expectClose(fit.terms[1].coefficient * 1e9, plain.terms[1].coefficient, "large");
    expectClose(fit.terms[1].z, plain.terms[1].z, "z");
    expect(fit.warnings).toEqual([]);
  });

  it("a huge offset that is nearly the same for all", () => {
    const small = good.time.map((t) => (t % 3) / 4);
    const plain = cox({ ...good, offset: small });
    const shifted = cox({ ...good, offset: small.map((x) => x + 4096) });
    expectAllClose(
      shifted.terms.map((t) => t.coefficient),
      plain.terms.map((t) => t.coefficient),
      "coefficient",
    );
  });

  it("nearly collinear columns, whose coefficients are estimated still", () => {
    const b = good.covariates.b;
    const c = b.map((x, i) => x + (i % 2 === 0 ? 1e-4 : -1e-4));
    const fit = cox({ ...good, covariates: { b, c } });
    expect(fit.aliased).toEqual([]);
    expect(fit.certificate.converged).toBe(true);
    expect(fit.certificate.conditionNumber).toBeGreaterThan(1e6);
  });

  it("risks that change by orders of magnitude from one event time to the next, as R is", () => {
    const input = {
      time: [1, 1, 2, 7, 1, 3, 6, 4, 3, 1, 2, 2, 7, 4, 4, 6, 2, 5],
      event: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1],
      covariates: {
        x: [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0],
        z: [0, 0, 0, 3, 0, 0, 0, 3, 3, 0, 2, 3, 4, 2, 3, 4, 1, 2],
      },
      strata: [2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 2, 1, 2, 2, 2, 1, 1],
      counts: [4, 1, 1, 4, 1, 1, 41, 1, 1, 1, 1, 2, 1, 1, 33, 35, 1, 6],
    };
    const fit = cox(atEventTimes(input, [timeTransform("z", Math.sqrt, "√t")]));
    expect(fit.warnings).toEqual([]);
    expect(fit.certificate.converged).toBe(true);
    // coxph of the rows that survSplit makes of the copies.
    const found = fit.terms.flatMap(({ coefficient, standardError }) => [coefficient, standardError]);
    expectAllClose(found, [6.69028426, 1.97775148, -29.1993948, 4.71835915, 13.3522394, 2.1598418], "terms", 3e-9);
    expectClose(fit.logLikelihood.fitted, -237.226271659, "log likelihood", 1e-11);
  });

  it("no covariates at all: the null model and its residuals", () => {
    const fit = cox({ ...good, covariates: {} });
    expect(fit.terms).toEqual([]);
    expect(fit.logLikelihood.fitted).toBe(fit.logLikelihood.null);
    expectClose(
      residuals(fit, "martingale").reduce((sum, m) => sum + m, 0),
      0,
      "sum of residuals",
    );
  });

  it("its certificate: the score vanishes at the maximum", () => {
    for (const { input, ties } of coxCases) {
      const { certificate } = cox(input, { ties, robust: false });
      expect(certificate.converged).toBe(true);
      expect(certificate.scoreNorm).toBeLessThan(1e-6);
      expect(certificate.conditionNumber).toBeGreaterThanOrEqual(1);
      expect(certificate.iterations).toBeGreaterThan(0);
    }
  });
});

describe("functions of a fit refuse", () => {
  const fit = cox(good);

  it("a copy, which has lost its data", () => {
    const copy = JSON.parse(JSON.stringify(fit));
    expect(() => residuals(copy, "martingale")).toThrow("residuals: fit is not a value that cox() returned");
    for (const call of [baselineHazard, influence, concordance, proportionalHazards]) {
      expect(() => call(copy)).toThrow("fit the model again");
    }
  });

  it("a row without a covariate, or with text in it", () => {
    expect(() => predictSurvival(fit, [{ a: 1 }])).toThrow("rows[0].b is undefined; a finite number");
    expect(() => predictSurvival(fit, [{ a: 1, b: Number.NaN }])).toThrow("rows[0].b is NaN");
  });

  it("score residuals and the test after exact ties, and the logarithm of time 0", () => {
    const exact = cox(good, { ties: "exact" });
    expect(() => residuals(exact, "score")).toThrow("no score residuals after exact ties");
    expect(() => proportionalHazards(exact)).toThrow("after exact ties");
    const zero = cox({ ...good, time: good.time.map((t) => t - 1) });
    expect(() => proportionalHazards(zero, { transform: "log" })).toThrow("time[0] is 0, which has no logarithm");
  });

  it("concordance where no two rows can be compared", () => {
    expect(() => concordance({ time: [1], event: [1], risk: [2] })).toThrow(NoEventsError);
  });
});

describe("influence", () => {
  it("is near what leaving a row out does", () => {
    const input = golden("veteran");
    const fit = cox(input);
    const all = influence(fit);
    const most = all.reduce((a, b) => (b.displacement > a.displacement ? b : a));
    const without = <T>(values: ArrayLike<T>) => Array.from(values).filter((_, i) => i !== most.row);
    const covariates = Object.fromEntries(
      Object.entries(input.covariates).map(([name, values]) => [name, without(values)]),
    );
    const refit = cox({ time: without(input.time), event: without(input.event), covariates });
    let approximate = 0;
    let actual = 0;
    fit.terms.forEach((term, j) => {
      const change = term.coefficient - refit.terms[j].coefficient;
      approximate += (most.dfbeta[j] * change) / term.standardError ** 2;
      actual += (change * change) / term.standardError ** 2;
    });
    expect(approximate / actual).toBeGreaterThan(0.5);
    expect(approximate / actual).toBeLessThan(1.1);
    expect(all.length).toBe(fit.n);
  });
});
