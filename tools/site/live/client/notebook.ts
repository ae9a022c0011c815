import { lines, type Output, sorted } from "../../../notebooks/notebook";
import type { PageCell, PageNotebook } from "..";
import type { CompiledCell } from "../compile";
import { type CellDiagnostic, said } from "../diagnostics";
import { CellGraph } from "../graph";
import type { LiveOutput } from "../protocol";
import type { CellState, LiveCell } from "./api";
import { withReturns } from "./cell-view";
import { type CellEnd, KernelGone, PageKernel } from "./kernel";
import type { Mount } from "./own-data";

/** A cell with what became of it. */
export interface RunningCell {
  readonly committed: PageCell;
  compiled: CompiledCell;
  source: string;
  state: CellState;
  outputs: LiveOutput[];
  milliseconds: number | null;
  /** Whether what it makes is in the kernel, as its text says now. */
  isThere: boolean;
  /** Names of other cells that it was seen to change, or that nobody can look into. */
  changed: string[];
  unseen: string[];
  /** Errors of types, as of the last check. */
  diagnostics: readonly CellDiagnostic[];
}

/** Told of what happens. */
export interface Watcher {
  /** A run of the cell begins: its old outputs are to go. */
  begin(cell: RunningCell): void;
  output(cell: RunningCell, output: LiveOutput): void;
  /** Its state or something else than its outputs is another one. */
  change(cell: RunningCell): void;
}

const NO_FILES: Mount = { files: {}, env: {} };

/** The notebook of a page, and the kernel that runs it: which cells run, in which order, and what is out of date. */
export class LiveNotebook {
  readonly cells: readonly RunningCell[];
  readonly #name: string;
  readonly #watcher: Watcher;
  #kernel: Promise<PageKernel> | null = null;
  /** Whether cells may import what the committed ones do not. */
  #whole = false;
  #own: Mount = NO_FILES;
  #run: Promise<void> | null = null;
  #stopped = false;

  constructor(notebook: PageNotebook, watcher: Watcher) {
    this.#name = notebook.name;
    this.#watcher = watcher;
    this.cells = notebook.cells.map((cell) => ({
      committed: cell,
      compiled: cell,
      source: cell.source,
      state: "still",
      outputs: [],
      milliseconds: null,
      isThere: false,
      changed: [],
      unseen: [],
      diagnostics: [],
    }));
  }

  get isRunning(): boolean {
    return this.#run !== null;
  }

  /** All cells from the start, in a new kernel; or those up to one, where what is there stays. */
  async runAll(): Promise<void> {
    await this.stop();
    if (this.cells.some(({ isThere }) => isThere)) this.#drop("begun anew");
    return this.#runCells(this.cells.map(({ committed }) => committed.number));
  }

  async runTo(number: number): Promise<void> {
    await this.stop();
    const before = this.cells.filter(({ committed, isThere }) => committed.number <= number && !isThere);
    return this.#runCells(this.#plan([...before.map(({ committed }) => committed.number), number]));
  }

  /** A cell, and what it needs; and, where it was edited, all that depend on it. */
  async runCell(number: number): Promise<void> {
    await this.stop();
    const cell = this.#cell(number);
    // Of a cell that is up to date nothing follows.
    const isNew = (cell?.state === "stale" || cell?.state === "error") && !cell.isThere;
    const dependents = isNew ? this.#graph().dependents([number]) : [];
    return this.#runCells(this.#plan([number, ...dependents]));
  }

  /** Ends what runs; values of the cells that were done are made again, without a word. */
  async stop(): Promise<void> {
    if (this.#run === null) return;
    this.#stopped = true;
    this.#drop("stopped");
    await this.#run;
  }

  /** The cells as they were committed; none of them has run. */
  async reset(): Promise<void> {
    await this.stop();
    this.#drop("reset");
    this.#own = NO_FILES;
    for (const cell of this.cells) {
      Object.assign(cell, { compiled: cell.committed, source: cell.committed.source, outputs: [], milliseconds: null });
      Object.assign(cell, { isThere: false, changed: [], unseen: [], diagnostics: [] });
      this.#set(cell, "still");
    }
  }

  /** Other files for the cells, which are out of date then. */
  mount(own: Mount): void {
    this.#own = own;
    this.#drop("other files");
    for (const cell of this.cells) this.#set(cell, "stale");
  }

  /** A cell has another text: it and what depends on it are out of date. */
  edit(number: number, source: string): void {
    const cell = this.#cell(number);
    if (cell === undefined || cell.source === source) return;
    cell.source = source;
    cell.isThere = false;
    this.#outdate([number, ...this.#graph().dependents([number])]);
  }

  /** Takes what the checker says of all cells as they are now. */
  check(compiled: readonly CompiledCell[], diagnostics: readonly CellDiagnostic[]): void {
    const edited = this.cells.filter(({ source, committed }) => source !== committed.source);
    for (const one of compiled) {
      const cell = this.#cell(one.number);
      // Of a cell that was not edited the code is the same.
      if (cell !== undefined && (edited.includes(cell) || cell.compiled !== cell.committed)) cell.compiled = one;
    }
    for (const cell of this.cells) cell.diagnostics = diagnostics.filter((one) => one.cell === cell.committed.number);
    const known = new Set(this.cells.flatMap(({ committed }) => importsOf(committed)));
    if (edited.some(({ compiled: own }) => importsOf(own).some((name) => !known.has(name)))) this.#takeWhole();
    const outdated = edited.filter(({ isThere }) => !isThere).map(({ committed }) => committed.number);
    this.#outdate([...outdated, ...this.#graph().dependents(outdated)]);
  }

  #outdate(numbers: readonly number[]): void {
    for (const number of numbers) {
      const cell = this.#cell(number);
      if (cell !== undefined && cell.state !== "running" && cell.state !== "stale") this.#set(cell, "stale");
    }
  }

  async evaluate(expression: string): Promise<unknown> {
    const { value, error } = await (await this.#started()).evaluate(expression);
    if (error !== null) throw new Error(`${error.ename}: ${error.evalue}`);
    return value;
  }

  #takeWhole(): void {
    if (this.#whole) return;
    this.#whole = true;
    this.#drop("more of the library");
  }

  #cell(number: number): RunningCell | undefined {
    return this.cells.find(({ committed }) => committed.number === number);
  }

  #graph(): CellGraph {
    return new CellGraph(
      this.cells.map(({ compiled, changed, unseen }) => ({
        number: compiled.number,
        defines: compiled.defines,
        reads: compiled.reads,
        changes: [...compiled.changes, ...changed, ...unseen],
      })),
    );
  }

  #plan(targets: readonly number[]): number[] {
    return this.#graph().plan(targets, (number) => this.#cell(number)?.isThere === true);
  }

  #set(cell: RunningCell, state: CellState): void {
    cell.state = state;
    this.#watcher.change(cell);
  }

  #started(): Promise<PageKernel> {
    if (this.#kernel === null) {
      const name = this.#whole ? "kernel" : `kernel-${this.#name}`;
      const started = PageKernel.start(name, this.#own, (number, output) => this.#take(number, output));
      this.#kernel = started;
      started.catch(() => {
        if (this.#kernel === started) this.#kernel = null;
      });
    }
    return this.#kernel;
  }

  #drop(reason: string): void {
    const old = this.#kernel;
    this.#kernel = null;
    for (const cell of this.cells) cell.isThere = false;
    void old?.then((kernel) => kernel.end(reason)).catch(() => {});
  }

  #take(number: number, output: LiveOutput): void {
    const cell = this.#cell(number);
    if (cell === undefined) return;
    const last = cell.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      cell.outputs[cell.outputs.length - 1] = { ...last, text: last.text + output.text };
    else cell.outputs.push(output);
    this.#watcher.output(cell, output);
  }

  async #runCells(numbers: readonly number[]): Promise<void> {
    this.#stopped = false;
    const run = this.#inOrder(numbers);
    this.#run = run;
    try {
      await run;
    } finally {
      if (this.#run === run) this.#run = null;
    }
  }

  async #inOrder(numbers: readonly number[]): Promise<void> {
    const graph = this.#graph();
    for (const number of numbers) {
      const cell = this.#cell(number);
      if (cell === undefined || this.#stopped) continue;
      // Of a cell that failed nothing is there for those that need it.
      const failed = graph.needs(number).some((needed) => this.#cell(needed)?.isThere !== true);
      if (cell.diagnostics.length > 0) this.#refuseTypes(cell);
      else if (failed) this.#set(cell, "stale");
      else await this.#one(cell);
    }
  }

  async #one(cell: RunningCell): Promise<void> {
    const before = cell.state;
    this.#set(cell, "running");
    try {
      const kernel = await this.#started();
      if (this.#stopped) throw new KernelGone("stopped");
      cell.outputs = [];
      this.#watcher.begin(cell);
      const end = await kernel.run(cell.compiled);
      this.#finish(cell, end);
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      if (reason instanceof KernelGone) this.#lost(cell, reason, before);
      else this.#refuse(cell, reason);
    }
  }

  #finish(cell: RunningCell, { ok, milliseconds, changed, unseen }: CellEnd): void {
    Object.assign(cell, { milliseconds, changed: changed.map(String), unseen: unseen.map(String), isThere: ok });
    this.#set(cell, ok ? "done" : "error");
  }

  /** Types are checked before a cell runs. */
  #refuseTypes(cell: RunningCell): void {
    const [first] = cell.diagnostics;
    if (first === undefined) return;
    cell.isThere = false;
    cell.outputs = [];
    this.#watcher.begin(cell);
    this.#take(cell.committed.number, {
      output_type: "error",
      ename: `TS${first.code}`,
      evalue: first.text,
      traceback: ["", ...cell.diagnostics.slice(1).map(said)],
      place: { cell: first.cell, line: first.line, column: first.column },
    });
    this.#set(cell, "error");
  }

  /** The cell cannot begin: a part of the page that it needs is not there. */
  #refuse(cell: RunningCell, { name, message }: Error): void {
    const place = null;
    cell.isThere = false;
    this.#take(cell.committed.number, { output_type: "error", ename: name, evalue: message, traceback: [], place });
    this.#set(cell, "error");
  }

  /** The kernel is gone: what was there has to be made again when it is needed. */
  #lost(cell: RunningCell, { message }: Error, before: CellState): void {
    const words = this.#stopped ? "The cell was stopped before it ended." : `The kernel ended: ${message}`;
    this.#drop(message);
    if (cell.outputs.length === 0) this.#watcher.begin(cell);
    const ename = this.#stopped ? "Stopped" : "KernelGone";
    this.#take(cell.committed.number, { output_type: "error", ename, evalue: words, traceback: [], place: null });
    this.#set(cell, before === "still" && this.#stopped ? "stale" : "error");
    this.#stopped = true;
  }
}

/** What a cell imports, by module and name. */
function importsOf({ modules }: CompiledCell): string[] {
  return modules.flatMap(({ from, names }) => names.map((name) => `${from} ${name}`));
}

/** A cell as other scripts see it. */
export function liveCell(cell: RunningCell): LiveCell {
  const { committed, source, state, outputs, milliseconds } = cell;
  return {
    number: committed.number,
    id: committed.id,
    tags: committed.tags,
    source,
    original: committed.source,
    edited: source !== committed.source,
    state,
    outputs: outputs.flatMap(storedOutput),
    milliseconds,
  };
}

/** An output as a notebook file stores it; of a progress bar nothing stays. */
export function storedOutput(output: LiveOutput): Output[] {
  if (output.output_type === "stream") {
    const text = lines(withReturns(output.text));
    return text.length === 0 || text.join("").trim() === "" ? [] : [{ output_type: "stream", name: output.name, text }];
  }
  if (output.output_type === "error") {
    const { ename, evalue, traceback } = output;
    return [{ output_type: "error", ename, evalue, traceback: [...traceback] }];
  }
  const data = Object.fromEntries(
    Object.entries(output.data).map(([type, value]) => [
      type,
      type.startsWith("text/") && typeof value === "string" ? lines(value) : sorted(value),
    ]),
  );
  const { output_type: type, metadata } = output;
  return type === "execute_result"
    ? [{ output_type: type, data, metadata: { ...metadata }, execution_count: null }]
    : [{ output_type: type, data, metadata: { ...metadata } }];
}
