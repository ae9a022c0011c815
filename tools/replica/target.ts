import type { Published } from "../../lib/data";
import type { Covariate } from "./covariates";
import { COVARIATES, MASKS } from "./covariates";

/**
 * The signs that the transcript lost, as an assumption by name. `fitted` is the pattern under which data were found;
 * with other patterns the same search stopped far from the printed numbers. That is evidence on the lost signs and
 * no knowledge of them. The campaign is positive by the text. One sign a model that holds the column.
 */
export const SIGNS: Readonly<Record<string, Readonly<Partial<Record<Covariate, readonly (1 | -1)[]>>>>> = {
  fitted: {
    "Free the 20": [1, 1, 1, 1],
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

/** What one printed model asks of the data. */
export interface TargetModel {
  /** Bits of the mask that are columns of the model, ascending. */
  readonly bits: readonly number[];
  readonly coefficient: Float64Array;
  readonly standardError: Float64Array;
  /** exp(linear predictor) of every mask at the printed coefficients. */
  readonly hazard: Float64Array;
  readonly observations: number;
}

/**
 * The four models of Table 1 as the search aims at them: printed magnitudes with assumed signs.
 *
 * @param published the printed numbers
 * @param pattern a name in SIGNS
 * @throws RangeError if the pattern is unknown or lacks a sign that Table 1 needs
 */
export function targetModels(published: Published, pattern: string): TargetModel[] {
  const signs = SIGNS[pattern];
  if (signs === undefined) {
    throw new RangeError(`no sign pattern "${pattern}"; there is ${Object.keys(SIGNS).join(", ")}`);
  }
  const { campaign, characteristics, regions, observations } = published.table1;
  const rows = [
    { ...campaign, name: "Free the 20", absoluteCoefficient: campaign.coefficient },
    ...characteristics,
    ...regions,
  ];
  return observations.map((n, index) => {
    const columns = COVARIATES.flatMap((name, bit) => {
      const row = rows.find((candidate) => candidate.name === name);
      const place = row?.models.indexOf(index + 1) ?? -1;
      if (row === undefined || place < 0) return [];
      const sign = signs[name]?.[place];
      if (sign === undefined)
        throw new RangeError(`sign pattern "${pattern}" lacks ${name} in model ${index + 1}`);
      return [{ bit, coefficient: sign * row.absoluteCoefficient[place], error: row.standardError[place] }];
    });
    const hazard = Float64Array.from({ length: MASKS }, (_, mask) =>
      Math.exp(columns.reduce((sum, { bit, coefficient }) => sum + ((mask >> bit) & 1) * coefficient, 0)),
    );
    return {
      bits: columns.map(({ bit }) => bit),
      coefficient: Float64Array.from(columns, (column) => column.coefficient),
      standardError: Float64Array.from(columns, (column) => column.error),
      hazard,
      observations: n,
    };
  });
}
