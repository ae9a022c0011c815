import { square } from "../../lib/statistics/elementary";
import { COVARIATES, MASKS } from "./covariates";
import type { Population } from "./population";
import type { TargetModel } from "./target";

/**
 * How far a population is from a printed model, without fitting: at the printed coefficients one Newton step and the
 * standard errors are worked out. Where the step is shorter than half a printed digit, so is the distance of the
 * fit, up to its square.
 */
export interface ModelScore {
  readonly columns: number;
  /** Fills `deviation` from `offset`: first the steps, then the standard errors less the printed ones; false if singular. */
  readonly evaluate: (population: Population, deviation: Float64Array, offset: number) => boolean;
}

const COLUMNS = COVARIATES.length;

/**
 * Prepares the evaluation of one model; memory is claimed once, since the search calls it millions of times.
 *
 * The information is X' diag(w H) X less the outer products of the risk sets' means (Therneau and Grambsch 2000,
 * Modeling Survival Data, eq. 3.7 with Efron's handling of the one tie, section 3.3).
 *
 * @param all whether incomplete rows take part
 * @param tie two tied events, adjacent in the order, or -1
 */
export function modelScore(model: TargetModel, all: boolean, n: number, tie: readonly [number, number]): ModelScore {
  const p = model.bits.length;
  const [first, second] = tie;
  const { hazard, standardError } = model;
  const relevant = model.bits.reduce((bits, bit) => bits | (1 << bit), 0);
  const { count, set } = columnsByMask(model);
  const sum = new Float64Array(p);
  const mean = new Float64Array(p);
  const thinned = new Float64Array(p);
  const score = new Float64Array(p);
  const information = new Float64Array(p * p);
  const increment = new Float64Array(n);
  // Exposure (hazard times cumulative baseline hazard) by mask: rows with equal covariates share their outer product.
  const exposure = new Float64Array(MASKS);
  const present = new Uint8Array(MASKS);
  const masks = new Uint16Array(MASKS);

  /** One event's share: `size` and `total` are the risk set's sums of w and w x. */
  const add = (size: number, total: Float64Array): number => {
    const inverse = 1 / size;
    for (let a = 0; a < p; a++) {
      const q = total[a] * inverse;
      mean[a] = q;
      score[a] -= q;
      const row = a * p;
      for (let b = 0; b <= a; b++) information[row + b] -= q * mean[b];
    }
    return inverse;
  };

  const addTo = (total: Float64Array, x: number, amount: number): void => {
    for (let i = x * COLUMNS; i < x * COLUMNS + count[x]; i++) total[set[i]] += amount;
  };

  /** The share that the second of two tied events has of the first one's risk set. Efron: it sees half of both already gone. */
  const addTied = (size: number, x: number, y: number): number => {
    thinned.set(sum);
    addTo(thinned, x, -0.5 * hazard[x]);
    addTo(thinned, y, -0.5 * hazard[y]);
    return add(size - 0.5 * (hazard[x] + hazard[y]), thinned);
  };

  /** From the last time to the first: each row joins the risk set, each event adds its share. Returns that of the tie. */
  const walkBack = ({ order, mask, event, incomplete }: Population): number => {
    let size = 0;
    let tiedShare = 0;
    for (let k = n - 1; k >= 0; k--) {
      const row = order[k];
      increment[k] = 0;
      if (!all && incomplete[row] === 1) continue;
      const x = mask[row] & relevant;
      size += hazard[x];
      addTo(sum, x, hazard[x]);
      if (event[row] === 0) continue;
      addTo(score, x, 1);
      if (row === second) continue;
      let share = add(size, sum);
      if (row === first) {
        tiedShare = addTied(size, x, mask[second] & relevant);
        share += tiedShare;
      }
      increment[k] = share;
    }
    return tiedShare;
  };

  /** From the first time to the last: what each mask is exposed to. Returns how many masks there are. */
  const expose = ({ order, mask, incomplete }: Population, tiedShare: number): number => {
    let cumulative = 0;
    let different = 0;
    for (let k = 0; k < n; k++) {
      const row = order[k];
      if (!all && incomplete[row] === 1) continue;
      cumulative += increment[k];
      const x = mask[row] & relevant;
      if (present[x] === 0) {
        present[x] = 1;
        exposure[x] = 0;
        masks[different++] = x;
      }
      exposure[x] += row === first || row === second ? cumulative - 0.5 * tiedShare : cumulative;
    }
    return different;
  };

  const evaluate = (population: Population, deviation: Float64Array, offset: number): boolean => {
    sum.fill(0);
    score.fill(0);
    information.fill(0);
    const different = expose(population, walkBack(population));
    for (let d = 0; d < different; d++) {
      const x = masks[d];
      present[x] = 0;
      const v = hazard[x] * exposure[x];
      const from = x * COLUMNS;
      const to = from + count[x];
      for (let i = from; i < to; i++) {
        const at = set[i] * p;
        for (let j = from; j <= i; j++) information[at + set[j]] += v;
      }
    }
    return newtonStep(p, information, score, standardError, deviation, offset);
  };
  return { columns: p, evaluate };
}

/** The columns of a model that are 1 in every mask: how many, and which. */
function columnsByMask({ bits }: TargetModel): { readonly count: Uint8Array; readonly set: Uint8Array } {
  const count = new Uint8Array(MASKS);
  const set = new Uint8Array(MASKS * COLUMNS);
  for (let mask = 0; mask < MASKS; mask++) {
    bits.forEach((bit, column) => {
      if ((mask >> bit) & 1) set[mask * COLUMNS + count[mask]++] = column;
    });
  }
  return { count, set };
}

const L = new Float64Array(square(COVARIATES.length));
const inverseL = new Float64Array(square(COVARIATES.length));
const solved = new Float64Array(COVARIATES.length);

/** Solves by Cholesky's factors; writes steps and standard errors less the printed ones; false if not positive definite. */
function newtonStep(
  p: number,
  information: Float64Array,
  score: Float64Array,
  standardError: Float64Array,
  deviation: Float64Array,
  offset: number,
): boolean {
  if (!factor(p, information)) return false;
  invert(p);
  for (let a = 0; a < p; a++) {
    let t = 0;
    for (let c = 0; c <= a; c++) t += inverseL[a * p + c] * score[c];
    solved[a] = t;
  }
  for (let c = 0; c < p; c++) {
    let step = 0;
    let variance = 0;
    for (let a = c; a < p; a++) {
      const t = inverseL[a * p + c];
      step += t * solved[a];
      variance += t * t;
    }
    deviation[offset + c] = step;
    deviation[offset + p + c] = Math.sqrt(variance) - standardError[c];
  }
  return true;
}

/** Fills L with the lower factor of a matrix; false if that is not positive definite. */
function factor(p: number, matrix: Float64Array): boolean {
  for (let a = 0; a < p; a++) {
    for (let b = 0; b <= a; b++) {
      let t = matrix[a * p + b];
      for (let c = 0; c < b; c++) t -= L[a * p + c] * L[b * p + c];
      if (a !== b) L[a * p + b] = t / L[b * p + b];
      else if (t < 1e-9) return false;
      else L[a * p + a] = Math.sqrt(t);
    }
  }
  return true;
}

/** Fills inverseL with the inverse of L. */
function invert(p: number): void {
  for (let c = 0; c < p; c++) {
    for (let a = c; a < p; a++) {
      let t = a === c ? 1 : 0;
      for (let b = c; b < a; b++) t -= L[a * p + b] * inverseL[b * p + c];
      inverseL[a * p + c] = t / L[a * p + a];
    }
  }
}
