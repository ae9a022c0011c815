import { type Covariates, propensityScore, propensityWeights } from "../../comparability";
import { SurvivalError } from "../../statistics";
import type { WomanFacts } from "./campaign-women";

/** Weights by woman, 0 for those without a counterpart, or why there are none. */
export type OverlapWeights =
  | { readonly weights: readonly number[]; readonly withoutCounterpart: number }
  | { readonly reason: string };

/**
 * Overlap weights of women from what an adjustment knows of them. Women with a characteristic or of a region that no woman
 * of the other arm has would have a propensity of 0 or 1, and so an overlap weight of 0: they are left out and counted.
 */
export function overlapWeights(
  adjustment: string,
  facts: readonly WomanFacts[],
  featured: readonly boolean[],
): OverlapWeights {
  const columns = categories(adjustment, facts);
  let kept = facts.map((_, i) => i);
  for (let before = Infinity; kept.length < before; ) {
    before = kept.length;
    for (const values of Object.values(columns)) {
      if (values.every((value) => typeof value === "number")) continue;
      const seen = (arm: boolean) => new Set(kept.filter((i) => featured[i] === arm).map((i) => values[i]));
      const [one, other] = [seen(true), seen(false)];
      kept = kept.filter((i) => (featured[i] === true ? other : one).has(values[i]));
    }
  }
  const treated = kept.map((i) => featured[i] === true);
  if (!(treated.includes(true) && treated.includes(false)))
    return { reason: "no weights: nobody has a counterpart" };
  const varying: Record<string, (string | number)[]> = {};
  for (const [name, values] of Object.entries(columns)) {
    const own = kept.map((i) => values[i] ?? "");
    if (new Set(own).size > 1) varying[name] = own;
  }
  const covariates: Covariates = varying;
  try {
    const scores =
      Object.keys(varying).length === 0
        ? treated.map(() => 0.5)
        : propensityScore({ treated, covariates }).scores;
    const found = propensityWeights(scores, treated, { estimand: "overlap" }).weights;
    const weights = facts.map(() => 0);
    kept.forEach((i, at) => {
      weights[i] = found[at] ?? 0;
    });
    return { weights, withoutCounterpart: facts.length - kept.length };
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return { reason: `no weights: ${error.message.replace(/^\w+: /, "")}` };
  }
}

/** Characteristics and region as categories, the year as a number. */
function categories(adjustment: string, facts: readonly WomanFacts[]): Record<string, (string | number)[]> {
  const columns: Record<string, (string | number)[]> = {};
  if (adjustment === "characteristics" || adjustment === "both" || adjustment === "all") {
    for (const concern of Object.keys(facts[0]?.characteristics ?? {})) {
      columns[concern] = facts.map(({ characteristics }) =>
        characteristics?.[concern] === 1 ? "yes" : "no",
      );
    }
  }
  if (adjustment === "regions" || adjustment === "both" || adjustment === "all") {
    columns.region = facts.map(({ region }) => region ?? "none");
  }
  if (adjustment === "year" || adjustment === "all") columns.year = facts.map(({ year }) => year);
  return columns;
}
