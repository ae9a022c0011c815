import { fUpperTail, InvalidInputError, studentTQuantile, studentTTwoSidedP } from "../statistics";
import { exp, square } from "../statistics/elementary";
import {
  calledAs,
  checkAllFinite,
  checkConfidence,
  checkFields,
  checkLength,
  cholesky,
  choleskySolve,
  lengthOf,
  quadraticForm,
  smallest,
} from "../statistics/inner";
import type { CoxFit } from "../survival/cox";

/** An estimate from several completed copies of the data. */
export interface PooledEstimate {
  readonly imputations: number;
  /** Mean of the estimates. */
  readonly estimate: number;
  /** Mean of the variances: what is uncertain even with complete data. */
  readonly within: number;
  /** Variance of the estimates: what is uncertain because data are missing. */
  readonly between: number;
  /** within + (1 + 1/m)·between. */
  readonly total: number;
  readonly standardError: number;
  /** Barnard and Rubin's degrees of freedom. */
  readonly df: number;
  /** The variance's relative increase due to missing data, (1 + 1/m)·between/within. */
  readonly relativeIncrease: number;
  /** Share of the information on the estimate that is missing, (r + 2/(df + 3))/(r + 1). */
  readonly missingInformation: number;
  /** Estimate by standard error. */
  readonly t: number;
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
}

/**
 * Pools an estimate over imputations by Rubin's rules; R's `mice::pool.scalar`.
 *
 * The variance adds what varies between imputations to what each of them reports, and the interval is Student's t with
 * Barnard and Rubin's degrees of freedom, which never exceed those of complete data (Rubin 1987, Multiple Imputation for
 * Nonresponse in Surveys, eq. 3.1.2 to 3.1.8; Barnard and Rubin 1999, Biometrika 86:948, eq. 3 and 4).
 *
 * @param estimates m of them, on a scale where they are about normal, such as log hazard ratios
 * @param variances their squared standard errors, above 0
 * @param completeDf degrees of freedom that complete data would have; Infinity unless told
 * @throws {InvalidInputError} if there are fewer than two estimates, lengths differ, or a number cannot be used
 * @example poolRubin([0.81, 0.79, 0.84], [0.12, 0.12, 0.13], { completeDf: 80 }).standardError
 */
export function poolRubin(
  estimates: readonly number[],
  variances: readonly number[],
  options: { readonly completeDf?: number; readonly confidence?: number } = {},
): PooledEstimate {
  const action = "poolRubin";
  checkFields(action, "options", options, ["completeDf", "confidence"]);
  const { completeDf = Infinity, confidence = 0.95 } = options;
  checkConfidence(action, confidence);
  checkNumbers(action, estimates, variances);
  if (!(completeDf > 0)) {
    throw new InvalidInputError(
      `${action}: completeDf is ${completeDf}; a number above 0, or Infinity, is needed`,
      "completeDf",
    );
  }
  const m = estimates.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / m;
  const estimate = mean(estimates);
  const within = mean(variances);
  const between = estimates.reduce((sum, value) => sum + square(value - estimate), 0) / (m - 1);
  const total = within + (1 + 1 / m) * between;
  const df = barnardRubin(m, ((1 + 1 / m) * between) / total, completeDf);
  const relativeIncrease = ((1 + 1 / m) * between) / within;
  const standardError = Math.sqrt(total);
  const t = estimate / standardError;
  const margin = calledAs(action, () => studentTQuantile((1 + confidence) / 2, df)) * standardError;
  return {
    imputations: m,
    estimate,
    within,
    between,
    total,
    standardError,
    df,
    relativeIncrease,
    missingInformation: (relativeIncrease + 2 / (df + 3)) / (relativeIncrease + 1),
    t,
    pValue: studentTTwoSidedP(t, df),
    lower: estimate - margin,
    upper: estimate + margin,
    confidence,
  };
}

/** Degrees of freedom for a share λ of the variance that is due to missing data. */
function barnardRubin(m: number, lambda: number, completeDf: number): number {
  const ofImputations = lambda === 0 ? Infinity : (m - 1) / square(lambda);
  if (completeDf === Infinity) return ofImputations;
  const observed = ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - lambda);
  return ofImputations === Infinity ? observed : (ofImputations * observed) / (ofImputations + observed);
}

function checkNumbers(action: string, estimates: readonly number[], variances: readonly number[]): void {
  const m = lengthOf(action, "estimates", estimates);
  if (m < 2) {
    throw new InvalidInputError(
      `${action}: there ${m === 1 ? "is 1 estimate" : "are no estimates"}; at least two imputations are needed`,
      "estimates",
    );
  }
  checkLength(action, "variances", variances, m, "estimates");
  checkAllFinite(action, "estimates", estimates);
  for (let i = 0; i < m; i++) {
    if (!(variances[i] > 0 && variances[i] < Infinity)) {
      const message = `${action}: variances[${i}] is ${variances[i]}; a finite number above 0 is needed`;
      throw new InvalidInputError(message, "variances", i);
    }
  }
}

/** A coefficient of a Cox model, pooled over imputations. */
export interface PooledTerm extends PooledEstimate {
  readonly name: string;
  readonly hazardRatio: number;
  /** Limits of the hazard ratio. */
  readonly ratioLower: number;
  readonly ratioUpper: number;
}

/**
 * Pools the coefficients of Cox models that were fitted to imputed data, by Rubin's rules on the log hazard ratio; R's
 * `pool(with(imputed, coxph(…)))`.
 *
 * The degrees of freedom of complete data are events less coefficients: information in a Cox model comes with events, not
 * with rows. Robust standard errors are used where the fits have them.
 *
 * @param fits one for each imputation, all with the same terms
 * @returns a term for each coefficient, in the order of the first fit
 * @throws {InvalidInputError} if there are fewer than two fits, or one of them has other terms or no finite maximum
 * @example poolCox(completed.map((covariates) => cox({ time, event, covariates })))[0].hazardRatio
 */
export function poolCox(fits: readonly CoxFit[], options: { readonly confidence?: number } = {}): PooledTerm[] {
  const action = "poolCox";
  checkFields(action, "options", options, ["confidence"]);
  const names = checkFits(action, fits);
  const completeDf = Math.max(1, smallest(fits.map(({ events }) => events)) - names.length);
  return names.map((name, j) => {
    const terms = fits.map((fit) => fit.terms[j]);
    const estimates = terms.map(({ coefficient }) => coefficient);
    const variances = terms.map((term) => square(term.robustStandardError ?? term.standardError));
    const pooled = calledAs(action, () => poolRubin(estimates, variances, { completeDf, ...options }));
    return {
      name,
      hazardRatio: exp(pooled.estimate),
      ratioLower: exp(pooled.lower),
      ratioUpper: exp(pooled.upper),
      ...pooled,
    };
  });
}

/** The terms that all fits have; throws where one differs, or has no finite maximum. */
function checkFits(action: string, fits: readonly CoxFit[]): string[] {
  lengthOf(action, "fits", fits);
  const names = fits[0]?.terms.map(({ name }) => name) ?? [];
  fits.forEach((fit, i) => {
    const found = fit.terms.map(({ name }) => name);
    if (JSON.stringify(found) !== JSON.stringify(names)) {
      throw new InvalidInputError(
        `${action}: fits[${i}] has the terms ${found.join(", ") || "none"}, and fits[0] has ${names.join(", ") || "none"}; ` +
          "the same terms are needed in all",
        "fits",
        i,
      );
    }
    const warning = fit.warnings.find(({ kind }) =>
      ["SeparationWarning", "ConvergenceWarning", "FewClustersWarning"].includes(kind),
    );
    if (warning !== undefined) {
      const lacks = warning.kind === "FewClustersWarning" ? "variance that holds" : "finite maximum";
      throw new InvalidInputError(`${action}: fits[${i}] has no ${lacks}. ${warning.message}`, "fits", i);
    }
  });
  if (fits.length < 2) {
    throw new InvalidInputError(
      `${action}: there ${fits.length === 1 ? "is 1 fit" : "are no fits"}; at least two imputations are needed`,
      "fits",
    );
  }
  return names;
}

/** A test of several coefficients over imputations. */
export interface PooledTest {
  /** D1, which is compared with F. */
  readonly f: number;
  readonly df: number;
  /** Of the denominator; Infinity where imputations do not differ. */
  readonly denominatorDf: number;
  readonly pValue: number;
  /** The variance's mean relative increase due to missing data. */
  readonly relativeIncrease: number;
}

/**
 * Tests whether several coefficients of Cox models that were fitted to imputed data are all 0; R's `mice::D1`.
 *
 * One wants it for a factor after imputation, whose coefficients poolCox gives one by one. D1 = q̄ᵀŪ⁻¹q̄/(k·(1 + r)) with the
 * mean estimates q̄, their mean variance Ū and r = (1 + 1/m)·tr(B·Ū⁻¹)/k, compared with F on k and ν degrees of freedom (Li,
 * Raghunathan and Rubin 1991, JASA 86:1065, eq. 1.17 to 1.19), for complete data of many events.
 *
 * @param fits one for each imputation, all with the same terms
 * @param names of the coefficients
 * @throws {InvalidInputError} if there are fewer than two fits, one has other terms or no finite maximum, or a name is in none
 * @example poolJointTest(fits, ["Asia", "Africa", "Americas"]).pValue
 */
export function poolJointTest(fits: readonly CoxFit[], names: readonly string[]): PooledTest {
  const action = "poolJointTest";
  const all = checkFits(action, fits);
  lengthOf(action, "names", names);
  const columns = [...new Set(names)].map((name) => all.indexOf(name));
  if (columns.length === 0 || columns.includes(-1)) {
    const found = columns.length === 0 ? "names is empty" : `no term is called ${names[columns.indexOf(-1)]}`;
    throw new InvalidInputError(`${action}: ${found}; some of ${all.join(", ") || "none"} are needed`, "names");
  }
  const [m, k] = [fits.length, columns.length];
  const estimates = fits.map(({ terms }) => columns.map((j) => terms[j].coefficient));
  const mean = columns.map((_, i) => estimates.reduce((sum, one) => sum + one[i], 0) / m);
  const within = new Float64Array(k * k);
  const between = new Float64Array(k * k);
  fits.forEach(({ covariance }, f) => {
    columns.forEach((a, i) => {
      columns.forEach((b, j) => {
        within[i * k + j] += Number(covariance?.[a][b]) / m;
        between[i * k + j] += ((estimates[f][i] - mean[i]) * (estimates[f][j] - mean[j])) / (m - 1);
      });
    });
  });
  const decomposition = cholesky(within, k);
  let trace = 0;
  for (let i = 0; i < k; i++) trace += choleskySolve(decomposition, between.subarray(i * k, (i + 1) * k))[i];
  const relativeIncrease = ((1 + 1 / m) * trace) / k;
  const f = quadraticForm(decomposition, mean) / (k * (1 + relativeIncrease));
  const t = k * (m - 1);
  const inverse = 1 / relativeIncrease;
  const denominatorDf =
    t > 4 ? 4 + (t - 4) * square(1 + (1 - 2 / t) * inverse) : (t * (1 + 1 / k) * square(1 + inverse)) / 2;
  return { f, df: k, denominatorDf, pValue: fUpperTail(f, k, denominatorDf), relativeIncrease };
}
