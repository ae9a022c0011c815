import path from "node:path";
import { fileURLToPath } from "node:url";
import { claimTexts } from "../../lib/paper/claims";
import { ledgerState } from "../notebooks/ledger";
import { findNotebooks, readNotebook } from "../notebooks/notebook";
import { answers } from "./answers";
import { withAsides } from "./aside";
import { sharedAssets } from "./assets";
import { needsWhole } from "./cell-figure";
import { dataPage } from "./data-page";
import { figureOne, frontPage } from "./front-page";
import { entriesOf, libraryAddress, libraryParts, nameInR } from "./library";
import { libraryPages } from "./library-pages";
import { rebase } from "./links";
import { liveAssets } from "./live";
import { neighboursOf } from "./neighbours";
import { notebookPage } from "./notebook-page";
import { searchIndex } from "./search";
import { documentOf, type NavigationLink, type SharedPicture } from "./shell";
import { baseOf, type Files, type Page } from "./site";
import { sourcePages } from "./source-pages";
import { addTeaching, GLOSSARY, glossaryPage, type TeachingAsset, teachingAssets } from "./teaching";
import { classPage } from "./teaching/class-page";
import { deckPages } from "./teaching/deck-pages";
import { glossary } from "./teaching/glossary";
import { questionOf, readColophon, titleBlock } from "./title-block";
import { toolbarAssets } from "./toolbar";

/** Folder of this tool, with its scripts and styles. */
export const SITE_FOLDER = path.dirname(fileURLToPath(import.meta.url));

export interface RenderOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Folder of the notebooks; the project's unless said otherwise. */
  readonly notebooks?: string;
  /** Where the site is going to be published, with its slash: what is shared names it. */
  readonly address?: string;
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
  address,
}: RenderOptions): Promise<Files> {
  const assets = sharedAssets(root, SITE_FOLDER);
  // Bundled by another process meanwhile.
  const live = liveAssets(root, notebooks);
  live.catch(() => {}); // it is told where it is waited for
  const sources = findNotebooks(notebooks, []);
  const files: Files = new Map();
  const parts = libraryParts(root);
  const entries = entriesOf(parts);
  const library = new Map(entries.map((entry) => [entry.name, entry]));
  const documentation = libraryPages(parts);
  const listings = sourcePages(root, entries);
  const terms = glossary();
  const chapters: Page[] = [];
  for (const file of sources) chapters.push((await notebookPage(file, { root, library, files, single: false })).page);
  const colophon = readColophon(root);
  const ends = neighboursOf(chapters);
  const linked = chapters.map((page, at) => ({
    ...page,
    description: questionOf(page, colophon) ?? page.description,
    ...ends[at],
  }));
  const committed = findNotebooks(path.join(root, "notebooks"), []).map(readNotebook);
  const { entries: ledger } = ledgerState(claimTexts(), committed);
  const found = answers(chapters, ledger);
  const front = coverOf(figureOne(chapters)?.element ?? null);
  const decks = deckPages(chapters);
  const ownAssets = await teachingAssets();
  const toolbar = live.then((found) => toolbarAssets(root, found, notebooks));
  toolbar.catch(() => {}); // so is this
  const pages: Page[] = [
    frontPage(linked, ledger, { answers: found, colophon }),
    ...linked,
    dataPage(root, files),
    glossaryPage(terms),
    classPage(),
    ...documentation,
  ];
  const navigation = navigationOf(chapters);
  for (const page of pages) {
    const block = titleBlock(page, colophon, ledger, found.get(page.notebook ?? "") ?? null);
    page.main.querySelector("h1")?.insertAdjacentHTML("afterend", block);
    const picture = coverOf(page.main) ?? front;
    addTeaching(page, terms, false);
    rebase(page.main, baseOf(page.path));
    page.main.id = "main";
    page.main.setAttribute("tabindex", "-1");
    const loaded = loadedBy(page, ownAssets);
    files.set(
      page.path,
      documentOf(page, withAsides(page.main.outerHTML), {
        navigation,
        picture,
        address,
        wholePlotly: needsWhole(page),
        ...loaded,
      }),
    );
  }
  for (const { page, main } of listings) files.set(page.path, documentOf(page, main, { navigation, ...PLAIN }));
  for (const deck of decks) files.set(deck.path, deck.document);
  for (const { path: address, content } of ownAssets) files.set(address, content);
  const called = new Map([
    ...terms.map(({ id, aliases }) => [`${GLOSSARY}#${id}`, aliases.join("; ")] as const),
    ...entries.map((entry) => [libraryAddress(entry), nameInR(entry) ?? ""] as const),
  ]);
  files.set("assets/search-index.js", searchIndex(pages, called));
  files.set(".nojekyll", "");
  for (const [address, content] of [...(await assets), ...(await live), ...(await toolbar)])
    files.set(address, content);
  return files;
}

/** The picture that goes along when a page is shared: the one under its title, else its first. */
function coverOf(element: Element | null): SharedPicture | null {
  const img = element?.querySelector(".lead-figure img") ?? element?.querySelector("picture img");
  if (!img) return null;
  const value = (name: string): string => img.getAttribute(name) ?? "";
  return { path: value("src"), alt: value("alt"), width: value("width"), height: value("height") };
}

/** What a page loads that has neither formulas nor anything for those who learn. */
const PLAIN = { styles: ["assets/site.css"], scripts: ["assets/site.js"] };

/** The style sheets and scripts of a page. */
function loadedBy(page: Page, assets: readonly TeachingAsset[]): { styles: string[]; scripts: string[] } {
  const hasFormulas = page.main.querySelector(".katex") !== null;
  const wanted = assets.filter((asset) => asset.loadedBy(page)).map((asset) => asset.path);
  return {
    styles: [
      ...PLAIN.styles,
      ...(hasFormulas ? ["assets/katex.css"] : []),
      ...(page.notebook === null ? [] : ["assets/live.css", "assets/toolbar.css"]),
      ...wanted.filter((address) => address.endsWith(".css")),
    ],
    scripts: [
      ...PLAIN.scripts,
      ...wanted.filter((address) => address.endsWith(".js")),
      ...(page.notebook === null ? [] : ["assets/live.js", "assets/toolbar.js"]),
    ],
  };
}

function navigationOf(chapters: readonly Page[]): NavigationLink[] {
  return [
    ...chapters.map(({ path: address, title }) => ({ path: address, title, notebook: true })),
    { path: "data.html", title: "Data", notebook: false },
    { path: "library.html", title: "Library", notebook: false },
    { path: GLOSSARY, title: "Glossary", notebook: false },
  ];
}
