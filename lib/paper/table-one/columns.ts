import { InvalidInputError } from "../../statistics";

/** Rows of the paper's Table 1 in three blocks, by its own names. */
export const TABLE_ONE_BLOCKS = {
  campaign: ["Free the 20"],
  characteristics: [
    "Prisoner of Conscience",
    "Any Torture Concerns",
    "Death Penalty Concerns",
    "Any Legal Concerns",
    "Any Medical Concerns",
  ],
  regions: ["Asia", "Middle East", "Eurasia", "Africa", "Americas"],
} as const;

export type TableOneBlock = keyof typeof TABLE_ONE_BLOCKS;
export type ModelNumber = 1 | 2 | 3 | 4;

/** The readings of the columns, by name. */
export const COLUMN_READINGS = ["characteristics first", "regions first"] as const;
/** Which block stands alone with the campaign in model 2, and which in model 3; model 4 has both. */
export type ColumnReading = (typeof COLUMN_READINGS)[number];

/** A reading of Table 1's columns, which the transcript does not print for coefficients that some models lack. */
export interface TableOneColumns {
  readonly name: ColumnReading;
  readonly reasoning: string;
  readonly models: Readonly<Record<ModelNumber, readonly TableOneBlock[]>>;
}

/**
 * Both readings of the columns. The first is the project's assumption.
 *
 * @example TABLE_ONE_COLUMNS["characteristics first"].models[2] // ["campaign", "characteristics"]
 */
export const TABLE_ONE_COLUMNS: Readonly<Record<ColumnReading, TableOneColumns>> = {
  "characteristics first": {
    name: "characteristics first",
    reasoning:
      "The text names characteristics of the prisoner before regional dummies. Against it: regions usually cost a " +
      "campaign dummy more precision than case characteristics do, and its standard error rises most in model 2.",
    models: {
      1: ["campaign"],
      2: ["campaign", "characteristics"],
      3: ["campaign", "regions"],
      4: ["campaign", "characteristics", "regions"],
    },
  },
  "regions first": {
    name: "regions first",
    reasoning:
      "The standard error of the campaign rises most in model 2, as one expects of regions. Against it: the order of " +
      "the text, and that a search for data with the printed numbers came less near to them in this order.",
    models: {
      1: ["campaign"],
      2: ["campaign", "regions"],
      3: ["campaign", "characteristics"],
      4: ["campaign", "characteristics", "regions"],
    },
  },
};

export const MODEL_NUMBERS: readonly ModelNumber[] = [1, 2, 3, 4];

/**
 * The covariates of a model under a reading, in the order of the table.
 *
 * @throws {InvalidInputError} for a model or a reading that the table does not have
 * @example covariatesOf(1, "characteristics first") // ["Free the 20"]
 */
export function covariatesOf(model: ModelNumber, reading: ColumnReading): string[] {
  if (!COLUMN_READINGS.includes(reading)) {
    throw new InvalidInputError(
      `covariatesOf: there is no reading "${String(reading)}"; known are ${COLUMN_READINGS.join(", ")}`,
      "reading",
    );
  }
  if (!MODEL_NUMBERS.includes(model)) {
    throw new InvalidInputError(`covariatesOf: there is no model ${model}; Table 1 has 1 to 4`, "model");
  }
  return TABLE_ONE_COLUMNS[reading].models[model].flatMap((block) => [...TABLE_ONE_BLOCKS[block]]);
}

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
