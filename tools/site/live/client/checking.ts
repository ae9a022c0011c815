import type { CellSource, CompiledCell } from "../compile";
import type { CellDiagnostic, Completion, Hint, ToChecker } from "../diagnostics";
import { loadAsset, workerScript } from "./assets";
import { theFrame } from "./frame";

/** What a check of all cells says. */
export interface Checked {
  readonly diagnostics: readonly CellDiagnostic[];
  readonly compiled: readonly CompiledCell[];
}

/** The type checker, which is loaded at the first edit. */
export class Checking {
  #port: Promise<MessagePort> | null = null;
  #count = 0;
  readonly #jobs = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();

  check(cells: readonly CellSource[]): Promise<Checked> {
    return this.#ask((job) => ({ type: "check", job, cells })) as Promise<Checked>;
  }

  complete(cell: number, source: string, offset: number): Promise<{ from: number; options: readonly Completion[] }> {
    return this.#ask((job) => ({ type: "complete", job, cell, source, offset })) as Promise<{
      from: number;
      options: Completion[];
    }>;
  }

  hint(type: "hover" | "signature", cell: number, source: string, offset: number): Promise<Hint | null> {
    return this.#ask((job) => ({ type, job, cell, source, offset })) as Promise<Hint | null>;
  }

  /** Loads it, before it is needed. */
  begin(): Promise<MessagePort> {
    this.#port ??= this.#open();
    this.#port.catch(() => {
      this.#port = null;
    });
    return this.#port;
  }

  async #open(): Promise<MessagePort> {
    const [frame, script, files] = await Promise.all([theFrame(), workerScript("checker"), loadAsset("types")]);
    const { port } = frame.start(script, (words) => {
      this.#port = null;
      for (const { reject } of this.#jobs.values()) reject(new Error(`the type checker ended: ${words}`));
      this.#jobs.clear();
    });
    port.onmessage = ({ data }: MessageEvent<{ job: number; answer?: unknown; failed?: string }>) => {
      const job = this.#jobs.get(data.job);
      this.#jobs.delete(data.job);
      if (data.failed === undefined) job?.resolve(data.answer);
      else job?.reject(new Error(data.failed));
    };
    port.postMessage({ type: "begin", files });
    return port;
  }

  async #ask(question: (job: number) => ToChecker): Promise<unknown> {
    const port = await this.begin();
    this.#count += 1;
    const job = this.#count;
    return new Promise((resolve, reject) => {
      this.#jobs.set(job, { resolve, reject });
      port.postMessage(question(job));
    });
  }
}
