import { describe, expect, test } from "vitest";
import { designErrors, type SelectionDesign, selectedCampaigns } from "../../../lib/paper/selection";

const base: SelectionDesign = {
  proposed: 37,
  featured: 19,
  ripe: 18,
  odds: 1,
  releasedIfRipe: 0.9,
  releasedOtherwise: 0.1,
  followUp: 36,
};
const below = (design: SelectionDesign, limit: number, simulations = 600): number =>
  selectedCampaigns(design, { simulations, seed: 20150901 }).pValues.filter((p) => p < limit).length / simulations;

describe("selectedCampaigns", () => {
  test("a lot keeps the level; what notebook 01 says of odds of ten and thirty to one holds", () => {
    expect(below(base, 0.05)).toBeGreaterThan(0.03);
    expect(below(base, 0.05)).toBeLessThan(0.075);
    expect(below({ ...base, odds: 10 }, 0.05)).toBeGreaterThan(0.9);
    expect(below({ ...base, odds: 10 }, 0.0001)).toBeGreaterThan(0.2);
    expect(below({ ...base, odds: 10 }, 0.0001)).toBeLessThan(0.4);
    expect(below({ ...base, odds: 30 }, 0.0001)).toBeGreaterThan(0.5);
  });

  test("with odds of one the mean of ripe cases is hypergeometric; odds without end take all of them", () => {
    const { ripeFeatured, released } = selectedCampaigns(base, { simulations: 4000 });
    // Standard error √(19·18·19·18/(37²·36)/4000) = 0.024.
    expect(Math.abs(ripeFeatured - (19 * 18) / 37)).toBeLessThan(0.1);
    const perWoman = (18 * 0.9 + 19 * 0.1) / 37;
    expect(Math.abs(released.featured - 19 * perWoman)).toBeLessThan(0.2);
    expect(Math.abs(released.others - 18 * perWoman)).toBeLessThan(0.2);
    expect(selectedCampaigns({ ...base, odds: 1e12 }, { simulations: 5 }).ripeFeatured).toBe(18);
    expect(selectedCampaigns({ ...base, odds: 1e-12 }, { simulations: 5 }).ripeFeatured).toBe(0);
  });

  test("two picks of three women, one ripe: her chance by hand", () => {
    // Not picked: 2/(2 + 3) and then 1/(1 + 3), so that she is featured in 0.9 of campaigns.
    const small = { ...base, proposed: 3, featured: 2, ripe: 1, odds: 3 };
    expect(selectedCampaigns(small, { simulations: 8000 }).ripeFeatured).toBeCloseTo(0.9, 1.5);
  });

  test("the unit of time changes nothing, the same seed gives the same, and more odds never fewer ripe cases", () => {
    const run = (change: Partial<SelectionDesign>) => selectedCampaigns({ ...base, ...change }, { simulations: 40 });
    expect(run({ followUp: 3 }).pValues.map((p) => p.toFixed(10))).toEqual(run({}).pValues.map((p) => p.toFixed(10)));
    expect(run({})).toEqual(run({}));
    const ripe = [0.2, 1, 3, 10, 100].map((odds) => run({ odds }).ripeFeatured);
    expect(ripe).toEqual([...ripe].sort((a, b) => a - b));
  });

  test.each([
    [{ featured: 37 }, "featured is 37 of 37 proposed; at most 36"],
    [{ ripe: 38 }, "ripe is 38 of 37 proposed; at most 37"],
    [{ odds: 0 }, "odds is 0; a number above 0"],
    [{ releasedIfRipe: 1 }, "releasedIfRipe is 1; a number between 0 and 1"],
  ])("%j is refused", (change, message) => {
    expect(() => selectedCampaigns({ ...base, ...change })).toThrow(`selectedCampaigns: ${message}`);
  });
});

describe("designErrors", () => {
  const lot = { ...base, releasedIfRipe: 1 / 6, releasedOtherwise: 1 / 6 };
  const of = (hazardRatio: number) => designErrors({ ...lot, hazardRatio }, { simulations: 400, seed: 20150901 });

  test("where power is low what passes is too large, and the larger the truth the less", () => {
    const [two, three, five] = [2, 3, 5].map(of);
    for (const { power, exaggeration } of [two, three]) expect((exaggeration ?? 0) > 1.2 && power < 0.5).toBe(true);
    expect(two.exaggeration ?? 0).toBeGreaterThan(2);
    expect(two.power < three.power && three.power < five.power).toBe(true);
    expect((two.exaggeration ?? 0) > (three.exaggeration ?? 0)).toBe(true);
    expect(two.wrongSign).toBeLessThan(0.1);
  });

  test("without an effect there is nothing to exaggerate, and power is the level", () => {
    const none = of(1);
    expect([none.exaggeration, none.wrongSign]).toEqual([null, null]);
    expect(none.power).toBeLessThan(0.1);
    expect(() => designErrors(lot, { alpha: 2 })).toThrow("designErrors: alpha is 2");
  });

  test("a campaign that keeps women in prison is found with its own sign", () => {
    const harmful = designErrors(
      { ...base, releasedIfRipe: 0.6, releasedOtherwise: 0.6, hazardRatio: 1 / 4 },
      { simulations: 200 },
    );
    expect(harmful.power).toBeGreaterThan(0.5);
    expect(harmful.wrongSign).toBe(0);
    expect(harmful.exaggeration ?? 0).toBeGreaterThan(0.8);
  });
});
