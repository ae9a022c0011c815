import { log10, powerOfTen } from "../statistics/elementary";

/** What a student can hand in: a number, a word, yes or no, or a function of the student's own. */
export type Answer = PlainAnswer | AnswerFunction;

/** An answer that can be typed. */
export type PlainAnswer = number | string | boolean;

/** A function that an exercise runs on data of its own; see the form "function". */
export type AnswerFunction = (...given: never[]) => unknown;

/** What an exercise asks for. */
export type AnswerForm =
  /** A number, compared with this many significant digits. */
  | { readonly kind: "number"; readonly digits: number }
  /** How many there are: a whole number. */
  | { readonly kind: "count" }
  /** One of these words. */
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  /** A function that gives a number for each of these data, right to this many significant digits. */
  | { readonly kind: "function"; readonly digits: number; readonly cases: readonly AnswerCase[] };

/** Data on which a student's function is run. */
export interface AnswerCase {
  /** What is special about them, in words that follow "with": "two releases on one day". */
  readonly what: string;
  /** The function's arguments. */
  readonly given: readonly (readonly (number | boolean)[])[];
}

/**
 * What an exercise asks for, in words that follow "The answer is".
 *
 * @example formText({ kind: "count" }) // "a whole number"
 */
export function formText(form: AnswerForm): string {
  switch (form.kind) {
    case "number":
      return `a number with ${form.digits} significant digits`;
    case "count":
      return "a whole number";
    case "choice":
      return `one of ${form.choices.map((choice) => `"${choice}"`).join(", ")}`;
    case "function":
      return `a function, which is run on ${form.cases.length} other data sets`;
  }
}

/**
 * An answer in the spellings under which it counts, the plainest first; empty where it has not the form asked
 * for. A number that is off by one in the last digit asked for is as good: somebody rounded, or cut off.
 *
 * @example spellings(0.05126, { kind: "number", digits: 3 }) // ["0.0513", "0.0512", "0.0514"]
 */
export function spellings(answer: Answer, form: AnswerForm): string[] {
  if (form.kind === "choice") {
    const word = String(answer).trim().toLowerCase();
    return form.choices.some((choice) => choice.toLowerCase() === word) ? [word] : [];
  }
  if (typeof answer !== "number" || !Number.isFinite(answer)) return [];
  if (form.kind === "count") return Number.isInteger(answer) ? [String(answer)] : [];
  if (form.kind === "function") return [];
  const rounded = (value: number): string => String(Number(value.toPrecision(form.digits)));
  if (answer === 0) return ["0"];
  const unit = powerOfTen(Math.floor(log10(Math.abs(answer))) - form.digits + 1);
  return [...new Set([rounded(answer), rounded(answer - unit), rounded(answer + unit)])];
}

/**
 * Reads what was typed into a field: null where it is not in the form asked for. A number may have a true minus
 * sign, an exponent, and a decimal comma or point.
 *
 * @example answerFromText("3,4e−6", { kind: "number", digits: 2 }) // 0.0000034
 */
export function answerFromText(text: string, form: AnswerForm): PlainAnswer | null {
  const typed = text.trim();
  if (form.kind === "choice") return spellings(typed, form).length > 0 ? typed : null;
  const number = Number(typed.replace("−", "-").replace(",", "."));
  return typed === "" || spellings(number, form).length === 0 ? null : number;
}
