import { SurvivalError } from "../statistics";
import { checkWhole } from "../statistics/inner";

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

/** Replicates are streams of a seed, of which there are 2^32. */
const MOST_REPLICATES = 0x100000000;

/** Throws unless seed and number of replicates can be used. */
export function checkReplicates(action: string, argument: string, replicates: number, seed: number): void {
  checkWhole(action, argument, replicates, 1, MOST_REPLICATES);
  checkWhole(action, "seed", seed, 0);
}

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
