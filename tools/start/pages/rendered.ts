import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { isWritable, stateFolder } from "../environment";
import type { Machine } from "../machine";

/** What pages are made of. */
const SOURCES = ["notebooks", "lib", "data", "tools/site", "tools/hand-in", "tools/verify", "package.json"];
/** Written at the end of each rendering. */
const MARK = ".hrd-site";

/** The folder of the pages: dist/, or where the project belongs to somebody else, one of this user. */
export function pagesFolder(root: string): string {
  const dist = path.join(root, "dist");
  if (isCurrent(root, dist) || isWritable(existsSync(dist) ? dist : root)) return dist;
  return path.join(path.dirname(stateFolder(root)), "pages");
}

/**
 * Renders the pages where there are none, or what they are made of is newer; a copy that holds pages and nothing to make
 * them from is taken as it is.
 *
 * @param say is told what happens, and how long it took
 * @throws Error where there are no pages and nothing to make them from, or they cannot be made
 */
export async function renderedPages(machine: Machine, say: (line: string) => void): Promise<string> {
  const { root } = machine;
  const folder = pagesFolder(root);
  if (isCurrent(root, folder)) return folder;
  const program = path.join(root, "tools/site/main.ts");
  if (!existsSync(program)) throw new Error(`${root} has neither pages in dist/ nor the program that makes them.`);
  const why = existsSync(path.join(folder, MARK))
    ? "The pages are older than what they are made of"
    : "There are no pages yet";
  say(`${why}; rendering them into ${folder} (half a minute or so) ...`);
  const started = performance.now();
  const code = await run(machine, [path.join(root, "tools/launch.mjs"), "tools/site/main.ts", "--to", folder]);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  // A page that weighs more than it should is a fault for developers, and no reason to show none.
  if (!isCurrent(root, folder))
    throw new Error(`The pages could not be rendered (exit code ${code}, after ${seconds} s).`);
  say(`Rendered in ${seconds} s; the next start finds them.`);
  return folder;
}

/** Whether a folder holds pages that are as new as what they are made of. */
function isCurrent(root: string, folder: string): boolean {
  const mark = path.join(folder, MARK);
  if (!existsSync(mark) || !existsSync(path.join(folder, "index.html"))) return false;
  const rendered = statSync(mark).mtimeMs;
  return SOURCES.every((name) => newestIn(path.join(root, name)) <= rendered);
}

function newestIn(place: string): number {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = readdirSync(place, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  return Math.max(0, ...inside.map(({ name }) => newestIn(path.join(place, name))));
}

function run(machine: Machine, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: machine.root,
      env: machine.environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", () => resolve(null));
    child.once("exit", resolve);
  });
}
