import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectRoot } from "../data/schema";
import { didYouMean, parseJson } from "../files";
import { InvalidInputError } from "../statistics";
import type { AnswerForm } from "./answer";

/** An exercise of a notebook, with the fingerprints of its solution and of the mistakes that were foreseen. */
export interface Exercise {
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
  /** null until `npm run exercises` has read it from the solution's cell. */
  readonly solution: string | null;
  readonly mistaken: readonly string[];
}

const FILE = "notebooks/exercises.json";

const text = z.string().min(1);
const exerciseSchema = z
  .strictObject({
    form: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("number"), digits: z.number().int().min(1) }),
      z.strictObject({ kind: z.literal("count") }),
      z.strictObject({ kind: z.literal("choice"), choices: z.array(text).min(2) }),
      z.strictObject({
        kind: z.literal("function"),
        digits: z.number().int().min(1),
        cases: z
          .array(z.strictObject({ what: text, given: z.array(z.array(z.union([z.number(), z.boolean()]))) }))
          .min(2),
      }),
    ]),
    hint: text,
    reconsider: text,
    mistakes: z.array(text),
    next: text,
    fingerprints: z.array(
      z.string().regex(/^[0-9a-f]{16}(-[0-9a-f]{16})*$/, "is no fingerprint; npm run exercises writes it"),
    ),
  })
  .refine(({ mistakes, fingerprints }) => [0, 1 + mistakes.length].includes(fingerprints.length), {
    message: "needs a fingerprint for its solution and for each mistake; npm run exercises writes them",
    path: ["fingerprints"],
  });
const fileSchema = z.strictObject({
  note: text,
  exercises: z.record(z.string().regex(/^\d\d-[a-z]$/, "is no name of an exercise such as 01-a"), exerciseSchema),
});

/**
 * All exercises of the notebooks, in their order, from notebooks/exercises.json.
 *
 * @throws DataError naming the exercise and what is wrong with it, where the file is not of its shape
 * @example exercises().map(({ id }) => id) // ["00-a", "00-b", …]
 */
export function exercises(): readonly Exercise[] {
  const file = readFileSync(path.join(projectRoot(), FILE), "utf8");
  return Object.entries(parseJson(file, fileSchema, FILE).exercises).map(([id, { fingerprints, ...exercise }]) => {
    const [solution = null, ...mistaken] = fingerprints;
    return { id, ...exercise, solution, mistaken };
  });
}

/**
 * One exercise by its name.
 *
 * @param action the function that was called, for the message of an error
 * @throws InvalidInputError naming the exercises that there are
 * @throws DataError as {@link exercises}
 * @example findExercise("01-a").hint
 */
export function findExercise(id: string, action = "findExercise"): Exercise {
  const all = exercises();
  const found = all.find((exercise) => exercise.id === id);
  if (found !== undefined) return found;
  const ids = all.map((exercise) => exercise.id);
  const guess = didYouMean(id, ids);
  throw new InvalidInputError(
    `${action}: there is no exercise "${id}"${guess === "" ? "; there" : `${guess} There`} are ${ids.join(", ")}`,
    "id",
  );
}
