/** 1 for a positive coefficient, −1 for a negative one. */
export type Sign = 1 | -1;

/** Signs for the coefficients whose signs the transcript lost. */
export interface SignPattern {
  readonly name: string;
  readonly reasoning: string;
  /** By row of Table 1: in the model that has the row's block alone, and in model 4. */
  readonly signs: Readonly<Record<string, readonly [alone: Sign, together: Sign]>>;
}

/**
 * The pattern under which a search over made-up data came nearest to all 48 printed numbers. The printed magnitudes
 * constrain each other, so that this is evidence about the lost signs; it is not knowledge of them.
 *
 * @example ASSUMED_SIGNS.signs.Asia // [-1, 1]
 */
export const ASSUMED_SIGNS: SignPattern = {
  name: "assumed",
  reasoning:
    "Signs under which a search for data came near all printed magnitudes; with other patterns the same search stayed far off.",
  signs: {
    "Prisoner of Conscience": [1, 1],
    "Any Torture Concerns": [-1, -1],
    "Death Penalty Concerns": [-1, -1],
    "Any Legal Concerns": [-1, -1],
    "Any Medical Concerns": [-1, -1],
    Asia: [-1, 1],
    "Middle East": [-1, 1],
    Eurasia: [-1, -1],
    Africa: [-1, -1],
    Americas: [-1, -1],
  },
};

/** The table as the transcript prints it, without a minus sign anywhere. */
export const SIGNS_AS_PRINTED: SignPattern = {
  name: "as printed",
  reasoning: "The transcript has no minus sign; read literally, every coefficient is positive.",
  signs: Object.fromEntries(Object.keys(ASSUMED_SIGNS.signs).map((row) => [row, [1, 1]])),
};
