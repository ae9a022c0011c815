import { describe, expect, it } from "vitest";
import {
  bootstrap,
  bootstrapCox,
  bootstrapIntervals,
  permutationLogRank,
  permutationTest,
  powerBySimulation,
  ReplicateError,
  schoenfeldPower,
  simulateTrial,
  takeRows,
} from "../../lib/resampling/index";
import { InvalidInputError } from "../../lib/statistics/index";
import { kaplanMeier, logRank, restrictedMean } from "../../lib/survival/index";

const one = () => 1;
const trial = { n: { control: 5, treated: 5 }, controlMedian: 12, hazardRatio: 2, followUp: 12 };
const rows = { time: [1, 2, 3, 4], event: [1, 1, 0, 1], group: ["a", "b", "a", "b"] };
const cox = { time: rows.time, event: rows.event, covariates: { x: [1, 0, 1, 0] } };

describe("arguments that cannot be used", () => {
  it.each<[() => unknown, string, string, number | null]>([
    [() => bootstrap(0, one), "n is 0; a whole number of at least 1", "n", null],
    [() => bootstrap(1, one), "there is one row", "n", null],
    [() => bootstrap(5, one, { replicates: 0 }), "replicates is 0", "replicates", null],
    [() => bootstrap(5, one, { replicates: 2 ** 33 }), "from 1 to 4294967296", "replicates", null],
    [() => bootstrap(5, one, { seed: -1 }), "seed is -1", "seed", null],
    [() => bootstrap(5, one, { confidence: 95 }), "confidence is 95", "confidence", null],
    [() => bootstrap(5, one, { cluster: [1, 2] }), "cluster has 2 elements and there are 5 rows", "cluster", null],
    [() => bootstrap(2, one, { cluster: [1, 1] }), "there is one cluster", "cluster", null],
    [() => bootstrap(2, one, { cluster: ["a", ""] }), 'cluster[1] is ""', "cluster", 1],
    [() => bootstrap(5, () => Number.NaN), "for all rows the statistic is NaN", "statistic", null],
    [() => bootstrap(5, () => ({ a: 1, b: 1 / 0 })), 'statistic "b" is Infinity', "statistic", null],
    [() => bootstrap(5, () => ({})), "gives no number", "statistic", null],
    [() => bootstrapIntervals(Number.NaN, [1, 2], null), "estimate is NaN", "estimate", null],
    [() => bootstrapIntervals(1, [1], null), "replicates has 1 elements", "replicates", null],
    [() => bootstrapIntervals(1, [1, Number.NaN], null), "replicates[1] is NaN", "replicates", 1],
    [() => bootstrapIntervals(1, [1, 2], [1, 1 / 0]), "jackknife[1] is Infinity", "jackknife", 1],
    [() => bootstrapCox({ ...cox, time: [1, 2, 3, -4] }), "time[3] is -4", "time", 3],
    [() => bootstrapCox(cox, { replicates: 1.5 }), "replicates is 1.5", "replicates", null],
    [() => permutationTest(["a"], one), "labels has 1 elements", "labels", null],
    [() => permutationTest(["a", "a"], one), "all labels are the same", "labels", null],
    [() => permutationTest(["a", Number.NaN], one), "labels[1] is NaN", "labels", 1],
    [() => permutationTest(["a", "b"], one, { strata: [1] }), "strata has 1 elements and labels has 2", "strata", null],
    [() => permutationTest(["a", "b"], one, { strata: [1, 2] }), "none can change places", "labels", null],
    [() => permutationTest(["a", "b"], one, { permutations: 0 }), "permutations is 0", "permutations", null],
    [
      () =>
        permutationTest(
          Array.from({ length: 20 }, (_, i) => i),
          one,
          { exact: true },
        ),
      "too many to go through",
      "exact",
      null,
    ],
    [
      () => permutationLogRank({ ...rows, weights: [1, 2, 1, 1] }, { threads: 1 }),
      "weights cannot be permuted",
      "weights",
      null,
    ],
    [() => permutationLogRank(rows, { permutations: -1, threads: 1 }), "permutations is -1", "permutations", null],
    [() => powerBySimulation({ ...trial, n: { control: 0, treated: 5 } }), "n.control is 0", "n.control", null],
    [() => powerBySimulation({ ...trial, controlMedian: 0 }), "controlMedian is 0", "controlMedian", null],
    [() => powerBySimulation({ ...trial, hazardRatio: -1 }), "hazardRatio is -1", "hazardRatio", null],
    [() => powerBySimulation({ ...trial, shape: Number.NaN }), "shape is NaN", "shape", null],
    [() => powerBySimulation({ ...trial, lossRate: -0.1 }), "lossRate is -0.1", "lossRate", null],
    [() => powerBySimulation({ ...trial, followUp: 0 }), "followUp and accrual are 0", "followUp", null],
    [() => powerBySimulation(trial, { alpha: 5 }), "alpha is 5", "alpha", null],
    [() => powerBySimulation(trial, { simulations: 0 }), "simulations is 0", "simulations", null],
    [() => simulateTrial(trial, 1.5), "seed is 1.5", "seed", null],
    [() => schoenfeldPower(-1, 2), "events is -1", "events", null],
    [() => schoenfeldPower(10, 2, 1), "share is 1", "share", null],
  ])("case %#", async (call, message, argument, index) => {
    let thrown: unknown;
    try {
      await call();
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof InvalidInputError)) throw new Error(`no InvalidInputError but ${String(thrown)}`);
    expect(thrown.message).toContain(message);
    expect(thrown.argument).toBe(argument);
    expect(thrown.index).toBe(index);
  });

  it("a row that is outside", () => {
    expect(() => takeRows([1, 2], [0, 2])).toThrow("rows[1] is 2; a row from 0 to 1");
  });
});

describe("a statistic without a value", () => {
  const values = [1, 2, 3, 4];
  /** Not defined for samples without the last row. */
  const inverse = (sample: Uint32Array) => (sample.includes(3) ? values[sample[0]] : Number.NaN);

  it("stops the bootstrap with the sample's number", async () => {
    const run = bootstrap(4, inverse, { replicates: 50 });
    await expect(run).rejects.toThrow(ReplicateError);
    await expect(run).rejects.toThrow(/in bootstrap sample \d+ of 50: the statistic is NaN; a finite number is needed/);
    const jackknife = bootstrap(4, (sample) => (sample.length === 4 ? 1 : Number.NaN), { replicates: 5 });
    await expect(jackknife).rejects.toThrow("in the sample without unit 0: the statistic is NaN");
  });

  it("is left out and counted where that is asked for", async () => {
    const found = await bootstrap(4, inverse, { replicates: 200, failures: "leave out" });
    // A row is in no sample of 4 with probability (3/4)^4 = 0.316.
    expect(Math.abs(found.failed.count - 63)).toBeLessThan(27);
    expect(found.statistics[0].replicates.length).toBe(200 - found.failed.count);
    expect(found.failed.reason).toContain("the statistic is NaN");
    expect(found.statistics[0].bca).toBeNull();
    expect(found.statistics[0].refusal).toBe("without unit 3: the statistic is NaN; a finite number is needed");
    const hardly = bootstrap(4, (s) => (s.length === 4 && s.every((row, i) => row === i) ? 1 : Number.NaN), {
      replicates: 20,
      failures: "leave out",
    });
    await expect(hardly).rejects.toThrow("of 20 samples have a value, and at least 2 are needed; in sample 0");
  });

  it("may be one that the library refuses, which is told", async () => {
    const time = [3, 4, 5, 6];
    const event = [0, 0, 0, 1];
    const group = ["a", "b", "a", "b"];
    const test = (sample: Uint32Array) =>
      logRank({
        time: takeRows(time, sample),
        event: takeRows(event, sample),
        group: takeRows(group, sample),
      }).chiSquare;
    await expect(bootstrap(4, test, { failures: "leave out" })).rejects.toThrow("no two groups are at risk together");
    const mean = (sample: Uint32Array) =>
      restrictedMean(kaplanMeier({ time: takeRows(time, sample), event: takeRows(event, sample) })[0], 5).estimate;
    expect((await bootstrap(4, mean, { replicates: 20 })).failed).toEqual({
      count: 0,
      first: null,
      reason: null,
    });
  });

  it("and faults of the statistic itself come through as they are", async () => {
    const broken = () => {
      throw new TypeError("x is not a function");
    };
    await expect(bootstrap(4, broken)).rejects.toThrow(TypeError);
    await expect(permutationTest(["a", "b"], broken)).rejects.toThrow(TypeError);
    const infinite = permutationTest(["a", "b", "b"], (labels) => (labels[0] === "a" ? 1 : 1 / 0));
    await expect(infinite).rejects.toThrow("for arrangement 1 the statistic is Infinity");
  });

  it("that does not vary has no BCa interval, and says why", async () => {
    const constant = await bootstrap(5, one, { replicates: 20 });
    expect(constant.statistics[0].bca).toBeNull();
    expect(constant.statistics[0].refusal).toContain("no replicate is below the estimate");
    expect(constant.statistics[0].standardError).toBe(0);
    expect(bootstrapIntervals(2, [1, 2, 3], [4, 4, 4]).refusal).toContain("there is no acceleration");
    const skewed = bootstrapIntervals(
      1,
      [...Array.from({ length: 999 }, () => 0), 2],
      [...Array.from({ length: 39 }, () => 0), -9],
      0.9999,
    );
    expect(skewed.refusal).toContain("too large for this confidence");
    expect(skewed.bca).toBeNull();
  });
});

describe("the examples of the documentation", () => {
  it("give what they say", async () => {
    const months = [2, 5, 9, 14, 30];
    const result = await bootstrap(months.length, (drawn) => {
      const sample = takeRows(months, drawn);
      return sample.reduce((sum, x) => sum + x, 0) / sample.length;
    });
    expect(result.statistics[0].bca?.lower).toBeCloseTo(5.6, 6);
    expect(result.statistics[0].bca?.upper).toBeCloseTo(23.6, 6);
    const { percentile } = bootstrapIntervals(2, [1, 2, 3, 2.5], null, 0.5);
    expect(percentile.lower).toBeCloseTo(1.284, 3);
    expect(percentile.upper).toBeCloseTo(2.858, 3);
    const six = [2, 5, 9, 14, 30, 31];
    const late = (group: readonly string[]) => six.reduce((sum, t, i) => sum + (group[i] === "b" ? t : 0), 0);
    expect((await permutationTest(["a", "a", "a", "b", "b", "b"], late)).pValue).toBe(0.05);
    const plan = { n: { control: 18, treated: 19 }, controlMedian: 60, hazardRatio: 3, followUp: 36 };
    expect((await powerBySimulation(plan, { simulations: 2000 })).power).toBeCloseTo(0.656, 10);
    expect(schoenfeldPower(66, 2)).toBeCloseTo(0.804, 3);
    expect(simulateTrial({ ...plan, n: { control: 2, treated: 2 } }).group).toEqual([
      "control",
      "control",
      "treated",
      "treated",
    ]);
    expect(takeRows(["a", "b", "c"], [2, 0, 2])).toEqual(["c", "a", "c"]);
  });
});
