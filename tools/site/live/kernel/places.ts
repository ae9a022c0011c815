import { originalColumn, type Shift } from "../edits";
import type { CellError } from "../protocol";

/** Where code of cells runs: stacks name cells by this, with their number. */
const SOURCE = "hrd-cell-";

export const sourceName = (cell: number): string => `${SOURCE}${cell}`;

/** One line of a stack in a cell, as Chromium (`at f (hrd-cell-3:5:9)`) or Firefox (`f@hrd-cell-3:5:9`) writes it. */
const FRAME = new RegExp(`^\\s*(?:at )?(?:async )?(?:(.*?)\\s*[(@])?[^(@]*${SOURCE}(\\d+):(\\d+):(\\d+)\\)?$`);

/** Names that engines give to the function that holds a cell. */
const NO_NAME = /^(?:eval|anonymous|async\*?|<anonymous>|Object\.<anonymous>|run|)$/;

/** Errors in words, with their places in the cells as they are written. */
export class Places {
  readonly #shifts = new Map<number, readonly Shift[]>();

  know(cell: number, shifts: readonly Shift[]): void {
    this.#shifts.set(cell, shifts);
  }

  /**
   * @param cell the cell that ran: where a function of an earlier cell has thrown, the place in this one is told
   */
  describe(thrown: unknown, cell: number | null, shown: (value: unknown) => string): CellError {
    const own = (name: "name" | "message" | "stack"): string => {
      try {
        const value: unknown = Reflect.get(Object(thrown), name);
        return typeof value === "string" ? value : "";
      } catch {
        return "";
      }
    };
    const isError = Object.prototype.toString.call(thrown) === "[object Error]" || thrown instanceof Error;
    if (!isError) {
      const evalue = shown(thrown);
      return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`], place: null };
    }
    const [ename, evalue] = [own("name") || "Error", own("message")];
    const frames = this.#frames(own("stack"));
    const place = frames.find((frame) => frame.place.cell === cell)?.place ?? frames[0]?.place ?? null;
    return { ename, evalue, traceback: [`${ename}: ${evalue}`, ...frames.map(({ text }) => `    at ${text}`)], place };
  }

  #frames(stack: string): { text: string; place: NonNullable<CellError["place"]> }[] {
    return stack.split("\n").flatMap((line) => {
      const [, name = "", cell, row, column] = FRAME.exec(line) ?? [];
      if (cell === undefined) return [];
      const at = { cell: Number(cell), line: Number(row), column: Number(column) };
      const place = { ...at, column: originalColumn(this.#shifts.get(at.cell) ?? [], at.line, at.column) };
      const where = `cell ${place.cell}, line ${place.line}, column ${place.column}`;
      return [{ text: NO_NAME.test(name.trim()) ? where : `${name.trim()} (${where})`, place }];
    });
  }
}
