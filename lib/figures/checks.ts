import { checkSourced } from "../files";
import { InvalidInputError } from "../statistics";
import { checkFields, lengthOf } from "../statistics/inner";

/*
 * What is asked of the arguments of every figure. `figure` is the function that was called: its name begins the message.
 */

/** What every figure is told: data, perhaps a title, and nothing that the figure does not use. */
export function needFields(figure: string, options: object, own: readonly string[]): void {
  checkFields(figure, "options", options, ["data", "title", "subtitle", ...own]);
  for (const field of ["title", "subtitle"]) {
    const value: unknown = Reflect.get(options, field);
    if (typeof value === "string" || value === undefined) continue;
    throw new InvalidInputError(
      `${figure}: ${field} is ${typeof value === "object" ? "an object" : value}; a text is needed`,
      field,
    );
  }
  checkSourced(figure, "data", Reflect.get(options, "data"));
}

/** At least one thing to draw. */
export function needSome(figure: string, argument: string, what: string, list: { readonly length: number }): void {
  lengthOf(figure, argument, list);
  if (list.length === 0) throw new InvalidInputError(`${figure}: needs at least one ${what}; got none`, argument);
}

/** Labels that tell lines apart. */
export function needDistinct(figure: string, argument: string, what: string, labels: readonly string[]): void {
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
    throw new InvalidInputError(`${figure}: row ${i + 1} ("${label(row)}") has ${found}; ${needed} needed`, "rows", i);
  }
}

/** What is asked of a number by its name, where finite is not enough. */
const RANGES: Readonly<Record<string, { readonly holds: (value: number) => boolean; readonly needed: string }>> = {
  pValue: { holds: (p) => p >= 0 && p <= 1, needed: "a p value from 0 to 1" },
  tickEvery: { holds: (step) => step > 0 && step < Infinity, needed: "a distance above 0" },
};

/**
 * No number that is none, however deep in lists and objects: where nothing else is asked of them, an output of an
 * estimator is checked as a whole. The message names the place, such as "curves[0].time[3]".
 */
export function needNumbers(figure: string, argument: string, value: unknown, place = argument): void {
  if (typeof value === "number") {
    const { holds, needed } = RANGES[/\w+$/.exec(place)?.[0] ?? ""] ?? {
      holds: Number.isFinite,
      needed: "a finite number",
    };
    if (holds(value)) return;
    const first = /\[(\d+)\]/.exec(place);
    throw new InvalidInputError(
      `${figure}: ${place} is ${value}; ${needed} is needed`,
      argument,
      first === null ? null : Number(first[1]),
    );
  }
  if (Array.isArray(value)) {
    // The place is put into words for few of many numbers only.
    for (const [i, item] of value.entries())
      if (!Number.isFinite(item)) needNumbers(figure, argument, item, `${place}[${i}]`);
  } else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) needNumbers(figure, argument, item, `${place}.${key}`);
}

/** No number among the options that is none; what the figure was computed from is not looked at. */
export function needOptions(figure: string, options: { readonly data: unknown }): void {
  for (const [key, value] of Object.entries(options)) if (key !== "data") needNumbers(figure, "options", value, key);
}
