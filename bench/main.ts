import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** `npm run bench`: all measurements, or those whose names start with one of the given words, each in a process of its own. */

const folder = path.dirname(fileURLToPath(import.meta.url));
const words = process.argv.slice(2);
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.ts"))
  .sort();
const chosen = words.length === 0 ? all : all.filter((name) => words.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  process.stderr.write(`no measurement starts with "${words.join('", "')}"; there are ${all.join(", ")}\n`);
  process.exitCode = 1;
}
for (const name of chosen) {
  process.stdout.write(`\n${name}\n\n`);
  const { status } = spawnSync(process.execPath, [path.join(folder, "../tools/launch.mjs"), path.join(folder, name)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
