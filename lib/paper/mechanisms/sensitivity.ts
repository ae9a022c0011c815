import { InvalidInputError } from "../../statistics";
import { exp, log } from "../../statistics/elementary";
import { type Beliefs, byHypothesis, type Judged, updateBeliefs } from "./beliefs";

const DECIBELS = 10 / Math.LN10;

/** What it would take for a rival to be believed as much as the leader. */
export interface PriorNeeded<H extends string> {
  readonly hypothesis: H;
  readonly prior: number;
  readonly posterior: number;
  /** Weight of all the evidence for the leader against this rival, in decibels; infinite where it rules the rival out. */
  readonly evidence: number;
  /** Share of belief beforehand, the others keeping their proportions, at which the two draw level; null if never. */
  readonly priorToDrawLevel: number | null;
}

/** What hangs on one piece of evidence. */
export interface PieceSensitivity<H extends string> {
  readonly id: string;
  readonly label: string;
  /** Its weight for the leader against the runner-up, in decibels. */
  readonly weight: number;
  /** Belief in the leader without it. */
  readonly without: number;
  /** The most believed hypothesis without it. */
  readonly leaderWithout: H;
  /** Likelihood under the leader at which the runner-up draws level. */
  readonly leaderLikelihood: number;
  /** Likelihood under each rival at which that rival draws level; null where no probability is high enough. */
  readonly rivalLikelihood: Readonly<Record<H, number | null>>;
}

/** What {@link beliefSensitivity} returns. */
export interface BeliefSensitivity<H extends string> {
  readonly leader: H;
  readonly runnerUp: H;
  /** How far the leader is ahead of the runner-up, in decibels. */
  readonly gap: number;
  readonly priors: readonly PriorNeeded<H>[];
  readonly pieces: readonly PieceSensitivity<H>[];
}

/**
 * Which priors and which single likelihoods would overturn the order of the most believed hypotheses. All changes are
 * of one number at a time; several small changes together may do what none does alone.
 *
 * @throws InvalidInputError where the runner-up is not believed at all, so that nothing could overturn the order
 * @example beliefSensitivity(updateBeliefs(equalPriors(), likelihoodsFromWords(rows))).gap
 */
export function beliefSensitivity<H extends string>(beliefs: Beliefs<H>): BeliefSensitivity<H> {
  const { hypotheses, logPosterior, ranking, weight } = beliefs;
  const [leader, runnerUp] = ranking;
  if (leader === undefined || runnerUp === undefined || beliefs.posterior[runnerUp] === 0)
    throw new InvalidInputError(
      "beliefSensitivity: only one hypothesis is believed at all; there is no order to overturn",
      "beliefs",
    );
  const behind = (h: H): number => logPosterior[leader] - logPosterior[h];
  return {
    leader,
    runnerUp,
    gap: DECIBELS * behind(runnerUp),
    priors: hypotheses.filter((h) => h !== leader).map((h) => priorNeeded(beliefs, leader, h)),
    pieces: beliefs.evidence.map((piece) => {
      const rest = updateBeliefs(
        beliefs.priors,
        beliefs.evidence.filter(({ id }) => id !== piece.id),
        { weight },
      );
      const { likelihoods } = piece;
      // A change by the factor f counts as f to the power of the weight.
      const factor = (h: H): number => (weight === 0 ? Infinity : exp(behind(h) / weight));
      return {
        id: piece.id,
        label: piece.label,
        weight: weightFor(piece, leader, runnerUp, weight),
        without: rest.posterior[leader],
        leaderWithout: rest.ranking[0] ?? leader,
        leaderLikelihood: likelihoods[leader] / factor(runnerUp),
        rivalLikelihood: byHypothesis(hypotheses, (h) => (h === leader ? null : atMostOne(likelihoods[h] * factor(h)))),
      };
    }),
  };
}

/** Weight of a piece for one hypothesis against another, in decibels, as it counts in the sum. */
function weightFor<H extends string>({ likelihoods }: Judged<H>, a: H, b: H, weight: number): number {
  if (likelihoods[a] === likelihoods[b]) return 0;
  return DECIBELS * weight * (log(likelihoods[a]) - log(likelihoods[b]));
}

function priorNeeded<H extends string>(beliefs: Beliefs<H>, leader: H, rival: H): PriorNeeded<H> {
  const { priors, evidence, weight } = beliefs;
  const decibels = evidence.reduce((sum, piece) => sum + weightFor(piece, leader, rival, weight), 0);
  // The rival's share p and the leader's share s(1 − p) of the rest draw level where p = s(1 − p) times the factor.
  const s = priors[rival] < 1 ? priors[leader] / (1 - priors[rival]) : 0;
  const odds = s * exp(decibels / DECIBELS);
  return {
    hypothesis: rival,
    prior: priors[rival],
    posterior: beliefs.posterior[rival],
    evidence: decibels,
    priorToDrawLevel: Number.isFinite(odds) ? odds / (1 + odds) : null,
  };
}

function atMostOne(likelihood: number): number | null {
  return likelihood <= 1 ? likelihood : null;
}
