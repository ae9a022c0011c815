import { readFileSync } from "node:fs";
import { asObject } from "../../../tools/kernel/protocol/wire";

/** One output of a cell as a notebook file keeps it. */
export interface SavedOutput {
  readonly kind: string;
  readonly mimeTypes: readonly string[];
  readonly text: string;
}

/** All outputs in a notebook file, cell after cell. */
export function savedOutputs(file: string): SavedOutput[] {
  const cells: unknown = asObject(JSON.parse(readFileSync(file, "utf8"))).cells;
  if (!Array.isArray(cells)) throw new Error(`${file} holds no cells`);
  return cells.flatMap((cell: unknown) => {
    const outputs: unknown = asObject(cell).outputs ?? [];
    if (!Array.isArray(outputs)) throw new Error(`${file} holds a cell whose outputs are no list`);
    return outputs.map(asObject).map((output) => ({
      kind: String(output.output_type),
      mimeTypes: Object.keys(asObject(output.data)),
      text: String(output.evalue ?? output.text ?? ""),
    }));
  });
}

/** How many figures the outputs in a notebook file hold. */
export function savedFigureCount(file: string): number {
  const plotly = "application/vnd.plotly.v1+json";
  return savedOutputs(file).filter(({ mimeTypes }) => mimeTypes.includes(plotly)).length;
}
