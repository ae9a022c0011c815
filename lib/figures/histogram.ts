/** A bin [from, to) of a histogram. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Values this close to the edge are on it: a statistic that is computed in another order of the rows
 * differs in its last digits.
 */
export function tolerance(edge: number): number {
  return 1e-9 * Math.max(1, Math.abs(edge));
}

/**
 * Counts values in bins of equal width, laid so that `edge` falls between two bins: what is at least `edge`
 * is then exactly what lies in the bins to its right. With `mirrored`, `-edge` falls between two bins as
 * well, and what is at most `-edge` lies to its left.
 *
 * @param values at least one, all finite
 * @param edge a value that shall be a limit of bins
 * @param bins number of bins over the range of values and edge, at least 1; mirrored bins may be fewer or
 *   more
 * @returns bins from left to right without gaps; their counts sum to the number of values
 * @throws RangeError where a value is not finite, naming its index, or there is none
 * @example binsAt([1, 2, 3], 2, 2) // [1, 2): 1, [2, 3): 1, [3, 4): 1
 */
export function binsAt(values: ArrayLike<number>, edge: number, bins: number, mirrored = false): Bin[] {
  if (values.length === 0) throw new RangeError("histogram: needs at least one value; got none");
  if (!Number.isFinite(edge))
    throw new RangeError(`histogram: the observed value is ${edge}; it must be finite`);
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`histogram: bins is ${bins}; a whole number from 1 is needed`);
  const [low, high] = rangeOf(values, edge);
  const width = widthOf(low, high, edge, bins, mirrored);
  const mirror = mirrored && edge > 0 ? -Math.round((2 * edge) / width) : null;
  const slack = tolerance(edge);
  const slot = (value: number): number => {
    const at = Math.floor((value - edge) / width + 1e-9);
    // Rounding must not carry a value over a limit that means something.
    if (value >= edge - slack) return Math.max(at, 0);
    if (mirror === null) return Math.min(at, -1);
    return value <= -edge + slack ? Math.min(at, mirror - 1) : Math.min(Math.max(at, mirror), -1);
  };
  const first = Math.min(slot(low), 0);
  const counts = new Array<number>(Math.max(slot(high), 0) - first + 1).fill(0);
  for (let index = 0; index < values.length; index++) {
    const at = slot(values[index] ?? edge) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count, index) => ({
    from: edge + (first + index) * width,
    to: edge + (first + index + 1) * width,
    count,
  }));
}

/** Smallest and largest of the values and the edge. */
function rangeOf(values: ArrayLike<number>, edge: number): [number, number] {
  let [low, high] = [edge, edge];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value))
      throw new RangeError(`histogram: values[${index}] is ${value}; all must be finite`);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function widthOf(low: number, high: number, edge: number, bins: number, mirrored: boolean): number {
  const width = high > low ? (high - low) / bins : 1;
  return mirrored && edge > 0 ? (2 * edge) / Math.max(1, Math.round((2 * edge) / width)) : width;
}
