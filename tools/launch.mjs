/**
 * Runs a TypeScript program of the project:
 *
 *     node tools/launch.mjs tools/start/doctor/main.ts [options]
 *
 * First come the two checks that cannot be written in TypeScript: that Node is new enough, and that the dependencies are
 * installed. Then esbuild bundles the program with everything of the project that it imports: to read hundreds of files
 * one by one takes several times as long. A program none of whose files has changed is there already. It runs in this
 * very process: Ctrl-C reaches it directly.
 *
 * Plain JavaScript without a static import, so that an old Node reads it far enough to say what is wrong.
 */
const neededMajor = 20;
const neededMinor = 19;

const [major, minor] = process.versions.node.split(".").map(Number);
const tool = process.argv[2];

/** Settles when the program has been started, or could not be. */
export let ended;

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(
    `This is Node ${process.versions.node}; the project needs Node ${neededMajor}.${neededMinor} or newer.\n` +
      "Install it from https://nodejs.org or with your version manager (nvm install --lts), then run npm ci again.",
  );
  process.exitCode = 1;
} else if (tool === undefined) {
  console.error("Which tool? For example: node tools/launch.mjs tools/start/doctor/main.ts");
  process.exitCode = 1;
} else {
  ended = run();
}

/** Bundles the program, where that was not done before, and runs it with the rest of the command line. */
async function run() {
  const [fs, path, url] = await Promise.all(["node:fs", "node:path", "node:url"].map((name) => import(name)));
  const root = url.fileURLToPath(new URL("../", import.meta.url));
  const main = path.resolve(root, tool);
  const folder = path.dirname(main);
  const folderToWrite = await writable(root, fs, path);
  process.env.HRD_CACHE = folderToWrite;
  const cache = path.join(folderToWrite, "launch");
  // A thread of a program is a file of its own, which the program finds beside itself.
  const threads = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith("-thread.ts")) : [];
  const parts = { root, main, threads, cache, fs, path, url };
  const compiled = (await compiledBefore(parts)) ?? (await compiledNow(parts));
  if (compiled === null) {
    console.error("The project's dependencies are not installed. Run this first:\n\n    npm ci\n");
    process.exitCode = 1;
    return;
  }
  process.argv.splice(1, 2, main);
  process.setSourceMapsEnabled(threads.length === 0);
  await import(url.pathToFileURL(path.join(compiled, `${path.parse(main).name}.mjs`)).href);
}

/** The folder that a program was compiled to, or null where one of its files has changed since, or a package. */
async function compiledBefore({ root, main, threads, cache, fs, path, url }) {
  const record = await recordOf(main, cache, fs, path, url);
  try {
    const { folder, threads: before, inputs } = JSON.parse(fs.readFileSync(record, "utf8"));
    if (before.join() !== threads.join() || !fs.existsSync(path.join(folder, `${path.parse(main).name}.mjs`)))
      return null;
    for (const [file, digest] of Object.entries(inputs))
      if ((await digestOf(fs.readFileSync(path.join(root, file)))) !== digest) return null;
    return folder;
  } catch {
    // There is no record yet, or a file of the program is gone.
    return null;
  }
}

/** Where it is written down what a program was compiled from: another place for another launcher, lock file or Node. */
async function recordOf(main, cache, fs, path, url) {
  const own = fs.readFileSync(url.fileURLToPath(import.meta.url));
  const lock = new URL("../node_modules/.package-lock.json", import.meta.url);
  const packages = fs.existsSync(lock) ? fs.readFileSync(lock) : "";
  return path.join(cache, `${await digestOf(main, own, packages, process.versions.node)}.json`);
}

async function digestOf(...texts) {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 32);
}

/** The folder that a program is compiled to; null without the packages of the project. */
async function compiledNow({ root, main, threads, cache, fs, path, url }) {
  const esbuild = await import("esbuild").catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return null;
  });
  if (esbuild === null) return null;
  const folder = path.dirname(main);
  const started = Date.now();
  const options = {
    absWorkingDir: root,
    metafile: true,
    entryPoints: [main, ...threads.map((name) => path.join(folder, name))],
    bundle: true,
    platform: "node",
    format: "esm",
    // What a program loads only where it needs it stays apart.
    splitting: true,
    target: "node20",
    // As deep as where the files will be, for the way from them to their sources.
    outdir: path.join(cache, "version"),
    outExtension: { ".js": ".mjs" },
    logLevel: "silent",
    write: false,
  };
  const { outputFiles, metafile } =
    threads.length > 0
      ? // A program with a thread stays, and the asynchronous esbuild would stay beside it.
        esbuild.buildSync({ ...options, packages: "external" })
      : await esbuild.build({
          ...options,
          // Errors name lines of the sources.
          sourcemap: "inline",
          sourcesContent: false,
          banner: {
            js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
          },
          plugins: [inPlace(fs, url)],
        });
  const compiled = await kept(outputFiles, cache, fs, path);
  const inputs = {};
  // A package has no file of its own in a program: `package:zod`.
  for (const name of Object.keys(metafile.inputs).filter((one) => !one.startsWith("package:"))) {
    const file = path.join(root, name);
    // Written while it was read: which of the two texts was compiled nobody knows.
    if (fs.statSync(file).mtimeMs >= started) return compiled;
    inputs[name] = await digestOf(fs.readFileSync(file));
  }
  const record = await recordOf(main, cache, fs, path, url);
  fs.writeFileSync(`${record}.${process.pid}`, JSON.stringify({ folder: compiled, threads, inputs }));
  fs.renameSync(`${record}.${process.pid}`, record);
  return compiled;
}

/**
 * The project's .cache, or where this user may not write there, as in a class on one installation, a folder of his among
 * the temporary ones: tools/start/environment.ts names the same.
 */
async function writable(root, fs, path) {
  const own = path.join(root, ".cache");
  try {
    fs.mkdirSync(own, { recursive: true });
    fs.accessSync(own, fs.constants.W_OK);
    return own;
  } catch {
    const [{ tmpdir }, { createHash }] = await Promise.all([import("node:os"), import("node:crypto")]);
    const user = process.getuid?.() ?? "user";
    const name = createHash("sha256").update(path.resolve(root)).digest("hex").slice(0, 12);
    const other = path.join(tmpdir(), `hrd-${user}-${name}`);
    fs.mkdirSync(other, { recursive: true, mode: 0o700 });
    if (typeof user === "number" && fs.statSync(other).uid !== user) {
      throw new Error(`${other} belongs to another user; remove it, or make ${own} writable`);
    }
    // Compiled programs find their packages from where they lie.
    const packages = path.join(other, "node_modules");
    if (!fs.existsSync(packages)) fs.symlinkSync(path.join(root, "node_modules"), packages);
    return other;
  }
}

/**
 * Each file keeps its own address, by which it finds what stands beside it. Packages are required: of imported ones Node
 * first searches the text for the names that they may export.
 */
function inPlace(fs, url) {
  return {
    name: "in-place",
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
        contents: fs
          .readFileSync(file, "utf8")
          .replaceAll("import.meta.url", JSON.stringify(url.pathToFileURL(file).href)),
        loader: "ts",
      }));
      onResolve({ filter: /^[^./]/ }, ({ path: name, kind, namespace }) => {
        if (kind === "entry-point" || name.startsWith("node:")) return undefined;
        return namespace === "package" ? { path: name, external: true } : { path: name, namespace: "package" };
      });
      onLoad({ filter: /.*/, namespace: "package" }, ({ path: name }) => ({
        contents: `module.exports = require(${JSON.stringify(name)});`,
      }));
    },
  };
}

/**
 * Puts files into a folder for this version of them: programs that start at the same time may be of different ones, and
 * a file has to appear there whole or not at all.
 */
async function kept(files, cache, fs, path) {
  const { createHash } = await import("node:crypto");
  const version = createHash("sha256");
  for (const file of files) version.update(file.contents);
  const target = path.join(cache, version.digest("hex").slice(0, 16));
  fs.mkdirSync(target, { recursive: true });
  for (const file of files) {
    const whole = path.join(target, path.basename(file.path));
    if (fs.existsSync(whole)) continue;
    const partial = `${whole}.${process.pid}`;
    fs.writeFileSync(partial, file.contents);
    fs.renameSync(partial, whole);
  }
  return target;
}
