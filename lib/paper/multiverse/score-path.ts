import { SurvivalError, seededRandom } from "../../statistics";
import { cox } from "../../survival/cox";
import { memberScores } from "../../survival/cox/engine";
import { refuseCounts } from "../../survival/inner";
import type { Analysis } from "./multiverse";

/**
 * What the score test of one 0/1 covariate needs, for any dealing of its labels to women: the martingale residuals of the
 * model without it, and the information about it that the other covariates leave.
 */
export interface ScorePath {
  /** Place among the women of the whole data by place here: those with a row in which they could be featured. */
  readonly women: readonly number[];
  /** Σ of martingale residuals of her rows in which she could be featured. */
  readonly residual: Float64Array;
  /** Efficient information, women × women, row-major. */
  readonly information: Float64Array;
}

/**
 * A score test: U/√V is the test statistic, U/V one step of Newton's method from 0. The step has the sign and the order of
 * the coefficient, not its size: where few are featured it is too long, as e^β − 1 is longer than β.
 */
export interface ScoreTest {
  readonly step: number;
  readonly z: number;
}

/**
 * Prepares the score test of a specification (Rao 1948; Cox 1972, JRSS B 34:187).
 *
 * The model without the covariate does not depend on who is featured. So it is fitted once; then the score is a sum over
 * the featured, U = Σ M_i with the martingale residuals M (Barlow and Prentice 1988, Biometrika 75:65), and its variance
 * V = Σ Σ W_ij with the efficient information W = I_xx − I_xz I_zz⁻¹ I_zx of the rows' own indicators, ties by Efron's
 * method. A permutation of labels then costs some hundred additions and no fit.
 *
 * @param analysis a specification's rows; weights and strata are not looked at, and counts refused
 * @param term the covariate whose labels are dealt
 * @returns null where the model without the covariate cannot be fitted
 */
export function scorePath(analysis: Analysis, term: string): ScorePath | null {
  const { input, women: womanOf, couldBeTreated } = analysis;
  refuseCounts("scorePath", input, "labels are dealt to women one by one");
  const others = Object.fromEntries(Object.entries(input.covariates).filter(([name]) => name !== term));
  const women = [...new Set(womanOf.filter((_, i) => couldBeTreated[i]))];
  const placeOf = new Map(women.map((woman, at) => [woman, at]));
  const memberOf = Int32Array.from(womanOf, (woman, i) => (couldBeTreated[i] ? (placeOf.get(woman) ?? -1) : -1));
  try {
    const { time, event, entry } = input;
    const fit = cox({ time, event, entry, covariates: others }, { ties: analysis.options?.ties });
    return { women, ...memberScores(fit, others, memberOf, women.length) };
  } catch (error) {
    if (error instanceof SurvivalError) return null;
    throw error;
  }
}

/**
 * The score test when some women are featured.
 *
 * @param labels 1 for the featured, by the women of the whole data
 * @returns null where nothing can be compared
 */
export function scoreTest(path: ScorePath, labels: Uint8Array): ScoreTest | null {
  const chosen: number[] = [];
  path.women.forEach((woman, at) => {
    if (labels[woman] === 1) chosen.push(at);
  });
  const m = path.women.length;
  let [score, variance] = [0, 0];
  for (const a of chosen) {
    score += path.residual[a];
    for (const b of chosen) variance += path.information[a * m + b];
  }
  return variance > 1e-9 ? { step: score / variance, z: score / Math.sqrt(variance) } : null;
}

/** Dealing k of a seed: which women of the pool have a label, and nobody else. */
export function dealLabels(labels: Uint8Array, pool: readonly number[], n: number, seed: number, k: number) {
  const dealt = [...pool];
  seededRandom(seed, k).shuffle(dealt, n);
  labels.fill(0);
  for (const woman of dealt.slice(0, n)) labels[woman] = 1;
}
