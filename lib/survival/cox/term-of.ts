import { InvalidInputError } from "../../statistics";
import type { CoxFit, CoxTerm } from "./types";

/**
 * One covariate of a fit by its name: coefficient, errors, hazard ratio and its limits. R: the row of that name in
 * `summary(fit)$coefficients`.
 *
 * @returns the term; its upper limit is Infinity where the likelihood has no maximum
 * @throws {InvalidInputError} where the model does not estimate it, naming those that it does
 * @example termOf(cox({ time, event, covariates: { featured } }), "featured").hazardRatio
 */
export function termOf(fit: Pick<CoxFit, "terms">, name: string): CoxTerm {
  const found = fit.terms.find((term) => term.name === name);
  if (found !== undefined) return found;
  const names = fit.terms.map((term) => `"${term.name}"`).join(", ");
  throw new InvalidInputError(`termOf: the model does not estimate "${name}"; it has ${names || "no term"}`, "name");
}
