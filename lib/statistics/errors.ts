/**
 * What every error of an estimator is, so that a caller can tell them from others. It is a RangeError, since something was
 * outside of what can be computed. Its message starts with the name of the function that was called.
 */
export class SurvivalError extends RangeError {
  override name = "SurvivalError";
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

/**
 * Does a public function's work inside of another one: its errors then begin with the name of the function that was
 * called, and say the same as before in all else.
 */
export function calledAs<T>(action: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SurvivalError) {
      const { message, stack } = error;
      error.message = message.replace(/^[\w.]+(?=: )/, action);
      error.stack = stack?.replace(message, error.message);
    }
    throw error;
  }
}

/** The same for work that is waited for. */
export function awaitedAs<T>(action: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) =>
    calledAs(action, (): never => {
      throw error;
    }),
  );
}
