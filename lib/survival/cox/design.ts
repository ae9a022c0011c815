import { InvalidInputError, NoEventsError } from "../../statistics";
import {
  checkOneOf,
  dot,
  gather,
  gatherCodes,
  identityOrder,
  placesOf,
  sortByGroup,
  splitByGroup,
} from "../../statistics/inner";
import { type Grouping, groupRows } from "../groups";
import {
  checkFinite,
  checkInput,
  checkOutcome,
  covariateNames,
  type Labels,
  OUTCOME,
  type Outcome,
  type Vector,
} from "../outcome";
import { type SortedOutcome, sortAndTie } from "../tied-times";

/** What a Cox model is fitted to; all vectors of length n. */
export interface CoxInput extends Outcome {
  /** Columns by name. Categories enter as 0/1 columns; modelFrame() makes them. */
  readonly covariates: Readonly<Record<string, Vector>>;
  /**
   * The names in the order of the terms, of which a later one is left out where two say the same; that of `covariates` unless
   * told, where JavaScript puts names that are whole numbers, such as "2015", before all others. modelFrame() tells it for such.
   */
  readonly order?: readonly string[];
  /** Rows are compared within their stratum only. */
  readonly strata?: Labels;
  /** Rows of a cluster are not independent; the robust variance sums over it. */
  readonly cluster?: Labels;
  /**
   * What there are so many of where rows have `counts`: "rows" of their cluster, unless told, or whole "clusters", where the rows
   * of a cluster are one person's stretches of time and each copy is another such person. They all have one count then.
   */
  readonly counted?: "rows" | "clusters";
  /** Added to the linear predictor with coefficient 1. */
  readonly offset?: Vector;
}

/** Some rows of an input, with all that they have, each as often as it is asked for. */
export function takeCoxRows(input: CoxInput, rows: ArrayLike<number>): CoxInput {
  const { time, event, entry, weights, counts, strata, cluster, counted, offset, covariates, order } = input;
  const take = <T>(values: ArrayLike<T>): T[] => Array.from(rows, (row) => values[row]);
  const columns = Object.entries(covariates).map(([name, column]) => [name, take(column)] as const);
  return {
    time: take(time),
    event: take(event),
    ...(entry && { entry: take(entry) }),
    ...(weights && { weights: take(weights) }),
    ...(counts && { counts: take(counts) }),
    ...(strata && { strata: take(strata) }),
    ...(cluster && { cluster: take(cluster) }),
    ...(counted && { counted }),
    ...(offset && { offset: take(offset) }),
    covariates: Object.fromEntries(columns),
    ...(order && { order }),
  };
}

/** What cox() reads, and what modelFrame() and fineGrayData() tell of their rows beside it. */
export const COX_INPUT = [
  ...OUTCOME,
  "covariates",
  "order",
  "strata",
  "cluster",
  "counted",
  "offset",
  "rows",
  "incomplete",
  "row",
  "added",
];

/**
 * The rows of a Cox model in the order in which its likelihood goes through them: by stratum, then by time, then
 * events before censorings. A position is an index into these columns.
 */
export interface CoxDesign {
  readonly n: number;
  readonly names: readonly string[];
  /** The caller's row at each position. */
  readonly row: Uint32Array;
  readonly time: Float64Array;
  readonly event: Uint8Array;
  /** 1 for an event of positive weight, which alone has a term in the likelihood. */
  readonly counted: Uint8Array;
  /** Of all copies of a position together. */
  readonly weights: Float64Array | null;
  /** How many rows a position stands for; null where each is one. */
  readonly counts: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly entry: Float64Array | null;
  /** Positions by stratum, then by entry. */
  readonly byEntry: Uint32Array | null;
  /** First position of each stratum, and n. */
  readonly strata: Uint32Array;
  readonly stratumLabels: readonly string[] | null;
  /** Columns one after the other, centered and scaled. */
  readonly x: Float64Array;
  readonly center: Float64Array;
  readonly scale: Float64Array;
  readonly cluster: Grouping | null;
  /** How many like clusters there are of each; null where clusters are not counted. */
  readonly clusterCounts: Float64Array | null;
}

/**
 * Checks and sorts the input of a Cox model.
 *
 * Columns are centered at their weighted mean and divided by their mean absolute deviation, as R does, so that a
 * covariate `year = 2015` or one of size 1e9 neither overflows nor loses digits; the likelihood does not depend on
 * the former, and coefficients are put back into the caller's units.
 */
export function coxDesign(action: string, input: CoxInput): CoxDesign {
  checkInput(action, input, COX_INPUT);
  const checked = checkOutcome(action, input);
  const { n } = checked;
  const names = covariateNames(action, input);
  const strata = input.strata === undefined ? null : groupRows(action, "strata", input.strata, n);
  const cluster = input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, n);
  const offset = input.offset === undefined ? null : checkFinite(action, "offset", input.offset, n);
  checkNames(action, names);
  const sorted = sortAndTie(action, checked);
  const countedInTime = countEvents(action, sorted);
  const { positions, byEntry, starts } = arrange(sorted, countedInTime, strata);
  const row = gatherCodes(sorted.order, positions);
  const weights = sorted.weights === null ? null : gather(sorted.weights, positions);
  const x = new Float64Array(n * names.length);
  const center = new Float64Array(names.length);
  const scale = new Float64Array(names.length);
  const place = placesOf(row);
  names.forEach((name, j) => {
    const values = finiteColumn(action, `covariates.${name}`, input.covariates[name], n);
    const standard = standardOf(values, checked.weights);
    center[j] = standard.center;
    scale[j] = standard.scale;
    scatterStandardized(values, standard, place, x.subarray(j * n, (j + 1) * n));
  });
  return {
    n,
    names,
    row,
    time: gather(sorted.time, positions),
    event: gatherBytes(sorted.event, positions),
    counted: gatherBytes(countedInTime, positions),
    weights,
    counts: sorted.counts === null ? null : gather(sorted.counts, positions),
    offset: offset === null ? null : gather(offset, row),
    entry: sorted.entry === null ? null : gather(sorted.entry, positions),
    byEntry,
    strata: starts,
    stratumLabels: strata?.labels ?? null,
    x,
    center,
    scale,
    cluster,
    clusterCounts: countedClusters(action, input, checked.counts, cluster),
  };
}

function countedClusters(
  action: string,
  { counted = "rows" }: CoxInput,
  counts: Float64Array | null,
  cluster: Grouping | null,
): Float64Array | null {
  checkOneOf(action, "counted", counted, ["rows", "clusters"]);
  if (counted === "rows") return null;
  if (cluster === null || counts === null) {
    const lacking = cluster === null ? "cluster" : "counts";
    const message = `${action}: counted is "clusters", and ${lacking} is missing; the number of like clusters is the count of their rows`;
    throw new InvalidInputError(message, lacking);
  }
  const found = new Float64Array(cluster.labels.length);
  counts.forEach((count, i) => {
    const g = cluster.code[i];
    if (found[g] === 0) found[g] = count;
    if (found[g] === count) return;
    const message = `${action}: counts[${i}] is ${count}, and another row of the cluster "${cluster.labels[g]}" has ${found[g]}; where counts are of clusters, rows of one have the same`;
    throw new InvalidInputError(message, "counts", i);
  });
  return found;
}

/**
 * What a position weighs in sums whose squares are added, by cluster or by itself: n like clusters, or rows without clusters, whose
 * sum is g each, are one of √n·g.
 */
export function weightInSquares(
  {
    weights,
    counts,
    cluster,
    clusterCounts,
  }: Pick<CoxDesign, "weights" | "counts" | "clusterCounts"> & { readonly cluster: object | null },
  i: number,
): number {
  const weight = weights === null ? 1 : weights[i];
  return counts === null || (cluster !== null && clusterCounts === null) ? weight : weight / Math.sqrt(counts[i]);
}

function checkNames(action: string, names: readonly string[]): void {
  const empty = names.indexOf("");
  if (empty >= 0) {
    throw new InvalidInputError(`${action}: covariate number ${empty + 1} has no name`, "covariates", empty);
  }
}

/** Events of positive weight; there must be one. */
function countEvents(action: string, { event, weights }: SortedOutcome): Uint8Array {
  const counted = weights === null ? event : event.map((isEvent, i) => (weights[i] > 0 ? isEvent : 0));
  if (!counted.includes(1)) {
    throw new NoEventsError(`${action}: no row has the event, so that no coefficient can be estimated`);
  }
  return counted;
}

/** Positions of the sorted outcome by stratum, time and events first; and the same rows by stratum and entry. */
export function arrange(sorted: SortedOutcome, counted: Uint8Array, strata: Grouping | null) {
  const { n } = sorted;
  const starts = new Uint32Array((strata?.labels.length ?? 1) + 1);
  let positions: Uint32Array;
  let entered = sorted.byEntry;
  if (strata === null) {
    starts[1] = n;
    positions = identityOrder(n);
  } else {
    strata.size.forEach((size, s) => {
      starts[s + 1] = starts[s] + size;
    });
    const code = gatherCodes(strata.code, sorted.order);
    positions = sortByGroup(code, strata.size);
    if (entered !== null) entered = splitByGroup(entered, code, strata.size);
  }
  for (let s = 0; s + 1 < starts.length; s++) {
    putEventsFirst(positions, sorted.time, counted, starts[s], starts[s + 1]);
  }
  if (entered === null) return { positions, byEntry: null, starts };
  return { positions, byEntry: gatherCodes(placesOf(positions), entered), starts };
}

function putEventsFirst(
  positions: Uint32Array,
  time: Float64Array,
  counted: Uint8Array,
  from: number,
  to: number,
): void {
  for (let start = from; start < to; ) {
    const t = time[positions[start]];
    let end = start + 1;
    while (end < to && time[positions[end]] === t) end++;
    if (end - start > 1) {
      const tied = positions.slice(start, end);
      let place = start;
      for (const position of tied) if (counted[position] === 1) positions[place++] = position;
      for (const position of tied) if (counted[position] === 0) positions[place++] = position;
    }
    start = end;
  }
}

/** A column of finite numbers; the caller's own where it is an array of doubles, which is only read. */
function finiteColumn(action: string, argument: string, values: Vector, n: number): Float64Array {
  if (!(values instanceof Float64Array) || values.length !== n) return checkFinite(action, argument, values, n);
  return Number.isFinite(sumOf(values)) ? values : checkFinite(action, argument, values, n);
}

/** How many of a design's rows there are and how many of their events have a part in the likelihood, as often as they were counted. */
export function countsOf({ n, counts, counted }: Pick<CoxDesign, "n" | "counts" | "counted">) {
  let [rows, events] = [n, 0];
  if (counts === null) for (let i = 0; i < n; i++) events += counted[i];
  else {
    rows = 0;
    for (let i = 0; i < n; i++) {
      rows += counts[i];
      events += counted[i] * counts[i];
    }
  }
  return { rows, events };
}

/** The stratum of each position. */
export function stratumOfPositions({ n, strata }: Pick<CoxDesign, "n" | "strata">): Uint32Array {
  const stratum = new Uint32Array(n);
  for (let s = 0; s + 1 < strata.length; s++) stratum.fill(s, strata[s], strata[s + 1]);
  return stratum;
}

/** Values by position in the order of the caller's rows. */
export function byRow({ n, row }: Pick<CoxDesign, "n" | "row">, values: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(n);
  for (let i = 0; i < n; i++) rows[row[i]] = values[i];
  return rows;
}

/** A column's weighted mean and its mean absolute deviation from it. */
export interface Standard {
  readonly center: number;
  /** 1 where the column is constant. */
  readonly scale: number;
  /** What values less their center are multiplied by: 1/scale, or 0 where the column is constant. */
  readonly factor: number;
}

export function standardOf(column: Float64Array, weights: Float64Array | null): Standard {
  const total = weights === null ? column.length : sumOf(weights);
  const center = (weights === null ? sumOf(column) : dot(column, 0, weights, 0, column.length)) / total;
  const deviation = deviationFrom(center, column, weights);
  // A constant column may deviate by the rounding of its mean; one that deviates no more may still differ in its last digits.
  const isConstant = !(deviation > 1e-14 * total * Math.abs(center)) && isSame(column, weights);
  return isConstant ? { center, scale: 1, factor: 0 } : { center, scale: deviation / total, factor: total / deviation };
}

/**
 * Centers and scales values, and puts each in its place. In a large table that is the quick way into another order: a processor
 * waits for what it fetches from all over memory, not for what it stores there.
 */
function scatterStandardized(
  values: Float64Array,
  { center, factor }: Standard,
  place: Uint32Array,
  target: Float64Array,
): void {
  for (let i = 0; i < values.length; i++) target[place[i]] = (values[i] - center) * factor;
}

/** Whether all values that have a weight are one. */
function isSame(column: Float64Array, weights: Float64Array | null): boolean {
  const first = weights === null ? 0 : weights.findIndex((weight) => weight > 0);
  return column.every((value, i) => value === column[first] || weights?.[i] === 0);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** The weighted sum of what values deviate from a center, all taken positive. */
function deviationFrom(center: number, values: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  if (weights === null) for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] - center);
  else for (let i = 0; i < values.length; i++) sum += weights[i] * Math.abs(values[i] - center);
  return sum;
}

/**
 * The design with columns that differ mostly between strata centered within them, which no likelihood within strata sees: else
 * the risks of one stratum vanish beside those of another, and squares of means take the digits of the differences that count.
 */
export function centeredInStrata(design: CoxDesign): CoxDesign {
  const { n, names, x, strata, weights } = design;
  if (strata.length === 2) return design;
  const centered = names.map((_, j) => x.slice(j * n, (j + 1) * n));
  for (const column of centered) {
    for (let s = 0; s + 1 < strata.length; s++) {
      const part = column.subarray(strata[s], strata[s + 1]);
      const own = weights?.subarray(strata[s], strata[s + 1]);
      const total = own === undefined ? part.length : sumOf(own);
      if (total === 0) continue;
      const center = (own === undefined ? sumOf(part) : dot(part, 0, own, 0, part.length)) / total;
      for (let i = 0; i < part.length; i++) part[i] -= center;
    }
  }
  // Columns have a mean absolute deviation of 1.
  const size = (column: Float64Array) =>
    column.reduce((sum, value, i) => sum + (weights?.[i] ?? 1) * Math.abs(value), 0);
  const isBetween = centered.map((column) => size(column) < 0.1 * (weights === null ? n : sumOf(weights)));
  if (!isBetween.includes(true)) return design;
  const columns = new Float64Array(x);
  centered.forEach((column, j) => {
    if (isBetween[j]) columns.set(column, j * n);
  });
  return { ...design, x: columns };
}

/** The design with some of its columns only. */
export function withColumns(design: CoxDesign, kept: readonly number[]): CoxDesign {
  const { n, names, center, scale } = design;
  const x = new Float64Array(n * kept.length);
  kept.forEach((j, i) => {
    x.set(design.x.subarray(j * n, (j + 1) * n), i * n);
  });
  return {
    ...design,
    names: kept.map((j) => names[j]),
    x,
    center: Float64Array.from(kept, (j) => center[j]),
    scale: Float64Array.from(kept, (j) => scale[j]),
  };
}

/**
 * Cox designs of bootstrap samples: the positions whose rows were drawn, counted as often as they were.
 *
 * They are in order of time as the design was, so that no sample is checked or sorted again; that is most of what a fit of a
 * small data set costs. A count takes no time, where each copy would. And all samples are made in one room, each over the one
 * before: to ask for memory and to give it back takes as long as to fill it.
 *
 * @returns a design for how often each row of the caller's data is in a sample, good until the next is asked for
 */
export function resampler(design: CoxDesign): (drawn: ArrayLike<number>) => CoxDesign {
  const { row } = design;
  const all = design.n;
  const room = {
    row: new Uint32Array(all),
    time: new Float64Array(all),
    event: new Uint8Array(all),
    counted: new Uint8Array(all),
    weights: new Float64Array(all),
    counts: new Float64Array(all),
    offset: new Float64Array(all),
    entry: new Float64Array(all),
    x: new Float64Array(design.x.length),
    source: new Uint32Array(all),
    first: new Uint32Array(all + 1),
  };
  return (drawn) => {
    const { first } = room;
    let n = 0;
    for (let i = 0; i < all; i++) {
      first[i] = n;
      const times = drawn[row[i]];
      if (times === 0) continue;
      room.source[n] = i;
      room.row[n] = row[i];
      room.time[n] = design.time[i];
      room.event[n] = design.event[i];
      room.counted[n] = design.counted[i];
      room.weights[n] = design.weights === null ? times : times * design.weights[i];
      room.counts[n++] = design.counts === null ? times : times * design.counts[i];
    }
    first[all] = n;
    const source = room.source.subarray(0, n);
    return {
      ...design,
      n,
      row: room.row.subarray(0, n),
      time: room.time.subarray(0, n),
      event: room.event.subarray(0, n),
      counted: room.counted.subarray(0, n),
      weights: room.weights.subarray(0, n),
      counts: room.counts.subarray(0, n),
      offset: design.offset && take(design.offset, all, source, room.offset),
      entry: design.entry && take(design.entry, all, source, room.entry),
      byEntry:
        design.byEntry &&
        gatherCodes(
          first,
          design.byEntry.filter((i) => drawn[row[i]] > 0),
        ),
      strata: gatherCodes(first, design.strata),
      x: take(design.x, all, source, room.x),
      cluster: null,
      clusterCounts: null,
    };
  };
}

/** Columns of so many numbers, one after the other, at some places each, in a room. */
function take(columns: Float64Array, length: number, source: Uint32Array, room: Float64Array): Float64Array {
  let to = 0;
  for (let start = 0; start < columns.length; start += length) {
    for (let i = 0; i < source.length; i++) room[to++] = columns[start + source[i]];
  }
  return room.subarray(0, to);
}

function gatherBytes(values: Uint8Array, source: Uint32Array): Uint8Array {
  const gathered = new Uint8Array(source.length);
  for (let i = 0; i < gathered.length; i++) gathered[i] = values[source[i]];
  return gathered;
}
