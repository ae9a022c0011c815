import { CellChecker } from "./checker";
import type { ToChecker } from "./diagnostics";

/** The checker in a worker of its own: the page goes on while TypeScript thinks. */

let checker: CellChecker | null = null;
let cells: Extract<ToChecker, { type: "check" }>["cells"] = [];

function answer(message: Exclude<ToChecker, { type: "begin" }>): unknown {
  if (checker === null) return null;
  if (message.type === "check") {
    cells = message.cells;
    checker.take(cells);
    return { diagnostics: checker.diagnostics(), compiled: checker.compiled() };
  }
  const { cell, source, offset } = message;
  cells = cells.map((one) => (one.number === cell ? { ...one, source } : one));
  checker.take(cells, cell);
  if (message.type === "complete") return checker.completions(cell, offset);
  return message.type === "hover" ? checker.hover(cell, offset) : checker.signature(cell, offset);
}

self.onmessage = ({ data }: MessageEvent<{ readonly port: MessagePort }>) => {
  const { port } = data;
  port.onmessage = ({ data: message }: MessageEvent<ToChecker>) => {
    if (message.type === "begin") {
      checker = new CellChecker(new Map(Object.entries(message.files)));
      return;
    }
    try {
      port.postMessage({ job: message.job, answer: answer(message) });
    } catch (error) {
      port.postMessage({ job: message.job, failed: error instanceof Error ? error.message : String(error) });
    }
  };
};
