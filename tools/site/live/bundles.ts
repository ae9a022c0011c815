import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type OutputFile, type Plugin, version } from "esbuild";

/** Scripts of the live pages: the same library and the same display code, with what a page has in place of Node. */

const require = createRequire(import.meta.url);
const HERE = path.dirname(fileURLToPath(import.meta.url));
const TARGET = ["chrome110", "firefox115", "safari16"];

/** What a page has in place of a module of Node; see shims/. */
const SHIMS: Readonly<Record<string, string>> = {
  fs: path.join(HERE, "shims/fs.ts"),
  os: path.join(HERE, "shims/os.ts"),
  util: path.join(HERE, "shims/util.ts"),
  path: require.resolve("path-browserify"),
};

/** Modules of the project that a page has its own of. */
const INSTEAD: readonly { readonly of: RegExp; readonly by: string }[] = [
  { of: /\/lib\/notebook\/figure-html\.ts$/, by: path.join(HERE, "shims/figure-html.ts") },
];

/** Packages of database engines. */
const ENGINES = /^(?:@duckdb\/node-api|pg|trino-client)$/;
const NO_ENGINE =
  'throw new Error("a page has no database engine; this cell runs in Jupyter, and by npm run notebooks");';

function forPages(root: string): Plugin {
  return {
    name: "for-pages",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(?:node:)?(?:fs|os|util|path)$/ }, ({ path: name }) => {
        const own = SHIMS[name.replace(/^node:/, "")];
        return own === undefined ? undefined : { path: own };
      });
      onResolve({ filter: /^jsdom$/ }, () => ({ path: path.join(HERE, "shims/jsdom.ts") }));
      // What lib/at-scale loads by the first question to an engine; no page can.
      onResolve({ filter: ENGINES }, ({ path: name }) => ({ path: name, namespace: "no-engine" }));
      onLoad({ filter: /.*/, namespace: "no-engine" }, () => ({ contents: NO_ENGINE, loader: "js" }));
      // Other modules of Node are of functions that no page calls; the library has none.
      onResolve({ filter: /^node:/ }, ({ path: name, importer }) => {
        if (importer.startsWith(path.join(root, "lib")))
          throw new Error(
            `${path.relative(root, importer)} imports ${name}; a page has no such module, see tools/site/live/shims/`,
          );
        return { path: name, namespace: "no-node", sideEffects: false };
      });
      onLoad({ filter: /.*/, namespace: "no-node" }, () => ({ contents: "module.exports = {};", loader: "js" }));
      onLoad({ filter: /\/lib\/.*\.ts$/ }, ({ path: file }) => {
        if (!file.startsWith(path.join(root, "lib"))) return undefined;
        const other = INSTEAD.find(({ of }) => of.test(file));
        const contents = readFileSync(other?.by ?? file, "utf8");
        return { contents: withoutRest(contents), loader: "ts", resolveDir: path.dirname(other?.by ?? file) };
      });
      // Forty languages of error messages, of which the project's own are none.
      onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, ({ path: file }) => ({
        contents: 'export { default as en } from "./en.js";',
        loader: "js",
        resolveDir: path.dirname(file),
      }));
    },
  };
}

/** zod's object of all it has would keep all of it; of a namespace esbuild keeps what is used. */
function withoutRest(code: string): string {
  return code.replace(/^import \{ z \} from "zod";$/m, 'import * as z from "zod";');
}

/** A script as one classic file, which a page from a file may load. */
export async function pageBundle(root: string, entry: BuildOptions): Promise<string> {
  const files = await bundled(root, entry);
  return files[0]?.text ?? "";
}

/** The same with its source map, whose sources are relative to the project's folder. */
export async function pageBundleMapped(
  root: string,
  entry: BuildOptions,
): Promise<{ readonly text: string; readonly map: string }> {
  const files = await bundled(root, { ...entry, sourcemap: "external", outfile: path.join(root, "script.js") });
  const [map, text] = [true, false].map(
    (isMap) => files.find((one) => one.path.endsWith(".map") === isMap)?.text ?? "",
  );
  return { text: text ?? "", map: map ?? "" };
}

async function bundled(root: string, entry: BuildOptions): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    write: false,
    plugins: [...(entry.plugins ?? []), forPages(root)],
  });
  return outputFiles ?? [];
}

/**
 * The kernel with those names of the library that a notebook's cells import, or with all of it.
 *
 * @param wanted for each module, as a cell of notebooks/ names it, the names; "*" takes all
 */
export function kernelBundle(root: string, wanted: Wanted): Promise<string> {
  return pageBundle(root, kernelEntry(root, wanted));
}

/** Names of the library by module. */
export type Wanted = ReadonlyMap<string, ReadonlySet<string>>;

export function kernelEntry(root: string, wanted: Wanted): BuildOptions {
  const lines: string[] = [];
  const rooms: string[] = [];
  let number = 0;
  for (const [from, names] of wanted) {
    const local = `room${number++}`;
    if (names.has("*")) {
      lines.push(`import * as ${local} from ${JSON.stringify(from)};`);
      rooms.push(`${JSON.stringify(from)}: ${local}`);
    } else {
      const members = [...names].map((name) => [name, `${local}_${name}`] as const);
      lines.push(
        `import { ${members.map(([name, own]) => `${name} as ${own}`).join(", ")} } from ${JSON.stringify(from)};`,
      );
      rooms.push(`${JSON.stringify(from)}: { ${members.map(([name, own]) => `${name}: ${own}`).join(", ")} }`);
    }
  }
  const start = path.join(HERE, "kernel/start");
  const contents = [
    `import { startKernel } from ${JSON.stringify(start)};`,
    ...lines,
    'import { mimeBundle } from "../lib/notebook";',
    `startKernel({ ${rooms.join(", ")} }, mimeBundle);`,
  ].join("\n");
  return { stdin: { contents, resolveDir: path.join(root, "notebooks"), loader: "ts", sourcefile: "kernel.ts" } };
}

/** What danfojs would read files of other formats and addresses with; a page has neither. */
const NOT_FOR_FRAMES = /^(?:request|node-fetch|plotly\.js-dist-min|xlsx|stream-json(?:\/.*)?)$/;

/** danfojs with all it needs, for the two cells that show how a frame looks. */
export function danfoBundle(root: string): Promise<string> {
  const plugin: Plugin = {
    name: "for-frames",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: NOT_FOR_FRAMES }, ({ path: name }) => ({ path: name, namespace: "not-for-frames" }));
      onResolve(
        { filter: /^(?:stream|http|https|url|zlib|crypto|buffer|events|string_decoder)$/ },
        ({ path: name, importer }) =>
          importer.includes("node_modules") ? { path: name, namespace: "not-for-frames" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "not-for-frames" }, () => ({ contents: "module.exports = {};", loader: "js" }));
    },
  };
  const contents = 'module.exports = require("danfojs-node");';
  return pageBundle(root, {
    stdin: { contents, resolveDir: root, loader: "js", sourcefile: "danfojs.js" },
    globalName: "hrdPackage",
    footer: { js: "return hrdPackage;" },
    plugins: [plugin],
  });
}

/** The rooms of the library that a cell can import, as it names them. */
export function libraryRooms(root: string): string[] {
  const rooms = readdirSync(path.join(root, "lib"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, "lib", entry.name, "index.ts")))
    .map(({ name }) => `../lib/${name}`);
  return ["../lib", ...rooms.sort()];
}

/** The text of an asset: a function that the page turns into text again, for a worker. */
export function asset(name: string, code: string): string {
  return `hrdAsset(${JSON.stringify(name)},function(){${code}\n});\n`;
}

/** An asset of data. */
export function dataAsset(name: string, value: unknown): string {
  // JSON is no JavaScript where these two stand in a text.
  const json = JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return `hrdAsset(${JSON.stringify(name)},${json});\n`;
}

/** What was made of the same sources before, else what `make` makes; kept in .cache/. */
export async function kept(
  root: string,
  name: string,
  sources: readonly string[],
  make: () => Promise<string>,
): Promise<string> {
  const hash = createHash("sha256").update(version);
  for (const source of sources) hash.update(`\0${source}`);
  const file = path.join(root, ".cache", "site", `live-${name}-${hash.digest("hex").slice(0, 24)}.js`);
  if (existsSync(file)) return readFileSync(file, "utf8");
  const text = await make();
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, file);
  return text;
}

/** All TypeScript below a folder, as text: what a bundle of it depends on. */
export function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|html)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file.slice(folder.length)}\0${readFileSync(file, "utf8")}`);
}
