import { square } from "../statistics/elementary";
import { type BootstrapIntervals, bootstrapIntervals } from "./bootstrap-intervals";
import { ReplicateError } from "./options";
import type { UnitFailure } from "./work";

/** One number of a bootstrapped statistic. */
export interface BootstrapStatistic extends BootstrapIntervals {
  readonly name: string;
  /** Of the sample itself. */
  readonly estimate: number;
  /** Mean of the replicates less the estimate. */
  readonly bias: number;
  /** Standard deviation of the replicates. */
  readonly standardError: number;
  /** Its value in each bootstrap sample, in their order. */
  readonly replicates: readonly number[];
}

export interface Bootstrap {
  readonly n: number;
  /** Clusters drawn; null where rows are. */
  readonly clusters: number | null;
  readonly seed: number;
  readonly confidence: number;
  /** Samples drawn, with those that failed. */
  readonly replicates: number;
  /** Samples without a value, which were left out as asked: how many, and the first with its reason. */
  readonly failed: { readonly count: number; readonly first: number | null; readonly reason: string | null };
  readonly statistics: readonly BootstrapStatistic[];
}

/** What to do with a sample for which the statistic cannot be computed. */
export type FailurePolicy = "stop" | "leave out";

/** What a bootstrap gave: `names.length` numbers for each replicate, and then for each jackknife unit. */
export interface BootstrapValues {
  readonly names: readonly string[];
  readonly estimates: ArrayLike<number>;
  readonly replicates: number;
  readonly values: Float64Array;
  readonly failures: readonly UnitFailure[];
  /** False where no jackknife was run. */
  readonly jackknife: boolean;
}

/**
 * Applies the policy to failures, and sums up each statistic.
 *
 * @throws {ReplicateError} under "stop" at the first failure, and if fewer than two replicates are left
 */
export function summarize(
  action: string,
  found: BootstrapValues,
  policy: FailurePolicy,
  confidence: number,
): Pick<Bootstrap, "replicates" | "failed" | "statistics"> {
  const { names, replicates, failures } = found;
  const width = names.length;
  const units = found.values.length / width;
  const failed = new Uint8Array(units);
  for (const { unit, reason } of failures) {
    failed[unit] = 1;
    if (policy === "leave out") continue;
    const which =
      unit < replicates ? `bootstrap sample ${unit} of ${replicates}` : `the sample without unit ${unit - replicates}`;
    const advice =
      'Make the statistic defined for such samples, or ask for failures: "leave out", which counts them (the rest is then a selection)';
    throw new ReplicateError(`${action}: in ${which}: ${reason}. ${advice}`, unit);
  }
  const kept = Array.from({ length: replicates }, (_, unit) => unit).filter((unit) => failed[unit] === 0);
  const first = failures.find(({ unit }) => unit < replicates) ?? null;
  if (kept.length < 2) {
    const why = first === null ? "" : `; in sample ${first.unit}: ${first.reason}`;
    throw new ReplicateError(
      `${action}: ${kept.length} of ${replicates} samples have a value, and at least 2 are needed${why}`,
      first?.unit ?? 0,
    );
  }
  const broken = failures.find(({ unit }) => unit >= replicates) ?? null;
  const statistics = names.map((name, j): BootstrapStatistic => {
    const column = (unit: number) => found.values[unit * width + j];
    const values = kept.map(column);
    const left = found.jackknife && broken === null ? range(replicates, units).map(column) : null;
    const estimate = found.estimates[j];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + square(value - mean), 0);
    const intervals = bootstrapIntervals(estimate, values, left, confidence);
    const refusal = broken === null ? intervals.refusal : `without unit ${broken.unit - replicates}: ${broken.reason}`;
    return {
      name,
      estimate,
      bias: mean - estimate,
      standardError: Math.sqrt(squares / (values.length - 1)),
      ...intervals,
      refusal,
      replicates: values,
    };
  });
  return {
    replicates,
    failed: { count: replicates - kept.length, first: first?.unit ?? null, reason: first?.reason ?? null },
    statistics,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
