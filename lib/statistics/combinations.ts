import gammaln from "@stdlib/math-base-special-gammaln";
import { exp } from "./elementary";
import { InvalidInputError } from "./errors";

/**
 * In how many ways `chosen` things can be taken from `total`, R's `choose(total, chosen)`; 17,672,631,900 ways to
 * call 19 of 37 women featured.
 *
 * The double nearest to the whole number, which is exact up to 2^53; where more than 1,000 of more than 2,000 are taken,
 * from the logarithm of the gamma function, to about 13 digits.
 *
 * @param total a whole number of at least 0
 * @param chosen a whole number from 0 to total
 * @throws {InvalidInputError} if they are not
 * @example combinations(37, 19) // 17672631900
 */
export function combinations(total: number, chosen: number): number {
  checkChoice("combinations", total, chosen);
  const smaller = Math.min(chosen, total - chosen);
  if (smaller > 1000) return exp(logCombinations(total, chosen));
  // Whole numbers of any length: a product of doubles is rounded before it is divided.
  let count = 1n;
  for (let i = 1; i <= smaller; i++) count = (count * BigInt(total - smaller + i)) / BigInt(i);
  return Number(count);
}

/**
 * The natural logarithm of the number of combinations, R's `lchoose`.
 *
 * @throws {InvalidInputError} as combinations
 * @example logCombinations(37, 19) // 23.595
 */
export function logCombinations(total: number, chosen: number): number {
  checkChoice("logCombinations", total, chosen);
  return gammaln(total + 1) - gammaln(chosen + 1) - gammaln(total - chosen + 1);
}

function checkChoice(action: string, total: number, chosen: number): void {
  if (Number.isSafeInteger(total) && Number.isSafeInteger(chosen) && chosen >= 0 && chosen <= total) return;
  throw new InvalidInputError(
    `${action}: ${chosen} of ${total} cannot be chosen; whole numbers 0 ≤ chosen ≤ total are needed`,
    "chosen",
  );
}
