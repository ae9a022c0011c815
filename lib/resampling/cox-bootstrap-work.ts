import { type CoxDesign, type RefitOptions, refitter } from "../survival/cox/engine";
import { type SamplingPlan, sampleCounts } from "./sampling";

/** Cox fits to bootstrap samples, and then without each row or cluster. */
export interface CoxBootstrapTask extends RefitOptions {
  readonly kind: "cox bootstrap";
  readonly design: CoxDesign;
  readonly plan: SamplingPlan;
  /** The estimates of the whole, on the design's columns; each fit starts from them. */
  readonly start: Float64Array;
}

/** Work whose units give the coefficients of their samples in the covariates' own units. */
export function coxBootstrapWork(task: CoxBootstrapTask) {
  const countsOfRows = rowCounter(task.plan);
  const refit = refitter(task.design, task);
  return {
    width: task.start.length,
    run(unit: number, values: Float64Array, at: number): string | null {
      const found = refit(countsOfRows(unit));
      if (typeof found === "string") return found;
      values.set(found, at);
      return null;
    },
  };
}

/** How often each row is in a unit's sample. */
function rowCounter(plan: SamplingPlan): (unit: number) => Uint32Array {
  const { clusters } = plan;
  if (clusters === null) return (unit) => sampleCounts(plan, unit);
  const { starts, members } = clusters;
  const ofRows = new Uint32Array(plan.n);
  return (unit) => {
    const counts = sampleCounts(plan, unit);
    counts.forEach((count, k) => {
      for (let m = starts[k]; m < starts[k + 1]; m++) ofRows[members[m]] = count;
    });
    return ofRows;
  };
}
