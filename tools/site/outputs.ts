import { CLAIM_MIME } from "../../lib/paper/claims";
import { asObject, type JsonObject } from "../kernel/protocol/wire";
import { type Output, text } from "../notebooks/notebook";
import { PLOTLY } from "../notebooks/outputs";
import { figureFile, figureHtml } from "./figure";
import { attributes } from "./html";
import { markdown } from "./markdown";
import { lightPicture, pngSize } from "./pictures";
import { MOST_HTML, MOST_TEXT, megabytes, note, pre } from "./printed";
import { dropRelative, notebooksOf } from "./relative-links";
import { document, harmless } from "./sanitise";
import type { Files } from "./site";
import { improveTables } from "./tables";
import { markVerdict } from "./verdict-marks";

const MOST_PICTURE = 4_000_000;
/** Width of figures on the page. */
const WIDTH = 760;

export interface OutputContext {
  readonly root: string;
  /** Name of the notebook. */
  readonly notebook: string;
  readonly cellId: string;
  /** Address inside the site of a picture's folder; pictures are added to `files`. */
  readonly files: Files;
  /** Gives out names inside the page. */
  readonly name: (wanted: string) => string;
}

/** One output of a cell as an element: the richest form that a page can show, made harmless. Null shows nothing. */
export async function outputElement(output: Output, context: OutputContext): Promise<HTMLElement | null> {
  const holder = document.createElement("div");
  holder.className = "output";
  if (output.output_type === "stream") {
    const kind = output.name === "stderr" ? "stream printed stderr" : "stream printed";
    holder.innerHTML = pre(text(output.text), kind, "Printed output");
  } else if (output.output_type === "error") {
    holder.innerHTML = pre(`${output.ename}: ${output.evalue}`, "stream error", "Error");
  } else {
    const shown = await dataElement(output.data, context);
    if (shown === null) return null;
    holder.append(shown);
  }
  return holder;
}

async function dataElement(data: JsonObject, context: OutputContext): Promise<HTMLElement | null> {
  const plain = textOf(data, "text/plain");
  if (data[PLOTLY] !== undefined) return figureElement(asObject(data[PLOTLY]), data, plain, context);
  const html = textOf(data, "text/html");
  if (html !== "" && html.length <= MOST_HTML) {
    const holder = harmless(html);
    dropRelative(holder, notebooksOf(context.root));
    const isClaim = data[CLAIM_MIME] !== undefined;
    improveTables(holder, `Output of cell ${context.cellId}`, isClaim);
    return isClaim ? claimElement(asObject(data[CLAIM_MIME]), holder, context) : holder;
  }
  const png = textOf(data, "image/png");
  if (png !== "") return pictureElement(png, plain, context);
  const source = textOf(data, "text/markdown");
  if (source !== "" && source.length <= MOST_TEXT) {
    const holder = markdown(source);
    dropRelative(holder, notebooksOf(context.root));
    improveTables(holder, `Output of cell ${context.cellId}`);
    return holder;
  }
  if (plain === "" && html === "") return null;
  const holder = document.createElement("div");
  holder.innerHTML = pre(plain === "" ? html : plain, "stream", "Result", html.length > MOST_HTML ? html.length : 0);
  return holder;
}

function figureElement(plotly: JsonObject, data: JsonObject, alt: string, context: OutputContext): HTMLElement {
  const id = context.name(`figure-${context.cellId}`);
  const base = `pictures/${context.notebook}/${id}`;
  const png = Buffer.from(textOf(data, "image/png"), "base64");
  const size = pngSize(png);
  if (size === null)
    throw new Error(`${context.notebook}, cell ${context.cellId}: the figure has no picture; run npm run notebooks`);
  context.files.set(`${base}.png`, lightPicture(context.root, png));
  const holder = document.createElement("div");
  holder.innerHTML = figureHtml({
    id,
    file: figureFile(context.notebook, id),
    plotly,
    alt,
    picture: `${base}.png`,
    width: WIDTH,
    height: Math.round((size.height / size.width) * WIDTH),
  });
  return holder;
}

function pictureElement(base64: string, alt: string, context: OutputContext): HTMLElement {
  const bytes = Buffer.from(base64, "base64");
  const size = pngSize(bytes);
  const holder = document.createElement("div");
  if (size === null || bytes.length > MOST_PICTURE) {
    holder.innerHTML = note(`A picture of ${megabytes(bytes.length)} is left out here; the notebook file has it.`);
    return holder;
  }
  const address = `pictures/${context.notebook}/${context.name(`picture-${context.cellId}`)}.png`;
  context.files.set(address, bytes);
  const image = {
    src: address,
    alt: alt || "Picture",
    width: size.width,
    height: size.height,
    class: "picture",
  };
  holder.innerHTML = `<img${attributes(image)}>`;
  return holder;
}

function claimElement(claim: JsonObject, holder: HTMLElement, context: OutputContext): HTMLElement {
  const section = document.createElement("div");
  section.id = context.name(`claim-${Number(claim.id)}`);
  section.append(...holder.childNodes);
  markVerdict(section, String(claim.verdict));
  return section;
}

function textOf(data: JsonObject, type: string): string {
  const value = data[type];
  return value === undefined ? "" : text(value);
}
