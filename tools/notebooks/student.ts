import { asObject } from "../kernel/protocol/wire";
import { jsonText, type Notebook, withOutputs } from "./notebook";
import { isSolution } from "./tags";

/**
 * The text of a notebook for students: without the solutions' cells, and without any output, so that a question
 * "predict first" comes before its answer. All other cells are as they are.
 */
export function studentNotebook({ json }: Notebook): string {
  const all = Array.isArray(json.cells) ? json.cells.map(asObject) : [];
  const kept = all.filter((cell) => !isSolution(tagsOf(asObject(cell.metadata))));
  const cells = kept.map((cell) => withOutputs(cell, { execution_count: null, outputs: [] }));
  return jsonText({ ...json, cells });
}

function tagsOf(metadata: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(metadata.tags) ? metadata.tags.map(String) : [];
}
