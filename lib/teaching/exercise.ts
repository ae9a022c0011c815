import { InvalidInputError } from "../statistics";
import type { AnswerForm } from "./answer";
import { DIGESTS } from "./digests";
import { EXERCISES } from "./exercises";

/** An exercise as it is written down in exercises.ts. */
export interface ExerciseText {
  /** Notebook and letter, e.g. "01-a". */
  readonly id: string;
  readonly form: AnswerForm;
  /** A first step, without the answer. */
  readonly hint: string;
  /** What to reconsider where the answer is wrong in a way that nobody foresaw. */
  readonly reconsider: string;
  /** What to reconsider after a mistake that the solution's cell shows, in the order in which it does. */
  readonly mistakes: readonly string[];
  /** A thought for those who have it right. */
  readonly next: string;
}

/** An exercise with the fingerprints of its solution and of the mistakes that were foreseen. */
export interface Exercise extends ExerciseText {
  /** null until `npm run exercises` has read it from the solution's cell. */
  readonly solution: string | null;
  readonly mistaken: readonly string[];
}

/**
 * All exercises of the notebooks, in their order.
 *
 * @example exercises().map(({ id }) => id) // ["00-a", "00-b", …]
 */
export function exercises(): readonly Exercise[] {
  return EXERCISES.map((exercise) => {
    const [solution = null, ...mistaken] = DIGESTS[exercise.id] ?? [];
    return { ...exercise, solution, mistaken };
  });
}

/**
 * One exercise by its name.
 *
 * @throws {InvalidInputError} naming the exercises that there are
 * @example findExercise("01-a").hint
 */
export function findExercise(id: string): Exercise {
  return exerciseOf("findExercise", id);
}

/** The same for another public function, whose name its error starts with. */
export function exerciseOf(called: string, id: string): Exercise {
  const found = exercises().find((exercise) => exercise.id === id);
  if (found !== undefined) return found;
  throw new InvalidInputError(
    `${called}: there is no exercise "${id}"; there are ${EXERCISES.map((exercise) => exercise.id).join(", ")}`,
    "id",
  );
}
