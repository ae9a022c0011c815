import { InvalidInputError } from "./errors";

/** The largest of some numbers, at least `least`; what is spread into arguments, as for Math.max, may not be long. */
export function largest(values: Iterable<number>, least = -Infinity): number {
  let most = least;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** The smallest of some numbers, at most `most`. */
export function smallest(values: Iterable<number>, most = Infinity): number {
  let least = most;
  for (const value of values) least = Math.min(least, value);
  return least;
}

/** Shows a found value in a message, with quotes around text. */
export function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/**
 * The length of a vector: an array or a typed array. What has no length, or is a text, a Map or a Series of danfo, would
 * be read as a vector without elements or of undefined ones.
 */
export function lengthOf(action: string, argument: string, values: unknown): number {
  if (Array.isArray(values)) return values.length;
  if (ArrayBuffer.isView(values) && "length" in values && typeof values.length === "number") return values.length;
  const inside = typeof values === "object" && values !== null && "values" in values;
  const advice = inside ? `; of a danfo Series or another object take ${argument}.values` : "";
  const message = `${action}: ${argument} is ${described(values)}; an array or a typed array is needed${advice}`;
  throw new InvalidInputError(message, argument);
}

/** What a value is, in a few words. */
function described(value: unknown): string {
  if (typeof value !== "object" || value === null) return shown(value);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return kind === "Object" ? "an object" : `a ${kind}`;
}

/**
 * Throws unless the value is an object without other fields than those that the function reads: one that is misspelt, or
 * that the function has no use for, would be ignored without a word. A field that is undefined is none.
 *
 * @param argument what the object is called, such as "options"
 */
export function checkFields(action: string, argument: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map) {
    const found = Array.isArray(value) ? "an array" : described(value);
    const message = `${action}: ${argument} is ${found}; an object with some of ${known.join(", ")} is needed`;
    throw new InvalidInputError(message, argument);
  }
  const unknown = Object.entries(value).find(([key, given]) => given !== undefined && !known.includes(key));
  if (unknown === undefined) return;
  const message =
    `${action}: ${argument} has the field ${shown(unknown[0])}, which this function does not use; it uses ` +
    known.join(", ");
  throw new InvalidInputError(message, unknown[0]);
}

/** Throws unless the value is an object of columns by name; returns its names. */
export function columnNames(action: string, columns: unknown, argument = "covariates"): string[] {
  if (
    typeof columns === "object" &&
    columns !== null &&
    !(columns instanceof Map) &&
    !Array.isArray(columns) &&
    !ArrayBuffer.isView(columns)
  ) {
    return Object.keys(columns);
  }
  const found = Array.isArray(columns) ? "an array" : described(columns);
  const message = `${action}: ${argument} is ${found}; an object with a column for each name is needed`;
  throw new InvalidInputError(message, argument);
}

/** Throws unless the option is true, false or left out. */
export function checkFlag(action: string, argument: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new InvalidInputError(`${action}: ${argument} is ${shown(value)}; true or false is needed`, argument);
}

/** Throws unless `values` is a vector of n elements, as many as the argument `reference` has. */
export function checkLength(
  action: string,
  argument: string,
  values: ArrayLike<unknown>,
  n: number,
  reference = "time",
): void {
  const length = lengthOf(action, argument, values);
  if (length === n) return;
  const message = `${action}: ${argument} has ${length} elements and ${reference} has ${n}; they must be of equal length`;
  throw new InvalidInputError(message, argument);
}

/** Throws unless the value is a whole number within limits. */
export function checkWhole(
  action: string,
  argument: string,
  value: number,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const message = `${action}: ${argument} is ${shown(value)}; a whole number ${range} is needed`;
  throw new InvalidInputError(message, argument);
}

/** Throws unless the value is a finite number above 0 (or at least 0). */
export function checkPositive(action: string, argument: string, value: number, orZero = false): void {
  if (Number.isFinite(value) && (value > 0 || (orZero && value === 0))) return;
  const message = `${action}: ${argument} is ${shown(value)}; a number ${orZero ? "of at least" : "above"} 0 is needed`;
  throw new InvalidInputError(message, argument);
}

/** Throws unless the number lies inside (0, 1). */
export function checkInside(action: string, argument: string, value: number, example: number): void {
  if (value > 0 && value < 1) return;
  const message = `${action}: ${argument} is ${shown(value)}; a number between 0 and 1 is needed, such as ${example}`;
  throw new InvalidInputError(message, argument);
}

/** Throws unless the coverage of an interval lies inside (0, 1). */
export function checkConfidence(action: string, confidence: number): void {
  checkInside(action, "confidence", confidence, 0.95);
}

/** Throws unless the value is a probability, 0 and 1 included. */
export function checkProbability(action: string, argument: string, value: number, index: number | null = null): void {
  if (value >= 0 && value <= 1) return;
  const where = index === null ? argument : `${argument}[${index}]`;
  const message = `${action}: ${where} is ${shown(value)}; a probability from 0 to 1 is needed`;
  throw new InvalidInputError(message, argument, index);
}

/** Throws unless there are at least so many values and all are finite, naming the first that is not. */
export function checkAllFinite(action: string, argument: string, values: ArrayLike<number>, least = 1): void {
  if (lengthOf(action, argument, values) < least) {
    const message = `${action}: ${argument} has ${values.length} elements; at least ${least} are needed`;
    throw new InvalidInputError(message, argument);
  }
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const message = `${action}: ${argument}[${i}] is ${shown(values[i])}; a finite number is needed`;
    throw new InvalidInputError(message, argument, i);
  }
}

/** Throws unless the value is one of those that are known, such as a kind of interval. */
export function checkOneOf<Value extends string | number>(
  action: string,
  argument: string,
  value: Value,
  known: readonly Value[],
): void {
  if (known.includes(value)) return;
  const message = `${action}: ${argument} is ${shown(value)}; ${known.map(shown).join(", ")} are known`;
  throw new InvalidInputError(message, argument);
}
