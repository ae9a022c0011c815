import { SurvivalError } from "../statistics";

/** Some combination of covariates tells the arms apart without error, so that a logistic model has no finite fit. */
export class LogisticSeparationError extends SurvivalError {
  override name = "LogisticSeparationError";
  constructor(
    message: string,
    /** The columns that the separating combination is made of. */
    readonly covariates: readonly string[],
  ) {
    super(message);
  }
}

/** Newton's method ended before the maximum, for another reason than separation. */
export class LogisticConvergenceError extends SurvivalError {
  override name = "LogisticConvergenceError";
}
