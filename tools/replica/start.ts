import { LEAST_MONTHS } from "../../lib/data/inner";
import type { RandomSource } from "../../lib/statistics";
import { AMERICAS, CHARACTERISTIC_BITS, REGION_BITS, REGION_MASK } from "./covariates";
import type { Fixed, Population } from "./population";
import { emptyPopulation } from "./population";
import type { Treated } from "./treated";

/** Days a month that other women's times may fall on, a little fewer than there are, so that dates can be found. */
const DAYS_PER_MONTH = 24;

/** Mean months in custody of the other women at the start of the search. */
const MEAN_MONTHS = 40;

/** Women a region (the campaign's included) and share of the others released, in the order of REGION_BITS; concerns. */
const START = {
  women: [84, 121, 21, 22, 2],
  released: [0.5, 0.5, 0.38, 0.32, 0],
  concern: [0.45, 0.45, 0.4, 0.6, 0.35],
};

/** What the record fixes: times, outcomes, regions and concerns of the women of the campaign. */
export function fixedByRecord(women: readonly Treated[]): Fixed {
  const ties = women.flatMap(({ months }, row) => (row > 0 && months === women[row - 1].months ? [row] : []));
  if (ties.length > 1) throw new Error(`the search handles one tie among the campaign's women, found ${ties.length}`);
  const tie: [number, number] = ties.length === 0 ? [-1, -1] : [ties[0] - 1, ties[0]];
  const room = women.map(({ months }, row) => {
    const before = row === 0 ? LEAST_MONTHS : women[row - 1].months;
    return Math.max(0, Math.floor((months - before) * DAYS_PER_MONTH) - 1);
  });
  return { treated: women.length, tie, room };
}

/**
 * A population to start from: the campaign's women as recorded, the others drawn at random within the numbers of
 * women and releases that the standard errors suggest, one release in the Americas and one in the reference group.
 */
export function startPopulation(women: readonly Treated[], n: number, random: RandomSource): Population {
  const population = emptyPopulation(n);
  const { mask, event, incomplete, order } = population;
  const months = new Float64Array(n);
  women.forEach((woman, row) => {
    mask[row] = 1 | woman.region | woman.concerns;
    event[row] = woman.released ? 1 : 0;
    months[row] = woman.months;
  });
  let row = women.length;
  REGION_BITS.forEach((bit, region) => {
    const featured = women.filter((woman) => woman.region === 1 << bit).length;
    for (let k = featured; k < START.women[region]; k++, row++) {
      mask[row] = 1 << bit;
      const only = bit === 10 && k === featured;
      event[row] = only || random.next() < START.released[region] ? 1 : 0;
    }
  });
  if (row >= n) throw new Error(`no row is left of ${n} for the reference group`);
  event[row] = 1;
  for (let r = women.length; r < n; r++) {
    CHARACTERISTIC_BITS.forEach((bit, i) => {
      if (random.next() < START.concern[i]) mask[r] |= 1 << bit;
    });
    months[r] = LEAST_MONTHS - MEAN_MONTHS * Math.log(1 - random.next());
  }
  for (let missing = 0; missing < 6; ) {
    const r = women.length + random.integer(n - women.length);
    const rare = (mask[r] & REGION_MASK) === 0 || (mask[r] & AMERICAS) !== 0;
    if (incomplete[r] === 1 || rare) continue;
    incomplete[r] = 1;
    missing++;
  }
  // Rows are in the order of time within the campaign, so the two tied women stay next to each other.
  const sorted = Array.from({ length: n }, (_, r) => r).sort((a, b) => months[a] - months[b] || a - b);
  order.set(sorted);
  return population;
}
