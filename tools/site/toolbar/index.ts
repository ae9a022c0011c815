import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson } from "../../../lib/files";
import { findNotebooks, readNotebook } from "../../notebooks/notebook";
import { studentNotebook } from "../../notebooks/student";
import { fingerprint } from "../../seal/seal";
import { manifestSchema } from "../../verify/manifest";
import { readProject } from "../../verify/program";
import { claimSlices } from "../../verify/slices";
import type { PageNotebook } from "../live";
import { dataAsset, pageBundle } from "../live/bundles";
import { compileCells } from "../live/compile";
import type { Files } from "../site";
import {
  cellsPart,
  kernelPart,
  type PageVerification,
  pageManifest,
  partFingerprint,
  printedIn,
  sliceCells,
} from "./verify-notebooks";

/**
 * What a notebook's toolbar does beside running: *Save* writes the notebook and a hand-in, *Verify* computes all claims
 * of the ledger in the reader's browser.
 */

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MANIFEST = "notebooks/verify.json";

/**
 * Scripts, styles and data of Save and Verify, by their addresses.
 *
 * @param live files of the pages that run, whose scripts are verified
 * @param notebooks folder of the notebooks
 */
export async function toolbarAssets(root: string, live: Files, notebooks: string): Promise<Files> {
  const files: Files = new Map();
  files.set("assets/toolbar.js", await pageBundle(root, { entryPoints: [path.join(HERE, "client/main.ts")] }));
  files.set("assets/toolbar.css", readFileSync(path.join(HERE, "toolbar.css"), "utf8"));
  const found = findNotebooks(notebooks, []);
  for (const file of found) {
    const name = `notebook-${path.basename(file, ".ipynb")}`;
    files.set(`assets/live/${name}.js`, dataAsset(name, studentNotebook(readNotebook(file))));
  }
  // Other notebooks have no claims of this project's ledger.
  if (path.resolve(notebooks) === path.join(root, "notebooks")) addVerification(root, files, live);
  return files;
}

function addVerification(root: string, files: Files, live: Files): void {
  const all = findNotebooks(path.join(root, "notebooks"), []).map(readNotebook);
  const withClaims = all.filter(({ cells }) => cells.some(({ source }) => source.includes("claim(")));
  const { claims } = claimSlices(readProject(root, withClaims));
  const manifest = parseJson(readFileSync(path.join(root, MANIFEST), "utf8"), manifestSchema, MANIFEST);
  const names = [...new Set(claims.map(({ notebook }) => notebook))].sort();
  const parts = new Map<string, string>();
  for (const notebook of names) {
    const cells = sliceCells(claims.filter((claim) => claim.notebook === notebook));
    const compiled = compileCells(cells).map((cell, at) => {
      const { id = "", tags = [], source = "" } = cells[at] ?? {};
      return { ...cell, id, tags, source };
    });
    const content: PageNotebook = { name: notebook, cells: compiled, notebooks: [] };
    const asset = `cells-verify-${notebook}`;
    files.set(`assets/live/${asset}.js`, dataAsset(asset, content));
    parts.set(cellsPart(notebook), partFingerprint(content));
    parts.set(kernelPart(notebook), fingerprint(functionIn(String(live.get(`assets/live/kernel-${notebook}.js`)))));
  }
  const verification: PageVerification = {
    manifest: pageManifest(manifest, parts),
    printed: printedIn(withClaims),
    notebooks: names,
  };
  files.set("assets/live/verify.js", dataAsset("verify", verification));
}

/** The function that a script of the page hands over, as text: what its `String()` gives in the page. */
function functionIn(script: string): string {
  const code = /^hrdAsset\("[^"]*",(function\(\)\{[\s\S]*\})\);\n$/.exec(script)?.[1];
  if (code === undefined) throw new Error(`a script of the pages is not of its form: ${script.slice(0, 60)}`);
  return code;
}
