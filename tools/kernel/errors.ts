import { inspect } from "node:util";
import type { Diagnostic } from "tslab/dist/converter";
import type { Position } from "./source-maps";
import type { Stacks } from "./stacks";

/** What a failed cell tells its reader: the content of a Jupyter `error` message, and where it happened. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
  /** Place in the cell, one-based; null when no line of the cell is involved. */
  location: Position | null;
}

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;

/** The error of a cell that does not compile: every diagnostic with line, column and the line itself. */
export function diagnosticsError(diagnostics: readonly Diagnostic[], source: string, hint: string | null): CellError {
  const lines = source.split("\n");
  const inCell = diagnostics.find((d) => d.fileName === undefined);
  const described = diagnostics.map((d) => {
    const place = `${d.fileName ? `${d.fileName}, ` : ""}line ${d.start.line + 1}, column ${d.start.character + 1}`;
    return { d, place, text: `${place}: ${d.messageText}` };
  });
  const traceback = described.flatMap(({ d, place }) => {
    const header = `${red(`TS${d.code}`)} ${place}: ${suggestionFirst(d)}`;
    const line = d.fileName === undefined ? lines[d.start.line] : undefined;
    if (line === undefined) return [header];
    const width = d.end.line === d.start.line ? Math.max(1, d.end.character - d.start.character) : 1;
    const number = String(d.start.line + 1);
    const marker = " ".repeat(number.length + 5 + d.start.character) + red("^".repeat(width));
    return [header, `  ${dim(`${number} |`)} ${line}`, `${marker}`];
  });
  return {
    ename: "TypeScriptError",
    evalue: [...(hint === null ? [] : [hint]), ...described.map(({ text }) => text)].join("\n"),
    traceback: hint === null ? traceback : [hint, ...traceback],
    location: inCell ? { line: inCell.start.line + 1, column: inCell.start.character + 1 } : null,
  };
}

/** What to write instead stands before what is wrong: it is what the reader looks for. */
function suggestionFirst({ code, messageText: message }: Diagnostic): string {
  const asked = / (Did you mean [^?]*\?)$/.exec(message);
  if (!asked) return message;
  const wrong = message.slice(0, asked.index);
  return `${asked[1]} ${code === NOT_OF_THE_NAMES ? withoutShapes(wrong) : wrong}`;
}

/** A text was written that is nearly one of the texts which a type lists. */
const NOT_OF_THE_NAMES = 2820;

/** The objects that could stand in place of a name say nothing to someone who mistyped it. */
function withoutShapes(type: string): string {
  let depth = 0;
  let text = "";
  for (const character of type) {
    if (character === "{") depth += 1;
    if (depth === 0) text += character;
    if (character === "}") {
      depth = Math.max(0, depth - 1);
      if (depth === 0) text += "{ … }";
    }
  }
  return text;
}

/**
 * The error of a cell that threw. It describes whatever was thrown: a cause that leads back to itself, properties
 * that throw when they are read, values that are no errors.
 *
 * @param cell label of the cell that ran: a function of an earlier cell may be where it was thrown
 */
export function thrownError(thrown: unknown, stacks: Stacks, cell: string): CellError {
  try {
    return describe(thrown, stacks, cell, new Set());
  } catch (reason) {
    const why = textOf(() => String(reason)) || "no reason given";
    const evalue = `something was thrown that cannot be described: ${why}`;
    return { ename: "Thrown", evalue, traceback: [`${red("Thrown")}: ${evalue}`], location: null };
  }
}

function describe(thrown: unknown, stacks: Stacks, cell: string, seen: Set<unknown>): CellError {
  if (!isError(thrown)) {
    const text = textOf(() => inspect(thrown, { depth: 4 })) || typeof thrown;
    return { ename: "Thrown", evalue: text, traceback: [`${red("Thrown")}: ${text}`], location: null };
  }
  seen.add(thrown);
  const ename = textOf(() => thrown.name) || "Error";
  const evalue = textOf(() => thrown.message);
  const frames = read(() => stacks.framesOf(thrown)) ?? [];
  const traceback = [
    `${red(ename)}: ${evalue}`,
    ...frames.map((frame) => `    at ${frame.text}`),
    ...ownProperties(thrown).map((line) => `    ${line}`),
  ];
  const told = (label: string, other: unknown): string[] =>
    seen.has(other)
      ? [`${label} the same error again`]
      : describe(other, stacks, cell, seen).traceback.map((line, i) => (i === 0 ? `${label} ${line}` : line));
  const cause: unknown = read(() => thrown.cause);
  if (cause !== undefined) traceback.push(...told("Caused by", cause));
  const reasons: unknown = read(() => Reflect.get(thrown, "errors"));
  if (Array.isArray(reasons)) {
    for (const [index, reason] of reasons.slice(0, 10).entries())
      traceback.push(...told(`Reason ${index + 1}:`, reason));
    if (reasons.length > 10) traceback.push(`and ${reasons.length - 10} more reasons`);
  }
  const location = frames.find((frame) => frame.label === cell)?.position ?? null;
  return { ename, evalue, traceback, location };
}

/** What an error carries beside its message, such as `code: 'ENOENT'` or `row: 3`. */
function ownProperties(error: Error): string[] {
  const told = new Set(["name", "message", "stack", "cause", "errors", "pid"]);
  return (read(() => Object.keys(error)) ?? []).flatMap((key) => {
    const value: unknown = told.has(key) ? undefined : read(() => Reflect.get(error, key));
    const isPlain = ["string", "number", "boolean", "bigint"].includes(typeof value);
    return isPlain ? [`${key}: ${inspect(value)}`] : [];
  });
}

function read<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function textOf(get: () => unknown): string {
  const value = read(get);
  if (typeof value === "string") return value;
  return value === undefined ? "" : (read(() => inspect(value, { depth: 1 })) ?? typeof value);
}

/** The error of a cell that was stopped. */
export function interruptedError(names: readonly string[]): CellError {
  return {
    ename: "Interrupted",
    evalue: "the cell was interrupted",
    traceback: [
      `${red("Interrupted")}: the cell was stopped before it ended, and so were its timers`,
      ...undone(names),
    ],
    location: null,
  };
}

/**
 * The error of a cell that was stopped before the memory was used up.
 *
 * @param limit megabytes that all variables together may take
 */
export function memoryError(names: readonly string[], limit: number): CellError {
  const evalue = "the cell was stopped: the memory was nearly used up";
  return {
    ename: "OutOfMemory",
    evalue,
    traceback: [
      `${red("OutOfMemory")}: ${evalue}, and the kernel would have ended with all variables; its timers were stopped, too`,
      `All values together may take ${(limit / 1024).toFixed(1)} GB. Work on fewer rows at once, or start with more: ` +
        `NODE_OPTIONS=--max-old-space-size=${Math.round(2 * limit)} npm start`,
      ...undone(names),
    ],
    location: null,
  };
}

/** What became of the names that a failed cell declares; what it assigned to earlier variables stays assigned. */
export function undone(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 8).join(", ") + (names.length > 8 ? ` and ${names.length - 8} more` : "");
  return [dim(`(nothing that this cell declares is kept; as before it ran: ${shown})`)];
}

/** `instanceof Error` misses errors of another realm, such as those of a vm context. */
function isError(value: unknown): value is Error {
  return value instanceof Error || read(() => Object.prototype.toString.call(value)) === "[object Error]";
}
