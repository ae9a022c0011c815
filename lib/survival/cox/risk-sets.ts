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
  /** Positions that enter and end between two event times: in no risk set, however large their risk. */
  readonly never: readonly number[];
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
  };
  const never: number[] = [];
  let next = 0;
  for (let s = 0; s + 1 < strata.length; s++) {
    strata[s] = next;
    next = fillEvents(design, sets, s);
    if (next > strata[s]) sets.fresh[next - 1] = 1;
    strata[s + 1] = next;
    fillLeaving(design, sets, s, never);
  }
  sets.tied = sets.events.some((d) => d > 1);
  return { ...sets, never };
}

function startsOfTimes({ n, time, counted, strata }: CoxDesign): Uint8Array {
  const starts = new Uint8Array(n);
  for (let s = 0; s + 1 < strata.length; s++) {
    let last = NaN;
    for (let i = strata[s]; i < strata[s + 1]; i++) {
      if (counted[i] === 0 || time[i] === last) continue;
      last = time[i];
      starts[i] = 1;
    }
  }
  return starts;
}

/** Who enters and who has the event in a stratum; returns the event time after its last. */
function fillEvents({ strata, counted, weights, counts }: CoxDesign, sets: Omit<RiskSets, "never">, s: number): number {
  const { first, until, deaths, events, weight, starts } = sets;
  let e = sets.strata[s] - 1;
  for (let i = strata[s]; i < strata[s + 1]; i++) {
    if (starts[i] === 1) first[++e] = i;
    if (counted[i] === 0) continue;
    deaths[e]++;
    events[e] += counts === null ? 1 : counts[i];
    if (weights !== null) weight[e] += weights[i];
  }
  for (let k = sets.strata[s]; k <= e; k++) until[k] = k < e ? first[k + 1] : strata[s + 1];
  return e + 1;
}

/** Who leaves in a stratum: at each time those that enter then or later. */
function fillLeaving(
  { time, entry, byEntry, strata }: CoxDesign,
  sets: Omit<RiskSets, "never">,
  s: number,
  never: number[],
): void {
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
      else never.push(byEntry[k - 1]);
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
  readonly x: Float64Array;
  /** x[column + i] belongs to position i. */
  readonly column: number;
  /** The sum at the event time that was reached, and what its rounding has left out. */
  sum: number;
  rest: number;
}

/** Where sums of event times are wanted: that of event time e at values[at + step·e]. */
export interface Sums {
  readonly values: Float64Array;
  readonly at: number;
  readonly step: 1 | -1;
}

/**
 * The walk: Σ risk·x over the risk sets of event times to − 1 down to from. Where all of a risk set has left, the sum
 * starts anew, so that rounding does not outlive it; until then it is carried in two doubles, so that what came in leaves
 * again without a trace: a row that leaves may have had a million times the risk of those who stay (Knuth 1969, The Art of
 * Computer Programming, volume 2, section 4.2.2, theorem B).
 */
export function walkBack(sets: RiskSets, running: RunningSum, from: number, to: number, out: Sums): void {
  const { first, until, fresh, leaving, leave, leaveUntil } = sets;
  const { risk, x, column } = running;
  const { values, at, step } = out;
  let { sum, rest } = running;
  for (let e = to - 1; e >= from; e--) {
    const boundary = until[e];
    if (fresh[e] === 1) sum = rest = 0;
    for (let i = boundary - 1; i >= first[e]; i--) {
      const term = risk[i] * x[column + i];
      const next = sum + term;
      const added = next - sum;
      rest += sum - (next - added) + (term - added);
      sum = next;
    }
    if (leaving !== null && fresh[e] === 0) {
      for (let k = leaveUntil[e] - 1; k >= leave[e]; k--) {
        const position = leaving[k];
        // One that ends here is in no risk set.
        if (position < boundary) continue;
        const term = -risk[position] * x[column + position];
        const next = sum + term;
        const added = next - sum;
        rest += sum - (next - added) + (term - added);
        sum = next;
      }
    }
    values[at + step * e] = sum + rest;
  }
  running.sum = sum;
  running.rest = rest;
}

/** The walk for Σ risk where nobody leaves: row by row, with no product. */
export function walkBackPlainly(
  { count, first, until, fresh }: RiskSets,
  risk: Float64Array,
  sums: Float64Array,
): void {
  let sum = 0;
  for (let e = count - 1; e >= 0; e--) {
    if (fresh[e] === 1) sum = 0;
    for (let i = until[e] - 1; i >= first[e]; i--) sum += risk[i];
    sums[e] = sum;
  }
}

/**
 * The walk for Σ risk·x (Σ risk where x is null) over those who stay, at risk without the event, at each event time.
 *
 * They may be few beside the many that a count stands for, and the difference of two large sums would have lost their digits: the sum is
 * carried in two doubles, so that what came in leaves again without a trace (Neumaier 1974, ZAMM 54:39).
 */
export function walkStaying(
  { count, first, deaths, until, fresh, leaving, leave, leaveUntil }: RiskSets,
  risk: Float64Array,
  x: Float64Array | null,
  column: number,
  sums: Float64Array,
): void {
  let [sum, rest] = [0, 0];
  const add = (position: number, sign: 1 | -1) => {
    const term = sign * risk[position] * (x === null ? 1 : x[column + position]);
    const next = sum + term;
    rest += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  };
  for (let e = count - 1; e >= 0; e--) {
    const isFresh = fresh[e] === 1;
    if (isFresh) [sum, rest] = [0, 0];
    const stay = first[e] + deaths[e];
    for (let i = until[e] - 1; i >= stay; i--) add(i, 1);
    if (leaving !== null) {
      for (let k = leaveUntil[e] - 1; k >= leave[e]; k--) {
        if (!isFresh || leaving[k] < until[e]) add(leaving[k], -1);
      }
    }
    sums[e] = sum + rest;
    for (let i = stay - 1; i >= first[e]; i--) add(i, 1);
  }
}

/**
 * The walk for four columns from j on where nobody leaves, through the rows to − 1 down to from, to sums one after the other
 * (those of the next column `apart` further on). Every row writes its sums, and only one that starts an event time moves
 * on: a condition would be mispredicted at about every other row. Four sums are under way at once, and risks and marks are read
 * once for them; where there are fewer columns the last one is gone through again beside itself.
 */
export function walkRowsBack(
  { starts }: RiskSets,
  running: readonly RunningSum[],
  j: number,
  rows: { readonly from: number; readonly to: number },
  out: { readonly values: Float64Array; readonly at: number; readonly apart: number },
): void {
  const last = running.length - 1;
  const [k, l, m] = [Math.min(j + 1, last), Math.min(j + 2, last), Math.min(j + 3, last)];
  const { risk, x, column } = running[j];
  const [second, third, fourth] = [running[k].column, running[l].column, running[m].column];
  const { values, apart } = out;
  const [toSecond, toThird, toFourth] = [(k - j) * apart, (l - j) * apart, (m - j) * apart];
  const { from } = rows;
  let place = out.at;
  let a = running[j].sum;
  let b = running[k].sum;
  let c = running[l].sum;
  let d = running[m].sum;
  for (let i = rows.to - 1; i >= from; i--) {
    const r = risk[i];
    a += r * x[column + i];
    b += r * x[second + i];
    c += r * x[third + i];
    d += r * x[fourth + i];
    values[place] = a;
    values[place + toSecond] = b;
    values[place + toThird] = c;
    values[place + toFourth] = d;
    place += starts[i];
  }
  running[j].sum = a;
  running[k].sum = b;
  running[l].sum = c;
  running[m].sum = d;
}
