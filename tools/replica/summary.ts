import { loadPublished } from "../../lib/data";
import { energyOf, HALF_DIGIT } from "./energy";
import type { Population } from "./population";
import { READING } from "./reading";
import type { SearchSettings } from "./result";
import { fixedByRecord } from "./start";
import { targetModels } from "./target";
import { treatedWomen } from "./treated";

/** How far a population is from Table 1, in words. By one Newton step; the notebook and R say it by their fits. */
export function distanceOf(
  population: Population,
  { signs, columns }: Pick<SearchSettings, "signs" | "columns">,
): string {
  const n = population.order.length;
  const fixed = fixedByRecord(treatedWomen(READING));
  const { of, deviation } = energyOf(targetModels(loadPublished(), signs, columns), fixed, n, {
    rareAtMost: n,
    errorWeight: 1,
    campaignWeight: 1,
  });
  of(population, Number.POSITIVE_INFINITY);
  const sizes = Array.from(deviation, Math.abs);
  const within = sizes.filter((size) => size < HALF_DIGIT).length;
  return `${within} of ${sizes.length} numbers to the printed digit, the worst ${Math.max(...sizes).toFixed(5)} off`;
}
