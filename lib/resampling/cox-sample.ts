import type { CoxDesign } from "../survival/cox/engine";

/**
 * A Cox design of a bootstrap sample: each position as often as its row was drawn.
 *
 * Copies follow one another, so the sample is in order of time as the design was, and no sample is checked or sorted
 * again; that is most of what a fit of a small data set costs.
 *
 * @param counts how often each row of the caller's data is in the sample
 */
export function resampleDesign(design: CoxDesign, counts: ArrayLike<number>): CoxDesign {
  const { n, row, strata } = design;
  const p = design.names.length;
  const first = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) first[i + 1] = first[i] + counts[row[i]];
  const size = first[n];
  const source = new Uint32Array(size);
  // Loops rather than fill() and map(): a call for each of a few hundred rows costs more than the rows do.
  for (let i = 0; i < n; i++) for (let k = first[i]; k < first[i + 1]; k++) source[k] = i;
  const rows = new Uint32Array(size);
  for (let i = 0; i < size; i++) rows[i] = row[source[i]];
  const x = new Float64Array(size * p);
  for (let j = 0; j < p; j++) gatherInto(x, j * size, design.x, j * n, source);
  const doubles = (values: Float64Array | null) => {
    if (values === null) return null;
    const gathered = new Float64Array(size);
    gatherInto(gathered, 0, values, 0, source);
    return gathered;
  };
  const bytes = (values: Uint8Array) => {
    const gathered = new Uint8Array(size);
    for (let i = 0; i < size; i++) gathered[i] = values[source[i]];
    return gathered;
  };
  const time = new Float64Array(size);
  gatherInto(time, 0, design.time, 0, source);
  return {
    n: size,
    names: design.names,
    row: rows,
    time,
    event: bytes(design.event),
    counted: bytes(design.counted),
    weights: doubles(design.weights),
    offset: doubles(design.offset),
    entry: doubles(design.entry),
    byEntry: design.byEntry === null ? null : copiesInOrder(design.byEntry, first, size),
    strata: strata.map((position) => first[position]),
    stratumLabels: design.stratumLabels,
    x,
    center: design.center,
    scale: design.scale,
    cluster: null,
  };
}

function gatherInto(
  target: Float64Array,
  at: number,
  values: Float64Array,
  from: number,
  source: Uint32Array,
): void {
  for (let i = 0; i < source.length; i++) target[at + i] = values[from + source[i]];
}

/** Positions in another order, each followed by its copies. */
function copiesInOrder(order: Uint32Array, first: Uint32Array, size: number): Uint32Array {
  const copies = new Uint32Array(size);
  let at = 0;
  for (const position of order) {
    for (let copy = first[position]; copy < first[position + 1]; copy++) copies[at++] = copy;
  }
  return copies;
}
