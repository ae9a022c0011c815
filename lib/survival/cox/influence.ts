import { cholesky, quadraticForm } from "../../statistics/inner";
import { SINGULAR } from "./newton";
import { residuals } from "./residuals";
import { solutionOf } from "./solution";
import type { CoxFit } from "./types";

/** What a fit owes to one row. */
export interface RowInfluence {
  /** The caller's row. */
  readonly row: number;
  /** About how much each coefficient would fall without the row, in the order of fit.terms. */
  readonly dfbeta: readonly number[];
  /** The same in standard errors. */
  readonly dfbetas: readonly number[];
  /** About twice the fall of the log likelihood at the coefficients without the row. */
  readonly displacement: number;
}

/**
 * Which rows a Cox fit depends on: the first-order change of the coefficients if a row is left out, and the likelihood
 * displacement dfbetaᵀ·I·dfbeta, which sums it up in one number (Cain and Lange 1984, Biometrics 40:493; Pettitt and Bin Daud
 * 1989, Applied Statistics 38:51). R has it as `residuals(fit, "dfbeta")`.
 *
 * One wants it in small samples, where a single release can carry a coefficient.
 *
 * @returns an element for each row, in the caller's order
 * @throws {InvalidInputError} if fit is not from cox() or has exact ties
 * @example influence(fit).reduce((a, b) => (b.displacement > a.displacement ? b : a)).row
 */
export function influence(fit: CoxFit): RowInfluence[] {
  const { design, naive } = solutionOf("influence", fit);
  const p = design.names.length;
  const decomposition = cholesky(naive, p, SINGULAR);
  const dfbetas = residuals(fit, "dfbetas");
  return residuals(fit, "dfbeta").map((dfbeta, row) => ({
    row,
    dfbeta,
    dfbetas: dfbetas[row],
    displacement: quadraticForm(
      decomposition,
      dfbeta.map((value, j) => value * design.scale[j]),
    ),
  }));
}
