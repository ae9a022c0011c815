import { InvalidInputError } from "../statistics";
import { shown } from "../statistics/inner";
import { checkSameLength } from "./arms";

/**
 * One covariate, an element a row: numbers, booleans, or the names of a factor's levels; null or undefined where the
 * value is not known.
 */
export type Covariate = ArrayLike<number | boolean | string | null | undefined>;

/** Covariates by name. */
export interface Covariates {
  readonly [name: string]: Covariate;
}

/** A covariate that was checked. */
export type CheckedCovariate =
  | {
      /** Numbers that are 0 and 1 only, and booleans, are binary. */
      readonly kind: "continuous" | "binary";
      readonly name: string;
      /** NaN marks a missing value here, inside the library. */
      readonly values: Float64Array;
    }
  | {
      readonly kind: "factor";
      readonly name: string;
      /** In increasing order by code point, the same on every machine. */
      readonly levels: readonly string[];
      /** The index of each row's level; −1 marks a missing value. */
      readonly code: Int32Array;
    };

/** Checks all covariates; throws at the first value that cannot be used, naming covariate and index. */
export function checkCovariates(action: string, covariates: Covariates, n: number): CheckedCovariate[] {
  const names = Object.keys(covariates);
  if (names.length === 0) {
    throw new InvalidInputError(`${action}: covariates is empty; at least one is needed`, "covariates");
  }
  return names.map((name) => checkCovariate(action, `covariates.${name}`, name, covariates[name], n));
}

/**
 * Checks one covariate. NaN is refused: only the caller can know whether it stands for a missing value or for a
 * calculation that went wrong.
 *
 * @throws {InvalidInputError} for NaN, an infinite number, an empty text, or a value of another kind than the first
 */
export function checkCovariate(
  action: string,
  argument: string,
  name: string,
  column: Covariate,
  n: number,
): CheckedCovariate {
  checkSameLength(action, argument, column, n);
  let kind: "number" | "boolean" | "string" | null = null;
  let zeroOne = true;
  const values = new Float64Array(n).fill(NaN);
  const texts = new Set<string>();
  for (let i = 0; i < n; i++) {
    const value = column[i];
    if (value === null || value === undefined) continue;
    const type = typeof value;
    if (type !== "number" && type !== "boolean" && type !== "string") {
      throw unusable(action, argument, i, value, "a number, a boolean, a text, or null where it is missing");
    }
    kind ??= type;
    if (type !== kind) throw unusable(action, argument, i, value, `a ${kind} as in the rows before`);
    if (typeof value === "string") {
      if (value === "")
        throw unusable(action, argument, i, value, "a level's name, or null where it is missing,");
      texts.add(value);
    } else {
      if (!Number.isFinite(Number(value))) {
        throw unusable(action, argument, i, value, "a finite number, or null where it is missing,");
      }
      values[i] = Number(value);
      if (values[i] !== 0 && values[i] !== 1) zeroOne = false;
    }
  }
  if (kind === null) {
    const message = `${action}: ${argument} is missing in all ${n} rows; leave it out`;
    throw new InvalidInputError(message, argument);
  }
  if (kind !== "string") return { kind: zeroOne ? "binary" : "continuous", name, values };
  const levels = [...texts].sort((a, b) => (a < b ? -1 : 1));
  const position = new Map(levels.map((level, i) => [level, i]));
  const code = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    const value = column[i];
    if (typeof value === "string") code[i] = position.get(value) ?? -1;
  }
  return { kind: "factor", name, levels, code };
}

function unusable(action: string, argument: string, i: number, value: unknown, needed: string): Error {
  return new InvalidInputError(
    `${action}: ${argument}[${i}] is ${shown(value)}; ${needed} is needed`,
    argument,
    i,
  );
}
