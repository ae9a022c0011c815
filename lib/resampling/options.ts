import { InvalidInputError } from "../survival/errors";

/** What all long calculations take. */
export interface RunOptions {
  /** Ends the calculation when it fires; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told now and then how much is done, and at the end. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What calculations take that can be spread over threads. No result depends on these. */
export interface ThreadOptions extends RunOptions {
  /** Threads to spread the work over, with Node's worker_threads; without it, or with 1, all is done here. */
  readonly threads?: number;
  /**
   * The worker's code, as {@link bundleWorker} makes it. Needed only where the library's own sources or esbuild are not
   * at hand, as in a published bundle.
   */
  readonly workerSource?: string;
}

/** Throws unless the value is a whole number within limits. */
export function checkWhole(
  action: string,
  argument: string,
  value: number,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const message = `${action}: ${argument} is ${value}; a whole number ${range} is needed`;
  throw new InvalidInputError(message, argument);
}

/** Replicates are streams of a seed, of which there are 2^32. */
export const MOST_REPLICATES = 0x100000000;

/** Throws unless seed and number of replicates can be used. */
export function checkReplicates(action: string, argument: string, replicates: number, seed: number): void {
  checkWhole(action, argument, replicates, 1, MOST_REPLICATES);
  checkWhole(action, "seed", seed, 0);
}

/** Throws unless the value is a finite number above 0 (or at least 0). */
export function checkPositive(action: string, argument: string, value: number, orZero = false): void {
  if (Number.isFinite(value) && (value > 0 || (orZero && value === 0))) return;
  const message = `${action}: ${argument} is ${value}; a number ${orZero ? "of at least" : "above"} 0 is needed`;
  throw new InvalidInputError(message, argument);
}
