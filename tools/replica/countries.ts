import type { RandomSource } from "../../lib/statistics";

/**
 * What the paper says of the countries, filled up by assumption: Iran about 30 per cent of the women, no bar of Figure 2
 * above 1,500 people. All other shares are made up in the order in which such reports are known to be frequent.
 */
export interface CountryShares {
  readonly country: string;
  /** Two letters of ISO 3166, the beginning of the identifiers. */
  readonly prefix: string;
  /** Women named in a report, of 455 in all; filled by prisoners first. */
  readonly women: number;
  /** Share of the men. */
  readonly men: number;
  /** Share of the region's prisoners. */
  readonly prisoners: number;
}

export const COUNTRIES: readonly CountryShares[] = [
  { country: "Azerbaijan", prefix: "AZ", women: 12, men: 0.02, prisoners: 0.3 },
  { country: "China", prefix: "CN", women: 98, men: 0.19, prisoners: 0.58 },
  { country: "Egypt", prefix: "EG", women: 28, men: 0.07, prisoners: 0.14 },
  { country: "Eritrea", prefix: "ER", women: 16, men: 0.02, prisoners: 0.4 },
  { country: "Ethiopia", prefix: "ET", women: 26, men: 0.04, prisoners: 0.6 },
  { country: "Iran", prefix: "IR", women: 137, men: 0.45, prisoners: 0.68 },
  { country: "Myanmar", prefix: "MM", women: 44, men: 0.06, prisoners: 0.24 },
  { country: "Russia", prefix: "RU", women: 22, men: 0.04, prisoners: 0.4 },
  { country: "Syria", prefix: "SY", women: 34, men: 0.07, prisoners: 0.18 },
  { country: "Uzbekistan", prefix: "UZ", women: 14, men: 0.03, prisoners: 0.3 },
  { country: "Venezuela", prefix: "VE", women: 4, men: 0.01, prisoners: 1 },
  { country: "Vietnam", prefix: "VN", women: 20, men: 0.02, prisoners: 0.18 },
  { country: "North Korea", prefix: "KP", women: 2, men: 0.01, prisoners: 1 },
];

/**
 * Whole numbers in given proportions that add up: largest remainders, ties to the first.
 *
 * @example apportion(10, [1, 1, 1]) // [4, 3, 3]
 */
export function apportion(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((share) => (total * share) / sum);
  const whole = exact.map(Math.floor);
  const left = total - whole.reduce((a, b) => a + b, 0);
  const order = exact.map((_, i) => i).sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b);
  for (const i of order.slice(0, left)) whole[i]++;
  return whole;
}

/** One of several, with the given chances. */
export function draw<T>(random: RandomSource, items: readonly T[], chance: (item: T) => number): T {
  const total = items.reduce((sum, item) => sum + chance(item), 0);
  let left = random.next() * total;
  for (const item of items) {
    left -= chance(item);
    if (left < 0) return item;
  }
  return items[items.length - 1];
}
