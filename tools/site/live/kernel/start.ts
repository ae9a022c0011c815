// First, for modules of lib/ may look at `process` when they are run.

import path from "path-browserify";
import type { mimeBundle as MimeBundle } from "../../../../lib/notebook";
import * as elementary from "../../../../lib/statistics/elementary";
import type { CompiledCell } from "../compile";
import type { CellError, FromKernel, ToKernel } from "../protocol";
import * as fs from "../shims/fs";
import * as os from "../shims/os";
import { PROJECT, pageProcess } from "../shims/process";
import * as util from "../shims/util";
import { Fingerprints } from "./fingerprint";
import { lock } from "./lock";
import { Places, sourceName } from "./places";
import { type CellInside, power, powerTo, Scope } from "./scope";
import { Outputs } from "./streams";

/** The kernel of a page: it runs compiled cells in a worker, one after the other, and speaks to the page through one port. */

const NODE: Readonly<Record<string, unknown>> = { fs, os, path, util, process: pageProcess };

/** The elementary functions of the library in place of the engine's, whose last digits are others in each. */
const { exp, log, log10, expm1, log1p, sin, cos, asin } = elementary;
Object.assign(Math, { exp, log, log10, expm1, log1p, sin, cos, asin, pow: elementary.pow });

/**
 * Begins with the first message that the worker gets, which brings the port.
 *
 * @param modules the library's rooms as cells import them
 */
export function startKernel(modules: Readonly<Record<string, unknown>>, mimeBundle: typeof MimeBundle): void {
  const born = performance.now();
  self.onmessage = ({ data }: MessageEvent<{ readonly port: MessagePort }>) => {
    self.onmessage = null;
    const { send, listen } = lock(data.port);
    const kernel = new Kernel(modules, mimeBundle, send);
    listen((message) => void kernel.take(message, born));
  };
}

class Kernel {
  readonly #modules: Map<string, unknown>;
  readonly #bundle: typeof MimeBundle;
  readonly #send: (message: FromKernel) => void;
  readonly #scope = new Scope();
  readonly #places = new Places();
  readonly #outputs: Outputs;
  readonly #prints = new Map<string, number>();
  /** Ends the wait for the running cell with an error that no code caught. */
  #fail: ((reason: unknown) => void) | null = null;
  #cell = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    modules: Readonly<Record<string, unknown>>,
    bundle: typeof MimeBundle,
    send: (message: FromKernel) => void,
  ) {
    this.#modules = new Map(Object.entries(modules));
    for (const [name, value] of Object.entries(NODE)) this.#modules.set(name, value).set(`node:${name}`, value);
    this.#bundle = bundle;
    this.#send = send;
    this.#outputs = new Outputs((cell, output) => send({ type: "output", cell, output }));
    this.#capture();
  }

  /** What cells print, show and forget to catch. */
  #capture(): void {
    const print =
      (name: "stdout" | "stderr") =>
      (...values: unknown[]): void =>
        this.#outputs.write(name, `${util.format(...values)}\n`);
    const [out, err] = [print("stdout"), print("stderr")];
    Object.assign(console, {
      log: out,
      info: out,
      debug: out,
      dir: out,
      table: out,
      warn: err,
      error: err,
      trace: err,
    });
    for (const name of ["stdout", "stderr"] as const)
      pageProcess[name].write = (text) => {
        this.#outputs.write(name, String(text));
        return true;
      };
    Reflect.set(
      globalThis,
      Symbol.for("Jupyter.display"),
      ({ data, metadata }: { data: Record<string, unknown>; metadata: Record<string, unknown> }) =>
        this.#outputs.display("display_data", withoutFigureHtml(data), metadata),
    );
    const uncaught = (event: Event, reason: unknown): void => {
      event.preventDefault();
      if (this.#fail !== null) this.#fail(reason);
      else this.#outputs.fail({ output_type: "error", ...this.#described(reason) });
    };
    self.addEventListener("unhandledrejection", (event) => uncaught(event, event.reason));
    self.addEventListener("error", (event) => uncaught(event, event.error ?? new Error(event.message)));
  }

  take(message: ToKernel, born: number): void {
    if (message.type === "begin") {
      for (const [file, content] of Object.entries(message.files)) fs.mountFile(file, content);
      Object.assign(pageProcess.env, message.env);
      fs.mkdirSync(`${PROJECT}/notebooks`, { recursive: true });
      fs.mkdirSync(os.tmpdir(), { recursive: true });
      this.#send({ type: "ready", milliseconds: performance.now() - born });
    } else if (message.type === "package") this.#addPackage(message.name, message.script);
    else if (message.type === "run") this.#queue = this.#queue.then(() => this.#run(message.job, message.cell));
    else this.#queue = this.#queue.then(() => this.#evaluate(message.job, message.expression));
  }

  #addPackage(name: string, script: string): void {
    const made: unknown = codeOf(`(${script})()`);
    this.#modules.set(name, made);
  }

  async #run(job: number, cell: CompiledCell): Promise<void> {
    const began = performance.now();
    this.#cell = cell.number;
    this.#outputs.begin(cell.number);
    this.#places.know(cell.number, cell.shifts);
    const read = [...new Set([...cell.reads.filter((name) => this.#scope.has(name)), ...this.#scope.changing])];
    this.#look(read, false);
    let ok = false;
    try {
      const value = await this.#outcome(cell);
      if (value !== undefined) this.#outputs.display("execute_result", withoutFigureHtml(await this.#formsOf(value)));
      ok = true;
    } catch (reason) {
      this.#outputs.fail({ output_type: "error", ...this.#described(reason) });
    }
    this.#fail = null;
    this.#outputs.end();
    const milliseconds = performance.now() - began;
    const { changed, unseen } = this.#look(read, true);
    for (const { name } of cell.defines) this.#prints.delete(name);
    const own = new Set(cell.defines.map(({ name }) => name));
    const others = (names: readonly string[]): string[] => names.filter((name) => !own.has(name));
    this.#send({ type: "end", job, ok, milliseconds, changed: others(changed), unseen: others(unseen) });
  }

  /** Takes the fingerprints of names, and says which ones are others now. */
  #look(names: readonly string[], again: boolean): { changed: string[]; unseen: string[] } {
    const prints = new Fingerprints();
    const changed: string[] = [];
    const unseen: string[] = [];
    for (const name of names) {
      if (!again && this.#prints.has(name)) continue;
      const { hash, hidden, cut } = prints.of(this.#scope.names[name]);
      if (again && this.#prints.get(name) !== hash) changed.push(name);
      if (again && (hidden || cut)) unseen.push(name);
      // What was not read to its end says nothing the next time.
      if (cut) this.#prints.delete(name);
      else this.#prints.set(name, hash);
    }
    return { changed: changed.filter((name) => !unseen.includes(name)), unseen };
  }

  /** The value of the cell's last expression; undefined where it ends with none. */
  async #outcome(cell: CompiledCell): Promise<unknown> {
    if (cell.refused !== null) throw new SyntaxError(cell.refused);
    const missing = cell.reads.find((name) => !this.#scope.has(name));
    if (missing !== undefined)
      throw new ReferenceError(`${missing} is not there yet: the cell that makes it has not run`);
    let given: Parameters<CellInside["give"]>[0] = {};
    const inside = this.#inside((own) => {
      given = own;
    });
    const source = `(async ($,$in)=>{${cell.code}\n})\n//# sourceURL=${sourceName(cell.number)}`;
    const failure = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    failure.catch(() => {});
    const run: unknown = codeOf(source);
    if (typeof run !== "function") throw new Error("the cell was not compiled to a function");
    const result: unknown = await Promise.race([Reflect.apply(run, undefined, [this.#scope.names, inside]), failure]);
    // A rejection that nobody handles is reported a turn later.
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 0)), failure]);
    this.#scope.commit(cell, given);
    return Array.isArray(result) ? result[0] : undefined;
  }

  #inside(give: CellInside["give"]): CellInside {
    const module = (from: string): unknown => {
      const found = this.#modules.get(from) ?? this.#modules.get(from.replace(/\/index$|\.ts$/g, ""));
      if (found === undefined)
        throw new Error(
          `Cannot find module '${from}' on this page: it has ${[...this.#modules.keys()].filter((name) => !name.includes(":")).join(", ")}`,
        );
      return found;
    };
    const standard = (value: unknown): unknown => {
      const own: unknown = Reflect.get(Object(value), "default");
      return own === undefined ? value : own;
    };
    return { module, standard, import: async (from) => module(from), pow: power, powTo: powerTo, give };
  }

  /** All forms of a value; one that shows itself may take its time. */
  async #formsOf(value: unknown): Promise<Record<string, unknown>> {
    const name = Symbol.for("Jupyter.mimebundle");
    const method: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    if (typeof method !== "function") return this.#bundle(value);
    const forms: unknown = await Reflect.apply(method, value, []);
    return this.#bundle({ [name]: () => forms });
  }

  #described(reason: unknown): CellError {
    return this.#places.describe(reason, this.#cell, (value) => util.inspect(value, { depth: 4 }));
  }

  async #evaluate(job: number, expression: string): Promise<void> {
    let value: unknown = null;
    let error: CellError | null = null;
    try {
      // Not strict, for `with`: the only way for text that no compiler has seen to read the names of the cells.
      const run: unknown = codeOf(`(async ($)=>{with($){return (${expression}\n)}})`);
      value = typeof run === "function" ? await Reflect.apply(run, undefined, [this.#scope.names]) : null;
      value = JSON.parse(JSON.stringify(value ?? null));
    } catch (reason) {
      error = this.#described(reason);
    }
    this.#send({ type: "value", job, value, error });
  }
}

/** A figure is drawn from its Plotly JSON. */
function withoutFigureHtml(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { "text/html": html, ...rest } = data;
  return html === undefined || "application/vnd.plotly.v1+json" in data ? rest : { ...rest, "text/html": html };
}

/** The value of a text of code, in the one place that may make code of text: the policy of the page's frame allows it there alone. */
function codeOf(text: string): unknown {
  // biome-ignore lint/security/noGlobalEval: running what a reader writes is what this kernel is for, in its sandbox
  return globalThis.eval(text);
}
