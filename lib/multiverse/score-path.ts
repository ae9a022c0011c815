import { exp } from "../statistics/elementary";
import { cox, SurvivalError } from "../survival";
import { cholesky, choleskySolve } from "../survival/cholesky";
import type { Analysis } from "./multiverse";

/**
 * What the score test of one 0/1 covariate needs, for any dealing of its labels to women: the martingale residuals of the
 * model without it, and the information about it that the other covariates leave.
 */
export interface ScorePath {
  /** Place among the women of the whole data by place here: those with a row in which they could be featured. */
  readonly women: readonly number[];
  /** Σ of martingale residuals of her rows in which she could be featured. */
  readonly residual: Float64Array;
  /** Efficient information, women × women, row-major. */
  readonly information: Float64Array;
}

/** A score test: U/V approximates the coefficient in one step from 0, U/√V is the test statistic. */
export interface ScoreTest {
  readonly estimate: number;
  readonly z: number;
}

/**
 * Prepares the score test of a specification (Rao 1948; Cox 1972, JRSS B 34:187).
 *
 * The model without the covariate does not depend on who is featured. So it is fitted once; then the score is a sum over
 * the featured, U = Σ M_i with the martingale residuals M (Barlow and Prentice 1988, Biometrika 75:65), and its variance
 * V = Σ Σ W_ij with the efficient information W = I_xx − I_xz I_zz⁻¹ I_zx of the rows' own indicators, ties by Efron's
 * method. A permutation of labels then costs some hundred additions and no fit.
 *
 * @param analysis a specification's rows; weights and strata are not looked at
 * @param term the covariate whose labels are dealt
 * @returns null where the model without the covariate cannot be fitted
 */
export function scorePath(analysis: Analysis, term: string): ScorePath | null {
  const { input, women: womanOf, couldBeTreated } = analysis;
  const n = input.time.length;
  const others = Object.keys(input.covariates).filter((name) => name !== term);
  const predictor = nullPredictor(analysis, others);
  if (predictor === null) return null;
  const z = others.map((name) => Float64Array.from(input.covariates[name]));
  const q = z.length;
  const women = [...new Set(womanOf.filter((_, i) => couldBeTreated[i]))];
  const placeOf = new Map(women.map((woman, at) => [woman, at]));
  const place = Int32Array.from({ length: n }, (_, i) =>
    couldBeTreated[i] ? (placeOf.get(womanOf[i]) ?? -1) : -1,
  );
  const m = women.length;
  const residual = new Float64Array(m);
  const information = new Float64Array(m * m);
  const cross = new Float64Array(m * q);
  const zz = new Float64Array(q * q);
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => input.time[a] - input.time[b]);
  const isEvent = Array.from({ length: n }, (_, i) => Number(input.event[i]) === 1);
  const share = new Float64Array(n);
  const mean = new Float64Array(q);
  const atRisk: number[] = [];
  const placed: number[] = [];
  for (let from = 0; from < n; ) {
    const time = input.time[order[from]];
    let to = from;
    while (to < n && input.time[order[to]] === time) to++;
    const dead = order.slice(from, to).filter((i) => isEvent[i]);
    if (dead.length > 0) {
      atRisk.length = 0;
      placed.length = 0;
      for (let k = from; k < n; k++) {
        const i = order[k];
        if (input.entry !== undefined && input.entry[i] >= time) continue;
        atRisk.push(i);
        if (place[i] >= 0) placed.push(i);
      }
      for (const i of dead) if (place[i] >= 0) residual[place[i]]++;
      for (let k = 0; k < dead.length; k++) {
        let total = 0;
        for (const i of atRisk) share[i] = predictor[i];
        for (const i of dead) share[i] *= 1 - k / dead.length;
        for (const i of atRisk) total += share[i];
        for (const i of atRisk) share[i] /= total;
        for (let j = 0; j < q; j++) {
          mean[j] = 0;
          for (const i of atRisk) mean[j] += share[i] * z[j][i];
        }
        for (const i of atRisk) {
          for (let j = 0; j < q; j++) {
            const d = share[i] * (z[j][i] - mean[j]);
            if (place[i] >= 0) cross[place[i] * q + j] += d;
            for (let l = 0; l <= j; l++) zz[j * q + l] += d * (z[l][i] - mean[l]);
          }
        }
        for (const i of placed) {
          const at = place[i];
          residual[at] -= share[i];
          information[at * m + at] += share[i];
          for (const l of placed) information[at * m + place[l]] -= share[i] * share[l];
        }
      }
    }
    from = to;
  }
  takeOut(information, cross, zz, m, q);
  return { women, residual, information };
}

/** exp(γ·z) of each row at the maximum without the covariate, up to a factor; null where there is none. */
function nullPredictor({ input, options }: Analysis, others: readonly string[]): Float64Array | null {
  const n = input.time.length;
  const predictor = new Float64Array(n).fill(1);
  if (others.length === 0) return predictor;
  const covariates = Object.fromEntries(others.map((name) => [name, input.covariates[name]]));
  try {
    const { terms } = cox(
      { time: input.time, event: input.event, entry: input.entry, covariates },
      { ties: options?.ties },
    );
    const eta = new Float64Array(n);
    for (const { name, coefficient } of terms) {
      for (let i = 0; i < n; i++) eta[i] += coefficient * input.covariates[name][i];
    }
    const largest = eta.reduce((a, b) => Math.max(a, b), -Infinity);
    return eta.map((value) => exp(value - largest));
  } catch (error) {
    if (error instanceof SurvivalError) return null;
    throw error;
  }
}

/** W = I_xx − I_xz I_zz⁻¹ I_zx, in place. */
function takeOut(
  information: Float64Array,
  cross: Float64Array,
  zz: Float64Array,
  m: number,
  q: number,
): void {
  if (q === 0) return;
  const decomposition = cholesky(zz, q, 1e-11);
  const solved = Array.from({ length: m }, (_, at) =>
    choleskySolve(decomposition, cross.subarray(at * q, at * q + q)),
  );
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) {
      let sum = 0;
      for (let j = 0; j < q; j++) sum += cross[a * q + j] * solved[b][j];
      information[a * m + b] -= sum;
    }
  }
}

/**
 * The score test when some women are featured.
 *
 * @param labels 1 for the featured, by the women of the whole data
 * @returns null where nothing can be compared
 */
export function scoreTest(path: ScorePath, labels: Uint8Array): ScoreTest | null {
  const chosen: number[] = [];
  path.women.forEach((woman, at) => {
    if (labels[woman] === 1) chosen.push(at);
  });
  const m = path.women.length;
  let [score, variance] = [0, 0];
  for (const a of chosen) {
    score += path.residual[a];
    for (const b of chosen) variance += path.information[a * m + b];
  }
  return variance > 1e-9 ? { estimate: score / variance, z: score / Math.sqrt(variance) } : null;
}
