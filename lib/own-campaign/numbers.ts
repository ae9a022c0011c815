import { type Delimiter, type Fault, shown } from "../files";

/** Numbers with a decimal point, and with a decimal comma. */
const POINT = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const COMMA = /^[+-]?(\d+(,\d*)?|,\d+)([eE][+-]?\d+)?$/;
/** Numbers whose thousands are set apart, by points and by commas; what is a decimal in one country is that in another. */
const POINTED = /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/;
const COMMAED = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/** How a column's texts are numbers, or why that cannot be known; null where some of them are no numbers at all. */
type Reading = { readonly decimal: "." | "," } | { readonly unclear: string } | null;

/**
 * Which mark is the decimal one in a column of numbers. A mark that can only be the decimal one is; where all that have it
 * may be thousands as well (`1.250` in a file with semicolons, `1,250` in any), or both marks stand, nobody guesses.
 */
export function decimalOf(texts: readonly string[], delimiter: Delimiter): Reading {
  const numbers = texts.every((text) => [POINT, COMMA, POINTED, COMMAED].some((form) => form.test(text)));
  if (!numbers || texts.length === 0) return null;
  const [points, commas] = [".", ","].map((mark) => texts.filter((text) => text.includes(mark)));
  if (points.length > 0 && commas.length > 0) {
    return { unclear: `has points (${shown(points[0])}) and commas (${shown(commas[0])}) in its numbers` };
  }
  const [marked, thousands, form, decimal] =
    commas.length > 0 ? ([commas, COMMAED, COMMA, ","] as const) : ([points, POINTED, POINT, "."] as const);
  const grouped = marked.filter((text) => thousands.test(text));
  const some = grouped.slice(0, 3).map(shown).join(", ");
  // Points are decimal points unless the file is of a country with decimal commas.
  const doubtful = decimal === "," || delimiter === ";" || marked.some((text) => !form.test(text));
  if (doubtful && marked.length > 0 && grouped.length === marked.length) {
    return { unclear: `has numbers that may be thousands or decimals (${some})` };
  }
  return marked.every((text) => form.test(text)) ? { decimal } : { unclear: `has numbers of two forms (${some})` };
}

/** Whether a text is a number with this decimal mark, thousands set apart or not. */
export const isNumber = (text: string, decimal: "." | ","): boolean =>
  (decimal === "." ? POINT : COMMA).test(text) || (decimal === "." ? COMMAED : POINTED).test(text);

/** The number that a text is with this decimal mark. */
export function numberOf(text: string, decimal: "." | ","): number {
  const grouped = decimal === "." ? COMMAED : POINTED;
  const bare = grouped.test(text) ? text.replaceAll(decimal === "." ? "," : ".", "") : text;
  return Number(decimal === "," ? bare.replace(",", ".") : bare);
}

/** Faults of a column's texts, each at the first row that has it. */
export function textFaults(
  column: string,
  rule: string,
  texts: readonly string[],
  message: (text: string) => string,
  rowOf: (text: string) => number,
): Fault[] {
  return texts.slice(0, 20).map((text) => ({ row: rowOf(text), column, value: text, rule, message: message(text) }));
}
