/** An inner door: what a choice of easy cases alone would look like. */
import { GroupComparisonError, InvalidInputError, NoEventsError, type RandomSource, seededRandom } from "../statistics";
import { log, log1p } from "../statistics/elementary";
import { checkFields, checkInside, checkPositive, checkWhole } from "../statistics/inner";
import { logRank } from "../survival";
import { cox } from "../survival/cox";

/** A campaign whose officials pick from a list, with all that is usually unknown. */
export interface SelectionDesign {
  /** Women who are proposed, and how many of them are featured. */
  readonly proposed: number;
  readonly featured: number;
  /** How many of the proposed are "ripe": about to be released, whatever the campaign does. */
  readonly ripe: number;
  /** Odds of a ripe case against another one, at each pick: 1 is a lot, above 1 officials can tell. */
  readonly odds: number;
  /** Share who would be free at the end of follow-up without a campaign. */
  readonly releasedIfRipe: number;
  readonly releasedOtherwise: number;
  /** In any unit; the results do not depend on it. */
  readonly followUp: number;
  /** What the campaign does to the hazard of those it features; 1 unless told, which is nothing. */
  readonly hazardRatio?: number;
}

export interface SelectionOptions {
  /** Campaigns, 1,000 unless told. */
  readonly simulations?: number;
  /** Seed, 1 unless told; campaign k is its stream k, and the same women in every design. */
  readonly seed?: number;
}

/** Log-rank tests of many campaigns. */
export interface SelectedCampaigns {
  /** By campaign; 1 where nobody was released or nothing can be compared. */
  readonly pValues: readonly number[];
  /** Mean number of ripe cases among the featured. */
  readonly ripeFeatured: number;
  /** Mean number of releases of the featured and of the others. */
  readonly released: { readonly featured: number; readonly others: number };
}

/**
 * What officials who pick the cases that are about to be released do to a comparison with those they leave: many
 * campaigns, drawn with the truth known, and the log-rank test of each. At each pick a ripe case has `odds` times the
 * chance of another one (Wallenius' noncentral hypergeometric draw); times of release are exponential.
 *
 * One wants it because no test on the data can tell a good campaign from good judgement, and a simulation can show how
 * much judgement it takes (fake data with known truth: Gelman, Hill and Vehtari 2020, Regression and Other Stories,
 * chapter 16).
 *
 * @throws {InvalidInputError} naming the argument
 * @example
 * const design = { proposed: 37, featured: 19, ripe: 18, odds: 10, releasedIfRipe: 0.95, releasedOtherwise: 0.05, followUp: 36 };
 * selectedCampaigns(design).pValues.filter((p) => p < 0.05).length // of 1,000, with no effect at all
 */
export function selectedCampaigns(design: SelectionDesign, options: SelectionOptions = {}): SelectedCampaigns {
  checkFields("selectedCampaigns", "options", options, ["simulations", "seed"]);
  const { simulations = 1000, seed = 1 } = checked("selectedCampaigns", design, options);
  const pValues: number[] = [];
  let [ripe, featured, others] = [0, 0, 0];
  for (let k = 0; k < simulations; k++) {
    const drawn = drawCampaign(design, seededRandom(seed, k));
    ripe += drawn.ripeFeatured;
    drawn.event.forEach((released, i) => {
      if (released && drawn.group[i] === 1) featured++;
      else if (released) others++;
    });
    pValues.push(pValueOf(drawn));
  }
  return {
    pValues,
    ripeFeatured: ripe / simulations,
    released: { featured: featured / simulations, others: others / simulations },
  };
}

/** What passing a level does to estimates. */
export interface DesignErrors {
  /** Share of campaigns whose log-rank test passes. */
  readonly power: number;
  /** Type M: median of |estimate| over the true log hazard ratio, among those that pass; null where none does, the truth is 0, or half are infinite. */
  readonly exaggeration: number | null;
  /** Type S: share with the wrong sign, among those that pass; null where none does or the truth is 0. */
  readonly wrongSign: number | null;
  /** Of those that pass, how many have an infinite estimate, as no woman of one arm was released. */
  readonly infinite: number;
  readonly simulations: number;
}

/**
 * Errors of magnitude and of sign of estimates that pass a test (type M and type S of Gelman and Carlin 2014, Perspectives
 * on Psychological Science 9:641), by simulation: with few women only estimates that are too large pass.
 *
 * Theirs is the mean of the exaggeration. Here it is the median, as some Cox estimates of so few women are infinite.
 *
 * @param design with the true `hazardRatio`; `odds: 1` for a campaign that picks by lot
 * @param options as of {@link selectedCampaigns}; `alpha`: the level, 0.05 unless told
 * @throws {InvalidInputError} naming the argument
 * @example designErrors({ ...design, odds: 1, hazardRatio: 2 }).exaggeration
 */
export function designErrors(
  design: SelectionDesign,
  options: SelectionOptions & { readonly alpha?: number } = {},
): DesignErrors {
  checkFields("designErrors", "options", options, ["simulations", "seed", "alpha"]);
  const { simulations = 1000, seed = 1 } = checked("designErrors", design, options);
  const { alpha = 0.05 } = options;
  checkInside("designErrors", "alpha", alpha, 0.05);
  const truth = log(design.hazardRatio ?? 1);
  const passing: number[] = [];
  for (let k = 0; k < simulations; k++) {
    const drawn = drawCampaign(design, seededRandom(seed, k));
    if (pValueOf(drawn) < alpha) passing.push(estimateOf(drawn));
  }
  const none = passing.length === 0 || truth === 0;
  const sizes = passing.map((value) => Math.abs(value / truth)).sort((a, b) => a - b);
  const at = (sizes.length - 1) / 2;
  const middle = (sizes[Math.floor(at)] + sizes[Math.ceil(at)]) / 2;
  return {
    power: passing.length / simulations,
    exaggeration: none || !Number.isFinite(middle) ? null : middle,
    wrongSign: none ? null : passing.filter((value) => value * truth < 0).length / passing.length,
    infinite: passing.filter((value) => !Number.isFinite(value)).length,
    simulations,
  };
}

interface DrawnCampaign {
  readonly time: number[];
  readonly event: boolean[];
  /** 1 for the featured. */
  readonly group: number[];
  readonly ripeFeatured: number;
}

/** One campaign. Women first, then picks, each by its own number, so that designs are compared on the same draws. */
function drawCampaign(design: SelectionDesign, random: RandomSource): DrawnCampaign {
  const { proposed, featured, ripe, odds, releasedIfRipe, releasedOtherwise, followUp, hazardRatio = 1 } = design;
  const hazard = [releasedOtherwise, releasedIfRipe].map((share) => -log1p(-share) / followUp);
  const isRipe = (woman: number): boolean => woman < ripe;
  const waits = Array.from({ length: proposed }, () => -log1p(-random.next()));
  const group = new Array<number>(proposed).fill(0);
  let ripeFeatured = 0;
  for (let picked = 0; picked < featured; picked++) {
    const [ripeLeft, othersLeft] = [ripe - ripeFeatured, proposed - ripe - (picked - ripeFeatured)];
    const picksRipe = random.next() * (odds * ripeLeft + othersLeft) < odds * ripeLeft;
    // Within a kind the women are alike, so that it is the next of them.
    group[picksRipe ? ripeFeatured++ : ripe + picked - ripeFeatured] = 1;
  }
  const time = waits.map((wait, i) => wait / (hazard[isRipe(i) ? 1 : 0] * (group[i] === 1 ? hazardRatio : 1)));
  const event = time.map((value) => value <= followUp);
  return { time: time.map((value) => Math.min(value, followUp)), event, group, ripeFeatured };
}

function pValueOf({ time, event, group }: DrawnCampaign): number {
  try {
    return logRank({ time, event, group }).pValue;
  } catch (error) {
    if (error instanceof NoEventsError || error instanceof GroupComparisonError) return 1;
    throw error;
  }
}

/** Log hazard ratio of the featured; infinite where no woman of one arm was released. */
function estimateOf({ time, event, group }: DrawnCampaign): number {
  const released = [0, 1].map((arm) => event.filter((one, i) => one && group[i] === arm).length);
  if (released[0] === 0 || released[1] === 0) return released[1] === 0 ? -Infinity : Infinity;
  const fit = cox({ time, event, covariates: { featured: group } });
  return fit.warnings.some(({ kind }) => kind === "SeparationWarning")
    ? Math.sign(fit.terms[0].coefficient) * Infinity
    : fit.terms[0].coefficient;
}

function checked(action: string, design: SelectionDesign, options: SelectionOptions): SelectionOptions {
  const { proposed, featured, ripe, odds, releasedIfRipe, releasedOtherwise, followUp, hazardRatio = 1 } = design;
  checkWhole(action, "proposed", proposed, 2, 1e6);
  checkWhole(action, "featured", featured, 1, 1e6);
  checkWhole(action, "ripe", ripe, 0, 1e6);
  for (const [name, value, most] of [
    ["featured", featured, proposed - 1],
    ["ripe", ripe, proposed],
  ] as const) {
    if (value > most)
      throw new InvalidInputError(
        `${action}: ${name} is ${value} of ${proposed} proposed; at most ${most} is needed`,
        name,
      );
  }
  checkPositive(action, "odds", odds);
  checkPositive(action, "followUp", followUp);
  checkPositive(action, "hazardRatio", hazardRatio);
  checkInside(action, "releasedIfRipe", releasedIfRipe, 0.95);
  checkInside(action, "releasedOtherwise", releasedOtherwise, 0.05);
  checkWhole(action, "simulations", options.simulations ?? 1000, 1, 1e6);
  checkWhole(action, "seed", options.seed ?? 1, 0);
  return options;
}
