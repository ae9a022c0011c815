import path from "node:path";
import { escapeHtml } from "../../lib/tables/escape";
import { findNotebooks } from "../notebooks/notebook";
import { withAsides } from "./aside";
import { browserScript, formulaStyles, sharedAssets, siteStyles } from "./assets";
import { needsWhole } from "./cell-figure";
import { entriesOf, libraryParts } from "./library";
import { entryHtml } from "./library-pages";
import { notebookPage } from "./notebook-page";
import { SITE_FOLDER } from "./render";
import { element } from "./sanitise";
import { contentSecurityPolicy, headStart, titleOf } from "./shell";
import type { Files, Page } from "./site";
import { addTeaching, type TeachingAsset, teachingAssets } from "./teaching";
import { glossary } from "./teaching/glossary";

/**
 * A notebook as one file that holds everything: pictures, plotly.js, styles, fonts, and the documentation of the
 * functions that its cells use. For an e-mail or a learning platform.
 *
 * It stands still: cells run in a frame that alone may make code of text, and a frame of the same file (srcdoc, blob: or
 * data:) has the policy of its page (HTML, "policy container"), so that the page itself would have to allow it.
 *
 * @param word start of the notebook's name
 * @returns name of the page and its text
 */
export async function renderSingle(root: string, word: string): Promise<{ name: string; html: string }> {
  const [file, more] = findNotebooks(path.join(root, "notebooks"), [word]);
  if (file === undefined || more !== undefined)
    throw new Error(
      `--single ${word} has to name one notebook; ${more === undefined ? "none" : "several"} start with it`,
    );
  const files: Files = new Map();
  const entries = entriesOf(libraryParts(root));
  const library = new Map(entries.map((entry) => [entry.name, entry]));
  const { page, used } = await notebookPage(file, { root, library, files, single: true });
  const known = new Set(used.map(({ name }) => name));
  const docs = [...used]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) =>
      entryHtml(entry, (name) => (known.has(name) ? { href: `#lib-${name}`, title: "" } : null), 3, "lib-"),
    );
  if (docs.length > 0)
    page.main.append(
      ...element(
        `<section class="cell appendix"><h2 id="functions">Functions used here</h2>${docs.join("\n")}</section>`,
      ).childNodes,
    );
  addTeaching(page, glossary(), true);
  const ownAssets = await teachingAssets();
  unlink(page.main);
  inlinePictures(page.main, files);
  const name = path.basename(file, ".ipynb");
  return {
    name,
    html: await singleDocument(
      root,
      page,
      ownAssets.filter((asset) => asset.loadedBy(page)),
    ),
  };
}

/** Pages that are not there cannot be linked to. */
function unlink(main: Element): void {
  for (const link of main.querySelectorAll("a[href]"))
    if (!/^(?:#|https?:|mailto:)/.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
}

function inlinePictures(main: Element, files: Files): void {
  for (const picture of main.querySelectorAll("img[src]")) {
    const bytes = files.get(picture.getAttribute("src") ?? "");
    if (bytes === undefined) continue;
    picture.setAttribute("src", `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`);
  }
}

async function singleDocument(root: string, page: Page, assets: readonly TeachingAsset[]): Promise<string> {
  const shared = await sharedAssets(root, SITE_FOLDER);
  const theme = await browserScript(path.join(SITE_FOLDER, "client/theme.ts"));
  const text = (address: string): string => String(shared.get(address) ?? "");
  const hasFigures = page.main.querySelector("figure.figure") !== null;
  const scripts = [
    theme,
    ...(hasFigures ? [text(needsWhole(page) ? "assets/plotly.min.js" : "assets/plotly-basic.min.js")] : []),
    text("assets/site.js"),
    ...assets.filter((asset) => asset.path.endsWith(".js")).map((asset) => asset.content),
  ].map(closed);
  const styles = [
    siteStyles(SITE_FOLDER),
    ...(page.main.querySelector(".katex") === null ? [] : [inlineFormulaStyles()]),
    ...assets.filter((asset) => asset.path.endsWith(".css")).map((asset) => asset.content),
  ];
  page.main.id = "main";
  page.main.setAttribute("tabindex", "-1");
  const [head = "", ...rest] = scripts.map((code) => `<script>${code}</script>`);
  const contents = page.headings
    .filter(({ level }) => level === 2)
    .map(
      ({ text: label, anchor }) =>
        `<li class="level2"><a class="toc" href="#${escapeHtml(anchor)}">${escapeHtml(label)}</a></li>`,
    );
  const list = `<ul>${contents.join("")}</ul>`;
  return `<!doctype html>
<html lang="en" data-base="" data-single="">
<head>
${headStart(titleOf(page), page.description, contentSecurityPolicy(scripts))}
${styles.map((css) => `<style>${css.replaceAll("</", "<\\/")}</style>`).join("\n")}
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><span class="home">Human rights diplomacy</span><div class="controls" data-controls></div></header>
<div class="page">
<nav class="sidebar" aria-label="On this page"><p>On this page</p>${list}</nav>
<div class="content">
<nav class="small-contents" aria-label="Contents"><details><summary>On this page</summary>${list}</details></nav>
${withAsides(page.main.outerHTML)}
</div>
</div>
${rest.join("\n")}
</body>
</html>
`;
}

/** Code as it may stand between script tags; it is changed before its hash is taken. */
function closed(code: string): string {
  return code.replace(/<\/(script)/gi, "<\\/$1").replaceAll("<!--", "<\\!--");
}

function inlineFormulaStyles(): string {
  const { css, fonts } = formulaStyles();
  return css.replace(/url\(fonts\/([\w-]+\.woff2)\)/g, (whole, name: string) => {
    const bytes = fonts.get(name);
    return bytes === undefined ? whole : `url(data:font/woff2;base64,${bytes.toString("base64")})`;
  });
}
