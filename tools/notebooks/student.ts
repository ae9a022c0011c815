import { asObject, type JsonObject } from "../kernel/protocol/wire";
import { jsonText, type Notebook, withOutputs } from "./notebook";
import { isSolution } from "./tags";

/**
 * The text of a notebook for students: without the solutions' cells, and without any output, so that a question
 * "predict first" comes before its answer, and a result that is folded in the notebook is seen when its cell has run.
 * All other cells are as they are.
 */
export function studentNotebook({ json }: Notebook): string {
  const all = Array.isArray(json.cells) ? json.cells.map(asObject) : [];
  const kept = all.filter((cell) => !isSolution(tagsOf(asObject(cell.metadata))));
  const cells = kept.map((cell) => ({
    ...withOutputs(cell, { execution_count: null, outputs: [] }),
    metadata: opened(asObject(cell.metadata)),
  }));
  return jsonText({ ...json, cells });
}

/** Metadata of a cell whose output is shown. */
function opened({ jupyter, collapsed: _, ...others }: JsonObject): JsonObject {
  const { outputs_hidden: __, ...kept } = asObject(jupyter);
  return Object.keys(kept).length === 0 ? others : { ...others, jupyter: kept };
}

function tagsOf(metadata: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(metadata.tags) ? metadata.tags.map(String) : [];
}
