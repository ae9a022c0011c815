import { describe, expect, it } from "vitest";
import {
  baselineHazard,
  type CoxInput,
  concordance,
  cox,
  cumulativeIncidence,
  fineGray,
  grayTest,
  kaplanMeier,
  logRank,
  proportionalHazards,
  residuals,
  restrictedMean,
} from "../../lib/survival";
import { expectAllClose, expectClose, readGolden } from "./golden";

interface CoxCase {
  readonly name: string;
  readonly n: number;
  readonly events: number;
  readonly coefficients: number[];
  readonly standardErrors: number[];
  readonly robustStandardErrors: number[] | null;
  readonly logLikelihood: number[];
  readonly score: number;
  readonly martingale: number[];
  readonly zph: { readonly km: number[]; readonly rank: number[]; readonly identity: number[] };
  readonly baseline: { readonly time: number[]; readonly hazard: number[] };
  readonly concordance: { readonly estimate: number; readonly standardError: number };
}

interface Golden {
  readonly patterns: Readonly<Record<string, number[]>>;
  readonly rows: number;
  readonly kaplanMeier: readonly {
    readonly time: number[];
    readonly survival: number[];
    readonly standardError: number[];
    readonly atRisk: number[];
  }[];
  readonly flemingHarrington: {
    readonly survival: number[];
    readonly cumulativeHazard: number[];
    readonly standardError: number[];
  };
  readonly restrictedMean: number[];
  readonly logRank: { readonly zero: number; readonly one: number };
  readonly cox: readonly CoxCase[];
  readonly incidence: { readonly time: number[]; readonly incidence: number[]; readonly standardError: number[] };
  readonly gray: number[];
  readonly fineGray: { readonly coefficients: number[]; readonly standardErrors: number[] };
}

const golden = readGolden<Golden>("counts");
const { time, event, sex, ecog, elder, count: counts, entry, cluster, weight: weights, cause } = golden.patterns;
const all = { sex, ecog, elder };
const inputs: Readonly<Record<string, CoxInput>> = {
  efron: { time, event, covariates: all },
  breslow: { time, event, covariates: all },
  "entry and strata": { time, event, entry, covariates: { sex, ecog }, strata: elder },
  clusters: { time, event, covariates: all, cluster },
  robust: { time, event, covariates: all },
  weights: { time, event, covariates: all, weights },
};

describe("from counts as R has it from the copies", () => {
  it("Kaplan–Meier and what follows", () => {
    const curves = kaplanMeier({ time, event, counts, group: sex });
    golden.kaplanMeier.forEach((r, k) => {
      expectAllClose(curves[k].time, r.time, "time");
      expectAllClose(curves[k].survival, r.survival, "survival", 1e-12);
      expectAllClose(curves[k].atRisk, r.atRisk, "at risk");
      expectAllClose(
        curves[k].standardError,
        r.standardError.map((value) => (Number.isFinite(value) ? value : null)),
        "error",
        1e-12,
      );
    });
    const [second] = kaplanMeier({ time, event, counts }, { stype: 2, ctype: 2 });
    expectAllClose(second.survival, golden.flemingHarrington.survival, "survival", 1e-12);
    expectAllClose(second.cumulativeHazard, golden.flemingHarrington.cumulativeHazard, "hazard", 1e-12);
    expectAllClose(second.standardError, golden.flemingHarrington.standardError, "error", 1e-12);
    const mean = restrictedMean(curves[0], 10);
    expectAllClose([mean.estimate, mean.standardError], golden.restrictedMean, "restricted mean", 1e-12);
    expect(curves[0].n + curves[1].n).toBe(golden.rows);
  });

  it("the log-rank family", () => {
    expectClose(logRank({ time, event, counts, group: ecog }).chiSquare, golden.logRank.zero, "log-rank", 1e-11);
    expectClose(
      logRank({ time, event, counts, group: ecog }, { rho: 1 }).chiSquare,
      golden.logRank.one,
      "rho 1",
      1e-11,
    );
  });

  it.each(golden.cox)("Cox: $name", (r) => {
    const ties = r.name === "breslow" ? "breslow" : "efron";
    const robust = r.robustStandardErrors !== null;
    const fit = cox({ ...inputs[r.name], counts }, { ties, robust, tolerance: 1e-13 });
    expect([fit.n, fit.events]).toEqual([r.n, r.events]);
    const of = (pick: (term: (typeof fit.terms)[number]) => number | null) => fit.terms.map(pick);
    expectAllClose(
      of(({ coefficient }) => coefficient),
      r.coefficients,
      "coefficients",
      1e-9,
    );
    expectAllClose(
      of(({ standardError }) => standardError),
      r.standardErrors,
      "errors",
      1e-9,
    );
    if (r.robustStandardErrors !== null) {
      expectAllClose(
        of(({ robustStandardError }) => robustStandardError),
        r.robustStandardErrors,
        "robust errors",
        1e-9,
      );
    }
    expectAllClose([fit.logLikelihood.null, fit.logLikelihood.fitted], r.logLikelihood, "log likelihood", 1e-12);
    expectClose(fit.tests.score.chiSquare, r.score, "score", 1e-10);
    // Sums over the copies of each pattern; where they cancel, digits of the largest count.
    const sums = residuals(fit, "martingale").map((value, i) => value * counts[i] + 100);
    expectAllClose(
      sums,
      r.martingale.map((value) => value + 100),
      "martingale",
      1e-9,
    );
    for (const transform of ["km", "rank", "identity"] as const) {
      const { terms, global } = proportionalHazards(fit, { transform });
      const found = [...terms, global].map(({ chiSquare }) => chiSquare);
      expectAllClose(found, r.zph[transform], transform, 1e-8);
    }
    const baseline = baselineHazard(fit, { centered: false });
    expectAllClose(
      baseline.flatMap((one) => one.time),
      r.baseline.time,
      "times",
    );
    expectAllClose(
      baseline.flatMap((one) => one.hazard),
      r.baseline.hazard,
      "hazard",
      1e-9,
    );
    const together = concordance(fit);
    expectClose(together.estimate, r.concordance.estimate, "concordance", 1e-11);
    expectClose(together.standardError ?? 0, r.concordance.standardError, "its error", 1e-10);
  });

  it("competing risks", () => {
    const [curve] = cumulativeIncidence({ time, cause, counts });
    expectAllClose(curve.time, golden.incidence.time, "time");
    expectAllClose(curve.causes[0].incidence, golden.incidence.incidence, "incidence", 1e-12);
    expectAllClose(curve.causes[0].standardError, golden.incidence.standardError, "error", 1e-11);
    const tests = grayTest({ time, cause, counts, group: sex }).map(({ chiSquare }) => chiSquare);
    expectAllClose(tests, golden.gray, "Gray", 1e-10);
    const { fit } = fineGray({ time, cause, counts, covariates: { sex, elder } }, { cause: 1, tolerance: 1e-13 });
    expectAllClose(
      fit.terms.map(({ coefficient }) => coefficient),
      golden.fineGray.coefficients,
      "Fine and Gray",
      1e-9,
    );
    expectAllClose(
      fit.terms.map(({ robustStandardError }) => robustStandardError),
      golden.fineGray.standardErrors,
      "errors",
      1e-9,
    );
  });
});
