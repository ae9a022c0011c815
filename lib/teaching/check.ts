import type { Answer } from "./answer";
import { type Checked, checkAnswer } from "./check-answer";
import { findExercise } from "./exercise";

/**
 * Checks the answer to an exercise of a notebook: right, or what to reconsider. Without an answer it gives the
 * hint.
 *
 * It knows the solution by its fingerprint only, so neither this code nor a rendered page gives it away. It
 * knows the solutions on the project's own data; with files of your own (HRD_DATA) it says so.
 *
 * @param id notebook and letter of the exercise, e.g. "01-a"
 * @param answer a number, a word, nothing yet, or a function of your own where the exercise asks for one: it is run on
 *   other data, and judged by what it gives there
 * @throws InvalidInputError where there is no such exercise
 * @throws DataError where notebooks/exercises.json is not of its shape
 * @example check("00-b", "before")
 */
export function check(id: string, answer?: Answer): Checked {
  return checkAnswer(findExercise(id, "check"), answer);
}
