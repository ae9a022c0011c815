import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build, version } from "esbuild";
import type { Files } from "./site";

const require = createRequire(import.meta.url);

/** Scripts are written for browsers of the last years. */
const TARGET = ["chrome110", "firefox115", "safari16"];

/** A script for the browser as one file without modules, for a page from a file may not load modules. */
export async function browserScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    loader: { ".ttf": "base64" },
    // What jsPDF would load for HTML and pictures, which no figure holds.
    external: ["html2canvas", "canvg", "dompurify"],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * plotly.js-dist's one file, made smaller; its licence line stays at its top. It takes a second or more and is kept in
 * .cache/ until plotly.js or esbuild changes.
 */
async function plotlyScript(root: string): Promise<string> {
  const source = require.resolve("plotly.js-dist/plotly.js");
  const { size } = statSync(source);
  const { version: plotly }: { version: string } = require("plotly.js-dist/package.json");
  const kept = path.join(root, ".cache", "site", `plotly-${plotly}-${size}-esbuild-${version}.min.js`);
  if (existsSync(kept)) return readFileSync(kept, "utf8");
  const { outputFiles } = await build({
    entryPoints: [source],
    minify: true,
    target: TARGET,
    charset: "utf8",
    legalComments: "inline",
    write: false,
  });
  const text = outputFiles[0]?.text ?? "";
  mkdirSync(path.dirname(kept), { recursive: true });
  writeFileSync(kept, text);
  return text;
}

/** plotly.js with lines, marks, bars and pies only, a quarter of the whole: all that most pages need. */
function basicPlotlyScript(): string {
  const folder = path.dirname(require.resolve("plotly.js-basic-dist-min/package.json"));
  return readFileSync(path.join(folder, "plotly-basic.min.js"), "utf8");
}

/** The style sheets of the site in their order, as one; the text face before them. */
export function siteStyles(folder: string): string {
  const sheets = readdirSync(path.join(folder, "style"))
    .filter((name) => name.endsWith(".css"))
    .sort()
    .map((name) => readFileSync(path.join(folder, "style", name), "utf8"));
  return [textFace(), ...sheets].join("\n");
}

/**
 * Charter, which was drawn for screens: three faces of 15 KB each. They stand in the sheet itself, so that no line
 * moves when they come, and that Firefox, which loads no face of another file, has them in a page from a file.
 */
function textFace(): string {
  const folder = path.dirname(require.resolve("charter-webfont/package.json"));
  const licence = readFileSync(path.join(folder, "LICENSE.fonts.txt"), "utf8").trim();
  const face = (name: string, style: string, weight: number): string => {
    const bytes = readFileSync(path.join(folder, `fonts/charter_${name}.woff2`)).toString("base64");
    return `@font-face{font-family:"Charter Shipped";font-style:${style};font-weight:${weight};src:url(data:font/woff2;base64,${bytes}) format("woff2")}`;
  };
  return [
    `/*! ${licence} */`,
    face("regular", "normal", 400),
    face("italic", "italic", 400),
    face("bold", "normal", 700),
  ].join("\n");
}

/** KaTeX's style sheet with the one font format that all browsers of today read. */
export function formulaStyles(): { readonly css: string; readonly fonts: ReadonlyMap<string, Buffer> } {
  const folder = path.dirname(require.resolve("katex/dist/katex.min.css"));
  const css = readFileSync(path.join(folder, "katex.min.css"), "utf8").replace(
    /,url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g,
    "",
  );
  const names = [...new Set([...css.matchAll(/fonts\/([\w-]+\.woff2)/g)].map(([, name = ""]) => name))].sort();
  return { css, fonts: new Map(names.map((name) => [name, readFileSync(path.join(folder, "fonts", name))])) };
}

/** Everything that pages share: plotly.js, the site's scripts and styles, the formulas' styles and fonts. */
export async function sharedAssets(root: string, folder: string): Promise<Files> {
  const [plotly, site, theme, pdf] = await Promise.all([
    plotlyScript(root),
    browserScript(path.join(folder, "client/main.ts")),
    browserScript(path.join(folder, "client/theme.ts")),
    browserScript(path.join(folder, "client/pdf.ts")),
  ]);
  const { css, fonts } = formulaStyles();
  return new Map<string, string | Buffer>([
    ["assets/plotly.min.js", plotly],
    ["assets/plotly-basic.min.js", basicPlotlyScript()],
    ["assets/site.js", site],
    ["assets/theme.js", theme],
    // Loaded when somebody wants a PDF file, and by no page before.
    ["assets/pdf.js", pdf],
    ["assets/site.css", siteStyles(folder)],
    ["assets/katex.css", css],
    ...[...fonts].map(([name, bytes]): [string, Buffer] => [`assets/fonts/${name}`, bytes]),
  ]);
}
