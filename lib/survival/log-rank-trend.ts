import { GroupComparisonError, InvalidInputError, twoSidedP } from "../statistics";
import { checkGroups } from "./group-events";
import { type GroupedInput, type LogRankOptions, logRankSums } from "./log-rank";
import { checkFinite, type Vector } from "./outcome";

export interface TrendTest {
  /** Positive if groups with higher scores have more events than expected. */
  readonly z: number;
  readonly chiSquare: number;
  readonly df: 1;
  readonly pValue: number;
  readonly scores: readonly { readonly label: string; readonly score: number }[];
}

/**
 * The log-rank test for trend over ordered groups (Tarone 1975, Biometrika 62:679; Collett 2015, Modelling Survival
 * Data in Medical Research, section 2.8).
 *
 * One wants it where groups have an order, such as doses or degrees of attention: it spends its one degree of freedom
 * on hazards that rise or fall along the order. z = Σ s(O − E) / √(sᵀVs). R's survival package has it only as the
 * score test of `coxph(Surv(time, event) ~ score)`, which is the same where no events are tied.
 *
 * @param input time, event, group and optionally strata, entry and whole weights
 * @param options as for logRank; `scores` are the groups' numbers in their order, 1, 2, … unless told
 * @throws as logRank, and {InvalidInputError} if scores are not one number a group or all the same
 * @example logRankTrend({ time: [5, 4, 3, 1], event: [1, 1, 1, 1], group: [1, 1, 2, 3] }).z > 0 // true
 */
export function logRankTrend(
  input: GroupedInput,
  options: LogRankOptions & { readonly scores?: Vector } = {},
): TrendTest {
  const action = "logRankTrend";
  const grouped = checkGroups(action, input, options.order);
  const { labels } = grouped.groups;
  const given = checkScores(action, options.scores ?? labels.map((_, g) => g + 1), labels.length);
  // A shift of all scores changes nothing, and small ones lose fewer digits in the variance.
  const center = given.reduce((sum, score) => sum + score, 0) / given.length;
  const scores = given.map((score) => score - center);
  const sums = logRankSums(action, grouped, options);
  let difference = 0;
  let variance = 0;
  scores.forEach((score, g) => {
    difference += score * (sums.observed[g] - sums.expected[g]);
    scores.forEach((other, h) => {
      variance += score * other * sums.covariance[g * scores.length + h];
    });
  });
  if (!(variance > 0)) {
    throw new GroupComparisonError(
      `${action}: groups of different score are never at risk together when an event occurs, so there is no trend to test`,
    );
  }
  const z = difference / Math.sqrt(variance);
  return {
    z,
    chiSquare: z * z,
    df: 1,
    pValue: twoSidedP(z),
    scores: labels.map((label, g) => ({ label, score: given[g] })),
  };
}

function checkScores(action: string, values: Vector, count: number): Float64Array {
  if (values.length !== count) {
    const message = `${action}: scores has ${values.length} elements and there are ${count} groups; one score a group is needed`;
    throw new InvalidInputError(message, "scores");
  }
  const scores = checkFinite(action, "scores", values, count);
  if (scores.every((score) => score === scores[0])) {
    throw new InvalidInputError(
      `${action}: all scores are ${scores[0]}; different scores are needed`,
      "scores",
    );
  }
  return scores;
}
