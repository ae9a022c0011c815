import { createHash } from "node:crypto";
import type { Figure } from "../figures";
import { escapeHtml } from "../tables";
import { scriptJson } from "../tables/inner";
import { FIGURE_LOADER } from "./figure-loader";

/**
 * A figure as HTML for a page that a Jupyter server shows: an element with the alternative text for screen
 * readers, and a script that draws the figure into it, as wide as the page gives it room.
 *
 * The key that ties the two together is a hash of the figure, so the same figure always gives the same
 * HTML.
 */
export function figureHtml(figure: Figure): string {
  const value = scriptJson({ data: figure.data, layout: figure.layout, alt: figure.alt });
  const key = createHash("sha256").update(value).digest("hex").slice(0, 16);
  const height = typeof figure.layout.height === "number" ? figure.layout.height : 450;
  return `<div data-hrd-figure="${key}" role="img" aria-label="${escapeHtml(figure.alt)}" style="width:100%;min-height:${height}px;background:#fff;color:#1a1a1a"></div>
<script>(function () {
${FIGURE_LOADER}
hrdFigure("${key}", ${value});
})();</script>`;
}
