import { asObject } from "../kernel/protocol/wire";
import { lines, type Notebook, sorted, text } from "./notebook";
import { isSolution } from "./tags";

/**
 * The text of a notebook for students: without the solutions' cells, and without any output, so that a question
 * "predict first" comes before its answer. All other cells are as they are.
 */
export function studentNotebook({ json }: Notebook): string {
  const all = Array.isArray(json.cells) ? json.cells.map(asObject) : [];
  const kept = all.filter((cell) => !isSolution(tagsOf(asObject(cell.metadata))));
  const cells = kept.map(({ cell_type, id, metadata, source }) => ({
    cell_type,
    id,
    metadata: metadata ?? {},
    source: lines(text(source)),
    ...(cell_type === "code" ? { execution_count: null, outputs: [] } : {}),
  }));
  return `${JSON.stringify(sorted({ ...json, cells }), null, 1)}\n`;
}

function tagsOf(metadata: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(metadata.tags) ? metadata.tags.map(String) : [];
}
