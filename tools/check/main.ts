import { availableParallelism } from "node:os";
import { runSteps, type Step, timesOf } from "./steps";

/**
 * npm test: types, lint and data side by side, then the tests, the claims, and the notebooks, which use all cores by
 * themselves; a group that fails is the last one that runs. At the end it says where the time went.
 */
const LAUNCH = "tools/launch.mjs";
const VITEST = "node_modules/vitest/vitest.mjs";

const AT_ONCE = Math.min(2, availableParallelism());

const GROUPS: readonly (readonly Step[])[] = [
  [
    { name: "types", args: [LAUNCH, "tools/check/types.ts"] },
    { name: "types of notebooks", args: [LAUNCH, "tools/notebooks/typecheck.ts"] },
    { name: "lint", args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."] },
    { name: "data", args: [LAUNCH, "tools/data/check.ts", "--quiet"] },
  ],
  [{ name: "tests", args: [VITEST, "run", "--reporter=default", "--reporter=./tools/check/folder-reporter.ts"] }],
  [{ name: "claims", args: [LAUNCH, "tools/verify/main.ts"] }],
  [{ name: "notebooks", args: [LAUNCH, "tools/notebooks/main.ts", "--check"] }],
];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const outcomes = [];
for (const group of GROUPS) {
  outcomes.push(...(await runSteps(group, AT_ONCE, say)));
  if (outcomes.some(({ failed }) => failed)) break;
}
say(`\nWhere the time went (${AT_ONCE} of types, lint and data at a time)`);
for (const line of timesOf(outcomes)) say(line);
process.exitCode = outcomes.some(({ failed }) => failed) ? 1 : 0;
