import { expect, test } from "vitest";
import { linesByFolder } from "../../../tools/check/folder-reporter";
import { runSteps, timesOf } from "../../../tools/check/steps";

const slow = { name: "slow", args: ["-e", "setTimeout(() => console.log('slow done'), 300)"] };
const quick = { name: "quick", args: ["-e", "console.error('quick done'); process.exitCode = 3"] };

test("checks speak in their order, all of them run, and a status other than 0 is a failure", async () => {
  const said: string[] = [];
  const outcomes = await runSteps([slow, quick], 2, (line) => said.push(line));
  expect(said).toEqual(["> slow", "slow done", "> quick", "quick done"]);
  expect(outcomes.map(({ name, failed }) => [name, failed])).toEqual([
    ["slow", false],
    ["quick", true],
  ]);
  expect(outcomes[0]?.seconds).toBeGreaterThan(0.29);
});

test("a line for each check says how long it took, and which one failed", () => {
  const lines = timesOf([
    { name: "types", seconds: 15.04, failed: false },
    { name: "notebooks", seconds: 120.26, failed: true },
  ]);
  expect(lines).toEqual(["  types        15.0 s", "  notebooks   120.3 s  FAILED"]);
});

test("seconds of tests are told by folder, the longest first", () => {
  const lines = linesByFolder([
    { file: "test/survival/cox/fit.test.ts", seconds: 1 },
    { file: "test/tools/kernel/cells.test.ts", seconds: 4 },
    { file: "test/survival/curve.test.ts", seconds: 1.5 },
  ]);
  expect(lines).toEqual(["  test/tools/kernel     4.0 s", "  test/survival         2.5 s"]);
});
