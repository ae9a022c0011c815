import { InvalidInputError } from "../statistics";
import { shown } from "../statistics/inner";

/** 1 or true: the row is in the treated (exposed, featured) arm; 0 or false: in the control arm. */
export type Treated = ArrayLike<number | boolean>;

/** A number for each arm. */
export interface PerArm<T = number> {
  readonly treated: T;
  readonly control: T;
}

/** Throws unless `values` has n elements, naming the argument whose length counts. */
export function checkSameLength(
  action: string,
  argument: string,
  values: ArrayLike<unknown>,
  n: number,
  reference = "treated",
): void {
  if (values.length !== n) {
    const message = `${action}: ${argument} has ${values.length} elements and ${reference} has ${n}; they must be of equal length`;
    throw new InvalidInputError(message, argument);
  }
}

/** Copies 0/1 or booleans into bytes; throws at the first that is neither, or if one of the two is not there. */
export function checkTreated(action: string, values: Treated, argument = "treated"): Uint8Array {
  const n = values.length;
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
export function checkArmWeights(
  action: string,
  values: ArrayLike<number>,
  treated: Uint8Array,
): Float64Array {
  checkSameLength(action, "weights", values, treated.length);
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
