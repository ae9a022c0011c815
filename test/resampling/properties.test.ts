import { describe, expect, it } from "vitest";
import {
  bootstrap,
  bootstrapIntervals,
  permutationLogRank,
  permutationTest,
  powerBySimulation,
  schoenfeldPower,
  simulateTrial,
  takeRows,
} from "../../lib/resampling/index";
import { kaplanMeier, logRank } from "../../lib/survival/index";
import { fc } from "../support/property";
import { tiedRows } from "../survival/arbitrary";
import { expectAllClose, expectClose } from "../survival/golden";

const often = { numRuns: 60 };
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sample = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 25 });

describe("bootstrap", () => {
  it("moves and scales with the data, replicate by replicate", async () => {
    await fc.assert(
      fc.asyncProperty(sample, fc.integer({ min: 1, max: 9 }), fc.nat(1000), async (values, factor, start) => {
        const run = (data: number[]) =>
          bootstrap(data.length, (rows) => mean(takeRows(data, rows)), { replicates: 99, seed: start });
        const [plain] = (await run(values)).statistics;
        const [moved] = (await run(values.map((value) => 3 + factor * value))).statistics;
        expectAllClose(
          moved.replicates,
          plain.replicates.map((value) => 3 + factor * value),
          "replicates",
        );
        for (const kind of ["percentile", "basic", "bca"] as const) {
          const [a, b] = [plain[kind], moved[kind]];
          if (a === null || b === null) expect(a).toBe(b);
          else
            expectAllClose(
              [b.lower, b.upper],
              [a.lower, a.upper].map((v) => 3 + factor * v),
              kind,
            );
        }
      }),
      often,
    );
  });

  it("has limits among its replicates that widen with confidence", () => {
    const replicates = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(replicates, replicates, (values, jackknife) => {
        const ordered = [...values].sort((a, b) => a - b);
        const estimate = mean(values);
        const levels = [0.5, 0.8, 0.95, 0.99].map((level) => bootstrapIntervals(estimate, values, jackknife, level));
        levels.forEach(({ percentile, basic, bca, refusal }, k) => {
          for (const interval of [percentile, bca]) {
            if (interval === null) continue;
            expect(interval.lower).toBeLessThanOrEqual(interval.upper);
            expect(interval.lower).toBeGreaterThanOrEqual(ordered[0]);
            expect(interval.upper).toBeLessThanOrEqual(ordered[ordered.length - 1]);
          }
          expect(bca === null).toBe(refusal !== null);
          expectClose(basic.upper - basic.lower, percentile.upper - percentile.lower, "width");
          if (k === 0) return;
          expect(percentile.lower).toBeLessThanOrEqual(levels[k - 1].percentile.lower);
          expect(percentile.upper).toBeGreaterThanOrEqual(levels[k - 1].percentile.upper);
        });
      }),
      { numRuns: 200 },
    );
  });

  it("gives several statistics by name, and draws each row about as often", async () => {
    const times = new Uint32Array(20);
    const found = await bootstrap(
      20,
      (rows) => {
        expect(rows.length).toBe(20);
        rows.forEach((row) => {
          times[row]++;
        });
        return { smallest: rows[0], largest: rows[19] };
      },
      { replicates: 2000, bca: false },
    );
    expect(found.statistics.map((statistic) => statistic.name)).toEqual(["smallest", "largest"]);
    expect(found.statistics[0].refusal).toContain("no jackknife");
    // 2,000 samples of 20 and the data themselves.
    const chiSquare = times.reduce((sum, count) => sum + (count - 2001) ** 2 / 2001, 0);
    expect(chiSquare).toBeGreaterThan(5);
    expect(chiSquare).toBeLessThan(45);
  });

  it("has the standard error that theory gives for a mean, and intervals that cover about as often as they say", async () => {
    const values = [3, 7, 8, 12, 13, 14, 18, 21, 22, 30];
    const found = await bootstrap(10, (rows) => mean(takeRows(values, rows)), { replicates: 9999 });
    const m = mean(values);
    const theory = Math.sqrt(mean(values.map((value) => (value - m) ** 2)) / 10);
    expect(Math.abs(found.statistics[0].standardError / theory - 1)).toBeLessThan(0.03);
    expect(Math.abs(found.statistics[0].bias)).toBeLessThan((4 * theory) / Math.sqrt(9999));
  });
});

describe("permutation test", () => {
  it("is exact and by chance the same but for the Monte Carlo error", async () => {
    await fc.assert(
      fc.asyncProperty(
        sample.filter((s) => s.length <= 12),
        fc.nat(1000),
        async (values, start) => {
          const labels = values.map((_, i) => (i % 3 === 0 ? "a" : "b"));
          const statistic = (order: readonly string[]) =>
            values.reduce((sum, value, i) => (order[i] === "a" ? sum + value : sum), 0);
          const exact = await permutationTest(labels, statistic, { alternative: "greater" });
          const random = await permutationTest(labels, statistic, {
            exact: false,
            permutations: 999,
            seed: start,
          });
          expect(exact.exact).toBe(true);
          const error = Math.sqrt((exact.pValue * (1 - exact.pValue)) / 999);
          expect(Math.abs(random.pValue - exact.pValue)).toBeLessThan(5 * error + 0.002);
          expect(random.pValue).toBeGreaterThan(0);
        },
      ),
      often,
    );
  });

  it("of the log-rank statistic agrees with permutationLogRank", async () => {
    const rows = { time: [1, 2, 3, 3, 5, 6, 8, 9], event: [1, 1, 1, 0, 1, 1, 0, 1] };
    const group = ["a", "a", "b", "a", "b", "b", "a", "b"];
    const exact = permutationLogRank({ ...rows, group });
    const scores = (labels: readonly string[]) => {
      const { groups } = logRank({ ...rows, group: labels });
      return groups[0].observed - groups[0].expected;
    };
    const found = await permutationTest(group, scores, { alternative: "two-sided" });
    expectClose(found.pValue, exact.pValue, "p value", 1e-12);
    expect(found.permutations).toBe(70);
  });

  it("never mixes strata", async () => {
    const strata = [1, 1, 2, 2, 2, 3];
    const labels = ["a", "b", "a", "a", "b", "c"];
    const seen = new Set<string>();
    for (const exact of [true, false]) {
      await permutationTest(
        labels,
        (order) => {
          seen.add(order.join(""));
          expect([...order.slice(0, 2)].sort().join("")).toBe("ab");
          expect([...order.slice(2, 5)].sort().join("")).toBe("aab");
          return 0;
        },
        { strata, exact, permutations: 200 },
      );
    }
    expect(seen.size).toBe(6);
  });
});

describe("permutationLogRank on threads", () => {
  it("has the statistic that it has without, and its p value but for the Monte Carlo error", async () => {
    await fc.assert(
      fc.asyncProperty(
        tiedRows.filter((rows) => rows.time.length <= 30),
        async (rows) => {
          const exact = permutationLogRank(rows);
          const random = await permutationLogRank(rows, { permutations: 2500, threads: 1 });
          expectClose(random.statistic, exact.statistic, "statistic", 1e-10);
          const error = Math.sqrt((exact.pValue * (1 - exact.pValue)) / 2500);
          expect(Math.abs(random.pValue - exact.pValue)).toBeLessThan(5 * error + 1e-3);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("power by simulation", () => {
  const trial = {
    n: { control: 60, treated: 60 },
    controlMedian: 12,
    hazardRatio: 0.5,
    accrual: 12,
    followUp: 12,
  };

  it("counts the tests that reject among the trials that simulateTrial gives", async () => {
    const simulations = 60;
    const { rejected, events } = await powerBySimulation(trial, { simulations, seed: 9 });
    const trials = Array.from({ length: simulations }, (_, k) => simulateTrial(trial, 9, k));
    expect(rejected).toBe(trials.filter((data) => logRank(data).pValue <= 0.05).length);
    const treated = trials.map((data) => data.event.filter((e, i) => e && data.group[i] === "treated").length);
    expectClose(events.treated, mean(treated), "events");
  });

  it("is near Schoenfeld's formula where events are many, and near alpha without a difference", async () => {
    const found = await powerBySimulation(trial, { simulations: 2000 });
    const formula = schoenfeldPower(found.events.control + found.events.treated, 0.5);
    expect(Math.abs(found.power - formula)).toBeLessThan(0.04);
    const none = await powerBySimulation({ ...trial, hazardRatio: 1 }, { simulations: 3000 });
    expect(none.lower).toBeLessThan(0.05);
    expect(none.upper).toBeGreaterThan(0.04);
    expect(none.power).toBeLessThan(0.065);
  });

  it("counts trials without an event as not rejecting", async () => {
    const rare = { n: { control: 2, treated: 2 }, controlMedian: 1000, hazardRatio: 1, followUp: 10 };
    const found = await powerBySimulation(rare, { simulations: 200 });
    expect(found.untestable).toBeGreaterThan(150);
    expect(found.rejected).toBeLessThanOrEqual(200 - found.untestable);
  });

  it("draws event times of the survival function that was asked for", () => {
    const long = { ...trial, n: { control: 4000, treated: 4000 }, shape: 1.7, followUp: 1000, accrual: 0 };
    const curves = kaplanMeier(simulateTrial(long));
    for (const [curve, ratio] of [
      [curves[0], 1],
      [curves[1], 0.5],
    ] as const) {
      for (const t of [4, 12, 20]) {
        const at = curve.time.findIndex((time) => time > t) - 1;
        const expected = Math.exp(-Math.LN2 * ratio * (t / 12) ** 1.7);
        expect(Math.abs(curve.survival[at] - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 4000));
      }
    }
  });
});
