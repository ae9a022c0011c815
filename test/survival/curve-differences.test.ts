import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { riskTable } from "../../lib/figures";
import { kaplanMeier, type SurvivalCurve, survivalDifferences } from "../../lib/survival/index";
import { expectAllClose, readGolden, type Sample } from "./golden";

type Value = number | null;

const { cases } = readGolden<{
  cases: {
    readonly name: string;
    readonly input: Sample;
    readonly labels: readonly string[];
    readonly times: number[];
    readonly difference: number[];
    readonly standardError: Value[];
    readonly limits: readonly { readonly confidence: number; readonly lower: Value[]; readonly upper: Value[] }[];
    readonly counts: readonly { readonly atRisk: number[]; readonly events: number[]; readonly censored: number[] }[];
  }[];
}>("curve-differences");

describe.each(cases)("$name: as in R", ({ input: { strata: _, ...input }, labels, times, ...r }) => {
  const all = kaplanMeier(input);
  const [first, second] = labels.map((label) => {
    const curve = all.find((one) => one.label === label);
    if (curve === undefined) throw new Error(`no curve ${label}`);
    return curve;
  });

  it("the differences with their limits", () => {
    for (const { confidence, lower, upper } of r.limits) {
      const rows = survivalDifferences(first, second, times, { confidence });
      const column = (name: "difference" | "standardError" | "lower" | "upper") => rows.map((row) => row[name]);
      expectAllClose(column("difference"), r.difference, "difference");
      expectAllClose(column("standardError"), r.standardError, "standard error");
      expectAllClose(column("lower"), lower, "lower");
      expectAllClose(column("upper"), upper, "upper");
    }
  });

  it("the counts of the extended table", () => {
    const { rows } = riskTable([first, second], times);
    for (const [i, expected] of r.counts.entries())
      for (const name of ["atRisk", "events", "censored"] as const)
        expectAllClose(rows[i][name], expected[name], `${rows[i].label}: ${name}`);
  });
});

describe("survivalDifferences", () => {
  const curves = kaplanMeier({ time: [1, 4, 9, 12, 2, 6, 8], event: [1, 1, 0, 0, 1, 0, 1], group: [..."aaaabbb"] });
  const [a, b] = curves;

  it("turns round with the curves, and is 0 of a curve and itself", () => {
    const [there] = survivalDifferences(a, b, [5]);
    const [back] = survivalDifferences(b, a, [5]);
    expect(back.difference).toBe(-there.difference);
    expect([back.lower, back.upper]).toEqual([-(there.upper ?? 0), -(there.lower ?? 0)]);
    expect(survivalDifferences(a, a, [0, 5]).map(({ difference }) => difference)).toEqual([0, 0]);
  });

  it("has no limits where a curve is at 0, or where a model predicted it", () => {
    expect(b.survival.at(-1)).toBe(0);
    expect(survivalDifferences(a, b, [8])).toEqual([
      { time: 8, difference: 0.5, standardError: null, lower: null, upper: null },
    ]);
    const predicted: SurvivalCurve & { row: number } = { ...a, row: 0 };
    expect(survivalDifferences(predicted, b, [5])[0].standardError).toBeNull();
  });

  it("refuses times after the last one of a curve that is above 0, and those that do not increase", () => {
    expect(() => survivalDifferences(a, b, [5, 13])).toThrow(
      'survivalDifferences: times[1] is 13, but the curve "a" was observed to 12 only; a time up to that is needed',
    );
    expect(survivalDifferences(a, b, [10])[0].difference).toBe(0.5);
    expect(() => survivalDifferences(a, b, [5, 5])).toThrow("times");
    expect(() => survivalDifferences(a, b, [5], { confidence: 95 })).toThrow("confidence");
  });
});

it("at risk, events and censored add up to the group at every time", () => {
  const outcome = fc.array(fc.record({ time: fc.integer({ min: 0, max: 12 }), event: fc.boolean() }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(outcome, (people) => {
      const curves = kaplanMeier({ time: people.map(({ time }) => time), event: people.map(({ event }) => event) });
      const { rows } = riskTable(curves, [0, 1, 3, 6, 12, 20]);
      for (const i of [0, 1, 2, 3, 4, 5])
        expect(rows[0].atRisk[i] + rows[0].events[i] + rows[0].censored[i]).toBe(people.length);
    }),
  );
});
