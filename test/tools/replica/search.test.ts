import { describe, expect, it } from "vitest";
import { loadPublished } from "../../../lib/data";
import { seededRandom } from "../../../lib/statistics";
import { anneal } from "../../../tools/replica/anneal";
import { energyOf } from "../../../tools/replica/energy";
import { movesWithin } from "../../../tools/replica/moves";
import { READING } from "../../../tools/replica/reading";
import type { SearchSettings } from "../../../tools/replica/result";
import { parseResult, resultJson } from "../../../tools/replica/result";
import { search } from "../../../tools/replica/search";
import { fixedByRecord, startPopulation } from "../../../tools/replica/start";
import { targetModels } from "../../../tools/replica/target";
import { treatedWomen } from "../../../tools/replica/treated";

const settings: SearchSettings = {
  ...READING,
  signs: "assumed",
  columns: "characteristics first",
  stages: [{ seed: 5, steps: 1500, hot: 1e5, cold: 10, rareAtMost: 25, errorWeight: 1, campaignWeight: 1 }],
};
const models = targetModels(loadPublished(), settings.signs, settings.columns);
const women = treatedWomen(settings);

describe("the search", () => {
  it("starts from the public record: sixteen of nineteen released, in the order of their times", () => {
    expect(women.filter((woman) => woman.released)).toHaveLength(16);
    expect(women[0].id).toBe("blen-mesfin");
    expect(women[18].id).toBe("aster-yohannes");
  });

  it("moves towards Table 1 and leaves alone what is on record", () => {
    const fixed = fixedByRecord(women);
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

  it("takes the columns in the other order, and all signs positive", () => {
    const [, second, third, fourth] = targetModels(loadPublished(), "as printed", "regions first");
    expect([second, third, fourth].map(({ bits }) => bits)).toEqual([
      [0, 6, 7, 8, 9, 10],
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ]);
    expect([...second.coefficient]).toEqual([0.619, 0.308, 0.374, 0.675, 1.013, 0.714]);
    expect([...third.standardError]).toEqual([0.303, 0.215, 0.252, 0.24, 0.256, 0.283]);
    expect([...models[3].coefficient].slice(6)).toEqual([0.096, 0.271, -0.431, -0.546, -0.008]);
  });

  it("refuses a sign pattern that nobody named and a result with a row twice", () => {
    expect(() => targetModels(loadPublished(), "random", "regions first")).toThrow(
      /no sign pattern "random"; there is "assumed", "as printed"/,
    );
    const broken = search(() => undefined, settings).replace(/"row":3,/, '"row":4,');
    expect(() => parseResult(broken)).toThrow(/rows are not 0 to 250/);
  });
});
