import { type Answer, formText, spellings } from "./answer";
import { judgeFunction } from "./check-function";
import { digest } from "./digest";
import type { Exercise } from "./exercise";

/** What `check` says of an answer. */
export interface Checked {
  readonly kind: "checked";
  readonly exercise: string;
  readonly verdict: "right" | "reconsider" | "not answered" | "cannot be told";
  readonly message: string;
  /** A first step; empty once it is right. */
  readonly hint: string;
  /** Fingerprint of the answer, from which `npm run exercises` learns the solution; null without an answer. */
  readonly digest: string | null;
}

/** Checks an answer to an exercise that is at hand; reads no file, so that it runs in a page, too. */
export function checkAnswer(exercise: Exercise, answer?: Answer): Checked {
  const { id } = exercise;
  if (answer === undefined) {
    const message = `Not answered yet. The answer is ${formText(exercise.form)}.`;
    return result(exercise, "not answered", message, null);
  }
  const { form } = exercise;
  if (form.kind === "function" && typeof answer === "function") {
    const { right, fingerprint, message } = judgeFunction(exercise, form, answer);
    return result(exercise, right ? "right" : "reconsider", message, fingerprint);
  }
  const [plain, ...near] = spellings(answer, form);
  if (plain === undefined) {
    const message = `${shown(answer)} is not ${formText(form)}.`;
    return result(exercise, "reconsider", message, null);
  }
  const own = digest(id, plain);
  if (usesOtherData()) {
    const message = "These are not the project's own data (HRD_DATA is set), so its solution need not hold.";
    return result(exercise, "cannot be told", message, own);
  }
  const all = [own, ...near.map((spelling) => digest(id, spelling))];
  if (exercise.solution !== null && all.includes(exercise.solution)) {
    return result(exercise, "right", `Right. ${exercise.next}`, own);
  }
  const mistake = exercise.mistaken.findIndex((known) => all.includes(known));
  return result(exercise, "reconsider", exercise.mistakes[mistake] ?? exercise.reconsider, own);
}

/**
 * Whether a value is what `check` says of an answer.
 *
 * @example isChecked(check("00-b", "while")) // true
 */
export function isChecked(value: unknown): value is Checked {
  return (
    typeof value === "object" && value !== null && "kind" in value && value.kind === "checked" && "exercise" in value
  );
}

function result(exercise: Exercise, verdict: Checked["verdict"], message: string, fingerprint: string | null): Checked {
  return {
    kind: "checked",
    exercise: exercise.id,
    verdict,
    message,
    hint: verdict === "right" ? "" : exercise.hint,
    digest: fingerprint,
  };
}

function shown(answer: Answer): string {
  if (typeof answer === "function") return "A function";
  return typeof answer === "string" ? `"${answer}"` : String(answer);
}

/** In a browser there are no environment variables, and a page shows the project's data. */
function usesOtherData(): boolean {
  return typeof process !== "undefined" && Boolean(process.env?.HRD_DATA);
}
