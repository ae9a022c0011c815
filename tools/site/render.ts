import path from "node:path";
import { fileURLToPath } from "node:url";
import { findNotebooks } from "../notebooks/notebook";
import { withAsides } from "./aside";
import { sharedAssets } from "./assets";
import { dataPage } from "./data-page";
import type { AddedAsset, AddedPage, ExtensionPage } from "./extension";
import { extensions } from "./extensions";
import { finishedPage } from "./finished-page";
import { frontPage } from "./front-page";
import { ledger } from "./ledger";
import { libraryEntries } from "./library";
import { libraryPages } from "./library-pages";
import { rebase } from "./links";
import { notebookPage } from "./notebook-page";
import { document, element } from "./sanitise";
import { searchIndex } from "./search";
import { documentOf, type NavigationLink } from "./shell";
import { baseOf, type Files, type Page } from "./site";
import { sourcePages } from "./source-pages";

/** Folder of this tool, with its scripts and styles. */
export const SITE_FOLDER = path.dirname(fileURLToPath(import.meta.url));

export interface RenderOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the notebooks; the project's unless said otherwise. */
  readonly notebooks?: string;
}

/**
 * The whole site from the committed notebooks, as files by their addresses. Nothing is run, nothing is written; the
 * same project gives the same bytes.
 *
 * @throws Error naming notebook and cell where a figure has no picture or a link leads nowhere
 */
export async function renderSite({
  root,
  notebooks = path.join(root, "notebooks"),
}: RenderOptions): Promise<Files> {
  const assets = sharedAssets(root, SITE_FOLDER);
  const sources = findNotebooks(notebooks, []);
  const files: Files = new Map();
  const added = extensions();
  const entries = libraryEntries(root);
  const library = new Map(entries.map((entry) => [entry.name, entry]));
  const documentation = libraryPages(entries);
  const listings = sourcePages(root, entries);
  const chapters: Page[] = [];
  for (const file of sources)
    chapters.push(
      (await notebookPage(file, { root, library, extensions: added, files, single: false })).page,
    );
  const linked = chapters.map((page, at) => ({
    ...page,
    previous: neighbour(chapters[at - 1] ?? null),
    next: neighbour(chapters[at + 1] ?? null),
  }));
  const ownPages = (await Promise.all(added.map((extension) => extension.pages?.(chapters) ?? []))).flat();
  const ownAssets = (await Promise.all(added.map((extension) => extension.assets?.() ?? []))).flat();
  const framed = ownPages.filter((page) => page.document === undefined);
  const pages: Page[] = [
    frontPage(chapters, ledger(root)),
    ...linked,
    dataPage(root, files),
    ...framed.map(extensionPage),
    ...documentation,
  ];
  const navigation = navigationOf(chapters, ownPages);
  for (const page of pages) {
    const seen: ExtensionPage = extended(page);
    for (const extension of added) extension.finish?.(page.main, seen);
    rebase(page.main, baseOf(page.path));
    page.main.id = "main";
    page.main.setAttribute("tabindex", "-1");
    const loaded = loadedBy(page, seen, ownAssets);
    files.set(page.path, documentOf(page, withAsides(page.main.outerHTML), { navigation, ...loaded }));
  }
  for (const { page, main } of listings)
    files.set(page.path, documentOf(page, main, { navigation, ...PLAIN }));
  for (const page of ownPages) if (page.document !== undefined) files.set(page.path, page.document);
  for (const { path: address, content } of ownAssets) files.set(address, content);
  files.set("assets/search-index.js", searchIndex(pages));
  files.set(".nojekyll", "");
  for (const [address, content] of await assets) files.set(address, content);
  return files;
}

function neighbour(page: Page | null): Page["previous"] {
  return page === null ? null : { path: page.path, title: page.title };
}

export function extended(page: Page, single = false): ExtensionPage {
  const { path: address, title, notebook, cells } = page;
  return { path: address, title, notebook, cells, single, base: baseOf(address) };
}

/** What a page loads that has neither formulas nor anything of an extension. */
const PLAIN = { styles: ["assets/site.css"], scripts: ["assets/site.js"] };

/** The style sheets and scripts of a page. */
function loadedBy(
  page: Page,
  seen: ExtensionPage,
  assets: readonly AddedAsset[],
): { styles: string[]; scripts: string[] } {
  const hasFormulas = page.main.querySelector(".katex") !== null;
  const wanted = assets.filter((asset) => asset.loadOn?.(seen) === true).map((asset) => asset.path);
  return {
    styles: [
      ...PLAIN.styles,
      ...(hasFormulas ? ["assets/katex.css"] : []),
      ...wanted.filter((address) => address.endsWith(".css")),
    ],
    scripts: [...PLAIN.scripts, ...wanted.filter((address) => address.endsWith(".js"))],
  };
}

function navigationOf(chapters: readonly Page[], added: readonly AddedPage[]): NavigationLink[] {
  const own = added.flatMap(({ path: address, title, navigation }) =>
    navigation === undefined ? [] : [{ path: address, label: navigation, title }],
  );
  return [
    ...chapters.map(({ path: address, title, notebook }) => ({
      path: address,
      label: /^\d+/.exec(notebook ?? "")?.[0] ?? title,
      title,
    })),
    { path: "data.html", label: "Data", title: "Data" },
    { path: "library.html", label: "Library", title: "Functions of the library" },
    ...own,
  ];
}

function extensionPage({ path: address, title, html }: AddedPage): Page {
  const main = document.createElement("main");
  main.append(...element(html).childNodes);
  return finishedPage(main, {
    path: address,
    title,
  });
}
