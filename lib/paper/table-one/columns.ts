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
 * @example covariatesOf(1, "characteristics first") // ["Free the 20"]
 */
export function covariatesOf(model: ModelNumber, reading: ColumnReading): string[] {
  return TABLE_ONE_COLUMNS[reading].models[model].flatMap((block) => [...TABLE_ONE_BLOCKS[block]]);
}
