import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { missingNeeds, needs, rPackages } from "../../../../tools/start/e2e/needs";
import { setUpNeeds } from "../../../../tools/start/e2e/set-up";
import { projectRoot } from "../../../../tools/start/machine";
import { madeUpMachine, writeProgram } from "../made-up-machine";

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  for (const stream of ["log", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation((text) => printed.push(String(text)));
  }
});
afterEach(() => vi.restoreAllMocks());

test("what works is not missing, what is broken is", async () => {
  const machine = madeUpMachine();
  writeProgram(join(machine.bin, "jupyter-lab"), "echo 4.6.4");
  writeProgram(join(machine.bin, "chromium-browser"), "echo Chromium 156");
  writeProgram(join(machine.bin, "firefox-esr"), "echo Mozilla Firefox 153");
  writeProgram(join(machine.bin, "jupyter-nbconvert"), "exit 1");
  writeProgram(join(machine.bin, "Rscript"), "echo 'there is no package called survival' >&2\nexit 1");
  const missing = await missingNeeds(machine);
  expect(missing.map(({ name }) => name)).toEqual([
    "nbconvert",
    "R with survival, cmprsk, coin, jsonlite, sandwich, lmtest, numDeriv",
  ]);
});

test("every package that a script in test/golden loads is among the needs", () => {
  const folder = join(projectRoot, "test/golden");
  const scripts = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".R"));
  const text = scripts.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const loaded = [...text.matchAll(/library\((\w+)\)/g)].map(([, name]) => name);
  expect([...new Set(loaded)].sort()).toEqual([...rPackages].sort());
});

test("who is not root gets the list and the command", async () => {
  const machine = madeUpMachine();
  writeProgram(join(machine.bin, "apt-get"), `touch '${machine.root}/called'`);
  expect(await setUpNeeds(machine)).toBe(false);
  expect(printed.join("\n")).toContain(
    "sudo apt-get update && sudo apt-get install --no-install-recommends " +
      "jupyter-notebook jupyter-nbconvert chromium firefox-esr r-base-core r-cran-survival r-cran-cmprsk r-cran-coin r-cran-jsonlite r-cran-sandwich r-cran-lmtest r-cran-numderiv",
  );
  expect(existsSync(join(machine.root, "called"))).toBe(false);
});

test("root gets only what is missing installed, after fresh package lists", async () => {
  const machine = madeUpMachine({ isRoot: true });
  const log = join(machine.root, "commands.txt");
  const nbconvert = join(machine.bin, "jupyter-nbconvert");
  writeProgram(join(machine.bin, "jupyter-notebook"), "echo 6.4.12");
  writeProgram(
    join(machine.bin, "apt-get"),
    `echo "$*" >> '${log}'; printf '#!/bin/sh\\necho 6.5\\n' > '${nbconvert}'; chmod 755 '${nbconvert}'`,
  );
  expect(await setUpNeeds(machine, needs.slice(0, 2))).toBe(true);
  expect(readFileSync(log, "utf8")).toBe("-qq update\n-qq install -y --no-install-recommends jupyter-nbconvert\n");
});

test("an installation that brings nothing is a failure that names what is missing", async () => {
  const machine = madeUpMachine({ isRoot: true });
  writeProgram(join(machine.bin, "apt-get"), "exit 100");
  expect(await setUpNeeds(machine, needs.slice(2, 3))).toBe(false);
  expect(printed.at(-1)).toContain("Chromium");
});
