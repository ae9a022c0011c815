import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCampaign } from "../../../tools/new/make";
import { nameFault } from "../../../tools/new/names";
import { readNotebook } from "../../../tools/notebooks/notebook";
import { runNotebook } from "../../../tools/notebooks/run";
import { ROOT, TemporaryProject } from "../kernel/project";

let project: TemporaryProject;
beforeAll(() => {
  project = new TemporaryProject();
  project.copy(path.join(ROOT, "lib"), "lib");
  project.copy(path.join(ROOT, "data"), "data");
});
afterAll(() => project.remove());

const read = (file: string) => readFileSync(path.join(project.root, file), "utf8");

describe("npm run new", () => {
  test("makes a data package and a notebook that runs from top to bottom at once", async () => {
    const files = makeCampaign(project.root, "spring-arrests");
    expect(files).toEqual([
      "campaigns/spring-arrests.ipynb",
      "campaigns/spring-arrests/arrests.csv",
      "campaigns/spring-arrests/datapackage.json",
      "campaigns/spring-arrests/README.md",
    ]);
    for (const file of files) expect(read(file)).not.toMatch(/\{\{|\}\}(?!,)\w/);
    const described = JSON.parse(read("campaigns/spring-arrests/datapackage.json"));
    const columns = described.resources[0].schema.fields.map(({ name }: { name: string }) => name);
    expect(read("campaigns/spring-arrests/arrests.csv").split("\n")[0]).toBe(columns.join(","));

    const notebook = readNotebook(path.join(project.root, "campaigns/spring-arrests.ipynb"));
    const executed = await runNotebook(notebook, { root: ROOT, timeoutMilliseconds: 120_000 });
    const shown = JSON.stringify([...executed.values()]);
    expect(shown).toContain("SYNTHETIC DATA: spring-arrests/arrests.csv (CSV, separated by commas)");
    expect(shown).toContain("Spring arrests: release from custody");
    expect(shown).toContain("Spring arrests: how custody ended");
    expect(shown).not.toContain("Not computed");
  }, 240_000);

  test("overwrites nothing", () => {
    makeCampaign(project.root, "kept", "A title");
    const file = path.join(project.root, "campaigns/kept/arrests.csv");
    writeFileSync(file, "mine");
    expect(() => makeCampaign(project.root, "kept")).toThrow(/campaigns\/kept is there already; nothing was written/);
    expect(readFileSync(file, "utf8")).toBe("mine");
    project.write("campaigns/half.ipynb", "{}");
    expect(() => makeCampaign(project.root, "half")).toThrow(/campaigns\/half\.ipynb is there already/);
    expect(existsSync(path.join(project.root, "campaigns/half"))).toBe(false);
    expect(() => makeCampaign(project.root, "titled", 'a "title"')).toThrow(/has quotation marks/);
  });

  test.each([
    ["", /is empty/],
    ["My Campaign", /has blanks; write my-campaign$/],
    ["Zürich", /capital letters.*write zurich$/],
    ["été", /does not begin with a letter from a to z/],
    ["2020-arrests", /does not begin with a letter/],
    ["a_b", /other characters.*write a-b$/],
    ["../data", /is a path/],
    ["a/b", /is a path/],
    [".hidden", /is a path/],
    ["a--b", /two in a row/],
    ["con", /device/],
    ["a".repeat(51), /51 characters/],
  ])("refuses the name %j with a reason", (name, reason) => {
    expect(nameFault(name)).toMatch(reason);
  });

  test("on the command line: help, a missing name, a bad one", () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ["tools/launch.mjs", "tools/new/main.ts", ...args], {
        cwd: ROOT,
        encoding: "utf8",
      });
    expect(run("--help").stdout).toContain("npm run new -- my-campaign");
    expect(run()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("One name is needed, found 0"),
    });
    expect(run("No Way")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("has blanks; write no-way"),
    });
  });
});
