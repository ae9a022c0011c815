import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadLongList, releaseOutcomes } from "../../lib/data";
import { CODING_NAME } from "../../lib/data/schema/rows";
import { logRank } from "../../lib/survival";

const p = z.object({ call: z.string(), value: z.number() });
const numbers = z.array(z.number());
const schema = z.object({
  id: z.array(z.string()),
  codings: z.array(
    z.object({
      coding: z.enum(CODING_NAME),
      launch: z.object({ time: numbers, event: numbers, pValue: p }),
      arrest: z.object({ time: numbers, pValue: p }),
      delayedEntry: z.object({ entry: numbers, time: numbers, pValue: p }),
    }),
  ),
});
/** Made by test/golden/make-long-list.R, which reads data/ and counts months by itself. */
const golden = schema.parse(JSON.parse(readFileSync("test/golden/long-list.json", "utf8")));

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 10);
}

it("the golden file covers all codings", () => {
  expect(golden.codings.map((entry) => entry.coding)).toEqual([...CODING_NAME]);
});

describe.each(golden.codings)("under the $coding coding, times and p values are R's", (entry) => {
  const women = loadLongList({ coding: entry.coding });

  it("on the launch clock: survdiff(Surv(time, event) ~ group)", () => {
    const outcomes = releaseOutcomes(women, { clock: "launch" });
    expect(outcomes.id).toEqual(golden.id);
    expectClose(outcomes.time, entry.launch.time);
    expect(outcomes.event.map(Number)).toEqual(entry.launch.event);
    const { pValue } = logRank(outcomes);
    expect(Math.abs(pValue / entry.launch.pValue.value - 1)).toBeLessThan(1e-8);
    expect(pValue).toBeLessThan(1e-4);
  });

  it("on the arrest clock without delayed entry: survdiff(Surv(time, event) ~ group)", () => {
    const outcomes = releaseOutcomes(women, { clock: "arrest", delayedEntry: false });
    expectClose(outcomes.time, entry.arrest.time);
    expect(Math.abs(logRank(outcomes).pValue / entry.arrest.pValue.value - 1)).toBeLessThan(1e-8);
  });

  it("on the arrest clock with delayed entry: score test of coxph() with exact ties", () => {
    const outcomes = releaseOutcomes(women, { clock: "arrest", beforeLaunch: "leave-out" });
    expectClose(outcomes.time, entry.delayedEntry.time);
    expectClose(outcomes.entry ?? [], entry.delayedEntry.entry);
    expect(Math.abs(logRank(outcomes).pValue / entry.delayedEntry.pValue.value - 1)).toBeLessThan(1e-8);
  });
});
