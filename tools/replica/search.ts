import { loadPublished } from "../../lib/data";
import { ASSUMED_SIGNS } from "../../lib/paper/table-one";
import { seededRandom } from "../../lib/statistics";
import { anneal } from "./anneal";
import { energyOf } from "./energy";
import { movesWithin } from "./moves";
import type { Population } from "./population";
import { READING } from "./reading";
import type { SearchSettings } from "./result";
import { resultJson } from "./result";
import { fixedByRecord, startPopulation } from "./start";
import { distanceOf } from "./summary";
import { targetModels } from "./target";
import { treatedWomen } from "./treated";

/** Settings that find the committed population again. */
export const SETTINGS: SearchSettings = {
  ...READING,
  signs: ASSUMED_SIGNS.name,
  columns: "characteristics first",
  stages: [
    {
      seed: 1,
      steps: 2_000_000,
      hot: 3e4,
      cold: 1,
      rareAtMost: 25,
      errorWeight: 1,
      campaignWeight: 1,
    },
    {
      seed: 8,
      steps: 3_000_000,
      hot: 3000,
      cold: 1,
      rareAtMost: 12,
      errorWeight: 1,
      campaignWeight: 1,
    },
    {
      seed: 11,
      steps: 3_000_000,
      hot: 500,
      cold: 1,
      rareAtMost: 12,
      errorWeight: 1,
      campaignWeight: 1,
    },
    {
      seed: 12,
      steps: 1_500_000,
      hot: 60,
      cold: 0.5,
      rareAtMost: 12,
      errorWeight: 0.5,
      campaignWeight: 5,
    },
  ],
};

/**
 * Searches for women on whom Table 1's four models give the printed numbers: annealing from a random start.
 *
 * @param report takes lines that tell how far it is
 * @returns the text of population.json; the same settings give the same text to the byte
 */
export function search(report: (line: string) => void, settings: SearchSettings = SETTINGS): string {
  const published = loadPublished();
  const models = targetModels(published, settings.signs, settings.columns);
  const n = published.table1.observations[0];
  const women = treatedWomen(settings);
  const fixed = fixedByRecord(women);
  let best: Population | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const stage of settings.stages) {
    const random = seededRandom(stage.seed);
    const energy = energyOf(models, fixed, n, stage);
    best ??= startPopulation(women, n, random);
    const found = anneal(best, energy, movesWithin(fixed, n), random, stage, ({ step, temperature, ...progress }) => {
      const place = `${((100 * step) / stage.steps).toFixed(0)} %`.padStart(5);
      const numbers = `energy ${progress.energy.toFixed(1)}  best ${progress.best.toFixed(1)}`;
      report(`${place}  temperature ${temperature.toPrecision(3)}  ${numbers}`);
    });
    best = found.best;
    least = found.energy;
    report(distanceOf(best, settings));
  }
  if (best === null) throw new RangeError("the search has no stage; one at least is needed");
  return resultJson(best, settings, least);
}
