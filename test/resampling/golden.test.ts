import { describe, expect, it } from "vitest";
import {
  type BootstrapInterval,
  bootstrapIntervals,
  permutationTest,
  powerBySimulation,
  schoenfeldPower,
  type Trial,
  takeRows,
} from "../../lib/resampling/index";
import { cox } from "../../lib/survival/cox/index";
import { kaplanMeier, restrictedMean } from "../../lib/survival/index";
import { expectAllClose, expectClose, readGolden } from "../survival/golden";

interface Case {
  estimate: number;
  replicates: number[];
  jackknife: number[];
  bias: number;
  standardError: number;
  intervals: {
    confidence: number;
    percentile: number[];
    basic: number[];
    bca: number[];
    biasCorrection: number;
    acceleration: number;
  }[];
}

const golden = readGolden<{
  case: {
    data: { time: number[]; event: number[]; age: number[] };
    index: number[][];
    statistics: Record<"mean" | "ratio" | "restricted_mean" | "log_hazard_ratio", Case>;
  };
  permutations: {
    groups: {
      x: number[];
      group: number[];
      statistic: number;
      greater: number;
      less: number;
      twoSided: number;
      count: number;
    };
    pairs: { difference: number[]; greater: number; count: number };
    correlation: { y: number[]; statistic: number; greater: number; count: number };
  };
  trials: {
    control: number;
    treated: number;
    median: number;
    shape: number;
    hr: number;
    accrual: number;
    followUp: number;
    loss: number;
    events: [number, number];
  }[];
  schoenfeld: { events: number; hazardRatio: number; share: number; alpha: number; power: number }[];
}>("resampling");

const { data, index } = golden.case;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The statistics that R was given, of the same rows. */
const statistics = {
  mean: (rows: number[]) => sum(takeRows(data.time, rows)) / rows.length,
  ratio: (rows: number[]) => sum(takeRows(data.event, rows)) / sum(takeRows(data.time, rows)),
  restricted_mean: (rows: number[]) => {
    const [curve] = kaplanMeier({ time: takeRows(data.time, rows), event: takeRows(data.event, rows) });
    return restrictedMean(curve, 400).estimate;
  },
  log_hazard_ratio: (rows: number[]) => {
    const [time, event, age] = [data.time, data.event, data.age].map((column) => takeRows(column, rows));
    return cox({ time, event, covariates: { age } }).terms[0].coefficient;
  },
} as const;

const limits = (interval: BootstrapInterval | null) => (interval === null ? [] : [interval.lower, interval.upper]);

describe.each(["mean", "ratio", "restricted_mean", "log_hazard_ratio"] as const)(
  "bootstrap of %s agrees with boot's formulas on the same index matrix",
  (name) => {
    const expected = golden.case.statistics[name];
    const all = data.time.map((_, i) => i);

    it("replicates and jackknife", () => {
      expectClose(statistics[name](all), expected.estimate, "estimate");
      expectAllClose(index.map(statistics[name]), expected.replicates, "replicates");
      const without = all.map((left) => statistics[name](all.filter((row) => row !== left)));
      expectAllClose(without, expected.jackknife, "jackknife");
    });

    it.each(expected.intervals)("intervals of $confidence", (interval) => {
      const replicates = index.map(statistics[name]);
      const without = all.map((left) => statistics[name](all.filter((row) => row !== left)));
      const found = bootstrapIntervals(statistics[name](all), replicates, without, interval.confidence);
      expectAllClose(limits(found.percentile), interval.percentile, "percentile");
      expectAllClose(limits(found.basic), interval.basic, "basic");
      expectAllClose(limits(found.bca), interval.bca, "BCa");
      expectClose(found.biasCorrection, interval.biasCorrection, "bias correction");
      expectClose(found.acceleration, interval.acceleration, "acceleration");
      expect(found.refusal).toBeNull();
      expect(found.percentile.extreme).toBe(interval.confidence === 0.999);
    });
  },
);

describe("permutation tests agree with an enumeration in R", () => {
  const { groups, pairs, correlation } = golden.permutations;

  it("difference of means of two groups", async () => {
    const mean = (labels: readonly number[], group: number) => {
      const values = groups.x.filter((_, i) => labels[i] === group);
      return sum(values) / values.length;
    };
    const difference = (labels: readonly number[]) => mean(labels, 2) - mean(labels, 1);
    for (const [alternative, p] of [
      ["greater", groups.greater],
      ["less", groups.less],
      ["two-sided", groups.twoSided],
    ] as const) {
      const found = await permutationTest(groups.group, difference, { alternative });
      expectClose(found.pValue, p, alternative, 1e-12);
      expectClose(found.statistic, groups.statistic, "statistic");
      expect(found.permutations).toBe(groups.count);
      expect(found.exact).toBe(true);
      expect(found.standardError).toBe(0);
    }
  });

  it("signs within pairs", async () => {
    // Each pair is a stratum of its own, with one label "first" and one "second".
    const labels = pairs.difference.flatMap(() => ["first", "second"]);
    const strata = pairs.difference.flatMap((_, i) => [i, i]);
    const total = (order: readonly string[]) =>
      sum(pairs.difference.map((d, i) => (order[2 * i] === "first" ? d : -d)));
    const found = await permutationTest(labels, total, { strata });
    expectClose(found.pValue, pairs.greater, "p value", 1e-12);
    expect(found.permutations).toBe(pairs.count);
  });

  it("a correlation, over all orders of a number", async () => {
    const product = (x: readonly number[]) => sum(x.map((value, i) => value * correlation.y[i]));
    const found = await permutationTest([1, 2, 3, 4, 5], product);
    expectClose(found.pValue, correlation.greater, "p value", 1e-12);
    expect(found.permutations).toBe(correlation.count);
    expect(found.statistic).toBe(correlation.statistic);
  });
});

describe("power", () => {
  it.each(golden.trials)("simulated events are what integration expects, hazard ratio $hr", async (r) => {
    const trial: Trial = {
      n: { control: r.control, treated: r.treated },
      controlMedian: r.median,
      shape: r.shape,
      hazardRatio: r.hr,
      accrual: r.accrual,
      followUp: r.followUp,
      lossRate: r.loss,
    };
    const simulations = 2000;
    const { events } = await powerBySimulation(trial, { simulations, seed: 7 });
    for (const [found, expected, n] of [
      [events.control, r.events[0], r.control],
      [events.treated, r.events[1], r.treated],
    ]) {
      const error = Math.sqrt((expected * (1 - expected / n)) / simulations);
      expect(Math.abs(found - expected), `${found} events, ${expected} expected`).toBeLessThan(4 * error);
    }
  });

  it.each(golden.schoenfeld)("Schoenfeld's formula for $events events", (r) => {
    expectClose(schoenfeldPower(r.events, r.hazardRatio, r.share, r.alpha), r.power, "power");
  });
});
