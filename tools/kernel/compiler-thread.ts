import { parentPort, workerData } from "node:worker_threads";
import { compileCell } from "./compile-cell";
import { cacheFolder, createCellCompiler } from "./compiler";
import type { Asked, CompilerData, Said, Tasks } from "./compiling";
import { complete, inspectAt, isUnfinished } from "./editing";
import { sourceOf } from "./recent";
import { fromTslab, QuickTypeScript } from "./typescript";

/** The thread that compiling.ts starts: the compiler, which answers one question after the other. */

const { root, notebook, recent }: CompilerData = workerData;
const quick = new QuickTypeScript(cacheFolder(root));
quick.load();
const compiler = createCellCompiler(root, notebook, sourceOf(recent));
const { isCompleteCode } = fromTslab("./dist/converter.js") as typeof import("tslab/dist/converter");

const work: { readonly [Kind in keyof Tasks]: (question: Tasks[Kind]["question"]) => Tasks[Kind]["answer"] } = {
  compile({ declarations, source }) {
    compiler.refresh();
    return compileCell(compiler, declarations, source);
  },
  complete: ({ declarations, code, position }) => complete({ compiler, declarations }, notebook, code, position),
  inspect: ({ declarations, code, position }) => inspectAt({ compiler, declarations }, code, position),
  isComplete({ code }) {
    const { completed, indent } = isCompleteCode(code);
    const isComplete = completed && !isUnfinished(compiler.ts, code);
    return isComplete ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
  },
};

function answer<Kind extends keyof Tasks>(kind: Kind, question: Tasks[Kind]["question"]): Tasks[Kind]["answer"] {
  return work[kind](question);
}

/** So long nobody has asked, and may be about to. */
const IDLE_MILLISECONDS = 3_000;

/** What nobody asked for may fail, as on a full disk, without a word. */
function unasked(work: () => void): void {
  try {
    work();
  } catch {
    // The first cell takes longer, and says itself what is wrong.
  }
}

let asked = 0;
let idle: NodeJS.Timeout | undefined;
function waitForIdle(): void {
  clearTimeout(idle);
  idle = setTimeout(() => unasked(() => quick.prepare()), IDLE_MILLISECONDS);
}

parentPort?.on("message", ({ id, kind, question }: Asked) => {
  asked += 1;
  const say = (said: Said): void => parentPort?.postMessage(said);
  try {
    say({ id, answer: answer(kind, question) });
  } catch (error) {
    say({ id, failed: error instanceof Error ? error.message : String(error) });
  }
  waitForIdle();
});

// While the reader reads: the checker has seen once what his first cell is likely to import.
setTimeout(() => {
  if (asked === 0 && recent.length > 0) unasked(() => void compileCell(compiler, "", sourceOf(recent)));
}, 20);
waitForIdle();
