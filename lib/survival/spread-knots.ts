import { sortRows } from "../statistics/inner";

/**
 * Knots over values: the least, the largest, and quantiles at equal shares between them, as R's `quantile(values, …)` of type 7
 * has them.
 *
 * @param values at least one
 * @param knots how many, 2 or more
 * @param counts how often each value is there, once unless told
 */
export function spreadKnots(values: ArrayLike<number>, knots: number, counts?: ArrayLike<number>): number[] {
  const { order, keys: sorted } = sortRows(Float64Array.from(values));
  // How many there are up to and with each.
  const upTo = new Float64Array(sorted.length);
  for (let i = 0; i < upTo.length; i++) upTo[i] = (i === 0 ? 0 : upTo[i - 1]) + (counts?.[order[i]] ?? 1);
  const size = upTo[upTo.length - 1];
  const at = (place: number) => sorted[upTo.findIndex((count) => count > place)];
  return Array.from({ length: knots }, (_, k) => {
    const place = ((size - 1) * k) / (knots - 1);
    const below = Math.floor(place);
    const value = at(below);
    return value + (place - below) * (at(Math.min(below + 1, size - 1)) - value);
  });
}
