import {
  type Denominator,
  type MeanDifference,
  type PerArm,
  standardizedMeanDifference,
} from "../../comparability";
import { TARGET_COUNTRY } from "../../data/schema";
import type { ControlWoman } from "../../data/urgent-actions";

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
  /** Women whose value is not coded; they have no part in the line. */
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
 * A line that cannot be computed has its reason: nobody featured, a concern that is coded for nobody in a group, no
 * variance. Nothing throws on small data, so that the notebook also runs on ten rows.
 *
 * @param women of {@link controlGroup}
 * @throws InvalidInputError for weights that are not one positive or zero number for each woman
 * @example standardizedBias(controlGroup(loadUrgentActions(), loadPrisoners()).women, { denominator: "treated" })
 */
export function standardizedBias(women: readonly ControlWoman[], options: BiasOptions = {}): BiasLine[] {
  return biasCovariates(women).map(({ label, kind, of }) => {
    const values = women.map(of);
    const missingIn = (featured: boolean): number =>
      women.filter((woman, i) => woman.featured === featured && values[i] === null).length;
    const missing = { treated: missingIn(true), control: missingIn(false) };
    const nobody = [true, false].find((featured) => !isKnown(women, values, options.weights, featured));
    if (nobody !== undefined) {
      const reason = `no ${nobody ? "featured" : "other"} woman for whom it is coded`;
      return { label, kind, missing, difference: null, reason };
    }
    const treated = women.map((woman) => woman.featured);
    const { denominator, weights } = options;
    const difference = standardizedMeanDifference(values, treated, { denominator, weights });
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
