import { describe, expect, it } from "vitest";
import { brier, calibration, cox, unoConcordance } from "../../../lib/survival";
import { expectClose, readGolden } from "../golden";

type Value = number | null;

interface Case {
  readonly set: string;
  readonly covariates: string[];
  readonly ties: "efron" | "breslow";
  readonly times: number[];
  readonly brier: number[];
  readonly reference: number[];
  readonly auc: Value[];
  readonly uno: number;
  readonly tau: number;
  readonly unoTau: number;
  readonly n: number[];
  readonly predicted: number[];
  readonly observed: number[];
  readonly lower: Value[];
  readonly upper: Value[];
}

const { sets, cases } = readGolden<{ sets: Record<string, Record<string, number[]>>; cases: Case[] }>("performance");
const named = cases.map((one) => ({ ...one, name: `${one.set} ${one.covariates.join("+")}, ${one.ties}` }));

describe.each(named)("how good a model predicts agrees with R: $name", (r) => {
  const { time, event, ...rest } = sets[r.set];
  const covariates = Object.fromEntries(r.covariates.map((name) => [name, rest[name]]));
  const fit = cox({ time, event, covariates }, { ties: r.ties, tolerance: 1e-13 });

  it("Brier's score and the area under the ROC curve", () => {
    brier(fit, r.times).forEach((score, k) => {
      expectClose(score.brier, r.brier[k], `Brier at ${score.time}`);
      expectClose(score.reference, r.reference[k], `reference at ${score.time}`);
      expectClose(score.scaled, 1 - r.brier[k] / r.reference[k], `scaled at ${score.time}`, 1e-6);
      expectClose(score.auc, r.auc[k], `AUC at ${score.time}`);
    });
  });

  it("Uno's concordance", () => {
    expectClose(unoConcordance(fit).estimate, r.uno, "all");
    expectClose(unoConcordance(fit, { tau: r.tau }).estimate, r.unoTau, `up to ${r.tau}`);
  });

  it("calibration", () => {
    const groups = calibration(fit, r.times[1]);
    expect(groups.map(({ n }) => n)).toEqual(r.n);
    groups.forEach((group, k) => {
      expectClose(group.predicted, r.predicted[k], `predicted ${k}`);
      expectClose(group.observed, r.observed[k], `observed ${k}`);
      expectClose(group.lower, r.lower[k], `lower ${k}`);
      expectClose(group.upper, r.upper[k], `upper ${k}`);
    });
  });
});

it("riskRegression's Score() of a model of lung: age, sex and ph.ecog at 100, 300 and 600 days", () => {
  const { time, event, age, sex, ecog } = sets.lung;
  const scores = brier(cox({ time, event, covariates: { age, sex, ecog } }), [100, 300, 600]);
  // To its ten digits: coxph() stops a little before the maximum.
  const printed = [
    [0.10966675896588, 0.11517180127549, 0.66040590740237],
    [0.2191630617325, 0.24905917659147, 0.68879738100372],
    [0.16300402433847, 0.16938644872525, 0.65399439174116],
  ];
  scores.forEach((score, k) => {
    expectClose(score.brier, printed[k][0], "Brier", 1e-9);
    expectClose(score.reference, printed[k][1], "Kaplan–Meier", 1e-12);
    expectClose(score.auc, printed[k][2], "AUC", 1e-12);
  });
});
