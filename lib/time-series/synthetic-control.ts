import { InvalidInputError } from "../statistics";
import { square } from "../statistics/elementary";
import { largest, lengthOf, shown, smallest } from "../statistics/inner";
import { backSolve, decompose, rotated } from "./qr";
import { checkSeries, interventionIndex, type TimeSeries } from "./series";

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
  lengthOf("syntheticControl", "donors", donors);
  const action = "syntheticControl";
  if (donors.length < 2) {
    throw new InvalidInputError(`${action}: needs at least two donors; got ${donors.length}`, "donors");
  }
  const odd = donors.find(
    ({ dates }) => dates.length !== series.dates.length || dates.some((date, i) => date !== series.dates[i]),
  );
  if (odd !== undefined) {
    throw new InvalidInputError(
      `${action}: "${odd.name}" runs from ${odd.dates[0]} to ${odd.dates.at(-1)} in ${odd.dates.length} periods, "${series.name}" from ${series.dates[0]} to ${series.dates.at(-1)} in ${series.dates.length}; the same periods are needed`,
      "donors",
      donors.indexOf(odd),
    );
  }
  for (const one of [series, ...donors]) checkSeries(action, one);
  const index = interventionIndex(action, series, intervention);
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
  const { weights } = onSimplex(
    "syntheticControl",
    series.values.slice(0, index),
    donors.map(({ values }) => values.slice(0, index)),
  );
  const synthetic = series.values.map((_, i) => donors.reduce((sum, { values }, j) => sum + weights[j] * values[i], 0));
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

/** Weights that are not negative and sum to one. */
export interface SimplexLeastSquares {
  readonly weights: readonly number[];
  readonly residualSumOfSquares: number;
  /** The common slope −∂RSS/2∂w of all columns with a weight; no other column has a larger one. */
  readonly multiplier: number;
}

/** A slope this small, as a share of the largest, is rounding. */
const TOLERANCE = 1e-11;

/**
 * Least squares with weights that are not negative and sum to one: min ‖y − Xw‖², w ≥ 0, Σw = 1, exactly.
 *
 * An active-set method in the manner of Lawson and Hanson (1974, Solving Least Squares Problems, ch. 23): the columns with
 * a weight are fitted with the sum held at one, by QR on their differences from one of them; a weight that would become
 * negative leaves, the column with the steepest slope enters, until no slope is left (the Karush–Kuhn–Tucker conditions).
 *
 * @param target y, finite
 * @param columns of X, each as long as y
 * @throws {InvalidInputError} where there is no column, or one has another length or a value that is not finite (naming it)
 * @example simplexLeastSquares([1, 2], [[0, 2], [2, 2]]).weights // [0.5, 0.5]
 */
export function simplexLeastSquares(
  target: readonly number[],
  columns: readonly (readonly number[])[],
): SimplexLeastSquares {
  lengthOf("simplexLeastSquares", "target", target);
  lengthOf("simplexLeastSquares", "columns", columns);
  return onSimplex("simplexLeastSquares", target, columns);
}

function onSimplex(
  action: string,
  target: readonly number[],
  columns: readonly (readonly number[])[],
): SimplexLeastSquares {
  checkColumns(action, target, columns);
  const single = columns.map((column) => sumOfSquares(target.map((value, i) => value - column[i])));
  const first = single.indexOf(smallest(single));
  const weights = columns.map((_, j) => (j === first ? 1 : 0));
  let inside = [first];
  const longest = largest(
    columns.map((column) => Math.sqrt(sumOfSquares(column))),
    Math.sqrt(sumOfSquares(target)),
  );
  for (let round = 0; round < 50 * (columns.length + 1); round++) {
    const residuals = residualsOf(target, columns, weights);
    const slopes = columns.map((column) => column.reduce((sum, value, i) => sum + value * residuals[i], 0));
    const common = inside.reduce((sum, j) => sum + weights[j] * slopes[j], 0);
    const steepest = columns
      .map((_, j) => j)
      .filter((j) => !inside.includes(j) && slopes[j] - common > TOLERANCE * square(longest))
      .sort((a, b) => slopes[b] - slopes[a])
      .find((j) => fitted(target, columns, [...inside, j]) !== null);
    if (steepest === undefined) {
      return { weights, residualSumOfSquares: sumOfSquares(residuals), multiplier: common };
    }
    inside = [...inside, steepest];
    inside = settle(target, columns, weights, inside);
  }
  const message = `${action}: the active set did not settle; are the columns on very different scales?`;
  throw new InvalidInputError(message, "columns");
}

/** Moves the weights to the best ones with these columns, dropping columns whose weight reaches zero on the way. */
function settle(
  target: readonly number[],
  columns: readonly (readonly number[])[],
  weights: number[],
  start: readonly number[],
): number[] {
  let inside = [...start];
  for (;;) {
    const goal = fitted(target, columns, inside);
    if (goal === null) return inside;
    const blocked = inside.map((j, k) => (goal[k] < 0 ? weights[j] / (weights[j] - goal[k]) : 1));
    const step = smallest(blocked);
    for (const [k, j] of inside.entries()) weights[j] += step * (goal[k] - weights[j]);
    if (step >= 1) return inside;
    const leaving = inside.filter((_, k) => blocked[k] === step);
    for (const j of leaving) weights[j] = 0;
    inside = inside.filter((j) => !leaving.includes(j));
  }
}

/** The best weights of these columns that sum to one, of any sign; null where they are not unique. */
function fitted(
  target: readonly number[],
  columns: readonly (readonly number[])[],
  inside: readonly number[],
): number[] | null {
  const [reference, ...others] = inside;
  if (others.length === 0) return [1];
  const base = columns[reference];
  const qr = decompose(others.map((j) => columns[j].map((value, i) => value - base[i])));
  if ("dependent" in qr) return null;
  const rest = [
    ...backSolve(
      qr,
      rotated(
        qr,
        target.map((value, i) => value - base[i]),
      ),
    ),
  ];
  return [1 - rest.reduce((sum, value) => sum + value, 0), ...rest];
}

function residualsOf(
  target: readonly number[],
  columns: readonly (readonly number[])[],
  weights: readonly number[],
): number[] {
  return target.map((value, i) => value - columns.reduce((sum, column, j) => sum + weights[j] * column[i], 0));
}

const sumOfSquares = (x: readonly number[]): number => x.reduce((sum, value) => sum + value * value, 0);

function checkColumns(action: string, target: readonly number[], columns: readonly (readonly number[])[]): void {
  if (columns.length === 0) {
    throw new InvalidInputError(`${action}: needs at least one column; got none`, "columns");
  }
  if (target.length === 0) throw new InvalidInputError(`${action}: the target is empty`, "target");
  for (const [j, column] of [target, ...columns].entries()) {
    const [name, argument] = j === 0 ? ["the target", "target"] : [`column ${j - 1}`, "columns"];
    if (column.length !== target.length) {
      const message = `${action}: ${name} has ${column.length} values, the target ${target.length}`;
      throw new InvalidInputError(message, argument, j === 0 ? null : j - 1);
    }
    const at = column.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      const message = `${action}: ${name} is ${shown(column[at])} at index ${at}; a number is needed`;
      throw new InvalidInputError(message, argument, j === 0 ? at : j - 1);
    }
  }
}
