import { CHECK_MIME } from "../../lib/teaching/check-bundle";
import { asObject, asString } from "../kernel/protocol/wire";
import type { Notebook } from "./notebook";
import { isSolution } from "./tags";

/** What the solutions' cells of notebooks give: of each exercise the fingerprint of the solution, then of mistakes. */
export type Fingerprints = Readonly<Record<string, readonly string[]>>;

/** One check() that a cell showed. */
export interface Shown {
  readonly exercise: string;
  readonly verdict: string;
  readonly digest: string | null;
}

/** The checks among the committed outputs of the cells that a test on their tags chooses. */
export function checksIn(notebook: Notebook, choose: (tags: readonly string[]) => boolean): Shown[][] {
  return notebook.cells
    .filter((cell) => choose(cell.tags))
    .map((cell) =>
      cell.outputs.flatMap((output) => {
        if (!("data" in output) || output.data[CHECK_MIME] === undefined) return [];
        const { exercise, verdict, digest } = asObject(output.data[CHECK_MIME]);
        const fingerprint = typeof digest === "string" ? digest : null;
        return [{ exercise: asString(exercise), verdict: asString(verdict), digest: fingerprint }];
      }),
    );
}

/**
 * The fingerprints that the solutions' cells show: in each cell the last check() is the solution, those before
 * it are mistakes that were foreseen.
 *
 * @throws Error naming the notebook where a cell shows no check, or checks of two exercises, or no answer
 */
export function fingerprintsOf(notebooks: readonly Notebook[]): Fingerprints {
  const found: Record<string, readonly string[]> = {};
  for (const notebook of notebooks) {
    for (const checks of checksIn(notebook, isSolution)) {
      const [exercise = "", ...others] = new Set(checks.map((check) => check.exercise));
      if (exercise === "" || others.length > 0) {
        const what = exercise === "" ? "shows no check()" : `checks ${[exercise, ...others].join(" and ")}`;
        throw new Error(
          `${notebook.name}: a cell tagged "solution" ${what}; it is about one exercise, and run npm run notebooks first`,
        );
      }
      const digests = checks.map(({ digest }) => {
        if (digest !== null) return digest;
        throw new Error(`${notebook.name}: the solution of ${exercise} has an answer of another form`);
      });
      found[exercise] = [...digests.slice(-1), ...digests.slice(0, -1)];
    }
  }
  return found;
}

/**
 * The text of notebooks/exercises.json with these fingerprints in it, and all else as it was.
 *
 * @throws Error naming a solution of an exercise that the file does not have
 */
export function withFingerprints(text: string, fingerprints: Fingerprints): string {
  const file = asObject(JSON.parse(text));
  const exercises = { ...asObject(file.exercises) };
  for (const [exercise, digests] of Object.entries(fingerprints)) {
    if (exercises[exercise] === undefined)
      throw new Error(`a notebook solves exercise ${exercise}, which notebooks/exercises.json does not have`);
    exercises[exercise] = { ...asObject(exercises[exercise]), fingerprints: digests };
  }
  return `${JSON.stringify({ ...file, exercises }, null, 2)}\n`;
}
