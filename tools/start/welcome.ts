import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LANGUAGE_INFO } from "../kernel/protocol/language";
import { jupyterEnvironment } from "./environment";
import type { Jupyter } from "./find-jupyter";
import type { Machine } from "./machine";
import { runQuietly } from "./programs";
import { kernelName, kernelTitle } from "./register/spec";

/** The page that `npm start` opens: a notebook, because every Jupyter shows one as a page with links. */
export const welcomePage = "start-here.ipynb";

/**
 * Writes the page that says where to begin, from the table in README.md, into the project's folder, where Jupyter
 * finds it. It is not committed. A folder that cannot be written opens on its list of notebooks instead.
 */
export function writeWelcome(root: string): void {
  const readme = join(root, "README.md");
  if (!existsSync(readme)) return;
  const table = /\n## Explore\n+((?:\|.*\n)+)/.exec(readFileSync(readme, "utf8"))?.[1];
  if (table === undefined) return;
  const text = [
    "# Start here",
    "",
    "Open notebook **[00 · The campaign](notebooks/00-campaign.ipynb)** first: it takes a quarter of an hour and needs",
    "nothing but this page's kernel. Each of the others stands alone, too.",
    "",
    // Notebook 6 sets the text of a table to the right where nothing else is said.
    table.trim().replace(/^\|[-| ]+\|$/m, (line) => line.replace(/-+/g, ":--")),
    "",
    "<kbd>Shift</kbd>+<kbd>Enter</kbd> runs a cell, <kbd>Tab</kbd> completes a name, <kbd>Shift</kbd>+<kbd>Tab</kbd> explains",
    "it. Your own data: `npm run new -- my-campaign` in a terminal, then notebook 08. Something is missing:",
    "`npm run doctor`.",
  ].join("\n");
  const cell = { cell_type: "markdown", id: "start-here", metadata: {}, source: text };
  const kernelspec = { display_name: kernelTitle, language: "typescript", name: kernelName };
  const notebook = {
    cells: [cell],
    metadata: { kernelspec, language_info: LANGUAGE_INFO },
    nbformat: 4,
    nbformat_minor: 5,
  };
  try {
    writeFileSync(join(root, welcomePage), `${JSON.stringify(notebook, null, 1)}\n`);
  } catch {
    // A checkout that belongs to somebody else.
  }
}

/**
 * Tells Jupyter that the project's own notebooks may show what they hold, as if they had been run here: their
 * outputs are the project's. Without a program for it they show pictures until they are run.
 */
export async function trustNotebooks(jupyter: Jupyter, machine: Machine): Promise<void> {
  const folder = join(machine.root, "notebooks");
  const trust = trustCommand(jupyter);
  if (!existsSync(folder) || trust === null) return;
  const own = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const files = [join(machine.root, welcomePage), ...own.map((name) => join(folder, name))].filter(existsSync);
  const [program, ...args] = trust;
  if (files.length > 0) await runQuietly(program, [...args, ...files], jupyterEnvironment(machine));
}

/** Debian's Jupyter comes without `jupyter-trust`: then the Python that its first line names has it as a module. */
function trustCommand({ program }: Jupyter): [string, ...string[]] | null {
  const beside = join(dirname(program), "jupyter-trust");
  if (existsSync(beside)) return [beside];
  const python = /^#!\s*(?:\S*\/env\s+)?(\S*python\S*)\s*$/.exec(firstLine(program))?.[1];
  return python === undefined ? null : [python, "-m", "nbformat.sign"];
}

function firstLine(file: string): string {
  return existsSync(file) ? (readFileSync(file, "utf8").split("\n", 1)[0] ?? "") : "";
}
