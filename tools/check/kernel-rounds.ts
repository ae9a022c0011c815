import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeOf } from "./node-version";

/**
 * `npm run kernel:rounds -- [ROUNDS]`: the kernel's tests again and again, on one Node after the other, for what fails
 * only now and then. Each run is a line of .cache/kernel-rounds.txt, so that a run that is ended has not been in vain.
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RECORD = path.join(ROOT, ".cache", "kernel-rounds.txt");
/** One of each line that is kept up, and the newest. */
const VERSIONS: readonly string[] = ["20.20.2", "22.23.5", "24.22.3", "26.12.1"];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The names of the tests that failed, nothing where all passed. */
function failedOf(version: string): string[] {
  const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--reporter=json", "--maxWorkers=1", "test/tools/kernel"];
  const { status, stdout, stderr } = spawnSync(nodeOf(ROOT, version), args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (status === 0) return [];
  try {
    const report: {
      testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
    } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    return report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter((one) => one.status === "failed")
        .map((one) => `${one.fullName}: ${one.failureMessages[0]?.split("\n")[0]}`),
    );
  } catch {
    return [`ended with ${status}: ${stderr.slice(-500)}`];
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: "string", multiple: true, default: [...VERSIONS] } },
});
const rounds = Number(positionals[0] ?? 20);
if (!(Number.isSafeInteger(rounds) && rounds > 0))
  throw new Error(`npm run kernel:rounds takes a whole number above 0, found "${positionals[0]}"`);
const passed = new Map(values.node.map((version) => [version, 0]));
for (let round = 1; round <= rounds; round++) {
  for (const version of values.node) {
    const failed = failedOf(version);
    if (failed.length === 0) passed.set(version, (passed.get(version) ?? 0) + 1);
    else process.exitCode = 1;
    const line = `${new Date().toISOString()} Node ${version} round ${round}: ${failed.length === 0 ? "passed" : failed.join(" | ")}`;
    appendFileSync(RECORD, `${line}\n`);
    say(line);
  }
}
for (const [version, count] of passed) say(`Node ${version}: ${count} of ${rounds} rounds passed`);
