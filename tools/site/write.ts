import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Files } from "./site";

/** The file by which a rendered site is known. */
export const MARK = ".hrd-site";

/**
 * Makes a folder hold these files and nothing else. Only files that differ are written, so that a page which is open
 * in a browser is not touched without need.
 *
 * @returns how many files were written or removed
 * @throws Error where the folder holds something that no earlier rendering can have put there
 */
export function writeSite(folder: string, files: Files): number {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(path.join(folder, MARK)))
    throw new Error(`${folder} holds files that are not a rendered site; name an empty folder, or remove it yourself`);
  let changes = 0;
  const wanted = new Map(files).set(MARK, "Written by npm run render, which removes what it did not write.\n");
  for (const [address, content] of wanted) {
    const file = path.join(folder, address);
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    if (existsSync(file) && readFileSync(file).equals(bytes)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    changes += 1;
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const address = path.relative(folder, file).split(path.sep).join("/");
    // Pages for e-mail are made on their own.
    if (wanted.has(address) || address.startsWith("single/")) continue;
    rmSync(file);
    changes += 1;
  }
  // Says when the site was rendered, whatever of it has changed.
  const now = new Date();
  utimesSync(path.join(folder, MARK), now, now);
  return changes;
}
