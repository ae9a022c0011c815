import { describe, expect, test } from "vitest";
import { analyseCampaign, type CampaignMapping, loadCampaign } from "../../lib/own-campaign";
import { incidenceAtTimes } from "../../lib/survival/competing";
import { readGolden } from "../survival/golden";

/** R has read the same file from beginning to end: its dates, its months, its tests (test/golden/make-own-campaign.R). */

interface Golden {
  readonly id: readonly string[];
  readonly time: readonly number[];
  readonly outcome: readonly string[];
  readonly logRank: {
    readonly value: { chiSquare: number; pValue: number; observed: number[]; expected: number[] };
  };
  readonly crude: { readonly value: { coefficient: number; standardError: number } };
  readonly adjusted: { readonly value: { n: number; coefficients: number[]; standardErrors: number[] } };
  readonly incidence: {
    readonly value: {
      states: string[];
      strata: string[];
      time: number[];
      probability: number[][];
      standardError: number[][];
    };
  };
}

const expected = readGolden<Golden>("own-campaign");

const MAPPING: CampaignMapping = {
  title: "Golden",
  dateFormat: "%d.%m.%Y",
  timeZero: "detained",
  endOfFollowUp: "2023-12-31",
  columns: {
    id: "case",
    detained: "arrested on",
    released: "freed on",
    died: "died on",
    provenance: "data",
    covariates: ["age"],
  },
  treatment: { kind: "column", column: "appeal", treated: ["yes"], control: ["no"] },
};

describe("the example with its own columns, as R reads it", async () => {
  const data = await loadCampaign("data/examples/synthetic-own-columns.csv", MAPPING, { progress: false });
  const analysis = await analyseCampaign(data, { progress: false, permutations: 99 });
  const near = (value: number | undefined, wanted: number) =>
    expect(Math.abs((value ?? Number.NaN) / wanted - 1)).toBeLessThan(1e-8);

  test("has the same people, months and outcomes", () => {
    expect(data.id).toEqual(expected.id);
    expect(data.cause).toEqual(expected.outcome);
    data.time.forEach((time, i) => {
      expect(time).toBeCloseTo(expected.time[i], 10);
    });
  });

  test("gives the same log-rank test", () => {
    if (!analysis.logRank.computed) throw new Error(analysis.logRank.reason);
    const { chiSquare, pValue, groups } = analysis.logRank.value;
    near(chiSquare, expected.logRank.value.chiSquare);
    near(pValue, expected.logRank.value.pValue);
    // R has 0 (no appeal) first, the library "control".
    groups.forEach(({ observed, expected: under }, i) => {
      near(observed, expected.logRank.value.observed[i]);
      near(under, expected.logRank.value.expected[i]);
    });
  });

  test("gives the same Cox models", () => {
    const [crude, adjusted] = analysis.models.map(({ fit }) => fit);
    near(crude?.terms[0].coefficient, expected.crude.value.coefficient);
    near(crude?.terms[0].standardError, expected.crude.value.standardError);
    expect(adjusted?.n).toBe(expected.adjusted.value.n);
    adjusted?.terms.forEach(({ coefficient, standardError }, i) => {
      near(coefficient, expected.adjusted.value.coefficients[i]);
      near(standardError, expected.adjusted.value.standardErrors[i]);
    });
  });

  test("gives the same cumulative incidences", () => {
    if (!analysis.competing.computed) throw new Error(analysis.competing.reason);
    const { states, strata, time, probability, standardError } = expected.incidence.value;
    for (const curve of analysis.competing.value.incidence) {
      const stratum = curve.label === "treated" ? "appeal=1" : "appeal=0";
      for (const row of incidenceAtTimes(curve, [6, 12, 24, 48])) {
        const at = strata.findIndex((name, i) => name === stratum && time[i] === row.time);
        for (const { cause, incidence, standardError: error } of row.causes) {
          expect(incidence).toBeCloseTo(probability[at][states.indexOf(cause)], 10);
          expect(error).toBeCloseTo(standardError[at][states.indexOf(cause)], 10);
        }
      }
    }
  });
});
