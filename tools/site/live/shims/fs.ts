import path from "path-browserify";
import { bufferOf, PageBuffer } from "./buffer";

/**
 * Files of a page: the project's data, what a reader has dropped on the page, and what cells write, all in memory. The
 * functions are those of node:fs that lib/ and the notebooks use, and fail in its words.
 */

const files = new Map<string, PageBuffer>();
const folders = new Set<string>(["/"]);
let made = 0;

/** Puts a file in its place, for the page; folders are made. */
export function mountFile(file: string, content: string | Uint8Array): void {
  const place = path.resolve(file);
  addFolder(path.dirname(place));
  files.set(place, typeof content === "string" ? PageBuffer.from(content) : bufferOf(content));
}

function addFolder(folder: string): void {
  for (let one = folder; !folders.has(one); one = path.dirname(one)) folders.add(one);
}

class FileError extends Error {
  readonly errno = -2;
  constructor(
    readonly code: string,
    words: string,
    readonly syscall: string,
    readonly path: string,
  ) {
    super(`${code}: ${words}, ${syscall} '${path}'`);
  }
}

const missing = (call: string, file: string): FileError =>
  new FileError("ENOENT", "no such file or directory", call, file);

type Encoding = string | { readonly encoding?: string | null } | null | undefined;

const encodingOf = (options: Encoding): string | null =>
  typeof options === "string" ? options : (options?.encoding ?? null);

export function existsSync(file: string): boolean {
  const place = path.resolve(String(file));
  return files.has(place) || folders.has(place);
}

function contentOf(file: string, call = "open"): PageBuffer {
  const place = path.resolve(String(file));
  const content = files.get(place);
  if (content !== undefined) return content;
  if (folders.has(place)) throw new FileError("EISDIR", "illegal operation on a directory", "read", place);
  throw missing(call, file);
}

export function readFileSync(file: string, options?: Encoding): PageBuffer | string {
  const content = contentOf(file);
  const encoding = encodingOf(options);
  return encoding === null ? bufferOf(content.slice()) : content.toString(encoding);
}

export function writeFileSync(file: string, content: string | Uint8Array): void {
  const place = path.resolve(file);
  if (!folders.has(path.dirname(place))) throw missing("open", file);
  files.set(place, typeof content === "string" ? PageBuffer.from(content) : bufferOf(content.slice()));
}

export function appendFileSync(file: string, content: string | Uint8Array): void {
  const before = existsSync(file) ? contentOf(file) : PageBuffer.alloc(0);
  const more = typeof content === "string" ? PageBuffer.from(content) : content;
  writeFileSync(file, PageBuffer.concat([before, more]));
}

interface Stats {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

export function statSync(file: string, options: { readonly throwIfNoEntry?: boolean } = {}): Stats | undefined {
  const place = path.resolve(String(file));
  const content = files.get(place);
  if (content === undefined && !folders.has(place)) {
    if (options.throwIfNoEntry === false) return undefined;
    throw missing("stat", file);
  }
  return {
    size: content?.length ?? 4096,
    isFile: () => content !== undefined,
    isDirectory: () => content === undefined,
  };
}

export function realpathSync(file: string): string {
  if (!existsSync(file)) throw missing("lstat", file);
  return path.resolve(file);
}

export function readdirSync(folder: string): string[] {
  const place = path.resolve(folder);
  if (!folders.has(place)) throw missing("scandir", folder);
  const start = place === "/" ? "/" : `${place}/`;
  const inside = [...files.keys(), ...folders].filter((one) => one.startsWith(start) && one !== place);
  return [...new Set(inside.map((one) => one.slice(start.length).split("/")[0] ?? ""))].sort();
}

export function mkdirSync(folder: string, options: { readonly recursive?: boolean } = {}): void {
  const place = path.resolve(folder);
  if (options.recursive === true) addFolder(place);
  else if (existsSync(place)) throw new FileError("EEXIST", "file already exists", "mkdir", folder);
  else if (!folders.has(path.dirname(place))) throw missing("mkdir", folder);
  else folders.add(place);
}

export function mkdtempSync(prefix: string): string {
  made += 1;
  const folder = `${prefix}${String(made).padStart(6, "0")}`;
  addFolder(path.resolve(folder));
  return folder;
}

export function rmSync(file: string, options: { readonly recursive?: boolean; readonly force?: boolean } = {}): void {
  const place = path.resolve(file);
  if (!existsSync(place) && options.force !== true) throw missing("rm", file);
  if (folders.has(place) && options.recursive !== true)
    throw new FileError("ERR_FS_EISDIR", "Path is a directory", "rm", file);
  for (const one of [...files.keys()]) if (one === place || one.startsWith(`${place}/`)) files.delete(one);
  for (const one of [...folders])
    if (one !== "/" && (one === place || one.startsWith(`${place}/`))) folders.delete(one);
}

export function unlinkSync(file: string): void {
  contentOf(file, "unlink");
  files.delete(path.resolve(file));
}

export function renameSync(from: string, to: string): void {
  writeFileSync(to, contentOf(from, "rename"));
  files.delete(path.resolve(from));
}

export function copyFileSync(from: string, to: string): void {
  writeFileSync(to, contentOf(from, "copyfile"));
}

const handles = new Map<number, { readonly content: PageBuffer; at: number }>();

export function openSync(file: string): number {
  const handle = 3 + handles.size;
  handles.set(handle, { content: contentOf(file), at: 0 });
  return handle;
}

/** As much as there is room for, from where the last reading ended. */
export function readSync(handle: number, into: Uint8Array): number {
  const open = handles.get(handle);
  if (open === undefined) throw new Error(`EBADF: bad file descriptor, read ${handle}`);
  const piece = open.content.subarray(open.at, open.at + into.length);
  into.set(piece);
  open.at += piece.length;
  return piece.length;
}

export function closeSync(handle: number): void {
  handles.delete(handle);
}

/** The file in pieces, as `for await` reads a stream. */
export async function* createReadStream(
  file: string,
  { highWaterMark = 65_536 }: { readonly highWaterMark?: number } = {},
): AsyncGenerator<PageBuffer> {
  const content = contentOf(file);
  for (let at = 0; at < content.length; at += highWaterMark) yield bufferOf(content.slice(at, at + highWaterMark));
}

export const promises = {
  readFile: async (file: string, options?: Encoding) => readFileSync(file, options),
  writeFile: async (file: string, content: string | Uint8Array) => writeFileSync(file, content),
};

export default {
  appendFileSync,
  closeSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  promises,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
};
