import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { StreamName } from "./streams";

/**
 * What would be written past Node's streams, into the kernel's own files 1 and 2 that nobody sees, becomes output of the
 * cell: that of child processes which inherit them (`stdio: "inherit"`), and `fs.writeSync(1, …)`.
 */

type Chunk = string | Uint8Array;

/** Where text of the running cell goes, also what comes when another one runs. */
export type TakeText = () => (name: StreamName, chunk: Chunk) => void;

/** A file of a child that is a file of the kernel. */
interface Inherited {
  readonly child: number;
  readonly name: StreamName;
}

export function captureChildren(take: TakeText): void {
  captureSlowChildren(take);
  for (const name of ["spawnSync", "execSync", "execFileSync"] as const) captureQuickChildren(name, take);
  captureFiles(take);
  syncBuiltinESMExports();
}

/** A function of Node before it was replaced. */
function usual(object: object, name: string): (given: readonly unknown[], self?: object) => unknown {
  const found: unknown = Reflect.get(object, name);
  if (typeof found !== "function") throw new Error(`this Node has no ${name}() where it is expected`);
  return (given, self = object) => Reflect.apply(found, self, given);
}

/** spawn(), fork(), exec() and execFile() all start their child by this one method. */
function captureSlowChildren(take: TakeText): void {
  const { prototype } = childProcess.ChildProcess;
  const start = usual(prototype, "spawn");
  function spawn(this: childProcess.ChildProcess, options: object): unknown {
    const { stdio, inherited } = withPipes(Reflect.get(options, "stdio"));
    const write = take();
    const result = start([inherited.length > 0 ? { ...options, stdio } : options], this);
    for (const { child, name } of inherited) {
      this.stdio[child]?.on("data", (chunk: Uint8Array) => write(name, chunk));
      // As ever for somebody who looks: it is not his to read.
      Object.assign(this, { [STREAM_OF[child]]: null });
    }
    return result;
  }
  Object.assign(prototype, { spawn });
}

const STREAM_OF: Readonly<Record<number, StreamName>> = { 1: "stdout", 2: "stderr" };

/** A function that waits for its child and then gives, or throws, all of the output. */
function captureQuickChildren(called: "spawnSync" | "execSync" | "execFileSync", take: TakeText): void {
  const start = usual(childProcess, called);
  const isOptions = (value: unknown, i: number): boolean =>
    i > 0 && typeof value === "object" && value !== null && !Array.isArray(value);
  Object.assign(childProcess, {
    [called](...given: unknown[]): unknown {
      const at = given.findIndex(isOptions);
      const { stdio, inherited } = withPipes(Reflect.get(Object(given[at]), "stdio"));
      if (inherited.length === 0) return start(given);
      const write = take();
      const show = (result: object): void => {
        for (const { child, name } of inherited) {
          const text: unknown = Reflect.get(result, STREAM_OF[child]);
          if (typeof text === "string" || text instanceof Uint8Array) write(name, text);
          Object.assign(result, { [STREAM_OF[child]]: null });
        }
      };
      try {
        const result = start(given.map((value, i) => (i === at ? { ...Object(value), stdio } : value)));
        const both = called === "spawnSync" ? Object(result) : { stdout: result };
        show(both);
        return called === "spawnSync" ? result : both.stdout;
      } catch (error) {
        if (typeof error === "object" && error !== null) show(error);
        throw error;
      }
    },
  });
}

/** The `stdio` of a child with a pipe for what it would share with the kernel, and nothing to read. */
function withPipes(stdio: unknown): { stdio: unknown; inherited: Inherited[] } {
  const files: unknown[] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  const inherited: Inherited[] = [];
  const piped = files.map((file, child) => {
    const fd = file === "inherit" ? child : typeof file === "number" ? file : Reflect.get(Object(file), "fd");
    if (fd === 0 && child === 0) return "ignore";
    const name = STREAM_OF[fd];
    if (name === undefined || STREAM_OF[child] === undefined) return file;
    inherited.push({ child, name });
    return "pipe";
  });
  return { stdio: piped, inherited };
}

/** Writing to the files 1 and 2 by their numbers, or by their names under `/dev`. */
function captureFiles(take: TakeText): void {
  const nameOf = (file: unknown): StreamName | null => {
    if (file === 1 || file === "/dev/stdout") return "stdout";
    return file === 2 || file === "/dev/stderr" ? "stderr" : null;
  };
  /** Shows what was to be written, all of it or a part, and tells of how many bytes. */
  const shown = (name: StreamName, data: unknown, offset?: unknown, length?: unknown): number => {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(String(data));
    const from = ArrayBuffer.isView(data) && typeof offset === "number" ? offset : 0;
    const part = bytes.subarray(
      from,
      typeof length === "number" && ArrayBuffer.isView(data) ? from + length : undefined,
    );
    take()(name, part);
    return part.length;
  };
  const replace = (called: string, show: (name: StreamName, data: unknown, rest: unknown[]) => unknown): void => {
    const write = usual(fs, called);
    const replaced = (file: unknown, data: unknown, ...rest: unknown[]): unknown => {
      const name = nameOf(file);
      return name === null ? write([file, data, ...rest]) : show(name, data, rest);
    };
    // Node's notes for promisify() among them.
    Object.defineProperties(replaced, Object.getOwnPropertyDescriptors(Reflect.get(fs, called)));
    Object.assign(fs, { [called]: replaced });
  };
  replace("writeSync", (name, data, [offset, length]) => shown(name, data, offset, length));
  replace("write", (name, data, rest) => {
    const written = shown(name, data, rest[0], rest[1]);
    const done = rest.at(-1);
    if (typeof done === "function") queueMicrotask(() => done(null, written, data));
  });
  for (const called of ["writeFileSync", "appendFileSync"]) {
    replace(called, (name, data) => void shown(name, data));
  }
}
