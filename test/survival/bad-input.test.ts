import { describe, expect, it } from "vitest";
import { permutationLogRank } from "../../lib/resampling/index";
import { GroupComparisonError, InvalidInputError, NoEventsError } from "../../lib/statistics/index";
import {
  atTimes,
  kaplanMeier,
  logRank,
  logRankTrend,
  pairwiseLogRank,
  quantile,
  restrictedMean,
  restrictedMeanDifference,
} from "../../lib/survival/index";

const good = { time: [1, 2, 3, 4], event: [1, 0, 1, 1], group: ["a", "b", "a", "b"] };

/** Each bad change to good input: what the message must say, the argument and the index. */
const changes: readonly [
  string,
  Partial<Record<keyof typeof good | "entry" | "weights" | "counts", unknown[]>>,
  string,
  string,
  number | null,
][] = [
  ["no rows", { time: [] }, "time is empty", "time", null],
  ["event shorter than time", { event: [1, 0] }, "event has 2 elements and time has 4", "event", null],
  [
    "group longer than time",
    { group: ["a", "b", "a", "b", "a"] },
    "group has 5 elements and time has 4",
    "group",
    null,
  ],
  ["entry of another length", { entry: [0] }, "entry has 1 elements and time has 4", "entry", null],
  ["weights of another length", { weights: [1] }, "weights has 1 elements and time has 4", "weights", null],
  ["NaN time", { time: [1, Number.NaN, 3, 4] }, "time[1] is NaN; a finite number", "time", 1],
  ["infinite time", { time: [1, 2, Number.POSITIVE_INFINITY, 4] }, "time[2] is Infinity", "time", 2],
  ["text as time", { time: ["1", 2, 3, 4] }, 'time[0] is "1"', "time", 0],
  ["null time", { time: [1, 2, 3, null] }, "time[3] is null", "time", 3],
  ["negative time", { time: [1, -2, 3, 4] }, "time[1] is -2; a time of at least 0", "time", 1],
  ["times given as events", { event: [5, 13, 20, 8] }, "event[0] is 5; 1 or true", "event", 0],
  ["status of 1 and 2", { event: [1, 2, 1, 2] }, "event[1] is 2", "event", 1],
  ["NaN event", { event: [1, 0, Number.NaN, 1] }, "event[2] is NaN", "event", 2],
  ["text as event", { event: [1, "yes", 0, 1] }, 'event[1] is "yes"', "event", 1],
  ["missing event", { event: [1, undefined, 0, 1] }, "event[1] is undefined", "event", 1],
  [
    "entry at its time",
    { entry: [0, 0, 3, 0] },
    "entry[2] is 3 and time[2] is 3; entry must be before time",
    "entry",
    2,
  ],
  ["entry after its time", { entry: [0, 5, 0, 0] }, "entry[1] is 5 and time[1] is 2", "entry", 1],
  [
    "entry before time by rounding",
    { time: [1, 2, 0.1 + 0.2, 4], entry: [0, 0, 0.3, 0] },
    "differ by rounding only",
    "entry",
    2,
  ],
  ["NaN entry", { entry: [0, 0, 0, Number.NaN] }, "entry[3] is NaN", "entry", 3],
  ["negative weight", { weights: [1, 1, -1, 1] }, "weights[2] is -1; a weight of at least 0", "weights", 2],
  ["NaN weight", { weights: [1, 1, Number.NaN, 1] }, "weights[2] is NaN", "weights", 2],
  ["a count of nobody", { counts: [1, 0, 1, 1] }, "counts[1] is 0; leave the row out", "counts", 1],
  ["half a row", { counts: [1, 2, 1.5, 1] }, "counts[2] is 1.5; the number of such rows is needed", "counts", 2],
  ["a negative count", { counts: [-2, 1, 1, 1] }, "counts[0] is -2", "counts", 0],
  ["NaN count", { counts: [1, Number.NaN, 1, 1] }, "counts[1] is NaN; a finite number", "counts", 1],
  ["text as a count", { counts: [1, "2", 1, 1] }, 'counts[1] is "2"', "counts", 1],
  [
    "more rows than doubles count",
    { counts: [1, 2 ** 52, 2 ** 52, 1] },
    "counts that add up to at most 2^53",
    "counts",
    2,
  ],
  ["counts of another length", { counts: [1] }, "counts has 1 elements and time has 4", "counts", null],
  ["all weights zero", { weights: [0, 0, 0, 0] }, "all weights are 0", "weights", null],
  ["empty group", { group: ["a", "", "a", "b"] }, 'group[1] is ""', "group", 1],
  ["missing group", { group: ["a", "b", undefined, "b"] }, "group[2] is undefined", "group", 2],
  ["null group", { group: [null, "b", "a", "b"] }, "group[0] is null", "group", 0],
  ["NaN group", { group: [1, 2, Number.NaN, 2] }, "group[2] is NaN", "group", 2],
];

/** As a caller from JavaScript, or with data from a file, may call. */
function broken(change: object): typeof good {
  return Object.assign({ ...good }, change);
}

function failure(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return null;
}

describe.each([
  ["kaplanMeier", kaplanMeier],
  ["logRank", logRank],
] as const)("%s refuses", (name, call) => {
  it.each(changes)("%s", (_, change, message, argument, index) => {
    const error = failure(() => call(broken(change)));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ argument, index, message: expect.stringContaining(`${name}: `) });
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
  });
});

describe("groups", () => {
  it("refuses an order that names an empty group, leaves one out or repeats one", () => {
    expect(() => kaplanMeier(good, { order: ["a", "b", "c"] })).toThrow('the group "c" of order[2] is empty');
    expect(() => kaplanMeier(good, { order: ["a"] })).toThrow('order leaves out the group "b"');
    expect(() => kaplanMeier(good, { order: ["a", "b", "a"] })).toThrow('order[2] repeats the group "a"');
  });

  it.each([
    ["logRank", logRank],
    ["logRankTrend", logRankTrend],
    ["pairwiseLogRank", pairwiseLogRank],
    ["permutationLogRank", permutationLogRank],
  ])("%s refuses one group, no events, and fractional weights", (name, test) => {
    const one = failure(() => test({ ...good, group: ["a", "a", "a", "a"] }));
    expect(one).toBeInstanceOf(GroupComparisonError);
    expect(one).toMatchObject({ message: expect.stringContaining(`${name}: all rows are in the group "a"`) });
    const none = failure(() => test({ ...good, event: [0, 0, 0, 0] }));
    expect(none).toBeInstanceOf(NoEventsError);
    expect(none).toMatchObject({ message: expect.stringContaining(`${name}: no row has the event`) });
    expect(() => test({ ...good, weights: [1, 1, 1.5, 1] })).toThrow(InvalidInputError);
  });

  it("refuses groups that are never at risk together when an event occurs", () => {
    const apart = {
      time: [1, 2, 8, 9],
      event: [1, 1, 1, 1],
      entry: [0, 0, 5, 5],
      group: ["a", "a", "b", "b"],
    };
    expect(() => logRank(apart)).toThrow(GroupComparisonError);
    expect(() => logRankTrend(apart, { order: ["a", "b"] })).toThrow(GroupComparisonError);
  });

  it("counts an event of weight 0 as none", () => {
    expect(() => logRank({ ...good, event: [1, 0, 0, 0], weights: [0, 1, 1, 1] })).toThrow(NoEventsError);
  });

  it("refuses strata of another length, and exponents that are no numbers", () => {
    expect(() => logRank({ ...good, strata: [1, 2] })).toThrow("strata has 2 elements and time has 4");
    expect(() => logRank(good, { rho: Number.NaN })).toThrow("rho is NaN");
    expect(() => logRank(good, { gamma: -1 })).toThrow("gamma is -1");
    expect(() => logRank(good, { rho: 1, weighting: "gehan" })).toThrow("one way to weigh is needed");
    expect(() => logRank(good, { gamma: Number.NaN })).toThrow("gamma is NaN");
  });

  it("refuses scores that make no trend", () => {
    expect(() => logRankTrend(good, { scores: [1, 2, 3] })).toThrow("scores has 3 elements and there are 2 groups");
    expect(() => logRankTrend(good, { scores: [2, 2] })).toThrow("all scores are 2");
    expect(() => logRankTrend(good, { scores: [2, Number.NaN] })).toThrow("scores[1] is NaN");
  });
});

describe("permutationLogRank refuses", () => {
  it("rows that are all alike", () => {
    expect(() => permutationLogRank({ ...good, time: [2, 2, 2, 2], event: [1, 1, 1, 1] })).toThrow(
      GroupComparisonError,
    );
  });

  it("to go over all assignments where there are too many", () => {
    const time = Array.from({ length: 60 }, (_, i) => i);
    const input = { time, event: time.map(() => 1), group: time.map((i) => i % 2) };
    expect(() => permutationLogRank(input, { exact: true })).toThrow("too many assignments");
  });

  it("weights, and counts and seeds that are not whole numbers", () => {
    expect(() => permutationLogRank({ ...good, weights: [1, 1, 1, 1] })).toThrow("weights cannot be permuted");
    expect(() => permutationLogRank(good, { permutations: 0 })).toThrow("permutations is 0");
    expect(() => permutationLogRank(good, { exact: false, seed: 0.5 })).toThrow("seed is 0.5");
  });
});

describe("functions of a curve refuse", () => {
  const [curve] = kaplanMeier({ time: good.time, event: good.event });

  it("a confidence, a probability or a time outside its range", () => {
    expect(() => kaplanMeier(good, { confidence: 95 })).toThrow("confidence is 95; a number between 0 and 1");
    expect(() => quantile(curve, 50)).toThrow("p is 50; a probability");
    expect(() => quantile(curve, Number.NaN)).toThrow("p is NaN");
    expect(() => restrictedMean(curve, 0)).toThrow("tau is 0");
    expect(() => restrictedMean(curve, Number.POSITIVE_INFINITY)).toThrow("tau is Infinity");
    expect(() => atTimes(curve, [0, 2, 1])).toThrow("times[2] is 1 after 2");
    expect(() => atTimes(curve, [-1])).toThrow("times[0] is -1");
    expect(() => atTimes(curve, [Number.NaN])).toThrow("times[0] is NaN");
  });

  it("a difference of means without any variance", () => {
    expect(() => restrictedMeanDifference(curve, curve, 0.5)).toThrow("no standard error");
  });
});
