import { Worker } from "node:worker_threads";
import type { Compilation } from "./compile-cell";
import type { Candidates } from "./editing";
import type { Import } from "./files/outline";

/** What the compiler's thread is asked, and what it answers. */
export interface Tasks {
  /** Compiles a cell against the declarations of earlier ones. */
  compile: { question: { declarations: string; source: string }; answer: Compilation };
  complete: { question: Cursor; answer: Candidates };
  inspect: { question: Cursor; answer: string | null };
  isComplete: { question: { code: string }; answer: { status: string; indent?: string } };
}

/** A cell that is being written, with the declarations that it sees. */
export interface Cursor {
  declarations: string;
  code: string;
  position: number;
}

/** A question as the thread gets it. */
export interface Asked<Kind extends keyof Tasks = keyof Tasks> {
  readonly id: number;
  readonly kind: Kind;
  readonly question: Tasks[Kind]["question"];
}

/** What comes back: an answer, or why there is none. */
export type Said = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failed: string };

/** What the thread is told when it starts. */
export interface CompilerData {
  readonly root: string;
  readonly notebook: string;
  /** What cells imported lately, which the compiler reads before it is asked. */
  readonly recent: readonly Import[];
}

interface Waiting {
  take(answer: unknown): void;
  fail(error: Error): void;
}

/**
 * The compiler, in a thread of its own: it takes a second to start, in which the kernel answers, and while a cell runs
 * it still completes names and tells types. It knows nothing of the kernel but what a question says, so that one which
 * has ended, for want of memory, is followed by another.
 */
export class CompilerThread {
  readonly #script: URL;
  #data: CompilerData;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null;
  #asked = 0;

  /** @param script path of the compiled compiler-thread.ts */
  constructor(script: URL, data: CompilerData) {
    this.#script = script;
    this.#data = data;
    this.#thread = this.#start();
  }

  /** @throws Error where the compiler fails, or its thread ends */
  ask<Kind extends keyof Tasks>(kind: Kind, question: Tasks[Kind]["question"]): Promise<Tasks[Kind]["answer"]> {
    this.#thread ??= this.#start();
    const asked: Asked<Kind> = { id: ++this.#asked, kind, question };
    const answer = new Promise<Tasks[Kind]["answer"]>((resolve, reject) => {
      this.#waiting.set(asked.id, { take: (found) => resolve(found as Tasks[Kind]["answer"]), fail: reject });
    });
    this.#thread.postMessage(asked);
    return answer;
  }

  #start(): Worker {
    const thread = new Worker(this.#script, { workerData: this.#data });
    thread.unref();
    const ended = (reason: string): void => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      // The next one begins with nothing that this one may have ended of.
      this.#data = { ...this.#data, recent: [] };
      for (const { fail } of this.#waiting.values()) fail(new Error(`the compiler has ended: ${reason}`));
      this.#waiting.clear();
    };
    thread.on("message", (said: Said) => {
      const waiting = this.#waiting.get(said.id);
      this.#waiting.delete(said.id);
      if ("answer" in said) waiting?.take(said.answer);
      else waiting?.fail(new Error(said.failed));
    });
    thread.on("error", (error) => ended(error instanceof Error ? error.message : String(error)));
    thread.on("exit", (code) => ended(`exit code ${code}`));
    return thread;
  }
}
