import { describe, expect, it } from "vitest";
import { GroupComparisonError, InvalidInputError, NoEventsError } from "../../lib/statistics/index";
import { cumulativeIncidence, fineGray, fineGrayData, grayTest } from "../../lib/survival/competing/index";

const good = {
  time: [1, 2, 3, 4],
  cause: ["release", "death", "release", "censored"],
  group: ["a", "b", "b", "a"],
};
const covariates = { age: [30, 40, 50, 60] };

const changes: readonly [string, Record<string, unknown>, string, string, number | null][] = [
  ["no rows", { time: [], cause: [] }, "time is empty", "time", null],
  ["cause shorter than time", { cause: ["a"] }, "cause has 1 elements and time has 4", "cause", null],
  ["a negative time", { time: [1, 2, -3, 4] }, "time[2] is -3", "time", 2],
  ["a time that is not a number", { time: [1, Number.NaN, 3, 4] }, "time[1] is NaN", "time", 1],
  ["a missing cause", { cause: ["a", undefined, "b", 0] }, "cause[1] is undefined", "cause", 1],
  ["an empty cause", { cause: ["a", "", "b", 0] }, 'cause[1] is ""; the name or number of a cause', "cause", 1],
  ["NaN as cause", { cause: [1, 2, Number.NaN, 0] }, "cause[2] is NaN", "cause", 2],
  ["true as cause", { cause: [true, 1, 2, 0] }, "cause[0] is true", "cause", 0],
];

const more: typeof changes = [
  ["entry after time", { entry: [0, 2, 1, 1] }, "entry[1] is 2 and time[1] is 2", "entry", 1],
  ["a negative weight", { weights: [1, 1, 1, -2] }, "weights[3] is -2", "weights", 3],
  ["weights of zero", { weights: [0, 0, 0, 0] }, "all weights are 0", "weights", null],
];

function failure(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return null;
}

/** As a caller from JavaScript, or with data from a file, may call. */
function broken(change: object): typeof good {
  return Object.assign({ ...good }, change);
}

describe.each([
  ["cumulativeIncidence", (input: typeof good) => cumulativeIncidence(input), [...changes, ...more]],
  ["grayTest", (input: typeof good) => grayTest(input), changes],
  [
    "fineGrayData",
    ({ group: _, ...input }: typeof good) => fineGrayData(input, { cause: "release" }),
    [...changes, ...more],
  ],
  [
    "fineGray",
    ({ group: _, ...input }: typeof good) => fineGray({ ...input, covariates: {} }, { cause: "release" }),
    changes,
  ],
] as const)("%s refuses", (name, call, list) => {
  it.each(list)("%s", (_, change, message, argument, index) => {
    const error = failure(() => call(broken(change)));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ argument, index, message: expect.stringContaining(`${name}: ${message}`) });
  });
});

describe("cumulativeIncidence", () => {
  it("refuses an order of causes that leaves one out, repeats one or names censoring", () => {
    expect(() => cumulativeIncidence(good, { causes: ["release"] })).toThrow('causes leaves out "death"');
    expect(() => cumulativeIncidence(good, { causes: ["release", "death", "death"] })).toThrow(
      'causes[2] repeats "death"',
    );
    expect(() => cumulativeIncidence(good, { causes: ["censored", "release", "death"] })).toThrow(
      'causes[0] is "censored", which means censored',
    );
    expect(() => cumulativeIncidence(good, { confidence: 95 })).toThrow("confidence is 95");
  });

  it("keeps a cause that nobody had, with an incidence of 0", () => {
    const { time, cause } = good;
    const [all] = cumulativeIncidence({ time, cause }, { causes: ["release", "exile", "death"] });
    expect(all.causes.map(({ cause }) => cause)).toEqual(["release", "exile", "death"]);
    expect(all.causes[1].incidence).toEqual([0, 0, 0, 0]);
    expect(all.causes[1].standardError).toEqual([0, 0, 0, 0]);
  });

  it("has no causes where all are censored", () => {
    const [all] = cumulativeIncidence({ time: [3, 1, 4], cause: [0, 0, 0] });
    expect(all.causes).toEqual([]);
    expect(all.eventFree).toEqual([1, 1, 1]);
    expect(all.eventFreeStandardError).toEqual([0, 0, 0]);
  });
});

describe("grayTest refuses", () => {
  it("one group, no event, entry, weights and a rho that is no number", () => {
    const one = failure(() => grayTest({ ...good, group: ["a", "a", "a", "a"] }));
    expect(one).toBeInstanceOf(GroupComparisonError);
    expect(one).toMatchObject({ message: expect.stringContaining('all rows are in the group "a"') });
    expect(failure(() => grayTest({ ...good, cause: [0, 0, 0, 0] }))).toBeInstanceOf(NoEventsError);
    expect(() => grayTest({ ...good, entry: [0, 0, 0, 0] })).toThrow("grayTest: entry is given");
    expect(() => grayTest({ ...good, weights: [1, 1, 1, 1] })).toThrow("grayTest: weights is given");
    expect(() => grayTest(good, { rho: Number.NaN })).toThrow("rho is NaN");
    expect(() => grayTest({ ...good, strata: [1] })).toThrow("strata has 1 elements and time has 4");
  });

  it("groups that are never at risk together", () => {
    const apart = {
      time: [1, 2, 8, 9],
      cause: [1, 1, 1, 1],
      group: ["a", "a", "b", "b"],
      strata: [1, 1, 2, 2],
    };
    expect(failure(() => grayTest(apart))).toBeInstanceOf(GroupComparisonError);
  });
});

describe("Fine and Gray's model refuses", () => {
  it("a cause that no row has, and rows that are all censored", () => {
    const unknown = failure(() => fineGrayData({ time: good.time, cause: good.cause }, { cause: "exile" }));
    expect(unknown).toBeInstanceOf(InvalidInputError);
    expect(unknown).toMatchObject({ argument: "cause" });
    expect(unknown).toMatchObject({ message: expect.stringContaining('the causes are "death", "release"') });
    expect(failure(() => fineGrayData({ time: [1, 2], cause: [0, 0] }, { cause: 1 }))).toBeInstanceOf(NoEventsError);
  });

  it("covariates, clusters and offsets of another length, and exact ties", () => {
    const input = { ...good, covariates };
    const at = { cause: "release" };
    expect(() => fineGray({ ...input, covariates: { age: [1] } }, at)).toThrow(
      "fineGray: covariates.age has 1 elements and time has 4",
    );
    expect(() => fineGray({ ...input, covariates: { age: [1, 2, Number.NaN, 4] } }, at)).toThrow(
      "covariates.age[2] is NaN",
    );
    expect(() => fineGray({ ...input, cluster: [1] }, at)).toThrow("cluster has 1 elements");
    expect(() => fineGray({ ...input, offset: [1] }, at)).toThrow("offset has 1 elements");
    expect(() => fineGray(input, { ...at, ties: "exact" })).toThrow('ties is "exact"');
  });

  it("rows whose weight would be 0/0, since nobody was at risk before a late entry", () => {
    // At 3 the only rows at risk had entered then, so that H before 3 is 0.
    const early = { time: [1, 2, 5, 6, 7], cause: [2, 1, 1, 2, 1], entry: [0, 0, 3, 3, 3] };
    const error = failure(() => fineGrayData(early, { cause: 1 }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ argument: "time", index: 0 });
  });
});
