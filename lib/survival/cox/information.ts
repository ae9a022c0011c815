import { addCrossProducts } from "../../statistics/inner";
import type { CoxDesign } from "./design";
import type { RiskSums } from "./hazards";
import type { EventTimes } from "./risk-sets";

/** Rows of means that are collected before their products are taken. */
const BLOCK = 512;

/** Sums over risk sets, a row for each event time, waiting for their outer products. */
export interface MeanRows {
  /** Columns of `capacity` rows each. */
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  readonly capacity: number;
  count: number;
}

/** Space for the rows of means of a design: enough for two full blocks and what ties add, or for all event times. */
export function meanRowsFor(p: number, eventTimes: number): MeanRows {
  const capacity = Math.min(4 * BLOCK, 2 * eventTimes + 1);
  return { sums: new Float64Array(p * capacity), weights: new Float64Array(capacity), capacity, count: 0 };
}

/**
 * Subtracts Σ w̄·x̄·x̄ᵀ over event times from the information (lower triangle).
 *
 * With Efron's method the d terms of a time have x̄ = (S₁ − f·D₁)/(S₀ − f·D₀). Their products with weight w̄ are
 * a·S₁S₁ᵀ − b·(S₁D₁ᵀ + D₁S₁ᵀ) + c·D₁D₁ᵀ with a = Σ w̄/S₀², b = Σ f·w̄/S₀², c = Σ f²·w̄/S₀² over the terms, which is two
 * products, whatever d: a·(S₁ − b/a·D₁)(…)ᵀ + (c − b²/a)·D₁D₁ᵀ.
 */
export function subtractMeanProducts(
  information: Float64Array,
  p: number,
  design: CoxDesign,
  times: EventTimes,
  sums: RiskSums,
): void {
  const rows = sums.meanRows;
  const { capacity } = rows;
  rows.count = 0;
  const carry = new Float64Array(p);
  for (let s = 0; s + 1 < design.strata.length; s++) {
    carry.fill(0);
    if (design.entry === null || design.byEntry === null || sums.fresh === null) {
      let e = times.strata[s + 1];
      for (let to = design.strata[s + 1]; to > design.strata[s]; to -= BLOCK) {
        const from = Math.max(design.strata[s], to - BLOCK);
        for (let j = 0; j + 1 < p; j += 2) {
          runningSumsOfTwo(
            design.x,
            j * design.n,
            (j + 1) * design.n,
            from,
            to,
            sums.risk,
            times.starts,
            carry,
            j,
            rows.sums,
            j * capacity + rows.count,
            capacity,
          );
        }
        if (p % 2 === 1) {
          const j = p - 1;
          carry[j] = runningSums(
            design.x,
            j * design.n,
            from,
            to,
            sums.risk,
            times.starts,
            carry[j],
            rows.sums,
            j * capacity + rows.count,
          );
        }
        const last = e;
        while (e > times.strata[s] && times.first[e - 1] >= from) e--;
        finishRows(rows, p, design, times, sums, e, last);
        if (rows.count >= BLOCK) flush(information, p, rows);
      }
    } else {
      const place = { row: design.strata[s + 1], entry: design.strata[s + 1] };
      for (let last = times.strata[s + 1]; last > times.strata[s]; last -= BLOCK) {
        const e = Math.max(times.strata[s], last - BLOCK);
        let next = place;
        for (let j = 0; j < p; j++) {
          next = { ...place };
          carry[j] = runningSumsWithEntry(
            design,
            times,
            sums,
            design.entry,
            design.byEntry,
            sums.fresh,
            j,
            e,
            last,
            design.strata[s],
            next,
            carry[j],
            rows.sums,
            j * capacity + rows.count,
          );
        }
        Object.assign(place, next);
        finishRows(rows, p, design, times, sums, e, last);
        if (rows.count >= BLOCK) flush(information, p, rows);
      }
    }
  }
  flush(information, p, rows);
}

function flush(information: Float64Array, p: number, rows: MeanRows): void {
  addCrossProducts(information, p, rows.sums, rows.capacity, 0, rows.count, rows.weights, 0);
  rows.count = 0;
}

/**
 * Σ risk·x from the end of a stratum down to each event time, one after the other into `out`.
 * Every row writes its sum, and only one that starts an event time moves on: a condition would be mispredicted at
 * about every other row.
 */
function runningSums(
  x: Float64Array,
  column: number,
  from: number,
  to: number,
  risk: Float64Array,
  starts: Uint8Array,
  carried: number,
  out: Float64Array,
  at: number,
): number {
  let sum = carried;
  let place = at;
  for (let i = to - 1; i >= from; i--) {
    sum += risk[i] * x[column + i];
    out[place] = sum;
    place += starts[i];
  }
  return sum;
}

/** The same for two columns together: two sums are under way at once, and risks and marks are read once for both. */
function runningSumsOfTwo(
  x: Float64Array,
  first: number,
  second: number,
  from: number,
  to: number,
  risk: Float64Array,
  starts: Uint8Array,
  carry: Float64Array,
  j: number,
  out: Float64Array,
  at: number,
  capacity: number,
): void {
  let a = carry[j];
  let b = carry[j + 1];
  let place = at;
  for (let i = to - 1; i >= from; i--) {
    const r = risk[i];
    a += r * x[first + i];
    b += r * x[second + i];
    out[place] = a;
    out[place + capacity] = b;
    place += starts[i];
  }
  carry[j] = a;
  carry[j + 1] = b;
}

/** The same where rows leave the risk set at their entry; for the event times last − 1 down to e. */
function runningSumsWithEntry(
  design: CoxDesign,
  times: EventTimes,
  { risk }: RiskSums,
  entry: Float64Array,
  byEntry: Uint32Array,
  fresh: Uint8Array,
  j: number,
  e: number,
  last: number,
  start: number,
  place: { row: number; entry: number },
  carried: number,
  out: Float64Array,
  at: number,
): number {
  const { x, time } = design;
  const column = j * design.n;
  let sum = carried;
  let { row, entry: k } = place;
  for (let index = last - 1; index >= e; index--) {
    const t = time[times.first[index]];
    const boundary = row;
    let change = 0;
    while (row > times.first[index]) {
      row--;
      change += risk[row] * x[column + row];
    }
    while (k > start && entry[byEntry[k - 1]] >= t) {
      const position = byEntry[--k];
      const term = risk[position] * x[column + position];
      if (position >= boundary) sum -= term;
      else change -= term;
    }
    sum = fresh[index] === 1 ? change : sum + change;
    out[at + (last - 1 - index)] = sum;
  }
  place.row = row;
  place.entry = k;
  return sum;
}

/** Gives the rows of event times last − 1 down to e their (negative) weights, and splits those of tied times in two. */
function finishRows(
  rows: MeanRows,
  p: number,
  design: CoxDesign,
  times: EventTimes,
  { risk, squares, crossSquares, dyingSquares }: RiskSums,
  e: number,
  last: number,
): void {
  const start = rows.count;
  for (let index = last - 1; index >= e; index--) rows.weights[rows.count++] = -squares[index];
  if (crossSquares === null || dyingSquares === null) return;
  for (let index = last - 1; index >= e; index--) {
    if (times.deaths[index] === 1) continue;
    const row = start + (last - 1 - index);
    // A factor on all terms may be 0; then nothing is subtracted.
    const ratio = squares[index] === 0 ? 0 : crossSquares[index] / squares[index];
    const extra = rows.count++;
    rows.weights[extra] = crossSquares[index] * ratio - dyingSquares[index];
    for (let j = 0; j < p; j++) {
      let ofDying = 0;
      const from = times.first[index];
      for (let i = from; i < from + times.deaths[index]; i++) ofDying += risk[i] * design.x[j * design.n + i];
      rows.sums[j * rows.capacity + row] -= ratio * ofDying;
      rows.sums[j * rows.capacity + extra] = ofDying;
    }
  }
}
