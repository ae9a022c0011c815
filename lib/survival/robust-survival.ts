import type { EventTable, RiskSetSteps } from "./event-table";
import { squaredWeight } from "./outcome";
import type { SortedOutcome } from "./tied-times";

/**
 * The robust variance of log S(t) by the infinitesimal jackknife, each row its own cluster; what R's survfit
 * gives when weights are not whole numbers.
 *
 * A weight of 2.7 is not 2.7 like rows, so Greenwood's variance, which counts rows, does not hold. The jackknife sums
 * the squared influence of each row (of each copy of it, where rows are counted), w·∂log S/∂w (Therneau, "Methods and formulae", survival package 3, section on
 * the Kaplan–Meier; Efron 1981, JASA 76:312). A row at risk adds d/(n(n − d)) at each event time that it survives and
 * −1/n at its own event, so its influence is a difference of Greenwood's sums, and the sum of squares over those still
 * at risk expands into three running totals: one pass, not one a row. Where no event occurs nothing changes, and the
 * variance is carried forward to the last digit.
 *
 * @param table the group's event table
 * @param greenwood Greenwood's sum at each of its times, or what else a unit of weight at risk has added to log S by then
 * @param own what a unit of weight adds at its own event, −1/n unless told
 */
export function infinitesimalJackknife(
  outcome: SortedOutcome,
  { rows, leaves, entered, enters }: RiskSetSteps,
  table: EventTable,
  greenwood: Float64Array,
  own: ArrayLike<number> = table.atRisk.map((atRisk) => -1 / atRisk),
): Float64Array {
  const { n, event } = outcome;
  const variance = new Float64Array(table.time.length);
  const atRisk = new SumsAtRisk();
  let settled = 0; // Σ of squared influences of rows whose observation has ended
  const sumAtEntry = new Float64Array(n);
  const square = (row: number) => squaredWeight(outcome, row);
  for (let k = 0; k < variance.length; k++) {
    const before = k === 0 ? 0 : greenwood[k - 1];
    for (let i = enters[k]; i < enters[k + 1]; i++) {
      const row = entered[i];
      sumAtEntry[row] = before;
      atRisk.add(1, square(row), before);
    }
    for (let i = leaves[k]; i < leaves[k + 1]; i++) {
      const row = rows[i];
      const start = sumAtEntry[row];
      atRisk.add(-1, square(row), start);
      if (square(row) === 0) continue; // nobody may be at risk beside it
      const influence = event[row] === 1 ? before - start + own[k] : greenwood[k] - start;
      settled += square(row) * influence * influence;
    }
    const sum = greenwood[k];
    if (table.events[k] === 0) {
      variance[k] = k === 0 ? 0 : variance[k - 1];
      continue;
    }
    // Once S is 0 no row has any influence on it, and R has 0 here.
    variance[k] = sum === Infinity ? 0 : settled + Math.max(0, atRisk.influences(sum));
  }
  return variance;
}

/** Over rows at risk: Σw², Σw²a and Σw²a², where a is Greenwood's sum at the row's entry. */
class SumsAtRisk {
  #rows = 0;
  #squares = 0;
  #first = 0;
  #second = 0;

  /** A row comes (1) or leaves (−1). What sums leave behind when all have left is rounding, and its root would be a number. */
  add(rows: 1 | -1, square: number, start: number): void {
    this.#rows += rows;
    const none = this.#rows === 0;
    this.#squares = none ? 0 : this.#squares + rows * square;
    this.#first = none ? 0 : this.#first + rows * (square * start);
    this.#second = none ? 0 : this.#second + rows * (square * start * start);
  }

  /** Σ of squared influences, w·(sum − a), of the rows at risk. */
  influences(sum: number): number {
    return sum * sum * this.#squares - 2 * sum * this.#first + this.#second;
  }
}
