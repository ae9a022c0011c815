import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { sourceAddress } from "./library";
import type { Files } from "./site";

/** Where the pages of the site stand that are made from files of the project. */
const PAGES: Readonly<Record<string, string>> = {
  "data/README.md": "data.html",
  "lib/REFERENCE.md": "library.html",
  "README.md": "index.html",
};

/**
 * Turns links between files of the project into links between pages of the site. A notebook's becomes its page, a
 * module's its source page; any other file is copied to `files/` and linked there.
 *
 * @param holder what holds the links, which is changed in place
 * @param from folder of the file that they stand in, relative to the project
 * @param files the site, to which copies are added
 * @throws Error naming a link that leads to nothing
 */
export function rewriteLinks(holder: Element, from: string, root: string, files: Files): void {
  for (const link of holder.querySelectorAll("a[href], img[src]")) {
    const attribute = link.tagName === "IMG" ? "src" : "href";
    const target = link.getAttribute(attribute) ?? "";
    if (target === "" || /^(?:[a-z][a-z0-9+.-]*:|#)/i.test(target)) continue;
    const [file = "", anchor] = target.split("#");
    const address = siteAddress(path.posix.join(from, decodeURIComponent(file)), root, files);
    if (address === null) throw new Error(`a link in ${from || "the project"} leads to ${target}, which is not there`);
    link.setAttribute(attribute, anchor === undefined ? address : `${address}#${anchor}`);
  }
}

function siteAddress(file: string, root: string, files: Files): string | null {
  const page = PAGES[file];
  if (page !== undefined) return page;
  const absolute = path.join(root, file);
  if (file.startsWith("..") || !existsSync(absolute)) return null;
  if (file.startsWith("notebooks/") && file.endsWith(".ipynb")) return `${path.posix.basename(file, ".ipynb")}.html`;
  if (file.startsWith("lib/") && file.endsWith(".ts")) return sourceAddress(file);
  if (!statSync(absolute).isFile()) return null;
  files.set(`files/${file}`, readFileSync(absolute));
  return `files/${file}`;
}

/** Moves all links inside the site from its root to a page in a folder. */
export function rebase(holder: Element, base: string): void {
  if (base === "") return;
  for (const link of holder.querySelectorAll("[href], [src], [srcset]"))
    for (const attribute of ["href", "src", "srcset"]) {
      const target = link.getAttribute(attribute);
      if (target === null || target === "" || /^(?:[a-z][a-z0-9+.-]*:|#|\.\.\/)/i.test(target)) continue;
      link.setAttribute(attribute, `${base}${target}`);
    }
}
