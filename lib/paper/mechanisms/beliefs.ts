import { InvalidInputError } from "../../statistics";
import { exp, log } from "../../statistics/elementary";
import { largest, lengthOf } from "../../statistics/inner";
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
  /** Natural logarithms of the posterior; they keep their digits where the posterior is all but 0; −Infinity where it is 0. */
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
 * @throws InvalidInputError where a prior is negative or not finite or all are 0; where a likelihood is missing, superfluous or
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
  lengthOf("updateBeliefs", "evidence", evidence);
  const wrong = errorsOf("updateBeliefs");
  if (!(weight >= 0 && weight <= 1)) throw wrong(`the weight is ${weight}; a number from 0 to 1 is needed`, "weight");
  const { hypotheses, normalised } = checkedPriors(priors, wrong);
  checkLikelihoods(hypotheses, evidence, wrong);
  let logs = hypotheses.map((h) => log(normalised[h]));
  const steps = evidence.map(({ id, label, likelihoods }, at): BeliefStep<H> => {
    const added = hypotheses.map((h, i) => (logs[i] ?? -Infinity) + powered(likelihoods[h], weight));
    if (added.every((value) => value === -Infinity)) {
      throw wrong(
        `"${id}" is impossible under every hypothesis that is still believed; one is missing, or a likelihood of 0 is too strong a word`,
        "evidence",
        at,
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
  const highest = largest(logs);
  const sum = logs.reduce((total, value) => total + exp(value - highest), 0);
  return logs.map((value) => value - highest - log(sum));
}

/**
 * Probability of a piece of evidence if a hypothesis is false: the mean over its rivals, weighted by how far each is
 * believed, $P(E\mid\lnot H) = \sum_{j\ne H} P(H_j)P(E\mid H_j) / \sum_{j\ne H} P(H_j)$. So which test an observation is
 * depends on the rivals.
 *
 * @param priors beliefs in the hypotheses, of any sum
 * @throws InvalidInputError as {@link updateBeliefs}; also where no rival is believed at all
 * @example probabilityIfFalse({ a: 1, b: 1, c: 0 }, { a: 0.9, b: 0.2, c: 0.7 }, "a") // 0.2
 */
export function probabilityIfFalse<H extends string, One extends H>(
  priors: Readonly<Record<H, number>>,
  likelihoods: Readonly<Record<H, number>>,
  hypothesis: One,
): number {
  const wrong = errorsOf("probabilityIfFalse");
  const { hypotheses, normalised } = checkedPriors(priors, wrong);
  checkLikelihoods(hypotheses, [{ id: "the evidence", label: "", likelihoods }], wrong);
  const rivals = hypotheses.filter((h) => h !== hypothesis);
  const believed = rivals.reduce((sum, h) => sum + normalised[h], 0);
  if (believed === 0) throw wrong(`no rival of "${hypothesis}" is believed; a prior above 0 is needed`, "priors");
  return rivals.reduce((sum, h) => sum + normalised[h] * likelihoods[h], 0) / believed;
}

/** A value for each hypothesis. */
export function byHypothesis<H extends string, Value>(
  hypotheses: readonly H[],
  value: (hypothesis: H, index: number) => Value,
): Readonly<Record<H, Value>> {
  // The keys are exactly the hypotheses; the type of Object.fromEntries cannot say so.
  return Object.fromEntries(hypotheses.map((h, i) => [h, value(h, i)])) as Record<H, Value>;
}

/** Makes the errors of a function that was called. */
type Wrong = (what: string, argument: string, index?: number) => InvalidInputError;

function errorsOf(called: string): Wrong {
  return (what, argument, index) => new InvalidInputError(`${called}: ${what}`, argument, index);
}

/** The hypotheses that priors name, and the priors adding up to one. */
function checkedPriors<H extends string>(
  priors: Readonly<Record<H, number>>,
  wrong: Wrong,
): { hypotheses: H[]; normalised: Readonly<Record<H, number>> } {
  const hypotheses = Object.keys(priors).filter((key): key is H => key in priors);
  if (hypotheses.length < 2) throw wrong(`at least two hypotheses are needed; got ${hypotheses.length}`, "priors");
  for (const [at, h] of hypotheses.entries()) {
    if (Number.isFinite(priors[h]) && priors[h] >= 0) continue;
    throw wrong(`the prior of "${h}" is ${priors[h]}; a number from 0 is needed`, "priors", at);
  }
  const sum = hypotheses.reduce((total, h) => total + priors[h], 0);
  if (!(sum > 0 && Number.isFinite(sum)))
    throw wrong(`the priors add up to ${sum}; at least one must be above 0`, "priors");
  return { hypotheses, normalised: byHypothesis(hypotheses, (h) => priors[h] / sum) };
}

/** Throws where a likelihood is missing, superfluous, or no probability. */
function checkLikelihoods<H extends string>(
  hypotheses: readonly H[],
  evidence: readonly Judged<H>[],
  wrong: Wrong,
): void {
  const seen = new Set<string>();
  for (const [at, { id, likelihoods }] of evidence.entries()) {
    if (seen.has(id)) throw wrong(`"${id}" stands twice among the evidence`, "evidence", at);
    seen.add(id);
    for (const h of hypotheses) {
      const value = likelihoods[h];
      if (value >= 0 && value <= 1) continue;
      throw wrong(
        `the likelihood of "${id}" under "${h}" is ${String(value)}; a probability from 0 to 1 is needed`,
        "evidence",
        at,
      );
    }
    const unknown = Object.keys(likelihoods).filter((key) => !hypotheses.some((h) => h === key));
    if (unknown.length === 0) continue;
    throw wrong(
      `"${id}" has a likelihood for "${unknown.join('", "')}"; the priors name ${hypotheses.join(", ")}`,
      "evidence",
      at,
    );
  }
}
