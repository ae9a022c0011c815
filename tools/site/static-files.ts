import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

export function contentType(file: string): string {
  return TYPES[path.extname(file)] ?? "application/octet-stream";
}

/** The file of a folder that an address names; null where there is none, or it would lead out of the folder. */
export function requestedFile(folder: string, url: string): string | null {
  let name: string;
  try {
    name = decodeURIComponent(new URL(url, "http://127.0.0.1").pathname);
  } catch {
    return null;
  }
  const wanted = path.join(folder, name.endsWith("/") ? `${name}index.html` : name);
  if (name.includes("\0") || !wanted.startsWith(`${folder}${path.sep}`)) return null;
  if (!existsSync(wanted) || !statSync(wanted).isFile()) return null;
  // A link that stands in the folder may lead out of it.
  return realpathSync(wanted).startsWith(`${realpathSync(folder)}${path.sep}`) ? wanted : null;
}
