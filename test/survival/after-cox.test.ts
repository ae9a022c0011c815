import { describe, expect, it } from "vitest";
import {
  baselineHazard,
  cox,
  linearPredictors,
  predictSurvival,
  proportionalHazards,
  residuals,
} from "../../lib/survival/cox/index";
import { concordance } from "../../lib/survival/index";
import { coxCases } from "./cox-golden";
import { expectAllClose, expectClose } from "./golden";

/** The cases for which R's functions after coxph were called. */
const cases = coxCases.filter(({ value }) => value.martingale !== undefined);

describe.each(cases)("after cox as in R: $name", ({ input, ties, robust, value }) => {
  const fit = cox(input, { ties, robust: robust ?? undefined });

  it("martingale and deviance residuals, linear predictors", () => {
    expectAllClose(residuals(fit, "martingale"), value.martingale ?? [], "martingale");
    // Where a martingale residual is near 0 the deviance loses half the digits, in R as here.
    expectAllClose(residuals(fit, "deviance"), value.deviance ?? [], "deviance", 1e-6);
    const centered = (values: readonly number[]) => {
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return values.map((x) => x - mean);
    };
    // R centers them at means of its own.
    expectAllClose(centered(linearPredictors(fit)), centered(value.linearPredictors ?? []), "linear predictor");
  });

  it.runIf(ties !== "exact")("score, dfbeta and dfbetas residuals", () => {
    expectAllClose(residuals(fit, "score").flat(), value.scoreResiduals?.flat() ?? [], "score", 1e-7);
    expectAllClose(residuals(fit, "dfbeta").flat(), value.dfbeta?.flat() ?? [], "dfbeta", 1e-7);
    expectAllClose(residuals(fit, "dfbetas").flat(), value.dfbetas?.flat() ?? [], "dfbetas", 1e-7);
  });

  it.runIf(ties !== "exact")("Schoenfeld and scaled Schoenfeld residuals", () => {
    expectAllClose(residuals(fit, "schoenfeld").values.flat(), value.schoenfeld?.flat() ?? [], "schoenfeld", 1e-7);
    expectAllClose(
      residuals(fit, "scaledSchoenfeld").values.flat(),
      value.scaledSchoenfeld?.flat() ?? [],
      "scaled Schoenfeld",
      1e-7,
    );
  });

  it.runIf(ties !== "exact").each(["km", "rank", "identity", "log"] as const)(
    "proportional hazards, %s",
    (transform) => {
      const r = value.zph?.[transform];
      if (r === null || r === undefined) {
        expect(transform === "log" || fit.terms.length === 0).toBe(true);
        return;
      }
      const test = proportionalHazards(fit, { transform });
      const tests = [...test.terms, test.global];
      expectAllClose(
        tests.map((one) => one.chiSquare),
        r.chiSquare,
        "chi-square",
      );
      expectAllClose(
        tests.map((one) => one.pValue),
        r.pValue,
        "p",
        1e-7,
      );
      const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
      expectAllClose(sorted(test.x), sorted(r.x), "transformed time");
    },
  );

  it("baseline hazard", () => {
    const r = value.baselineHazard;
    if (r === undefined) throw new Error("no golden baseline hazard");
    const strata = baselineHazard(fit, { centered: false });
    expectAllClose(
      strata.flatMap((stratum) => stratum.time),
      r.time,
      "time",
    );
    // R leaves the mean offset in when it takes the covariates' means out.
    const { offset } = input;
    const mean = offset === undefined ? 0 : Array.from(offset).reduce((a, b) => a + b, 0) / offset.length;
    expectAllClose(
      strata.flatMap((stratum) => stratum.hazard),
      r.hazard.map((hazard) => hazard * Math.exp(-mean)),
      "hazard",
    );
    if (value.centeredHazard !== undefined) {
      expectAllClose(
        baselineHazard(fit).flatMap((stratum) => stratum.hazard),
        value.centeredHazard,
        "centered hazard",
      );
    }
  });

  it.runIf(value.predicted)("predicted curves", () => {
    for (const r of value.predicted ?? []) {
      const [curve] = predictSurvival(fit, [r.row]);
      expectAllClose(curve.time, r.time, "time");
      expectAllClose(curve.atRisk, r.atRisk, "at risk");
      expectAllClose(curve.survival, r.survival, "survival");
      expectAllClose(curve.cumulativeHazard, r.cumulativeHazard, "hazard");
      expectAllClose(
        curve.standardError.map((error, k) => (error === null ? null : error / curve.survival[k])),
        r.standardErrorOfLog,
        "standard error",
      );
      expectAllClose(curve.lower, r.lower, "lower");
      expectAllClose(curve.upper, r.upper, "upper");
      const [logLog] = predictSurvival(fit, [r.row], { interval: "log-log" });
      expectAllClose(logLog.lower, r.logLog.lower, "log-log lower");
      expectAllClose(logLog.upper, r.logLog.upper, "log-log upper");
    }
  });

  it("concordance", () => {
    const r = value.concordance;
    if (r === undefined) throw new Error("no golden concordance");
    const found = concordance(fit);
    expectAllClose(
      [found.concordant, found.discordant, found.tiedRisk, found.tiedTime, found.tiedBoth],
      r.counts,
      "counts",
    );
    expectClose(found.estimate, r.estimate, "concordance");
    expectClose(found.standardError, r.standardError, "standard error");
    const { time, event, entry, weights, strata, cluster } = input;
    const ofScores = concordance({
      time,
      event,
      entry,
      weights,
      strata,
      cluster,
      risk: linearPredictors(fit),
    });
    expectAllClose(Object.values(ofScores), Object.values(found), "concordance of scores");
  });
});
