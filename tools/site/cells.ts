import { asObject, asString } from "../kernel/protocol/wire";
import { type CodeCell, type Notebook, text } from "../notebooks/notebook";

/** A code or Markdown cell as the site shows it. */
export interface SiteCell {
  readonly id: string;
  readonly kind: "code" | "markdown";
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: string;
  /** Place among all cells of the notebook, from 1. */
  readonly number: number;
  /** What the runner knows of it; null for prose. */
  readonly code: CodeCell | null;
}

/** All cells of a notebook in order; raw cells, which are for other programs, are left out. */
export function siteCells(notebook: Notebook): SiteCell[] {
  const cells: unknown = notebook.json.cells;
  if (!Array.isArray(cells)) return [];
  return cells.map(asObject).flatMap((cell, index) => {
    const kind = cell.cell_type;
    if (kind !== "code" && kind !== "markdown") return [];
    const metadata = asObject(cell.metadata);
    const number = index + 1;
    const id = asString(cell.id);
    return [
      {
        id: /^[\w-]+$/.test(id) ? id : `cell-${number}`,
        kind,
        metadata,
        tags: Array.isArray(metadata.tags) ? metadata.tags.map(String) : [],
        source: text(cell.source),
        number,
        code: notebook.cells.find((code) => code.number === number) ?? null,
      },
    ];
  });
}
