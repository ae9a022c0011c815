import type { Output } from "../../../notebooks/notebook";

/** What other scripts of a page can do with its notebook. */
export interface LiveApi {
  /** "01-long-list" */
  readonly notebook: string;
  /** The toolbar at the top of the notebook: other buttons go to its end. */
  readonly toolbar: HTMLElement;
  /** Loads what is needed to run; nothing of it is loaded before. */
  ready(): Promise<LivePage>;
}

/** States of a cell: as the page came, out of date, and so on. */
export type CellState = "still" | "stale" | "running" | "done" | "error";

/** A code cell of the page. */
export interface LiveCell {
  /** Place among the code cells of the notebook, from 0. */
  readonly number: number;
  /** Its name in the notebook file. */
  readonly id: string;
  readonly tags: readonly string[];
  /** As it stands in the page now. */
  readonly source: string;
  /** As it was committed. */
  readonly original: string;
  readonly edited: boolean;
  readonly state: CellState;
  /** What the last run gave, as nbformat has it, without pictures; empty while it is still. */
  readonly outputs: readonly Output[];
  readonly milliseconds: number | null;
}

export interface LivePage {
  /** The code cells that are on the page, in order. */
  cells(): readonly LiveCell[];
  /** Runs all cells from the start in a new kernel, or those up to one; it ends when they have ended or were stopped. */
  run(upTo?: number): Promise<void>;
  /** Makes the editor of a cell, where there is none yet, and goes into it. */
  edit(number: number): Promise<void>;
  /** Gives a cell another text, as an edit does; it is run by {@link LivePage.runCell}. */
  setSource(number: number, source: string): Promise<void>;
  /** Runs a cell with what it needs and, where it is out of date, all that depend on it. */
  runCell(number: number): Promise<void>;
  /** Ends what runs. */
  stop(): void;
  /** The page as it came. */
  reset(): Promise<void>;
  /**
   * The value of a JavaScript expression over the names of the notebook's cells, as far as JSON has a form for it.
   *
   * @throws Error with what the kernel says
   */
  evaluate(expression: string): Promise<unknown>;
  /**
   * Somebody's own files for the cells, as if they had been dropped on the page: one that is named as a file of data/
   * stands in for it. The cells are out of date then.
   */
  mount(files: readonly OwnFile[]): Promise<void>;
  /** The names of the files that were mounted. */
  mounted(): readonly string[];
  /** Runs a notebook of the site as it was committed, in a kernel of its own, beside this page. */
  runNotebook(name: string, options?: RunNotebookOptions): Promise<readonly LiveCell[]>;
  /** Told after each change of a cell; what is returned ends that. */
  onChange(listener: (cell: LiveCell) => void): () => void;
}

/** A file of somebody's own. */
export interface OwnFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface RunNotebookOptions {
  /** Told when a cell has ended. */
  readonly onCell?: (cell: LiveCell) => void;
  readonly signal?: AbortSignal;
}

declare global {
  interface Window {
    hrdLive?: LiveApi;
    hrdAsset?: (name: string, content: unknown) => void;
    /** Set by page.js, which is loaded at the first run. */
    hrdLivePage?: (api: LiveApi) => Promise<LivePage>;
  }
}
