import { stripVTControlCharacters } from "node:util";
import { asObject, asString, type JsonObject } from "../kernel/protocol/wire";
import { lines, type Output, sorted, text } from "./notebook";

/**
 * From what a kernel published to what a committed notebook stores: nothing that differs from run to run,
 * and for each figure a picture instead of a script.
 */

export const PLOTLY = "application/vnd.plotly.v1+json";

/** The outputs that each display is shown in, for the messages that change it later. */
export type Displays = Map<string, { data: JsonObject; metadata: JsonObject }[]>;

/** Draws a figure's Plotly JSON as a PNG. */
export type DrawPicture = (plotly: JsonObject, alt: string) => Promise<Buffer>;

/**
 * The outputs of a cell as nbformat stores them, still with the kernel's own forms of a figure.
 *
 * @param displays those of the cells before, which this one may change
 */
export function outputsOf(
  messages: readonly { type: string; content: JsonObject }[],
  displays: Displays = new Map(),
): Output[] {
  const outputs: Output[] = [];
  for (const { type, content } of messages) {
    const name = asString(asObject(content.transient).display_id);
    const forms = { data: asObject(content.data), metadata: asObject(content.metadata) };
    if (type === "update_display_data") {
      for (const shown of displays.get(name) ?? []) Object.assign(shown, forms);
      continue;
    }
    if (type === "stream") {
      const name = asString(content.name);
      const last = outputs.at(-1);
      // Neighbouring pieces of one stream are one output, however the kernel cut them.
      if (last?.output_type === "stream" && last.name === name) {
        last.text = lines(last.text.join("") + asString(content.text));
      } else {
        outputs.push({ output_type: "stream", name, text: lines(asString(content.text)) });
      }
    } else if (type === "display_data" || type === "execute_result") {
      const output: Output =
        type === "display_data"
          ? { output_type: type, ...forms }
          : { output_type: type, ...forms, execution_count: null };
      outputs.push(output);
      if (name !== "") displays.set(name, [...(displays.get(name) ?? []), output]);
    } else if (type === "error") {
      const traceback = Array.isArray(content.traceback)
        ? content.traceback.map((line) => stripVTControlCharacters(String(line)))
        : [];
      outputs.push({
        output_type: "error",
        ename: asString(content.ename),
        evalue: asString(content.evalue),
        traceback,
      });
    }
  }
  return outputs;
}

/**
 * The outputs as they are committed. A figure keeps its Plotly JSON and its alternative text and gets a
 * picture; its HTML, which only works while a Jupyter server runs, is left out, since GitHub would show it
 * instead of the picture, as nothing.
 */
export async function committedOutputs(outputs: readonly Output[], draw: DrawPicture): Promise<Output[]> {
  return Promise.all(
    outputs.map(async (output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
      const data: JsonObject = {};
      for (const [type, value] of Object.entries(output.data)) {
        data[type] =
          type.startsWith("text/") || type === "image/svg+xml" ? lines(text(value)) : sorted(value);
      }
      const plotly = data[PLOTLY];
      if (plotly !== undefined) {
        delete data["text/html"];
        const alt = text(data["text/plain"]);
        data["image/png"] = (await draw(asObject(plotly), alt)).toString("base64");
      }
      return { ...output, data };
    }),
  );
}
