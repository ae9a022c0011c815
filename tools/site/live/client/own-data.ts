import { button } from "../../client/dom";
import type { OwnFile } from "./api";

/** Somebody's own files in place of the project's: dropped on the page or chosen, read here and sent nowhere. */

/** Where they lie among the files of the page, as a folder that HRD_DATA names. */
export const OWN_FOLDER = "/your-data";

/** Where a cell finds a file by its bare name. */
const BESIDE = "/project/notebooks";

/** Files where the kernel looks for them, and whether they stand in for data of the project. */
export interface Mount {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A file that is named as one of data/ stands in for it, as in a folder that HRD_DATA names: labelled as somebody's own, and
 * what is missing beside it is not filled in. All are found by their names, too.
 *
 * @param known paths of the project's files
 */
export function mountOf(own: readonly OwnFile[], known: readonly string[]): Mount {
  const stem = (file: string): string => (file.split("/").at(-1) ?? "").replace(/\.(?:csv|tab|tsv|json)$/i, "");
  const stems = new Set(known.filter((file) => /^data\/[^/]+$/.test(file)).map(stem));
  const standsIn = own.some(({ name }) => stems.has(stem(name)));
  const files: Record<string, string | Uint8Array> = {};
  for (const { name, content } of own) {
    const bare = name.split("/").at(-1) ?? name;
    files[`${BESIDE}/${bare}`] = content;
    if (standsIn) files[`${OWN_FOLDER}/${bare}`] = content;
  }
  return { files, env: standsIn ? { HRD_DATA: OWN_FOLDER } : {} };
}

/** The banner that says whose data are shown. */
export class OwnData {
  readonly #banner = document.createElement("div");
  readonly #words = document.createElement("p");

  constructor(toolbar: HTMLElement, back: () => void) {
    this.#banner.className = "live-banner";
    this.#banner.setAttribute("role", "status");
    this.#banner.hidden = true;
    this.#banner.append(this.#words, button("Back to the project's data", back));
    toolbar.after(this.#banner);
  }

  /** Says whose data are shown; of no files nothing. */
  show(names: readonly string[], standsIn: boolean): void {
    this.#banner.hidden = names.length === 0;
    const list = names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
    const use = standsIn
      ? "What cells compute from now on is about these data, not about the project's; files that are missing beside them are not filled in."
      : `None is named as a file of data/, so cells find them by their names: "${names[0] ?? ""}".`;
    this.#words.textContent = `Your own data: ${list}. They are read in this page and sent nowhere. ${use}`;
  }
}
