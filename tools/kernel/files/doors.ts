import type { PassedOn } from "./outline";
import type { Exported, ProjectFiles } from "./project-files";

/**
 * Whether a door is right by the names of the files behind it: it passes on what is there, and no name of two
 * origins. Then TypeScript would find no error in it either, and need not read all that is behind it. What this
 * does not decide, such as a package behind the door, TypeScript has to.
 */
export function isRightDoor(files: ProjectFiles, door: string): boolean {
  const outline = isTypeScript(files, door) ? files.get(door)?.outline : undefined;
  if (!outline?.isDoor) return false;
  const behind = (from: string): ReadonlyMap<string, Exported> | null => {
    const target = files.resolve(door, from);
    return target !== null && isTypeScript(files, target) ? files.exported(target) : null;
  };
  const named = new Set(outline.passedOn.map(({ name }) => name));
  if (named.size < outline.passedOn.length) return false;
  if (!outline.passedOn.every((passed) => isThere(passed, behind(passed.from)))) return false;
  return haveOneOrigin(outline.stars.map(behind), named);
}

function isTypeScript(files: ProjectFiles, file: string): boolean {
  return file.endsWith(".ts") && files.isOwn(file);
}

function isThere({ original }: PassedOn, names: ReadonlyMap<string, Exported> | null): boolean {
  return names !== null && (original === null || names.has(original));
}

/** Whether all modules whose names are passed on as they are can be read, and no two of them differ about a name. */
function haveOneOrigin(
  modules: readonly (ReadonlyMap<string, Exported> | null)[],
  named: ReadonlySet<string>,
): boolean {
  const origins = new Map<string, string>();
  for (const names of modules) {
    if (names === null) return false;
    for (const [name, { origin }] of names) {
      if (name === "default" || named.has(name)) continue;
      if ((origins.get(name) ?? origin) !== origin) return false;
      origins.set(name, origin);
    }
  }
  return true;
}
