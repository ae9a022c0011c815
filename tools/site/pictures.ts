import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withPalette } from "./palette";

/**
 * The pictures of figures as pages show them: the committed ones, made smaller, each once and kept in .cache/. On a dark
 * page the style sheet turns their lightness round.
 */

const VERSION = "2";

/** The committed picture of a figure, made smaller; a picture that cannot be read stays as it is. */
export function lightPicture(root: string, png: Buffer): Buffer {
  const kept = keptFile(root, "light", png);
  if (existsSync(kept)) return readFileSync(kept);
  let packed = png;
  try {
    packed = withPalette(png);
  } catch {
    // The browser says more of a broken picture than we could.
  }
  return keep(kept, packed);
}

function keptFile(root: string, kind: string, content: Buffer | string): string {
  const key = createHash("sha256").update(VERSION).update(content).digest("hex").slice(0, 24);
  return path.join(root, ".cache", "site", `${kind}-${key}.png`);
}

/** Written beside its place and moved there, for two programs may do this at once. */
function keep(file: string, content: Buffer): Buffer {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, content);
  renameSync(beside, file);
  return content;
}

/** Width and height of a PNG in pixels, or null where the bytes are none. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  const isPng = bytes.length > 24 && bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a";
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null;
}
