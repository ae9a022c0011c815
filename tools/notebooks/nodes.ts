import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run notebooks:nodes`: the committed outputs are what the oldest and the newest Node give, too. Both come as
 * npm packages into .cache/, once; the version line that runs this is left out, for `npm test` has checked it. Words
 * choose notebooks as in `npm run notebooks`; without them those with most arithmetic stand for all, which
 * HRD_EVERY=1 takes.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The oldest that package.json allows, and the newest there is. */
const VERSIONS: readonly string[] = ["20.19.0", "26.12.1"];

const MOST_ARITHMETIC: readonly string[] = process.env.HRD_EVERY === "1" ? [] : ["01", "04", "05", "06", "07"];
const words = process.argv.slice(2);
const chosen = words.length > 0 ? words : MOST_ARITHMETIC;

const [windows, system] = process.platform === "win32" ? [true, "win"] : [false, process.platform];

/** The program of a version, fetched where it is not there yet. @throws Error where npm cannot get it */
function nodeOf(version: string): string {
  const name = `node-${system}-${process.arch}`;
  const folder = path.join(ROOT, ".cache", "node", version);
  const program = path.join(folder, "node_modules", name, "bin", windows ? "node.exe" : "node");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync("npm", ["install", "--silent", "--no-save", "--prefix", folder, `${name}@${version}`], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: windows,
  });
  if (status !== 0 || !existsSync(program)) {
    throw new Error(`npm could not get ${name}@${version}; see https://www.npmjs.com/package/${name}`);
  }
  return program;
}

const major = (version: string): string => version.split(".")[0] ?? "";

try {
  for (const version of VERSIONS) {
    if (major(version) === major(process.versions.node)) continue;
    process.stdout.write(`\nNode ${version}\n\n`);
    const { status, signal } = spawnSync(
      nodeOf(version),
      [path.join(ROOT, "tools/launch.mjs"), path.join(ROOT, "tools/notebooks/main.ts"), "--check", ...chosen],
      { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] },
    );
    if (status !== 0) {
      process.stdout.write(
        signal === null
          ? `Node ${version}: the committed outputs are not what it gives (exit code ${status})\n`
          : `Node ${version}: the run was ended by ${signal}\n`,
      );
      process.exitCode = 1;
    }
  }
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
