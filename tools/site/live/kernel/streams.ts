import type { LiveOutput } from "../protocol";

/** What a cell may send to the page before the rest is only counted. */
const MOST_CHARACTERS = 2_000_000;
const MOST_DISPLAYS = 500;
const MOST_BUNDLE = 30_000_000;
const PIECE = 16_384;
const MILLISECONDS = 50;

/**
 * Outputs of the running cell on their way to the page: text in pieces, so that a loop that prints does not drown it, and
 * no more of all than a page can show.
 */
export class Outputs {
  readonly #send: (cell: number, output: LiveOutput) => void;
  #cell = 0;
  #name: "stdout" | "stderr" = "stdout";
  #text = "";
  #since = 0;
  #characters = 0;
  #displays = 0;
  #lost = { lines: 0, displays: 0 };

  constructor(send: (cell: number, output: LiveOutput) => void) {
    this.#send = send;
  }

  /** Whose output comes now. */
  begin(cell: number): void {
    this.flush();
    this.#cell = cell;
    this.#characters = 0;
    this.#displays = 0;
    this.#lost = { lines: 0, displays: 0 };
  }

  write(name: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    if (this.#characters > MOST_CHARACTERS) {
      this.#lost.lines += text.split("\n").length - 1;
      return;
    }
    if (name !== this.#name) this.flush();
    this.#name = name;
    if (this.#text === "") this.#since = performance.now();
    this.#text += text;
    this.#characters += text.length;
    if (this.#text.length >= PIECE || performance.now() - this.#since >= MILLISECONDS) this.flush();
  }

  display(
    type: "display_data" | "execute_result",
    data: Readonly<Record<string, unknown>>,
    metadata: Readonly<Record<string, unknown>> = {},
  ): void {
    this.flush();
    this.#displays += 1;
    if (this.#displays > MOST_DISPLAYS) {
      this.#lost.displays += 1;
      return;
    }
    const text = JSON.stringify(data);
    if (text.length > MOST_BUNDLE)
      throw new RangeError(
        `this output has ${Math.round(text.length / 1e6)} MB; a page shows up to ${MOST_BUNDLE / 1e6} MB`,
      );
    this.#send(this.#cell, { output_type: type, data: JSON.parse(text), metadata });
  }

  fail(error: LiveOutput & { output_type: "error" }): void {
    this.flush();
    this.#send(this.#cell, error);
  }

  flush(): void {
    const text = this.#text;
    this.#text = "";
    if (text !== "") this.#send(this.#cell, { output_type: "stream", name: this.#name, text });
  }

  /** Ends a cell: what was not sent is said. */
  end(): void {
    this.flush();
    const { lines, displays } = this.#lost;
    const parts = [
      ...(lines > 0 ? [`${lines.toLocaleString("en")} more lines`] : []),
      ...(displays > 0 ? [`${displays.toLocaleString("en")} more outputs`] : []),
    ];
    this.#lost = { lines: 0, displays: 0 };
    if (parts.length > 0)
      this.#send(this.#cell, {
        output_type: "stream",
        name: "stderr",
        text: `\n… ${parts.join(" and ")} are left out: a page shows no more of one cell.\n`,
      });
  }
}
