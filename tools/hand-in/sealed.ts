import { canonicalJson, sha256 } from "../seal/seal";

/** What a student hands in: answers, code and times of one notebook's page. Files are named *.hand-in.json. */
export interface HandIn {
  readonly format: typeof HAND_IN_FORMAT;
  /** Name or number, as the student typed it; may be empty. */
  readonly student: string;
  /** Without its ending: "01-long-list". */
  readonly notebook: string;
  /** When the first answer was given or the first cell was edited or run, in UTC: "2026-11-29T10:15:00.000Z". */
  readonly began: string;
  /** When the file was written. */
  readonly saved: string;
  readonly answers: readonly HandedAnswer[];
  /** Code cells whose code is not what it was. */
  readonly cells: readonly HandedCell[];
  /** SHA-256 of the notebook that was saved together with this file; null where none was. */
  readonly notebookSha256: string | null;
}

/** The last answer to an exercise. */
export interface HandedAnswer {
  /** Notebook and letter, "01-a". */
  readonly exercise: string;
  /** As typed into the page's field; null where a cell answered by check(). */
  readonly typed: string | null;
  /** The fingerprint that check() gives an answer; null where there is none. */
  readonly digest: string | null;
  readonly verdict: HandedVerdict;
  /** How often it was answered, the same answer twice in a row counted once. */
  readonly tries: number;
  readonly first: string;
  readonly last: string;
}

export interface HandedCell {
  /** The cell's name in the notebook. */
  readonly id: string;
  readonly source: string;
}

export const HAND_IN_FORMAT = "hrd-hand-in/1";

/** What check() says, and for a field the page. */
export const HANDED_VERDICTS = ["right", "reconsider", "not answered", "cannot be told"] as const;
export type HandedVerdict = (typeof HANDED_VERDICTS)[number];

/**
 * The seal: SHA-256 of the hand-in's canonical JSON.
 *
 * It finds a file that was changed by hand or by accident after it was written. It does not prove who did the work, and
 * not when: the code that seals is in every page, and whoever runs it can seal anything. Who needs proof asks the student.
 */
export function sealOf(handIn: HandIn): string {
  return sha256(`${HAND_IN_FORMAT}\n${canonicalJson(handIn)}`);
}

/** The text of a .hand-in.json file. */
export function handInText(handIn: HandIn): string {
  return `${JSON.stringify({ ...handIn, seal: sealOf(handIn) }, null, 1)}\n`;
}

/** "01-long-list-ana-maria.hand-in.json": letters and digits of all scripts stay. */
export function handInFile({ notebook, student }: Pick<HandIn, "notebook" | "student">): string {
  const words =
    student
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${[notebook, ...words].join("-").slice(0, 100)}.hand-in.json`;
}
