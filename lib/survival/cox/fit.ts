import { chiSquareUpperTail } from "../../statistics/chi-square";
import { exp } from "../../statistics/elementary";
import { normalQuantile, twoSidedP } from "../../statistics/normal";
import { cholesky, choleskyInverse, quadraticForm } from "../cholesky";
import { symmetricEigenvalues } from "../eigenvalues";
import { InvalidInputError, OverflowError } from "../errors";
import { checkConfidence } from "../outcome";
import { withoutAliased } from "./aliased";
import { type CoxDesign, type CoxInput, coxDesign } from "./design";
import { exactObjective } from "./exact-likelihood";
import { firthObjective } from "./firth";
import { fillRiskSums } from "./hazards";
import { type Maximum, maximise, SINGULAR } from "./newton";
import { evaluate, fillPredictor, type Objective, partialLikelihood } from "./partial-likelihood";
import { profileLimits } from "./profile";
import { ridgeObjective } from "./ridge";
import { multiply, robustCovariance, scoreProducts } from "./robust";
import { scoreResiduals } from "./score-residuals";
import { findSeparation } from "./separation";
import { keepSolution } from "./solution";
import type { CoxFit, CoxTerm, CoxTest } from "./types";
import type { CoxWarning } from "./warnings";

export interface CoxOptions {
  /** How tied events are handled; "efron" unless told, as in R. */
  readonly ties?: "efron" | "breslow" | "exact";
  /** The sandwich variance. Unless told, where there are clusters or weights are not whole numbers, as in R. */
  readonly robust?: boolean;
  /** Ridge penalty θ on columns of standard deviation 1; above 0. */
  readonly ridge?: number;
  /** Firth's penalty, for few events and separation; the limits are then the profile likelihood's. */
  readonly firth?: boolean;
  /** Profile-likelihood limits instead of Wald's. */
  readonly profile?: boolean;
  /** Coverage of the limits, 0.95 unless told. */
  readonly confidence?: number;
  /** Newton steps, 20 unless told (200 with Firth's penalty, whose steps are shorter). */
  readonly maxIterations?: number;
  /** Relative error of standard errors at which the iteration ends, about; 1e-9 unless told (1e-8 above 10,000 events). */
  readonly tolerance?: number;
}

/**
 * Fits Cox's proportional hazards model; R's `coxph(Surv(entry, time, event) ~ … + strata(…) + offset(…))`.
 *
 * One wants it to compare hazards, such as that of release, between rows that differ in several ways at once: hazard
 * λ(t)·exp(β·x), with a λ(t) for each stratum that needs no form (Cox 1972, JRSS B 34:187; Therneau and Grambsch 2000,
 * Modeling Survival Data, chapters 3, 7 and 8). Ties are Efron's unless told. Columns are centered and scaled inside,
 * redundant ones left out and named. Rows may be intervals (entry, time], so that covariates change with time.
 *
 * @param input time, event, covariates by name, optionally entry, weights, strata, cluster and offset
 * @returns coefficients with standard errors, limits and tests, the certificate of the maximum, and warnings by kind:
 *   convergence, separation, aliased columns, few events, strata without events
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index
 * @throws {NoEventsError} if no row has the event
 * @throws {OverflowError} if offsets or coefficients make risks that doubles cannot hold
 * @example
 * const fit = cox({ time, event, covariates: { featured, year } });
 * fit.terms[0].hazardRatio
 */
export function cox(input: CoxInput, options: CoxOptions = {}): CoxFit {
  const { ties = "efron", firth = false, ridge = 0, confidence = 0.95 } = options;
  checkOptions(options);
  const whole = coxDesign("cox", input);
  const ofWhole = objectiveFor(whole, ties);
  const first = ofWhole.objective(new Float64Array(whole.names.length));
  if (!Number.isFinite(first.logLikelihood)) {
    throw new OverflowError(
      "cox: at an event time the risks of all rows at risk vanish beside others in the data: offsets differ by more " +
        "than 700; check the unit of offset",
    );
  }
  const { design, aliased, warnings: aliasing } = withoutAliased(whole, first.information);
  const p = design.names.length;
  const { likelihood, objective: plain } = aliased.length === 0 ? ofWhole : objectiveFor(design, ties);
  const events = design.counted.reduce((sum, value) => sum + value, 0);
  const objective = penalised(plain, design, likelihood, firth, ridge);
  const maximum = maximise(objective, new Float64Array(p), {
    maxIterations: options.maxIterations ?? (firth ? 200 : 20),
    tolerance: options.tolerance ?? defaultTolerance(events),
    events,
    atStart: aliased.length > 0 || firth || ridge > 0 ? undefined : first,
  });
  const { coefficients } = maximum;
  const atNull = aliased.length === 0 ? first : plain(new Float64Array(p));
  const atFit = firth || ridge > 0 ? plain(coefficients) : maximum.evaluation;
  const naive = choleskyInverse(maximum.decomposition);
  const isRobust = options.robust ?? (design.cluster !== null || hasFractions(design.weights));
  if (isRobust && ties === "exact") {
    throw new InvalidInputError(
      'cox: with ties: "exact" there is no robust variance; use ties: "efron", or robust: false',
      "robust",
    );
  }
  const robust = isRobust ? robustVariance(design, likelihood, coefficients, naive) : null;
  const variance = robust ?? naive;
  const df = ridge > 0 ? trace(multiply(atFit.information, naive, p), p) : p;
  const warnings: CoxWarning[] = [
    ...aliasing,
    ...strataWithoutEvents(design, likelihood.times.strata),
    ...fewEvents(events, p),
    ...convergence(design, likelihood.times, maximum, firth || ridge > 0),
  ];
  const profile = (j: number) =>
    profileLimits(
      objective,
      coefficients,
      Float64Array.from({ length: p }, (_, k) => Math.sqrt(naive[k * p + k])),
      maximum.evaluation.logLikelihood,
      j,
      confidence,
      events,
    );
  const fit: CoxFit = {
    n: design.n,
    events,
    ties,
    penalty: firth ? "firth" : ridge > 0 ? "ridge" : "none",
    confidence,
    terms: design.names.map((name, j) =>
      term(
        name,
        j,
        design,
        coefficients,
        naive,
        robust,
        confidence,
        (options.profile ?? firth) ? profile(j) : null,
      ),
    ),
    aliased,
    covariance: rows(variance, p).map((row, i) =>
      row.map((value, j) => value / (design.scale[i] * design.scale[j])),
    ),
    logLikelihood: { null: atNull.logLikelihood, fitted: atFit.logLikelihood },
    tests: {
      likelihoodRatio: test(
        2 *
          (firth
            ? maximum.evaluation.logLikelihood - objective(new Float64Array(p)).logLikelihood
            : atFit.logLikelihood - atNull.logLikelihood),
        df,
      ),
      wald: test(quadraticForm(cholesky(variance, p, SINGULAR), coefficients), df),
      score: test(quadraticForm(cholesky(atNull.information, p, SINGULAR), atNull.score), df),
      robustScore: isRobust ? test(robustScore(design, likelihood), df) : null,
    },
    iterations: maximum.iterations,
    certificate: certificate(maximum, p),
    warnings,
  };
  keepSolution(fit, {
    design,
    objective,
    coefficients,
    naive,
    variance,
    events,
    maximum: maximum.evaluation.logLikelihood,
  });
  return fit;
}

/** With many events the error that is left is far below a standard error, and an evaluation takes its time. */
function defaultTolerance(events: number): number {
  return events > 10_000 ? 1e-8 : 1e-9;
}

function checkOptions({ firth, ridge, confidence = 0.95, ties, maxIterations, tolerance }: CoxOptions): void {
  checkConfidence("cox", confidence);
  const fail = (argument: string, message: string) => {
    throw new InvalidInputError(`cox: ${argument} ${message}`, argument);
  };
  if (ridge !== undefined && !(ridge >= 0 && ridge < Infinity))
    fail("ridge", `is ${ridge}; a number of at least 0 is needed`);
  if (firth === true && ridge !== undefined && ridge > 0)
    fail("firth", "and ridge are both asked for; one penalty is needed");
  if (firth === true && ties === "exact") fail("firth", 'needs ties: "efron" or "breslow", not "exact"');
  if (maxIterations !== undefined && !(Number.isInteger(maxIterations) && maxIterations >= 0)) {
    fail("maxIterations", `is ${maxIterations}; a whole number of at least 0 is needed`);
  }
  if (tolerance !== undefined && !(tolerance > 0))
    fail("tolerance", `is ${tolerance}; a number above 0 is needed`);
}

function objectiveFor(design: CoxDesign, ties: "efron" | "breslow" | "exact") {
  const likelihood = partialLikelihood(design, ties === "efron" ? "efron" : "breslow");
  const objective: Objective =
    ties === "exact" ? exactObjective(design) : (coefficients) => evaluate(likelihood, coefficients);
  return { likelihood, objective };
}

function penalised(
  plain: Objective,
  design: CoxDesign,
  likelihood: ReturnType<typeof partialLikelihood>,
  firth: boolean,
  ridge: number,
): Objective {
  if (firth) return firthObjective(likelihood);
  return ridge > 0 ? ridgeObjective(plain, design, ridge) : plain;
}

function hasFractions(weights: Float64Array | null): boolean {
  return weights?.some((weight) => !Number.isInteger(weight)) ?? false;
}

function residualsAt(design: CoxDesign, likelihood: ReturnType<typeof partialLikelihood>, at: Float64Array) {
  fillPredictor(design, at, likelihood.predictor);
  fillRiskSums(design, likelihood.times, likelihood.sums, likelihood.predictor);
  return scoreResiduals(likelihood);
}

function robustVariance(
  design: CoxDesign,
  likelihood: ReturnType<typeof partialLikelihood>,
  coefficients: Float64Array,
  naive: Float64Array,
): Float64Array {
  return robustCovariance(design, residualsAt(design, likelihood, coefficients), naive);
}

/** Uᵀ B⁻¹ U at zero, with B from the residuals there. */
function robustScore(design: CoxDesign, likelihood: ReturnType<typeof partialLikelihood>): number {
  const p = design.names.length;
  const residuals = residualsAt(design, likelihood, new Float64Array(p));
  const score = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < design.n; i++) score[j] += (design.weights?.[i] ?? 1) * residuals[j * design.n + i];
  }
  return quadraticForm(cholesky(scoreProducts(design, residuals), p, SINGULAR), score);
}

function term(
  name: string,
  j: number,
  design: CoxDesign,
  coefficients: Float64Array,
  naive: Float64Array,
  robust: Float64Array | null,
  confidence: number,
  profile: { lower: number | null; upper: number | null } | null,
): CoxTerm {
  const p = coefficients.length;
  const scale = design.scale[j];
  const coefficient = coefficients[j] / scale;
  const standardError = Math.sqrt(naive[j * p + j]) / scale;
  const robustStandardError = robust === null ? null : Math.sqrt(robust[j * p + j]) / scale;
  const used = robustStandardError ?? standardError;
  const z = coefficient / used;
  const margin = normalQuantile((1 + confidence) / 2) * used;
  return {
    name,
    coefficient,
    standardError,
    robustStandardError,
    hazardRatio: exp(coefficient),
    lower:
      profile === null ? exp(coefficient - margin) : profile.lower === null ? 0 : exp(profile.lower / scale),
    upper:
      profile === null
        ? exp(coefficient + margin)
        : profile.upper === null
          ? Infinity
          : exp(profile.upper / scale),
    z,
    pValue: twoSidedP(z),
  };
}

function test(chiSquare: number, df: number): CoxTest {
  const value = Math.max(0, chiSquare);
  return { chiSquare: value, df, pValue: df === 0 ? 1 : chiSquareUpperTail(value, df) };
}

function rows(matrix: Float64Array, p: number): number[][] {
  return Array.from({ length: p }, (_, i) => Array.from(matrix.subarray(i * p, (i + 1) * p)));
}

function trace(matrix: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) sum += matrix[i * p + i];
  return sum;
}

function certificate(
  { evaluation, step, converged, iterations, halvings }: Maximum,
  p: number,
): CoxFit["certificate"] {
  const eigenvalues = symmetricEigenvalues(evaluation.information, p);
  let length = 0;
  for (let j = 0; j < p; j++) length += step[j] * evaluation.score[j];
  const smallest = eigenvalues.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = eigenvalues.reduce((a, b) => Math.max(a, b), 0);
  return {
    converged,
    scoreNorm: evaluation.score.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
    stepLength: Math.sqrt(Math.max(0, length)),
    conditionNumber: p === 0 ? 1 : largest / smallest,
    iterations,
    halvings,
  };
}

function strataWithoutEvents({ stratumLabels }: CoxDesign, firstOfStratum: Uint32Array): CoxWarning[] {
  if (stratumLabels === null) return [];
  const strata = stratumLabels.filter((_, s) => firstOfStratum[s] === firstOfStratum[s + 1]);
  if (strata.length === 0) return [];
  const names = strata
    .slice(0, 5)
    .map((label) => `"${label}"`)
    .join(", ");
  const message = `cox: ${strata.length === 1 ? "stratum" : `${strata.length} strata`} without an event (${names}${strata.length > 5 ? ", …" : ""}): the rows there take no part in the fit`;
  return [{ kind: "StratumWarning", strata, message }];
}

function fewEvents(events: number, p: number): CoxWarning[] {
  if (events >= p) return [];
  const message = `cox: ${events} events for ${p} covariates; estimates need several events for each covariate. Use fewer covariates, or firth or ridge`;
  return [{ kind: "FewEventsWarning", message }];
}

function convergence(
  design: CoxDesign,
  times: Parameters<typeof findSeparation>[1],
  maximum: Maximum,
  isPenalised: boolean,
): CoxWarning[] {
  const separation = isPenalised ? null : findSeparation(design, times, maximum.step);
  if (separation !== null) return [separation];
  if (maximum.converged) return [];
  const message =
    `cox: the likelihood's maximum was not reached in ${maximum.iterations} iterations ` +
    `(${maximum.halvings} step halvings); look for a nearly collinear or very skewed covariate, or raise maxIterations`;
  return [{ kind: "ConvergenceWarning", message }];
}
