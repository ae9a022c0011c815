import path from "node:path";
import type { Position, SourceMaps } from "./source-maps";

/** One line of a stack that a reader can follow: in a cell, in the project or in a package. */
export interface Frame {
  /** `inner (cell 3, line 5, column 9)` */
  readonly text: string;
  readonly position: Position;
  /** `cell 3` or `lib/a.ts`; empty for a package. */
  readonly label: string;
}

const RAW = /^(?:(?<name>.*?) \()?(?:file:\/\/)?(?<file>[^()]*?):(?<line>\d+):(?<column>\d+)\)?$/;
const MAPPED = /^(?:.* \()?(?<label>cell \d+), line (?<line>\d+), column (?<column>\d+)\)?$/;

/**
 * Writes every stack, also that of an error which a cell catches and prints, in places of cells and of the
 * project: lines of the running JavaScript lead nowhere, and a path of this machine in a committed output is another
 * one on the next.
 */
export class Stacks {
  readonly #maps: SourceMaps;
  readonly #root: string;

  constructor(maps: SourceMaps, root: string) {
    this.#maps = maps;
    this.#root = root;
  }

  /** Makes this the form of `error.stack` for the whole process. */
  install(): void {
    Error.prepareStackTrace = (error, sites) => {
      const frames = sites.map((site) => this.frame(String(site))).filter((frame) => frame !== null);
      return [headOf(error), ...frames.map((frame) => `    at ${frame?.text}`)].join("\n");
    };
  }

  /** The frames of an error, also of one whose stack was written before or elsewhere. */
  framesOf(error: Error): Frame[] {
    const { stack } = error;
    if (typeof stack !== "string") return [];
    return stack.split("\n").flatMap((line) => {
      const at = /^\s*at (.*)$/.exec(line)?.[1];
      const frame = at === undefined ? null : this.frame(at);
      return frame === null ? [] : [frame];
    });
  }

  /** A line of a stack without its "at", or null where it is Node's or the kernel's own. */
  frame(text: string): Frame | null {
    const told = MAPPED.exec(text)?.groups;
    if (told) {
      const position = { line: Number(told.line), column: Number(told.column) };
      return { text, position, label: told.label ?? "" };
    }
    const { name, file, line, column } = RAW.exec(text)?.groups ?? {};
    if (file === undefined || file.startsWith("node:")) return null;
    const at = { line: Number(line), column: Number(column) };
    const found = this.#maps.locate(file, at);
    if (!found) {
      const where = this.#outside(file);
      if (where === null) return null;
      const place = `${where}:${line}:${column}`;
      return {
        text: name ? `${name} (${place})` : place,
        position: at,
        label: path.isAbsolute(file) ? "" : file,
      };
    }
    const { label, isCell, position } = found;
    if (position === null) return null;
    const place = isCell
      ? `${label}, line ${position.line}, column ${position.column}`
      : `${label}:${position.line}:${position.column}`;
    // V8 names a function without a name after the object that holds the variables.
    const known = name?.replace(/^(?:Object\.)?exports\./, "");
    return { text: known ? `${known} (${place})` : place, position, label };
  }

  /** A file that the kernel did not compile, without the folders of this machine; null for the kernel's own. */
  #outside(file: string): string | null {
    // A line that was written here before.
    if (!path.isAbsolute(file)) return file.includes("/") ? file : null;
    const packages = file.lastIndexOf("/node_modules/");
    if (packages >= 0) return file.slice(packages + 1);
    const own = path.relative(this.#root, file);
    return own.startsWith("..") || own.startsWith(".cache") ? null : own;
  }
}

function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
