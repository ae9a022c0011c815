// Compiles the renderer with esbuild and runs it: `npm run render`. To read its hundred and more files one by one, and
// every package as whichever kind of module it may be, took longer than to make half of the pages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import { build } from "esbuild";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** Each file keeps its own address, by which it finds what stands beside it. */
const ownAddress = {
  name: "own-address",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll(
        "import.meta.url",
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: "ts",
    })),
};

const { outputFiles } = await build({
  entryPoints: [main],
  bundle: true,
  packages: "external",
  platform: "node",
  // Packages that are required are not searched for the names that they might export, as imported ones are.
  format: "cjs",
  target: "node20",
  write: false,
  plugins: [ownAddress],
});

const run = compileFunction(outputFiles[0].text, ["require", "module", "exports"], { filename: main });
const made = { exports: {} };
run(createRequire(import.meta.url), made, made.exports);
