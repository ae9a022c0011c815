import { existsSync } from "node:fs";
import path from "node:path";
import { notebookAddress } from "../../lib/tables/escape";

/** Whether a folder of the project has a notebook. */
export const notebooksOf =
  (root: string) =>
  (file: string): boolean =>
    existsSync(path.join(root, "notebooks", file));

/**
 * An output has no folder that its links could start from: relative ones become text, relative pictures go. Links to the
 * notebooks beside it, such as those of the ledger to its cells, become links to their pages.
 *
 * @param isNotebook whether there is a notebook of this name
 */
export function dropRelative(holder: Element, isNotebook: (file: string) => boolean): void {
  for (const link of holder.querySelectorAll("a[href]")) {
    const target = link.getAttribute("href") ?? "";
    if (/^(?:[a-z][a-z0-9+.-]*:|#)/i.test(target)) continue;
    const [file = "", anchor] = (notebookAddress(target) ?? "").split("#");
    if (file === "" || !isNotebook(file)) link.removeAttribute("href");
    else link.setAttribute("href", `${file.replace(/ipynb$/, "html")}${anchor === undefined ? "" : `#${anchor}`}`);
  }
  for (const image of holder.querySelectorAll("img"))
    if (!image.getAttribute("src")?.startsWith("data:")) image.remove();
}
