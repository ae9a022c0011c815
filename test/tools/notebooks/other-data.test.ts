import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { verdictsOf } from "../../../tools/notebooks/claims";
import { readNotebook } from "../../../tools/notebooks/notebook";
import { every } from "../../e2e/support/every";
import { ROOT } from "../kernel/project";

/** Somebody else's files: the columns of the project's, and ten made-up women. */

const folder = mkdtempSync(path.join(tmpdir(), "hrd-ten-rows-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const headerOf = (file: string): string => readFileSync(path.join(ROOT, "data", file), "utf8").split("\n")[0] ?? "";

/** Two countries, three featured, four released, one concern not coded; months and days are as good as any. */
const women = Array.from({ length: 10 }, (_, i) => ({
  person: `made-up-${i + 1}`,
  country: i % 2 === 0 ? "Iran" : "Vietnam",
  code: i % 2 === 0 ? "MDE 13" : "ASA 41",
  year: 2010 + (i % 5),
  featured: i % 4 === 0 ? "yes" : "no",
  released: i % 3 === 0 ? "2016-03-10" : "",
  concern: (at: number) => (i === 5 && at === 4 ? "" : (i + at) % 3 === 0 ? "yes" : "no"),
}));

function writeFiles(): void {
  const reports = women.map(({ person, country, code, year, concern }, i) =>
    [
      `${code}/${String(100 + i)}/${year}`,
      `UA ${i + 1}/${String(year).slice(2)}`,
      "urgent action",
      `${year}-05-1${i}`,
      country,
      person,
      "female",
      ...[0, 1, 2, 3, 4].map(concern),
      "",
      "published",
    ].join(","),
  );
  const prisoners = women.map(({ person, country, year, featured, released }) => {
    const until = released === "" ? "2018-09-01" : "";
    return `${person},${country},${featured},two months or more,${year}-02-01,,,${released},,,${until},certain,,published`;
  });
  const save = (file: string, rows: readonly string[]) =>
    writeFileSync(path.join(folder, file), `${[headerOf(file), ...rows].join("\n")}\n`);
  save("urgent_actions.csv", reports);
  save("prisoners.csv", prisoners);
}

// 02 stands for 03, whose claims are of the same kind, and for 04, which has none; HRD_EVERY=1 takes all three.
const WITH_CLAIMS = every ? ["02-ua-control-group", "03-cox-models"] : ["02-ua-control-group"];
const WITHOUT = every ? ["04-diagnostics"] : [];

test("ten made-up rows run through notebooks 02 to 04; claims say that the data are other ones", () => {
  writeFiles();
  const env = { ...process.env, HRD_DATA: folder };
  const run = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, ["tools/launch.mjs", script, ...args], { cwd: ROOT, encoding: "utf8", env });
  const result = run("tools/notebooks/main.ts", "--to", folder, ...WITH_CLAIMS, ...WITHOUT);
  expect(result.stdout + result.stderr).not.toMatch(/Error|differences/);
  expect(result.status).toBe(0);
  for (const name of WITH_CLAIMS) {
    const { cells } = readNotebook(path.join(folder, `${name}.ipynb`));
    const verdicts = cells.flatMap((cell) => verdictsOf(cell, cell.outputs));
    // Those of Table 1 itself stand in appendix 10.
    expect(verdicts.length).toBeGreaterThan(2);
    const bases = new Set(verdicts.map(({ basis }) => basis));
    bases.delete("the paper's own words");
    expect([...bases]).toEqual(["other data"]);
    expect(JSON.stringify(cells.map(({ outputs }) => outputs))).not.toContain("SYNTHETIC DATA");
  }
  // Notebook 04 has no claims; it says of each diagnostic whether ten rows allow it.
  for (const name of WITHOUT) {
    const { cells } = readNotebook(path.join(folder, `${name}.ipynb`));
    expect(JSON.stringify(cells.map(({ outputs }) => outputs))).not.toContain("SYNTHETIC DATA");
  }
  const ledger = run("tools/notebooks/ledger-main.ts", "--in", folder);
  expect(ledger.stdout).toContain("on other data");
  expect(ledger.status).toBe(0);
}, 400_000);
