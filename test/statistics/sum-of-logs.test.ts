import { describe, expect, it } from "vitest";
import { seededRandom } from "../../lib/statistics";
import { log } from "../../lib/statistics/elementary";
import { SumOfLogs } from "../../lib/statistics/inner";

describe("a sum of logarithms", () => {
  const sumOf = (values: readonly (readonly [number, number])[]) => {
    const sum = new SumOfLogs();
    for (const [value, times] of values) sum.add(value, times);
    return sum.total();
  };

  it("is that of each value's, over all that doubles hold and with any weights", () => {
    const random = seededRandom(7, 0);
    const values = Array.from({ length: 5000 }, (_, i) => {
      const value = 10 ** (600 * random.next() - 300);
      return [value, i % 3 === 0 ? random.next() : 1] as const;
    });
    const apart = values.reduce((sum, [value, times]) => sum + times * log(value), 0);
    const size = values.reduce((sum, [value, times]) => sum + times * Math.abs(log(value)), 0);
    expect(Math.abs(sumOf(values) - apart)).toBeLessThan(1e-13 * size);
  });

  it("holds what none of its values alone would overflow or vanish by", () => {
    expect(sumOf(Array.from({ length: 1000 }, () => [1e90, 1]))).toBeCloseTo(90_000 * log(10), 6);
    expect(sumOf(Array.from({ length: 1000 }, () => [1e-90, 1]))).toBeCloseTo(-90_000 * log(10), 6);
    expect(sumOf([[Number.MIN_VALUE, 1]])).toBe(log(Number.MIN_VALUE));
  });

  it("is 0 of nothing, minus infinity with a 0, and no number with one below", () => {
    expect(sumOf([])).toBe(0);
    expect(
      sumOf([
        [2, 1],
        [0, 1],
      ]),
    ).toBe(-Infinity);
    expect(
      sumOf([
        [2, 1],
        [-1, 1],
      ]),
    ).toBeNaN();
  });
});
