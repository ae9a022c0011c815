import { InvalidInputError } from "../statistics";

/*
 * What is asked of the arguments of every figure. `figure` is the function that was called: its name begins the message.
 */

/** At least one thing to draw. */
export function needSome(
  figure: string,
  argument: string,
  what: string,
  list: { readonly length: number },
): void {
  if (list.length === 0)
    throw new InvalidInputError(`${figure}: needs at least one ${what}; got none`, argument);
}

/** Labels that tell lines apart. */
export function needDistinct(
  figure: string,
  argument: string,
  what: string,
  labels: readonly string[],
): void {
  const twice = labels.findIndex((label, at) => labels.indexOf(label) < at);
  if (twice < 0) return;
  throw new InvalidInputError(`${figure}: two ${what} are labelled "${labels[twice]}"`, argument, twice);
}

/**
 * At least one row, and none with a fault.
 *
 * @param fault what a row has that it must not have, in words; null for a good one
 * @param needed what each row must have instead
 */
export function needRows<R>(
  figure: string,
  rows: readonly R[],
  label: (row: R) => string,
  fault: (row: R) => string | null,
  needed: string,
): void {
  needSome(figure, "rows", "row", rows);
  for (const [i, row] of rows.entries()) {
    const found = fault(row);
    if (found === null) continue;
    throw new InvalidInputError(
      `${figure}: row ${i + 1} ("${label(row)}") has ${found}; ${needed} needed`,
      "rows",
      i,
    );
  }
}

/** Numbers that are none. `name` says which one is meant, such as "values[3]". */
export function needFinite(
  figure: string,
  argument: string,
  values: ArrayLike<number>,
  name: (index: number) => string = (index) => `${argument}[${index}]`,
): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new InvalidInputError(
      `${figure}: ${name(i)} is ${values[i]}; a finite number is needed`,
      argument,
      i,
    );
  }
}
