import { accessSync, constants, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { asObject } from "../../../tools/kernel/protocol/wire";
import { ROOT } from "../kernel/project";

const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");
const STEPS = "bash tools/start/install.sh";

// test/e2e/install.test.ts runs the steps.
test("the development container and Binder run the same install steps, and nothing else", () => {
  expect(asObject(JSON.parse(read(".devcontainer/devcontainer.json"))).onCreateCommand).toBe(STEPS);
  const commands = (script: string): string[] =>
    read(script)
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
  expect(commands("binder/postBuild")).toEqual([STEPS]);
  expect(commands("tools/start/install.sh").slice(-2)).toEqual([
    "npm ci --no-audit --no-fund </dev/null",
    "npm run setup </dev/null",
  ]);
  accessSync(path.join(ROOT, "binder/postBuild"), constants.X_OK);
});

test("setup takes the steps of npm start from where npm start has them", () => {
  const setup = read("tools/start/setup.ts");
  for (const step of ["getJupyter(machine)", "prepareState(machine)"]) {
    expect(setup).toContain(step);
    expect(read("tools/start/start.ts")).toContain(step);
  }
});

test("their Node is one that the project supports", () => {
  const [, container = ""] = /typescript-node:(\d+)/.exec(read(".devcontainer/devcontainer.json")) ?? [];
  const [, binder = ""] = /nodejs=(\d+)/.exec(read("binder/environment.yml")) ?? [];
  expect([Number(container) >= 20, Number(binder) >= 20]).toEqual([true, true]);
});
