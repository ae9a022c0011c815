/** A bin [from, to) of a histogram. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Counts values in bins of equal width, laid so that `edge` falls between two bins: what is at least `edge` is then exactly
 * what lies in the bins to its right.
 *
 * @param values at least one, all finite
 * @param edge a value that shall be a limit of bins
 * @param bins number of bins over the range of values and edge, at least 1
 * @returns bins from left to right without gaps; their counts sum to the number of values
 * @throws RangeError where a value is not finite, naming its index, or there is none
 * @example binsAt([1, 2, 3], 2, 2) // [1, 2): 1, [2, 3): 1, [3, 4): 1
 */
export function binsAt(values: ArrayLike<number>, edge: number, bins: number): Bin[] {
  if (values.length === 0) throw new RangeError("histogram: needs at least one value; got none");
  if (!Number.isFinite(edge))
    throw new RangeError(`histogram: the observed value is ${edge}; it must be finite`);
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`histogram: bins is ${bins}; a whole number from 1 is needed`);
  let low = edge;
  let high = edge;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value))
      throw new RangeError(`histogram: values[${index}] is ${value}; all must be finite`);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const width = high > low ? (high - low) / bins : 1;
  const slot = (value: number): number =>
    value >= edge ? Math.floor((value - edge) / width + 1e-9) : -Math.ceil((edge - value) / width - 1e-9);
  const first = Math.min(slot(low), 0);
  const counts = new Array<number>(Math.max(slot(high), 0) - first + 1).fill(0);
  for (let index = 0; index < values.length; index++) {
    // A value just below the edge that rounding puts on it stays on its side.
    const value = values[index] ?? edge;
    const at = (value < edge ? Math.min(slot(value), -1) : slot(value)) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, index) => ({
    from: edge + (first + index) * width,
    to: edge + (first + index + 1) * width,
    count,
  }));
}
