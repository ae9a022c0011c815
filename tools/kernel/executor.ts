import path from "node:path";
import vm from "node:vm";
import { IMPORT } from "./cell-source";
import type { Compilation } from "./compile-cell";
import { cacheFolder } from "./compiler";
import type { CompilerThread } from "./compiling";
import { ModuleCompiler } from "./emit-modules";
import { type CellError, diagnosticsError, interruptedError, memoryError, thrownError, undone } from "./errors";
import { Project } from "./files/project";
import { heapLimit, type StopReason } from "./guardian";
import { adviceFor, hintFor } from "./hints";
import { type Folders, ProjectModules } from "./modules";
import type { Owner, Owners } from "./owners";
import type { Recent } from "./recent";
import { SourceMaps } from "./source-maps";
import { Stacks } from "./stacks";
import { typescript } from "./typescript";

/** How a cell ended. */
export type CellResult = { ok: true; value: unknown } | { ok: false; error: CellError };

/** Around each stretch in which code of the user runs; see guardian.ts. */
export interface UserCodeGate {
  enterUserCode(): void;
  leaveUserCode(): void;
}

/** What a kernel has beside the executor. */
export interface Beside {
  readonly compiler: CompilerThread;
  readonly gate: UserCodeGate;
  readonly owners: Owners;
  readonly recent: Recent;
  /** What `import … from "tslab"` gives. */
  tslab(): unknown;
}

/** What a stopped cell is failed with; compared by identity, for what a cell throws may not even be asked what it is. */
const STOPPED: Readonly<Record<StopReason, symbol>> = { asked: Symbol("interrupt"), memory: Symbol("memory") };

/**
 * Compiles a cell and runs it, one after the other; variables of a cell that succeeded live on in the next.
 *
 * A cell is a transaction: when it fails or is interrupted, each name that it declares has the value and the type
 * that it had before. Its values under the old types would be wrong numbers without a type error.
 *
 * tslab's own executor writes every failure to stderr as text and says only "not ok". This one says what
 * failed and where, waits for rejections that nobody handles, and stops waiting when it is interrupted.
 */
export class Executor {
  readonly #maps = new SourceMaps();
  readonly #compiler: CompilerThread;
  readonly #project: Project;
  readonly #recent: Recent;
  readonly #modules: ProjectModules;
  readonly #gate: UserCodeGate;
  readonly #owners: Owners;
  readonly #stacks: Stacks;
  readonly #notebook: string;
  /**
   * The values of all cells. A name is never deleted from it: V8 then looks every one of them up in a table, ten
   * times slower. It inherits nothing: `__proto__` and `toString` are names like others.
   */
  readonly #variables: Record<string, unknown> = Object.create(Object.create(null));
  /** Names that there would be, had the cell not failed that declared them last; with the number of that cell. */
  readonly #lost = new Map<string, number>();
  #declarations = "";
  #isWarming = true;
  /** The declarations that a cell sees which is written now: with those of the running cell, once it is compiled. */
  #declared: Promise<string> = Promise.resolve("");
  /** Ends the wait for the running cell; null while none runs. */
  #running: { owner: Owner; fail: (reason: unknown) => void } | null = null;

  constructor(folders: Folders, { compiler, gate, owners, recent, tslab }: Beside) {
    const { root, notebook } = folders;
    this.#gate = gate;
    this.#owners = owners;
    this.#notebook = notebook;
    this.#compiler = compiler;
    this.#recent = recent;
    const memory = cacheFolder(root);
    this.#project = new Project(typescript, root, notebook, memory);
    const modules = new ModuleCompiler(path.join(memory, "modules"), typescript);
    this.#modules = new ProjectModules({ folders, project: this.#project, compiler: modules, maps: this.#maps, tslab });
    this.#stacks = new Stacks(this.#maps, root);
    this.#stacks.install();
  }

  /**
   * @param source text of the cell
   * @param owner the run of this cell, with its number in this kernel for messages and stack traces
   */
  async execute(source: string, owner: Owner): Promise<CellResult> {
    const interruption = this.#interruption(owner);
    let cell: Compilation | null = null;
    const before = new Map<string, unknown>();
    try {
      const declarations = this.#declarations;
      const compiling = this.#compiler.ask("compile", { declarations, source });
      this.#declared = compiling.then(
        ({ declOutput }) => declOutput ?? declarations,
        () => declarations,
      );
      cell = await interruption.orThisFirst(compiling);
      // What was read after this is at least as new as what the types were checked of.
      this.#modules.changed(this.#project.refresh());
      if (cell.diagnostics.length > 0) {
        return {
          ok: false,
          error: diagnosticsError(cell.diagnostics, source, hintFor(source, cell.diagnostics, this.#lost)),
        };
      }
      let value: unknown;
      if (cell.output) {
        for (const name of cell.names) before.set(name, this.#variables[name]);
        const { output, imports, reached } = cell;
        this.#isWarming = false;
        if (imports.length > 0) {
          await interruption.orThisFirst(this.#asUser(owner, () => this.#modules.prepare(imports, reached)));
        }
        const run = this.#script(output, owner.count, cell.isAsync);
        await interruption.orThisFirst(this.#asUser(owner, run));
        // A rejection that nobody handles is reported one turn of the event loop later.
        await interruption.orThisFirst(nextTurn());
        if (cell.lastExpressionVar) {
          value = this.#variables[cell.lastExpressionVar];
          this.#variables[cell.lastExpressionVar] = undefined;
        }
      }
      for (const name of cell.names) this.#lost.delete(name);
      this.#declarations = cell.declOutput ?? "";
      this.#recent.add(cell.taken, this.#hashes(cell.reached));
      return { ok: true, value };
    } catch (thrown) {
      for (const [name, value] of before) this.#variables[name] = value;
      const names = [...before.keys()].filter((name) => name !== cell?.lastExpressionVar);
      for (const name of names) this.#lost.set(name, owner.count);
      return { ok: false, error: this.#failure(thrown, names, owner) };
    } finally {
      this.#gate.leaveUserCode();
      this.#declared = Promise.resolve(this.#declarations);
      this.#running = null;
      this.#owners.stopping(false);
    }
  }

  /** What a cell says that threw or was stopped. */
  #failure(thrown: unknown, names: readonly string[], owner: Owner): CellError {
    if (thrown === STOPPED.asked || thrown === STOPPED.memory) {
      this.#owners.stop(owner);
      return thrown === STOPPED.asked ? interruptedError(names) : memoryError(names, heapLimit());
    }
    const error = this.describe(thrown, owner);
    const advice = adviceFor(error.evalue);
    return { ...error, traceback: [...(advice === null ? [] : [advice]), ...error.traceback, ...undone(names)] };
  }

  /**
   * Loads what the last session's cells ran, file by file between other work, until a cell runs: where it is all as it
   * was then, and the project says that loading a file has no effect but its exports (`"sideEffects": false`).
   */
  async warm(): Promise<void> {
    const { files } = this.#recent.before;
    if (!this.#project.lazyDoors) return;
    for (const [file, hash] of files) {
      if (this.#project.files.get(file)?.hash !== hash) return;
      await nextTurn();
    }
    // What a file needs was read after it: the other way round, each finds what it needs and is loaded in a turn of its own.
    for (const [file] of [...files].reverse()) {
      if (!this.#isWarming || !this.#modules.loadEarly(file)) return;
      await nextTurn();
    }
  }

  *#hashes(files: Iterable<string>): Iterable<[string, string]> {
    for (const file of files) {
      const found = this.#project.files.isOwn(file) ? this.#project.files.get(file) : null;
      if (found) yield [file, found.hash];
    }
  }

  /** Stops the running cell; false when none runs. */
  interrupt(reason: StopReason = "asked"): boolean {
    if (this.#running) this.#owners.stopping(true);
    this.#running?.fail(STOPPED[reason]);
    return this.#running !== null;
  }

  /** Fails the running cell with an error that no code caught; false when it is of another cell, or none runs. */
  reject(reason: unknown, owner: Owner | null): boolean {
    if (!this.#running || (owner && owner !== this.#running.owner)) return false;
    this.#running.fail(reason);
    return true;
  }

  /** Describes an error of the given cell. */
  describe(reason: unknown, { count }: Owner): CellError {
    return thrownError(reason, this.#stacks, `cell ${count}`);
  }

  /** What a project module that a cell has loaded exports by a name, such as lib's display code, or null. */
  loadedExport(folder: string, name: string): unknown {
    return this.#modules.exported(folder, name);
  }

  /** The declarations that a cell written now would see: what completion and help look into. */
  declared(): Promise<string> {
    return this.#declared;
  }

  #interruption(owner: Owner): { orThisFirst<Result>(work: Promise<Result>): Promise<Result> } {
    const failure = new Promise<never>((_, reject) => {
      this.#running = { owner, fail: reject };
    });
    failure.catch(() => {});
    return { orThisFirst: (work) => Promise.race([work, failure]) };
  }

  /** What runs a compiled cell. */
  #script(code: string, count: number, isAsync: boolean): () => unknown {
    const file = `cell-${count}.ts`;
    const script = this.#maps.register(file, code, `cell ${count}`, true);
    const prefix = `(${isAsync ? "async " : ""}function(exports, require, ${IMPORT}, __filename, __dirname) { `;
    return () => {
      const run: unknown = vm.runInThisContext(`${prefix}${script}\n})`, {
        filename: file,
        columnOffset: -prefix.length,
      });
      if (typeof run !== "function") throw new Error(`cell ${count} was not compiled to a function`);
      const { require, import: own } = this.#modules;
      const here = [path.join(this.#notebook, file), this.#notebook];
      return Reflect.apply(run, undefined, [this.#variables, require, own, ...here]);
    };
  }

  /** Runs in a turn of its own: when an endless loop is ended from outside, only this turn is lost. */
  #asUser(owner: Owner, work: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        // An interrupt may have come before the cell began.
        if (owner.stopped) return;
        this.#gate.enterUserCode();
        try {
          resolve(this.#owners.run(owner, work));
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

/** The folder to compile from: the nearest one above the notebook that holds a package.json, else its own. */
export function findRoot(notebookFolder: string, exists: (file: string) => boolean): string {
  for (let folder = notebookFolder; ; folder = path.dirname(folder)) {
    if (exists(path.join(folder, "package.json"))) return folder;
    if (path.dirname(folder) === folder) return notebookFolder;
  }
}
