import { describe, expect, it } from "vitest";
import { loadPublished } from "../../lib/data";
import { seededRandom } from "../../lib/statistics";
import { anneal } from "../../tools/replica/anneal";
import { energyOf } from "../../tools/replica/energy";
import { movesWithin } from "../../tools/replica/moves";
import { READING } from "../../tools/replica/reading";
import type { SearchSettings } from "../../tools/replica/result";
import { parseResult, resultJson } from "../../tools/replica/result";
import { search } from "../../tools/replica/search";
import { fixedByRecord, startPopulation } from "../../tools/replica/start";
import { targetModels } from "../../tools/replica/target";
import { treatedWomen } from "../../tools/replica/treated";

const settings: SearchSettings = {
  ...READING,
  signs: "fitted",
  stages: [{ seed: 5, steps: 1500, hot: 1e5, cold: 10, rareAtMost: 25, errorWeight: 1, campaignWeight: 1 }],
};
const models = targetModels(loadPublished(), settings.signs);
const women = treatedWomen(settings);

describe("the search", () => {
  it("starts from the public record: sixteen of nineteen released, in the order of their times", () => {
    expect(women.filter((woman) => woman.released)).toHaveLength(16);
    expect(women[0].id).toBe("blen-mesfin");
    expect(women[18].id).toBe("aster-yohannes");
  });

  it("moves towards Table 1 and leaves alone what is on record", () => {
    const fixed = fixedByRecord(women, 251);
    const random = seededRandom(5);
    const start = startPopulation(women, 251, random);
    const energy = energyOf(models, fixed, 251, settings.stages[0]);
    const before = energy.of(start, Number.POSITIVE_INFINITY);
    const { best, energy: after } = anneal(
      start,
      energy,
      movesWithin(fixed, 251),
      random,
      settings.stages[0],
      () => {},
    );
    expect(after).toBeLessThan(before / 5);
    const campaign = Array.from(best.order).filter((row) => row < 19);
    expect(campaign).toEqual(Array.from({ length: 19 }, (_, row) => row));
    const at = best.order.indexOf(8);
    expect(best.order[at + 1]).toBe(9);
    women.forEach((woman, row) => {
      expect(best.event[row]).toBe(woman.released ? 1 : 0);
      expect(best.mask[row]).toBe(1 | woman.concerns | woman.region);
    });
    expect(best.incomplete.reduce((sum, x) => sum + x, 0)).toBe(6);
    expect(start.order).not.toEqual(best.order);
  });

  it("gives the same bytes for the same seed and others for another", () => {
    const silent = (): void => undefined;
    const first = search(silent, settings);
    expect(search(silent, settings)).toBe(first);
    const [stage] = settings.stages;
    expect(search(silent, { ...settings, stages: [{ ...stage, seed: 6 }] })).not.toBe(first);
    const { population, result } = parseResult(first);
    expect(resultJson(population, result.settings, result.energy)).toBe(first);
  });

  it("refuses a sign pattern that nobody named and a result with a row twice", () => {
    expect(() => targetModels(loadPublished(), "all-positive")).toThrow(
      /no sign pattern "all-positive"; there is fitted/,
    );
    const broken = search(() => undefined, settings).replace(/"row":3,/, '"row":4,');
    expect(() => parseResult(broken)).toThrow(/rows are not 0 to 250/);
  });
});
