import type { Published } from "../../lib/data";
import { exp } from "../../lib/statistics/elementary";
import type { ColumnReading, SignPattern } from "../../lib/table-one";
import { ASSUMED_SIGNS, covariatesOf, SIGNS_AS_PRINTED } from "../../lib/table-one";
import { COVARIATES, MASKS } from "./covariates";

/** Sign patterns that the search can take, by name. The campaign is positive by the text. */
export const SIGN_PATTERNS: readonly SignPattern[] = [ASSUMED_SIGNS, SIGNS_AS_PRINTED];

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
 * The four models of Table 1 as the search aims at them: printed magnitudes with assumed signs, in an assumed order of
 * the columns.
 *
 * @param published the printed numbers
 * @param signs name of a sign pattern
 * @param reading which of models 2 and 3 holds the characteristics
 * @throws RangeError if the pattern is unknown
 */
export function targetModels(published: Published, signs: string, reading: ColumnReading): TargetModel[] {
  const pattern = SIGN_PATTERNS.find(({ name }) => name === signs);
  if (pattern === undefined) {
    const known = SIGN_PATTERNS.map(({ name }) => `"${name}"`).join(", ");
    throw new RangeError(`no sign pattern "${signs}"; there is ${known}`);
  }
  const { campaign, characteristics, regions, observations } = published.table1;
  const printed = [...characteristics, ...regions];
  const names: readonly string[] = COVARIATES;
  return ([1, 2, 3, 4] as const).map((model) => {
    const columns = covariatesOf(model, reading).map((name) => {
      const bit = names.indexOf(name);
      if (name === campaign.name) {
        return {
          bit,
          coefficient: campaign.coefficient[model - 1],
          error: campaign.standardError[model - 1],
        };
      }
      // A block stands in a model of its own and in model 4, in this order, whichever model its own is.
      const place = model === 4 ? 1 : 0;
      const row = printed.find((candidate) => candidate.name === name);
      const sign = pattern.signs[name]?.[place];
      if (row === undefined || sign === undefined) throw new RangeError(`Table 1 has no row ${name}`);
      return { bit, coefficient: sign * row.absoluteCoefficient[place], error: row.standardError[place] };
    });
    const hazard = Float64Array.from({ length: MASKS }, (_, mask) =>
      exp(columns.reduce((sum, { bit, coefficient }) => sum + ((mask >> bit) & 1) * coefficient, 0)),
    );
    return {
      bits: columns.map(({ bit }) => bit),
      coefficient: Float64Array.from(columns, (column) => column.coefficient),
      standardError: Float64Array.from(columns, (column) => column.error),
      hazard,
      observations: observations[model - 1],
    };
  });
}
