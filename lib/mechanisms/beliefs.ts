import { exp, log } from "../statistics/elementary";
import { byHypothesis, checkedLikelihoods, checkedPriors } from "./checked-beliefs";

/** How likely one piece of evidence is under each hypothesis. Judgements of whoever writes them down. */
export interface Judged<H extends string> {
  readonly id: string;
  /** A few words for tables and figures. */
  readonly label: string;
  /** Probability of the evidence if the hypothesis holds, from 0 to 1. */
  readonly likelihoods: Readonly<Record<H, number>>;
}

/** Belief in each hypothesis after a piece of evidence and all before it. */
export interface BeliefStep<H extends string> {
  readonly id: string;
  readonly label: string;
  readonly posterior: Readonly<Record<H, number>>;
}

/** What {@link updateBeliefs} returns. */
export interface Beliefs<H extends string> {
  readonly hypotheses: readonly H[];
  /** Priors, adding up to one. */
  readonly priors: Readonly<Record<H, number>>;
  readonly evidence: readonly Judged<H>[];
  readonly weight: number;
  readonly steps: readonly BeliefStep<H>[];
  readonly posterior: Readonly<Record<H, number>>;
  /** Natural logarithms of the posterior; they keep their digits where the posterior is all but 0. */
  readonly logPosterior: Readonly<Record<H, number>>;
  /** Hypotheses from the most to the least believed; in the order of the priors where two are equal. */
  readonly ranking: readonly H[];
}

/**
 * Bayes' rule for rival hypotheses and several pieces of evidence,
 * $P(H_i \mid E) = P(H_i)\prod_k P(E_k \mid H_i)^w / \sum_j P(H_j)\prod_k P(E_k \mid H_j)^w$, in logarithms.
 *
 * The hypotheses must exclude each other, and the pieces of evidence must be independent of each other under each of
 * them. Where they are not, `weight` below 1 counts each of them for less; it is a stopgap, and says so by its name.
 *
 * @param priors how far each hypothesis is believed before the evidence: numbers from 0, of any sum above 0
 * @param evidence a probability from 0 to 1 for each hypothesis; the order does not matter for the end
 * @param options `weight` from 0 to 1, the power to which each likelihood is raised; 1 unless told
 * @returns beliefs after each piece and at the end
 * @throws RangeError where a prior is negative or not finite or all are 0; where a likelihood is missing, superfluous or
 *   outside 0 to 1; where a piece is impossible under every hypothesis still believed: the hypotheses are then not all
 *   there are
 * @see Fairfield and Charman (2017), Political Analysis 25(3), pp. 363–380; Bennett (2015)
 * @example
 * updateBeliefs({ rain: 1, sprinkler: 1 }, [{ id: "wet", label: "Wet street", likelihoods: { rain: 0.9, sprinkler: 0.1 } }])
 *   .posterior.rain // 0.9
 */
export function updateBeliefs<H extends string>(
  priors: Readonly<Record<H, number>>,
  evidence: readonly Judged<H>[],
  { weight = 1 }: { readonly weight?: number } = {},
): Beliefs<H> {
  if (!(weight >= 0 && weight <= 1))
    throw new RangeError(`updateBeliefs: the weight is ${weight}; a number from 0 to 1 is needed`);
  const { hypotheses, normalised } = checkedPriors(priors);
  checkedLikelihoods(hypotheses, evidence);
  let logs = hypotheses.map((h) => log(normalised[h]));
  const steps = evidence.map(({ id, label, likelihoods }): BeliefStep<H> => {
    const added = hypotheses.map((h, i) => (logs[i] ?? -Infinity) + powered(likelihoods[h], weight));
    if (added.every((value) => value === -Infinity)) {
      throw new RangeError(
        `updateBeliefs: "${id}" is impossible under every hypothesis that is still believed; one is missing, or a likelihood of 0 is too strong a word`,
      );
    }
    logs = normalisedLogs(added);
    return { id, label, posterior: byHypothesis(hypotheses, (_, i) => exp(logs[i] ?? -Infinity)) };
  });
  const order = hypotheses.map((_, i) => i).sort((a, b) => (logs[b] ?? 0) - (logs[a] ?? 0) || a - b);
  return {
    hypotheses,
    priors: normalised,
    evidence,
    weight,
    steps,
    posterior: byHypothesis(hypotheses, (_, i) => exp(logs[i] ?? -Infinity)),
    logPosterior: byHypothesis(hypotheses, (_, i) => logs[i] ?? -Infinity),
    ranking: order.flatMap((i) => hypotheses[i] ?? []),
  };
}

/** log(p^w); with w = 0 the evidence says nothing, whatever p is. */
function powered(p: number, weight: number): number {
  return weight === 0 ? 0 : weight * log(p);
}

/** Logarithms moved so that their exponentials add up to one. */
function normalisedLogs(logs: readonly number[]): number[] {
  const highest = Math.max(...logs);
  const sum = logs.reduce((total, value) => total + exp(value - highest), 0);
  return logs.map((value) => value - highest - log(sum));
}

/**
 * Probability of a piece of evidence if a hypothesis is false: the mean over its rivals, weighted by how far each is
 * believed, $P(E\mid\lnot H) = \sum_{j\ne H} P(H_j)P(E\mid H_j) / \sum_{j\ne H} P(H_j)$. So which test an observation is
 * depends on the rivals.
 *
 * @param priors beliefs in the hypotheses, of any sum
 * @throws RangeError as {@link updateBeliefs}; also where no rival is believed at all
 * @example probabilityIfFalse({ a: 1, b: 1, c: 0 }, { a: 0.9, b: 0.2, c: 0.7 }, "a") // 0.2
 */
export function probabilityIfFalse<H extends string, One extends H>(
  priors: Readonly<Record<H, number>>,
  likelihoods: Readonly<Record<H, number>>,
  hypothesis: One,
): number {
  const { hypotheses, normalised } = checkedPriors(priors);
  checkedLikelihoods(hypotheses, [{ id: "the evidence", label: "", likelihoods }]);
  const rivals = hypotheses.filter((h) => h !== hypothesis);
  const believed = rivals.reduce((sum, h) => sum + normalised[h], 0);
  if (believed === 0)
    throw new RangeError(
      `probabilityIfFalse: no rival of "${hypothesis}" is believed; a prior above 0 is needed`,
    );
  return rivals.reduce((sum, h) => sum + normalised[h] * likelihoods[h], 0) / believed;
}
