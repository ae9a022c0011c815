import type { Expectation } from "../../data/schema";
import type { Judged } from "./beliefs";
import { HYPOTHESIS_IDS, type HypothesisId } from "./hypothesis";
import type { Evidence } from "./load-evidence";

/** Which probability each of the three words stands for. */
export type WordScale = Readonly<Record<Expectation, number>>;

/**
 * The scale that the notebook illustrates with: weak on purpose. The strongest difference, expected against unexpected,
 * weighs 3.7 decibels.
 */
export const ILLUSTRATIVE_SCALE: WordScale = { expected: 0.7, possible: 0.5, unexpected: 0.3 };

/**
 * A symmetric scale: "expected" is as far above one half as "unexpected" is below it.
 *
 * @param expected probability that "expected" stands for, from 0.5 to below 1
 * @throws RangeError outside that range
 * @example wordScale(0.7) // { expected: 0.7, possible: 0.5, unexpected: 0.3 }
 */
export function wordScale(expected: number): WordScale {
  if (!(expected >= 0.5 && expected < 1))
    throw new RangeError(`wordScale(${expected}): a probability from 0.5 to below 1 is needed`);
  return { expected, possible: 0.5, unexpected: 1 - expected };
}

/**
 * Turns the words of the evidence table into probabilities. The words are this project's reading, the probabilities
 * whatever the scale says: a reader who disagrees changes either, by giving a scale or by replacing rows of the result.
 *
 * @throws RangeError where the scale is not in order between 0 and 1
 * @example updateBeliefs(priors, likelihoodsFromWords(loadEvidence().rows))
 */
export function likelihoodsFromWords(
  evidence: readonly Evidence[],
  scale: WordScale = ILLUSTRATIVE_SCALE,
): Judged<HypothesisId>[] {
  const { expected, possible, unexpected } = scale;
  if (!(unexpected >= 0 && unexpected <= possible && possible <= expected && expected <= 1)) {
    throw new RangeError(
      `likelihoodsFromWords: the scale is unexpected ${unexpected}, possible ${possible}, expected ${expected}; it must rise from 0 to 1 in this order`,
    );
  }
  return evidence.map(({ id, title, expectation }) => ({
    id,
    label: title,
    likelihoods: {
      shaming: scale[expectation.shaming],
      thirdParties: scale[expectation.thirdParties],
      deadlock: scale[expectation.deadlock],
      inducements: scale[expectation.inducements],
      otherCauses: scale[expectation.otherCauses],
    },
  }));
}

/**
 * The same belief in each hypothesis: a place to start from, not the absence of a judgement.
 *
 * @example equalPriors().deadlock // 0.2
 */
export function equalPriors(): Readonly<Record<HypothesisId, number>> {
  const share = 1 / HYPOTHESIS_IDS.length;
  return { shaming: share, thirdParties: share, deadlock: share, inducements: share, otherCauses: share };
}
