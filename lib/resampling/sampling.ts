import { InvalidInputError, seededRandom } from "../statistics";
import { shown } from "../statistics/inner";

/** What a bootstrap draws: rows, or clusters of rows. A plain value, so that it can be sent to a thread. */
export interface SamplingPlan {
  readonly n: number;
  readonly seed: number;
  /** Replicates come first; the units after them are the jackknife's. */
  readonly replicates: number;
  /** Rows of cluster k are members[starts[k]] to members[starts[k + 1] − 1]; null: each row by itself. */
  readonly clusters: { readonly starts: Uint32Array; readonly members: Uint32Array } | null;
}

/** What is drawn or left out as one: clusters where there are some, otherwise rows. */
export function drawnUnits(plan: SamplingPlan): number {
  return plan.clusters === null ? plan.n : plan.clusters.starts.length - 1;
}

/** A plan from each row's cluster as a number from 0 to count − 1. */
export function clusterRows(code: Uint32Array, size: Uint32Array): SamplingPlan["clusters"] {
  const starts = new Uint32Array(size.length + 1);
  for (let k = 0; k < size.length; k++) starts[k + 1] = starts[k] + size[k];
  const next = starts.slice();
  const members = new Uint32Array(code.length);
  for (let i = 0; i < code.length; i++) members[next[code[i]]++] = i;
  return { starts, members };
}

/**
 * How often each drawn unit is in the sample of a unit of work: as drawn with replacement from the replicate's own
 * stream of the seed, or, after the last replicate, once each but for the one that the jackknife leaves out.
 */
export function sampleCounts(plan: SamplingPlan, unit: number): Uint32Array {
  const units = drawnUnits(plan);
  const counts = new Uint32Array(units);
  if (unit >= plan.replicates) {
    counts.fill(1);
    counts[unit - plan.replicates] = 0;
    return counts;
  }
  const random = seededRandom(plan.seed, unit);
  for (let i = 0; i < units; i++) counts[random.integer(units)]++;
  return counts;
}

/** The sample as row indices in increasing order of what was drawn, a row as often as it is in the sample. */
export function sampleRows(plan: SamplingPlan, unit: number): Uint32Array {
  const { clusters } = plan;
  const counts = sampleCounts(plan, unit);
  let length = 0;
  counts.forEach((count, k) => {
    length += count * (clusters === null ? 1 : clusters.starts[k + 1] - clusters.starts[k]);
  });
  const rows = new Uint32Array(length);
  let at = 0;
  counts.forEach((count, k) => {
    for (let copy = 0; copy < count; copy++) {
      if (clusters === null) rows[at++] = k;
      else for (let m = clusters.starts[k]; m < clusters.starts[k + 1]; m++) rows[at++] = clusters.members[m];
    }
  });
  return rows;
}

/**
 * Values at row indices, such as those that {@link bootstrap} gives a statistic.
 *
 * @throws {InvalidInputError} if an index is outside
 * @example takeRows(["a", "b", "c"], [2, 0, 2]) // ["c", "a", "c"]
 */
export function takeRows<T>(values: ArrayLike<T>, rows: ArrayLike<number>): T[] {
  return Array.from(rows, (row, i) => {
    if (!(Number.isInteger(row) && row >= 0 && row < values.length)) {
      const message = `takeRows: rows[${i}] is ${shown(row)}; a row from 0 to ${values.length - 1} is needed`;
      throw new InvalidInputError(message, "rows", i);
    }
    return values[row];
  });
}
