import path from "node:path";
import { readNotebook } from "../notebooks/notebook";
import { isSolution } from "../notebooks/tags";
import { setAside } from "./aside";
import { type SiteCell, siteCells } from "./cells";
import { finishedPage } from "./finished-page";
import { highlight, type LinkOf } from "./highlight";
import { plainText, unique } from "./html";
import { libraryImports } from "./imports";
import { type LibraryEntry, libraryAddress, summary } from "./library";
import { rewriteLinks } from "./links";
import { markdown } from "./markdown";
import { dropUnanswered, onThePage } from "./media";
import { outputElement } from "./outputs";
import { document } from "./sanitise";
import type { Files, Page } from "./site";
import { improveTables } from "./tables";
import { teachingHtml } from "./teaching";

export interface NotebookContext {
  readonly root: string;
  readonly library: ReadonlyMap<string, LibraryEntry>;
  /** Takes the pictures and copies that the page needs. */
  readonly files: Files;
  /** Whether the page has to stand alone. */
  readonly single: boolean;
}

/** A notebook's page, and which names of the library its cells use. */
export interface NotebookPage {
  readonly page: Page;
  readonly used: readonly LibraryEntry[];
}

/** The page of a notebook, from its file: nothing is run. */
export async function notebookPage(file: string, context: NotebookContext): Promise<NotebookPage> {
  const notebook = readNotebook(file);
  const cells = siteCells(notebook);
  const name = path.basename(file, ".ipynb");
  const address = `${name}.html`;
  const imported = new Map(cells.flatMap((cell) => (cell.code === null ? [] : [...libraryImports(cell.source)])));
  const used = new Map<string, LibraryEntry>();
  const linkOf: LinkOf = (local) => {
    const entry = context.library.get(imported.get(local) ?? "");
    if (entry === undefined) return null;
    used.set(entry.name, entry);
    return {
      href: context.single ? `#lib-${entry.name}` : libraryAddress(entry),
      title: summary(entry),
    };
  };
  const names = unique();
  // Code cells are counted from 0, as `data-cell`, errors and editors of the live page name them.
  const place = new Map(notebook.cells.map(({ number }, at) => [number, at]));
  const main = document.createElement("main");
  for (const written of cells) {
    const cell = onThePage(written);
    // Nowhere on the site: not on the page, not for search, not among the functions that the page uses.
    if (cell === null || isSolution(cell.tags)) continue;
    const section = document.createElement("section");
    section.className = `cell ${cell.kind}`;
    section.id = names(`cell-${cell.id}`);
    if (cell.kind === "markdown") section.append(...prose(cell, context, name));
    else section.innerHTML = code(cell, linkOf, place.get(cell.number) ?? 0);
    const outputs = document.createElement("div");
    outputs.className = "outputs";
    for (const output of cell.code?.outputs ?? []) {
      const { root, files } = context;
      const shown = await outputElement(output, {
        root,
        notebook: name,
        cellId: cell.id,
        files,
        name: names,
      });
      if (shown !== null) outputs.append(shown);
    }
    if (cell.kind === "code") {
      section.dataset.cell = String(place.get(cell.number));
      section.dataset.state = "still";
      outputs.dataset.outputs = "";
      section.append(outputs);
    }
    section.insertAdjacentHTML("beforeend", teachingHtml(cell));
    dropUnanswered(section);
    main.append(section);
  }
  const heading = main.querySelector("h1");
  const title = heading === null ? name : plainText(heading);
  const page = finishedPage(main, { path: address, title, notebook: name, cells }, names);
  return { page, used: [...used.values()] };
}

function prose(cell: SiteCell, context: NotebookContext, name: string): Node[] {
  const holder = markdown(cell.source);
  improveTables(holder, "Table");
  try {
    rewriteLinks(holder, "notebooks", context.root, context.files);
  } catch (error) {
    throw new Error(`${name}, cell ${cell.number}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return [...holder.childNodes];
}

function code(cell: SiteCell, linkOf: LinkOf, number: number): string {
  if (cell.source.trim() === "") return "";
  const lines = cell.source.trimEnd().split("\n").length;
  return `<details class="code" open><summary>Code<span class="lines"> · ${lines} ${lines === 1 ? "line" : "lines"}</span></summary>
<pre class="code" tabindex="0" role="group" aria-label="Code of cell ${number}"><code>${setAside(highlight(cell.source.trimEnd(), linkOf))}</code></pre></details>`;
}
