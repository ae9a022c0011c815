import path from "node:path";
import { CellTimeout, type Execution, KernelClient, KernelGone } from "../kernel/protocol/client";
import { asObject, asString, type JsonObject } from "../kernel/protocol/wire";
import { type CodeCell, MUST_FAIL, type Notebook, type Output } from "./notebook";
import { type Displays, outputsOf } from "./outputs";

/** What went wrong in a notebook, and where: the words of the runner's last line. */
export class NotebookFailure extends Error {
  override name = "NotebookFailure";
  /** What ran before, and what the failed cell said, by cell number. */
  executed: ReadonlyMap<number, Output[]> = new Map();
  constructor(notebook: string, cell: CodeCell | null, line: number | null, message: string) {
    const place = [notebook, cell && `cell ${cell.number}`, line !== null && `line ${line}`].filter(Boolean);
    super(`${place.join(", ")}: ${message}`);
  }
}

export interface RunOptions {
  root: string;
  /** How long one cell may take. */
  timeoutMilliseconds: number;
  /** Told after each cell. */
  onCell?: (cell: CodeCell, done: number, milliseconds: number) => void;
  env?: NodeJS.ProcessEnv;
  /** Ends the kernel and the run. */
  signal?: AbortSignal;
}

/**
 * Runs a notebook from top to bottom in a fresh kernel.
 *
 * @returns outputs by cell number
 * @throws NotebookFailure at the first cell that fails, takes too long or ends its kernel; the kernel is
 *   gone then, too
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<Map<number, Output[]>> {
  const { name } = notebook;
  const start = {
    root: options.root,
    folder: path.dirname(notebook.file),
    // A progress bar would make outputs depend on the machine's speed.
    env: { ...(options.env ?? process.env), HRD_PROGRESS: "off", JPY_SESSION_NAME: name },
  };
  const failed = (error: unknown): never => {
    throw new NotebookFailure(name, null, null, messageOf(error));
  };
  const kernel = await KernelClient.start(start).catch(failed);
  const abort = (): void => void kernel.kill();
  options.signal?.addEventListener("abort", abort, { once: true });
  if (options.signal?.aborted) abort();
  const runs: Run[] = [];
  const outputs = (): Map<number, Output[]> => {
    const displays: Displays = new Map();
    return new Map(runs.map(({ cell, messages }) => [cell.number, outputsOf(messages, displays)]));
  };
  try {
    // A kernel answers before its compiler has started; what that takes is not the first cell's time.
    await kernel.request("complete_request", { code: "", cursor_pos: 0 }).catch(failed);
    for (const [index, cell] of notebook.cells.entries()) await runCell(kernel, name, cell, index + 1, runs, options);
    // A last question: whatever a timer or a forgotten promise still says arrives before its answer.
    await kernel.request("kernel_info_request", {});
    failOnLateErrors(name, runs);
    return outputs();
  } catch (error) {
    if (error instanceof NotebookFailure) error.executed = outputs();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
    await kernel.shutdown();
  }
}

/** A cell that ran: what it said so far, and how much of that before it ended. */
interface Run {
  cell: CodeCell;
  messages: Execution["outputs"];
  ended: number;
  /** Whether other data did not allow it. */
  excused?: boolean;
}

async function runCell(
  kernel: KernelClient,
  name: string,
  cell: CodeCell,
  done: number,
  runs: Run[],
  options: RunOptions,
): Promise<void> {
  const run: Run = { cell, messages: [], ended: Number.POSITIVE_INFINITY };
  runs.push(run);
  const execution = await kernel
    .execute(cell.source, {
      timeoutMilliseconds: options.timeoutMilliseconds,
      onOutput: (type, content) => void run.messages.push({ type, content }),
    })
    .catch((error: unknown) => {
      if (error instanceof CellTimeout || error instanceof KernelGone) {
        throw new NotebookFailure(name, cell, null, error.message);
      }
      throw error;
    });
  run.ended = run.messages.length;
  excuseOtherData(runs, options.env ?? process.env);
  const error = run.messages.find(({ type }) => type === "error");
  const mustFail = cell.tags.includes(MUST_FAIL);
  if (error && !mustFail) throw failureOf(name, cell, error.content);
  failOnLateErrors(name, runs);
  if (!error && mustFail) {
    throw new NotebookFailure(name, cell, null, `is tagged "${MUST_FAIL}" but did not fail`);
  }
  options.onCell?.(cell, done, execution.milliseconds);
}

/**
 * On other data than the project's (`HRD_DATA`) an estimator may find too little: its own words are then the result of the
 * cell, and a cell that needs a name of such a cell says so. Notebooks hold no guards for that.
 */
function excuseOtherData(runs: readonly Run[], { HRD_DATA: folder = "" }: NodeJS.ProcessEnv): void {
  const run = runs.at(-1);
  const error = run?.messages.find(({ type }) => type === "error");
  if (folder === "" || run === undefined || error === undefined) return;
  const [name, message] = [asString(error.content.ename), asString(error.content.evalue)];
  const needed = [...message.matchAll(/Cannot find name '(\w+)'/g)].map(([, missing = ""]) => missing);
  const from = runs.find(
    ({ excused, cell }) => excused && needed.some((one) => new RegExp(`\\b${one}\\b`).test(cell.source)),
  );
  if (!TOO_LITTLE.has(name) && from === undefined) return;
  const reason = from === undefined ? message : `It needs ${needed[0]} of cell ${from.cell.number}.`;
  run.excused = true;
  const said = { type: "stream", content: { name: "stdout", text: `Not with these data. ${reason}\n` } };
  run.messages = [...run.messages.filter((one) => one !== error), said];
}

/** Errors by which an estimator says that the data do not allow it. */
const TOO_LITTLE = new Set([
  "SurvivalError",
  "InvalidInputError",
  "NoEventsError",
  "GroupComparisonError",
  "OverflowError",
  "LogisticSeparationError",
  "LogisticConvergenceError",
  "ReplicateError",
]);

function failOnLateErrors(name: string, runs: readonly Run[]): void {
  for (const { cell, messages, ended } of runs) {
    const late = messages.slice(ended).find(({ type }) => type === "error");
    if (!late) continue;
    const message = `${asString(late.content.ename)}: ${asString(late.content.evalue)}`;
    throw new NotebookFailure(name, cell, null, `an error came after its cell had ended: ${message}`);
  }
}

function failureOf(name: string, cell: CodeCell, error: JsonObject): NotebookFailure {
  const { line } = asObject(error.location);
  const message = `${asString(error.ename)}: ${asString(error.evalue)}`;
  return new NotebookFailure(name, cell, typeof line === "number" ? line : null, message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
