import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type DataError, parseJson, type RowProvenance, refuse } from "../../files";
import { foreignDescriptorSchema } from "./descriptor";
import { projectPackage, projectRoot } from "./project";

/** A data file that was found. */
export interface Location {
  /** Absolute path, for reading. */
  readonly path: string;
  /** The path to show: relative to the project for its own files, so that results look alike everywhere. */
  readonly file: string;
  /** Whether it is the project's own file, not one from another folder. */
  readonly own: boolean;
  /** Provenance of the resource as its folder's data package gives it, else as the project's does. */
  readonly provenance: RowProvenance;
}

/** File name endings that a table may have; the text inside tells nothing about which one is meant. */
export const TABLE_ENDINGS = [".csv", ".tab", ".tsv"] as const;

/**
 * Finds the file of a resource. Its folder is `from` if given, else the environment variable
 * `HRD_DATA`, else the project's data/.
 *
 * A folder that stands in for the project's must hold the file; nothing is filled in silently. The
 * exception is `HRD_DATA`, which is set once for all notebooks: resources of `alsoFromProject` (the
 * printed numbers and footnote 4, which are the same whoever holds the data) then come from the
 * project if the folder lacks them.
 *
 * @throws DataError if the folder or file is missing, is of the wrong kind, or two files claim the same stem.
 */
export function locate(
  resource: string,
  stem: string,
  endings: readonly string[],
  options: { readonly from?: string; readonly alsoFromProject?: boolean },
): Location {
  const found = find(resource, stem, endings, options);
  if ("folder" in found) throw missing(found.folder, stem, endings, found.asked);
  return found;
}

/**
 * The same for a file that a folder need not hold: null where it does not. The project's own file never stands in
 * for that of another folder.
 *
 * @throws DataError if the folder is missing, the file is of the wrong kind, or two files claim the same stem.
 */
export function locateOptional(
  resource: string,
  stem: string,
  endings: readonly string[],
  options: { readonly from?: string },
): Location | null {
  const found = find(resource, stem, endings, options);
  return "folder" in found ? null : found;
}

/** The file, or where it was looked for in vain. */
function find(
  resource: string,
  stem: string,
  endings: readonly string[],
  options: { readonly from?: string; readonly alsoFromProject?: boolean },
): Location | { readonly folder: string; readonly asked: string } {
  const own = join(projectRoot(), "data");
  const fromEnvironment = process.env.HRD_DATA === "" ? undefined : process.env.HRD_DATA;
  const given = options.from ?? fromEnvironment;
  const folder = given === undefined ? own : resolve(given);
  if (given !== undefined && !sameFolder(folder, own)) {
    const asked = options.from === undefined ? `HRD_DATA=${given}` : `from: "${given}"`;
    checkFolder(folder, given, asked);
    const found = findFile(folder, given, stem, endings);
    if (found !== null) return { ...found, own: false, provenance: provenanceIn(folder, given, resource) };
    const filledIn = options.from === undefined && options.alsoFromProject === true;
    if (!filledIn) return { folder: given, asked };
  }
  const found = findFile(own, "data", stem, endings);
  if (found === null) return { folder: "data", asked: "the project's own folder" };
  return { ...found, own: true, provenance: provenanceOfProject(resource) };
}

function findFile(folder: string, shown: string, stem: string, endings: readonly string[]) {
  const names = endings.map((ending) => stem + ending).filter((name) => existsSync(join(folder, name)));
  const files = names.map((name) => ({ path: join(folder, name), file: join(shown, name) }));
  if (files.length > 1) {
    const message = `the folder holds ${names.join(" and ")}; keep the one that is meant`;
    throw refuse(files[0].file, "file-ambiguous", message);
  }
  if (files.length === 0) return null;
  if (statSync(files[0].path).isDirectory()) {
    throw refuse(files[0].file, "is-a-directory", "is a directory; a file was expected");
  }
  return files[0];
}

function checkFolder(folder: string, shown: string, asked: string): void {
  if (!existsSync(folder)) throw refuse(shown, "file-missing", `there is no such folder (${asked})`);
  if (statSync(folder).isDirectory()) return;
  const needed = `(${asked}); name the folder that holds the data files`;
  throw refuse(shown, "not-a-directory", `is a file, not a folder ${needed}`);
}

function provenanceIn(folder: string, shown: string, resource: string): RowProvenance {
  const path = join(folder, "datapackage.json");
  if (!existsSync(path)) return provenanceOfProject(resource);
  const file = join(shown, "datapackage.json");
  const descriptor = parseJson(readFileSync(path, "utf8"), foreignDescriptorSchema, file);
  const described = descriptor.resources.find((entry) => entry.name === resource);
  return described?.provenance ?? provenanceOfProject(resource);
}

function provenanceOfProject(resource: string): RowProvenance {
  const described = projectPackage().resources.find((entry) => entry.name === resource);
  if (described !== undefined) return described.provenance;
  throw refuse("data/datapackage.json", "file-missing", `it describes no resource "${resource}"`);
}

function sameFolder(a: string, b: string): boolean {
  return existsSync(a) && realpathSync(a) === realpathSync(b);
}

function missing(folder: string, stem: string, endings: readonly string[], asked: string): DataError {
  const names = endings.map((ending) => stem + ending).join(" or ");
  const message = `no such file; expected ${names} in ${folder} (${asked})`;
  return refuse(join(folder, stem + endings[0]), "file-missing", message);
}
