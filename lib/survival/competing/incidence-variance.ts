import type { SortedOutcome } from "../tied-times";
import type { CauseTable } from "./cause-table";

/** A group's rows as they enter and leave, and what happened to them. */
export interface CauseRows {
  readonly outcome: SortedOutcome;
  /** The cause at each position of the sorted outcome, 0 where censored. */
  readonly code: Uint32Array;
  /** The group's positions in order of time. */
  readonly rows: Uint32Array;
  /** The same in order of entry, or null if all are at risk from the beginning. */
  readonly entered: Uint32Array | null;
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
  { outcome, code, rows, entered, table }: CauseRows,
  cause: number,
  greenwood: Float64Array,
  survival: readonly number[],
  incidence: readonly number[],
): Float64Array {
  const { time, entry, weights } = outcome;
  const square = (row: number) => (weights === null ? 1 : weights[row] * weights[row]);
  const events = table.eventsByCause[cause - 1];
  // Over rows at risk: Σw² times 1, g, g², c, c² and g·c. Over those that have left: times a², a·b and b².
  let [w, wg, wgg, wc, wcc, wgc] = [0, 0, 0, 0, 0, 0];
  let [aa, ab, bb] = [0, 0, 0];
  const g = new Float64Array(entered === null ? 0 : outcome.n);
  const c = new Float64Array(entered === null ? 0 : outcome.n);
  const count = (row: number, sign: 1 | -1) => {
    const s = sign * square(row);
    w += s;
    if (entered === null) return;
    wg += s * g[row];
    wgg += s * square(g[row]);
    wc += s * c[row];
    wcc += s * square(c[row]);
    wgc += s * g[row] * c[row];
  };
  if (entered === null) for (const row of rows) count(row, 1);
  const variance = new Float64Array(table.time.length);
  let p = 0;
  for (let k = 0, i = 0, next = 0; k < table.time.length; k++) {
    const t = table.time[k];
    const atRisk = table.atRisk[k];
    const [before, f, s] = k === 0 ? [0, 0, 1] : [greenwood[k - 1], incidence[k - 1], survival[k - 1]];
    if (s === 0) {
      variance[k] = variance[k - 1]; // everybody has had an event: nothing changes any more
      continue;
    }
    if (entered !== null && entry !== null) {
      for (; next < entered.length && entry[entered[next]] < t; next++) {
        g[entered[next]] = before;
        c[entered[next]] = before * f - p;
        count(entered[next], 1);
      }
    }
    if (events[k] > 0) p += s * (events[k] / atRisk) * (before - 1 / atRisk);
    const now = incidence[k];
    for (; i < rows.length && time[rows[i]] === t; i++) {
      const row = rows[i];
      count(row, -1);
      const [start, constant] = entered === null ? [0, 0] : [g[row], c[row]];
      const a = code[row] > 0 ? before - start - 1 / atRisk : greenwood[k] - start;
      const own = code[row] === cause ? s / atRisk : 0;
      const b = p - start * now + constant + own - a * now;
      aa += square(row) * a * a;
      ab += square(row) * a * b;
      bb += square(row) * b * b;
    }
    const squares = p * p * w + now * now * wgg + wcc + bb + now * now * aa;
    const sum = squares + 2 * (p * wc - p * now * wg - now * wgc + now * ab);
    // Where all have had this cause nothing is left but rounding.
    variance[k] = sum <= 1e-14 * squares ? 0 : sum;
  }
  return variance;
}
