import { createHash } from "node:crypto";
import { escapeHtml } from "../../lib/tables/escape";
import { baseOf, type Framed, type Heading } from "./site";

/** A link of the site's navigation. */
export interface NavigationLink {
  readonly path: string;
  readonly title: string;
  /** Whether it stands in the menu of notebooks. */
  readonly notebook: boolean;
}

/** A picture of the site that stands for a page where somebody shares it. */
export interface SharedPicture {
  readonly path: string;
  readonly alt: string;
  readonly width: string;
  readonly height: string;
}

export interface ShellOptions {
  readonly navigation: readonly NavigationLink[];
  readonly styles: readonly string[];
  /** Scripts that run when the page is there; one that runs before is always the theme's. */
  readonly scripts: readonly string[];
  readonly picture?: SharedPicture | null;
  /** Whether its figures need the whole of plotly.js. */
  readonly wholePlotly?: boolean;
  /** Where the site is published. Open Graph wants whole addresses; without this one they are the page's own. */
  readonly address?: string | undefined;
}

/**
 * What a page of the site may do: run the site's own scripts, and nothing that is written into the page or made from
 * text. Styles in the page stay allowed, for formulas and figures set sizes with them.
 *
 * @param inline scripts that stand in the page itself, allowed by their hash
 * @param frames whether it may hold a frame of the site: the one in which cells run, which has a policy of its own
 */
export function contentSecurityPolicy(inline: readonly string[] = [], frames = false): string {
  const hashes = inline.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${inline.length === 0 ? "'self'" : hashes.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'none'",
    ...(frames ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The meta elements that every document of the site starts with. */
export function headStart(title: string, description: string, policy: string): string {
  return `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="data:,">`;
}

/** What is shown where somebody shares the page (ogp.me): its title, a sentence, a picture. */
function sharedAs(page: Framed, base: string, { picture, address }: ShellOptions): string {
  const from = address ?? base;
  const facts: [string, string | undefined][] = [
    ["og:type", page.notebook === null ? "website" : "article"],
    ["og:site_name", "Human rights diplomacy, cell by cell"],
    ["og:title", page.title],
    ["og:description", page.description],
    ["og:url", address === undefined ? undefined : `${address}${page.path}`],
    ["og:image", picture ? `${from}${picture.path}` : undefined],
    ["og:image:width", picture?.width],
    ["og:image:height", picture?.height],
    ["og:image:alt", picture?.alt],
  ];
  const lines = facts.flatMap(([name, content]) =>
    content === undefined ? [] : [`<meta property="${name}" content="${escapeHtml(content)}">`],
  );
  return [...lines, '<meta name="twitter:card" content="summary_large_image">'].join("\n");
}

/**
 * The whole document of a page.
 *
 * @param main the page's element `main`, with the id "main"
 */
export function documentOf(page: Framed, main: string, options: ShellOptions): string {
  const base = baseOf(page.path);
  const styles = options.styles.map((file) => `<link rel="stylesheet" href="${base}${file}">`);
  const scripts = options.scripts.map((file) => `<script src="${base}${file}" defer></script>`);
  return `<!doctype html>
<html lang="en" data-base="${base}"${options.wholePlotly === true ? ' data-plotly="whole"' : ""}>
<head>
${headStart(titleOf(page), page.description, contentSecurityPolicy([], page.notebook !== null))}
${sharedAs(page, base, options)}
${styles.join("\n")}
<script src="${base}assets/theme.js"></script>
${scripts.join("\n")}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${header(page, base, options.navigation)}
<div class="page">
${sidebar(page)}
<div class="content">
${smallContents(page)}
${main}
${neighbours(page, base)}
</div>
</div>
${footer(base)}
</body>
</html>
`;
}

export function titleOf(page: Framed): string {
  const site = "Human rights diplomacy";
  return page.title.startsWith(site) ? page.title : `${page.title} · ${site}`;
}

function header(page: Framed, base: string, navigation: readonly NavigationLink[]): string {
  const links = (notebooks: boolean): string =>
    navigation
      .filter(({ notebook }) => notebook === notebooks)
      .map(({ path, title }) => {
        const current = path === page.path ? ' aria-current="page"' : "";
        return `<li><a href="${base}${path}"${current}>${escapeHtml(title)}</a></li>`;
      })
      .join("");
  const chapters = links(true);
  const menu =
    chapters === "" ? "" : `<li><details class="menu"><summary>Notebooks</summary><ul>${chapters}</ul></details></li>`;
  return `<header class="top">
<a class="home" href="${base}index.html"${page.path === "index.html" ? ' aria-current="page"' : ""}>Human rights diplomacy</a>
<nav aria-label="Site"><ul class="site-list">${menu}${links(false)}</ul></nav>
<div class="controls" data-controls></div>
</header>`;
}

/** Headings that stand in the table of contents. The index has none: its first screen is for the answer. */
function listed(page: Framed): readonly Heading[] {
  if (page.path === "index.html") return [];
  return page.headings.filter(({ level }) => level === 2 || (level === 3 && page.notebook !== null));
}

function contentsList(page: Framed): string {
  const items = listed(page).map(
    ({ text, anchor, level }) =>
      `<li class="level${level}"><a class="toc" href="#${escapeHtml(anchor)}">${escapeHtml(text)}</a></li>`,
  );
  return `<ul>${items.join("")}</ul>`;
}

function sidebar(page: Framed): string {
  if (listed(page).length < 2) return "";
  return `<nav class="sidebar" aria-label="On this page"><p>On this page</p>${contentsList(page)}</nav>`;
}

function smallContents(page: Framed): string {
  if (listed(page).length < 2) return "";
  return `<nav class="small-contents" aria-label="Contents"><details><summary>On this page</summary>${contentsList(page)}</details></nav>`;
}

function neighbours({ previous, next }: Framed, base: string): string {
  if (previous === null && next === null) return "";
  const link = (page: { path: string; title: string } | null, rel: "prev" | "next", word: string): string =>
    page === null
      ? "<span></span>"
      : `<a rel="${rel}" href="${base}${page.path}"><span class="word">${word}</span> ${escapeHtml(page.title)}</a>`;
  return `<nav class="neighbours" aria-label="Previous and next">${link(previous, "prev", "← Before")}${link(next, "next", "Next →")}</nav>`;
}

function footer(base: string): string {
  return `<footer class="bottom"><p>Text and compiled data <a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener noreferrer">CC BY 4.0</a>, code MIT. <a href="${base}data.html">Data, corrections and removal</a></p></footer>`;
}
