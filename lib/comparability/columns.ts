import { InvalidInputError } from "../statistics";
import { checkLength, columnNames, lengthOf, shown } from "../statistics/inner";

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
      /** Columns of two values, whatever these are (0 and 1, sex as 1 and 2), of 0 or 1 only, and booleans, are binary. */
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
  const names = columnNames(action, covariates);
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
  checkLength(action, argument, column, n, "treated");
  let kind: Kind | null = null;
  for (let i = 0; i < n; i++) {
    const value = column[i];
    if (value === null || value === undefined) continue;
    const found = kindOf(value);
    const problem = problemOf(value, found, kind);
    if (problem !== null) throw unusable(action, argument, i, value, problem);
    kind ??= found;
  }
  if (kind === null) {
    const message = `${action}: ${argument} is missing in all ${n} rows; leave it out`;
    throw new InvalidInputError(message, argument);
  }
  return kind === "string" ? factorColumn(name, column, n) : numericColumn(name, column, n);
}

type Kind = "number" | "boolean" | "string";

function kindOf(value: unknown): Kind | null {
  const type = typeof value;
  return type === "number" || type === "boolean" || type === "string" ? type : null;
}

/** What is needed instead of a value, given the kind of those before; null if nothing is wrong with it. */
function problemOf(value: unknown, found: Kind | null, before: Kind | null): string | null {
  if (found === null) return "a number, a boolean, a text, or null where it is missing";
  if (before !== null && found !== before) return `a ${before} as in the rows before`;
  if (value === "") return "a level's name, or null where it is missing,";
  if (found === "number" && !Number.isFinite(value)) return "a finite number, or null where it is missing,";
  return null;
}

function numericColumn(name: string, column: Covariate, n: number): CheckedCovariate {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = Number(column[i] ?? NaN);
  const known = new Set(values);
  known.delete(NaN);
  const isBinary = known.size === 2 || (known.size === 1 && (known.has(0) || known.has(1)));
  return { kind: isBinary ? "binary" : "continuous", name, values };
}

function factorColumn(name: string, column: Covariate, n: number): CheckedCovariate {
  const found = new Set<string>();
  for (let i = 0; i < n; i++) {
    const text = column[i];
    if (typeof text === "string") found.add(text);
  }
  const levels = [...found].sort();
  const position = new Map<unknown, number>(levels.map((level, i) => [level, i]));
  const code = new Int32Array(n);
  for (let i = 0; i < n; i++) code[i] = position.get(column[i]) ?? -1;
  return { kind: "factor", name, levels, code };
}

function unusable(action: string, argument: string, i: number, value: unknown, needed: string): Error {
  return new InvalidInputError(`${action}: ${argument}[${i}] is ${shown(value)}; ${needed} is needed`, argument, i);
}

/** 1 or true: the row is in the treated (exposed, featured) arm; 0 or false: in the control arm. */
export type Treated = ArrayLike<number | boolean>;

/** A number for each arm. */
export interface PerArm<T = number> {
  readonly treated: T;
  readonly control: T;
}

/** Copies 0/1 or booleans into bytes; throws at the first that is neither, or if one of the two is not there. */
export function checkTreated(action: string, values: Treated, argument = "treated"): Uint8Array {
  const n = lengthOf(action, argument, values);
  if (n === 0) throw new InvalidInputError(`${action}: ${argument} is empty; rows are needed`, argument);
  const arms = new Uint8Array(n);
  let ones = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value === 1 || value === true) {
      arms[i] = 1;
      ones++;
    } else if (value !== 0 && value !== false) {
      const message = `${action}: ${argument}[${i}] is ${shown(value)}; 1 or true, or 0 or false is needed`;
      throw new InvalidInputError(message, argument, i);
    }
  }
  if (ones === 0 || ones === n) {
    const message = `${action}: all ${n} elements of ${argument} are ${ones === 0 ? 0 : 1}; rows of both kinds are needed`;
    throw new InvalidInputError(message, argument);
  }
  return arms;
}

/** Copies weights; throws if one is negative or not finite, or if an arm has none above 0. */
export function checkArmWeights(action: string, values: ArrayLike<number>, treated: Uint8Array): Float64Array {
  checkLength(action, "weights", values, treated.length, "treated");
  const weights = new Float64Array(treated.length);
  const total = [0, 0];
  for (let i = 0; i < treated.length; i++) {
    const weight = values[i];
    if (typeof weight !== "number" || !(weight >= 0 && weight < Infinity)) {
      const message = `${action}: weights[${i}] is ${shown(weight)}; a finite number of at least 0 is needed`;
      throw new InvalidInputError(message, "weights", i);
    }
    weights[i] = weight;
    total[treated[i]] += weight;
  }
  const empty = total.indexOf(0);
  if (empty >= 0) {
    const message = `${action}: all weights of the ${empty === 1 ? "treated" : "control"} rows are 0; at least one above 0 is needed`;
    throw new InvalidInputError(message, "weights");
  }
  return weights;
}
