import { InvalidInputError } from "../../statistics";
import { exp, log } from "../../statistics/elementary";
import type { CoxDesign } from "./design";
import { fillPredictor, type RiskSums } from "./hazards";
import { type Evaluation, evaluate, type Objective } from "./partial-likelihood";
import { atRiskAt } from "./risk-sets";

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
 * Of n like rows j can be taken in C(n, j) ways: a counted row is one step, whose sum goes over j.
 * At a time with a single event the term is Breslow's, and Breslow's likelihood is had for all times at once: it is
 * taken, and at each tied time its term is exchanged for the exact one.
 *
 * @param breslow space of Breslow's likelihood of the design
 * @throws {InvalidInputError} if weights are not all 1 or 0 (a set of rows has no weight), or so many events are tied
 *   that one evaluation would take minutes
 */
export function exactObjective(breslow: RiskSums): Objective {
  const { design, sets } = breslow;
  checkWeights(design);
  checkWork(breslow);
  const predictor = new Float64Array(design.n);
  return (coefficients) => {
    const whole = evaluate(breslow, coefficients);
    fillPredictor(design, coefficients, predictor);
    let { logLikelihood } = whole;
    for (let s = 0; s + 1 < sets.strata.length; s++) {
      for (let e = sets.strata[s]; e < sets.strata[s + 1]; e++) {
        if (sets.events[e] === 1) continue;
        const members = atRiskAt(design, sets, s, e).filter((i) => design.weights?.[i] !== 0);
        logLikelihood = exchange(whole, logLikelihood, { design, predictor, members }, sets.events[e]);
      }
    }
    const { score, information } = whole;
    const p = score.length;
    for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) information[k * p + j] = information[j * p + k];
    return { logLikelihood, score, information };
  };
}

function checkWeights({ weights, counts, row }: CoxDesign): void {
  weights?.forEach((mass, i) => {
    const weight = counts === null ? mass : mass / counts[i];
    if (weight !== 0 && weight !== 1) {
      const message = `cox: weights[${row[i]}] is ${weight}; with ties: "exact" only weights of 0 and 1 have a meaning`;
      throw new InvalidInputError(message, "weights", row[i]);
    }
  });
}

function checkWork({ design, sets }: RiskSums): void {
  const { strata } = design;
  const p = design.names.length;
  let work = 0;
  for (let s = 0; s + 1 < strata.length; s++) {
    for (let e = sets.strata[s]; e < sets.strata[s + 1]; e++) {
      const d = sets.events[e];
      let steps = 0;
      for (let i = sets.first[e]; i < strata[s + 1]; i++)
        steps += Math.min(d, design.counts === null ? 1 : design.counts[i]);
      work += d * steps * (1 + p + (p * (p + 1)) / 2);
    }
  }
  if (work > MOST_WORK) {
    throw new InvalidInputError(
      'cox: so many events are tied in so large risk sets that exact ties would take minutes; use ties: "efron"',
      "ties",
    );
  }
}

/** Those at risk at one event time. */
interface Members {
  readonly design: CoxDesign;
  readonly predictor: Float64Array;
  /** Their positions. */
  readonly members: readonly number[];
}

/** Puts the exact term of a time with d events into derivatives (lower triangle) that have Breslow's; returns the log likelihood. */
function exchange({ score, information }: Evaluation, logLikelihood: number, atRisk: Members, d: number): number {
  const p = score.length;
  const { predictor, members } = atRisk;
  const largest = members.reduce((max, i) => Math.max(max, predictor[i]), -Infinity);
  const sum = sumOverSets(atRisk, largest, d);
  const single = sumOverSets(atRisk, largest, 1);
  for (let j = 0; j < p; j++) {
    const mean = sum.first[j] / sum.value;
    const own = single.first[j] / single.value;
    score[j] += d * own - mean;
    for (let k = 0; k <= j; k++) {
      const at = j * p + k;
      information[at] += sum.second[at] / sum.value - mean * (sum.first[k] / sum.value);
      information[at] -= d * (single.second[at] / single.value - own * (single.first[k] / single.value));
    }
  }
  const { counts } = atRisk.design;
  const rows = counts === null ? members.length : members.reduce((total, i) => total + counts[i], 0);
  const withoutBreslow = logLikelihood + d * log(single.value * rows);
  return withoutBreslow - (log(sum.value) + logBinomial(rows, d));
}

function logBinomial(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += log((n - k + i) / i);
  return sum;
}

/**
 * The mean over all sets of d members of ∏ exp(η − shift), and its derivatives. With E(k, r) the mean over sets of k of the
 * first r members, E(k, r) = (1 − k/r)·E(k, r − 1) + (k/r)·exp(η_r)·E(k − 1, r − 1). With n copies of a member that is
 * E(k, r) = Σ_j h_j·exp(j·η_r)·E(k − j, r − n), where h_j is the hypergeometric probability that j of k drawn from r are of the n.
 */
function sumOverSets({ design, predictor, members }: Members, shift: number, d: number) {
  const { x, n } = design;
  const p = design.names.length;
  // For each k: the value, its p first and p × p second derivatives (lower triangle).
  const width = 1 + p + p * p;
  const table = new Float64Array((d + 1) * width);
  table[0] = 1;
  const { counts } = design;
  const chances = new Float64Array(d + 1);
  const covariates = new Float64Array(p);
  let before = 0;
  for (const member of members) {
    const risk = exp(predictor[member] - shift);
    const copies = counts === null ? 1 : counts[member];
    for (let j = 0; j < p; j++) covariates[j] = x[j * n + member];
    for (let k = Math.min(d, before + copies); k >= 1; k--) {
      fillHypergeometric(chances, k, copies, before);
      for (let cell = k * width; cell < (k + 1) * width; cell++) table[cell] *= chances[0];
      let power = 1;
      for (let j = 1; j <= Math.min(k, copies); j++) {
        power *= risk;
        if (chances[j] === 0) continue;
        addSmaller(table, { at: k * width, below: (k - j) * width }, chances[j] * power, covariates, j);
      }
    }
    before += copies;
  }
  const at = d * width;
  return {
    value: table[at],
    first: table.subarray(at + 1, at + 1 + p),
    second: table.subarray(at + 1 + p, at + width),
  };
}

/** Adds `chance` times the sums of smaller sets, to which so many rows with the covariates are added, to those at `at`. */
function addSmaller(
  table: Float64Array,
  { at, below }: { readonly at: number; readonly below: number },
  chance: number,
  covariates: Float64Array,
  copies: number,
): void {
  const p = covariates.length;
  const value = table[below];
  for (let j = 0; j < p; j++) {
    const xj = copies * covariates[j];
    const first = table[below + 1 + j];
    for (let l = 0; l <= j; l++) {
      const xl = copies * covariates[l];
      const cell = 1 + p + j * p + l;
      table[at + cell] += chance * (table[below + cell] + xj * table[below + 1 + l] + xl * first + xj * xl * value);
    }
    table[at + 1 + j] += chance * (first + xj * value);
  }
  table[at] += chance * value;
}

/** The probability that 0, 1, …, of k rows, drawn from n of one kind and m of others, are of the one kind. */
function fillHypergeometric(chances: Float64Array, k: number, n: number, m: number): void {
  if (n === 1) {
    chances[0] = 1 - k / (m + 1);
    chances[1] = k / (m + 1);
    return;
  }
  // From the likeliest number on by ratios; their sum is 1, so that no binomial coefficient is needed.
  const [least, most] = [Math.max(0, k - m), Math.min(k, n)];
  const mode = Math.min(most, Math.max(least, Math.floor(((k + 1) * (n + 1)) / (n + m + 2))));
  const ratio = (j: number) => ((n - j + 1) / j) * ((k - j + 1) / (m - k + j));
  chances.fill(0, 0, k + 1);
  chances[mode] = 1;
  let sum = 1;
  for (let j = mode + 1; j <= most; j++) {
    chances[j] = chances[j - 1] * ratio(j);
    sum += chances[j];
  }
  for (let j = mode; j > least; j--) {
    chances[j - 1] = chances[j] / ratio(j);
    sum += chances[j - 1];
  }
  for (let j = least; j <= most; j++) chances[j] /= sum;
}
