import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import { controlGroup, featuredWeights, standardizedBias, tableOneData } from "../../../lib/paper/control-group";

interface Line {
  readonly difference: number;
  readonly standardized: number | null;
  readonly varianceRatio: number | null;
}
interface Golden {
  readonly counts: Record<"people" | "women" | "prisoners" | "complete" | "events", number>;
  readonly ids: readonly string[];
  readonly time: readonly number[];
  readonly event: readonly boolean[];
  readonly pooled: Record<string, Line>;
  readonly treated: Record<string, Line>;
  readonly weights: readonly number[];
  readonly effective: readonly [number, number];
  readonly weighted: Record<string, Line>;
}

const golden: Golden = JSON.parse(readFileSync("test/golden/control-group.json", "utf8"));
const from = "data";
const group = controlGroup(loadUrgentActions({ from }), loadPrisoners({ from }));

/** Relative to 1e-8, and absolute where a difference of means is 0 but for rounding. */
function near(actual: number | null | undefined, expected: number | null, what: string): void {
  const tolerance = 1e-8 * Math.max(1, Math.abs(expected ?? 0));
  if (expected === null) expect(actual ?? null, what).toBeNull();
  else expect(Math.abs((actual ?? Number.NaN) - expected), what).toBeLessThan(tolerance);
}

function same(lines: ReturnType<typeof standardizedBias>, expected: Record<string, Line>): void {
  // R has no line for what is not known of the featured women.
  const known = lines.filter((line) => line.difference !== null);
  expect(known.map((line) => line.label)).toEqual(Object.keys(expected));
  expect(lines.filter((line) => line.difference === null).map((line) => line.label)).toEqual([
    "Count of UAs",
    "Year of Entry",
  ]);
  for (const { label, difference } of known) {
    const line = expected[label];
    near(difference?.difference, line.difference, label);
    near(difference?.standardizedDifference, line.standardized, label);
    near(difference?.varianceRatio, line.varianceRatio, label);
  }
}

describe("the committed files, worked through in R", () => {
  it("the same counts", () => {
    const { people, women, prisoners, complete } = group;
    expect({
      people: people.length,
      women: women.length,
      prisoners: prisoners.length,
      complete: complete.length,
      events: prisoners.filter((woman) => woman.event).length,
    }).toEqual(golden.counts);
  });

  it("the same times and events", () => {
    const data = tableOneData(group);
    expect(data.ids).toEqual(golden.ids);
    expect(data.event).toEqual(golden.event);
    for (const [i, time] of data.time.entries()) near(time, golden.time[i], data.ids[i]);
  });

  it("the same standardised bias and variance ratios under both denominators", () => {
    same(standardizedBias(group.women), golden.pooled);
    same(standardizedBias(group.women, { denominator: "treated" }), golden.treated);
  });

  it("the same weights, and the same bias with them", () => {
    const { weights, effectiveSampleSize } = featuredWeights(group.women);
    expect(weights).toHaveLength(golden.weights.length);
    for (const [i, weight] of (weights ?? []).entries()) near(weight, golden.weights[i], group.women[i].id);
    near(effectiveSampleSize?.treated, golden.effective[0], "treated");
    near(effectiveSampleSize?.control, golden.effective[1], "control");
    same(standardizedBias(group.women, { denominator: "treated", weights: weights ?? undefined }), golden.weighted);
  });
});
