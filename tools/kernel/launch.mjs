// Compiles the kernel with esbuild and starts it: plain JavaScript, because this is what Jupyter runs with `node`.
// A build takes some 30 ms, less than looking up whether an earlier one is still good is worth.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const folder = path.dirname(fileURLToPath(import.meta.url));
const cache = path.join(folder, "../../.cache/kernel");

const { outputFiles } = buildSync({
  entryPoints: {
    main: path.join(folder, "main.ts"),
    "guardian-thread": path.join(folder, "guardian-thread.ts"),
  },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  outdir: "out",
  outExtension: { ".js": ".mjs" },
  write: false,
});

// Kernels that start at the same time may build different versions: each version has a folder of its own,
// and a file appears there whole or not at all.
const version = createHash("sha256");
for (const file of outputFiles) version.update(file.contents);
const target = path.join(cache, version.digest("hex").slice(0, 16));
mkdirSync(target, { recursive: true });
for (const file of outputFiles) {
  const name = path.join(target, path.basename(file.path));
  if (existsSync(name)) continue;
  const partial = `${name}.${process.pid}`;
  writeFileSync(partial, file.contents);
  renameSync(partial, name);
}

await import(pathToFileURL(path.join(target, "main.mjs")).href);
