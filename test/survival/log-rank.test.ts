import { describe, expect, it } from "vitest";
import { permutationLogRank } from "../../lib/resampling/index";
import { logRank, logRankTrend, pairwiseLogRank } from "../../lib/survival/index";
import { expectAllClose, expectClose, type Golden, readGolden, type Sample } from "./golden";

interface Test {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  readonly observed: number[];
  readonly expected: number[];
  readonly covariance: number[][];
}

const golden = readGolden<{
  samples: Record<string, Required<Sample>>;
  families: { sample: string; rho: number; stratified: boolean; test: Golden<Test> }[];
  truncated: { sample: string; test: Golden<number> };
  late: {
    sample: string;
    rho: number;
    gamma: number;
    test: Golden<{ chiSquare: number; variance: number }>;
  }[];
  older: {
    sample: string;
    weighting: "gehan" | "tarone-ware" | "peto-peto";
    test: Golden<{ chiSquare: number; variance: number }>;
  }[];
  trends: { sample: string; scores: number[]; z: Golden<number> }[];
  pairs: { sample: string; groups: string[][] } & Record<"chiSquare" | "pValue" | "adjustedPValue", number[]>;
  exact: { name: string; input: Required<Sample>; statistic?: Golden<number>; pValue: Golden<number> }[];
}>("log-rank");

/** The sample without its strata, which only some tests use. */
function sample(name: string) {
  const { strata: _, ...rest } = golden.samples[name];
  return rest;
}

describe("logRank agrees with R's survdiff", () => {
  it.each(golden.families)(
    "$sample, rho = $rho, stratified: $stratified",
    ({ sample: name, rho, stratified, test }) => {
      const found = logRank(stratified ? golden.samples[name] : sample(name), { rho });
      const r = test.value;
      expectClose(found.chiSquare, r.chiSquare, "chi-square");
      expect(found.df).toBe(r.df);
      expectClose(found.pValue, r.pValue, "p");
      expectAllClose(
        found.groups.map((group) => group.observed),
        r.observed,
        "observed",
      );
      expectAllClose(
        found.groups.map((group) => group.expected),
        r.expected,
        "expected",
      );
      r.covariance.forEach((row, g) => {
        expectAllClose(found.covariance[g], row, `covariance ${g}`);
      });
    },
  );

  it("with left truncation is the score test of the Cox model with exact ties", () => {
    expectClose(logRank(sample(golden.truncated.sample)).chiSquare, golden.truncated.test.value, "chi-square");
  });

  it.each(golden.late)("weights late events: rho = $rho, gamma = $gamma", ({ sample: name, rho, gamma, test }) => {
    const found = logRank(sample(name), { rho, gamma });
    expectClose(found.chiSquare, test.value.chiSquare, "chi-square");
    expectClose(found.covariance[0][0], test.value.variance, "variance");
  });

  it.each(golden.older)("weighs as $weighting on $sample", ({ sample: name, weighting, test }) => {
    const found = logRank(sample(name), { weighting });
    expectClose(found.chiSquare, test.value.chiSquare, "chi-square");
    expectClose(found.covariance[0][0], test.value.variance, "variance");
    // In strata, by the general way.
    const { time } = sample(name);
    const all = logRank(
      { ...sample(name), strata: Array.from(time, () => "one"), weights: Array.from(time, () => 1) },
      { weighting },
    );
    expectClose(all.chiSquare, test.value.chiSquare, "chi-square with weights of one");
  });

  it("keeps a p value far in the tail", () => {
    const n = 600;
    const time = Array.from({ length: n }, (_, i) => i);
    const group = time.map((i) => (i < n / 2 ? "early" : "late"));
    const { chiSquare, pValue } = logRank({ time, event: time.map(() => 1), group });
    expect(chiSquare).toBeGreaterThan(200);
    expect(pValue).toBeGreaterThan(0);
    expect(pValue).toBeLessThan(1e-50);
  });
});

describe("logRankTrend", () => {
  it.each(golden.trends)("agrees with R: $sample, scores $scores", ({ sample: name, scores, z }) => {
    expectClose(logRankTrend(sample(name), { scores }).z, z.value, "z");
  });
});

describe("pairwiseLogRank", () => {
  it("agrees with survdiff on each pair and p.adjust", () => {
    const pairs = pairwiseLogRank(sample(golden.pairs.sample));
    expect(pairs.map((pair) => pair.groups)).toEqual(golden.pairs.groups);
    for (const column of ["chiSquare", "pValue", "adjustedPValue"] as const) {
      expectAllClose(
        pairs.map((pair) => pair[column]),
        golden.pairs[column],
        column,
      );
    }
  });
});

describe("permutationLogRank", () => {
  it.each(golden.exact)("exact p value: $name", ({ input, statistic, pValue }) => {
    const test = permutationLogRank(input);
    expect(test.exact).toBe(true);
    expect(test.standardError).toBe(0);
    expectClose(test.pValue, pValue.value, "p");
    if (statistic !== undefined) expectClose(test.statistic, statistic.value, "statistic");
  });

  it("goes over all splits of 19 against 18", () => {
    const { input } = golden.exact[golden.exact.length - 1];
    expect(permutationLogRank(input).permutations).toBe(17672631900);
  });

  it("comes near the exact p value by Monte Carlo, within its standard error", () => {
    for (const { input, pValue } of golden.exact) {
      const test = permutationLogRank(input, { exact: false, permutations: 50_000, seed: 5 });
      expect(test.exact).toBe(false);
      const error = Math.sqrt((pValue.value * (1 - pValue.value)) / 50_000) + 1 / 50_000;
      expect(Math.abs(test.pValue - pValue.value)).toBeLessThan(4 * error);
      expectClose(test.standardError, Math.sqrt((test.pValue * (1 - test.pValue)) / 50_000), "standard error");
    }
  });

  it("is never 0 by Monte Carlo, and the same for the same seed", () => {
    const time = Array.from({ length: 60 }, (_, i) => i);
    const input = { time, event: time.map(() => 1), group: time.map((i) => (i < 30 ? "a" : "b")) };
    const test = permutationLogRank(input, { permutations: 999, seed: 7 });
    expect(test).toEqual(permutationLogRank(input, { permutations: 999, seed: 7 }));
    expect(test).toMatchObject({ exact: false, pValue: 1 / 1000 });
  });

  it("enumerates three groups, and Monte Carlo agrees", () => {
    const time = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const event = [1, 1, 1, 1, 0, 1, 1, 1, 0];
    const group = ["a", "a", "b", "a", "b", "c", "b", "c", "c"];
    const exact = permutationLogRank({ time, event, group });
    expect(exact).toMatchObject({ exact: true, permutations: 1680 });
    const random = permutationLogRank({ time, event, group }, { exact: false, permutations: 100_000, seed: 2 });
    expect(Math.abs(random.pValue - exact.pValue)).toBeLessThan(4 * random.standardError);
  });
});
