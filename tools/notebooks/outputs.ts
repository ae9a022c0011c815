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
    if (type === "stream") addText(outputs, asString(content.name), asString(content.text));
    for (const shown of type === "update_display_data" ? (displays.get(name) ?? []) : [])
      Object.assign(shown, formsOf(content));
    const output = outputOf(type, content);
    if (output) outputs.push(output);
    if (output && "data" in output && name !== "") displays.set(name, [...(displays.get(name) ?? []), output]);
  }
  return outputs;
}

function formsOf(content: JsonObject): { data: JsonObject; metadata: JsonObject } {
  return { data: asObject(content.data), metadata: asObject(content.metadata) };
}

/** What one message alone makes an output. */
function outputOf(type: string, content: JsonObject): Output | null {
  if (type === "display_data") return { output_type: type, ...formsOf(content) };
  if (type === "execute_result") return { output_type: type, ...formsOf(content), execution_count: null };
  if (type !== "error") return null;
  const told = Array.isArray(content.traceback) ? content.traceback : [];
  const traceback = told.map((line) => stripVTControlCharacters(String(line)));
  const [ename, evalue] = [asString(content.ename), asString(content.evalue)];
  return { output_type: "error", ename, evalue, traceback };
}

/** Neighbouring pieces of one stream are one output, however the kernel cut them. */
function addText(outputs: Output[], name: string, text: string): void {
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) last.text = lines(last.text.join("") + text);
  else outputs.push({ output_type: "stream", name, text: lines(text) });
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
        data[type] = type.startsWith("text/") || type === "image/svg+xml" ? lines(text(value)) : sorted(value);
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
