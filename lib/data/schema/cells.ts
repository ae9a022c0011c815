import type { PartialDate } from "../../dates";
import { dayNumber, partialDate } from "../../dates";
import { didYouMean } from "../../files";
import type { Field } from "./descriptor";

/** The value of a cell: text, whole number, date, list of texts, or null where an optional cell is empty. */
export type CellValue = string | number | PartialDate | readonly string[] | null;

/** What is wrong with a cell: the broken constraint and what was found and is needed. */
export interface CellFault {
  readonly rule: string;
  readonly message: string;
}

/**
 * Reads one cell as its field describes it.
 *
 * @param text the cell as it stands in the file
 * @param missingValues texts that mean "no value", such as `NA`
 * @returns the value (an empty list for an empty list cell), or the fault
 */
export function readCell(
  text: string,
  field: Field,
  missingValues: readonly string[],
): { readonly value: CellValue } | { readonly fault: CellFault } {
  const quoted = JSON.stringify(text);
  if (missingValues.includes(text.trim())) {
    if (field.constraints?.required === true) {
      const found = text.trim() === "" ? "is empty" : `is ${quoted}, which stands for no value`;
      return fault("required", `${found}; a value is required`);
    }
    return { value: field.type === "list" ? [] : null };
  }
  switch (field.type) {
    case "integer":
      return readInteger(text, field);
    case "date":
      return readDay(withoutMidnight(text));
    case "list": {
      const items = text.split(field.delimiter);
      const pattern = field.itemPattern === undefined ? null : new RegExp(field.itemPattern, "u");
      const wrong = items.find((item) => item === "" || (pattern !== null && !pattern.test(item)));
      if (wrong === undefined) return { value: items };
      const separator = `items are separated by ${JSON.stringify(field.delimiter)}`;
      return fault("itemPattern", `${JSON.stringify(wrong)} is not as ${field.itemPattern} asks; ${separator}`);
    }
    case "string":
      return field.logicalType === "partial-date" ? readPartialDate(withoutMidnight(text)) : readText(text, field);
  }
}

/** A day as spreadsheets and databases write it, with the hour at which it begins, is the day. */
const withoutMidnight = (text: string): string => text.replace(/[T ]0?0:00(:00(\.0+)?)?Z?$/, "");

function readText(text: string, field: Extract<Field, { type: "string" }>) {
  const { enum: values, pattern } = field.constraints ?? {};
  if (values !== undefined && !values.includes(text)) {
    const known = `not one of: ${values.join(", ")}`;
    return fault("enum", `${JSON.stringify(text)} is ${known}${didYouMean(text, values)}`);
  }
  if (pattern !== undefined && !new RegExp(pattern, "u").test(text)) {
    return fault("pattern", `${JSON.stringify(text)} is not as ${pattern} asks`);
  }
  return { value: text };
}

function readInteger(text: string, field: Extract<Field, { type: "integer" }>) {
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    return fault("type", `${JSON.stringify(text)} is not a whole number`);
  }
  const value = Number(text);
  const { minimum, maximum } = field.constraints ?? {};
  if (minimum !== undefined && value < minimum) {
    return fault("minimum", `${value} is less than ${minimum}, the smallest allowed`);
  }
  if (maximum !== undefined && value > maximum) {
    return fault("maximum", `${value} is more than ${maximum}, the largest allowed`);
  }
  return { value };
}

function readDay(text: string) {
  try {
    dayNumber(text);
    return { value: text };
  } catch {
    return fault("type", `${JSON.stringify(text)} is not a day of the calendar (YYYY-MM-DD)`);
  }
}

function readPartialDate(text: string) {
  try {
    return { value: partialDate(text) };
  } catch {
    return fault("type", `${JSON.stringify(text)} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)`);
  }
}

function fault(rule: string, message: string) {
  return { fault: { rule, message } };
}
