import { square } from "../../statistics/elementary";
import type { RiskSetSteps } from "../event-table";
import { squaredWeight } from "../outcome";
import type { SortedOutcome } from "../tied-times";
import type { CauseTable } from "./aalen-johansen";

/** A group's rows as they enter and leave, and what happened to them. */
export interface CauseRows {
  readonly outcome: SortedOutcome;
  /** The cause at each position of the sorted outcome, 0 where censored. */
  readonly code: Uint32Array;
  readonly steps: RiskSetSteps;
  readonly table: CauseTable;
}

/** Greenwood's Σ d/(n(n − d)) up to each time, without the infinite term of a time that leaves nobody. */
export function greenwoodSums({ events, atRisk, remaining }: CauseTable): Float64Array {
  let sum = 0;
  return Float64Array.from(events, (d, k) => {
    if (d > 0 && remaining[k] > 0) sum += d / (atRisk[k] * remaining[k]);
    return sum;
  });
}

/**
 * The variance of the incidence of one cause by the infinitesimal jackknife, each row its own cluster; the one that
 * R's survfit gives for `Surv(time, factor)`. With weights that are not counts it is the robust variance.
 *
 * It is Σ w²·U², where U = ∂F(t)/∂w is a row's influence (Therneau, "Methods and formulae" of survival 3, section on
 * the Aalen–Johansen estimate, where U is carried through time row by row). With d of the cause and D of any cause
 * among n at risk, and a the row's influence on log S, the influence changes at an event time by
 *
 *     dU = S(t−) · ( a(t−)·d/n − d/n² [if at risk] + 1/n [if it is the row's own event of this cause] )
 *
 * and a grows by D/(n(n − D)) while the row is at risk, falls by 1/n at its own event and stands still afterwards.
 * So for a row at risk U = P(t) − g·F(t) + c, with P = Σ S(t−)·(d/n)·(G(t−) − 1/n), G Greenwood's sum, g = G(entry)
 * and c = g·F(entry) − P(entry); for one that has left U = b + a·F(t) with a and b fixed. Both squares expand into
 * running totals, which takes one pass for a cause instead of one for each row and time.
 *
 * @param cause the cause's code, 1 or more
 * @param survival S of any cause, and `incidence` F of this one, at the table's times
 */
export function incidenceVariance(
  { outcome, code, steps, table }: CauseRows,
  cause: number,
  greenwood: Float64Array,
  survival: readonly number[],
  incidence: readonly number[],
): Float64Array {
  const { n } = outcome;
  const { rows, leaves, entered, enters } = steps;
  const events = table.eventsByCause[cause - 1];
  const sums = new InfluenceSums(n, (row) => squaredWeight(outcome, row));
  const variance = new Float64Array(table.time.length);
  let p = 0;
  for (let k = 0; k < variance.length; k++) {
    const atRisk = table.atRisk[k];
    const [before, f, s] = k === 0 ? [0, 0, 1] : [greenwood[k - 1], incidence[k - 1], survival[k - 1]];
    if (s === 0) {
      variance[k] = variance[k - 1]; // everybody has had an event: nothing changes any more
      continue;
    }
    for (let i = enters[k]; i < enters[k + 1]; i++) sums.enter(entered[i], before, before * f - p);
    if (events[k] > 0) p += s * (events[k] / atRisk) * (before - 1 / atRisk);
    const now = incidence[k];
    for (let i = leaves[k]; i < leaves[k + 1]; i++) {
      const row = rows[i];
      const start = sums.g[row];
      const a = code[row] > 0 ? before - start - 1 / atRisk : greenwood[k] - start;
      const own = code[row] === cause ? s / atRisk : 0;
      sums.leave(row, a, p - start * now + sums.c[row] + own - a * now);
    }
    // Without an event of the cause nothing changes, not even in the last digit.
    variance[k] = events[k] > 0 ? sums.squared(p, now) : (variance[k - 1] ?? 0);
  }
  return variance;
}

/** The running totals of the squared influences, with g and c of each row. */
class InfluenceSums {
  readonly g: Float64Array;
  readonly c: Float64Array;
  // Over rows at risk: Σw² times 1, g, g², c, c² and g·c. Over those that have left: times a², a·b and b².
  private w = 0;
  private wg = 0;
  private wgg = 0;
  private wc = 0;
  private wcc = 0;
  private wgc = 0;
  private aa = 0;
  private ab = 0;
  private bb = 0;

  constructor(
    n: number,
    private readonly square: (row: number) => number,
  ) {
    this.g = new Float64Array(n);
    this.c = new Float64Array(n);
  }

  enter(row: number, g: number, c: number): void {
    this.g[row] = g;
    this.c[row] = c;
    this.count(row, this.square(row));
  }

  leave(row: number, a: number, b: number): void {
    const s = this.square(row);
    if (s === 0) return; // nobody may be at risk beside it, and then a and b are infinite
    this.count(row, -s);
    this.aa += s * a * a;
    this.ab += s * a * b;
    this.bb += s * b * b;
  }

  /** Σ w²·U² at a time with these P and F. */
  squared(p: number, f: number): number {
    const squares = p * p * this.w + f * f * this.wgg + this.wcc + this.bb + f * f * this.aa;
    const sum = squares + 2 * (p * this.wc - p * f * this.wg - f * this.wgc + f * this.ab);
    // Where all have had this cause nothing is left but rounding.
    return sum <= 1e-14 * squares ? 0 : sum;
  }

  private count(row: number, s: number): void {
    const [g, c] = [this.g[row], this.c[row]];
    this.w += s;
    this.wg += s * g;
    this.wgg += s * square(g);
    this.wc += s * c;
    this.wcc += s * square(c);
    this.wgc += s * g * c;
  }
}
