import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findNbconvert } from "../../tools/start/e2e/needs";
import { jupyterEnvironment } from "../../tools/start/environment";
import { projectRoot, thisMachine } from "../../tools/start/machine";
import { runQuietly } from "../../tools/start/programs";
import { prepareState } from "../../tools/start/start";
import { savedFigureCount, savedOutputs } from "./support/saved";

test("jupyter nbconvert --execute runs 01-long-list with the project's kernel", async () => {
  const machine = thisMachine();
  const nbconvert = await findNbconvert(machine);
  if (nbconvert === null) throw new Error("No jupyter-nbconvert; run npm run test:e2e, which installs it.");
  prepareState(machine);
  const folder = mkdtempSync(join(tmpdir(), "hrd-nbconvert-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));

  const notebook = join(projectRoot, "notebooks", "01-long-list.ipynb");
  const args = ["--to", "notebook", "--execute", "--output-dir", folder, notebook];
  const result = await runQuietly(nbconvert, args, jupyterEnvironment(machine), 200_000);
  expect(result, result.stderr).toMatchObject({ code: 0 });

  const outputs = savedOutputs(join(folder, "01-long-list.ipynb"));
  expect(outputs.filter(({ kind }) => kind === "error")).toEqual([]);
  expect(savedFigureCount(join(folder, "01-long-list.ipynb"))).toBeGreaterThan(0);
  expect(savedFigureCount(join(folder, "01-long-list.ipynb"))).toBe(savedFigureCount(notebook));
});
