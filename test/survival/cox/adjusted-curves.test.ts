import { describe, expect, it } from "vitest";
import { adjustedCurves, atTimes, cox, kaplanMeier, predictSurvival, restrictedMean } from "../../../lib/survival";
import { expectAllClose, expectClose, readGolden } from "../golden";

type Set = Record<"time" | "event" | "a" | "x" | "z" | "s", number[]>;

interface Case {
  readonly set: string;
  readonly columns: ("a" | "x" | "z")[];
  readonly strata: boolean;
  readonly times: number[];
  readonly treated: number[];
  readonly treatedError: number[];
  readonly difference: number[];
  readonly differenceError: number[];
  readonly mean: number;
  readonly meanError: number;
  readonly meanDifference: number;
  readonly meanDifferenceError: number;
}

const { sets, cases } = readGolden<{ sets: Record<string, Set>; cases: Case[] }>("adjusted");
const ARMS = { treated: { a: 1 }, others: { a: 0 } };

function inputOf(set: Set, columns: Case["columns"]) {
  const covariates = Object.fromEntries(columns.map((name) => [name, set[name]]));
  return { time: set.time, event: set.event, covariates };
}

const named = cases.map((one) => ({
  ...one,
  name: `${one.set} ${one.columns.join("+")}${one.strata ? ", strata" : ""}`,
}));

describe.each(named)("adjusted curves agree with R: $name", (r) => {
  const set = sets[r.set];
  const input = { ...inputOf(set, r.columns), ...(r.strata ? { strata: set.s } : {}) };
  const fit = cox(input, { ties: "breslow", tolerance: 1e-13 });
  const { curves, differences, restrictedMeans } = adjustedCurves(fit, { arms: ARMS, times: r.times, tau: r.times[2] });

  it("curves and their errors", () => {
    const at = atTimes(curves[0], r.times);
    expectAllClose(
      at.map(({ survival }) => survival),
      r.treated,
      "survival",
    );
    expectAllClose(
      at.map(({ standardError }) => standardError),
      r.treatedError,
      "error",
    );
    expect(curves.map(({ label }) => label)).toEqual(["treated", "others"]);
  });

  it("differences at times, and of restricted means", () => {
    expectAllClose(
      differences.map(({ estimate }) => estimate),
      r.difference,
      "difference",
      1e-7,
    );
    expectAllClose(
      differences.map(({ standardError }) => standardError),
      r.differenceError,
      "error",
      1e-7,
    );
    expectClose(restrictedMeans?.arms[0].estimate ?? null, r.mean, "mean");
    expectClose(restrictedMeans?.arms[0].standardError ?? null, r.meanError, "its error");
    expectClose(restrictedMeans?.differences[0].estimate ?? null, r.meanDifference, "difference of means", 1e-7);
    expectClose(restrictedMeans?.differences[0].standardError ?? null, r.meanDifferenceError, "its error", 1e-7);
  });
});

it("riskRegression's ate() of veteran without ties: trt, karno and age at 50, 100 and 200 days", () => {
  const { time, event, a, x, z } = sets.veteran;
  const untied = { time: time.map((t, i) => t + (i + 1) / 1000), event, covariates: { a, x, z } };
  const fit = cox(untied, { ties: "breslow", tolerance: 1e-13 });
  const { curves, differences } = adjustedCurves(fit, { arms: ARMS, times: [50, 100, 200] });
  const at = atTimes(curves[1], [50, 100, 200]);
  expectAllClose(
    at.map((one) => 1 - one.survival),
    [0.370678193514, 0.574579592163, 0.764148895193],
    "risk",
    1e-11,
  );
  const errors = [0.0504077584297, 0.0498107439248, 0.0399082378832];
  expectAllClose(
    at.map((one) => one.standardError),
    errors,
    "error",
    1e-10,
  );
  const gained = [0.0498193875919, 0.0554540421895, 0.046893592924];
  expectAllClose(
    differences.map(({ estimate }) => -estimate),
    gained,
    "difference",
    1e-10,
  );
  const gainErrors = [0.0538262330482, 0.0600955276103, 0.0503454958262];
  expectAllClose(
    differences.map(({ standardError }) => standardError),
    gainErrors,
    "error",
    1e-10,
  );
  const pValues = [0.354674888564, 0.356129747763, 0.3516282232];
  expectAllClose(
    differences.map(({ pValue }) => pValue),
    pValues,
    "p",
    1e-9,
  );
});

describe("adjusted curves", () => {
  const { time, event, a, x, s } = sets.veteran;

  it("have as error what rows' weights do to them, with Efron's ties, entries and strata", () => {
    const months = time.map((t) => Math.ceil(t / 30) + 1);
    const entry = months.map((t, i) => (i % 3 === 0 ? Math.min(2, t - 1) : 0));
    const base = { time: months, event, entry, covariates: { a, x }, strata: s };
    const at = [4, 8];
    const curvesAt = (weights: number[]) => {
      const fit = cox({ ...base, weights }, { robust: false, tolerance: 1e-13 });
      const found = adjustedCurves(fit, { arms: ARMS, times: at, tau: 8 });
      return [...found.differences, ...(found.restrictedMeans?.differences ?? [])];
    };
    const ones = months.map(() => 1);
    const step = 1e-4;
    const squares = [0, 0, 0];
    ones.forEach((_, i) => {
      const [more, less] = [step, -step].map((h) => curvesAt(ones.map((w, k) => (k === i ? w + h : w))));
      squares.forEach((__, k) => {
        squares[k] += ((more[k].estimate - less[k].estimate) / (2 * step)) ** 2;
      });
    });
    expectAllClose(
      curvesAt(ones).map((one) => one.standardError),
      squares.map(Math.sqrt),
      "error",
      1e-6,
    );
  });

  it("on one stratum are the curve of its own rows, and of one pattern the predicted curve", () => {
    const fit = cox(
      { time, event, covariates: { x: x.map(() => 0).map((_, i) => i % 2) }, strata: a },
      { ties: "breslow" },
    );
    const none = { x: 0 };
    const { curves } = adjustedCurves(fit, {
      arms: { zero: { ...none, stratum: 0 }, one: { ...none, stratum: 1 } },
      times: [],
    });
    const predicted = predictSurvival(fit, [none]);
    const times = [30, 100, 300];
    curves.forEach((curve, k) => {
      const survival = atTimes(curve, times).map((one) => one.survival);
      expectAllClose(
        survival,
        atTimes(predicted[k], times).map((one) => one.survival),
        `arm ${k}`,
        1e-10,
      );
    });
    const saturated = cox({ time, event, covariates: {}, strata: a }, { ties: "breslow" });
    const own = kaplanMeier({ time, event, group: a }, { stype: 2 });
    const found = adjustedCurves(saturated, { arms: { 0: { stratum: 0 }, 1: { stratum: 1 } }, tau: 300 });
    own.forEach((curve, k) => {
      const survival = atTimes(found.curves[k], times).map((one) => one.survival);
      expectAllClose(
        survival,
        atTimes(curve, times).map((one) => one.survival),
        curve.label,
        1e-12,
      );
      const mean = restrictedMean(curve, 300).estimate;
      expectClose(found.restrictedMeans?.arms[k].estimate ?? null, mean, "mean", 1e-10);
    });
  });

  it("count whole weights as rows, sum over clusters, and take another population", () => {
    const twice = <T>(values: readonly T[]): T[] => [...values, ...values];
    const options = { arms: ARMS, times: [100] } as const;
    const weighted = cox({ time, event, covariates: { a, x }, weights: time.map(() => 2) }, { ties: "breslow" });
    const doubled = { time: twice(time), event: twice(event), covariates: { a: twice(a), x: twice(x) } };
    const [one] = adjustedCurves(weighted, options).differences;
    const [other] = adjustedCurves(cox(doubled, { ties: "breslow" }), options).differences;
    expectClose(one.estimate, other.estimate, "estimate");
    expectClose(one.standardError, other.standardError, "error");
    // Each row's copy is of its cluster: there are no more of them than before.
    const clustered = cox({ ...doubled, cluster: twice(time.map((_, i) => i)) }, { ties: "breslow" });
    const plain = cox({ time, event, covariates: { a, x } }, { ties: "breslow" });
    const [single] = adjustedCurves(plain, options).differences;
    expectClose(adjustedCurves(clustered, options).differences[0].standardError, single.standardError, "clusters");
    const only = time.map((_, i) => (i === 5 ? 1 : 0));
    const [pattern] = predictSurvival(plain, [{ a: 1, x: x[5] }]);
    const [{ survival }] = atTimes(adjustedCurves(plain, { ...options, weights: only }).curves[0], [100]);
    expectClose(survival, atTimes(pattern, [100])[0].survival, "one row's population", 1e-12);
  });

  it("say what is wrong", () => {
    const fit = cox({ time, event, covariates: { a, x } });
    expect(() => adjustedCurves(fit, { arms: { one: { b: 1 } } })).toThrow(/arms\.one\.b is 1; .* which has "a", "x"/);
    expect(() => adjustedCurves(fit, { arms: {} })).toThrow(/arms is empty/);
    expect(() => adjustedCurves(fit, { arms: ARMS, tau: 1e6 })).toThrow(/tau has 1000000, and no row/);
    expect(() => adjustedCurves(fit, { arms: ARMS, times: [3, 2] })).toThrow(/times\[1\] is 2 after 3/);
    expect(() => adjustedCurves(fit, { arms: { one: { stratum: 1 } } })).toThrow(/arms\.one\.stratum is 1/);
    const exact = cox({ time, event, covariates: { a } }, { ties: "exact" });
    expect(() => adjustedCurves(exact, { arms: ARMS })).toThrow(/after exact ties/);
    const two = cox({ time, event, covariates: { a }, cluster: time.map((_, i) => i % 2) });
    const [difference] = adjustedCurves(two, { arms: ARMS, times: [100] }).differences;
    expect([difference.standardError, difference.lower, difference.pValue]).toEqual([null, null, null]);
  });
});
