import type { Judged } from "./beliefs";

/** A value for each hypothesis. */
export function byHypothesis<H extends string, Value>(
  hypotheses: readonly H[],
  value: (hypothesis: H, index: number) => Value,
): Readonly<Record<H, Value>> {
  // The keys are exactly the hypotheses; the type of Object.fromEntries cannot say so.
  return Object.fromEntries(hypotheses.map((h, i) => [h, value(h, i)])) as Record<H, Value>;
}

/** The hypotheses that priors name, and the priors adding up to one. */
export function checkedPriors<H extends string>(
  priors: Readonly<Record<H, number>>,
): { hypotheses: H[]; normalised: Readonly<Record<H, number>> } {
  const hypotheses = Object.keys(priors).filter((key): key is H => key in priors);
  if (hypotheses.length < 2)
    throw new RangeError(`updateBeliefs: at least two hypotheses are needed; got ${hypotheses.length}`);
  for (const h of hypotheses) {
    if (Number.isFinite(priors[h]) && priors[h] >= 0) continue;
    throw new RangeError(`updateBeliefs: the prior of "${h}" is ${priors[h]}; a number from 0 is needed`);
  }
  const sum = hypotheses.reduce((total, h) => total + priors[h], 0);
  if (!(sum > 0 && Number.isFinite(sum)))
    throw new RangeError(`updateBeliefs: the priors add up to ${sum}; at least one must be above 0`);
  return { hypotheses, normalised: byHypothesis(hypotheses, (h) => priors[h] / sum) };
}

/** Throws where a likelihood is missing, superfluous, or no probability. */
export function checkedLikelihoods<H extends string>(
  hypotheses: readonly H[],
  evidence: readonly Judged<H>[],
): void {
  const seen = new Set<string>();
  for (const { id, likelihoods } of evidence) {
    if (seen.has(id)) throw new RangeError(`updateBeliefs: "${id}" stands twice among the evidence`);
    seen.add(id);
    for (const h of hypotheses) {
      const value = likelihoods[h];
      if (value >= 0 && value <= 1) continue;
      throw new RangeError(
        `updateBeliefs: the likelihood of "${id}" under "${h}" is ${String(value)}; a probability from 0 to 1 is needed`,
      );
    }
    const unknown = Object.keys(likelihoods).filter((key) => !hypotheses.some((h) => h === key));
    if (unknown.length === 0) continue;
    throw new RangeError(
      `updateBeliefs: "${id}" has a likelihood for "${unknown.join('", "')}"; the priors name ${hypotheses.join(", ")}`,
    );
  }
}
