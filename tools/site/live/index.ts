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
 * The files of live pages by their addresses.
 *
 * @param notebooks folder of the notebooks
 */
export async function liveAssets(root: string, notebooks = path.join(root, "notebooks")): Promise<Files> {
  const files: Files = new Map();
  const sources = [
    ...sourcesBelow(path.join(root, "lib")),
    ...sourcesBelow(HERE),
    ...["../client", "../../../package.json"].flatMap((name) => {
      const place = path.join(HERE, name);
      return name.endsWith(".json") ? [readFileSync(place, "utf8")] : sourcesBelow(place);
    }),
  ];
  const found = findNotebooks(notebooks, []);
  const names = found.map((file) => path.basename(file, ".ipynb"));
  const rooms = new Set(libraryRooms(root));
  const add = async (name: string, key: readonly string[], make: () => Promise<string>): Promise<void> => {
    files.set(`assets/live/${name}.js`, await kept(root, name, [...sources, ...key], make));
  };
  const made: Promise<void>[] = [];
  for (const [at, file] of found.entries()) {
    const name = names[at] ?? "";
    const cells = pageCells(file);
    files.set(
      `assets/live/cells-${name}.js`,
      dataAsset(`cells-${name}`, { name, cells, notebooks: names } satisfies PageNotebook),
    );
    const wanted = wantedNames(cells, rooms);
    const key = [...wanted].map(([from, members]) => `${from}:${[...members].sort().join(",")}`);
    made.push(add(`kernel-${name}`, key, async () => asset(`kernel-${name}`, await kernelBundle(root, wanted))));
  }
  const all = new Map([...rooms].map((room) => [room, new Set(["*"])]));
  made.push(add("kernel", [], async () => asset("kernel", await kernelBundle(root, all))));
  await Promise.all(made);
  const danfojs = await kept(root, "danfojs", [readFileSync(path.join(root, "package.json"), "utf8")], () =>
    danfoBundle(root),
  );
  files.set("assets/live/danfojs-node.js", asset("danfojs-node", danfojs));
  files.set("assets/live/data.js", dataAsset("data", projectFiles(root)));
  await add("page", [], () => pageBundle(root, { entryPoints: [path.join(HERE, "client/page.ts")], plugins: [] }));
  files.set(
    "assets/live.js",
    await kept(root, "live", sources, () => pageBundle(root, { entryPoints: [path.join(HERE, "client/live.ts")] })),
  );
  files.set("assets/live.css", readFileSync(path.join(HERE, "live.css"), "utf8"));
  files.set("assets/live/runner.html", await runnerPage(root));
  return files;
}

/** What cells import from the library, by module; a module that the library does not have is the cell's mistake. */
function wantedNames(cells: readonly CompiledCell[], rooms: ReadonlySet<string>): Map<string, Set<string>> {
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
