import type { Multiverse, SpecificationResult } from "./multiverse";

/** A result that has an estimate. */
export type EstimatedResult = SpecificationResult & {
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
};

export interface MultiverseSummary {
  readonly specifications: number;
  readonly estimated: number;
  /** Specifications without an estimate, by reason. */
  readonly without: readonly { readonly reason: string; readonly count: number }[];
  /** Median, smallest and largest log hazard ratio; null where there is no estimate. */
  readonly median: number | null;
  readonly smallest: number | null;
  readonly largest: number | null;
  /** The sign that most estimates have. */
  readonly sign: 1 | -1;
  /** Share of the estimates with that sign. */
  readonly sameSign: number;
  /** Share of the estimates with that sign and a p value below alpha. */
  readonly significant: number;
  /** Share of the estimates with the other sign and a p value below alpha. */
  readonly significantOpposite: number;
  readonly alpha: number;
}

/**
 * The results of a multiverse that have an estimate, from the smallest log hazard ratio to the largest.
 *
 * @example estimatedResults(multiverse(campaignMultiverse()))[0].estimate
 */
export function estimatedResults({ results }: Pick<Multiverse, "results">): EstimatedResult[] {
  return results.filter(hasEstimate).sort((a, b) => a.estimate - b.estimate || a.index - b.index);
}

function hasEstimate(result: SpecificationResult): result is EstimatedResult {
  return result.estimate !== null;
}

/**
 * How far the specifications of a multiverse agree: in sign, and in passing a level of significance.
 *
 * The specifications share their data, so a share of 0.9 is no probability, and 60 results below 5 % are not 60 findings;
 * {@link curveTest} asks what chance alone would give.
 *
 * @param run of multiverse(), or a part of its results
 * @param options `alpha`: the level, 0.05 unless told
 * @example multiverseSummary(multiverse(campaignMultiverse())).sameSign
 */
export function multiverseSummary(
  run: Pick<Multiverse, "results">,
  options: { readonly alpha?: number } = {},
): MultiverseSummary {
  const { alpha = 0.05 } = options;
  const sorted = estimatedResults(run);
  const reasons = new Map<string, number>();
  for (const { reason } of run.results) {
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const sign = 2 * sorted.filter(({ estimate }) => estimate > 0).length >= sorted.length ? 1 : -1;
  const share = (test: (result: EstimatedResult) => boolean): number =>
    sorted.length === 0 ? 0 : sorted.filter(test).length / sorted.length;
  return {
    specifications: run.results.length,
    estimated: sorted.length,
    without: Array.from(reasons, ([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    median: medianOf(sorted.map(({ estimate }) => estimate)),
    smallest: sorted[0]?.estimate ?? null,
    largest: sorted.at(-1)?.estimate ?? null,
    sign,
    sameSign: share(({ estimate }) => estimate * sign > 0),
    significant: share(({ estimate, pValue }) => estimate * sign > 0 && pValue < alpha),
    significantOpposite: share(({ estimate, pValue }) => estimate * sign < 0 && pValue < alpha),
    alpha,
  };
}

/** The median of numbers in increasing order. */
export function medianOf(sorted: ArrayLike<number>): number | null {
  const { length } = sorted;
  if (length === 0) return null;
  const middle = sorted[length >> 1] ?? 0;
  return length % 2 === 1 ? middle : ((sorted[(length >> 1) - 1] ?? 0) + middle) / 2;
}
