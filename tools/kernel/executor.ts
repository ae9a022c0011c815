import path from "node:path";
import vm from "node:vm";
import { type CellCompiler, createCellCompiler } from "./compiler";
import { type CellError, diagnosticsError, interruptedError, thrownError } from "./errors";
import { ProjectModules } from "./modules";
import { SourceMaps } from "./source-maps";

/** How a cell ended. */
export type CellResult = { ok: true; value: unknown } | { ok: false; error: CellError };

/** Around each stretch in which code of the user runs; see guardian.ts. */
export interface UserCodeGate {
  enterUserCode(): void;
  leaveUserCode(): void;
}

class Interrupt {}

/**
 * Compiles a cell and runs it, one after the other; variables of a cell that succeeded live on in the next.
 *
 * tslab's own executor writes every failure to stderr as text and says only "not ok". This one says what
 * failed and where, waits for rejections that nobody handles, and stops waiting when it is interrupted.
 */
export class Executor {
  readonly #maps = new SourceMaps();
  readonly #compiler: CellCompiler;
  readonly #modules: ProjectModules;
  readonly #gate: UserCodeGate;
  readonly #variables = rewritableExports();
  #declarations = "";
  /** Ends the wait for the running cell; null while none runs. */
  #fail: ((reason: unknown) => void) | null = null;

  constructor(root: string, notebookFolder: string, gate: UserCodeGate) {
    this.#gate = gate;
    this.#compiler = createCellCompiler(root, notebookFolder);
    this.#modules = new ProjectModules(root, notebookFolder, this.#maps);
    Object.assign(globalThis, { __tslab__: { exports: this.#variables, require: this.#modules.require } });
  }

  /**
   * @param source text of the cell
   * @param count number of the cell in this kernel, for messages and stack traces
   */
  async execute(source: string, count: number): Promise<CellResult> {
    const interruption = this.#interruption();
    try {
      this.#compiler.refresh();
      const compiled = this.#compiler.converter.convert(this.#declarations, source);
      this.#modules.update(compiled.sideOutputs ?? []);
      if (compiled.diagnostics.length > 0) {
        return { ok: false, error: diagnosticsError(compiled.diagnostics, source) };
      }
      let value: unknown;
      if (compiled.output) {
        const file = `cell-${count}.ts`;
        const code = this.#maps.register(file, compiled.output, `cell ${count}`, true);
        await interruption.orThisFirst(this.#run(code, file, compiled.hasToplevelAwait === true));
        // A rejection that nobody handles is reported one turn of the event loop later.
        await interruption.orThisFirst(nextTurn());
        if (compiled.lastExpressionVar) {
          value = this.#variables[compiled.lastExpressionVar];
          delete this.#variables[compiled.lastExpressionVar];
        }
      }
      this.#declarations = compiled.declOutput ?? "";
      return { ok: true, value };
    } catch (thrown) {
      const error =
        thrown instanceof Interrupt ? interruptedError() : thrownError(thrown, this.#maps, `cell ${count}`);
      return { ok: false, error };
    } finally {
      this.#gate.leaveUserCode();
      this.#fail = null;
    }
  }

  /** Stops the running cell; false when none runs. */
  interrupt(): boolean {
    return this.#failRunning(new Interrupt());
  }

  /** Fails the running cell with an error that no code caught; false when none runs. */
  reject(reason: unknown): boolean {
    return this.#failRunning(reason);
  }

  /** Describes an error that came after the given cell had ended. */
  describe(reason: unknown, count: number): CellError {
    return thrownError(reason, this.#maps, `cell ${count}`);
  }

  /** What a project module that a cell has loaded exports by a name, such as lib's display code, or null. */
  loadedExport(folder: string, name: string): unknown {
    return this.#modules.exported(folder, name);
  }

  inspect(source: string, position: number): ReturnType<CellCompiler["converter"]["inspect"]> {
    return this.#compiler.converter.inspect(this.#declarations, source, position);
  }

  complete(source: string, position: number): ReturnType<CellCompiler["converter"]["complete"]> {
    return this.#compiler.converter.complete(this.#declarations, source, position);
  }

  #failRunning(reason: unknown): boolean {
    if (!this.#fail) return false;
    this.#fail(reason);
    return true;
  }

  #interruption(): { orThisFirst(work: Promise<unknown>): Promise<unknown> } {
    const failure = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    failure.catch(() => {});
    return { orThisFirst: (work) => Promise.race([work, failure]) };
  }

  /** Runs in a turn of its own: when an endless loop is ended from outside, only this turn is lost. */
  #run(code: string, file: string, isAsync: boolean): Promise<unknown> {
    const prefix = `(${isAsync ? "async " : ""}function(exports, require) { `;
    const wrapped = `${prefix}${code}\n})(__tslab__.exports, __tslab__.require)`;
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#gate.enterUserCode();
        try {
          resolve(vm.runInThisContext(wrapped, { filename: file, columnOffset: -prefix.length }));
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * The object on which the variables of all cells live. TypeScript defines imported names as getters without
 * a setter; here they become plain properties, so that a later cell may declare the same name again.
 */
function rewritableExports(): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  return new Proxy(variables, {
    defineProperty(_target, name, attributes) {
      if (typeof name === "string" && name !== "__esModule") {
        variables[name] = attributes.get ? attributes.get() : attributes.value;
      }
      return true;
    },
  });
}

/** The folder to compile from: the nearest one above the notebook that holds a package.json, else its own. */
export function findRoot(notebookFolder: string, exists: (file: string) => boolean): string {
  for (let folder = notebookFolder; ; folder = path.dirname(folder)) {
    if (exists(path.join(folder, "package.json"))) return folder;
    if (path.dirname(folder) === folder) return notebookFolder;
  }
}
