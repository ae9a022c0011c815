import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { CLAIM_MIME } from "../../../lib/paper/claims";
import { asObject } from "../../kernel/protocol/wire";
import { findNotebooks, readNotebook } from "../../notebooks/notebook";

/**
 * The files that lib/ reads, by their paths in the project: the data, the exercises without solutions, and of each
 * notebook the verdicts that its cells computed, from which the ledger is made.
 */
export function projectFiles(root: string): Record<string, string> {
  const files: Record<string, string> = {};
  const add = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) add(file);
      else if (!file.endsWith(".md")) files[file] = readFileSync(path.join(root, file), "utf8");
    }
  };
  add("data");
  files["notebooks/exercises.json"] = readFileSync(path.join(root, "notebooks/exercises.json"), "utf8");
  for (const file of findNotebooks(path.join(root, "notebooks"), [])) {
    const { json, name } = readNotebook(file);
    files[`notebooks/${name}`] = JSON.stringify({
      cells: Array.isArray(json.cells) ? json.cells.map(verdictsOnly) : [],
    });
  }
  return files;
}

/** A cell with its name and those of its outputs that hold a verdict. */
function verdictsOnly(value: unknown): unknown {
  const { id, outputs } = asObject(value);
  if (!Array.isArray(outputs)) return { id };
  const verdicts = outputs.map(asObject).filter(({ data }) => CLAIM_MIME in asObject(data));
  if (verdicts.length === 0) return { id };
  const kept = verdicts.map(({ data }) => ({
    data: { [CLAIM_MIME]: asObject(data)[CLAIM_MIME], "text/plain": asObject(data)["text/plain"] },
  }));
  return { id, outputs: kept };
}
