import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inOrder } from "./in-order";
import { findNotebooks } from "./notebook";
import { redraw, renew, type Settings } from "./renew";

const HELP = `npm run notebooks -- [options] [01 ...]

Runs the notebooks, each in a fresh kernel from top to bottom, and writes the outputs into the .ipynb files.
Words choose notebooks by the start of their names.

  --check            write nothing; fail where committed outputs are not what the code gives now
  --pictures         run nothing; draw the pictures of the committed figures anew
  --to FOLDER        write executed copies there and leave the committed notebooks alone
  --in FOLDER        run the notebooks of that folder instead of notebooks/
  --jobs NUMBER      how many run at a time (2 where there is more than one core)
  --timeout SECONDS  the most that one cell may take (120)
  --help             this text`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What takes longest begins first, so that no core waits for it at the end. */
const LONGEST: readonly string[] = ["12-", "05-", "01-", "11-", "03-", "09-", "06-"];

function longestFirst(files: readonly string[]): string[] {
  const rank = (file: string): number => {
    const at = LONGEST.findIndex((start) => path.basename(file).startsWith(start));
    return at < 0 ? LONGEST.length : at;
  };
  return [...files].sort((a, b) => rank(a) - rank(b));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      pictures: { type: "boolean", default: false },
      to: { type: "string" },
      in: { type: "string", default: path.join(ROOT, "notebooks") },
      jobs: { type: "string", default: String(Math.min(2, availableParallelism())) },
      timeout: { type: "string", default: "120" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const timeout = Number(values.timeout);
  if (!(timeout > 0)) throw new Error(`--timeout needs a number of seconds above 0, found "${values.timeout}"`);
  const jobs = Number(values.jobs);
  if (!(Number.isSafeInteger(jobs) && jobs > 0))
    throw new Error(`--jobs needs a whole number above 0, found "${values.jobs}"`);
  const to = values.to === undefined ? null : path.resolve(values.to);
  if (process.env.HRD_DATA && to === null) {
    throw new Error(
      `HRD_DATA is set to ${process.env.HRD_DATA}: results of other data do not belong into the committed ` +
        "notebooks. Say with --to FOLDER where to write executed copies, or unset HRD_DATA",
    );
  }
  if (to !== null) mkdirSync(to, { recursive: true });
  // A kernel runs in the notebook's folder; the user means a folder as seen from here.
  if (process.env.HRD_DATA) process.env.HRD_DATA = path.resolve(process.env.HRD_DATA);
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => abort.abort());
  const settings: Omit<Settings, "say"> = {
    root: ROOT,
    check: values.check,
    to,
    timeoutMilliseconds: timeout * 1000,
    signal: abort.signal,
  };
  const folder = path.resolve(values.in);
  const files = findNotebooks(folder, positionals);
  if (files.length === 0) throw new Error(`${folder} has no notebook: no file there ends with .ipynb`);
  if (values.pictures) {
    for (const file of files) {
      await redraw(file);
      say(path.basename(file));
    }
    return 0;
  }
  const times: string[] = [];
  const found = new Map<string, string[]>(files.map((file) => [file, []]));
  const timed = async (file: string, tell: (line: string) => void): Promise<void> => {
    const started = performance.now();
    found.set(file, await renew(file, { ...settings, say: tell }));
    times.push(`${path.basename(file).slice(0, 2)} ${((performance.now() - started) / 1000).toFixed(0)}`);
  };
  await inOrder(longestFirst(files), jobs, timed, say);
  say(`seconds of each notebook, ${jobs} at a time: ${times.sort().join(", ")}`);
  const problems = [...found.values()].flat();
  for (const problem of problems) say(problem);
  if (problems.length > 0 && values.check)
    say(`${problems.length} differences; npm run notebooks writes the outputs anew`);
  return problems.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
