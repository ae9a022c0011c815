import type { CompiledCell } from "../compile";
import type { CellError, FromKernel, LiveOutput, ToKernel } from "../protocol";
import { loadAsset, workerScript } from "./assets";
import { dropFrame, type FrameWorker, theFrame } from "./frame";
import type { Mount } from "./own-data";

/** How a cell ended. */
export type CellEnd = Extract<FromKernel, { readonly type: "end" }>;

/** Packages that are loaded only for the cells that import them. */
const PACKAGES = new Set(["danfojs-node"]);

/** Why a kernel is gone. */
export class KernelGone extends Error {
  override name = "KernelGone";
}

/** How often a kernel that runs something is asked whether its frame is still there. */
const PULSE = 2000;

/** A kernel in the sandbox, which runs compiled cells one after the other. */
export class PageKernel {
  readonly #worker: FrameWorker;
  readonly #jobs = new Map<number, { resolve: (answer: FromKernel) => void; reject: (reason: Error) => void }>();
  readonly #packages = new Set<string>();
  readonly #onOutput: (cell: number, output: LiveOutput) => void;
  #count = 0;
  #gone: Error | null = null;
  #pulse: ReturnType<typeof setInterval> | null = null;

  private constructor(worker: FrameWorker, onOutput: (cell: number, output: LiveOutput) => void) {
    this.#worker = worker;
    this.#onOutput = onOutput;
  }

  /**
   * @param name of the asset: the kernel of a notebook or "kernel", which has all of the library
   * @param own files by their absolute paths, and what the environment says, besides the project's own
   */
  static async start(
    name: string,
    own: Mount,
    onOutput: (cell: number, output: LiveOutput) => void,
  ): Promise<PageKernel> {
    const [frame, script, data] = await Promise.all([theFrame(), workerScript(name), loadAsset("data")]);
    return new Promise((resolve, reject) => {
      let kernel: PageKernel | null = null;
      const worker = frame.start(script, (words) => {
        const error = new KernelGone(words);
        if (kernel === null) reject(error);
        else kernel.#end(error);
      });
      const made = new PageKernel(worker, onOutput);
      worker.port.onmessage = ({ data: message }: MessageEvent<FromKernel>) => {
        if (message.type === "ready") {
          kernel = made;
          resolve(made);
        } else made.#take(message);
      };
      made.#post({ type: "begin", files: { ...projectPaths(Object(data)), ...own.files }, env: own.env });
    });
  }

  /** Runs a cell. @throws KernelGone where the kernel ends before the cell does */
  async run(cell: CompiledCell): Promise<CellEnd> {
    for (const { from } of cell.modules) await this.#load(from);
    const answer = await this.#ask((job) => ({ type: "run", job, cell }));
    if (answer.type !== "end") throw new KernelGone("the kernel gave another answer");
    return answer;
  }

  async evaluate(expression: string): Promise<{ value: unknown; error: CellError | null }> {
    const answer = await this.#ask((job) => ({ type: "evaluate", job, expression }));
    if (answer.type !== "value") throw new KernelGone("the kernel gave another answer");
    return answer;
  }

  /** Ends it at once; what runs is rejected. */
  end(reason = "stopped"): void {
    this.#end(new KernelGone(reason));
  }

  get isGone(): boolean {
    return this.#gone !== null;
  }

  async #load(from: string): Promise<void> {
    if (!PACKAGES.has(from) || this.#packages.has(from)) return;
    this.#packages.add(from);
    this.#post({ type: "package", name: from, script: String(await loadAsset(from)) });
  }

  #post(message: ToKernel): void {
    this.#worker.port.postMessage(message);
  }

  #ask(question: (job: number) => ToKernel): Promise<FromKernel> {
    this.#count += 1;
    const job = this.#count;
    return new Promise((resolve, reject) => {
      if (this.#gone !== null) return reject(this.#gone);
      this.#jobs.set(job, { resolve, reject });
      this.#post(question(job));
      this.#watch();
    });
  }

  /** While something runs: a frame whose process the browser has ended says nothing by itself. */
  #watch(): void {
    this.#pulse ??= setInterval(async () => {
      if (this.#jobs.size === 0) return this.#unwatch();
      const frame = await theFrame();
      if (await frame.answers(PULSE * 5)) return;
      await dropFrame();
      this.#end(new KernelGone("the browser ended it; it may have used too much memory"));
    }, PULSE);
  }

  #unwatch(): void {
    if (this.#pulse !== null) clearInterval(this.#pulse);
    this.#pulse = null;
  }

  #take(message: FromKernel): void {
    if (message.type === "output") {
      if (isOutput(message.output)) this.#onOutput(Number(message.cell), message.output);
    } else if (message.type === "end" || message.type === "value") {
      const job = this.#jobs.get(message.job);
      this.#jobs.delete(message.job);
      job?.resolve(message);
    }
  }

  #end(reason: Error): void {
    if (this.#gone !== null) return;
    this.#gone = reason;
    this.#unwatch();
    this.#worker.end();
    for (const { reject } of this.#jobs.values()) reject(reason);
    this.#jobs.clear();
  }
}

function projectPaths(files: Readonly<Record<string, string | Uint8Array>>): Record<string, string | Uint8Array> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`/project/${name}`, content]));
}

/** What comes from the sandbox is looked at before it is believed to be an output. */
function isOutput(value: unknown): value is LiveOutput {
  const { output_type: type, text, data, ename, evalue, traceback } = Object(value);
  if (type === "stream") return typeof text === "string";
  if (type === "error") return typeof ename === "string" && typeof evalue === "string" && Array.isArray(traceback);
  return (type === "display_data" || type === "execute_result") && typeof data === "object" && data !== null;
}
