import { CLAIM_MIME } from "../../../../lib/paper/claims";
import { withAsides } from "../../aside";
import { figureFile, figureHtml } from "../../figure";
import { MOST_HTML, note, pre } from "../../printed";
import { dropRelative } from "../../relative-links";
import { harmless } from "../../sanitise";
import { improveTables } from "../../tables";
import { markVerdict } from "../../verdict-marks";
import type { LiveOutput } from "../protocol";

/** What an output needs to know of its place. */
export interface OutputPlace {
  readonly cellId: string;
  /** Gives out names inside the page. */
  readonly name: (wanted: string) => string;
  readonly isNotebook: (file: string) => boolean;
}

const PLOTLY = "application/vnd.plotly.v1+json";

/** An output as an element, by the code that made the page's own, and as harmless; null shows nothing. */
export function outputElement(output: LiveOutput, place: OutputPlace): HTMLElement | null {
  const holder = document.createElement("div");
  holder.className = "output";
  if (output.output_type === "stream") {
    if (output.text.trim() === "") return null;
    const kind = output.name === "stderr" ? "stream printed stderr" : "stream printed";
    holder.innerHTML = pre(output.text, kind, "Printed output");
  } else if (output.output_type === "error") holder.append(errorElement(output));
  else {
    const shown = dataElement(output.data, place);
    if (shown === null) return null;
    holder.append(shown);
  }
  return holder;
}

function errorElement({ ename, evalue, traceback, place }: LiveOutput & { output_type: "error" }): HTMLElement {
  const box = document.createElement("div");
  box.className = "live-error";
  const where = place === null ? "" : `cell ${place.cell}, line ${place.line}, column ${place.column}: `;
  box.innerHTML = pre(`${where}${ename}: ${evalue}`, "stream error", "Error");
  const rest = traceback.slice(1).join("\n");
  if (rest.trim() !== "") {
    const details = document.createElement("details");
    details.innerHTML = `<summary>Where it came from</summary>${pre(rest, "stream", "Where the error came from")}`;
    box.append(details);
  }
  return box;
}

function dataElement(data: Readonly<Record<string, unknown>>, place: OutputPlace): HTMLElement | null {
  const plain = textOf(data["text/plain"]);
  const plotly = data[PLOTLY];
  if (isFields(plotly)) return figureElement(plotly, plain, place);
  const html = textOf(data["text/html"]);
  if (html !== "" && html.length <= MOST_HTML) {
    const holder = harmless(html);
    dropRelative(holder, place.isNotebook);
    const claim = data[CLAIM_MIME];
    improveTables(holder, `Output of cell ${place.cellId}`, isFields(claim));
    return isFields(claim) ? claimElement(claim, holder, place) : holder;
  }
  const picture = textOf(data["image/png"]);
  if (/^[A-Za-z0-9+/=\s]+$/.test(picture)) {
    const image = document.createElement("img");
    image.className = "picture";
    image.alt = plain || "Picture";
    image.src = `data:image/png;base64,${picture}`;
    return image;
  }
  if (plain === "" && html === "") return null;
  const holder = document.createElement("div");
  holder.innerHTML = pre(plain === "" ? html : plain, "stream", "Result", html.length > MOST_HTML ? html.length : 0);
  return holder;
}

function figureElement(plotly: Readonly<Record<string, unknown>>, alt: string, place: OutputPlace): HTMLElement {
  const holder = document.createElement("div");
  const id = place.name(`figure-${place.cellId}`);
  try {
    const page =
      location.pathname
        .split("/")
        .at(-1)
        ?.replace(/\.html$/, "") ?? "figure";
    const html = figureHtml({ id, file: figureFile(page, id), plotly, alt, picture: "", width: 760, height: 450 });
    holder.innerHTML = withAsides(html);
  } catch (error) {
    holder.innerHTML = note(`This figure cannot be drawn: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const still of holder.querySelectorAll("picture")) still.remove();
  return holder;
}

function claimElement(claim: Readonly<Record<string, unknown>>, holder: HTMLElement, place: OutputPlace): HTMLElement {
  const section = document.createElement("div");
  section.id = place.name(`claim-${Number(claim.id)}`);
  section.append(...holder.childNodes);
  markVerdict(section, String(claim.verdict));
  return section;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join("") : typeof value === "string" ? value : "";
}
