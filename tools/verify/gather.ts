import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { parseJson } from "../../lib/files";
import { findNotebooks, type Notebook, readNotebook } from "../notebooks/notebook";
import type { AtHand } from "./compare";
import type { Stated } from "./make";
import { type Printed, printedClaims, printedFingerprint } from "./printed";
import { readProject } from "./program";
import { recordsOf } from "./records";
import { type ClaimSlice, claimSlices } from "./slices";

/** The project as it is now, for `npm run verify`. */
export interface Gathered {
  readonly now: AtHand;
  readonly slices: readonly ClaimSlice[];
  /** What the committed notebooks show of claims. */
  readonly printed: readonly Printed[];
  readonly stated: Stated;
}

const statedSchema = z.object({
  claims: z.array(
    z.object({
      id: z.number(),
      quotes: z.array(z.string()),
      checks: z.array(z.object({ published: z.string().optional(), table1: z.unknown().optional() })),
    }),
  ),
});
const packageSchema = z.object({ resources: z.array(z.object({ name: z.string(), path: z.string() })) });

/**
 * Reads notebooks, data and the library, and cuts out what claims need; nothing is run.
 *
 * @param root the project's folder
 * @param changed other contents of files, by their path from that folder
 */
export function gather(root: string, changed: ReadonlyMap<string, string> = new Map()): Gathered {
  const read = (file: string): string => changed.get(file) ?? readFileSync(path.join(root, file), "utf8");
  const notebooks = findNotebooks(path.join(root, "notebooks"), [])
    .map((file) => changedNotebook(readNotebook(file), changed))
    .filter((notebook) => notebook.cells.some(({ source }) => source.includes("claim(")));
  const { claims, cells, functions } = claimSlices(readProject(root, notebooks, changed));
  const printed = notebooks.flatMap((notebook) => notebook.cells.flatMap(({ outputs }) => printedClaims(outputs)));
  const files = readdirSync(path.join(root, "data"), { recursive: true, encoding: "utf8" })
    .map((name) => `data/${name.split(path.sep).join("/")}`)
    .filter((name) => /\.(?:csv|tab|json)$/.test(name))
    .sort();
  const { resources } = parseJson(read("data/datapackage.json"), packageSchema, "data/datapackage.json");
  return {
    now: {
      files: new Map(files.map((file) => [file, recordsOf(file, read(file))])),
      cells,
      functions,
      printed: new Map(printed.map((claim) => [claim.id, printedFingerprint(claim)])),
    },
    slices: claims,
    printed,
    stated: {
      claims: parseJson(read("data/claims.json"), statedSchema, "data/claims.json").claims,
      resources: new Map(resources.map(({ name, path: file }) => [name, file])),
    },
  };
}

/** A notebook with other code in its cells: `changed` holds it by "01-long-list: figure1". */
function changedNotebook(notebook: Notebook, changed: ReadonlyMap<string, string>): Notebook {
  const name = notebook.name.replace(/\.ipynb$/, "");
  const cells = notebook.cells.map((cell) => ({ ...cell, source: changed.get(`${name}: ${cell.id}`) ?? cell.source }));
  return { ...notebook, cells };
}
