import { InvalidInputError, NoEventsError, normalQuantile } from "../../statistics";
import { cholesky, columnNames, dot, multiply, sandwich } from "../../statistics/inner";
import { wald } from "../confidence-interval";
import { standardize } from "../cox/design";
import { SINGULAR } from "../cox/newton";
import type { AliasedWarning, ConvergenceWarning, FewClustersWarning, SeparationWarning } from "../cox/types";
import { groupRows } from "../groups";
import {
  type CheckedOutcome,
  checkFinite,
  checkInput,
  checkOutcome,
  covariateNames,
  hasFractions,
  type Labels,
  OUTCOME,
  type Outcome,
  rowsCounted,
  type Vector,
} from "../outcome";
import { type LinearPredictor, type RowLikelihood, type RowMaximum, scoreSquares } from "./likelihood";

/** What a model with a form for the baseline is fitted to; all vectors of length n. */
export interface ParametricInput extends Outcome {
  /** Columns by name; without any, the model of all rows alike. */
  readonly covariates?: Readonly<Record<string, Vector>>;
  /** The names in the order of the terms; that of `covariates` unless told, as for cox(). */
  readonly order?: readonly string[];
  /** Rows of a cluster are not independent; the robust variance sums over it. */
  readonly cluster?: Labels;
  /** Added to the linear predictor with coefficient 1. */
  readonly offset?: Vector;
}

/** The fields of a ParametricInput, and what modelFrame() tells of its rows beside them. */
export const PARAMETRIC_INPUT = [...OUTCOME, "covariates", "order", "cluster", "offset", "rows", "incomplete"];

export interface ParametricTerm {
  readonly name: string;
  readonly coefficient: number;
  /** From the inverse information; null, with all that follows, where the likelihood has no maximum. */
  readonly standardError: number | null;
  /** From the sandwich variance, where there are clusters or weights that are not whole numbers, and it holds. */
  readonly robustStandardError: number | null;
  /** Wald's limits of the coefficient. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly z: number | null;
  readonly pValue: number | null;
}

export type ParametricWarning = AliasedWarning | ConvergenceWarning | FewClustersWarning | SeparationWarning;

/** Rows that were checked for a likelihood of times: all of them above 0. */
export interface ParametricRows extends CheckedOutcome {
  readonly action: string;
  readonly offset: Float64Array | null;
  readonly cluster: Uint32Array | null;
  readonly clusters: number;
  /** Weight of the events. */
  readonly events: number;
}

/** @throws {InvalidInputError} where a time is 0, whose logarithm no such model has, or another argument cannot be used */
export function parametricRows(action: string, input: ParametricInput, used: readonly string[]): ParametricRows {
  checkInput(action, input, used);
  const checked = checkOutcome(action, input);
  const { n, time, event, weights } = checked;
  const none = time.indexOf(0);
  if (none >= 0) {
    const message = `${action}: time[${none}] is 0; times above 0 are needed, since the model is of their logarithm (half a unit for an event on the first day, or leave the row out)`;
    throw new InvalidInputError(message, "time", none);
  }
  let events = 0;
  for (let i = 0; i < n; i++) events += event[i] * (weights?.[i] ?? 1);
  if (events === 0) {
    throw new NoEventsError(`${action}: no row has the event, so that how long it takes cannot be estimated`);
  }
  const cluster = input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, n);
  return {
    ...checked,
    action,
    offset: input.offset === undefined ? null : checkFinite(action, "offset", input.offset, n),
    cluster: cluster?.code ?? null,
    clusters: cluster?.labels.length ?? rowsCounted(checked),
    events,
  };
}

/** An intercept and columns, centered and scaled, without those that are combinations of others. */
export interface Block {
  /** "(Intercept)" first. */
  readonly names: readonly string[];
  /** Ones first. */
  readonly columns: readonly Float64Array[];
  readonly center: readonly number[];
  readonly scale: readonly number[];
  readonly warnings: readonly AliasedWarning[];
}

export function covariateBlock(
  { action, n, weights }: Pick<ParametricRows, "action" | "n" | "weights">,
  covariates: Readonly<Record<string, Vector>> = {},
  { argument = "covariates", order }: { readonly argument?: string; readonly order?: readonly string[] } = {},
): Block {
  columnNames(action, covariates, argument);
  const all = covariateNames(action, { covariates, order }).map((name) => {
    const column = checkFinite(action, `${argument}.${name}`, covariates[name], n);
    return { name, column, ...standardize(column, weights) };
  });
  const p = all.length;
  const products = new Float64Array(p * p);
  all.forEach((a, i) => {
    all.forEach((b, j) => {
      for (let row = 0; row < n; row++) products[i * p + j] += (weights?.[row] ?? 1) * a.column[row] * b.column[row];
    });
  });
  const { redundant } = cholesky(products, p, SINGULAR);
  const kept = all.filter((_, j) => redundant[j] === 0);
  const warnings = all.flatMap(({ name }, j): AliasedWarning[] => {
    if (redundant[j] === 0) return [];
    const message = `${action}: "${name}" is constant or a linear combination of other covariates; it was left out, since its coefficient cannot be estimated`;
    return [{ kind: "AliasedWarning", covariate: name, message }];
  });
  return {
    names: ["(Intercept)", ...kept.map(({ name }) => name)],
    columns: [new Float64Array(n).fill(1), ...kept.map(({ column }) => column)],
    center: [0, ...kept.map(({ center }) => center)],
    scale: [1, ...kept.map(({ scale }) => scale)],
    warnings,
  };
}

/** The predictor of a block whose parameters begin at `first`. */
export function predictorOf(block: Block, first: number, offset: Float64Array | null = null): LinearPredictor {
  return { parameters: block.columns.map((_, j) => first + j), columns: block.columns, offset };
}

/** Parameters in the covariates' own units, with their variance: the intercept takes back what centering took. */
export interface InUnits {
  readonly theta: number[];
  readonly naive: Float64Array | null;
  readonly robust: Float64Array | null;
  /** A robust variance was asked for and does not hold: no limits and no p value are better than those of independent rows. */
  readonly few: boolean;
  /** Covariates whose coefficients have no finite estimate. */
  readonly infinite: readonly string[];
  /** Of each parameter, whether it has one: the intercept may go with a covariate. */
  readonly isFinite: readonly boolean[];
  readonly warnings: readonly ParametricWarning[];
}

export interface PlacedBlock {
  readonly block: Block;
  /** Where its parameters begin. */
  readonly first: number;
}

/** How far a last step reaches, in mean absolute deviations of a covariate, where its coefficient grows for ever. */
const ENDLESS = 1e-3;

/** From parameters of centered and scaled columns, and their variance, to those of the covariates' own units. */
export function ownUnits(size: number, blocks: readonly PlacedBlock[]) {
  const back = new Float64Array(size * size);
  for (let i = 0; i < size; i++) back[i * size + i] = 1;
  for (const { block, first } of blocks) {
    block.scale.forEach((scale, j) => {
      if (j === 0) return;
      back[(first + j) * size + first + j] = 1 / scale;
      back[first * size + first + j] = -block.center[j] / scale;
    });
  }
  const transposed = back.map((_, k) => back[(k % size) * size + Math.floor(k / size)]);
  return {
    point: (theta: Float64Array): number[] =>
      Array.from({ length: size }, (_, i) => dot(back, i * size, theta, 0, size)),
    variance: (v: Float64Array): Float64Array => multiply(multiply(back, v, size), transposed, size),
  };
}

export function inUnits(
  rows: ParametricRows,
  model: RowLikelihood,
  maximum: RowMaximum,
  blocks: readonly PlacedBlock[],
): InUnits {
  const { action, clusters, cluster, counts } = rows;
  const { size } = model;
  const units = ownUnits(size, blocks);
  const inBlocks = new Set(blocks.flatMap(({ block, first }) => block.names.map((_, j) => first + j)));
  // Where the form itself goes on for ever, as where all events have one time, nothing is known of any coefficient.
  const formless = maximum.direction.some((step, j) => !inBlocks.has(j) && Math.abs(step) > ENDLESS);
  const infinite = blocks.flatMap(({ block, first }) => {
    if (formless) return [];
    const endless = block.names.filter((_, j) => Math.abs(maximum.direction[first + j]) > ENDLESS);
    // Centering lets the intercept go with a covariate.
    return endless.length > 1 ? endless.slice(endless[0] === block.names[0] ? 1 : 0) : endless;
  });
  const naive = infinite.length > 0 ? maximum.generalInverse : maximum.covariance;
  const reach = units.point(maximum.direction);
  for (const { block, first } of blocks) {
    block.scale.forEach((scale, j) => {
      reach[first + j] *= scale;
    });
  }
  const isRobust = cluster !== null || hasFractions(rows);
  const few = isRobust && clusters <= Math.max(2, size);
  const robust =
    naive === null || !isRobust || few
      ? null
      : sandwich(naive, scoreSquares(model, maximum.theta, cluster, counts), size);
  return {
    theta: units.point(maximum.theta),
    naive: naive && units.variance(naive),
    robust: robust && units.variance(robust),
    few,
    infinite,
    isFinite: reach.map((step) => infinite.length === 0 || Math.abs(step) <= ENDLESS),
    warnings: [
      ...blocks.flatMap(({ block }) => block.warnings),
      ...(few ? [fewClusters(action, clusters, size)] : []),
      ...endings(action, infinite, maximum),
    ],
  };
}

function fewClusters(action: string, clusters: number, size: number): FewClustersWarning {
  const message = `${action}: ${clusters} clusters for ${size} coefficients; there is no robust variance that holds, and so no limits and p values; the standard errors are those of independent rows`;
  return { kind: "FewClustersWarning", clusters, message };
}

function endings(
  action: string,
  infinite: readonly string[],
  { converged, iterations }: RowMaximum,
): ParametricWarning[] {
  if (infinite.length > 0) {
    const names = infinite.map((name) => `"${name}"`).join(", ");
    const message = `${action}: the likelihood rises for ever along ${names}: there a group has no event, or another has nothing else; the coefficient has no finite estimate and no standard error`;
    return [{ kind: "SeparationWarning", covariates: infinite, message }];
  }
  if (converged) return [];
  const message = `${action}: the likelihood's maximum was not reached in ${iterations} iterations: it may have none, as where all events have one time, or too few events for so many parameters`;
  return [{ kind: "ConvergenceWarning", message }];
}

/** The terms of some parameters, named in their order. */
export function termsOf(
  names: readonly string[],
  first: number,
  found: InUnits,
  converged: boolean,
  confidence: number,
): ParametricTerm[] {
  const size = found.theta.length;
  const quantile = normalQuantile((1 + confidence) / 2);
  return names.map((name, j) => {
    const at = first + j;
    const coefficient = found.theta[at];
    const holds = (converged || found.infinite.length > 0) && found.isFinite[at];
    const error = (v: Float64Array | null) => (v === null || !holds ? null : Math.sqrt(v[at * size + at]));
    const [standardError, robustStandardError] = [error(found.naive), error(found.robust)];
    const used = robustStandardError ?? (found.few ? null : standardError);
    return { name, coefficient, standardError, robustStandardError, ...wald(coefficient, used, quantile) };
  });
}

/** The variance that inference uses, as rows; null where there is none. */
function covarianceRows({ naive, robust, few, infinite, theta }: InUnits): number[][] | null {
  const used = robust ?? (few ? null : naive);
  if (used === null || infinite.length > 0) return null;
  return theta.map((_, i) => Array.from(used.subarray(i * theta.length, (i + 1) * theta.length)));
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
  readonly df: number;
  readonly aic: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly ParametricWarning[];
}

export function formFit(
  rows: ParametricRows,
  found: InUnits,
  { maximum, atNull }: { readonly maximum: RowMaximum; readonly atNull: RowMaximum },
  confidence: number,
): FormFit {
  const df = found.theta.length;
  const noNull = `${rows.action}: the maximum of the likelihood without covariates was not reached, so that logLikelihood.null is too low`;
  const isNullLow = maximum.converged && !atNull.converged;
  return {
    n: rowsCounted(rows),
    events: rows.events,
    confidence,
    aliased: found.warnings.flatMap((warning) => (warning.kind === "AliasedWarning" ? [warning.covariate] : [])),
    covariance: covarianceRows(found),
    df,
    aic: 2 * df - 2 * maximum.evaluation.logLikelihood,
    iterations: maximum.iterations,
    converged: maximum.converged,
    warnings: [...found.warnings, ...(isNullLow ? [{ kind: "ConvergenceWarning" as const, message: noNull }] : [])],
  };
}
