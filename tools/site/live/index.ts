import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { escapeHtml } from "../../../lib/tables/escape";
import { findNotebooks, readNotebook } from "../../notebooks/notebook";
import { isSolution } from "../../notebooks/tags";
import type { Files } from "../site";
import { asset, danfoBundle, dataAsset, kept, kernelBundle, libraryRooms, pageBundle, sourcesBelow } from "./bundles";
import { type CompiledCell, compileCells } from "./compile";
import { projectFiles } from "./data";
import { typeFiles } from "./types";

/**
 * Pages that run: cells in a worker of a sandboxed frame, their outputs redrawn by the page. Everything is classic scripts
 * of the site, so that the same pages work from a file and from a host, without a network.
 */

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** A cell as the page gets it. */
export interface PageCell extends CompiledCell {
  readonly id: string;
  readonly tags: readonly string[];
  readonly source: string;
}

/** What the page knows of its notebook. */
export interface PageNotebook {
  readonly name: string;
  readonly cells: readonly PageCell[];
  /** Names of all notebooks, which outputs may link to. */
  readonly notebooks: readonly string[];
}

/** The code cells that are on the page, compiled. Solutions are nowhere on the site. */
export function pageCells(file: string): PageCell[] {
  const cells = readNotebook(file)
    .cells.map((cell, number) => ({ ...cell, number }))
    .filter(({ tags }) => !isSolution(tags));
  const compiled = compileCells(cells);
  return compiled.map((cell, at) => {
    const { id = "", tags = [], source = "" } = cells[at] ?? {};
    return { ...cell, id, tags, source };
  });
}

/**
 * The files of live pages by their addresses. What takes long to make is kept in .cache/ until its sources change.
 *
 * @param notebooks folder of the notebooks
 */
export async function liveAssets(root: string, notebooks = path.join(root, "notebooks")): Promise<Files> {
  const files: Files = new Map();
  const text = (...names: readonly string[]): string[] =>
    names.map((name) => readFileSync(path.join(HERE, name), "utf8"));
  const packages = readFileSync(path.join(root, "package.json"), "utf8");
  const library = [packages, ...sourcesBelow(path.join(root, "lib")), ...text("bundles.ts")];
  const ofKernel = [
    ...library,
    ...["kernel", "shims"].flatMap((folder) => sourcesBelow(path.join(HERE, folder))),
    ...text("edits.ts", "protocol.ts"),
  ];
  const ofChecker = [
    packages,
    ...text("checker-worker.ts", "checker.ts", "checked.ts", "compile.ts", "diagnostics.ts", "words.ts"),
  ];
  const add = async (name: string, made: Promise<string>): Promise<void> => {
    files.set(`assets/live/${name}.js`, await made);
  };
  const script = (entry: string): Promise<string> => pageBundle(root, { entryPoints: [path.join(HERE, entry)] });
  await Promise.all([
    ...kernels(root, notebooks, ofKernel).map(([name, made]) => add(name, made)),
    add(
      "danfojs-node",
      kept(root, "danfojs", [packages, ...text("bundles.ts")], async () =>
        asset("danfojs-node", await danfoBundle(root)),
      ),
    ),
    add(
      "editor",
      kept(root, "editor", [packages, ...text("client/editor.ts")], () => script("client/editor.ts")),
    ),
    add(
      "checker",
      kept(root, "checker", [...ofChecker, ...text("edits.ts", "mutation.ts", "powers.ts")], async () =>
        asset("checker", await script("checker-worker.ts")),
      ),
    ),
    add(
      "types",
      kept(root, "types", [...library, ...text("types.ts", "checked.ts", "page-globals.d.ts.txt")], async () =>
        dataAsset("types", typeFiles(root)),
      ),
    ),
    add("page", script("client/page.ts")),
    add("data", Promise.resolve(dataAsset("data", projectFiles(root)))),
  ]);
  files.set("assets/live.js", await script("client/live.ts"));
  files.set("assets/live.css", readFileSync(path.join(HERE, "live.css"), "utf8"));
  files.set("assets/live/runner.html", await runnerPage(root));
  return files;
}

/** The compiled cells of each notebook, the kernel that has what they import, and the one that has all of the library. */
function kernels(root: string, folder: string, sources: readonly string[]): [name: string, made: Promise<string>][] {
  const found = findNotebooks(folder, []);
  const names = found.map((file) => path.basename(file, ".ipynb"));
  const rooms = new Set(libraryRooms(root));
  const kernel = (name: string, wanted: ReadonlyMap<string, ReadonlySet<string>>): Promise<string> => {
    const key = [...wanted].map(([from, members]) => `${from}:${[...members].sort().join(",")}`);
    return kept(root, name, [...sources, ...key], async () => asset(name, await kernelBundle(root, wanted)));
  };
  const all = new Map([...rooms].map((room) => [room, new Set(["*"])]));
  return [
    ["kernel", kernel("kernel", all)],
    ...found.flatMap((file, at): [string, Promise<string>][] => {
      const name = names[at] ?? "";
      const cells = pageCells(file);
      const notebook: PageNotebook = { name, cells, notebooks: names };
      return [
        [`cells-${name}`, Promise.resolve(dataAsset(`cells-${name}`, notebook))],
        [`kernel-${name}`, kernel(`kernel-${name}`, wantedNames(cells, rooms))],
      ];
    }),
  ];
}

/** What cells import from the library, by module; a module that the library does not have is the cell's mistake. */
export function wantedNames(cells: readonly CompiledCell[], rooms: ReadonlySet<string>): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { modules } of cells)
    for (const { from, names } of modules) {
      if (!rooms.has(from)) continue;
      const known = wanted.get(from) ?? new Set<string>();
      for (const name of names) known.add(name);
      wanted.set(from, known);
    }
  return wanted;
}

/** The frame: a page of its own that alone may make code of text, and may do nothing else. */
async function runnerPage(root: string): Promise<string> {
  const code = (await pageBundle(root, { entryPoints: [path.join(HERE, "runner.ts")] })).trim();
  const hash = createHash("sha256").update(code).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'unsafe-eval'`,
    "worker-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="referrer" content="no-referrer"><title>Where cells run</title></head>
<body><script>${code}</script></body></html>
`;
}
