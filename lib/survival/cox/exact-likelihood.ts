import { InvalidInputError } from "../errors";
import type { CoxDesign } from "./design";
import { eventTimes } from "./event-times";
import { fillPredictor, type Objective } from "./partial-likelihood";

/** Above so many multiplications an evaluation takes minutes. */
const MOST_WORK = 2e10;

/**
 * The exact partial likelihood of tied events on a discrete scale of time, R's `coxph(…, ties = "exact")`: at each
 * time the probability that of all sets of d rows at risk just those with the event have it,
 * ∏ exp(η)/Σ over all sets of d rows of ∏ exp(η). It is conditional logistic regression where strata are matched sets.
 *
 * The sum over sets is the elementary symmetric polynomial of degree d, built up one row at a time,
 * B(k, r) = B(k, r − 1) + exp(η_r)·B(k − 1, r − 1), and so are its derivatives (Gail, Lubin and Rubinstein 1981,
 * Biometrika 68:703). Each degree is divided by the binomial coefficient on the way, so that none overflows.
 *
 * @throws {InvalidInputError} if weights are not all 1 or 0 (a set of rows has no weight), or so many events are tied
 *   that one evaluation would take minutes
 */
export function exactObjective(design: CoxDesign): Objective {
  const { n, weights, strata, entry, time, x } = design;
  const p = design.names.length;
  weights?.forEach((weight, i) => {
    if (weight !== 0 && weight !== 1) {
      const message = `cox: weights[${design.row[i]}] is ${weight}; with ties: "exact" only weights of 0 and 1 have a meaning`;
      throw new InvalidInputError(message, "weights", design.row[i]);
    }
  });
  const times = eventTimes(design);
  let work = 0;
  for (let s = 0; s + 1 < strata.length; s++) {
    for (let e = times.strata[s]; e < times.strata[s + 1]; e++) {
      work += times.deaths[e] * (strata[s + 1] - times.first[e]) * (1 + p + (p * (p + 1)) / 2);
    }
  }
  if (work > MOST_WORK) {
    throw new InvalidInputError(
      'cox: so many events are tied in so large risk sets that exact ties would take minutes; use ties: "efron"',
      "ties",
    );
  }
  const predictor = new Float64Array(n);
  return (coefficients) => {
    fillPredictor(design, coefficients, predictor);
    let logLikelihood = 0;
    const score = new Float64Array(p);
    const information = new Float64Array(p * p);
    const members: number[] = [];
    for (let s = 0; s + 1 < strata.length; s++) {
      for (let e = times.strata[s]; e < times.strata[s + 1]; e++) {
        const from = times.first[e];
        const d = times.deaths[e];
        members.length = 0;
        let largest = -Infinity;
        for (let i = from; i < strata[s + 1]; i++) {
          if ((entry !== null && entry[i] >= time[from]) || (weights !== null && weights[i] === 0)) continue;
          members.push(i);
          largest = Math.max(largest, predictor[i]);
        }
        for (let i = from; i < from + d; i++) {
          logLikelihood += predictor[i] - largest;
          for (let j = 0; j < p; j++) score[j] += x[j * n + i];
        }
        const sum = sumOverSets(x, n, p, predictor, largest, members, d);
        logLikelihood -= Math.log(sum.value) + logBinomial(members.length, d);
        for (let j = 0; j < p; j++) {
          const mean = sum.first[j] / sum.value;
          score[j] -= mean;
          for (let k = 0; k <= j; k++) {
            information[j * p + k] += sum.second[j * p + k] / sum.value - mean * (sum.first[k] / sum.value);
          }
        }
      }
    }
    for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) information[k * p + j] = information[j * p + k];
    return { logLikelihood, score, information };
  };
}

function logBinomial(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}

/**
 * The mean over all sets of d members of ∏ exp(η), and its derivatives. With E(k, r) the mean over sets of k of the
 * first r members, E(k, r) = (1 − k/r)·E(k, r − 1) + (k/r)·exp(η_r)·E(k − 1, r − 1).
 */
function sumOverSets(
  x: Float64Array,
  n: number,
  p: number,
  predictor: Float64Array,
  shift: number,
  members: readonly number[],
  d: number,
) {
  // For each k: the value, its p first and p(p + 1)/2 second derivatives.
  const width = 1 + p + p * p;
  const table = new Float64Array((d + 1) * width);
  table[0] = 1;
  members.forEach((member, index) => {
    const r = index + 1;
    const risk = Math.exp(predictor[member] - shift);
    for (let k = Math.min(d, r); k >= 1; k--) {
      const keep = 1 - k / r;
      const take = (k / r) * risk;
      const at = k * width;
      const below = at - width;
      for (let j = 0; j < p; j++) {
        const xj = x[j * n + member];
        for (let l = 0; l <= j; l++) {
          const xl = x[l * n + member];
          const cell = 1 + p + j * p + l;
          table[at + cell] =
            keep * table[at + cell] +
            take *
              (table[below + cell] +
                xj * table[below + 1 + l] +
                xl * table[below + 1 + j] +
                xj * xl * table[below]);
        }
      }
      for (let j = 0; j < p; j++) {
        table[at + 1 + j] =
          keep * table[at + 1 + j] + take * (table[below + 1 + j] + x[j * n + member] * table[below]);
      }
      table[at] = keep * table[at] + take * table[below];
    }
  });
  const at = d * width;
  return {
    value: table[at],
    first: table.subarray(at + 1, at + 1 + p),
    second: table.subarray(at + 1 + p, at + width),
  };
}
