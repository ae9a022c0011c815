import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson } from "../../../lib/files";
import { findNotebooks, readNotebook } from "../../notebooks/notebook";
import { studentNotebook } from "../../notebooks/student";
import { manifestSchema } from "../../verify/manifest";
import { readProject } from "../../verify/program";
import { claimSlices } from "../../verify/slices";
import { type PageNotebook, pageCells, wantedNames } from "../live";
import { dataAsset, kept, kernelEntry, libraryRooms, pageBundle, pageBundleMapped } from "../live/bundles";
import { compileCells } from "../live/compile";
import type { Files } from "../site";
import { functionPlaces, type Places } from "./kernel-functions";
import { pieceFingerprints } from "./pieces";
import {
  cellsPart,
  functionPart,
  kernelPart,
  type LibraryScript,
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
  if (path.resolve(notebooks) === path.join(root, "notebooks")) await addVerification(root, files, live);
  return files;
}

async function addVerification(root: string, files: Files, live: Files): Promise<void> {
  const notebooks = findNotebooks(path.join(root, "notebooks"), []).map(readNotebook);
  const withClaims = notebooks.filter(({ cells }) => cells.some(({ source }) => source.includes("claim(")));
  const { claims } = claimSlices(readProject(root, withClaims));
  const manifest = parseJson(readFileSync(path.join(root, MANIFEST), "utf8"), manifestSchema, MANIFEST);
  const parts = new Map<string, string>();
  const scripts: Record<string, LibraryScript> = {};
  for (const { file, name: fileName } of withClaims) {
    const notebook = fileName.replace(/\.ipynb$/, "");
    const own = claims.filter((claim) => claim.notebook === notebook);
    const cells = sliceCells(own);
    if (cells.length === 0) continue;
    const compiled = compileCells(cells).map((cell, at) => {
      const { id = "", tags = [], source = "" } = cells[at] ?? {};
      return { ...cell, id, tags, source };
    });
    const content: PageNotebook = { name: notebook, cells: compiled, notebooks: [] };
    const asset = `cells-verify-${notebook}`;
    files.set(`assets/live/${asset}.js`, dataAsset(asset, content));
    parts.set(cellsPart(notebook), partFingerprint(content));
    const script = functionIn(String(live.get(`assets/live/kernel-${notebook}.js`)));
    const used = new Set(own.flatMap(({ functions }) => functions));
    const all = Object.entries(await placesIn(root, file, script));
    const places = Object.fromEntries(all.filter(([name]) => used.has(name)));
    scripts[notebook] = { length: script.length, places };
    for (const [name, hash] of pieceFingerprints(script, places, kernelPart(notebook)))
      parts.set(name === kernelPart(notebook) ? name : functionPart(notebook, name), hash);
  }
  const verification: PageVerification = {
    manifest: pageManifest(manifest, parts),
    printed: printedIn(withClaims),
    scripts,
  };
  files.set("assets/live/verify.js", dataAsset("verify", verification));
}

/** Where functions stand in the library's script of a notebook's page, as {@link functionIn} gives it. */
async function placesIn(root: string, file: string, script: string): Promise<Places> {
  const rooms = new Set(libraryRooms(root));
  const json = await kept(root, "places", [file, script], async () => {
    const { text, map } = await pageBundleMapped(root, kernelEntry(root, wantedNames(pageCells(file), rooms)));
    const before = script.indexOf(text);
    if (before < 0) throw new Error(`${path.basename(file)}: its script was bundled otherwise the second time`);
    const places = Object.entries(functionPlaces(root, text, map));
    return JSON.stringify(
      Object.fromEntries(
        places.map(([name, own]) => [name, own.map((one, at) => (at % 2 === 0 ? one + before : one))]),
      ),
    );
  });
  // Written by the lines above.
  return JSON.parse(json);
}

/** The function that a script of the page hands over, as text: what its `String()` gives in the page. */
function functionIn(script: string): string {
  const code = /^hrdAsset\("[^"]*",(function\(\)\{[\s\S]*\})\);\n$/.exec(script)?.[1];
  if (code === undefined) throw new Error(`a script of the pages is not of its form: ${script.slice(0, 60)}`);
  return code;
}
