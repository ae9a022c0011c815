import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { escapeHtml } from "../../../lib/tables/escape";
import { stateFolder } from "../environment";
import type { Machine } from "../machine";
import { programsNamed } from "../programs";

/**
 * Opens an address that holds a token in the user's browser, where there is one. The browser is given a file that only
 * this user can read, as Jupyter does: the address itself would stand in the list of processes, for everybody to see.
 *
 * @returns a function that removes the file
 */
export function openBrowser(url: string, machine: Machine): () => void {
  const folder = path.join(stateFolder(machine.root), "runtime");
  const file = path.join(folder, `pages-${process.pid}.html`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Pages</title><meta http-equiv="refresh" content="0; url=${escapeHtml(url)}">`,
    { mode: 0o600 },
  );
  const [program, args] = opener(machine);
  if (program !== undefined) {
    const child = spawn(program, [...args, pathToFileURL(file).href], { stdio: "ignore", detached: true });
    // Without a browser the address is on the screen.
    child.once("error", () => {});
    child.unref();
  }
  return () => rmSync(file, { force: true });
}

/** The program by which this system opens a file in the program that the user has chosen for it. */
function opener(machine: Machine): [string | undefined, string[]] {
  if (machine.platform === "win32") return ["explorer.exe", []];
  return [programsNamed(machine.platform === "darwin" ? "open" : "xdg-open", machine)[0], []];
}
