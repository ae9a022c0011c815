import { answerFromText } from "../../lib/teaching/answer";
import { checkAnswer } from "../../lib/teaching/check-answer";
import type { Exercise } from "../../lib/teaching/exercise";
import { canonicalJson } from "../seal/seal";
import { type DroppedFile, isRefused, type ReadHandIn, type Refused, readHandIn } from "./read";
import type { HandedAnswer, HandedVerdict } from "./sealed";

/** One answer as the lecturer's page judges it, by the exercise's fingerprints and not by what the file says. */
export interface Judged {
  readonly exercise: string;
  readonly verdict: HandedVerdict;
  /** Place of a foreseen mistake among the exercise's, from 0; null for another one, and where it is right. */
  readonly mistake: number | null;
  readonly typed: string | null;
  readonly tries: number;
  /** False where only the file says so: the answer of a cell that may be rounded in another way. */
  readonly checked: boolean;
}

/** One file of the class. */
export interface ClassRow {
  readonly file: string;
  readonly student: string;
  readonly notebook: string;
  /** In the order of the exercises of the notebook; those without an answer are "not answered". */
  readonly answers: readonly Judged[];
  readonly right: number;
  readonly tries: number;
  /** From the first action to saving. */
  readonly minutes: number;
  readonly saved: string;
  /** Code cells that the student changed. */
  readonly editedCells: number;
  readonly altered: boolean;
  /** Whether a later file of the same student and notebook counts instead. */
  readonly earlier: boolean;
  /** What the lecturer should know, in sentences. */
  readonly remarks: readonly string[];
}

/** What the class made of an exercise. Altered files and earlier versions are not counted. */
export interface ExerciseSummary {
  readonly exercise: string;
  readonly answered: number;
  readonly right: number;
  /** Wrong answers, the commonest first: the lecturer's words for a foreseen one, else what was typed. */
  readonly mistakes: readonly { readonly words: string; readonly students: number }[];
}

export interface ClassReport {
  /** By notebook, then by student. */
  readonly rows: readonly ClassRow[];
  readonly exercises: readonly ExerciseSummary[];
  readonly refused: readonly Refused[];
}

/**
 * What a class handed in.
 *
 * @param exercises those of the project, with their fingerprints
 */
export function classReport(files: readonly DroppedFile[], exercises: readonly Exercise[]): ClassReport {
  const read = files.map(readHandIn);
  const known = new Set(exercises.map(({ id }) => id.slice(0, 2)));
  const whole = read.flatMap((one) => (isRefused(one) ? [] : [one]));
  const [strange, handIns] = split(whole, ({ handIn }) => !known.has(handIn.notebook.slice(0, 2)));
  const works = handIns.map(workOf);
  const rows = handIns.map((one, at) => classRow({ one, at }, handIns, works, exercises)).sort(byNotebookAndStudent);
  const counted = rows.filter(({ altered, earlier }) => !altered && !earlier);
  return {
    rows,
    exercises: exercises.flatMap((exercise) => summaryOf(exercise, counted)),
    refused: [
      ...read.filter(isRefused),
      ...strange.map(({ file, handIn }) => ({
        file,
        reason: `is of notebook ${handIn.notebook}, which has no exercises`,
      })),
    ],
  };
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

function classRow(
  { one, at: place }: { readonly one: ReadHandIn; readonly at: number },
  all: readonly ReadHandIn[],
  works: readonly string[],
  exercises: readonly Exercise[],
): ClassRow {
  const { file, handIn, sealed } = one;
  const { student, notebook, began, saved } = handIn;
  const own = exercises.filter(({ id }) => id.slice(0, 2) === notebook.slice(0, 2));
  const answers = own.map((exercise) =>
    judged(
      exercise,
      handIn.answers.find((one) => one.exercise === exercise.id),
    ),
  );
  const minutes = Math.round((Date.parse(saved) - Date.parse(began)) / 60_000);
  const earlier = all.some(
    ({ handIn: other }, at) =>
      nameOf(student) !== "" &&
      nameOf(other.student) === nameOf(student) &&
      other.notebook === notebook &&
      (other.saved > saved || (other.saved === saved && at > place)),
  );
  const twins = all.filter(
    ({ handIn: other }, at) => works[at] === works[place] && nameOf(other.student) !== nameOf(student),
  );
  const said = own.filter((exercise, at) => {
    const claimed = handIn.answers.find((one) => one.exercise === exercise.id)?.verdict ?? "not answered";
    return answers[at]?.checked === true && claimed !== answers[at]?.verdict;
  });
  const remarks = [
    ...(sealed ? [] : ["Altered after it was saved: the seal is not that of the content."]),
    ...(said.length === 0
      ? []
      : [`The file says otherwise of ${said.map(({ id }) => id).join(", ")}; judged here by the answer.`]),
    ...(twins.length === 0 ? [] : [`The same work, to the second, as ${twins.map((other) => other.file).join(", ")}.`]),
    ...(earlier ? ["A later file of the same student counts."] : []),
    ...(minutes < 0 ? ["It was saved before it was begun: the clock was changed."] : []),
    ...(student.trim() === "" ? ["Without a name."] : []),
  ];
  return {
    file,
    student: student.trim(),
    notebook,
    answers,
    right: answers.filter(({ verdict }) => verdict === "right").length,
    tries: answers.reduce((sum, answer) => sum + answer.tries, 0),
    minutes,
    saved,
    editedCells: handIn.cells.length,
    altered: !sealed,
    earlier,
    remarks,
  };
}

const nameOf = (student: string): string => student.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");

/** What two students cannot have in common by chance: the same answers and code at the same times. */
function workOf({ handIn: { student: _, saved: __, ...work } }: ReadHandIn): string {
  return canonicalJson(work);
}

function judged(exercise: Exercise, handed: HandedAnswer | undefined): Judged {
  const none = {
    exercise: exercise.id,
    verdict: "not answered",
    mistake: null,
    typed: null,
    tries: 0,
    checked: true,
  } as const;
  if (handed === undefined) return none;
  const { typed, digest, tries } = handed;
  if (typed !== null) {
    const answer = answerFromText(typed, exercise.form);
    if (answer === null) return { ...none, verdict: "reconsider", typed, tries };
    const { verdict, message } = checkAnswer(exercise, answer);
    const mistake = verdict === "right" ? -1 : exercise.mistakes.indexOf(message);
    return { ...none, verdict, mistake: mistake < 0 ? null : mistake, typed, tries };
  }
  if (digest === null) return { ...none, tries };
  if (digest === exercise.solution) return { ...none, verdict: "right", tries };
  const mistake = exercise.mistaken.indexOf(digest);
  if (mistake >= 0) return { ...none, verdict: "reconsider", mistake, tries };
  // A number that is off by one in the last digit is as good, and has another fingerprint.
  if (exercise.form.kind === "number") return { ...none, verdict: handed.verdict, tries, checked: false };
  return { ...none, verdict: "reconsider", tries };
}

function summaryOf(exercise: Exercise, rows: readonly ClassRow[]): ExerciseSummary[] {
  const answers = rows.flatMap((row) => row.answers.filter((answer) => answer.exercise === exercise.id));
  if (answers.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { verdict, mistake, typed } of answers) {
    if (verdict !== "reconsider") continue;
    const foreseen = mistake === null ? undefined : exercise.mistakes[mistake];
    const words = foreseen ?? (typed === null ? "another answer, by a cell" : `answered ${typed.trim() || "nothing"}`);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const mistakes = [...counts]
    .map(([words, students]) => ({ words, students }))
    .sort((a, b) => b.students - a.students || (a.words < b.words ? -1 : 1));
  return [
    {
      exercise: exercise.id,
      answered: answers.filter(({ verdict }) => verdict !== "not answered").length,
      right: answers.filter(({ verdict }) => verdict === "right").length,
      mistakes,
    },
  ];
}

function byNotebookAndStudent(a: ClassRow, b: ClassRow): number {
  const keys = [a, b].map(({ notebook, student, saved }) => [notebook, nameOf(student), saved].join("\u0000"));
  return (keys[0] ?? "") < (keys[1] ?? "") ? -1 : 1;
}

/** What an exercise's mark looks like. */
export const MARKS: Readonly<Record<HandedVerdict, string>> = {
  right: "✓",
  reconsider: "↻",
  "not answered": "–",
  "cannot be told": "?",
};

/**
 * The class as CSV (RFC 4180), a line a file and an exercise's mark a column. What a spreadsheet would take for a formula
 * has an apostrophe before it (OWASP, CSV injection).
 */
export function classCsv({ rows }: Pick<ClassReport, "rows">): string {
  const exercises = [...new Set(rows.flatMap(({ answers }) => answers.map(({ exercise }) => exercise)))].sort();
  const header = [
    "file",
    "student",
    "notebook",
    ...exercises,
    "right",
    "of",
    "tries",
    "minutes",
    "saved",
    "edited_cells",
    "altered",
    "counts",
    "remarks",
  ];
  const lines = rows.map((row) => [
    row.file,
    row.student,
    row.notebook,
    ...exercises.map((exercise) => row.answers.find((answer) => answer.exercise === exercise)?.verdict ?? ""),
    row.right,
    row.answers.length,
    row.tries,
    row.minutes,
    row.saved,
    row.editedCells,
    row.altered ? "yes" : "no",
    row.altered || row.earlier ? "no" : "yes",
    row.remarks.join(" "),
  ]);
  return [header, ...lines].map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
