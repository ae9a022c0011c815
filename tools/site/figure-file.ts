import { MARK } from "../../lib/figures/inner";
import { figureRows, plain } from "./figure-data";

/** What a reader takes away of a figure beside its pictures; runs in the browser, too. */

type Fields = Readonly<Record<string, unknown>>;

/** Widths of a figure in a journal of two columns, in millimetres, and the pixels that it is drawn in for them. */
export const COLUMNS = {
  one: { name: "one column", mm: 88, pixels: 360 },
  two: { name: "two columns", mm: 180, pixels: 760 },
} as const;

/**
 * The meaning of a figure without its drawing, as JSON: what was found, what is drawn, of whom, and the numbers, so that a
 * program, or somebody who draws it anew, needs to take nothing from pixels.
 *
 * @param figure as the page has it
 * @param name what its files are called: notebook and figure
 */
export function figureMeaning(
  { data, layout, alt }: { readonly data: readonly unknown[]; readonly layout: Fields; readonly alt: string },
  name: string,
): string {
  const meta = fields(layout.meta);
  const text = (value: unknown): string | null => (typeof value === "string" ? plain(value) : null);
  const mark = list(layout.annotations)
    .map(fields)
    .find((annotation) => annotation.name === MARK);
  const { columns, rows } = figureRows(data, layout);
  const numeric = columns.map((_, at) => rows.every((row) => row[at] === "" || Number.isFinite(Number(row[at]))));
  const cell = (value: string, at: number): string | number | null =>
    value === "" ? null : numeric[at] ? Number(value) : value;
  const meaning = {
    figure: name,
    finding: text(meta.title),
    shown: text(meta.subtitle),
    notes: list(meta.notes).map(text),
    description: alt,
    data: text(mark?.text) ?? "no synthetic data",
    columns,
    rows: rows.map((row) => row.map(cell)),
  };
  return `${JSON.stringify(meaning, null, 1)}\n`;
}

/** An SVG document with its width in millimetres: in a text it has the size that it was drawn for. */
export function sized(svg: string, mm: number): { readonly svg: string; readonly height: number } {
  const [, box = "0 0 1 1"] = /viewBox="([^"]+)"/.exec(svg) ?? [];
  const [, , width = 1, height = 1] = box.split(/\s+/).map(Number);
  const high = Number(((mm * height) / width).toFixed(2));
  const head = svg.replace(/^<svg [^>]*>/, (tag) =>
    tag.replace(/ (?:width|height)="[^"]*"/g, "").replace(/^<svg /, `<svg width="${mm}mm" height="${high}mm" `),
  );
  return { svg: head, height: high };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
