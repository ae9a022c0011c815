import { lstatSync, mkdirSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** What a page asks to be written. */
const askedSchema = z.strictObject({
  /** "student/01-long-list.ipynb". */
  path: z.string().max(300),
  text: z.string(),
  /** Whether a file that is there may be replaced; the page asks first. */
  replace: z.boolean().default(false),
});

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  cells: z.array(z.looseObject({ cell_type: z.string() })),
});

export type Saved =
  | { readonly status: 200; readonly saved: string }
  | { readonly status: 400 | 403 | 409; readonly error: string; readonly exists?: true };

/** Letters, digits, "_", "-" and single dots; no path, nothing hidden. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}_-]|\.(?!\.))*\.(?:ipynb|hand-in\.json)$/u;

/**
 * Writes what a page saves: a notebook or a hand-in into `student/`, or a new notebook into `notebooks/`, whose own
 * files stay as they are.
 *
 * @param root folder that holds both
 * @param body the request's text
 */
export function save(root: string, body: string): Saved {
  const asked = parsed(body, askedSchema);
  if (asked === null) return { status: 400, error: "the request has to be JSON with path, text and replace" };
  const [folder = "", name = "", ...deeper] = asked.path.split("/");
  const isNotebook = name.endsWith(".ipynb");
  const allowed = folder === "student" || (folder === "notebooks" && isNotebook);
  if (!allowed || deeper.length > 0 || !NAME.test(name) || name.length > 150) {
    const error = `${asked.path} is not where pages are saved: student/NAME.ipynb, student/NAME.hand-in.json or notebooks/NAME.ipynb`;
    return { status: 403, error };
  }
  const fault = isNotebook
    ? notebookFault(asked.text)
    : parsed(asked.text, z.looseObject({})) === null
      ? "is no JSON"
      : null;
  if (fault !== null) return { status: 400, error: `${asked.path} ${fault}` };
  const target = path.join(root, folder, name);
  mkdirSync(path.join(root, folder), { recursive: true });
  if (realpathSync(path.join(root, folder)) !== path.join(realpathSync(root), folder))
    return { status: 403, error: `${folder}/ is a link to another place; nothing was written` };
  const there = lstatSync(target, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile())
    return { status: 403, error: `${asked.path} is no file; nothing was written` };
  if (there !== undefined && folder === "notebooks")
    return { status: 403, error: `${asked.path} is the project's own; save into student/ or under another name` };
  if (there !== undefined && !asked.replace)
    return { status: 409, error: `${asked.path} is there already`, exists: true };
  // Whole or not at all: a full disk leaves the old file.
  const partial = path.join(root, folder, `.${process.pid}.part`);
  writeFileSync(partial, asked.text, { mode: there === undefined ? 0o644 : statSync(target).mode & 0o777 });
  renameSync(partial, target);
  return { status: 200, saved: asked.path };
}

function notebookFault(text: string): string | null {
  return parsed(text, notebookSchema) === null ? "is no notebook of format 4" : null;
}

function parsed<T>(text: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
