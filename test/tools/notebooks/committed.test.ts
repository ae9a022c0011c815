import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGE_INFO } from "../../../tools/kernel/protocol/language";
import { findNotebooks, readNotebook } from "../../../tools/notebooks/notebook";
import { ROOT } from "../kernel/project";

/** The committed notebooks themselves. */

const FOLDER = path.join(ROOT, "notebooks");
const notebooks = findNotebooks(FOLDER, []).map(readNotebook);

describe("each committed notebook", () => {
  test("stays under 1.5 MB", () => {
    for (const name of readdirSync(FOLDER)) expect(statSync(path.join(FOLDER, name)).size).toBeLessThan(1_500_000);
  });

  test("has an output wherever a cell ends with a value, and no error", () => {
    for (const { cells } of notebooks) {
      expect(cells.every((cell) => cell.executionCount !== null)).toBe(true);
      expect(cells.flatMap((cell) => cell.outputs).some((output) => output.output_type === "error")).toBe(false);
    }
  });

  test("tells the language as the kernel does, so that opening it changes nothing", () => {
    for (const { json } of notebooks) {
      expect(json.metadata).toMatchObject({ language_info: LANGUAGE_INFO });
    }
  });

  test("holds every figure as JSON, as a picture and as text, and none as a script", () => {
    const outputs = notebooks.flatMap(({ cells }) => cells.flatMap((cell) => cell.outputs));
    const figures = outputs.filter((output) => "data" in output && "application/vnd.plotly.v1+json" in output.data);
    expect(figures.length).toBeGreaterThanOrEqual(5);
    for (const figure of figures) {
      const data = "data" in figure ? figure.data : {};
      expect(Object.keys(data).sort()).toEqual(["application/vnd.plotly.v1+json", "image/png", "text/plain"]);
      expect(String(data["text/plain"]).length).toBeGreaterThan(40);
    }
    expect(JSON.stringify(outputs)).not.toContain("<script");
  });

  test("says so at every figure and table over synthetic rows", () => {
    const longList = notebooks.find(({ name }) => name.startsWith("01"));
    const figure = longList?.cells
      .flatMap((cell) => cell.outputs)
      .find((output) => "data" in output && "image/png" in output.data);
    const data = figure && "data" in figure ? figure.data : {};
    expect(JSON.stringify(data["application/vnd.plotly.v1+json"])).toContain("SYNTHETIC DATA");
    expect(String(data["text/plain"])).toMatch(/synthetic data/i);
  });
});

test("one changed number in data/freethe20.csv fails --check, which names the cells", () => {
  const root = mkdtempSync(path.join(tmpdir(), "hrd-changed-"));
  try {
    cpSync(path.join(ROOT, "data"), path.join(root, "data"), { recursive: true });
    cpSync(path.join(ROOT, "notebooks/exercises.json"), path.join(root, "notebooks/exercises.json"));
    const file = path.join(root, "data/freethe20.csv");
    const text = readFileSync(file, "utf8");
    // The day on which Sanaa Seif was released, one day later.
    const changed = text.replace("2015-09-23", "2015-09-24");
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    const command = ["tools/launch.mjs", "tools/notebooks/main.ts", "--check", "00"];
    const options = { cwd: ROOT, encoding: "utf8", env: { ...process.env, HRD_ROOT: root } } as const;
    const { status, stdout } = spawnSync(process.execPath, command, options);
    expect(status).toBe(1);
    const table = cellWith("casesTable(women.rows)");
    const figure = cellWith("custodyFigure(");
    expect(stdout).toContain(`00-campaign.ipynb, cell ${table}: `);
    expect(stdout).toContain(`00-campaign.ipynb, cell ${figure}: `);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}, 180_000);

/** Number of the cell of 00-campaign that holds a text. */
function cellWith(text: string): number {
  const cell = notebooks.find(({ name }) => name.startsWith("00"))?.cells.find(({ source }) => source.includes(text));
  if (!cell) throw new Error(`no cell of 00-campaign.ipynb holds ${text}`);
  return cell.number;
}
