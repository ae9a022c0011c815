import type { PartialLikelihood } from "./partial-likelihood";

/**
 * Each row's contribution to the score, not multiplied by its weight (columns one after the other, in the units of the
 * design's columns); R's `residuals(fit, "score")`.
 *
 * A row contributes x − x̄(t) at its event, and −(x − x̄(t))·exp(η)·dΛ̂(t) at each event time at which it is at risk
 * (Therneau and Grambsch 2000, eq. 4.11). With Efron's method a row that has its event among d tied ones is at risk for
 * the k-th of the d terms with weight 1 − k/d, and x̄ is the mean over the terms. Running sums of x̄·dΛ̂ turn this into
 * one pass a column.
 *
 * The risk sums must be those of the coefficients at which residuals are wanted.
 */
export function scoreResiduals(likelihood: PartialLikelihood): Float64Array {
  const { design, times, sums } = likelihood;
  const { n, x, counted, entry, byEntry, time, strata, weights } = design;
  const p = design.names.length;
  const residuals = new Float64Array(n * p);
  const meanAtEvent = new Float64Array(times.count);
  // Increments of Σ x̄·dΛ̂, for those at risk and for the dying.
  const change = new Float64Array(times.count);
  const changeOfDying = new Float64Array(times.count);
  for (let j = 0; j < p; j++) {
    meanChanges(likelihood, j, meanAtEvent, change, changeOfDying);
    const column = j * n;
    for (let s = 0; s + 1 < strata.length; s++) {
      let sum = 0;
      let i = strata[s];
      for (let e = times.strata[s]; e <= times.strata[s + 1]; e++) {
        const next = e < times.strata[s + 1] ? times.first[e] : strata[s + 1];
        for (; i < next; i++) residuals[column + i] = sum;
        if (e === times.strata[s + 1]) break;
        for (const end = i + times.deaths[e]; i < end; i++) residuals[column + i] = sum + changeOfDying[e];
        sum += change[e];
      }
      if (entry === null || byEntry === null) continue;
      sum = 0;
      let e = times.strata[s];
      for (let k = strata[s]; k < strata[s + 1]; k++) {
        const position = byEntry[k];
        for (; e < times.strata[s + 1] && time[times.first[e]] <= entry[position]; e++) sum += change[e];
        residuals[column + position] -= sum;
      }
    }
    // So far Σ x̄·dΛ̂; risk and expected contain the weight, which a residual does not.
    for (let i = 0; i < n; i++) {
      const weight = weights === null ? 1 : weights[i];
      const risk = weight === 0 ? 0 : sums.risk[i] / weight;
      const expected = weight === 0 ? 0 : sums.expected[i] / weight;
      residuals[column + i] = risk * residuals[column + i] - x[column + i] * expected;
    }
    for (let e = 0; e < times.count; e++) {
      const from = times.first[e];
      for (let i = from; i < from + times.deaths[e]; i++) {
        if (counted[i] === 1) residuals[column + i] += x[column + i] - meanAtEvent[e];
      }
    }
  }
  return residuals;
}

/** For column j at each event time: the mean x̄ over the terms, and Σ x̄·w̄/S₀ for those at risk and the dying. */
function meanChanges(
  likelihood: PartialLikelihood,
  j: number,
  mean: Float64Array,
  change: Float64Array,
  changeOfDying: Float64Array,
): void {
  const { design, times, sums, ties } = likelihood;
  const atRisk = sumOverRiskSets(likelihood, j);
  const column = j * design.n;
  for (let e = 0; e < times.count; e++) {
    const d = times.deaths[e];
    const first = atRisk[e];
    if (d === 1 || ties === "breslow" || sums.dying === null) {
      mean[e] = first / sums.atRisk[e];
      change[e] = mean[e] * sums.increment[e];
      changeOfDying[e] = change[e];
      continue;
    }
    let ofDying = 0;
    const from = times.first[e];
    for (let i = from; i < from + d; i++) ofDying += sums.risk[i] * design.x[column + i];
    const weight = times.weight[e] / d;
    mean[e] = 0;
    change[e] = 0;
    changeOfDying[e] = 0;
    for (let k = 0; k < d; k++) {
      const f = k / d;
      const left = sums.atRisk[e] - f * sums.dying[e];
      const average = (first - f * ofDying) / left;
      mean[e] += average / d;
      change[e] += (average * weight) / left;
      changeOfDying[e] += ((1 - f) * average * weight) / left;
    }
  }
}

/** Σ risk·x over the risk set of each event time, for column j. */
export function sumOverRiskSets({ design, times, sums }: PartialLikelihood, j: number): Float64Array {
  const { strata, entry, byEntry, time, x, n } = design;
  const result = new Float64Array(times.count);
  const column = j * n;
  for (let s = 0; s + 1 < strata.length; s++) {
    let sum = 0;
    let i = strata[s + 1];
    let k = strata[s + 1];
    for (let e = times.strata[s + 1] - 1; e >= times.strata[s]; e--) {
      const boundary = i;
      let change = 0;
      while (i > times.first[e]) {
        i--;
        change += sums.risk[i] * x[column + i];
      }
      if (entry !== null && byEntry !== null && sums.fresh !== null) {
        for (; k > strata[s] && entry[byEntry[k - 1]] >= time[times.first[e]]; k--) {
          const position = byEntry[k - 1];
          const term = sums.risk[position] * x[column + position];
          if (position >= boundary) sum -= term;
          else change -= term;
        }
        sum = sums.fresh[e] === 1 ? change : sum + change;
      } else {
        sum += change;
      }
      result[e] = sum;
    }
  }
  return result;
}

/** The mean of column j over the risk set of each event time, over its terms with Efron's method. */
export function termMeans(likelihood: PartialLikelihood, j: number): Float64Array {
  const mean = new Float64Array(likelihood.times.count);
  meanChanges(likelihood, j, mean, new Float64Array(mean.length), new Float64Array(mean.length));
  return mean;
}

/** Σ x̄·dΛ̂ of column j at each event time (not cumulated), for those at risk. */
export function hazardMeans(likelihood: PartialLikelihood, j: number): Float64Array {
  const change = new Float64Array(likelihood.times.count);
  meanChanges(likelihood, j, new Float64Array(change.length), change, new Float64Array(change.length));
  return change;
}
