import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Figure } from "../../lib/figures/figure";
import { asObject, type JsonObject } from "../jupyter/wire";
import { DARK_PAPER, darkened, type Plain } from "./dark";

/** Draws the dark twins of the committed pictures, each once: they are kept in .cache/ by what they show. */

const VERSION = "1";

/** The dark twin of a figure's committed picture, in the same size. */
export async function darkPicture(root: string, plotly: JsonObject, alt: string): Promise<Buffer> {
  const figure = darkFigure(plotly, alt);
  const key = createHash("sha256")
    .update(`${VERSION} ${DARK_PAPER} ${JSON.stringify(figure)}`)
    .digest("hex")
    .slice(0, 24);
  const file = path.join(root, ".cache", "site", `dark-${key}.png`);
  if (existsSync(file)) return readFileSync(file);
  const { figurePng } = await import("../picture/picture");
  const png = await figurePng(figure);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, png);
  return png;
}

function darkFigure(plotly: JsonObject, alt: string): Figure {
  const plain: Plain = JSON.parse(JSON.stringify({ data: plotly.data ?? [], layout: plotly.layout ?? {} }));
  const dark = asObject(darkened(plain));
  // What was a figure stays one: only colours were exchanged.
  return { data: dark.data as Figure["data"], layout: dark.layout as Figure["layout"], alt };
}

/** Width and height of a PNG in pixels, or null where the bytes are none. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  const isPng = bytes.length > 24 && bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a";
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null;
}
