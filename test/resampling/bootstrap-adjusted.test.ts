import { describe, expect, it } from "vitest";
import { bootstrapAdjusted, takeRows } from "../../lib/resampling";
import { InvalidInputError, seededRandom } from "../../lib/statistics";
import { adjustedCurves, atTimes, cox } from "../../lib/survival";
import { expectAllClose } from "../survival/golden";

const ARMS = { treated: { a: 1 }, others: { a: 0 } };

/** Rows whose hazard is exponential, doubled by a = 1 and raised by x, followed to time 2 at most. */
function rows(n: number, seed = 3) {
  const random = seededRandom(seed);
  const a = Array.from({ length: n }, () => (random.next() < 0.5 ? 1 : 0));
  const x = Array.from({ length: n }, () => random.next() - 0.5);
  const ends = a.map((value, i) => -Math.log(random.next()) / Math.exp(0.7 * value + x[i]));
  const last = a.map(() => 0.3 + 1.7 * random.next());
  const time = ends.map((end, i) => Math.min(end, last[i]));
  return { time, event: ends.map((end, i) => end <= last[i]), covariates: { a, x } };
}

const drawnOf = (units: number, seed: number, unit: number) => {
  const random = seededRandom(seed, unit);
  const counts = new Array<number>(units).fill(0);
  for (let i = 0; i < units; i++) counts[random.integer(units)]++;
  return counts.flatMap((count, i) => new Array<number>(count).fill(i));
};

describe("bootstrapAdjusted", () => {
  it("is the spread over the samples of what adjustedCurves says of each, computed by hand, arms of their own included", async () => {
    const input = rows(50);
    const dose = input.time.map((_, i) => (i % 5) / 5);
    const weights = input.time.map((_, i) => 1 + (i % 3));
    const arms = { dosed: { a: dose }, others: { a: 0 } };
    const options = { arms, weights, times: [0.4, 0.9], tau: 0.9 };
    const found = await bootstrapAdjusted(input, { ...options, replicates: 3, seed: 5 });
    const whole = adjustedCurves(cox(input), options);
    expect(found.differences.map(({ estimate }) => estimate)).toEqual(
      whole.differences.map(({ estimate }) => estimate),
    );
    const samples = [0, 1, 2].map((unit) => {
      const drawn = drawnOf(50, 5, unit);
      const { a, x } = input.covariates;
      const covariates = { a: takeRows(a, drawn), x: takeRows(x, drawn) };
      const fit = cox({ time: takeRows(input.time, drawn), event: takeRows(input.event, drawn), covariates });
      const own = { dosed: { a: takeRows(dose, drawn) }, others: { a: 0 } };
      return adjustedCurves(fit, { ...options, arms: own, weights: takeRows(weights, drawn) });
    });
    const spread = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    };
    const byHand = [0, 1].map((k) => spread(samples.map(({ differences }) => differences[k].estimate)));
    expectAllClose(
      found.differences.map(({ standardError }) => standardError),
      byHand,
      "differences",
      1e-12,
    );
    const means = spread(samples.map(({ restrictedMeans }) => restrictedMeans?.differences[0].estimate ?? 0));
    expectAllClose([found.restrictedMeans?.differences[0].standardError ?? null], [means], "means", 1e-12);
    const [curve] = found.curves;
    const k = curve.time.findLastIndex((time) => time <= 0.4);
    const levels = samples.map(({ curves }) => atTimes(curves[0], [0.4])[0].survival);
    expectAllClose([curve.standardError[k]], [spread(levels)], "curve", 1e-12);
    expect([curve.lower[k], curve.upper[k]]).toEqual([Math.min(...levels), Math.max(...levels)]);
  });

  it("comes to the limits of the delta method in a large sample", async () => {
    const input = rows(320, 11);
    const options = { arms: ARMS, times: [0.3, 0.8], tau: 1 };
    const delta = adjustedCurves(cox(input), options);
    const found = await bootstrapAdjusted(input, { ...options, replicates: 299, seed: 2 });
    const all = ({ differences, restrictedMeans }: typeof delta) => [
      ...differences,
      ...(restrictedMeans?.arms ?? []),
      ...(restrictedMeans?.differences ?? []),
    ];
    all(found).forEach((one, k) => {
      const other = all(delta)[k];
      // A standard deviation of 299 draws has a relative error of 4 %, a limit one of a sixth of the standard error.
      const error = other.standardError ?? Number.NaN;
      expect(Math.abs((one.standardError ?? 0) / error - 1), `error ${k}`).toBeLessThan(0.12);
      expect(Math.abs((one.lower ?? 0) - (other.lower ?? 0)) / error, `lower ${k}`).toBeLessThan(0.4);
      expect(Math.abs((one.upper ?? 0) - (other.upper ?? 0)) / error, `upper ${k}`).toBeLessThan(0.4);
    });
    expect(found.differences.every(({ pValue }) => pValue === null)).toBe(true);
    expect(found.failed.count).toBe(0);
  });

  it("draws whole clusters, is the same for a seed, and another for another", async () => {
    const input = rows(40);
    const cluster = input.time.map((_, i) => `c${i % 8}`);
    const options = { arms: ARMS, times: [0.5], replicates: 20 };
    const [one, again, other] = await Promise.all(
      [7, 7, 8].map((seed) => bootstrapAdjusted({ ...input, cluster }, { ...options, seed })),
    );
    expect([one.clusters, one.replicates, one.seed]).toEqual([8, 20, 7]);
    expect(again).toEqual(one);
    expect(other.differences[0].lower).not.toBe(one.differences[0].lower);
  });

  it("goes on level where a sample is followed for less long, and counts samples in which an arm has nobody", async () => {
    const time = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const event = [1, 1, 0, 1, 1, 1, 1, 0, 1, 1];
    const input = { time, event, covariates: { a: time.map((t) => (t === 2 || t === 5 ? 1 : 0)) } };
    const options = { arms: ARMS, times: [10], tau: 10, replicates: 60 };
    await expect(bootstrapAdjusted(input, options)).rejects.toThrow(
      /^bootstrapAdjusted: in bootstrap sample \d+ of 60: .*"a" is constant/,
    );
    const found = await bootstrapAdjusted(input, { ...options, failures: "leave out" });
    expect(found.failed.count).toBeGreaterThan(2);
    expect(found.failed.count).toBeLessThan(20);
    expect(Number.isFinite(found.restrictedMeans?.differences[0].lower)).toBe(true);
  });

  it("refuses in its own name what it cannot use", async () => {
    const input = rows(20);
    await expect(bootstrapAdjusted(input, { arms: {} })).rejects.toThrow(/^bootstrapAdjusted: arms is empty/);
    await expect(bootstrapAdjusted(input, { arms: ARMS, tau: 99 })).rejects.toThrow(/^bootstrapAdjusted: tau has 99/);
    await expect(bootstrapAdjusted(input, { arms: ARMS, replicates: 0 })).rejects.toThrow(InvalidInputError);
    const none = { ...input, event: input.time.map(() => 0) };
    await expect(bootstrapAdjusted(none, { arms: ARMS })).rejects.toThrow(/^bootstrapAdjusted: no row has the event/);
  });
});
