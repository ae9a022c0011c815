import { describe, expect, it } from "vitest";
import { InvalidInputError, seededRandom } from "../../lib/statistics/index";
import { turnbull, turnbullAtTimes } from "../../lib/survival/turnbull/index";

const good = { lower: [0, 2, 2, 4], upper: [3, 3, 6, Number.POSITIVE_INFINITY] };

const changes: readonly [string, Record<string, unknown>, string, string, number | null][] = [
  ["no rows", { lower: [], upper: [] }, "lower is empty", "lower", null],
  ["upper shorter than lower", { upper: [3, 3] }, "upper has 2 elements and lower has 4", "upper", null],
  ["a missing lower end", { lower: [0, null, 2, 4] }, "lower[1] is null; a finite number", "lower", 1],
  ["an infinite lower end", { lower: [Number.NEGATIVE_INFINITY, 2, 2, 4] }, "lower[0] is -Infinity", "lower", 0],
  ["a negative lower end", { lower: [0, -2, 2, 4] }, "lower[1] is -2; a time of at least 0", "lower", 1],
  ["a missing upper end", { upper: [3, undefined, 6, 7] }, "upper[1] is undefined; a time is needed", "upper", 1],
  ["NaN as upper end", { upper: [3, 3, Number.NaN, 7] }, "upper[2] is NaN", "upper", 2],
  ["an upper end before the lower", { upper: [3, 1, 6, 7] }, "upper[1] is 1 and lower[1] is 2", "upper", 1],
  ["entry of another length", { entry: [0] }, "entry has 1 elements and lower has 4", "entry", null],
  ["entry after lower", { entry: [0, 0, 3, 0] }, "entry[2] is 3 and lower[2] is 2", "entry", 2],
  ["negative entry", { entry: [-1, 0, 0, 0] }, "entry[0] is -1", "entry", 0],
  [
    "entry at an exact time",
    { upper: [3, 2, 6, 7], entry: [0, 2, 0, 0] },
    "entry[1] is 2, the exact time of the row's event",
    "entry",
    1,
  ],
  ["weights of another length", { weights: [1] }, "weights has 1 elements and lower has 4", "weights", null],
  ["a negative weight", { weights: [1, -1, 1, 1] }, "weights[1] is -1", "weights", 1],
  ["weights of zero", { weights: [0, 0, 0, 0] }, "all weights are 0", "weights", null],
  [
    "a group of weight zero",
    { weights: [0, 0, 1, 1], group: ["a", "a", "b", "b"] },
    'all weights of the group "a" are 0',
    "weights",
    null,
  ],
  ["a missing group", { group: ["a", "b", null, "a"] }, "group[2] is null", "group", 2],
];

describe("turnbull refuses", () => {
  it.each(changes)("%s", (_, change, message, argument, index) => {
    let error: unknown = null;
    try {
      turnbull(Object.assign({ ...good }, change));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({
      argument,
      index,
      message: expect.stringContaining(`turnbull: ${message}`),
    });
  });

  it("options outside their range", () => {
    expect(() => turnbull(good, { maxIterations: 0 })).toThrow("maxIterations is 0");
    expect(() => turnbull(good, { tolerance: -1 })).toThrow("tolerance is -1");
  });

  it("to return what has not converged", () => {
    const random = seededRandom(7);
    const lower = Array.from({ length: 1000 }, () => 10 * random.next());
    const upper = lower.map((time) => time + 10 * random.next());
    expect(() => turnbull({ lower, upper }, { maxIterations: 1 })).toThrow("turnbull: no convergence in 1 rounds");
    expect(turnbull({ lower, upper })[0].certificate.kuhnTucker).toBeLessThan(1e-10);
  });

  it("times for the curve that are negative or not finite", () => {
    const [curve] = turnbull(good);
    expect(() => turnbullAtTimes(curve, [1, -1])).toThrow("times[1] is -1");
    expect(() => turnbullAtTimes(curve, [Number.NaN])).toThrow("times[0] is NaN");
  });
});

describe("turnbullAtTimes", () => {
  it("says between which values S lies where a time is inside an interval", () => {
    const [curve] = turnbull(good);
    const [before, inside, between, later] = turnbullAtTimes(curve, [0, 2.5, 3.5, 5]);
    expect(before).toMatchObject({ survival: 1, least: 1, largest: 1 });
    expect(inside.least).toBeCloseTo(1 / 3, 12);
    expect(inside.largest).toBeCloseTo(1, 12);
    expect(between.least).toBe(between.largest);
    // (4, 6] holds the rest: it may be before 5 or after.
    expect(later.least).toBe(0);
    expect(later.largest).toBeCloseTo(1 / 3, 12);
  });
});
