import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gather } from "../../../tools/verify/gather";
import { type Manifest, manifestSchema } from "../../../tools/verify/manifest";

const ROOT = process.cwd();
let project = "";

/** A copy of the project, in which bytes may be flipped, with its own manifest. */
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "hrd verify é "));
  for (const folder of ["lib", "data", "notebooks", "tools"])
    cpSync(folder, path.join(project, folder), { recursive: true });
  for (const file of ["package.json", "tsconfig.json"]) cpSync(file, path.join(project, file));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(project, "node_modules"));
  const { code, lines } = await verify("--write");
  if (code !== 0) throw new Error(lines.join("\n"));
}, 240_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

function verify(...options: string[]): Promise<{ code: number; lines: string[] }> {
  return new Promise((resolve) => {
    const args = [path.join(project, "tools/launch.mjs"), "tools/verify/main.ts", ...options];
    execFile(process.execPath, args, { cwd: project }, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), lines: stdout.trim().split("\n") });
    });
  });
}

function manifest(): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(path.join(project, "notebooks/verify.json"), "utf8")));
}

/** Replaces one text of a file, which has to be there once, by another one of the same length. */
function flip(file: string, from: string, to: string): () => void {
  const name = path.join(project, file);
  const text = readFileSync(name, "utf8");
  if (text.split(from).length !== 2 || from.length !== to.length) throw new Error(`${file} has to hold "${from}" once`);
  writeFileSync(name, text.replace(from, to));
  return () => writeFileSync(name, text);
}

describe("npm run verify", () => {
  test("one changed byte in a row, a cell, a function and a printed result names their claims and no other", async () => {
    const undo = [
      // Mahlet Fantahun's row is read by the two claims that use the three of footnote 4.
      flip("data/journalists.csv", "mahlet-fantahun,Mahlet Fantahun", "mahlet-fantahun,Mahlet Fantahum"),
      // The log-rank test of Figure 1.
      flip("lib/survival/log-rank.ts", "Math.max(0, chiSquare), df)", "Math.max(1, chiSquare), df)"),
      // 1,500 days, as printed under Figure 2.
      flip("notebooks/02-ua-control-group.ipynb", "const axisEnd = 1500;", "const axisEnd = 1501;"),
    ];
    const { code, lines } = await verify();
    for (const back of undo) back();
    expect(code).toBe(1);
    expect(lines.slice(0, 3)).toEqual([
      "data changed: data/journalists.csv: row 3, mahlet-fantahun; claims 5 and 7 rest on it",
      "cell changed: 02-ua-control-group: claims-figure2; claims 15, 16 and 40 rest on it",
      "function changed: lib/survival/log-rank.ts: logRank; claim 6 rests on it",
    ]);
    // Of all this only the axis is seen in a result.
    expect(lines[3]).toMatch(/^claim 15 is not what is printed: printed ".*1500.*", computed ".*1501.*"$/);
    expect(lines[4]).toMatch(
      /^38 of 39 claims, computed anew, .* 3 of \d+ rows, \d+ cells and \d+ functions are not what they were/,
    );
  });

  test("a docstring is no part of its function", () => {
    const file = "lib/survival/log-rank.ts";
    const text = readFileSync(file, "utf8");
    const docstring = text.replace("/**\n", "/**\n * Changed.\n");
    expect(docstring).not.toBe(text);
    const { functions } = manifest();
    expect(Object.fromEntries(gather(ROOT, new Map([[file, docstring]])).now.functions)).toEqual(functions);
  });

  test("every claim of the ledger is in the manifest", () => {
    const ledger: { claims: { id: number }[] } = JSON.parse(readFileSync("data/claims.json", "utf8"));
    expect(manifest().claims.map(({ id }) => id)).toEqual(ledger.claims.map(({ id }) => id));
  });
});
