import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Figure } from "../../lib/figures";
import type { JsonObject } from "../jupyter/wire";
import { figurePng } from "../picture/picture";
import { changedVerdicts, type Verdict, verdictsOf } from "./claims";
import { differences } from "./compare";
import {
  type CodeCell,
  findNotebooks,
  notebookText,
  type Output,
  readNotebook,
  writeNotebook,
} from "./notebook";
import { committedOutputs } from "./outputs";
import { NotebookFailure, runNotebook } from "./run";

const HELP = `npm run notebooks -- [options] [01 ...]

Runs the notebooks in order, each in a fresh kernel, from top to bottom, and writes the outputs into the
.ipynb files. Words choose notebooks by the start of their names.

  --check            write nothing; fail where committed outputs are not what the code gives now
  --to FOLDER        write executed copies there and leave the committed notebooks alone
  --in FOLDER        run the notebooks of that folder instead of notebooks/
  --timeout SECONDS  the most that one cell may take (120)
  --help             this text`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAX_BYTES = 1_500_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2).padStart(6)} s`;
}

async function drawPicture(plotly: JsonObject, alt: string): Promise<Buffer> {
  const figure = { ...plotly, alt };
  if (!isFigure(figure))
    throw new Error(`a figure without data or layout: ${JSON.stringify(plotly).slice(0, 80)}`);
  return figurePng(figure);
}

function isFigure(value: { alt: string; data?: unknown; layout?: unknown }): value is Figure {
  return Array.isArray(value.data) && typeof value.layout === "object" && value.layout !== null;
}

interface Settings {
  check: boolean;
  to: string | null;
  timeoutMilliseconds: number;
  signal: AbortSignal;
}

/** Runs one notebook and writes or compares it; returns what is wrong, in sentences. */
async function runOne(file: string, settings: Settings): Promise<string[]> {
  const notebook = readNotebook(file);
  const total = notebook.cells.length;
  const started = performance.now();
  say(notebook.name);
  const progress = (cell: CodeCell, done: number, milliseconds: number): void => {
    const line = cell.source.split("\n").find((text) => text.trim() !== "" && !text.startsWith("//")) ?? "";
    say(`  ${String(done).padStart(2)}/${total} ${seconds(milliseconds)}  ${line.slice(0, 70)}`);
  };
  const raw = await runNotebook(notebook, {
    root: ROOT,
    timeoutMilliseconds: settings.timeoutMilliseconds,
    onCell: progress,
    signal: settings.signal,
  });
  const executed = new Map<number, Output[]>();
  for (const [number, outputs] of raw) executed.set(number, await committedOutputs(outputs, drawPicture));
  const problems: string[] = [];
  const verdicts: Verdict[] = [];
  for (const cell of notebook.cells) {
    const now = executed.get(cell.number) ?? [];
    verdicts.push(...verdictsOf(cell, now));
    if (!settings.check) continue;
    for (const difference of differences(cell.outputs, now)) {
      problems.push(`${notebook.name}, cell ${cell.number}: ${difference}`);
    }
  }
  problems.push(...changedVerdicts(notebook.name, verdicts));
  const content = notebookText(notebook, executed);
  const bytes = Buffer.byteLength(content);
  if (bytes > MAX_BYTES) {
    problems.push(`${notebook.name} would have ${bytes} bytes, at most ${MAX_BYTES} are allowed`);
  }
  // Equal outputs in another layout: keys out of order, counts that do not start at 1, a kernel's other name.
  if (
    settings.check &&
    problems.length === 0 &&
    withoutPictures(content) !== withoutPictures(readFileSync(file, "utf8"))
  ) {
    problems.push(`${notebook.name} is not laid out as the runner writes it`);
  }
  if (!settings.check) {
    const target = settings.to === null ? file : path.join(settings.to, notebook.name);
    writeNotebook(target, content);
  }
  say(
    `  ${" ".repeat(String(total).length)}   ${seconds(performance.now() - started)}  in all, ${Math.round(bytes / 1024)} KB`,
  );
  return problems;
}

function withoutPictures(notebook: string): string {
  return notebook.replace(/"image\/png": "[^"]*"/g, "");
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      to: { type: "string" },
      in: { type: "string", default: path.join(ROOT, "notebooks") },
      timeout: { type: "string", default: "120" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const timeout = Number(values.timeout);
  if (!(timeout > 0))
    throw new Error(`--timeout needs a number of seconds above 0, found "${values.timeout}"`);
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
  const settings: Settings = {
    check: values.check,
    to,
    timeoutMilliseconds: timeout * 1000,
    signal: abort.signal,
  };
  const files = findNotebooks(path.resolve(values.in), positionals);
  const problems: string[] = [];
  for (const file of files) problems.push(...(await runOne(file, settings)));
  for (const problem of problems) say(problem);
  if (problems.length > 0 && values.check)
    say(`${problems.length} differences; npm run notebooks writes the outputs anew`);
  return problems.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof NotebookFailure) say(error.message);
  else say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
