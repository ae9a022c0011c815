import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";
import { checkSeries, interventionIndex } from "./interruption";
import { simplexLeastSquares } from "./simplex-least-squares";
import type { TimeSeries } from "./types";

/** A donor with its weight. */
export interface DonorWeight {
  readonly name: string;
  readonly weight: number;
}

/** How far a series runs from its weighted donors, before and after. */
export interface SyntheticControlUnit {
  readonly name: string;
  /** Root mean squared distance before the intervention, and from it on. */
  readonly before: number;
  readonly after: number;
  /** after / before: large where the distance grew. */
  readonly ratio: number;
}

/** The result of {@link syntheticControl}. */
export interface SyntheticControl {
  readonly weights: readonly DonorWeight[];
  /** The weighted donors, in every period. */
  readonly synthetic: readonly number[];
  /** The series less its weighted donors. */
  readonly gap: readonly number[];
  readonly index: number;
  readonly unit: SyntheticControlUnit;
  /** The same for each donor, with the other donors as its donors. */
  readonly placebos: readonly SyntheticControlUnit[];
  /** Share of all units, the series included, whose ratio is at least as large. With 18 donors no less than 1/19. */
  readonly rank: number;
  readonly provenance: TimeSeries["provenance"];
}

/**
 * A comparison in the manner of the synthetic control (Abadie, Diamond and Hainmueller 2010, Journal of the American
 * Statistical Association 105:493): donors are weighted so that their mean follows the series before the intervention, and
 * the distance after it is read as the effect. Weights are not negative and sum to one, so the comparison is never
 * extrapolated beyond the donors. Only the series itself is matched, no covariates.
 *
 * Each donor is then treated in the same way; the rank says how unusual the series' ratio of distances is among them.
 *
 * @param series the one with the intervention
 * @param donors others with the same periods; at least two
 * @throws {InvalidInputError} where there are fewer than two donors, or periods differ (naming the donor)
 * @example syntheticControl(featured, others, { intervention: "2015-09-01" }).rank
 */
export function syntheticControl(
  series: TimeSeries,
  donors: readonly TimeSeries[],
  { intervention }: { readonly intervention: string },
): SyntheticControl {
  if (donors.length < 2)
    throw new InvalidInputError(
      `syntheticControl: needs at least two donors; got ${donors.length}`,
      "donors",
    );
  for (const one of [series, ...donors]) checkSeries("syntheticControl", one);
  const odd = donors.find(
    ({ dates }) => dates.length !== series.dates.length || dates.some((date, i) => date !== series.dates[i]),
  );
  if (odd !== undefined) {
    throw new InvalidInputError(
      `syntheticControl: "${odd.name}" runs from ${odd.dates[0]} to ${odd.dates.at(-1)} in ${odd.dates.length} periods, "${series.name}" from ${series.dates[0]} to ${series.dates.at(-1)} in ${series.dates.length}; the same periods are needed`,
      "donors",
      donors.indexOf(odd),
    );
  }
  const index = interventionIndex("syntheticControl", series, intervention);
  const main = control(series, donors, index);
  const placebos = donors.map(
    (donor) =>
      control(
        donor,
        donors.filter((other) => other !== donor),
        index,
      ).unit,
  );
  const asLarge = placebos.filter(({ ratio }) => ratio >= main.unit.ratio).length;
  return {
    ...main,
    index,
    placebos,
    rank: (asLarge + 1) / (placebos.length + 1),
    provenance: [...new Set([series, ...donors].flatMap(({ provenance }) => provenance))],
  };
}

function control(series: TimeSeries, donors: readonly TimeSeries[], index: number) {
  const { weights } = calledAs("syntheticControl", () =>
    simplexLeastSquares(
      series.values.slice(0, index),
      donors.map(({ values }) => values.slice(0, index)),
    ),
  );
  const synthetic = series.values.map((_, i) =>
    donors.reduce((sum, { values }, j) => sum + weights[j] * values[i], 0),
  );
  const gap = series.values.map((value, i) => value - synthetic[i]);
  const before = rootMeanSquare(gap.slice(0, index));
  const after = rootMeanSquare(gap.slice(index));
  return {
    weights: donors.map(({ name }, j) => ({ name, weight: weights[j] })),
    synthetic,
    gap,
    unit: {
      name: series.name,
      before,
      after,
      ratio: before === 0 ? Number.POSITIVE_INFINITY : after / before,
    },
  };
}

const rootMeanSquare = (x: readonly number[]): number =>
  Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);
