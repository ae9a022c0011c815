import { SurvivalError } from "../statistics";

/** The statistic could not be computed for a replicate. */
export class ReplicateError extends SurvivalError {
  override name = "ReplicateError";
  constructor(
    message: string,
    /** Which replicate, from 0. */
    readonly replicate: number,
    options?: ErrorOptions,
  ) {
    super(message);
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** Threads were asked for and could not be started, or one of them ended. */
export class ThreadError extends SurvivalError {
  override name = "ThreadError";
}
