/**
 * What every error of an estimator is, so that a caller can tell them from others. It is a RangeError, since something was
 * outside of what can be computed. Its message starts with the name of the function that was called.
 */
export class SurvivalError extends RangeError {
  override name = "SurvivalError";
}

/**
 * Runs a step of a public function that is public itself, and puts the name of the function that was called in front of
 * its error: whoever called `curveTable` has not called `atTimes`.
 *
 * @example calledAs("curveTable", () => atTimes(curve, [2, 1])) // throws "curveTable: times[1] is 1 after 2; …"
 */
export function calledAs<T>(name: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof SurvivalError) {
      const before = error.message;
      error.message = before.replace(/^\w+/, name);
      error.stack = error.stack?.replace(before, error.message);
    }
    throw error;
  }
}

/** An argument that cannot be used: `argument` names it, `index` is the first offending element where there is one. */
export class InvalidInputError extends SurvivalError {
  override name = "InvalidInputError";
  constructor(
    message: string,
    readonly argument: string,
    readonly index: number | null = null,
  ) {
    super(message);
  }

  /** The function that was called, as the message names it. */
  get function(): string {
    return this.message.slice(0, Math.max(0, this.message.search(/\W/)));
  }
}

/** No row has the event, so that nothing can be estimated or compared. */
export class NoEventsError extends SurvivalError {
  override name = "NoEventsError";
}

/** Two or more groups are needed and there are fewer, or they are never at risk together. */
export class GroupComparisonError extends SurvivalError {
  override name = "GroupComparisonError";
}

/** Numbers so far apart that doubles cannot hold their exponentials beside each other. */
export class OverflowError extends SurvivalError {
  override name = "OverflowError";
}
