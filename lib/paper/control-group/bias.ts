import {
  type Covariates,
  type Denominator,
  type MeanDifference,
  type PerArm,
  propensityScore,
  propensityWeights,
  standardizedMeanDifference,
} from "../../comparability";
import { TARGET_COUNTRY } from "../../data/schema";
import { CONCERNS, type ControlWoman } from "../../data/urgent-actions";
import { SurvivalError } from "../../statistics";
import { calledAs, checkFields, lengthOf } from "../../statistics/inner";

/** What a line of Figure 3 compares: a number or yes/no for each woman, null where it is not coded. */
export interface BiasCovariate {
  /** As the figure prints it. */
  readonly label: string;
  readonly kind: "count" | "concern" | "year" | "country";
  readonly of: (woman: ControlWoman) => number | boolean | null;
}

/** The paper's order of countries, in which Russia comes before Iran. */
const COUNTRIES = [
  "Azerbaijan",
  "China",
  "Egypt",
  "Eritrea",
  "Ethiopia",
  "Russia",
  "Iran",
  "Myanmar",
  "Syria",
  "Uzbekistan",
  "Venezuela",
  "Vietnam",
] as const;

/**
 * The lines of the paper's Figure 3 in its order; and North Korea, which the figure leaves out, where a woman of the data
 * is from there.
 *
 * @param women whose countries decide whether North Korea has a line
 * @example biasCovariates(group.women).map((covariate) => covariate.label)
 */
export function biasCovariates(women: readonly ControlWoman[]): BiasCovariate[] {
  lengthOf("biasCovariates", "women", women);
  const rest = TARGET_COUNTRY.filter((country) => !COUNTRIES.some((known) => known === country));
  const more = rest.filter((country) => women.some((woman) => woman.country === country));
  return [
    { label: "Count of UAs", kind: "count", of: (woman) => woman.reports },
    { label: "Death Penalty Concerns", kind: "concern", of: (woman) => woman.deathPenalty },
    { label: "Medical Concerns", kind: "concern", of: (woman) => woman.medical },
    { label: "Prisoner of Conscience", kind: "concern", of: (woman) => woman.prisonerOfConscience },
    { label: "Torture Concerns", kind: "concern", of: (woman) => woman.torture },
    { label: "Trial/Legal Concerns", kind: "concern", of: (woman) => woman.legal },
    { label: "Year of Entry", kind: "year", of: (woman) => woman.yearOfEntry },
    ...[...COUNTRIES, ...more].map(
      (country): BiasCovariate => ({
        label: country,
        kind: "country",
        of: (woman) => woman.country === country,
      }),
    ),
  ];
}

/** A line of Figure 3, with what it rests on. */
export interface BiasLine {
  readonly label: string;
  readonly kind: BiasCovariate["kind"];
  /** Women whose value is not coded or not known; they have no part in the line. */
  readonly missing: PerArm;
  /** Featured less not featured; null where nothing can be compared. */
  readonly difference: MeanDifference | null;
  /** Why there is no standardised difference; null where there is one. */
  readonly reason: string | null;
}

export interface BiasOptions {
  /** Whose standard deviation the difference is divided by; "pooled" unless told. */
  readonly denominator?: Denominator;
  /** A weight for each woman; women of weight 0 have no part. */
  readonly weights?: readonly number[];
}

/**
 * Standardised bias of featured women against the others, line by line as in the paper's Figure 3; formulas and sources
 * are at {@link standardizedMeanDifference}.
 *
 * A line that cannot be computed has its reason: nobody featured, something that is known of nobody in a group (the
 * reports on the featured women), no variance. Nothing throws on small data, so that the notebook also runs on ten rows.
 *
 * @param women of {@link controlGroup}
 * @throws InvalidInputError for weights that are not one positive or zero number for each woman
 * @example standardizedBias(controlGroup(loadUrgentActions(), loadPrisoners()).women, { denominator: "treated" })
 */
export function standardizedBias(women: readonly ControlWoman[], options: BiasOptions = {}): BiasLine[] {
  lengthOf("standardizedBias", "women", women);
  checkFields("standardizedBias", "options", options, ["denominator", "weights"]);
  return biasCovariates(women).map(({ label, kind, of }) => {
    const values = women.map(of);
    const missingIn = (featured: boolean): number =>
      women.filter((woman, i) => woman.featured === featured && values[i] === null).length;
    const missing = { treated: missingIn(true), control: missingIn(false) };
    const nobody = [true, false].find((featured) => !isKnown(women, values, options.weights, featured));
    if (nobody !== undefined) {
      const reason = `not known of any ${nobody ? "featured" : "other"} woman`;
      return { label, kind, missing, difference: null, reason };
    }
    const treated = women.map((woman) => woman.featured);
    const { denominator, weights } = options;
    const difference = calledAs("standardizedBias", () =>
      standardizedMeanDifference(values, treated, { denominator, weights }),
    );
    const reason = difference.standardizedDifference === null ? "no variance to divide by" : null;
    return { label, kind, missing, difference, reason };
  });
}

function isKnown(
  women: readonly ControlWoman[],
  values: readonly unknown[],
  weights: readonly number[] | undefined,
  featured: boolean,
): boolean {
  return women.some((woman, i) => woman.featured === featured && values[i] !== null && weights?.[i] !== 0);
}

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
 * be, are women with a concern that is not coded, women of a region without a featured woman, covariates that are not
 * known of any featured woman, and those on which all featured women agree: the data cannot say what a featured woman with another value would have looked like.
 *
 * @param women of {@link controlGroup}
 * @returns weights null, with the reason, where arms cannot be compared or are told apart by a covariate
 * @example standardizedBias(group.women, { weights: featuredWeights(group.women).weights ?? undefined })
 */
export function featuredWeights(women: readonly ControlWoman[]): FeaturedWeights {
  lengthOf("featuredWeights", "women", women);
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
  const reason = (values: ReturnType<typeof valuesOf>, who: string): string | null => {
    if (values.size > 1) return null;
    return values.has(null) ? `not known of any ${who} woman` : `the same for all ${who} women`;
  };
  return reason(valuesOf(true), "featured") ?? reason(valuesOf(false), "other");
}

function columns(chosen: readonly BiasCovariate[], women: readonly ControlWoman[], regions: boolean): Covariates {
  const own = chosen.map(({ label, of }) => [label, women.map(of)] as const);
  return Object.fromEntries([...own, ...(regions ? [["Region", women.map((woman) => woman.region)] as const] : [])]);
}
