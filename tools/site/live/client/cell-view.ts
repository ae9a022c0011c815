import { button } from "../../client/dom";
import { unique } from "../../html";
import type { LiveOutput } from "../protocol";
import type { CellState } from "./api";
import { outputElement } from "./output-element";

/** What a cell asks for. */
export interface CellActions {
  run(number: number): void;
  runTo(number: number): void;
}

/** What the mark of a cell says in each state. */
const MARKS: Readonly<Record<CellState, string>> = {
  still: "",
  stale: "Out of date",
  running: "Running …",
  done: "",
  error: "",
};

/** A code cell in the page: its state, its outputs, its buttons. */
export class CellView {
  readonly element: HTMLElement;
  readonly #outputs: HTMLElement;
  readonly #mark: HTMLElement;
  readonly #notes: HTMLElement;
  /** What the page came with, for Reset. */
  readonly #still: readonly Node[];
  readonly #isNotebook: (file: string) => boolean;
  readonly #id: string;
  #name = unique();
  #fresh = false;
  #last: { readonly output: LiveOutput & { output_type: "stream" }; readonly element: HTMLElement } | null = null;

  constructor(element: HTMLElement, id: string, isNotebook: (file: string) => boolean, actions: CellActions) {
    this.element = element;
    this.#id = id;
    this.#isNotebook = isNotebook;
    const outputs = element.querySelector<HTMLElement>("[data-outputs]");
    if (outputs === null) throw new Error(`cell ${this.number} has no place for outputs`);
    this.#outputs = outputs;
    this.#still = [...outputs.childNodes];
    this.#mark = document.createElement("p");
    this.#mark.className = "live-mark";
    this.#mark.hidden = true;
    this.#notes = document.createElement("p");
    this.#notes.className = "live-note";
    this.#notes.hidden = true;
    outputs.before(this.#mark);
    outputs.after(this.#notes);
    this.#addButtons(actions);
  }

  get number(): number {
    return Number(this.element.dataset.cell);
  }

  #addButtons(actions: CellActions): void {
    const bar = document.createElement("div");
    bar.className = "live-cell";
    const label = document.createElement("span");
    label.textContent = `Cell ${this.number}`;
    const run = button("Run", () => actions.run(this.number));
    run.setAttribute("aria-label", `Run cell ${this.number}`);
    const to = button("Run to here", () => actions.runTo(this.number));
    to.setAttribute("aria-label", `Run to here, cell ${this.number}`);
    bar.append(label, run, to);
    this.element.querySelector("details.code > summary")?.after(bar);
  }

  show(state: CellState): void {
    this.element.dataset.state = state;
    const words = MARKS[state];
    this.#mark.textContent = words;
    this.#mark.hidden = words === "";
  }

  /** What is to be said of the cell beside its outputs. */
  note(words: string): void {
    this.#notes.textContent = words;
    this.#notes.hidden = words === "";
  }

  /** From here on outputs are those of a new run; the old ones stand until the first comes, so that nothing jumps. */
  begin(): void {
    this.#fresh = true;
    this.#last = null;
    this.#name = unique();
  }

  add(output: LiveOutput): void {
    this.#clear();
    if (output.output_type === "stream" && this.#last?.output.name === output.name) {
      const whole = { ...output, text: this.#last.output.text + output.text };
      const element = this.#element({ ...whole, text: withReturns(whole.text) });
      if (element !== null) {
        this.#last.element.replaceWith(element);
        this.#last = { output: whole, element };
      }
      return;
    }
    const shown = output.output_type === "stream" ? { ...output, text: withReturns(output.text) } : output;
    const element = this.#element(shown) ?? document.createElement("div");
    this.#outputs.append(element);
    this.#last = output.output_type === "stream" ? { output, element } : null;
    if (output.output_type !== "stream") window.hrd?.liven(element);
  }

  /** Ends the run: of one without outputs the old ones go now. */
  end(): void {
    this.#clear();
    this.#last = null;
  }

  reset(): void {
    this.#outputs.replaceChildren(...this.#still);
    this.note("");
    this.show("still");
  }

  #clear(): void {
    if (!this.#fresh) return;
    this.#fresh = false;
    this.#outputs.replaceChildren();
  }

  #element(output: LiveOutput): HTMLElement | null {
    return outputElement(output, { cellId: this.#id, name: this.#name, isNotebook: this.#isNotebook });
  }
}

/** Text as a terminal shows it that writes over a line from its start: of a progress bar its last state. */
export function withReturns(text: string): string {
  if (!text.includes("\r")) return text;
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  return lines
    .map((line) =>
      line
        .split("\r")
        .reduce((shown, piece) => piece + shown.slice(piece.length), "")
        .trimEnd(),
    )
    .join("\n");
}
