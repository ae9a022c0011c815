import { exp } from "../../statistics/elementary";
import type { CoxFit } from "../cox/types";
import { sortAndTie } from "../tied-times";
import { checkCauses } from "./causes";
import { estimatedWeightsCovariance } from "./estimated-weights";
import type { FineGrayInput } from "./fine-gray";

/**
 * Standard errors that allow for the estimation of the censoring weights, in the order of the fit's terms; null where
 * the formula does not hold: with late entry, weights, strata, clusters, a penalty, or Efron's ties.
 */
export function estimatedWeightsErrors(input: FineGrayInput, cause: string, fit: CoxFit): number[] | null {
  const { entry, weights, strata, cluster } = input;
  if ([entry, weights, strata, cluster].some((column) => column !== undefined)) return null;
  if (fit.ties !== "breslow" || fit.penalty !== "none" || fit.terms.length === 0) return null;
  const { outcome: checked, causes, code: causeOfRow } = checkCauses("fineGray", input);
  const interest = causes.indexOf(cause) + 1;
  const outcome = sortAndTie("fineGray", checked);
  const { n, order } = outcome;
  const p = fit.terms.length;
  const x = new Float64Array(n * p);
  const scale = new Float64Array(p); // columns of any size are brought to one, as cox() does
  const predictor = Float64Array.from(order, (row) => input.offset?.[row] ?? 0);
  fit.terms.forEach(({ name, coefficient }, j) => {
    const column = input.covariates[name];
    let mean = 0;
    for (let i = 0; i < n; i++) mean += column[i] / n;
    for (let i = 0; i < n; i++) scale[j] += Math.abs(column[i] - mean) / n;
    for (let i = 0; i < n; i++) {
      const centered = column[order[i]] - mean;
      predictor[i] += coefficient * centered;
      x[j * n + i] = centered / scale[j];
    }
  });
  const largest = predictor.reduce((most, value) => Math.max(most, value), -Infinity);
  const code = Uint8Array.from(order, (row) =>
    causeOfRow[row] === 0 ? 0 : causeOfRow[row] === interest ? 1 : 2,
  );
  const covariance = estimatedWeightsCovariance({
    outcome,
    code,
    risk: predictor.map((v) => exp(v - largest)),
    x,
  });
  return Array.from({ length: p }, (_, j) => Math.sqrt(covariance[j * p + j]) / scale[j]);
}
