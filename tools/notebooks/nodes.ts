import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nodeOf } from "../check/node-version";

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

const major = (version: string): string => version.split(".")[0] ?? "";

try {
  for (const version of VERSIONS) {
    if (major(version) === major(process.versions.node)) continue;
    process.stdout.write(`\nNode ${version}\n\n`);
    const { status, signal } = spawnSync(
      nodeOf(ROOT, version),
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
