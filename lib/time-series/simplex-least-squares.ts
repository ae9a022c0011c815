import { InvalidInputError } from "../statistics";
import { backSolve, decompose, rotated } from "./qr";

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
  check(target, columns);
  const single = columns.map((column) => sumOfSquares(target.map((value, i) => value - column[i])));
  const first = single.indexOf(Math.min(...single));
  const weights = columns.map((_, j) => (j === first ? 1 : 0));
  let inside = [first];
  const largest = Math.max(
    ...columns.map((column) => Math.sqrt(sumOfSquares(column))),
    Math.sqrt(sumOfSquares(target)),
  );
  for (let round = 0; round < 50 * (columns.length + 1); round++) {
    const residuals = residualsOf(target, columns, weights);
    const slopes = columns.map((column) => column.reduce((sum, value, i) => sum + value * residuals[i], 0));
    const common = inside.reduce((sum, j) => sum + weights[j] * slopes[j], 0);
    const steepest = columns
      .map((_, j) => j)
      .filter((j) => !inside.includes(j) && slopes[j] - common > TOLERANCE * largest ** 2)
      .sort((a, b) => slopes[b] - slopes[a])
      .find((j) => fitted(target, columns, [...inside, j]) !== null);
    if (steepest === undefined) {
      return { weights, residualSumOfSquares: sumOfSquares(residuals), multiplier: common };
    }
    inside = [...inside, steepest];
    inside = settle(target, columns, weights, inside);
  }
  throw new InvalidInputError(
    "simplexLeastSquares: the active set did not settle; are the columns on very different scales?",
    "columns",
  );
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
    const step = Math.min(...blocked);
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
  return target.map(
    (value, i) => value - columns.reduce((sum, column, j) => sum + weights[j] * column[i], 0),
  );
}

const sumOfSquares = (x: readonly number[]): number => x.reduce((sum, value) => sum + value * value, 0);

function check(target: readonly number[], columns: readonly (readonly number[])[]): void {
  if (columns.length === 0)
    throw new InvalidInputError("simplexLeastSquares: needs at least one column; got none", "columns");
  if (target.length === 0) throw new InvalidInputError("simplexLeastSquares: the target is empty", "target");
  for (const [j, column] of [target, ...columns].entries()) {
    const [name, argument] = j === 0 ? ["the target", "target"] : [`column ${j - 1}`, "columns"];
    if (column.length !== target.length) {
      throw new InvalidInputError(
        `simplexLeastSquares: ${name} has ${column.length} values, the target ${target.length}`,
        argument,
      );
    }
    const at = column.findIndex((value) => !Number.isFinite(value));
    if (at >= 0)
      throw new InvalidInputError(
        `simplexLeastSquares: ${name} is ${column[at]} at index ${at}; a number is needed`,
        argument,
        at,
      );
  }
}
