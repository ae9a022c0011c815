import path from "node:path";
import { inspect } from "node:util";
import type { Diagnostic } from "tslab/dist/converter";
import type { Position, SourceMaps } from "./source-maps";

/** What a failed cell tells its reader: the content of a Jupyter `error` message, and where it happened. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
  /** Place in the cell, one-based; null when no line of the cell is involved. */
  location: Position | null;
}

/** The error of a cell that does not compile: every diagnostic with line, column and the line itself. */
export function diagnosticsError(diagnostics: readonly Diagnostic[], source: string): CellError {
  const lines = source.split("\n");
  const inCell = diagnostics.find((d) => d.fileName === undefined);
  const described = diagnostics.map((d) => {
    const place = `line ${d.start.line + 1}, column ${d.start.character + 1}`;
    return { d, text: `${d.fileName ? `${d.fileName}, ` : ""}${place}: ${d.messageText}` };
  });
  const traceback = described.flatMap(({ d, text }) => {
    const header = `TS${d.code} ${text}`;
    const line = d.fileName === undefined ? lines[d.start.line] : undefined;
    if (line === undefined) return [header];
    const width = d.end.line === d.start.line ? Math.max(1, d.end.character - d.start.character) : 1;
    const number = String(d.start.line + 1);
    const marker = " ".repeat(number.length + 5 + d.start.character) + "^".repeat(width);
    return [header, `  ${number} | ${line}`, `${marker}`];
  });
  return {
    ename: "TypeScriptError",
    evalue: described.map(({ text }) => text).join("\n"),
    traceback,
    location: inCell ? { line: inCell.start.line + 1, column: inCell.start.character + 1 } : null,
  };
}

/**
 * The error of a cell that threw.
 *
 * @param cell label of the cell that ran: a function of an earlier cell may be where it was thrown
 */
export function thrownError(thrown: unknown, maps: SourceMaps, cell: string): CellError {
  if (!isError(thrown)) {
    const text = inspect(thrown, { depth: 4 });
    return { ename: "Thrown", evalue: text, traceback: [`Thrown: ${text}`], location: null };
  }
  const own = ownFrames(thrown, maps);
  const name = thrown.name || "Error";
  const traceback = [`${name}: ${thrown.message}`, ...own.map((frame) => `    at ${frame.text}`)];
  const cause: unknown = thrown.cause;
  if (cause !== undefined) {
    traceback.push(
      ...thrownError(cause, maps, cell).traceback.map((line, i) => (i === 0 ? `Caused by ${line}` : line)),
    );
  }
  return {
    ename: name,
    evalue: thrown.message,
    traceback,
    location: own.find((frame) => frame.label === cell)?.position ?? null,
  };
}

/** The error of a cell that was stopped. */
export function interruptedError(): CellError {
  return {
    ename: "Interrupted",
    evalue: "the cell was interrupted",
    traceback: [
      "Interrupted: the cell was stopped before it ended; variables of earlier cells are unchanged",
    ],
    location: null,
  };
}

/** `instanceof Error` misses errors of another realm, such as those of a vm context. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

interface Frame {
  text: string;
  position: Position;
  label: string;
}

const FRAME = /^\s*at (?:(?<name>.*?) \()?(?<file>(?:file:\/\/)?[^()]*?):(?<line>\d+):(?<column>\d+)\)?$/;

/** The frames of the stack that lie in cells, in lib or in a package; Node's and the kernel's own are left out. */
function ownFrames(error: Error, maps: SourceMaps): Frame[] {
  const frames: Frame[] = [];
  for (const line of (error.stack ?? "").split("\n")) {
    const match = FRAME.exec(line)?.groups;
    if (!match?.file || match.file.startsWith("node:")) continue;
    const at = { line: Number(match.line), column: Number(match.column) };
    const found = maps.locate(match.file, at);
    if (!found) {
      const inPackage = match.file.includes(`${path.sep}node_modules${path.sep}`);
      if (inPackage) frames.push({ text: line.trim().replace(/^at /, ""), position: at, label: "" });
      continue;
    }
    const { label, isCell, position } = found;
    if (position === null) continue;
    const place = isCell
      ? `${label}, line ${position.line}, column ${position.column}`
      : `${label}:${position.line}:${position.column}`;
    // Functions of earlier cells are called as members of the object that holds all variables, a proxy.
    const name = match.name?.replace(/^Proxy\./, "");
    frames.push({ text: name ? `${name} (${place})` : place, position, label });
  }
  return frames;
}
