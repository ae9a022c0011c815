import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "../../lib/figures/figure";
import { asObject, type JsonObject } from "../jupyter/wire";
import { readNotebook, text } from "../notebooks/notebook";
import { PLOTLY } from "../notebooks/outputs";
import { DARK_PAPER, darkened, type Plain } from "./dark";
import { withPalette } from "./palette";

/**
 * The pictures of figures as pages show them, light and dark. Each is made once and kept in .cache/ by what it shows:
 * drawing takes half a second.
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

/** The dark twin of a figure's committed picture, in the same size. */
export async function darkPicture(root: string, plotly: JsonObject, alt: string): Promise<Buffer> {
  const figure = darkFigure(plotly, alt);
  const kept = keptFile(root, "dark", darkKey(figure));
  if (existsSync(kept)) return readFileSync(kept);
  const { figurePng } = await import("../picture/picture");
  return keep(kept, withPalette(await figurePng(figure)));
}

const { version: plotlyVersion }: { version: string } = createRequire(import.meta.url)(
  "plotly.js-dist/package.json",
);

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

interface Drawn {
  readonly plotly: JsonObject;
  readonly png: Buffer;
  readonly alt: string;
}

function figuresOf(notebook: string): Drawn[] {
  return readNotebook(notebook).cells.flatMap(({ outputs }) =>
    outputs.flatMap((output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
      const { data } = output;
      if (data[PLOTLY] === undefined || data["image/png"] === undefined) return [];
      const png = Buffer.from(text(data["image/png"]), "base64");
      return [{ plotly: asObject(data[PLOTLY]), png, alt: text(data["text/plain"] ?? "") }];
    }),
  );
}

/**
 * Makes the pictures of some notebooks, the last one first: whoever makes the pages starts at the first, and the two
 * meet where no picture is missing any more.
 */
export async function makePictures(root: string, notebooks: readonly string[]): Promise<void> {
  for (const { plotly, png, alt } of notebooks.flatMap(figuresOf).reverse()) {
    lightPicture(root, png);
    await darkPicture(root, plotly, alt);
  }
}

/**
 * The same in a process of its own, beside everything else that makes the site, where many are missing. Nothing
 * depends on its success: what it has not made is made when it is needed.
 */
export async function makePicturesBeside(root: string, notebooks: readonly string[]): Promise<void> {
  const missing = notebooks.flatMap(figuresOf).filter(({ png, plotly, alt }) => {
    const files = [keptFile(root, "light", png), keptFile(root, "dark", darkKey(darkFigure(plotly, alt)))];
    return !files.every((file) => existsSync(file));
  });
  if (missing.length < 3) return;
  const script = fileURLToPath(new URL("pictures-main.ts", import.meta.url));
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, root, ...notebooks], {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      stdio: "ignore",
    });
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
}

function darkKey(figure: Figure): string {
  return `${DARK_PAPER} ${plotlyVersion} ${JSON.stringify(figure)}`;
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
