import { digest } from "../../../lib/teaching/digest";
import type { Exercise } from "../../../lib/teaching/exercise";
import { type HandIn, handInFile, handInText } from "../../../tools/hand-in/sealed";

/** Two exercises of a made-up notebook: how many (the solution is 12, foreseen is 15), and a word. */
export const EXERCISES: readonly Exercise[] = [
  {
    ...{ id: "90-a", form: { kind: "count" }, hint: "Count.", reconsider: "Count again.", next: "Well." },
    ...{ mistakes: ["Those are all."], solution: digest("90-a", "12"), mistaken: [digest("90-a", "15")] },
  },
  {
    ...{ id: "90-b", form: { kind: "number", digits: 2 }, hint: "Divide.", reconsider: "Divide again.", next: "Well." },
    ...{ mistakes: [], solution: digest("90-b", "0.33"), mistaken: [] },
  },
];

export const BEGAN = "2026-11-29T10:00:00.000Z";

/** A hand-in with these answers, typed into fields. */
export function handIn(student: string, answers: Readonly<Record<string, string>>, more: Partial<HandIn> = {}): HandIn {
  const notebook = more.notebook ?? "90-made-up";
  return {
    format: "hrd-hand-in/1",
    student,
    notebook,
    began: BEGAN,
    saved: "2026-11-29T10:42:10.000Z",
    answers: Object.entries(answers).map(([exercise, typed]) => ({
      ...{ exercise, typed, digest: null, verdict: "reconsider", tries: 2, first: BEGAN, last: BEGAN },
    })),
    cells: [{ id: "try", source: `// ${student}` }],
    notebookSha256: null,
    ...more,
  };
}

export function fileOf(one: HandIn): { name: string; text: string } {
  return { name: handInFile(one), text: handInText(one) };
}
