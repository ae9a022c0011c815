import { chiSquareUpperTail, InvalidInputError, normalQuantile, OverflowError, twoSidedP } from "../../statistics";
import { exp } from "../../statistics/elementary";
import {
  checkFields,
  checkFlag,
  checkOneOf,
  cholesky,
  choleskyInverse,
  multiply,
  quadraticForm,
  symmetricEigenvalues,
} from "../../statistics/inner";
import { checkConfidence, hasFractions } from "../outcome";
import { type CoxDesign, type CoxInput, countsOf, coxDesign } from "./design";
import { type CoxLikelihood, likelihoodOf } from "./engine";
import { findSeparation, withoutAliased } from "./estimable";
import { checkFrailty, type FrailtyOptions, fitFrailty } from "./frailty";
import { fillRiskSums, type RiskSums } from "./hazards";
import { type Maximum, maximise, profileLimits, profileRoot, SINGULAR } from "./newton";
import type { Evaluation } from "./partial-likelihood";
import { robustCovariance, sandwichProblem, scoreProducts, scoreResiduals } from "./score-residuals";
import { keepSolution } from "./solution";
import type { CoxFit, CoxTerm, CoxTest, CoxWarning, FewClustersWarning } from "./types";

export interface CoxOptions {
  /** How tied events are handled; "efron" unless told, as in R. */
  readonly ties?: "efron" | "breslow" | "exact";
  /**
   * The sandwich variance. Unless told, where there are clusters or weights are not whole numbers, as in R; not beside profile
   * limits, which know nothing of it (with Firth's penalty and robust: true the limits are Wald's).
   */
  readonly robust?: boolean;
  /** Ridge penalty θ on columns of standard deviation 1; above 0. */
  readonly ridge?: number;
  /** Firth's penalty, for few events and separation; limits and p values are then the profile likelihood's. */
  readonly firth?: boolean;
  /** Limits and p values from the profile likelihood instead of Wald's. */
  readonly profile?: boolean;
  /** A random effect of each group, gamma or gaussian: what its rows have in common and nobody measured. */
  readonly frailty?: FrailtyOptions;
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
 * redundant ones left out and named. Rows may be intervals (entry, time], so that covariates change with time. With
 * `frailty` groups differ by a random factor that nobody measured; R's `+ frailty(group, distribution = …)`.
 *
 * `counts` give as many copies of a row, tied among themselves, in the time of one: a model of a million rows that have a
 * thousand patterns is fitted from the thousand. `weights` do that for Breslow's ties only, not for Efron's or robust errors.
 *
 * @param input time, event, covariates by name, optionally entry, weights, counts, strata, cluster and offset
 * @returns coefficients with standard errors, limits and tests, the certificate of the maximum, and warnings by kind:
 *   convergence, separation, aliased columns, few events, few clusters, strata without events. A robust error that does
 *   not hold (of two clusters, of clusters that are no more than coefficients, of a coefficient that separation makes
 *   infinite) is null, and so are what follows from it: p value, z, covariance, Wald test; its limits are 0 and Infinity
 * @throws {InvalidInputError} for arguments that cannot be used, naming argument and index
 * @throws {NoEventsError} if no row has the event
 * @throws {OverflowError} if offsets or coefficients make risks that doubles cannot hold
 * @example
 * const fit = cox({ time, event, covariates: { featured, year } });
 * fit.terms[0].hazardRatio
 */
export function cox(input: CoxInput, options: CoxOptions = {}): CoxFit {
  const { ties = "efron", firth = false, ridge = 0, confidence = 0.95 } = options;
  checkOptions(input, options);
  if (options.frailty !== undefined) checkFrailty(input, options.frailty, options);
  const model = estimableModel(input, options);
  const { design } = model;
  if (options.frailty !== undefined) return withFrailty(model, options, options.frailty);
  const found = findMaximum(model, options);
  const { maximum, variance, events } = found;
  const fit: CoxFit = {
    n: countsOf(design).rows,
    events,
    ties,
    penalty: firth ? "firth" : ridge > 0 ? "ridge" : "none",
    confidence,
    terms: terms(model, found, options),
    aliased: model.aliased,
    covariance: variance && inUnits(variance, design),
    logLikelihood: { null: model.atNull.logLikelihood, fitted: found.atFit.logLikelihood },
    tests: tests(model, found, options),
    iterations: maximum.iterations,
    certificate: certificate(maximum),
    warnings: [
      ...model.warnings,
      ...strataWithoutEvents(design, model.sums.sets.strata),
      ...fewEvents(events, design.names.length),
      ...found.few,
      ...found.ending,
    ],
  };
  const { naive } = found;
  const { sets } = model.sums;
  keepSolution(fit, { design, sets, coefficients: maximum.coefficients, naive, variance, events, logFrailty: null });
  return fit;
}

/** With many events the error that is left is far below a standard error, and an evaluation takes its time. */
function defaultTolerance(events: number): number {
  return events > 10_000 ? 1e-8 : 1e-9;
}

/** The profile likelihood's limits come with Firth's penalty, unless robust errors are asked for. */
function usesProfile({ firth = false, robust = false, profile = firth && !robust }: CoxOptions): boolean {
  return profile;
}

/** The fields of CoxOptions. */
export const COX_OPTIONS = [
  "ties",
  "robust",
  "ridge",
  "firth",
  "profile",
  "frailty",
  "confidence",
  "maxIterations",
  "tolerance",
];

function checkOptions(input: CoxInput, options: CoxOptions): void {
  checkFields("cox", "options", options, COX_OPTIONS);
  const { firth, ridge, confidence = 0.95, ties = "efron", maxIterations, tolerance } = options;
  checkConfidence("cox", confidence);
  checkOneOf("cox", "ties", ties, ["efron", "breslow", "exact"]);
  for (const flag of ["firth", "robust", "profile"] as const) checkFlag("cox", flag, options[flag]);
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
  if (tolerance !== undefined && !(tolerance > 0)) fail("tolerance", `is ${tolerance}; a number above 0 is needed`);
  if (!usesProfile(options)) return;
  const limits = firth ? "Firth's penalty has profile limits, which" : "profile limits";
  if (options.robust === true) fail("profile", "and robust are both asked for; profile limits know no robust variance");
  if (options.robust === undefined && input.cluster !== undefined) {
    const message = `is given, and ${limits} know nothing of clusters; robust: true gives Wald's limits with robust errors, robust: false leaves clusters out of account`;
    fail("cluster", firth ? message : message.replace("robust: true", "profile: false"));
  }
}

/** The fit with a random effect of each group, whose likelihood-ratio test counts the groups' effective degrees of freedom. */
function withFrailty(model: Model, options: CoxOptions, asked: FrailtyOptions): CoxFit {
  const { ties = "efron", confidence = 0.95 } = options;
  const { design, atNull } = model;
  const p = design.names.length;
  const found = fitFrailty(design, asked, ties === "breslow" ? "breslow" : "efron");
  const { maximum, covariance, coefficients, frailty, logLikelihood } = found;
  const { rows, events } = countsOf(design);
  const wald: Found = {
    maximum: { ...maximum, coefficients },
    events,
    atFit: maximum.evaluation,
    naive: covariance,
    robust: null,
    variance: covariance,
    invalid: [],
    few: [],
    ending: [],
  };
  const ending = maximum.converged ? [] : convergence({ ...model, isPenalised: true }, maximum);
  const fit: CoxFit = {
    n: rows,
    events,
    ties,
    penalty: "none",
    confidence,
    terms: terms(model, wald, options),
    aliased: model.aliased,
    covariance: inUnits(covariance, design),
    logLikelihood: { null: atNull.logLikelihood, fitted: logLikelihood },
    tests: {
      likelihoodRatio: test(2 * (logLikelihood - atNull.logLikelihood), frailty.df),
      wald: test(quadraticForm(cholesky(covariance, p, SINGULAR), coefficients), p),
      score: test(quadraticForm(cholesky(atNull.information, p, SINGULAR), atNull.score), p),
      robustScore: null,
    },
    frailty,
    iterations: maximum.iterations,
    certificate: certificate(maximum),
    warnings: [...model.warnings, ...strataWithoutEvents(design, model.sums.sets.strata), ...ending],
  };
  const { logFrailty } = found;
  keepSolution(fit, {
    design: found.design,
    sets: model.sums.sets,
    coefficients,
    naive: covariance,
    variance: covariance,
    events,
    logFrailty,
  });
  return fit;
}

/** What is fitted: the design without its redundant columns, and its likelihood. */
interface Model extends CoxLikelihood {
  readonly design: CoxDesign;
  /** Without penalty, where all coefficients are 0. */
  readonly atNull: Evaluation;
  readonly aliased: readonly string[];
  readonly warnings: readonly CoxWarning[];
  readonly isPenalised: boolean;
}

function estimableModel(input: CoxInput, options: CoxOptions): Model {
  const whole = coxDesign("cox", input);
  const ofWhole = likelihoodOf(whole, options);
  const first = ofWhole.plain(new Float64Array(whole.names.length));
  if (!Number.isFinite(first.logLikelihood)) {
    throw new OverflowError(
      "cox: at an event time the risks of all rows at risk vanish beside others in the data: offsets differ by more " +
        "than 700; check the unit of offset",
    );
  }
  const estimable = withoutAliased(whole, ofWhole.sums, first.information);
  const isPenalised = ofWhole.plain !== ofWhole.objective;
  if (estimable.aliased.length === 0) return { ...ofWhole, ...estimable, atNull: first, isPenalised };
  const likelihood = likelihoodOf(estimable.design, options);
  const atNull = likelihood.plain(new Float64Array(estimable.design.names.length));
  return { ...likelihood, ...estimable, atNull, isPenalised };
}

/** Where the likelihood has its maximum, with what follows from the place. */
interface Found {
  readonly maximum: Maximum;
  readonly events: number;
  /** Without penalty. */
  readonly atFit: Evaluation;
  /** Inverse information. */
  readonly naive: Float64Array;
  readonly robust: Float64Array | null;
  /** The robust one where there is to be one; null where that does not hold. */
  readonly variance: Float64Array | null;
  /** Covariates whose robust error does not hold. */
  readonly invalid: readonly string[];
  readonly few: readonly FewClustersWarning[];
  readonly ending: readonly CoxWarning[];
}

function findMaximum(model: Model, options: CoxOptions): Found {
  const { design, objective, plain, sums, isPenalised } = model;
  const isRobust = options.robust ?? (!usesProfile(options) && (design.cluster !== null || hasFractions(design)));
  if (isRobust && options.ties === "exact") {
    throw new InvalidInputError(
      'cox: with ties: "exact" there is no robust variance; use ties: "efron", or robust: false',
      "robust",
    );
  }
  const { events } = countsOf(design);
  const maximum = maximise(objective, new Float64Array(design.names.length), {
    maxIterations: options.maxIterations ?? (options.firth ? 200 : 20),
    tolerance: options.tolerance ?? defaultTolerance(events),
    events,
    atStart: isPenalised ? undefined : model.atNull,
  });
  const atFit = isPenalised ? plain(maximum.coefficients) : maximum.evaluation;
  const naive = choleskyInverse(maximum.decomposition);
  const ending = convergence(model, maximum);
  const known = { maximum, events, atFit, naive, ending };
  if (!isRobust) return { ...known, robust: null, variance: naive, invalid: [], few: [] };
  const residuals = residualsAt(sums, maximum.coefficients);
  const robust = robustCovariance(design, residuals, naive);
  const few = fewClusters(sandwichProblem(design, residuals, maximum.decomposition));
  const invalid = few.length > 0 ? design.names : ending.flatMap((one) => ("covariates" in one ? one.covariates : []));
  return { ...known, robust, variance: invalid.length === 0 ? robust : null, invalid, few };
}

function fewClusters(problem: ReturnType<typeof sandwichProblem>): FewClustersWarning[] {
  if (problem === null) return [];
  const advice =
    "there are no robust errors, p values or limits. Use robust: false where rows are independent, or more clusters";
  const message = `cox: ${problem.problem}; ${advice}`;
  return [{ kind: "FewClustersWarning", clusters: problem.clusters, message }];
}

function residualsAt(sums: RiskSums, coefficients: Float64Array): Float64Array {
  fillRiskSums(sums, coefficients);
  return scoreResiduals(sums);
}

function terms({ design, objective }: Model, found: Found, options: CoxOptions): CoxTerm[] {
  const { maximum, events, naive, robust, invalid } = found;
  const { coefficients, evaluation } = maximum;
  const { confidence = 0.95 } = options;
  const profile = usesProfile(options);
  const p = coefficients.length;
  const fitted = { objective, coefficients, naive, maximum: evaluation.logLikelihood, events };
  return design.names.map((name, j) => {
    const scale = design.scale[j];
    const coefficient = coefficients[j] / scale;
    const standardError = Math.sqrt(naive[j * p + j]) / scale;
    const estimated = { name, coefficient, standardError, hazardRatio: exp(coefficient) };
    if (profile) {
      const { lower, upper } = profileLimits(fitted, j, confidence);
      const z = profileRoot(fitted, j);
      return {
        ...estimated,
        robustStandardError: null,
        test: "profile",
        lower: lower === null ? 0 : exp(lower / scale),
        upper: upper === null ? Infinity : exp(upper / scale),
        z,
        pValue: twoSidedP(z),
      };
    }
    const robustStandardError = robust === null || invalid.includes(name) ? null : Math.sqrt(robust[j * p + j]) / scale;
    if (robust !== null && robustStandardError === null) {
      return {
        ...estimated,
        robustStandardError,
        test: null,
        lower: 0,
        upper: Infinity,
        z: null,
        pValue: null,
      };
    }
    const used = robustStandardError ?? standardError;
    const z = coefficient / used;
    const margin = normalQuantile((1 + confidence) / 2) * used;
    return {
      ...estimated,
      robustStandardError,
      test: "Wald",
      lower: exp(coefficient - margin),
      upper: exp(coefficient + margin),
      z,
      pValue: twoSidedP(z),
    };
  });
}

function tests({ design, objective, sums, atNull }: Model, found: Found, options: CoxOptions): CoxFit["tests"] {
  const { maximum, atFit, naive, robust, variance } = found;
  const p = design.names.length;
  const df = options.ridge ? trace(multiply(atFit.information, naive, p), p) : p;
  const rise = options.firth
    ? maximum.evaluation.logLikelihood - objective(new Float64Array(p)).logLikelihood
    : atFit.logLikelihood - atNull.logLikelihood;
  return {
    likelihoodRatio: test(2 * rise, df),
    wald: variance && test(quadraticForm(cholesky(variance, p, SINGULAR), maximum.coefficients), df),
    score: test(quadraticForm(cholesky(atNull.information, p, SINGULAR), atNull.score), df),
    robustScore: robust === null || found.few.length > 0 ? null : test(robustScore(sums), df),
  };
}

/** Uᵀ B⁻¹ U at zero, with B from the residuals there. */
function robustScore(sums: RiskSums): number {
  const { n, names, weights } = sums.design;
  const p = names.length;
  const residuals = residualsAt(sums, new Float64Array(p));
  const score = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) score[j] += (weights?.[i] ?? 1) * residuals[j * n + i];
  }
  return quadraticForm(cholesky(scoreProducts(sums.design, residuals), p, SINGULAR), score);
}

function test(chiSquare: number, df: number): CoxTest {
  const value = Math.max(0, chiSquare);
  return { chiSquare: value, df, pValue: df === 0 ? 1 : chiSquareUpperTail(value, df) };
}

/** A matrix of the design's columns in the covariates' own units. */
function inUnits(matrix: Float64Array, { scale }: CoxDesign): number[][] {
  const p = scale.length;
  return Array.from({ length: p }, (_, i) =>
    Array.from({ length: p }, (_, j) => matrix[i * p + j] / (scale[i] * scale[j])),
  );
}

function trace(matrix: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) sum += matrix[i * p + i];
  return sum;
}

/** Whether the iteration ended at a maximum: not where the information is none of a variance, so that no step is left. */
const isAtMaximum = ({ converged, decomposition }: Maximum): boolean =>
  converged && !decomposition.redundant.includes(1);

function certificate(maximum: Maximum): CoxFit["certificate"] {
  const { evaluation, step, iterations, halvings } = maximum;
  const p = step.length;
  const eigenvalues = symmetricEigenvalues(evaluation.information, p);
  let length = 0;
  for (let j = 0; j < p; j++) length += step[j] * evaluation.score[j];
  const smallest = eigenvalues.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = eigenvalues.reduce((a, b) => Math.max(a, b), 0);
  return {
    converged: isAtMaximum(maximum),
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

function convergence({ design, sums, isPenalised }: Model, maximum: Maximum): CoxWarning[] {
  const separation = isPenalised ? null : findSeparation(design, sums.sets, maximum.step);
  if (separation !== null) return [separation];
  if (isAtMaximum(maximum)) return [];
  const message =
    `cox: the likelihood's maximum was not reached in ${maximum.iterations} iterations ` +
    `(${maximum.halvings} step halvings); look for a nearly collinear or very skewed covariate, or raise maxIterations`;
  return [{ kind: "ConvergenceWarning", message }];
}
