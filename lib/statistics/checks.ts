import { InvalidInputError } from "./errors";

/** Shows a found value in a message, with quotes around text. */
export function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Throws unless `values` has n elements, as many as the argument `reference`. */
export function checkLength(
  action: string,
  argument: string,
  values: ArrayLike<unknown>,
  n: number,
  reference = "time",
): void {
  if (values.length === n) return;
  const message = `${action}: ${argument} has ${values.length} elements and ${reference} has ${n}; they must be of equal length`;
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
export function checkProbability(
  action: string,
  argument: string,
  value: number,
  index: number | null = null,
): void {
  if (value >= 0 && value <= 1) return;
  const where = index === null ? argument : `${argument}[${index}]`;
  const message = `${action}: ${where} is ${shown(value)}; a probability from 0 to 1 is needed`;
  throw new InvalidInputError(message, argument, index);
}

/** Throws unless there are at least so many values and all are finite, naming the first that is not. */
export function checkAllFinite(action: string, argument: string, values: ArrayLike<number>, least = 1): void {
  if (values.length < least) {
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
export function checkOneOf(action: string, argument: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const message = `${action}: ${argument} is ${shown(value)}; ${known.map(shown).join(", ")} are known`;
  throw new InvalidInputError(message, argument);
}
