import type { ExactSum } from "../../statistics/inner";
import type { CoxDesign } from "./design";

/**
 * The distinct times of events within each stratum, in order of position, and who is at risk at each.
 *
 * Going backwards in time, from the last event time to the first, rows enter the risk set and, where they have entries,
 * leave it again. Both are lists that do not depend on coefficients and are made once (as risk_enter and risk_exit of
 * statsmodels' PHReg). At event time e first[e] to until[e] − 1 enter, and leaving[leave[e]] to leaving[leaveUntil[e] − 1]
 * leave, some of which may just have entered.
 */
export interface RiskSets {
  readonly count: number;
  /** Position of the first event at the time; the others follow it. */
  readonly first: Uint32Array;
  /** `first` of the event time after it, or the end of the stratum. */
  readonly until: Uint32Array;
  /** Positions with the event at the time. */
  readonly deaths: Uint32Array;
  /** Events at the time, the d of the formulas: each position as often as it was counted. */
  readonly events: Float64Array;
  /** Σ of their weights; without weights the same list. */
  readonly weight: Float64Array;
  /** First event time of each stratum, and `count`. */
  readonly strata: Uint32Array;
  /** 1 at the first position of each event time. */
  readonly starts: Uint8Array;
  /** Whether positions stand for several rows. */
  readonly counted: boolean;
  /** Whether some time has two events or more. */
  readonly tied: boolean;
  /** 1 where nobody of the later risk set is at risk any more, as at the last event time of a stratum. */
  readonly fresh: Uint8Array;
  /** Positions by entry; null without entries. */
  readonly leaving: Uint32Array | null;
  /** Empty without entries. */
  readonly leave: Uint32Array;
  readonly leaveUntil: Uint32Array;
  /** Positions that enter and end between two event times: in no risk set, however large their risk, which is set to 0. */
  readonly never: number[];
}

/** Finds the event times of a design, and who enters and leaves the risk set at each. */
export function riskSets(design: CoxDesign): RiskSets {
  const starts = startsOfTimes(design);
  let count = 0;
  for (let i = 0; i < starts.length; i++) count += starts[i];
  const strata = new Uint32Array(design.strata.length).fill(count);
  const ofTimes = () => new Uint32Array(count);
  const ofEntries = () => new Uint32Array(design.byEntry === null ? 0 : count);
  const events = new Float64Array(count);
  const sets = {
    count,
    first: ofTimes(),
    until: ofTimes(),
    deaths: ofTimes(),
    events,
    weight: design.weights === null ? events : new Float64Array(count),
    strata,
    starts,
    counted: design.counts !== null,
    tied: false,
    fresh: new Uint8Array(count),
    leaving: design.byEntry,
    leave: ofEntries(),
    leaveUntil: ofEntries(),
    never: [],
  };
  let next = 0;
  for (let s = 0; s + 1 < strata.length; s++) {
    strata[s] = next;
    for (let i = design.strata[s]; i < design.strata[s + 1]; i++) next += starts[i];
    strata[s + 1] = next;
    fillEvents(design, sets, s);
    if (next > strata[s]) sets.fresh[next - 1] = 1;
    fillLeaving(design, sets, s);
  }
  for (let e = 0; e < count && !sets.tied; e++) sets.tied = events[e] > 1;
  return sets;
}

function startsOfTimes({ n, time, counted, strata }: CoxDesign): Uint8Array {
  const starts = new Uint8Array(n);
  for (let s = 0; s + 1 < strata.length; s++) {
    let last = NaN;
    // Events are the first rows of their time. Whether a row has one cannot be predicted, and no branch depends on it.
    for (let i = strata[s]; i < strata[s + 1]; i++) {
      starts[i] = time[i] === last ? 0 : counted[i];
      last = time[i];
    }
  }
  return starts;
}

/** Who enters and who has the event in a stratum. */
function fillEvents({ strata, counted, weights, counts }: CoxDesign, sets: RiskSets, s: number): void {
  const { first, until, deaths, events, weight, starts } = sets;
  const [from, to] = [sets.strata[s], sets.strata[s + 1]];
  // Every row writes, and the first of an event time is the last to do so.
  for (let i = strata[s + 1] - 1, e = to - 1, sum = 0; e >= from; i--) {
    sum += counted[i];
    first[e] = i;
    deaths[e] = sum;
    e -= starts[i];
  }
  for (let e = from; e < to; e++) {
    until[e] = e + 1 < to ? first[e + 1] : strata[s + 1];
    if (e + 1 < to) deaths[e] -= deaths[e + 1];
    if (counts === null) events[e] = deaths[e];
    else events[e] = sumBetween(counts, first[e], first[e] + deaths[e]);
    if (weights !== null) weight[e] = sumBetween(weights, first[e], first[e] + deaths[e]);
  }
}

function sumBetween(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}

/** Who leaves in a stratum: at each time those that enter then or later. */
function fillLeaving({ time, entry, byEntry, strata }: CoxDesign, sets: RiskSets, s: number): void {
  if (entry === null || byEntry === null) return;
  let count = 0;
  let k = strata[s + 1];
  for (let e = sets.strata[s + 1] - 1; e >= sets.strata[s]; e--) {
    const t = time[sets.first[e]];
    let stayed = count;
    count += sets.until[e] - sets.first[e];
    sets.leaveUntil[e] = k;
    for (; k > strata[s] && entry[byEntry[k - 1]] >= t; k--, count--) {
      if (byEntry[k - 1] >= sets.until[e]) stayed--;
      else sets.never.push(byEntry[k - 1]);
    }
    sets.leave[e] = k;
    if (stayed === 0) sets.fresh[e] = 1;
  }
}

/** Whether a position of the event time's stratum is at risk then: observed until then or longer, and entered before. */
export function isAtRisk({ entry, time }: CoxDesign, { first }: RiskSets, e: number, position: number): boolean {
  return position >= first[e] && (entry === null || entry[position] < time[first[e]]);
}

/** The positions at risk at event time e of stratum s, one by one; for what is not a sum over them. */
export function atRiskAt(design: CoxDesign, sets: RiskSets, s: number, e: number): number[] {
  const members: number[] = [];
  for (let i = sets.first[e]; i < design.strata[s + 1]; i++) {
    if (isAtRisk(design, sets, e, i)) members.push(i);
  }
  return members;
}

/** Σ risk·x over the risk sets, as it is carried backwards from one event time to the next. */
export interface RunningSum {
  readonly risk: Float64Array;
  /** Null for Σ risk. */
  readonly x: Float64Array | null;
  /** x[column + i] belongs to position i. */
  readonly column: number;
  /** The sum at the event time that was reached: in two doubles, so that what came in leaves again without a trace. */
  total: ExactSum;
}

/** Where sums of event times are wanted: that of event time e at values[at + step·e]. */
export interface Sums {
  readonly values: Float64Array;
  readonly at: number;
  readonly step: 1 | -1;
}

/**
 * The walk: Σ risk·x over the risk sets of event times to − 1 down to from. Where all of a risk set has left, the sum
 * starts anew, so that rounding does not outlive it; until then what came in leaves again without a trace: a row that leaves may
 * have had a million times the risk of those who stay.
 */
export function walkBack(sets: RiskSets, running: RunningSum, from: number, to: number, out: Sums): void {
  const { first, until, fresh } = sets;
  const { values, at, step } = out;
  const total = running.total.copy();
  for (let e = to - 1; e >= from; e--) {
    if (fresh[e] === 1) total.clear();
    enter(total, running, first[e], until[e]);
    if (fresh[e] === 0) leaveAt(total, running, sets, e);
    values[at + step * e] = total.value();
  }
  running.total = total;
}

/**
 * The walk over those who stay, at risk without the event, at each event time. They may be few beside the many that a count stands
 * for, and the difference of two large sums would have lost their digits.
 */
export function walkStaying(sets: RiskSets, running: RunningSum, sums: Float64Array): void {
  const { first, deaths, until, fresh } = sets;
  const total = running.total.copy();
  for (let e = sets.count - 1; e >= 0; e--) {
    if (fresh[e] === 1) total.clear();
    const stay = first[e] + deaths[e];
    enter(total, running, stay, until[e]);
    if (fresh[e] === 0) leaveAt(total, running, sets, e);
    sums[e] = total.value();
    enter(total, running, first[e], stay);
  }
}

function enter(total: ExactSum, { risk, x, column }: RunningSum, from: number, to: number): void {
  for (let i = to - 1; i >= from; i--) total.add(x === null ? risk[i] : risk[i] * x[column + i]);
}

/** Those leave who come in at the event time or later. */
function leaveAt(total: ExactSum, { risk, x, column }: RunningSum, sets: RiskSets, e: number): void {
  const { leaving, leave, leaveUntil } = sets;
  if (leaving === null) return;
  for (let k = leaveUntil[e] - 1; k >= leave[e]; k--) {
    const i = leaving[k];
    total.add(x === null ? -risk[i] : -risk[i] * x[column + i]);
  }
}

/**
 * The walk where nobody leaves, in plain sums: Σ risk·x, or Σ risk where x is null. Every row writes the sum, and only one that starts
 * an event time moves on: a condition would be mispredicted at about every other row.
 */
export function walkBackPlainly(
  sets: RiskSets,
  { risk, x, column }: Pick<RunningSum, "risk" | "x" | "column">,
  sums: Float64Array,
): void {
  const { starts, strata, first, until } = sets;
  for (let s = 0; s + 1 < strata.length; s++) {
    if (strata[s] === strata[s + 1]) continue;
    const start = first[strata[s]];
    let e = strata[s + 1] - 1;
    let sum = 0;
    if (x === null) {
      for (let i = until[e] - 1; i >= start; i--) {
        sum += risk[i];
        sums[e] = sum;
        e -= starts[i];
      }
      continue;
    }
    for (let i = until[e] - 1; i >= start; i--) {
      sum += risk[i] * x[column + i];
      sums[e] = sum;
      e -= starts[i];
    }
  }
}
