import { normalQuantile } from "../../statistics";
import { dot, multiply, sandwich } from "../../statistics/inner";
import { type Wald, wald } from "../confidence-interval";
import type { AliasedWarning, ConvergenceWarning, FewClustersWarning, SeparationWarning } from "../cox/types";
import { hasFractions, rowsCounted } from "../outcome";
import { maximiseRows, type RowLikelihood, type RowMaximum, scoreSquares } from "./likelihood";
import { type Block, type ParametricRows, withoutCovariates } from "./rows";

/** A parameter with Wald's test and limits, from the robust error where there is one. */
export interface ParametricTerm extends Wald {
  readonly name: string;
  readonly coefficient: number;
  /** From the inverse information; null, with all that follows, where the likelihood has no maximum. */
  readonly standardError: number | null;
  /** From the sandwich variance, where there are clusters or weights that are not whole numbers, and it holds. */
  readonly robustStandardError: number | null;
}

export type ParametricWarning = AliasedWarning | ConvergenceWarning | FewClustersWarning | SeparationWarning;

/** Blocks one after the other, and how many parameters they have. */
export function placed(blocks: readonly Block[]) {
  let size = 0;
  const all = blocks.map((block) => {
    size += block.names.length;
    return { ...block, first: size - block.names.length };
  });
  return { blocks: all, size };
}

/** Blocks and where the parameters of each begin. */
type PlacedBlocks = ReturnType<typeof placed>["blocks"];

/** A likelihood whose first parameters are those of blocks. */
export interface FormModel extends RowLikelihood {
  readonly rows: ParametricRows;
  readonly blocks: PlacedBlocks;
}

/** What a fit of any of these models says of itself beside its coefficients. */
export interface FormFit {
  /** Rows, each as often as it was counted. */
  readonly n: number;
  /** Number (or weight) of events. */
  readonly events: number;
  readonly confidence: number;
  readonly aliased: readonly string[];
  /** Of the terms, in their order; robust where there are clusters; null where it does not hold. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** Of the times themselves, not of their logarithms; `null` without covariates. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly df: number;
  readonly aic: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly ParametricWarning[];
}

/**
 * The maximum of a model of blocks, which begins where that without covariates ended, and what follows from it.
 *
 * @param start of the first parameters of the model without covariates, the others being 0
 * @param shapes names of the parameters behind those of the blocks
 */
export function fitModel(
  modelOf: (blocks: readonly Block[]) => FormModel,
  blocks: readonly Block[],
  start: readonly number[],
  shapes: readonly string[] = [],
) {
  const model = modelOf(blocks);
  const { rows, size } = model;
  const { action, confidence } = rows;
  const hasCovariates = blocks.some(({ columns, plain }) => columns.length > plain);
  const atNull = maximiseRows(modelOf(blocks.map(withoutCovariates)), start);
  const known = [...atNull.theta];
  const onward = blocks.flatMap(({ names, plain }) => names.map((_, j) => (j < plain ? (known.shift() ?? 0) : 0)));
  const maximum = hasCovariates ? maximiseRows(model, [...onward, ...known]) : atNull;
  const { converged, iterations, logLikelihood } = maximum;
  const found = inOwnUnits(model, maximum);
  const used = found.robust ?? (found.few ? null : found.naive);
  const covariance = used === null || found.infinite.length > 0 ? null : used;
  const aliases = blocks.flatMap(({ warnings }) => warnings);
  const isNullLow = converged && !atNull.converged;
  const noNull = `${action}: the maximum of the likelihood without covariates was not reached, so that logLikelihood.null is too low`;
  const fit: FormFit = {
    n: rowsCounted(rows),
    events: rows.events,
    confidence,
    aliased: aliases.map(({ covariate }) => covariate),
    covariance: covariance && found.theta.map((_, i) => Array.from(covariance.subarray(i * size, (i + 1) * size))),
    logLikelihood: { null: atNull.logLikelihood, fitted: logLikelihood },
    df: size,
    aic: 2 * size - 2 * logLikelihood,
    iterations,
    converged,
    warnings: [
      ...aliases,
      ...(found.few ? [fewClusters(action, rows.clusters, size, NO_LIMITS)] : []),
      ...endings(action, found.infinite, maximum),
      ...(isNullLow ? [{ kind: "ConvergenceWarning" as const, message: noNull }] : []),
    ],
  };
  const quantile = normalQuantile((1 + confidence) / 2);
  const terms = [...blocks.flatMap(({ names }) => names), ...shapes].map((name, j): ParametricTerm => {
    const coefficient = found.theta[j];
    const holds = (converged || found.infinite.length > 0) && found.isFinite[j];
    const error = (v: Float64Array | null) => (v === null || !holds ? null : Math.sqrt(v[j * size + j]));
    const [standardError, robustStandardError] = [error(found.naive), error(found.robust)];
    const waldError = robustStandardError ?? (found.few ? null : standardError);
    return { name, coefficient, standardError, robustStandardError, ...wald(coefficient, waldError, quantile) };
  });
  return { fit, terms, theta: maximum.theta };
}

/** From parameters of centered and scaled columns, and their variance, to those of the covariates' own units: the intercept takes
 * back what centering took. */
export function ownUnits(size: number, blocks: PlacedBlocks) {
  const back = new Float64Array(size * size);
  for (let i = 0; i < size; i++) back[i * size + i] = 1;
  for (const { names, first, scale, center } of blocks) {
    for (let j = 1; j < names.length; j++) {
      back[(first + j) * size + first + j] = 1 / scale[j];
      back[first * size + first + j] = -center[j] / scale[j];
    }
  }
  const transposed = back.map((_, k) => back[(k % size) * size + Math.floor(k / size)]);
  return {
    point: (theta: Float64Array): number[] =>
      Array.from({ length: size }, (_, i) => dot(back, i * size, theta, 0, size)),
    variance: (v: Float64Array): Float64Array => multiply(multiply(back, v, size), transposed, size),
  };
}

const NO_LIMITS =
  "there is no robust variance that holds, and so no limits and p values; the standard errors are those of independent rows";

/** How far a last step reaches, in mean absolute deviations of a covariate, where its coefficient grows for ever. */
const ENDLESS = 1e-3;

/** Estimates and variances in the covariates' own units, and which of them hold. */
function inOwnUnits(model: FormModel, { theta, direction, covariance, generalInverse }: RowMaximum) {
  const { rows, size, blocks } = model;
  const units = ownUnits(size, blocks);
  const infinite = endless(model, direction);
  const naive = infinite.length > 0 ? generalInverse : covariance;
  const isRobust = rows.cluster !== null || hasFractions(rows);
  // A robust variance that does not hold: no limits and no p value are better than those of independent rows.
  const few = isRobust && rows.clusters <= Math.max(2, size);
  const robust = naive === null || !isRobust || few ? null : sandwich(naive, scoreSquares(model, theta), size);
  // An intercept may go for ever with a covariate.
  const reach = Float64Array.from(direction);
  for (const { first } of blocks) reach[first] = units.point(direction)[first];
  return {
    theta: units.point(theta),
    naive: naive && units.variance(naive),
    robust: robust && units.variance(robust),
    few,
    infinite,
    isFinite: Array.from(reach, (step) => infinite.length === 0 || Math.abs(step) <= ENDLESS),
  };
}

/** Covariates whose coefficients have no finite estimate. */
function endless({ blocks }: FormModel, direction: Float64Array): string[] {
  const goesOn = Array.from(direction, (step) => Math.abs(step) > ENDLESS);
  const { size } = placed(blocks);
  // Where the form itself goes on for ever, as where all events have one time, nothing is known of any coefficient.
  if (goesOn.slice(size).includes(true)) return [];
  return blocks.flatMap(({ names, first }) => {
    const found = names.filter((_, j) => goesOn[first + j]);
    // Centering lets the intercept go with a covariate.
    return found.length > 1 && found[0] === names[0] ? found.slice(1) : found;
  });
}

/** @param so what follows of it */
export function fewClusters(action: string, clusters: number, size: number, so: string): FewClustersWarning {
  const message = `${action}: ${clusters} clusters for ${size} coefficients; ${so}`;
  return { kind: "FewClustersWarning", clusters, message };
}

function endings(action: string, infinite: readonly string[], maximum: RowMaximum): ParametricWarning[] {
  if (infinite.length > 0) {
    const names = infinite.map((name) => `"${name}"`).join(", ");
    const message = `${action}: the likelihood rises for ever along ${names}: there a group has no event, or another has nothing else; the coefficient has no finite estimate and no standard error`;
    return [{ kind: "SeparationWarning", covariates: infinite, message }];
  }
  if (maximum.converged) return [];
  const message = `${action}: the likelihood's maximum was not reached in ${maximum.iterations} iterations: it may have none, as where all events have one time, or too few events for so many parameters`;
  return [{ kind: "ConvergenceWarning", message }];
}
