import { headHtml, isRecord, type Json, splitHeader } from "../../lib/figures/inner";
import { escapeHtml, scriptJson } from "../../lib/tables/escape";
import type { JsonObject } from "../kernel/protocol/wire";
import { setAside } from "./aside";
import { figureRows, plain, shortNumber } from "./figure-data";
import { attributes } from "./html";
import { isName, isShort } from "./tables";

/** What the page needs to show a figure. */
export interface FigureParts {
  /** Name of the figure in the page. */
  readonly id: string;
  /** What its files are called: notebook and figure. */
  readonly file: string;
  readonly plotly: JsonObject;
  readonly alt: string;
  /** Address of the picture, as seen from the page. */
  readonly picture: string;
  /** Size of the picture on the page, in the page's pixels. */
  readonly width: number;
  readonly height: number;
}

/** What the files of a figure are called, from its notebook and its name in the page: "01-long-list-figure1". */
export function figureFile(notebook: string, id: string): string {
  return `${notebook}-${id.replace(/^figure-(?=figure)/, "")}`;
}

/** Rows of a figure's table; its CSV has all of them. */
const MOST_ROWS = 300;

/**
 * A figure: its words; the plot of the committed picture, which a script replaces by the live figure; what it shows as a
 * table; and its JSON for the script. Nothing in it runs.
 */
export function figureHtml(parts: FigureParts): string {
  const { id, plotly, alt } = parts;
  const composed: Json = JSON.parse(JSON.stringify(layoutOf(plotly)));
  const split = isRecord(composed) ? splitHeader(composed) : null;
  const height = heightOf(split?.layout ?? layoutOf(plotly));
  // The picture has its words in it, for whoever takes it along; here they are not seen.
  const seen = `${parts.width} / ${Math.max(parts.height - (split?.cut ?? 0), 1)}`;
  const image = attributes({
    src: parts.picture,
    alt,
    width: parts.width,
    height: parts.height,
    decoding: "async",
  });
  return `<figure class="figure" id="${escapeHtml(id)}" data-name="${escapeHtml(parts.file)}">
${split === null ? "" : `<figcaption class="figure-head">${headHtml(split.head)}</figcaption>`}
<div class="frame" style="--height:${height}px;--seen:${seen}">
<picture class="still"><img${image}></picture>
</div>
<div class="tools" role="group" aria-label="Figure"></div>
${rowsHtml(plotly, id)}
<script type="application/json" class="figure-json">${scriptJson({ data: plotly.data, layout: plotly.layout, alt })}</script>
</figure>`;
}

/** Height of the live plot in pixels. */
function heightOf({ height }: Readonly<Record<string, unknown>>): number {
  return typeof height === "number" && height > 0 && height < 4000 ? Math.round(height) : 450;
}

/** The figure's title as plain text: its first lines that are bold, or all of it. */
export function figureTitle(plotly: JsonObject): string {
  const { title } = layoutOf(plotly);
  const text = typeof title === "object" && title !== null && "text" in title ? String(title.text) : "";
  const bold = [...text.matchAll(/<b>(.*?)<\/b>/g)].map(([, part = ""]) => part);
  return plain(bold.length > 0 ? bold.join(" ") : text);
}

function rowsHtml(plotly: JsonObject, id: string): string {
  const data = Array.isArray(plotly.data) ? plotly.data : [];
  const { columns, rows } = figureRows(data, layoutOf(plotly));
  if (rows.length === 0) return "";
  const numeric = columns.map((_, at) => rows.every((row) => Number.isFinite(Number(row[at] ?? ""))));
  const side = (at: number): string => (numeric[at] === true ? ' class="right"' : "");
  const cellHtml = (cell: string, at: number): string => {
    const kind = isShort(cell) ? ' class="short"' : at === 0 && isName(cell) ? ' class="name"' : "";
    const look = numeric[at] === true ? side(at) : kind;
    return `<td${look}>${escapeHtml(shortNumber(cell))}</td>`;
  };
  const head = columns.map((name, at) => `<th scope="col"${side(at)}>${escapeHtml(name)}</th>`).join("");
  const body = rows
    .slice(0, MOST_ROWS)
    .map((row) => `<tr>${row.map(cellHtml).join("")}</tr>`)
    .join("\n");
  const more =
    rows.length > MOST_ROWS ? `<p>The first ${MOST_ROWS} of ${rows.length} rows; the CSV file has all.</p>` : "";
  const name = `Data of the figure: ${figureTitle(plotly) || id}`;
  return `<details class="rows"><summary>Data as a table</summary>
<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(name)}"><table class="data no-tools">
<thead><tr>${head}</tr></thead>
<tbody>
${setAside(body)}
</tbody></table></div>${more}</details>`;
}

function layoutOf(plotly: JsonObject): Readonly<Record<string, unknown>> {
  const { layout } = plotly;
  return typeof layout === "object" && layout !== null ? { ...layout } : {};
}
