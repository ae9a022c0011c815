import type { Expectation } from "../../data/schema";
import { InvalidInputError, seededRandom } from "../../statistics";
import { calledAs, checkFields, checkProbability, checkWhole, lengthOf } from "../../statistics/inner";
import { byHypothesis, updateBeliefs } from "./beliefs";
import { type Evidence, ILLUSTRATIVE_SCALE, likelihoodsFromWords, type WordScale } from "./evidence";
import { HYPOTHESIS_IDS, type HypothesisId } from "./hypothesis";

export interface SecondReaderOptions {
  /** Probability that a word is one step off; 0.2 unless told. */
  readonly off?: number;
  /** Readers, 1,000 unless told. */
  readonly readers?: number;
  /** Seed, 1 unless told; reader k is its stream k. */
  readonly seed?: number;
  readonly scale?: WordScale;
}

/** What other readers of the same rows end with. */
export interface SecondReaders {
  /** Share of readers who believe a hypothesis most. */
  readonly first: Readonly<Record<HypothesisId, number>>;
  /** Belief that a tenth, half and nine tenths of the readers do not exceed. */
  readonly belief: Readonly<Record<HypothesisId, readonly [low: number, middle: number, high: number]>>;
  readonly readers: number;
}

const STEPS: readonly Expectation[] = ["unexpected", "possible", "expected"];

/**
 * Simulated second readers of the evidence: each of this project's words is one step off with some probability, whichever
 * way there is, and beliefs are formed anew.
 *
 * One wants it where one head chose all the words. It shows what scattered disagreement does; readers who disagree in one
 * direction, because they share a view, can do more.
 *
 * @param priors as of {@link updateBeliefs}
 * @throws {InvalidInputError} where there is no evidence, or naming the argument
 * @example secondReaders(loadEvidence().rows, equalPriors(), { off: 0.2 }).first.inducements
 */
export function secondReaders(
  evidence: readonly Evidence[],
  priors: Readonly<Record<HypothesisId, number>>,
  options: SecondReaderOptions = {},
): SecondReaders {
  lengthOf("secondReaders", "evidence", evidence);
  checkFields("secondReaders", "options", options, ["off", "readers", "seed", "scale"]);
  const { off = 0.2, readers = 1000, seed = 1, scale = ILLUSTRATIVE_SCALE } = options;
  if (evidence.length === 0) throw new InvalidInputError("secondReaders: there is no evidence to read", "evidence");
  checkProbability("secondReaders", "off", off);
  checkWhole("secondReaders", "readers", readers, 1, 1e6);
  checkWhole("secondReaders", "seed", seed, 0);
  const ends = Array.from({ length: readers }, (_, k) => {
    const random = seededRandom(seed, k);
    const word = (given: Expectation): Expectation => {
      const [moves, up] = [random.next() < off, random.next() < 0.5];
      if (!moves) return given;
      return given === "possible" ? STEPS[up ? 2 : 0] : "possible";
    };
    const read = evidence.map((row) => ({
      ...row,
      expectation: byHypothesis(HYPOTHESIS_IDS, (id) => word(row.expectation[id])),
    }));
    return calledAs("secondReaders", () => updateBeliefs(priors, likelihoodsFromWords(read, scale)));
  });
  return {
    first: byHypothesis(HYPOTHESIS_IDS, (id) => ends.filter(({ ranking }) => ranking[0] === id).length / readers),
    belief: byHypothesis(HYPOTHESIS_IDS, (id) => {
      const sorted = ends.map(({ posterior }) => posterior[id]).sort((a, b) => a - b);
      const at = (share: number): number => sorted[Math.round(share * (readers - 1))];
      return [at(0.1), at(0.5), at(0.9)] as const;
    }),
    readers,
  };
}
