import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

interface CellOptions {
  readonly outputs?: readonly unknown[];
  readonly id?: string;
}

export function markdownCell(source: string, id = "text"): unknown {
  return { cell_type: "markdown", id, metadata: {}, source };
}

export function codeCell(source: string, { outputs = [], id = "code" }: CellOptions = {}): unknown {
  return { cell_type: "code", id, metadata: {}, source, execution_count: 1, outputs };
}

export function displayed(data: Readonly<Record<string, unknown>>): unknown {
  return { output_type: "display_data", metadata: {}, data };
}

/** A new folder with one notebook of these cells, and the notebook's file. */
export function notebookFolder(cells: readonly unknown[], name = "90-made-up"): { folder: string; file: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "hrd-site-"));
  const file = path.join(folder, `${name}.ipynb`);
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return { folder, file };
}

/** Cells that try what a page must not let happen. Each would set `window.hacked`. */
export const HOSTILE = "window.hacked = (window.hacked ?? 0) + 1";

export function hostileCells(): unknown[] {
  const attacks = `<script>${HOSTILE}</script>
<img src="pictures/figure-1.png" onload="${HOSTILE}">
<a href="javascript:${HOSTILE}">click</a>
<a href="data:text/html,<script>${HOSTILE}</script>">data</a>
<svg onload="${HOSTILE}"><script>${HOSTILE}</script></svg>
<math><mtext><style><img src="pictures/figure-1.png" onload="${HOSTILE}"></style></mtext></math>
<iframe srcdoc="<script>parent.${HOSTILE}</script>"></iframe>
<form action="javascript:${HOSTILE}"><input name="innerHTML" autofocus onfocus="${HOSTILE}"></form>
<style>body { display: none }</style>
<base href="https://example.org/"><meta http-equiv="refresh" content="0; url=https://example.org/">
<div style="position:fixed;inset:0" onmouseover="${HOSTILE}">cover</div>
<span data-slot="0">slot</span><p id="main">id</p>`;
  return [
    markdownCell(
      `# Hostile ${"<script>"}${HOSTILE}</script>\n\n${attacks}\n\n[link](javascript:${HOSTILE}) $x<img src=pictures/figure-1.png onload=${HOSTILE}>$ $\\href{javascript:${HOSTILE}}{x}$`,
    ),
    codeCell(`const x = "</code></pre><script>${HOSTILE}</script>"; // </script><script>${HOSTILE}</script>`, {
      outputs: [
        displayed({ "text/html": attacks, "text/plain": "x" }),
        displayed({
          "text/html": `<table><caption onclick="${HOSTILE}">c</caption><tbody><tr><td><a href="javascript:${HOSTILE}">a</a><a href=" java\tscript:${HOSTILE}">b</a></td></tr></tbody></table>`,
        }),
        displayed({ "text/markdown": attacks }),
        displayed({ "application/javascript": HOSTILE, "text/plain": `</pre><script>${HOSTILE}</script>` }),
        displayed({ "text/html": `<p>${"x".repeat(5_000_000)}</p>`, "text/plain": "y".repeat(5_000_000) }),
        {
          output_type: "stream",
          name: "stdout",
          text: `</pre><script>${HOSTILE}</script>\u001b[31mred\u001b[0m`,
        },
        { output_type: "stream", name: "stdout", text: "z".repeat(5_000_000) },
        { output_type: "error", ename: "<b>E</b>", evalue: `<script>${HOSTILE}</script>`, traceback: [] },
      ],
    }),
  ];
}

/** A figure whose labels attack. */
export function hostileFigure(png: string): unknown {
  const attack = `</script><script>${HOSTILE}</script><img src=x onerror="${HOSTILE}"><a href="javascript:${HOSTILE}">x</a>`;
  return displayed({
    "application/vnd.plotly.v1+json": {
      data: [{ type: "scatter", mode: "markers", name: attack, x: [1, 2], y: [1, 2], text: [attack, attack] }],
      layout: { title: { text: attack }, height: 300, xaxis: { title: { text: attack } } },
    },
    "image/png": png,
    "text/plain": `" onload="${HOSTILE}`,
  });
}

/** One white pixel. */
export const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";
