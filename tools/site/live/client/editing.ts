import { base, loadScript } from "../../client/dom";
import type { CellView } from "./cell-view";
import { Checking } from "./checking";
import type { Editor } from "./editor";
import type { LiveNotebook, RunningCell } from "./notebook";

/** How long a reader has to pause before his cells are checked, in milliseconds. */
const PAUSE = 100;

export interface EditingActions {
  run(number: number): Promise<void>;
  failed(words: string): void;
}

/** The editors of a page, and the checker behind them: both are loaded when they are first needed. */
export class Editing {
  readonly #notebook: LiveNotebook;
  readonly #views: ReadonlyMap<number, CellView>;
  readonly #actions: EditingActions;
  readonly #checking = new Checking();
  readonly #editors = new Map<number, Editor>();
  /** Code as it came with the page, for Reset. */
  readonly #still = new Map<number, HTMLElement>();
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** The check of the latest text; nothing runs before it. */
  #check: Promise<void> | null = null;
  #isNew = false;

  constructor(notebook: LiveNotebook, views: ReadonlyMap<number, CellView>, actions: EditingActions) {
    this.#notebook = notebook;
    this.#views = views;
    this.#actions = actions;
  }

  /** Makes the editor of a cell and goes into it. */
  async open(number: number): Promise<void> {
    const known = this.#editors.get(number);
    if (known !== undefined) return known.focus();
    const code = this.#views.get(number)?.element.querySelector<HTMLElement>("details.code pre.code");
    const cell = this.#cell(number);
    if (!code || cell === undefined) return;
    await loadScript(`${base()}assets/live/editor.js`);
    if (window.hrdEditor === undefined || this.#editors.has(number)) return;
    const isWanted = document.activeElement === code;
    const editor = window.hrdEditor({
      label: `Cell ${number}`,
      text: cell.source.trimEnd(),
      changed: (text) => this.#changed(number, text),
      run: (next) => void this.#run(number, next),
      complete: (text, offset) => this.#checking.complete(number, text, offset),
      hint: (kind, text, offset) => this.#checking.hint(kind, number, text, offset),
    });
    this.#editors.set(number, editor);
    this.#still.set(number, code);
    code.replaceWith(editor.element);
    if (isWanted) editor.focus();
    editor.show(cell.diagnostics);
    // Whoever goes into code is likely to want it soon; and what can stand at a place is asked of cells that were checked.
    if (this.#editors.size === 1) this.#begin();
  }

  /** Another text for a cell, as if it had been typed. */
  async setSource(number: number, source: string): Promise<void> {
    this.#editors.get(number)?.setText(source);
    this.#changed(number, source);
    await this.settled();
  }

  /** Resolves when the latest text has been checked. */
  async settled(): Promise<void> {
    if (this.#isNew) this.#begin();
    while (this.#check !== null) await this.#check;
  }

  reset(): void {
    clearTimeout(this.#waiting);
    this.#isNew = false;
    for (const [number, editor] of this.#editors) {
      const code = this.#still.get(number);
      if (code !== undefined) editor.element.replaceWith(code);
    }
    this.#editors.clear();
    this.#still.clear();
  }

  #cell(number: number): RunningCell | undefined {
    return this.#notebook.cells.find(({ committed }) => committed.number === number);
  }

  #changed(number: number, text: string): void {
    this.#notebook.edit(number, text);
    this.#isNew = true;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#begin(), PAUSE);
  }

  #begin(): void {
    clearTimeout(this.#waiting);
    if (this.#check !== null) return;
    this.#check = this.#checkAll().finally(() => {
      this.#check = null;
      if (this.#isNew) this.#begin();
    });
  }

  async #checkAll(): Promise<void> {
    this.#isNew = false;
    const cells = this.#notebook.cells.map(({ committed, source }) => ({
      number: committed.number,
      id: committed.id,
      source,
    }));
    try {
      const { compiled, diagnostics } = await this.#checking.check(cells);
      // Of a text that has changed meanwhile the next check tells.
      if (this.#isNew) return;
      this.#notebook.check(compiled, diagnostics);
      for (const [number, editor] of this.#editors) editor.show(diagnostics.filter(({ cell }) => cell === number));
    } catch (error) {
      this.#actions.failed(`Types cannot be checked: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #run(number: number, next: boolean): Promise<void> {
    const running = this.#actions.run(number);
    if (next) this.#goOn(number);
    await running;
  }

  /** The code of the next cell, where it is to be seen. */
  #goOn(number: number): void {
    const numbers = [...this.#views.keys()].sort((a, b) => a - b);
    const following = numbers.find((one) => one > number);
    if (following === undefined) return;
    const editor = this.#editors.get(following);
    if (editor !== undefined) editor.focus();
    else this.#views.get(following)?.element.querySelector<HTMLElement>("details.code pre.code")?.focus();
  }
}
