import { square } from "../../statistics/elementary";
import { cholesky, choleskyInverse } from "../cholesky";
import { sandwich } from "../cox/robust";
import { type FittedRows, fineGrayMoments } from "./fine-gray-moments";

/**
 * The covariance of Fine and Gray's coefficients that allows for the estimation of the censoring weights, the one
 * that `cmprsk::crr` gives: I⁻¹·Σ(η + ψ)(η + ψ)ᵀ·I⁻¹ (Fine and Gray 1999, JASA 94:496, in their notation).
 *
 * η is a row's score residual, and ψ its influence through G: q(u)/r(u) at its own censoring at u, less
 * Σ q(u)·(censored)/r(u)² over the censoring times up to its end, r being the number at risk of censoring. With Ĝ as
 * one factor of all weights, q(u), a double sum over lost rows before u and events from u on, is a product of two sums.
 *
 * @returns p × p, row-major; Breslow's ties, no late entry, all weights 1
 */
export function estimatedWeightsCovariance(rows: FittedRows): Float64Array {
  const { outcome, code, risk, x } = rows;
  const { n } = outcome;
  const p = x.length / n;
  const information = new Float64Array(p * p);
  const products = new Float64Array(p * p);
  const score = new Float64Array(p);
  const psi = new Float64Array(p); // −Σ q·(censored)/r² up to the present time
  for (const moment of fineGrayMoments(rows)) {
    const { from, to, events, censored, uncensored, mean, lost, hazard, fromHere, after } = moment;
    const atRisk = n - from - (to - from - censored);
    const q = Float64Array.from(
      { length: p },
      (_, j) => lost[j + 1] * fromHere[0] - lost[0] * fromHere[j + 1],
    );
    const before = psi.slice();
    if (censored > 0) for (let j = 0; j < p; j++) psi[j] -= (censored * q[j]) / square(atRisk);
    for (let i = from; i < to; i++) {
      const value = (j: number) => x[j * n + i];
      const later = code[i] === 2 ? 1 / uncensored : 0; // whoever had another cause stays at risk, with less weight
      for (let j = 0; j < p; j++) {
        const expected = value(j) * hazard[0] - hazard[j + 1] + later * (value(j) * after[0] - after[j + 1]);
        const eta = (code[i] === 1 ? value(j) - mean[j] : 0) - risk[i] * expected;
        score[j] = eta + (code[i] === 0 ? q[j] / atRisk + psi[j] : before[j]);
      }
      const exposure = risk[i] * (hazard[0] + later * after[0]);
      for (let j = 0; j < p; j++) {
        for (let k = 0; k < p; k++) {
          products[j * p + k] += score[j] * score[k];
          information[j * p + k] += exposure * value(j) * value(k);
        }
      }
    }
    for (let j = 0; j < p; j++)
      for (let k = 0; k < p; k++) information[j * p + k] -= events * mean[j] * mean[k];
  }
  return sandwich(choleskyInverse(cholesky(information, p)), products, p);
}
