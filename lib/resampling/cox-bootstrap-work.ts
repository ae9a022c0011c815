import type { CoxDesign } from "../survival/cox/engine";
import {
  evaluate,
  exactObjective,
  findSeparation,
  firthObjective,
  maximise,
  type Objective,
  partialLikelihood,
} from "../survival/cox/engine";
import { resampleDesign } from "./cox-sample";
import { type SamplingPlan, sampleCounts } from "./sampling";
import type { Work } from "./work";

/** Cox fits to bootstrap samples, and then without each row or cluster. */
export interface CoxBootstrapTask {
  readonly kind: "cox bootstrap";
  readonly design: CoxDesign;
  readonly plan: SamplingPlan;
  /** The estimates of the whole, on the design's columns; each fit starts from them. */
  readonly start: Float64Array;
  readonly ties: "efron" | "breslow" | "exact";
  readonly firth: boolean;
  readonly maxIterations: number;
  readonly tolerance: number;
}

/** A unit gives the coefficients of its sample in the covariates' own units. */
export function coxBootstrapWork(task: CoxBootstrapTask): Work {
  const { design, plan, start } = task;
  const p = start.length;
  const countsOfRows = rowCounter(plan);
  return {
    width: p,
    run(unit, values, at) {
      const sample = resampleDesign(design, countsOfRows(unit));
      const events = sample.counted.reduce((sum, value) => sum + value, 0);
      if (events === 0) return "no row has the event";
      const likelihood = partialLikelihood(sample, task.ties === "efron" ? "efron" : "breslow");
      const plain: Objective =
        task.ties === "exact" ? exactObjective(sample) : (coefficients) => evaluate(likelihood, coefficients);
      const maximum = maximise(task.firth ? firthObjective(likelihood) : plain, start, { ...task, events });
      // The iteration also ends on the way to infinity, once the likelihood rises too little; the step shows it.
      // One of less than 0.1 on every row does not, and no row of a scaled column is larger than n.
      const isShort =
        design.weights === null && maximum.step.every((value) => Math.abs(value) * design.n < 0.05);
      const separation =
        task.firth || isShort ? null : findSeparation(sample, likelihood.times, maximum.step);
      if (separation !== null) return separation.message.replace(/^cox: /, "");
      const missing = maximum.decomposition.redundant.indexOf(1);
      if (!maximum.converged && missing < 0) {
        return `the likelihood's maximum was not reached in ${maximum.iterations} iterations`;
      }
      if (missing >= 0) {
        return `"${design.names[missing]}" is constant where events occur, or a combination of other covariates`;
      }
      for (let j = 0; j < p; j++) values[at + j] = maximum.coefficients[j] / design.scale[j];
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
