import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { asObject, asString, type JsonObject } from "../kernel/protocol/json";
import { LANGUAGE_INFO } from "../kernel/protocol/language";

/** An output of a cell as nbformat 4.5 stores it. */
export type Output =
  | { output_type: "stream"; name: string; text: string[] }
  | { output_type: "display_data"; data: JsonObject; metadata: JsonObject }
  | { output_type: "execute_result"; data: JsonObject; metadata: JsonObject; execution_count: number | null }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

export interface CodeCell {
  /** Place among all cells of the notebook, from 1. */
  number: number;
  id: string;
  source: string;
  tags: string[];
  outputs: Output[];
  executionCount: number | null;
}

/** A notebook file; the JSON is kept whole, so that writing changes only outputs and execution counts. */
export interface Notebook {
  file: string;
  name: string;
  json: JsonObject;
  cells: CodeCell[];
}

/** The cell must fail, as a lesson: the tag that nbclient uses for the same. */
export const MUST_FAIL = "raises-exception";

/** The notebooks of a folder in their order, or those whose names start with one of the given words. */
export function findNotebooks(folder: string, only: readonly string[]): string[] {
  const all = readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort();
  for (const word of only) {
    if (!all.some((name) => name.startsWith(word))) {
      throw new Error(`no notebook in ${folder} starts with "${word}"; there are ${all.join(", ") || "none"}`);
    }
  }
  const chosen = only.length === 0 ? all : all.filter((name) => only.some((word) => name.startsWith(word)));
  return chosen.map((name) => path.join(folder, name));
}

/** Reads a notebook and checks that it is one that can be run here. */
export function readNotebook(file: string): Notebook {
  const name = path.basename(file);
  let json: JsonObject;
  try {
    json = asObject(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (json.nbformat !== 4 || !Array.isArray(json.cells)) {
    throw new Error(`${name} is not a notebook of format 4: nbformat is ${JSON.stringify(json.nbformat)}`);
  }
  const cells: CodeCell[] = [];
  json.cells.forEach((value: unknown, index) => {
    const cell = asObject(value);
    if (cell.cell_type !== "code") return;
    const tags = asObject(cell.metadata).tags;
    cells.push({
      number: index + 1,
      id: asString(cell.id),
      source: text(cell.source),
      tags: Array.isArray(tags) ? tags.map(String) : [],
      outputs: Array.isArray(cell.outputs) ? cell.outputs.map(asOutput) : [],
      executionCount: typeof cell.execution_count === "number" ? cell.execution_count : null,
    });
  });
  return { file, name, json, cells };
}

function asOutput(value: unknown): Output {
  const output = asObject(value);
  const data = asObject(output.data);
  const metadata = asObject(output.metadata);
  switch (output.output_type) {
    case "stream":
      return { output_type: "stream", name: asString(output.name), text: lines(text(output.text)) };
    case "error": {
      const traceback = Array.isArray(output.traceback) ? output.traceback.map(String) : [];
      return {
        output_type: "error",
        ename: asString(output.ename),
        evalue: asString(output.evalue),
        traceback,
      };
    }
    case "execute_result": {
      const count = output.execution_count;
      return {
        output_type: "execute_result",
        data,
        metadata,
        execution_count: typeof count === "number" ? count : null,
      };
    }
    default:
      return { output_type: "display_data", data, metadata };
  }
}

/** nbformat stores text as a list of lines; older files as one string. */
export function text(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join("") : asString(value);
}

/** Text as the list of lines that nbformat wants: each but the last ends with a line break. */
export function lines(value: string): string[] {
  // Without an expression, which goes back over a line of megabytes until its stack is full.
  const parts = value.split("\n");
  const last = parts.pop() ?? "";
  const whole = parts.map((line) => `${line}\n`);
  return last === "" ? whole : [...whole, last];
}

export const KERNEL = { name: "hrd-typescript", displayName: "TypeScript (human rights diplomacy)" };

/**
 * The text of a notebook file with the given outputs: indented by one space and with sorted metadata as
 * Jupyter writes it, so that saving in Jupyter and running here make no difference in git.
 *
 * @param executed outputs by cell number
 */
export function notebookText(notebook: Notebook, executed: ReadonlyMap<number, Output[]>): string {
  let count = 0;
  const cells = (notebook.json.cells as unknown[]).map((value, index) => {
    const cell = asObject(value);
    if (cell.cell_type === "code") count += 1;
    const outputs = executed
      .get(index + 1)
      ?.map((output) => (output.output_type === "execute_result" ? { ...output, execution_count: count } : output));
    return withOutputs(cell, outputs && { execution_count: count, outputs });
  });
  const before = asObject(notebook.json.metadata);
  const kernelspec = { display_name: KERNEL.displayName, language: "typescript", name: KERNEL.name };
  const metadata = {
    ...before,
    kernelspec: { ...asObject(before.kernelspec), ...kernelspec },
    language_info: { ...asObject(before.language_info), ...LANGUAGE_INFO },
  };
  return jsonText({ ...notebook.json, cells, metadata });
}

/** A cell with other outputs: whatever else it has, such as pictures pasted into its text, stays. */
export function withOutputs(
  cell: JsonObject,
  run: { execution_count: number | null; outputs: readonly Output[] } | undefined,
): JsonObject {
  const same = { ...cell, metadata: cell.metadata ?? {}, source: lines(text(cell.source)) };
  return cell.cell_type === "code" && run ? { ...same, ...run } : same;
}

/** The text of a notebook file. From format 4.5 on a cell has an id; one without gets one, always the same. */
export function jsonText(json: JsonObject): string {
  const needed = Number(json.nbformat_minor) >= 5;
  const cells = (Array.isArray(json.cells) ? json.cells.map(asObject) : []).map((cell, index) =>
    needed && typeof cell.id !== "string" ? { ...cell, id: `cell-${index + 1}` } : cell,
  );
  return `${JSON.stringify(sorted({ ...json, cells }), null, 1)}\n`;
}

/** Why a notebook is none for this kernel, or null: running Python as TypeScript would write nonsense into it. */
export function foreignKernel({ name, json }: Notebook): string | null {
  const { kernelspec, language_info: info } = asObject(json.metadata);
  const { name: kernel, language, display_name: title } = asObject(kernelspec);
  const spoken = asString(language, asString(asObject(info).name, asString(kernel, "typescript")));
  if (/typescript|javascript|tslab|deno/i.test(spoken) || kernel === KERNEL.name) return null;
  const whose = asString(title, asString(kernel, spoken));
  return `${name} is a notebook for ${whose}, its cells are ${spoken}: only TypeScript is run here. It was left as it is`;
}

/** The value with the keys of all its objects in alphabetical order, as nbformat writes them. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

export function writeNotebook(file: string, content: string): void {
  writeFileSync(file, content);
}
