import { announce } from "../../client/dom";
import type { PageNotebook } from "..";
import type { LiveOutput } from "../protocol";
import type { LiveApi, LiveCell, LivePage, OwnFile, RunNotebookOptions } from "./api";
import { loadAsset } from "./assets";
import { CellView } from "./cell-view";
import { Editing } from "./editing";
import { LiveNotebook, liveCell, type RunningCell } from "./notebook";
import { mountOf, OwnData } from "./own-data";
import { saidOfMutation } from "./words";

/** The live page: the notebook, its views, and what other scripts may ask of it. Loaded at the first run. */
window.hrdLivePage = async (api) => {
  const notebook = await notebookOf(api.notebook);
  return new Page(notebook, api).api();
};

async function notebookOf(name: string): Promise<PageNotebook> {
  // A script of the site, made with it.
  return (await loadAsset(`cells-${name}`)) as PageNotebook;
}

class Page {
  readonly #notebook: LiveNotebook;
  readonly #views = new Map<number, CellView>();
  readonly #listeners = new Set<(cell: LiveCell) => void>();
  readonly #toolbar: HTMLElement;
  readonly #editing: Editing;
  readonly #ownData: OwnData;
  #own: readonly OwnFile[] = [];

  constructor(notebook: PageNotebook, { toolbar }: LiveApi) {
    this.#toolbar = toolbar;
    const known = new Set(notebook.notebooks.map((name) => `${name}.ipynb`));
    this.#notebook = new LiveNotebook(notebook, {
      begin: (cell) => this.#view(cell)?.begin(),
      output: (cell, output) => this.#output(cell, output),
      change: (cell) => this.#change(cell),
    });
    for (const element of document.querySelectorAll<HTMLElement>("[data-cell]")) {
      const cell = notebook.cells.find(({ number }) => number === Number(element.dataset.cell));
      if (cell === undefined) continue;
      const view = new CellView(element, cell.id, (file) => known.has(file), {
        run: (number) => void this.#runCell(number),
        runTo: (number) => void this.#during(this.#notebook.runTo(number)),
      });
      this.#views.set(cell.number, view);
    }
    this.#ownData = new OwnData(toolbar, () => void this.#take([]));
    this.#editing = new Editing(this.#notebook, this.#views, {
      run: (number) => this.#runCell(number),
      failed: (words) => this.#status(words),
    });
  }

  /** Somebody's own files for the cells, all of which are out of date then. */
  async #take(own: readonly OwnFile[]): Promise<void> {
    const mount = mountOf(own, Object.keys(Object(await loadAsset("data"))));
    this.#own = own;
    await this.#notebook.mount(mount);
    const names = own.map(({ name }) => name);
    this.#ownData.show(names, "HRD_DATA" in mount.env);
    const said = names.length === 0 ? "The project's own data again: run the cells" : "Your own data: run the cells";
    this.#status(said);
    announce(said);
  }

  /** Types are checked before a cell runs. */
  async #runCell(number: number): Promise<void> {
    await this.#editing.settled();
    return this.#during(this.#notebook.runCell(number));
  }

  api(): LivePage {
    const notebook = this.#notebook;
    return {
      cells: () => notebook.cells.map(liveCell),
      run: async (upTo) => {
        await this.#editing.settled();
        return this.#during(upTo === undefined ? notebook.runAll() : notebook.runTo(upTo));
      },
      runCell: (number) => this.#runCell(number),
      edit: (number) => this.#editing.open(number),
      setSource: (number, source) => this.#editing.setSource(number, source),
      stop: () => void notebook.stop(),
      restored: () => notebook.restored(),
      reset: async () => {
        await notebook.reset();
        this.#editing.reset();
        this.#own = [];
        this.#ownData.show([], false);
        for (const view of this.#views.values()) view.reset();
        this.#status("");
      },
      evaluate: (expression) => notebook.evaluate(expression),
      mount: (files) => {
        const names = new Set(files.map(({ name }) => name));
        return this.#take([...this.#own.filter(({ name }) => !names.has(name)), ...files]);
      },
      mounted: () => this.#own.map(({ name }) => name),
      runNotebook,
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    };
  }

  #view({ committed }: RunningCell): CellView | undefined {
    return this.#views.get(committed.number);
  }

  #output(cell: RunningCell, output: LiveOutput): void {
    this.#view(cell)?.add(output);
  }

  #change(cell: RunningCell): void {
    const view = this.#view(cell);
    view?.show(cell.state);
    if (cell.state === "done" || cell.state === "error") {
      view?.end();
      view?.note(saidOfMutation(cell));
    }
    if (cell.state === "running") this.#status(`Running cell ${cell.committed.number} …`);
    for (const listener of this.#listeners) listener(liveCell(cell));
  }

  /** The toolbar while something runs, and what it says at the end. */
  async #during(run: Promise<void>): Promise<void> {
    this.#toolbar.dataset.running = "";
    const began = performance.now();
    // A figure takes longer to draw than most cells to run.
    const release = window.hrd?.holdFigures();
    try {
      await run;
    } finally {
      release?.();
      if (!this.#notebook.isRunning) this.#ended(began);
    }
  }

  #ended(began: number): void {
    delete this.#toolbar.dataset.running;
    const { cells } = this.#notebook;
    const count = (state: string): number => cells.filter((cell) => cell.state === state).length;
    const [failed, stale] = [count("error"), count("stale")];
    const parts = [
      `${count("done")} of ${cells.length} cells done`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(stale > 0 ? [`${stale} out of date`] : []),
    ];
    const said = `${parts.join(", ")}, ${((performance.now() - began) / 1000).toFixed(1)} s`;
    this.#status(said);
    announce(said);
  }

  #status(words: string): void {
    const place = this.#toolbar.querySelector(".live-status");
    if (place !== null) place.textContent = words;
  }
}

/** A notebook of the site as it was committed, from start to end, in a kernel of its own. */
async function runNotebook(name: string, { onCell, signal }: RunNotebookOptions = {}): Promise<readonly LiveCell[]> {
  signal?.throwIfAborted();
  const notebook = new LiveNotebook(await notebookOf(name), {
    begin: () => {},
    output: () => {},
    change: (cell) => {
      if (cell.state === "done" || cell.state === "error") onCell?.(liveCell(cell));
    },
  });
  const stop = (): void => void notebook.stop();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    await notebook.runAll();
    signal?.throwIfAborted();
    const failed = notebook.cells.find(({ state }) => state !== "done");
    const cells = notebook.cells.map(liveCell);
    if (failed === undefined) return cells;
    const error = failed.outputs.find(({ output_type: type }) => type === "error");
    const words = error?.output_type === "error" ? `: ${error.ename}: ${error.evalue}` : "";
    throw new Error(`${name}, cell ${failed.committed.number}${words}`);
  } finally {
    signal?.removeEventListener("abort", stop);
    await notebook.reset();
  }
}
