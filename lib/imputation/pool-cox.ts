import { exp, square } from "../statistics/elementary";
import type { CoxFit } from "../survival/cox/types";
import { InvalidInputError } from "../survival/errors";
import { type PooledEstimate, poolRubin } from "./rubin";

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
export function poolCox(
  fits: readonly CoxFit[],
  options: { readonly confidence?: number } = {},
): PooledTerm[] {
  const action = "poolCox";
  const names = fits[0]?.terms.map(({ name }) => name) ?? [];
  fits.forEach((fit, i) => {
    const found = fit.terms.map(({ name }) => name);
    if (found.join("\n") !== names.join("\n")) {
      throw new InvalidInputError(
        `${action}: fits[${i}] has the terms ${found.join(", ") || "none"}, and fits[0] has ${names.join(", ") || "none"}; ` +
          "the same terms are needed in all",
        "fits",
        i,
      );
    }
    const warning = fit.warnings.find(
      ({ kind }) => kind === "SeparationWarning" || kind === "ConvergenceWarning",
    );
    if (warning !== undefined) {
      throw new InvalidInputError(
        `${action}: fits[${i}] has no finite maximum. ${warning.message}`,
        "fits",
        i,
      );
    }
  });
  if (fits.length < 2) {
    throw new InvalidInputError(
      `${action}: there ${fits.length === 1 ? "is 1 fit" : "are no fits"}; at least two imputations are needed`,
      "fits",
    );
  }
  const completeDf = Math.max(1, Math.min(...fits.map(({ events }) => events)) - names.length);
  return names.map((name, j) => {
    const terms = fits.map((fit) => fit.terms[j]);
    const pooled = poolRubin(
      terms.map(({ coefficient }) => coefficient),
      terms.map((term) => square(term.robustStandardError ?? term.standardError)),
      { completeDf, ...options },
    );
    return {
      name,
      hazardRatio: exp(pooled.estimate),
      ratioLower: exp(pooled.lower),
      ratioUpper: exp(pooled.upper),
      ...pooled,
    };
  });
}
