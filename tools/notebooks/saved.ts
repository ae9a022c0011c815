import { asObject, asString } from "../kernel/protocol/json";
import { jsonText, lines, type Output, text, withOutputs } from "./notebook";

/** A code cell as it stands in a page. */
export interface PageCellState {
  readonly id: string;
  readonly source: string;
  /** Empty where it was not run. */
  readonly outputs: readonly Output[];
  /** Whether it was run, whatever it gave. */
  readonly ran: boolean;
}

/**
 * The text of a notebook file as it stands in a page: sources as edited, outputs as run; cells that were not run have
 * none. It is laid out as Jupyter and the runner write it.
 *
 * @param skeleton the notebook without outputs and solutions, as JSON
 * @param cells the page's code cells; those of the skeleton that are not among them stay as they are
 */
export function savedNotebook(skeleton: string, cells: readonly PageCellState[]): string {
  const json = asObject(JSON.parse(skeleton));
  let count = 0;
  const all = (Array.isArray(json.cells) ? json.cells.map(asObject) : []).map((cell) => {
    const now = cell.cell_type === "code" ? cells.find(({ id }) => id === asString(cell.id)) : undefined;
    if (now === undefined) return cell;
    if (now.ran) count += 1;
    const ownCount = now.ran ? count : null;
    const outputs = now.outputs.map((output): Output => {
      if (output.output_type === "execute_result") return { ...output, execution_count: ownCount };
      return output.output_type === "stream" ? { ...output, text: lines(text(output.text)) } : output;
    });
    return withOutputs({ ...cell, source: lines(now.source) }, { execution_count: ownCount, outputs });
  });
  return jsonText({ ...json, cells: all });
}
