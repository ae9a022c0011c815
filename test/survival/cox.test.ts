import { describe, expect, it } from "vitest";
import { cox } from "../../lib/survival/cox/index";
import { coxCases } from "./cox-golden";
import { expectAllClose, expectClose, readGolden } from "./golden";

describe.each(coxCases)("cox agrees with R: $name", ({ input, ties, robust, value }) => {
  const fit = cox(input, { ties, robust: robust ?? undefined });
  const column = <K extends "coefficient" | "standardError">(key: K) => fit.terms.map((term) => term[key]);

  it("coefficients, standard errors, covariance", () => {
    expect(fit.certificate.converged).toBe(true);
    expectAllClose(column("coefficient"), value.coefficient, "coefficient");
    expectAllClose(column("standardError"), value.standardError, "standard error");
    expectAllClose(fit.covariance?.flat() ?? [], value.covariance.flat(), "covariance");
    if (value.robustStandardError === null) {
      expect(fit.terms.every((term) => term.robustStandardError === null)).toBe(true);
    } else {
      expectAllClose(
        fit.terms.map((term) => term.robustStandardError),
        value.robustStandardError,
        "robust standard error",
      );
    }
  });

  it("likelihoods and tests", () => {
    expect(fit.events).toBe(value.events);
    expectClose(fit.logLikelihood.null, value.null, "null");
    expectClose(fit.logLikelihood.fitted, value.fitted, "fitted");
    // R's own difference of two likelihoods has lost as many digits.
    expectClose(fit.tests.likelihoodRatio.chiSquare, 2 * (value.fitted - value.null), "likelihood ratio", 1e-7);
    expectClose(fit.tests.score.chiSquare, value.score, "score");
    expectClose(fit.tests.wald?.chiSquare ?? null, value.wald, "wald");
    if (value.robustScore === null) expect(fit.tests.robustScore).toBeNull();
    else expectClose(fit.tests.robustScore?.chiSquare ?? null, value.robustScore, "robust score");
  });
});

interface Penalised {
  readonly ridge: {
    input: Parameters<typeof cox>[0];
    fits: { theta: number; coefficient: number[]; standardError: number[]; fitted: number; df: number }[];
  };
  readonly firth: {
    input: Parameters<typeof cox>[0];
    fits: ({ ties: "efron" | "breslow"; logLikelihood: number; null: number } & Record<
      "coefficient" | "lower" | "upper",
      number[]
    >)[];
  };
  readonly profile: { input: Parameters<typeof cox>[0] } & Record<"coefficient" | "lower" | "upper", number[]>;
  readonly separated: { readonly lower: number };
}

const penalised = readGolden<Penalised>("penalised-cox");

describe("penalties and profile limits", () => {
  it.each(penalised.ridge.fits)("ridge agrees with R: theta = $theta", (r) => {
    const fit = cox(penalised.ridge.input, { ridge: r.theta });
    expectAllClose(
      fit.terms.map((term) => term.coefficient),
      r.coefficient,
      "coefficient",
    );
    expectAllClose(
      fit.terms.map((term) => term.standardError),
      r.standardError,
      "standard error",
    );
    expectClose(fit.logLikelihood.fitted, r.fitted, "fitted");
    expectClose(fit.tests.wald?.df ?? null, r.df, "effective degrees of freedom");
  });

  // The golden values are found without derivatives, by search over coxph's likelihood: 1e-6 is what that gives.
  it.each(penalised.firth.fits)("Firth's penalty: $ties", (r) => {
    const fit = cox(penalised.firth.input, { firth: true, ties: r.ties });
    expectAllClose(
      fit.terms.map((term) => term.coefficient),
      r.coefficient,
      "coefficient",
      1e-6,
    );
    expectAllClose(
      fit.terms.map((term) => Math.log(term.lower)),
      r.lower,
      "lower",
      1e-6,
    );
    expectAllClose(
      fit.terms.map((term) => Math.log(term.upper)),
      r.upper,
      "upper",
      1e-6,
    );
    expectClose(fit.tests.likelihoodRatio.chiSquare, 2 * (r.logLikelihood - r.null), "likelihood ratio", 1e-6);
  });

  it("the finite profile limit of an infinite estimate", () => {
    const [a] = cox(penalised.firth.input, { profile: true }).terms;
    // R's supremum is the likelihood at a coefficient of 25.
    expectClose(Math.log(a?.lower ?? Number.NaN), penalised.separated.lower, "lower", 1e-6);
    expect(a?.upper).toBe(Infinity);
  });

  it("profile-likelihood limits", () => {
    const { input, coefficient, lower, upper } = penalised.profile;
    const fit = cox(input, { profile: true });
    expectAllClose(
      fit.terms.map((term) => term.coefficient),
      coefficient,
      "coefficient",
    );
    expectAllClose(
      fit.terms.map((term) => Math.log(term.lower)),
      lower,
      "lower",
      1e-6,
    );
    expectAllClose(
      fit.terms.map((term) => Math.log(term.upper)),
      upper,
      "upper",
      1e-6,
    );
  });
});
