import { type SelectionDesign, selectedCampaigns } from "../../../../lib/paper/selection";

/** A thousand campaigns without any effect, at the same draws as the notebook's. */
export interface OddsResult {
  /** Shares of the campaigns whose log-rank test is below a level. */
  readonly below5Percent: number;
  readonly belowPrinted: number;
  readonly sentence: string;
}

/** The notebook's world: half of the 37 are about to be released, and the campaign does nothing. */
const NO_EFFECT: Omit<SelectionDesign, "odds"> = {
  proposed: 37,
  featured: 19,
  ripe: 18,
  releasedIfRipe: 0.9,
  releasedOtherwise: 0.1,
  followUp: 36,
};

/** What the paper's test gives where officials pick ripe cases with these odds, and nothing else happens. */
export function oddsResult(odds: number): OddsResult {
  const { pValues, released } = selectedCampaigns({ ...NO_EFFECT, odds }, { seed: 20150901 });
  const share = (level: number): number => pValues.filter((p) => p < level).length / pValues.length;
  const [below5Percent, belowPrinted] = [share(0.05), share(0.0001)];
  const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
  return {
    below5Percent,
    belowPrinted,
    sentence:
      `Odds of ${odds} to 1, and a campaign that does nothing: in ${percent(below5Percent)} of a thousand such campaigns p is ` +
      `below 0.05, in ${percent(belowPrinted)} below 0.0001, which is what the paper prints. On average ` +
      `${released.featured.toFixed(1)} of the 19 featured and ${released.others.toFixed(1)} of the 18 others are released.`,
  };
}
