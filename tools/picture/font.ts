import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import opentype, { type Font } from "opentype.js";

const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");

/** The faces that pictures are set in; figures use no others. */
export const FONT_FILES = {
  regular: join(folder, "DejaVuSans.ttf"),
  bold: join(folder, "DejaVuSans-Bold.ttf"),
  italic: join(folder, "DejaVuSans-Oblique.ttf"),
} as const;

type Face = keyof typeof FONT_FILES;

const faces = new Map<Face, Font>();

/** Reads a face once; later calls get the same. */
function face(name: Face): Font {
  const known = faces.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(FONT_FILES[name]);
  const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  faces.set(name, font);
  return font;
}

/** How a run of text is set, as far as its width depends on it. */
export interface TextStyle {
  /** In pixels. */
  readonly size: number;
  readonly bold: boolean;
}

/**
 * The width of a line of text in pixels, from the glyphs' advances. A letter that the font does not have
 * takes the width of its replacement box, which is what will be drawn.
 */
export function textAdvance(text: string, style: TextStyle): number {
  const font = face(style.bold ? "bold" : "regular");
  // Letter by letter: opentype.js cannot apply all of DejaVu's substitutions, and figures use no script
  // that needs them.
  let units = 0;
  for (const letter of text) units += font.charToGlyph(letter).advanceWidth ?? 0;
  return (units * style.size) / font.unitsPerEm;
}

/** Height above and below the baseline in pixels, as browsers report a line of this font. */
export function textExtent(style: TextStyle): { readonly ascent: number; readonly descent: number } {
  const font = face(style.bold ? "bold" : "regular");
  const unit = style.size / font.unitsPerEm;
  return { ascent: font.ascender * unit, descent: -font.descender * unit };
}
