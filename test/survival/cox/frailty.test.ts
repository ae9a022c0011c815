import { describe, expect, it } from "vitest";
import { concordance, cox, linearPredictors, residuals } from "../../../lib/survival";
import { expectAllClose, expectClose, readGolden } from "../golden";

interface Case {
  readonly set: string;
  readonly distribution: "gamma" | "gaussian";
  readonly variance: number;
  readonly ties: "efron" | "breslow";
  readonly coefficients: number[];
  readonly errors: number[];
  readonly logFrailty: number[];
  readonly frailtyErrors: number[];
  readonly logLikelihood: number;
  readonly integrated: number | null;
}

const { sets, cases, best } = readGolden<{
  sets: Record<string, Record<"time" | "event" | "x" | "z" | "group", number[]>>;
  cases: Case[];
  best: { readonly set: string; readonly variance: number; readonly integrated: number; readonly without: number }[];
}>("frailty");

const inputOf = (name: string) => {
  const { time, event, x, z } = sets[name];
  return { time, event, covariates: { x, z } };
};

describe("a frailty of each group agrees with R", () => {
  it.each(cases)("$set, $distribution, variance $variance, $ties", (r) => {
    const { ties, distribution, variance } = r;
    const fit = cox(inputOf(r.set), { ties, frailty: { by: sets[r.set].group, distribution, variance } });
    fit.terms.forEach(({ name, coefficient, standardError }, j) => {
      expectClose(coefficient, r.coefficients[j], name, 1e-7 * Math.max(1, r.errors[j] / Math.abs(r.coefficients[j])));
      expectClose(standardError, r.errors[j], `${name}, error`);
    });
    const groups = fit.frailty?.groups ?? [];
    // To 1e-8 of an error: a frailty may be nearly 0.
    groups.forEach(({ label, logFrailty, standardError }, g) => {
      const scale = standardError * 1e-7;
      if (!(Math.abs(logFrailty - r.logFrailty[g]) <= scale))
        expect.fail(`${label}: ${logFrailty} here, ${r.logFrailty[g]} in R`);
      expectClose(standardError, r.frailtyErrors[g], `${label}, error`, 1e-7);
    });
    expect(groups.length).toBe(r.logFrailty.length);
    expectClose(fit.logLikelihood.fitted, r.logLikelihood, "partial likelihood");
    if (r.integrated !== null)
      expectClose(fit.frailty?.integratedLogLikelihood ?? null, r.integrated, "integrated", 1e-10);
  });

  // Six digits, as far as the maximum of a function can be found by its values.
  it.each(best)("the variance at which gamma's integrated likelihood is highest: $set", (r) => {
    const { frailty } = cox(inputOf(r.set), { frailty: { by: sets[r.set].group, distribution: "gamma" } });
    expectClose(frailty?.variance ?? null, r.variance, "variance", 1e-5);
    expectClose(frailty?.integratedLogLikelihood ?? null, r.integrated, "integrated", 1e-10);
    expectClose(frailty?.test?.chiSquare ?? null, 2 * (r.integrated - r.without), "test", 1e-7);
  });

  it("the restricted maximum likelihood of gaussian frailties is where R's residual is 0", () => {
    const { group } = sets.kidney;
    const { frailty } = cox(inputOf("kidney"), { frailty: { by: group, distribution: "gaussian" } });
    const theta = frailty?.variance ?? 0;
    const groups = frailty?.groups ?? [];
    const squares = groups.reduce((sum, { logFrailty }) => sum + logFrailty ** 2, 0);
    const trace = groups.reduce((sum, { standardError }) => sum + standardError ** 2, 0);
    expectClose(squares / (groups.length - trace / theta), theta, "variance", 1e-9);
  });
});

describe("a frailty in limits", () => {
  const input = inputOf("kidney");
  const by = sets.kidney.group;

  it("of variance 0, given or found, is Cox's model", () => {
    const plain = cox(input);
    for (const distribution of ["gamma", "gaussian"] as const) {
      const none = cox(input, { frailty: { by, distribution, variance: 0 } });
      expectAllClose(
        none.terms.map(({ coefficient }) => coefficient),
        plain.terms.map(({ coefficient }) => coefficient),
        "coefficients",
        1e-9,
      );
      expectAllClose(
        none.terms.map(({ standardError }) => standardError),
        plain.terms.map(({ standardError }) => standardError),
        "errors",
        1e-8,
      );
      expectClose(none.frailty?.integratedLogLikelihood ?? null, plain.logLikelihood.fitted, "likelihood", 1e-12);
      // Groups that have nothing in common: each row's pair lies in another one.
      const mixed = by.map((_, i) => i % 4);
      const found = cox(input, { frailty: { by: mixed, distribution } });
      expect([found.frailty?.variance, found.frailty?.test]).toEqual([0, { chiSquare: 0, pValue: 1 }]);
      const small = cox(input, { frailty: { by, distribution, variance: 1e-7 } });
      expectClose(small.terms[1].coefficient, plain.terms[1].coefficient, "small variance", 1e-5);
      expectClose(small.frailty?.integratedLogLikelihood ?? null, plain.logLikelihood.fitted, "small variance", 1e-6);
    }
  });

  it("names and order of groups do not matter, and what is made from the fit knows of them", () => {
    const fit = cox(input, { frailty: { by, distribution: "gamma" } });
    const named = cox(input, { frailty: { by: by.map((g) => `p${g}`), distribution: "gamma" } });
    expectClose(named.terms[1].coefficient, fit.terms[1].coefficient, "named", 1e-9);
    const martingale = residuals(fit, "martingale").map((one) => Number(one));
    const sum = martingale.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum)).toBeLessThan(1e-8);
    const g = fit.frailty?.groups.find(({ label }) => label === String(by[5]));
    const expected =
      fit.terms[0].coefficient * input.covariates.x[5] +
      fit.terms[1].coefficient * input.covariates.z[5] +
      (g?.logFrailty ?? 0);
    expectClose(linearPredictors(fit)[5], expected, "predictor", 1e-9);
    expect(concordance(fit).estimate).toBeGreaterThan(concordance(cox(input)).estimate);
  });

  it("refuses what does not go with it", () => {
    const gamma = { by, distribution: "gamma" } as const;
    expect(() => cox({ ...input, cluster: by }, { frailty: gamma })).toThrow(/cluster and frailty are both given/);
    expect(() => cox(input, { frailty: gamma, firth: true })).toThrow(/firth and frailty are both asked for/);
    expect(() => cox(input, { frailty: gamma, ties: "exact" })).toThrow(/needs ties/);
    expect(() => cox(input, { frailty: { by: by.map(() => 1), distribution: "gamma" } })).toThrow(
      /frailty\.by has 1 group; from 2/,
    );
    expect(() => cox(input, { frailty: { ...gamma, variance: -1 } })).toThrow(/variance is -1/);
  });
});
