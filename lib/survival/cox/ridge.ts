import { square } from "../../statistics/elementary";
import type { CoxDesign } from "./design";
import type { Objective } from "./partial-likelihood";

/**
 * A likelihood less the ridge penalty θ/2·Σ s_j²·β_j², with s_j the column's standard deviation: all columns shrink
 * alike whatever their units; R's `coxph(… ~ ridge(a, b, theta = θ))` (Gray 1992, JASA 87:942).
 */
export function ridgeObjective(objective: Objective, design: CoxDesign, theta: number): Objective {
  const p = design.names.length;
  const variance = Float64Array.from({ length: p }, (_, j) =>
    sampleVariance(design.x.subarray(j * design.n, (j + 1) * design.n)),
  );
  return (coefficients) => {
    const { logLikelihood, score, information } = objective(coefficients);
    let penalty = 0;
    for (let j = 0; j < p; j++) {
      penalty += (theta / 2) * variance[j] * square(coefficients[j]);
      score[j] -= theta * variance[j] * coefficients[j];
      information[j * p + j] += theta * variance[j];
    }
    return { logLikelihood: logLikelihood - penalty, score, information };
  };
}

function sampleVariance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + square(value - mean), 0) / (values.length - 1);
}
