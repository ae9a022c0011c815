import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bad, formatCheck, good } from "../../../../tools/start/doctor/check";
import { checkData, checkDependencies, checkNode, checkPlotly } from "../../../../tools/start/doctor/installation";
import { checkJupyter, checkRegistration } from "../../../../tools/start/doctor/jupyter";
import { checkKernel } from "../../../../tools/start/doctor/kernel";
import { projectRoot } from "../../../../tools/start/machine";
import { install } from "../../../../tools/start/register/register";
import { madeUpMachine, temporaryFolder, writeProgram } from "../made-up-machine";

function projectWith(files: Record<string, unknown>): string {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = join(root, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

test("a line of the doctor", () => {
  expect(formatCheck(good("Node 20.20.2"))).toBe("ok      Node 20.20.2");
  expect(formatCheck(bad("No Jupyter\nanywhere", "npm start"))).toBe(
    "failed  No Jupyter\n        anywhere\n        mend it with: npm start",
  );
});

describe("Node", () => {
  test.each([
    ["20.19.0", true],
    ["20.20.2", true],
    ["22.0.0", true],
    ["20.18.9", false],
    ["18.99.0", false],
  ])("%s: %s", (running, ok) => {
    const root = projectWith({ "package.json": { engines: { node: ">=20.19" } } });
    expect(checkNode(root, running)).toMatchObject({ ok });
  });

  test("without a package.json is a failure, not a crash", () => {
    expect(checkNode(temporaryFolder())).toMatchObject({ ok: false });
  });
});

describe("the packages", () => {
  const json = { dependencies: { one: "1.0.0" }, devDependencies: { two: "2.0.0" } };

  test("are those of this project", () => {
    expect(checkDependencies(projectRoot)).toMatchObject({ ok: true });
  });

  test("missing ones and other versions are named, with npm ci", () => {
    const root = projectWith({ "package.json": json, "node_modules/two/package.json": { version: "2.0.1" } });
    expect(checkDependencies(root)).toEqual({
      ok: false,
      what: "Packages: one is missing, two is 2.0.1, not 2.0.0",
      mend: "npm ci",
    });
  });
});

describe("plotly.js", () => {
  test("is there in this project", () => {
    expect(checkPlotly(projectRoot)).toMatchObject({ ok: true });
  });

  test("missing or cut short is a failure", () => {
    expect(checkPlotly(temporaryFolder())).toMatchObject({ ok: false, mend: "npm ci" });
    const root = projectWith({ "node_modules/plotly.js-dist/plotly.js": "!function" });
    expect(checkPlotly(root)).toMatchObject({ ok: false, what: expect.stringContaining("only 0.0 MB") });
  });
});

describe("the data", () => {
  const files = {
    "data/datapackage.json": { resources: [{ path: "a.csv" }, { path: "b.csv" }] },
    "data/a.csv": "x\n",
  };

  test("names the files that are missing", () => {
    const root = projectWith(files);
    expect(checkData(root, {})).toEqual({
      ok: false,
      what: `Data: ${join(root, "data")} lacks b.csv`,
      mend: "git restore data",
    });
    writeFileSync(join(root, "data/b.csv"), "x\n");
    expect(checkData(root, {})).toMatchObject({ ok: true });
  });

  test("without a data package is a failure", () => {
    expect(checkData(temporaryFolder(), {})).toMatchObject({
      ok: false,
      what: expect.stringContaining("no data package"),
    });
  });

  test("looks into the folder that HRD_DATA names", () => {
    const root = projectWith({ ...files, "data/b.csv": "x\n", "own/a.csv": "x\n" });
    const own = join(root, "own");
    expect(checkData(root, { HRD_DATA: own })).toMatchObject({ ok: false, what: `Data: ${own} lacks b.csv` });
  });
});

describe("Jupyter", () => {
  test("is named with its version", async () => {
    const machine = madeUpMachine();
    const program = writeProgram(join(machine.bin, "jupyter-lab"), "echo 4.6.4");
    expect(await checkJupyter(machine)).toEqual({ ok: true, what: `JupyterLab 4.6.4 (${program})` });
  });

  test("where there is none npm start mends it, and a broken one is named", async () => {
    const machine = madeUpMachine();
    const program = writeProgram(join(machine.bin, "jupyter-lab"), "exit 127");
    expect(await checkJupyter(machine)).toEqual({
      ok: false,
      what: expect.stringContaining(`${program} --version ended with exit code 127`),
      mend: "npm start",
    });
  });

  test("a registration for VS Code that points to nothing is found", () => {
    const data = temporaryFolder();
    expect(checkRegistration(data)).toMatchObject({ ok: true, what: expect.stringContaining("optional") });
    install(data, projectRoot, process.execPath);
    expect(checkRegistration(data)).toMatchObject({ ok: true });
    install(data, projectRoot, "/opt/node-18/bin/node");
    expect(checkRegistration(data)).toEqual({
      ok: false,
      what: expect.stringContaining("/opt/node-18/bin/node, which is gone"),
      mend: "npm run kernel:install",
    });
  });
});

describe("the kernel", () => {
  test("computes 1 + 1", async () => {
    expect(await checkKernel(projectRoot)).toMatchObject({
      ok: true,
      what: expect.stringContaining("1 + 1 = 2"),
    });
  });

  test("that ends at once is a failure with what it said", async () => {
    const command = [process.execPath, "-e", "console.error('no such module'); process.exit(7)", "{connection_file}"];
    expect(await checkKernel(projectRoot, command)).toEqual({
      ok: false,
      what: expect.stringMatching(/exit code 7[\s\S]*no such module/),
      mend: "npm ci",
    });
  });
});
