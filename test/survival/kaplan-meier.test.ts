import { describe, expect, it } from "vitest";
import {
  atTimes,
  type IntervalType,
  type KaplanMeierOptions,
  kaplanMeier,
  quantile,
  restrictedMean,
  restrictedMeanDifference,
  type SurvivalCurve,
} from "../../lib/survival/index";
import { expectAllClose, expectClose, readGolden, type Sample } from "./golden";

type Value = number | null;

interface Case {
  readonly name: string;
  readonly call: string;
  readonly input: Sample;
  readonly curves: readonly {
    readonly label: string;
    readonly n: number;
    readonly time: number[];
    readonly atRisk: number[];
    readonly events: number[];
    readonly censored: number[];
    readonly survival: number[];
    readonly standardError: Value[];
    readonly cumulativeHazard: number[];
    readonly limits: Readonly<Record<IntervalType, { lower: Value[]; upper: Value[] }>>;
    readonly limits90: { lower: Value[]; upper: Value[] };
    readonly quantiles: readonly { p: number; estimate: Value; lower: Value; upper: Value }[];
    readonly restrictedMeans: readonly { tau: number; estimate: number; standardError: number }[];
    readonly atTimes: Readonly<
      Record<"times" | "atRisk" | "events" | "censored" | "survival" | "cumulativeHazard", number[]> &
        Record<"lower" | "upper", Value[]>
    >;
  }[];
}

const { cases } = readGolden<{ cases: Case[] }>("kaplan-meier");
const intervals: readonly IntervalType[] = ["log", "log-log", "plain", "logit", "arcsin"];

function curveOf(curves: readonly SurvivalCurve[], label: string): SurvivalCurve {
  const curve = curves.find((candidate) => candidate.label === label);
  if (curve === undefined) throw new Error(`no curve ${label} among ${curves.map((c) => c.label).join(", ")}`);
  return curve;
}

describe.each(cases)("kaplanMeier agrees with R: $name", ({ input: { strata: _, ...input }, curves: expected }) => {
  const curves = kaplanMeier(input);

  it("has the same groups in the same order", () => {
    const labels = (curve: { label: string }) => curve.label.toLowerCase();
    expect(curves.map(labels).sort()).toEqual(expected.map(labels).sort());
  });

  it.each(expected)("$label: counts, survival, standard error and hazard", (r) => {
    const curve = curveOf(curves, r.label);
    expect(curve.n).toBe(r.n);
    for (const column of [
      "time",
      "atRisk",
      "events",
      "censored",
      "survival",
      "standardError",
      "cumulativeHazard",
    ] as const) {
      expectAllClose(curve[column], r[column], column);
    }
  });

  it.each(expected)("$label: the five intervals", (r) => {
    for (const interval of intervals) {
      const curve = curveOf(kaplanMeier(input, { interval }), r.label);
      expectAllClose(curve.lower, r.limits[interval].lower, `${interval} lower`);
      expectAllClose(curve.upper, r.limits[interval].upper, `${interval} upper`);
    }
    const curve = curveOf(kaplanMeier(input, { confidence: 0.9 }), r.label);
    expectAllClose(curve.lower, r.limits90.lower, "90 % lower");
    expectAllClose(curve.upper, r.limits90.upper, "90 % upper");
  });

  it.each(expected)("$label: quantiles", (r) => {
    const curve = curveOf(curves, r.label);
    for (const { p, ...times } of r.quantiles) {
      const found = quantile(curve, p);
      expectClose(found.estimate, times.estimate, `quantile ${p}`);
      expectClose(found.lower, times.lower, `lower limit of quantile ${p}`);
      expectClose(found.upper, times.upper, `upper limit of quantile ${p}`);
    }
  });

  it.each(expected)("$label: restricted means", (r) => {
    const curve = curveOf(curves, r.label);
    for (const { tau, estimate, standardError } of r.restrictedMeans) {
      const mean = restrictedMean(curve, tau);
      expectClose(mean.estimate, estimate, `mean up to ${tau}`);
      expectClose(mean.standardError, standardError, `its standard error`);
    }
  });

  it.each(expected)("$label: at given times", (r) => {
    const curve = curveOf(curves, r.label);
    const rows = atTimes(curve, r.atTimes.times);
    for (const column of ["atRisk", "events", "censored", "survival", "cumulativeHazard", "lower", "upper"] as const) {
      // With left truncation R's summary gives the number at the next observed time; see the test below.
      if (column === "atRisk" && curve.entered !== undefined) continue;
      expectAllClose(
        rows.map((row) => row[column]),
        r.atTimes[column],
        column,
      );
    }
  });
});

const { cases: optional } = readGolden<{
  cases: {
    readonly input: Sample;
    readonly options: KaplanMeierOptions;
    readonly survival: number[];
    readonly cumulativeHazard: number[];
    readonly standardError: (number | null)[];
    readonly lower: (number | null)[];
    readonly upper: (number | null)[];
    readonly robustError: number[];
  }[];
}>("curve-options");

describe("stype, ctype, conf.lower and robust agree with R", () => {
  it.each(optional.map((one, k) => [k, one] as const))("case %d", (_, r) => {
    const [curve] = kaplanMeier(r.input, { ...r.options, robust: false });
    expectAllClose(curve.survival, r.survival, "survival");
    expectAllClose(curve.cumulativeHazard, r.cumulativeHazard, "cumulative hazard");
    expectAllClose(curve.standardError, r.standardError, "standard error");
    expectAllClose(curve.lower, r.lower, "lower");
    expectAllClose(curve.upper, r.upper, "upper");
    const [robust] = kaplanMeier(r.input, { ...r.options, robust: true });
    expectAllClose(robust.standardError, r.robustError, "robust standard error");
    expect(robust.robust).toBe(true);
  });

  it("has no limits with interval none, and quantiles without limits", () => {
    const [curve] = kaplanMeier({ time: [1, 2, 3], event: [1, 1, 0] }, { interval: "none" });
    expect([...curve.lower, ...curve.upper].every((limit) => limit === null)).toBe(true);
    expect(quantile(curve, 0.5)).toEqual({ estimate: 2, lower: null, upper: null });
  });
});

describe("numbers at risk with left truncation", () => {
  const time = [4, 6, 6, 9, 12];
  const entry = [0, 2, 5, 5, 8];
  const weights = [1, 2, 1, 3, 1];
  const [curve] = kaplanMeier({ time, event: [1, 0, 1, 1, 0], entry, weights });

  it.each([0, 1, 2, 2.5, 4, 5, 5.5, 6, 7, 8, 9, 10, 12, 13])(
    "at %d are those on whose (entry, time] it lies, or [0, time]",
    (t) => {
      const expected = weights.reduce(
        (sum, weight, i) => ((entry[i] < t || entry[i] === 0) && t <= time[i] ? sum + weight : sum),
        0,
      );
      expect(atTimes(curve, [t])[0].atRisk).toBe(expected);
    },
  );

  it("at observed times are the curve's own", () => {
    expect(atTimes(curve, curve.time).map((row) => row.atRisk)).toEqual(curve.atRisk);
  });
});

describe("kaplanMeier", () => {
  it("puts curves in the order asked for", () => {
    const curves = kaplanMeier(
      { time: [1, 2, 3], event: [1, 1, 0], group: ["long list", "short list", "long list"] },
      { order: ["short list", "long list"] },
    );
    expect(curves.map((curve) => curve.label)).toEqual(["short list", "long list"]);
  });

  it("takes booleans and typed arrays", () => {
    const plain = kaplanMeier({ time: [1, 2, 3], event: [1, 0, 1] });
    expect(kaplanMeier({ time: Float32Array.of(1, 2, 3), event: [true, false, true] })).toEqual(plain);
  });

  it("says that a curve was drawn on beyond its end", () => {
    const [open] = kaplanMeier({ time: [1, 2], event: [1, 0] });
    const [closed] = kaplanMeier({ time: [1, 2], event: [1, 1] });
    expect(restrictedMean(open, 3)).toMatchObject({ estimate: 2, extended: true });
    expect(restrictedMean(open, 2).extended).toBe(false);
    expect(restrictedMean(closed, 3)).toMatchObject({ estimate: 1.5, extended: false });
  });

  it("compares restricted means of independent groups", () => {
    const lung = cases.find(({ name }) => name === "lung");
    if (lung === undefined) throw new Error("no golden sample lung");
    const { strata: _, ...input } = lung.input;
    const [men, women] = kaplanMeier(input);
    const difference = restrictedMeanDifference(men, women, 365);
    const a = restrictedMean(men, 365);
    const b = restrictedMean(women, 365);
    expectClose(difference.estimate, a.estimate - b.estimate, "difference");
    expectClose(
      difference.standardError,
      Math.sqrt((a.standardError ?? Number.NaN) ** 2 + (b.standardError ?? Number.NaN) ** 2),
      "standard error",
    );
    expect(difference.lower).toBeLessThan(difference.estimate);
    expect(difference.upper).toBeGreaterThan(difference.estimate);
    expect(difference.pValue).toBeLessThan(0.05);
  });
});
