import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { loadFreeThe20, loadJournalists, loadLongList, loadPublished } from "../../lib/data/index";
import { loadPrisoners, loadPublicConcerns, loadUrgentActions } from "../../lib/data/urgent-actions";
import { loadEvidence } from "../../lib/paper/mechanisms";
import { check, type FileCheck } from "./file-check";

/** What reads each file of the data package, by its name without ending. */
const LOADERS: Readonly<Record<string, (from: string) => { readonly rows: readonly unknown[] }>> = {
  freethe20: (from) => loadFreeThe20({ from }),
  long_list: (from) => loadLongList({ from }),
  journalists: (from) => loadJournalists({ from }),
  freethe20_concerns: (from) => loadPublicConcerns({ from }),
  urgent_actions: (from) => loadUrgentActions({ from }),
  prisoners: (from) => loadPrisoners({ from }),
  same_person: (from) => loadPrisoners({ from }),
  evidence: (from) => loadEvidence({ from }),
  published: (from) => ({ rows: loadPublished({ from }).numbers }),
};

/**
 * Checks the files of another folder as the loaders read them: those that the project's data package describes.
 *
 * @param folder as HRD_DATA names it
 * @returns one entry a file, by name; a folder without any of them is a problem of its own
 */
export function checkFolder(folder: string): FileCheck[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return [{ file: folder, summary: "", problems: ["HRD_DATA names it, and there is no such folder"] }];
  }
  const files = readdirSync(folder).filter((name) => !name.startsWith(".") && statSync(join(folder, name)).isFile());
  const results = files.sort().map((name): FileCheck => {
    const file = join(folder, name);
    const load = LOADERS[name.slice(0, name.length - extname(name).length)];
    const isRead = /\.(csv|tab|tsv)$/.test(name) || name === "published.json";
    if (name === "datapackage.json") return { file, summary: "says what the rows are", problems: [] };
    if (load === undefined || !isRead)
      return { file, summary: "is read by nothing: no file of the data package", problems: [] };
    return check(file, () => ({ summary: `${load(folder).rows.length} rows`, problems: [] }));
  });
  if (results.some(({ summary }) => / rows$/.test(summary) || summary === "")) return results;
  const problem = `HRD_DATA names it, and it holds none of the files that are read: ${Object.keys(LOADERS).join(", ")} (.csv, .tab or .tsv; published.json)`;
  return [...results, { file: folder, summary: "", problems: [problem] }];
}
