import { checkProbability } from "./checks";
import { lengthOf } from "./inner";

/**
 * Holm's adjustment of p values for several tests, R's `p.adjust(p, method = "holm")`.
 *
 * One wants it after comparing several pairs of groups: the chance of even one false rejection stays below the
 * level, whatever the dependence between the tests, and no test loses more than under Bonferroni (Holm 1979,
 * Scandinavian Journal of Statistics 6:65).
 *
 * @param pValues the tests' p values, in any order
 * @returns the adjusted p values, in the same order
 * @throws {InvalidInputError} if a value is not a probability
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  lengthOf("holm", "pValues", pValues);
  for (const [i, p] of pValues.entries()) checkProbability("holm", "pValues", p, i);
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0) || a - b);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[i] ?? 1)));
    adjusted[i] = largest;
  });
  return adjusted;
}
