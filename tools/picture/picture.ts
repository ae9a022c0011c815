import { Resvg } from "@resvg/resvg-js";
import type { Figure } from "../../lib/figures/figure";
import { fitHeader, PAGE_WIDTH } from "../../lib/figures/inner";
import { FONT_FILES } from "./font";
import { plotlyWindow } from "./plotly-window";

export interface PictureOptions {
  /** Width of the figure in its own pixels; 760 unless said otherwise, what a notebook's page gives it. */
  readonly width?: number;
  /**
   * Picture pixels for each of those; 1.3 unless said otherwise, which makes it about a thousand pixels
   * wide.
   */
  readonly scale?: number;
}

/**
 * The figure as an SVG document, drawn by plotly.js without a browser. The same figure gives the same
 * bytes.
 *
 * @example await writeFile("figure.svg", await figureSvg(figure))
 */
export async function figureSvg(figure: Figure, options: Pick<PictureOptions, "width"> = {}): Promise<string> {
  const { width = PAGE_WIDTH } = options;
  return stable(await plotlyWindow().draw({ ...figure, layout: fitHeader(figure.layout, width) }, width));
}

/**
 * The figure as a PNG, for places that run no script (GitHub's preview, an e-mail, a slide). Letters are
 * DejaVu's, on every machine. The same figure gives the same bytes on the same processor family.
 *
 * @returns the file's bytes; the picture is `width * scale` pixels wide
 * @example await writeFile("figure.png", await figurePng(figure, { width: 760, scale: 2 }))
 */
export async function figurePng(figure: Figure, options: PictureOptions = {}): Promise<Buffer> {
  const svg = await figureSvg(figure, options);
  const resvg = new Resvg(svg, {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: options.scale ?? 1.3 },
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(FONT_FILES),
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
  });
  return resvg.render().asPng();
}

/**
 * Plotly calls clip paths by the number of figures drawn before, and classes of traces by random numbers; a
 * picture must depend on neither.
 */
function stable(svg: string): string {
  const ids = new Map<string, string>();
  for (const [, id] of svg.matchAll(/\bid="([^"]+)"/g))
    if (id !== undefined && !ids.has(id)) ids.set(id, `id${ids.size}`);
  return svg
    .replace(/(class="[^"]*?) trace[0-9a-f]{6}(?=[" ])/g, "$1")
    .replace(/\bid="([^"]+)"/g, (_, id: string) => `id="${ids.get(id) ?? id}"`)
    .replace(
      /url\((&quot;|['"]?)#([^)'"&]+)\1\)/g,
      (_, quote: string, id: string) => `url(${quote}#${ids.get(id) ?? id}${quote})`,
    )
    .replace(/(href="#)([^"]+)"/g, (_, start: string, id: string) => `${start}${ids.get(id) ?? id}"`);
}
