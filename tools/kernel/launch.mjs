// Compiles the kernel with esbuild and starts it: plain JavaScript, because this is what Jupyter runs with `node`.
// A build takes some 30 ms, less than looking up whether an earlier one is still good is worth.
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const folder = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(folder, "../..");
const cache = cacheFolder();

// The packages of this project are there for notebooks elsewhere, too, and so is its memory of compiled modules.
process.env.HRD_KERNEL_HOME = root;
process.env.HRD_KERNEL_CACHE = cache;

/** .cache/kernel in the project, or where that cannot be written a folder of this user among the temporary ones. */
function cacheFolder() {
  const own = path.join(root, ".cache/kernel");
  try {
    mkdirSync(own, { recursive: true });
    accessSync(own, constants.W_OK);
    return own;
  } catch {
    const user = process.getuid?.() ?? "user";
    const name = createHash("sha256").update(root).digest("hex").slice(0, 12);
    const other = path.join(tmpdir(), `hrd-${user}-${name}`, "kernel");
    mkdirSync(other, { recursive: true, mode: 0o700 });
    if (typeof user === "number" && statSync(path.dirname(other)).uid !== user) {
      throw new Error(`${path.dirname(other)} belongs to another user; remove it, or make ${own} writable`);
    }
    // The kernel finds its packages from where it lies.
    const packages = path.join(path.dirname(other), "node_modules");
    if (!existsSync(packages)) symlinkSync(path.join(root, "node_modules"), packages);
    return other;
  }
}

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

try {
  await import(pathToFileURL(path.join(target, "main.mjs")).href);
} catch (error) {
  // One sentence, and an end: Jupyter then starts the kernel again, with new ports.
  console.error(`The kernel could not start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
