import { expect, test } from "vitest";
import { campaignMultiverse } from "../../../lib/paper/campaign-multiverse";
import { multiverse, type Specification } from "../../../lib/paper/multiverse";
import { scorePath, scoreTest } from "../../../lib/paper/multiverse/score-path";
import { expectClose, readGolden } from "../../survival/golden";

interface GoldenSpecification {
  readonly comparison: string;
  readonly coding: string;
  readonly clock: string;
  readonly adjustment: string;
  readonly ties: string;
  readonly estimator: string;
  readonly n: number;
  readonly events: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly scoreChiSquare?: number;
}

/** Made by test/golden/make-clocks.R, which goes from data/*.csv to the fits without the library. */
const golden = readGolden<{ specifications: GoldenSpecification[] }>("clocks").specifications;
const design = campaignMultiverse();
const specificationOf = ({
  comparison,
  coding,
  clock,
  adjustment,
  ties,
  estimator,
}: GoldenSpecification): Specification => ({
  comparison,
  coding,
  clock,
  adjustment,
  ties,
  estimator,
});

/** Only this one specification of the multiverse. */
const only = (wanted: Specification) => ({
  ...design,
  choices: design.choices.map((choice) => ({
    ...choice,
    levels: choice.levels.filter(({ name }) => name === wanted[choice.name]),
  })),
});

test.each(golden)("$comparison, $coding, $clock, $adjustment, $ties, $estimator is R's", (expected) => {
  const { results } = multiverse(only(specificationOf(expected)));
  expect(results).toHaveLength(1);
  const [result] = results;
  expect([result?.n, result?.events]).toEqual([expected.n, expected.events]);
  // R's maxima of the penalised likelihood, and of that of a spline, are found from differences of it, and so are the latter's errors.
  const isSpline = expected.estimator === "spline" || (expected.estimator === "weibull" && /from/.test(expected.clock));
  const tolerance = expected.estimator === "firth" ? 1e-6 : 1e-8;
  expectClose(result?.estimate ?? null, expected.estimate, "estimate", tolerance);
  expectClose(result?.standardError ?? null, expected.standardError, "standard error", isSpline ? 1e-5 : tolerance);
});

test("the score test that permutations use is that of R's coxph at the maximum without the campaign", () => {
  let compared = 0;
  for (const expected of golden) {
    if (expected.scoreChiSquare === undefined) continue;
    const analysis = design.analyse(specificationOf(expected));
    if ("reason" in analysis) throw new Error(analysis.reason);
    const path = scorePath({ ...analysis, couldBeTreated: analysis.women.map(() => true) }, design.term);
    if (path === null) throw new Error("no path");
    const once = scorePath(analysis, design.term);
    const labels = new Uint8Array(1000);
    analysis.women.forEach((woman, i) => {
      if (analysis.input.covariates[design.term]?.[i] === 1) labels[woman] = 1;
    });
    const test = once === null ? null : scoreTest(once, labels);
    expectClose(
      (test?.z ?? 0) ** 2,
      expected.scoreChiSquare,
      `score of ${JSON.stringify(specificationOf(expected))}`,
      1e-7,
    );
    compared++;
  }
  expect(compared).toBeGreaterThan(5);
});
