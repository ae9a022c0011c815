import { isRecord, type Json, type Layout, leftOfPlot, markAtEdge } from "../../../lib/figures/inner";
import { csvText, figureRows } from "../figure-data";
import { COLUMNS, figureMeaning, sized } from "../figure-file";
import { fitted } from "../narrow";
import { announce, base, button, download, loadScript } from "./dom";
import { plotly } from "./plotly";
import type { FigureValue } from "./shared";

/** Pictures for a screen are as wide as the one in the notebook. */
const WIDTH = 760;

/**
 * What a reader takes away of a figure: pictures for a screen and for a journal's one or two columns, its data as a tidy
 * CSV file, and its meaning as JSON. Files are named after notebook and figure.
 */
export function saveMenu(figure: FigureValue, name: string): HTMLElement {
  const menu = document.createElement("details");
  menu.className = "save";
  const summary = document.createElement("summary");
  summary.textContent = "Save";
  menu.append(summary);
  const add = (label: string, what: string, act: () => Promise<void> | void): void => {
    const made = button(label, () => void Promise.resolve(act()).then(() => announce(`${label} saved`), failed));
    made.className = "download";
    made.setAttribute("aria-label", `${label}: save ${what}`);
    menu.append(made);
  };
  add("PNG", "the picture as PNG", () => png(figure, name));
  for (const column of [COLUMNS.one, COLUMNS.two]) {
    const file = `${name}-${column.mm}mm`;
    const label = `${column.mm} mm`;
    add(`SVG ${label}`, `the picture as SVG, ${column.name}`, async () => {
      const { svg } = sized(await drawing(figure, column.pixels), column.mm);
      download(`${file}.svg`, svg, "image/svg+xml");
    });
    // A page that stands alone has no other files to load.
    if (document.documentElement.dataset.single === undefined)
      add(`PDF ${label}`, `the picture as PDF, ${column.name}`, async () => {
        download(`${file}.pdf`, await pdf(figure, column), "application/pdf");
      });
  }
  add("CSV", "the data as CSV", () => {
    const { columns, rows } = figureRows(figure.data, figure.layout);
    download(`${name}.csv`, csvText([columns, ...rows]), "text/csv");
  });
  add("JSON", "the meaning as JSON", () => {
    download(`${name}.json`, figureMeaning(figure, name), "application/json");
  });
  return menu;
}

function failed(error: unknown): void {
  console.error(error);
  announce("The file could not be made.");
}

async function png(figure: FigureValue, name: string): Promise<void> {
  const address = await image(figure, WIDTH, "png");
  const bytes = Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  download(`${name}.png`, new Blob([bytes], { type: "image/png" }), "image/png");
}

async function pdf(figure: FigureValue, column: { readonly mm: number; readonly pixels: number }): Promise<Blob> {
  if (window.hrdPdf === undefined) await loadScript(`${base()}assets/pdf.js`);
  if (window.hrdPdf === undefined) throw new Error("pdf.js was loaded, but is not there");
  const { family, ready, make } = window.hrdPdf;
  await ready();
  // A screen's letters stand on whole pixels and move closer in pairs; those of the file are as wide as the font says.
  const { style } = document.documentElement;
  style.textRendering = "geometricPrecision";
  style.fontKerning = "none";
  const drawn = await drawing(figure, column.pixels, family).finally(() => {
    style.removeProperty("text-rendering");
    style.removeProperty("font-kerning");
  });
  const { svg, height } = sized(drawn, column.mm);
  const title: unknown = Reflect.get(Object(figure.layout.meta), "title");
  return make(svg, { width: column.mm, height, title: String(title ?? ""), subject: figure.alt });
}

/** The figure as SVG, `width` pixels wide. */
async function drawing(figure: FigureValue, width: number, family?: string): Promise<string> {
  const address = await image(figure, width, "svg", family);
  return decodeURIComponent(address.slice(address.indexOf(",") + 1));
}

/** The figure in light colours, whatever the page is in, and with its words: it goes into papers and slides. */
async function image(figure: FigureValue, width: number, format: "svg" | "png", family?: string): Promise<string> {
  const library = await plotly(figure.data);
  // A copy, for plotly.js writes into what it draws.
  const copy: { data: Json; layout: Json } = JSON.parse(JSON.stringify({ data: figure.data, layout: figure.layout }));
  const { data, layout } = fitted(copy.data, copy.layout, width);
  const all: Layout = isRecord(layout) ? layout : {};
  const size = { width, height: typeof all.height === "number" ? all.height : 450 };
  const font = { ...(isRecord(all.font) ? all.font : {}), ...(family === undefined ? {} : { family }) };
  const place = document.createElement("div");
  place.className = "drawing";
  document.body.append(place);
  try {
    await library.newPlot(place, data, { ...all, ...size, font, autosize: false }, { staticPlot: true });
    const marked = markAtEdge(all, leftOfPlot(place));
    if (marked !== null) await library.relayout(place, { annotations: marked.annotations });
    return await library.toImage(place, { format, ...size, scale: format === "png" ? 2 : 1 });
  } finally {
    library.purge(place);
    place.remove();
  }
}
