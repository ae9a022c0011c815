import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nodeOf } from "../check/node-version";

/**
 * `npm run notebooks:nodes`: the committed outputs are what the oldest and the newest Node give, too. Both come as
 * npm packages into .cache/, once; the version line that runs this is left out, for `npm test` has checked it. Words
 * choose notebooks as in `npm run notebooks`; without them those with most arithmetic stand for all, half of them on
 * each Node. HRD_EVERY=1 takes all on both.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The oldest that package.json allows, and the newest there is, with what each runs of the notebooks with most arithmetic. */
const VERSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["20.19.0", ["01", "04", "05"]],
  ["26.12.1", ["01", "06", "07"]],
]);

const words = process.argv.slice(2);
const chosen = (sample: readonly string[]): readonly string[] =>
  words.length > 0 || process.env.HRD_EVERY === "1" ? words : sample;

const major = (version: string): string => version.split(".")[0] ?? "";

try {
  for (const [version, sample] of VERSIONS) {
    if (major(version) === major(process.versions.node)) continue;
    process.stdout.write(`\nNode ${version}\n\n`);
    const { status, signal } = spawnSync(
      nodeOf(ROOT, version),
      [path.join(ROOT, "tools/launch.mjs"), path.join(ROOT, "tools/notebooks/main.ts"), "--check", ...chosen(sample)],
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
