import { type AnswerCase, type AnswerForm, type AnswerFunction, spellings } from "./answer";
import { digest } from "./digest";
import type { Exercise } from "./exercise";

/** What is said of a student's function. */
export interface JudgedFunction {
  readonly right: boolean;
  readonly message: string;
  /** Fingerprints of its results, one for each of the exercise's data, joined by hyphens; null where one is missing. */
  readonly fingerprint: string | null;
}

/**
 * Runs a student's function on the data of an exercise, and compares its results with those of the solution.
 *
 * One wants it where the answer is a method and not a number: a function can be right on the data at hand by luck, and
 * wrong where two women are released on one day. The solution's results are known by their fingerprints only.
 *
 * @param exercise with the fingerprints of its solution, one for each of the form's data
 * @param answer is given copies, so that it may sort what it is given
 * @example judgeFunction(exercise, exercise.form, (time, event) => 1).right // false
 */
export function judgeFunction(
  exercise: Exercise,
  form: AnswerForm & { readonly kind: "function" },
  answer: AnswerFunction,
): JudgedFunction {
  const { id, solution, mistaken, mistakes, reconsider, next } = exercise;
  const results = form.cases.map((one) => resultOf(answer, one, form.digits));
  const problem = results.find((result) => result.problem !== null)?.problem ?? null;
  if (problem !== null) return { right: false, message: problem, fingerprint: null };
  const own = results.map(({ spelling }, i) => digest(`${id} ${i + 1}`, spelling));
  const fingerprint = own.join("-");
  if (fingerprint === solution)
    return { right: true, message: `Right on all ${own.length} data sets. ${next}`, fingerprint };
  const wanted = solution?.split("-") ?? [];
  const wrong = form.cases.filter((_, i) => own[i] !== wanted[i]).map(({ what }) => what);
  const mistake = mistakes[mistaken.indexOf(fingerprint)] ?? reconsider;
  const message = `Right on ${own.length - wrong.length} of ${own.length} data sets, wrong with ${wrong.join(", ")}. ${mistake}`;
  return { right: false, message, fingerprint };
}

/** The result on one set of data, as it is compared, or why there is none. */
function resultOf(
  answer: AnswerFunction,
  { what, given }: AnswerCase,
  digits: number,
): { readonly spelling: string; readonly problem: string | null } {
  const failed = (words: string) => ({ spelling: "", problem: `With ${what} the function ${words}` });
  let result: unknown;
  try {
    result = Reflect.apply(
      answer,
      undefined,
      given.map((column) => [...column]),
    );
  } catch (error) {
    return failed(`fails: ${error instanceof Error ? error.message : String(error)}`);
  }
  const [spelling] = typeof result === "number" ? spellings(result, { kind: "number", digits }) : [];
  return spelling === undefined ? failed(`gives ${String(result)}; a number is needed.`) : { spelling, problem: null };
}
