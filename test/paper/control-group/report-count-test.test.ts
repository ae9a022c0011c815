import { describe, expect, test } from "vitest";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import { controlGroup, reportCountTest } from "../../../lib/paper/control-group";

/** Women of the control group with other numbers of reports; the first `featured` of them are featured. */
const group = controlGroup(loadUrgentActions({ from: "data" }), loadPrisoners({ from: "data" }));
const some = (reports: readonly (number | null)[], featured: number) =>
  reports.map((count, i) => ({ ...group.women[i], reports: count, featured: i < featured }));

describe("reportCountTest", () => {
  test("of the project's rows says that nothing can be tested, and what a test would see", async () => {
    const { known, difference, pValue, dealtTo, mean, significantFrom } = await reportCountTest(group.women, {
      seed: 2015,
    });
    const counts = group.women.flatMap(({ reports }) => reports ?? []);
    expect({ known, difference, pValue, dealtTo }).toEqual({
      known: { treated: 0, control: counts.length },
      difference: null,
      pValue: null,
      dealtTo: 19,
    });
    expect(mean).toBeCloseTo(counts.reduce((sum, count) => sum + count, 0) / counts.length, 12);
    // By the variance of a difference of means when the labels are dealt without replacement: 1.96 standard deviations.
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    const deviation = Math.sqrt(variance * (1 / 19 + 1 / (counts.length - 19)));
    expect(significantFrom).toBeGreaterThan(1.6 * deviation);
    expect(significantFrom).toBeLessThan(2.4 * deviation);
  });

  test("goes through all dealings where they are few", async () => {
    const test = await reportCountTest(some([9, 8, 1, 2, 3], 2));
    expect(test.difference).toBe(6.5);
    // Of the ten ways to choose two of five none but the observed one is as far from 0.
    expect(test.pValue).toBeCloseTo(0.1, 12);
    expect(test.significantFrom).toBe(6.5);
  });

  test("leaves out women of whom the number is not known", async () => {
    const test = await reportCountTest(some([9, null, 1, 2, 3, null], 2));
    expect(test.known).toEqual({ treated: 1, control: 3 });
    expect(test.difference).toBe(7);
  });

  test("refuses where no two groups can be dealt", async () => {
    await expect(reportCountTest(some([null, 2], 2))).rejects.toThrow(/known of 1 women, 1 of them featured/);
    await expect(reportCountTest(some([1, 2], 0))).rejects.toThrow(/two groups are needed/);
    await expect(reportCountTest([])).rejects.toThrow(/known of 0 women/);
  });
});
