import { type Covariates, type PerArm, propensityScore, propensityWeights } from "../../comparability";
import type { ControlWoman } from "../../data/urgent-actions";
import { CONCERNS } from "../../data/urgent-actions";
import { SurvivalError } from "../../statistics";
import { type BiasCovariate, biasCovariates } from "./bias";

/** Weights that make the other women look like the featured ones, and what had to be left out for it. */
export interface FeaturedWeights {
  /** One for each woman, 0 for those left out; null where no model could be fitted. */
  readonly weights: readonly number[] | null;
  /** Covariates of the propensity score. */
  readonly used: readonly string[];
  /** Covariates that could not be used, women without weight, or the model itself, with the reason. */
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[];
  /** (Σw)²/Σw² in each arm; null without weights. */
  readonly effectiveSampleSize: PerArm | null;
}

/**
 * Weights for the effect on the featured: 1 for each featured woman, e/(1 − e) for the others, with the propensity score
 * e from a logistic regression on reports, concerns, year of entry and region; see {@link propensityWeights}.
 *
 * With nineteen featured women the model can hold few covariates, so regions stand for countries. Left out, and said to
 * be, are women with a concern that is not coded, women of a region without a featured woman, and covariates on which all
 * featured women agree: the data cannot say what a featured woman with another value would have looked like.
 *
 * @param women of {@link controlGroup}
 * @returns weights null, with the reason, where arms cannot be compared or are told apart by a covariate
 * @example standardizedBias(group.women, { weights: featuredWeights(group.women).weights ?? undefined })
 */
export function featuredWeights(women: readonly ControlWoman[]): FeaturedWeights {
  const leftOut: { what: string; reason: string }[] = [];
  const regions = new Set(women.filter((woman) => woman.featured).map((woman) => woman.region));
  const uncoded = (woman: ControlWoman): boolean => CONCERNS.some((concern) => woman[concern] === null);
  const elsewhere = (woman: ControlWoman): boolean => woman.region === null || !regions.has(woman.region);
  const note = (test: (woman: ControlWoman) => boolean, reason: string): void => {
    const count = women.filter(test).length;
    if (count > 0) leftOut.push({ what: count === 1 ? "1 woman" : `${count} women`, reason });
  };
  note(uncoded, "a concern is not coded");
  note((woman) => !uncoded(woman) && elsewhere(woman), "in no region with a featured woman");
  const kept = women.map((woman) => !uncoded(woman) && !elsewhere(woman));
  const used = women.filter((_, i) => kept[i]);
  const chosen = biasCovariates(used)
    .filter((covariate) => covariate.kind !== "country")
    .filter((covariate) => {
      const reason = constantReason(covariate, used);
      if (reason !== null) leftOut.push({ what: covariate.label, reason });
      return reason === null;
    });
  const names = chosen.map((covariate) => covariate.label);
  const several = new Set(used.map((woman) => woman.region)).size > 1;
  try {
    const treated = used.map((woman) => woman.featured);
    const { scores } = propensityScore({ treated, covariates: columns(chosen, used, several) });
    const { weights, effectiveSampleSize } = propensityWeights(scores, treated, { estimand: "ATT" });
    let next = 0;
    return {
      weights: kept.map((keep) => (keep ? weights[next++] : 0)),
      used: several ? [...names, "Region"] : names,
      leftOut,
      effectiveSampleSize,
    };
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    leftOut.push({ what: "the model", reason: error.message });
    return { weights: null, used: [], leftOut, effectiveSampleSize: null };
  }
}

/** Why a covariate cannot be in the model; null where it can. */
function constantReason(covariate: BiasCovariate, women: readonly ControlWoman[]): string | null {
  const valuesOf = (featured: boolean) =>
    new Set(women.filter((woman) => woman.featured === featured).map(covariate.of));
  if (valuesOf(true).size < 2) return "the same for all featured women";
  return valuesOf(false).size < 2 ? "the same for all other women" : null;
}

function columns(
  chosen: readonly BiasCovariate[],
  women: readonly ControlWoman[],
  regions: boolean,
): Covariates {
  const own = chosen.map(({ label, of }) => [label, women.map(of)] as const);
  return Object.fromEntries([
    ...own,
    ...(regions ? [["Region", women.map((woman) => woman.region)] as const] : []),
  ]);
}
