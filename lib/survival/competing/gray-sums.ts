import { pow, square } from "../../statistics/elementary";
import type { RiskSetSteps } from "../event-table";

/** What one stratum adds to Gray's test of one cause; all by group. */
export interface GraySums {
  /** Events of the cause, weighted as the test weights times. */
  readonly observed: Float64Array;
  /** What would be expected if all groups had the same incidence, weighted likewise. */
  readonly expected: Float64Array;
  /** Covariance of observed − expected, groups × groups. */
  readonly covariance: Float64Array;
}

/** The rows by position. */
export interface GrayRows {
  /** The cause of interest 1, another 2, censored 0. */
  readonly code: Uint8Array;
  readonly group: Uint32Array;
  /** How many rows each stands for; null where it is one. */
  readonly counts: Float64Array | null;
}

/** One time at which somebody had an event, of any cause; vectors are by group. */
interface Moment {
  readonly atRisk: Float64Array;
  /** Kaplan–Meier's S of any event just before, and at, the time. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** F of the cause just before, in the group. */
  readonly incidence: Float64Array;
  /** Events of the cause, and of others. */
  readonly own: Float64Array;
  readonly other: Float64Array;
  /** Events of the cause in all groups. */
  readonly events: number;
  /** Gray's estimate F⁰ of the incidence that groups would have in common, just before and at the time. */
  readonly commonBefore: number;
  readonly common: number;
}

/**
 * Adds one stratum's sums for one cause (Gray 1988, Ann Stat 16:1141, in his notation).
 *
 * With R_k at risk, S_k of any event and F_k of the cause in group k, an event's expected group has the probability
 * R̃_k/ΣR̃, R̃_k = R_k·(1 − F_k(t−))/S_k(t−): those at risk, and for those who were lost to another cause the share of
 * them that would still be observed. F⁰ rises by d/Σh, h_k = R_k/S_k(t−).
 *
 * The variance is Σ_k Σ_t D_ik·D_jk·(variance of the increment in group k). An event of the cause moves the score at
 * its time by a_ik = K·h_i·(δ_ik − h_k/Σh), and later ones through the group's risk set, by the integral of a_ik over
 * dF⁰/(1 − F⁰(t−)) in all later times; an event of another cause has the second effect only. So the sum runs backwards
 * in time, with those integrals as a running total.
 *
 * @param rows what each position of the outcome has
 */
export function addGrayStratum(sums: GraySums, rows: GrayRows, steps: RiskSetSteps, rho: number): void {
  const count = sums.observed.length;
  const later = new Float64Array(count * count);
  for (const moment of moments(rows, steps, count).reverse()) {
    addMoment(sums, moment, later, pow(1 - moment.commonBefore, rho));
  }
}

/** Adds one time; `later` has the integrals over the times after it, by score and group, and then this one's too. */
function addMoment(
  { observed, expected, covariance }: GraySums,
  { atRisk, before, after, incidence, own, other, events, common, commonBefore }: Moment,
  later: Float64Array,
  weight: number,
): void {
  const count = observed.length;
  const h = atRisk.map((r, k) => (r > 0 ? r / before[k] : 0));
  const total = h.reduce((sum, value) => sum + value, 0);
  const adjusted = h.map((value, k) => value * (1 - incidence[k]));
  const totalAdjusted = adjusted.reduce((sum, value) => sum + value, 0);
  const now = (i: number, k: number) => weight * h[i] * ((i === k ? 1 : 0) - h[k] / total);
  /** Correction of a variance for `tied` events at one time among so many at risk. */
  const ties = (tied: number, risk: number) => (tied > 1 ? 1 - (tied - 1) / (risk - 1) : 1);
  for (let k = 0; k < count; k++) {
    if (atRisk[k] === 0) continue;
    observed[k] += weight * own[k];
    const share = after[k] > 0 ? (1 - common) / after[k] : 0;
    if (events > 0) {
      expected[k] += (weight * events * adjusted[k]) / totalAdjusted;
      const effect = adjusted.map((_, i) => now(i, k) + (1 - share) * later[i * count + k]);
      addSquare(covariance, effect, (ties(events, total * before[k]) * before[k] * events) / (total * atRisk[k]));
    }
    if (other[k] > 0 && after[k] > 0) {
      const effect = adjusted.map((_, i) => share * later[i * count + k]);
      addSquare(covariance, effect, (ties(other[k], atRisk[k]) * square(before[k]) * other[k]) / square(atRisk[k]));
    }
  }
  if (events === 0) return;
  const rise = events / (total * (1 - commonBefore));
  for (let i = 0; i < count; i++) for (let k = 0; k < count; k++) later[i * count + k] += now(i, k) * rise;
}

function addSquare(covariance: Float64Array, effect: Float64Array, variance: number): void {
  const count = effect.length;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) covariance[i * count + j] += variance * effect[i] * effect[j];
}

/** The stratum's event times, forward in time. */
function moments({ code, group, counts }: GrayRows, { rows, leaves }: RiskSetSteps, count: number): Moment[] {
  const list: Moment[] = [];
  let [survival, incidence] = [new Float64Array(count).fill(1), new Float64Array(count)];
  const atRisk = new Float64Array(count);
  const copies = (row: number) => (counts === null ? 1 : counts[row]);
  for (const row of rows) atRisk[group[row]] += copies(row);
  let common = 0;
  for (let m = 0; m + 1 < leaves.length; m++) {
    const byCode = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    const risk = atRisk.slice();
    for (const row of rows.subarray(leaves[m], leaves[m + 1])) {
      byCode[code[row]][group[row]] += copies(row);
      atRisk[group[row]] -= copies(row);
    }
    const [, own, other] = byCode;
    const events = own.reduce((sum, d) => sum + d, 0);
    if (events === 0 && other.every((d) => d === 0)) continue;
    const before = survival;
    const inGroup = incidence;
    const total = risk.reduce((sum, r, k) => (r > 0 ? sum + r / before[k] : sum), 0);
    survival = before.map((s, k) => (risk[k] > 0 ? (s * (risk[k] - own[k] - other[k])) / risk[k] : s));
    incidence = inGroup.map((f, k) => (risk[k] > 0 ? f + (before[k] * own[k]) / risk[k] : f));
    const commonBefore = common;
    common += events / total;
    const moment = { atRisk: risk, before, after: survival, incidence: inGroup, own, other };
    list.push({ ...moment, events, commonBefore, common });
  }
  return list;
}
