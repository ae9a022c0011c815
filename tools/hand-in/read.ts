import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { HAND_IN_FORMAT, HANDED_VERDICTS, type HandIn, sealOf } from "./sealed";

/** A file that a lecturer dropped. */
export interface DroppedFile {
  readonly name: string;
  readonly text: string;
}

/** A hand-in as it was read: whole, or altered since it was sealed. */
export interface ReadHandIn {
  readonly file: string;
  readonly handIn: HandIn;
  /** Whether the seal is that of the content. */
  readonly sealed: boolean;
}

/** A file that is no hand-in, and why. */
export interface Refused {
  readonly file: string;
  readonly reason: string;
}

// The small form of zod, for this runs in a page: a quarter of the other one, which brings all languages along.
z.config(en());
const time = z.iso.datetime();
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, "is no SHA-256"));
const text = z.string().check(z.maxLength(200));

const answer = z.strictObject({
  exercise: z.string().check(z.regex(/^\d\d-[a-z]$/, "is no name of an exercise such as 01-a")),
  typed: z.nullable(text),
  digest: z.nullable(z.string().check(z.regex(/^[0-9a-f]{16}(-[0-9a-f]{16}){0,99}$/, "is no fingerprint"))),
  verdict: z.enum(HANDED_VERDICTS),
  tries: z.int().check(z.minimum(0), z.maximum(100_000)),
  first: time,
  last: time,
});
const cell = z.strictObject({ id: text, source: z.string().check(z.maxLength(1_000_000)) });
const schema = z.strictObject({
  format: z.literal(HAND_IN_FORMAT),
  student: text,
  notebook: z.string().check(z.regex(/^[\w-]{1,80}$/, "is no name of a notebook")),
  began: time,
  saved: time,
  answers: z.array(answer).check(z.maxLength(100)),
  cells: z.array(cell).check(z.maxLength(1000)),
  notebookSha256: z.nullable(hash),
  seal: hash,
});

/** The most that a hand-in may weigh, in characters: one of all cells of the longest notebook is a tenth of it. */
export const LONGEST = 5_000_000;

/** Reads a dropped file. Nothing in it is trusted: each part has its form and its length. */
export function readHandIn({ name, text: content }: DroppedFile): ReadHandIn | Refused {
  if (content.length > LONGEST) {
    return { file: name, reason: `has ${content.length} characters; a hand-in has at most ${LONGEST}` };
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return { file: name, reason: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const found = schema.safeParse(json);
  if (!found.success) {
    const [issue] = found.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
    return { file: name, reason: `is not of the form of a hand-in: ${where}${issue?.message ?? ""}` };
  }
  const { seal, ...handIn } = found.data;
  return { file: name, handIn, sealed: sealOf(handIn) === seal };
}

export function isRefused(read: ReadHandIn | Refused): read is Refused {
  return "reason" in read;
}
