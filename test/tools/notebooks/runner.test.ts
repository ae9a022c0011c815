import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNotebook } from "../../../tools/notebooks/notebook";
import { studentNotebook } from "../../../tools/notebooks/student";
import { every } from "../../e2e/support/every";
import { isRunning, ROOT, TemporaryProject } from "../kernel/project";
import { notebookFile } from "./notebook-file";

/**
 * `npm run notebooks` as a command, on notebooks of its own. Each way to fail takes some kernels: on every run two stand for
 * the others, and so do a figure for text without end and one changed verdict for the other; HRD_EVERY=1 takes all.
 */

let project: TemporaryProject;
beforeAll(() => {
  project = new TemporaryProject();
});
afterAll(() => project.remove());

/** A first cell that leaves the kernel's process number, to see afterwards that no kernel is left. */
const LEAVE_PID = 'import { writeFileSync } from "node:fs";\nwriteFileSync("pid", String(process.pid));';

function run(name: string, cells: Parameters<typeof notebookFile>[0], ...options: string[]) {
  const folder = path.join("notebooks", name);
  project.write(path.join(folder, `${name}.ipynb`), notebookFile(cells));
  return again(name, ...options);
}

function again(name: string, ...options: string[]) {
  const folder = path.join(project.root, "notebooks", name);
  const command = ["tools/launch.mjs", path.join(ROOT, "tools/notebooks/main.ts"), "--in", folder, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
  const pidFile = path.join(folder, "pid");
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) : 0;
  const file = path.join(folder, `${name}.ipynb`);
  return { status, text: stdout + stderr, pid, notebook: () => readFileSync(file, "utf8") };
}

describe("a notebook that fails", () => {
  test("by throwing: notebook, cell, line and message, a non-zero exit, and what ran is kept", () => {
    const cells = [LEAVE_PID, "7", "const a = 1;\n\nthrow new RangeError(`bad ${a}`);", "8"];
    project.write("notebooks/throws/throws.ipynb", notebookFile(cells));
    const before = again("throws", "--check");
    expect(before.notebook()).toBe(notebookFile(cells));
    const result = again("throws");
    const written = JSON.parse(result.notebook()).cells;
    expect(written[1].outputs[0].data["text/plain"]).toEqual(["7"]);
    expect(written[2].outputs[0]).toMatchObject({ output_type: "error", ename: "RangeError" });
    expect(written[3]).toMatchObject({ execution_count: null, outputs: [] });
    expect(result.text).toContain("throws.ipynb, cell 3, line 3: RangeError: bad 1");
    expect(result.status).toBe(1);
    expect(isRunning(result.pid)).toBe(false);
  });

  test.runIf(every)("by a type error, before anything of the cell runs", () => {
    const result = run("types", ["const row = { released: 1 };\nrow.releasd;"]);
    expect(result.text).toMatch(/types\.ipynb, cell 1, line 2: TypeScriptError: .*Did you mean 'released'\?/);
    expect(result.status).toBe(1);
  });

  test.runIf(every)("by looping for ever, within its time limit", () => {
    const result = run("loops", [LEAVE_PID, "await Promise.resolve();\nwhile (true) {}"], "--timeout", "1");
    expect(result.text).toContain("loops.ipynb, cell 2: the cell ran for more than 1 s and was stopped");
    expect(result.status).toBe(1);
    expect(isRunning(result.pid)).toBe(false);
  });

  test("by killing its kernel", () => {
    const result = run("kills", [LEAVE_PID, 'process.kill(process.pid, "SIGKILL");']);
    expect(result.text).toContain("kills.ipynb, cell 2: the kernel ended by signal SIGKILL");
    expect(result.status).toBe(1);
    expect(isRunning(result.pid)).toBe(false);
  });

  test.runIf(every)("by an error after its last cell had ended", () => {
    const result = run("late", ["setTimeout(() => { throw new Error('too late'); }, 0);"]);
    expect(result.text).toMatch(/late\.ipynb, cell 1.*too late/);
    expect(result.status).toBe(1);
  });

  test("unless the cell is tagged to fail; and a tagged cell that does not fail is a failure", () => {
    const lesson = { source: 'throw new Error("on purpose");', tags: ["raises-exception"] };
    expect(run("lesson", [lesson, "1 + 1"]).status).toBe(0);
    const harmless = run("harmless", [{ source: "1;", tags: ["raises-exception"] }]);
    expect(harmless.text).toContain('is tagged "raises-exception" but did not fail');
    expect(harmless.status).toBe(1);
  });
});

describe("a notebook that runs", () => {
  const picture = { "p.png": { "image/png": "iVBORw0KGgo=" } };
  const pasted = {
    cell_type: "markdown",
    metadata: { mine: 1 },
    attachments: picture,
    source: "![p](attachment:p.png)",
  };
  const code = {
    cell_type: "code",
    metadata: {},
    execution_count: null,
    outputs: [],
    source: "1 + 1",
    mark: "x",
  };

  test("keeps everything but its outputs, in both formats", () => {
    const metadata = { authors: ["a"], kernelspec: { name: "tslab", language: "typescript", mine: 2 } };
    const notebook = (minor: number) => ({
      cells: [pasted, code],
      metadata,
      nbformat: 4,
      nbformat_minor: minor,
      other: true,
    });
    const file = (minor: number) => (minor === 5 ? "notebooks/keeps/keeps.ipynb" : "notebooks/keeps/older.ipynb");
    for (const minor of [4, 5]) project.write(file(minor), JSON.stringify(notebook(minor)));
    expect(again("keeps").status).toBe(0);
    for (const minor of [4, 5]) {
      const written = JSON.parse(readFileSync(path.join(project.root, file(minor)), "utf8"));
      expect(written).toMatchObject({
        other: true,
        nbformat_minor: minor,
        metadata: { authors: ["a"], kernelspec: { mine: 2 } },
      });
      expect(written.cells[0]).toMatchObject({ attachments: picture, metadata: { mine: 1 } });
      expect(written.cells[1]).toMatchObject({ mark: "x", outputs: [{ data: { "text/plain": ["2"] } }] });
      for (const cell of written.cells) expect(typeof cell.id).toBe(minor === 5 ? "string" : "undefined");
    }
    const student = JSON.parse(studentNotebook(readNotebook(path.join(project.root, file(5)))));
    expect(student.cells[0].attachments).toEqual(picture);
    expect(student.cells[1]).toMatchObject({ mark: "x", outputs: [], execution_count: null });
  });

  test("shows a display as it was changed last, and what a timer says in its own cell", () => {
    const result = run("later", [
      "import * as tslab from 'tslab';\nconst d = tslab.newDisplay();\nd.html('<b>first</b>');",
      "d.html('<b>third</b>'); void setTimeout(() => console.log('own'), 100);",
      "await new Promise((r) => setTimeout(r, 400));",
    ]);
    const { cells } = JSON.parse(result.notebook());
    expect(cells[0].outputs[0].data["text/html"]).toEqual(["<b>third</b>"]);
    expect(cells[1].outputs).toEqual([{ output_type: "stream", name: "stdout", text: ["own\n"] }]);
    expect(cells[2].outputs).toEqual([]);
  });

  test("is one for this kernel: a Python notebook is refused and left alone, as is an empty folder", () => {
    const python = { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } };
    const text = JSON.stringify({ cells: [code], metadata: python, nbformat: 4, nbformat_minor: 4 });
    project.write("notebooks/python/python.ipynb", text);
    const result = again("python");
    expect(result.text).toContain("python.ipynb is a notebook for Python 3");
    expect([result.status, result.notebook()]).toEqual([1, text]);
    project.write("notebooks/empty/readme.txt", "");
    const empty = again("empty");
    expect(empty.text).toMatch(/has no notebook/);
    expect(empty.status).toBe(1);
  });

  test("has figures with a description: one without is refused by --check", () => {
    const figure = '({ data: [{ type: "scatter", x: [1, 2], y: [2, 1] }], layout: {} })';
    expect(run("bare", [figure], "--check").text).toContain("bare.ipynb, cell 1: a figure has no alt");
  });

  test.runIf(every)(
    "prints 5,000 lines, all stored as one output, and has a progress line for each cell with its time",
    () => {
      const result = run("prints", [
        "const n = 5000;",
        "// a comment\nfor (let i = 0; i < n; i++) console.log(`line ${i}`);",
      ]);
      expect(result.status).toBe(0);
      const { outputs } = JSON.parse(result.notebook()).cells[1];
      expect(outputs.length).toBe(1);
      expect(outputs[0].text.length).toBe(5000);
      expect(result.text).toMatch(/1\/2 +\d+\.\d\d s {2}const n = 5000;/);
      expect(result.text).toMatch(/2\/2 +\d+\.\d\d s {2}for \(let i = 0/);
    },
  );

  test("written twice is the same to the byte; a figure has JSON, picture and text, and no script", () => {
    const figure =
      '({ data: [{ type: "scatter", x: [1, 2], y: [2, 1] }], layout: { title: { text: "t" } }, alt: "two points" })';
    const first = run("twice", [figure, "Math.PI"]).notebook();
    const second = again("twice").notebook();
    expect(second).toBe(first);
    const { cells } = JSON.parse(first);
    expect(Object.keys(cells[0].outputs[0].data)).toEqual([
      "application/vnd.plotly.v1+json",
      "image/png",
      "text/plain",
    ]);
    expect(cells[0].outputs[0].data["text/plain"]).toEqual(["two points"]);
    expect(cells.map((cell: { execution_count: number }) => cell.execution_count)).toEqual([1, 2]);
    expect(again("twice", "--check").status).toBe(0);
  }, 120_000);

  test("--check names the cell whose output has changed, and writes nothing", () => {
    project.write("notebooks/changes/value.txt", "1");
    const cells = ["const before = 1;", 'import { readFileSync } from "node:fs";\nreadFileSync("value.txt", "utf8")'];
    run("changes", cells);
    project.write("notebooks/changes/value.txt", "2");
    const before = again("changes", "--help").notebook();
    const result = again("changes", "--check");
    expect(result.text).toContain(`changes.ipynb, cell 2: line 1 was "'1'", is "'2'" now`);
    expect(result.status).toBe(1);
    expect(result.notebook()).toBe(before);
  });

  test("a verdict that is not the one on record fails --check", () => {
    const bundle = (verdict: string) =>
      `({ [Symbol.for("Jupyter.mimebundle")]: () => ({ "application/vnd.hrd.claim+json": { id: 7, verdict: "${verdict}", recorded: "wording" }, "text/plain": "claim" }) })`;
    expect(run("verdict", [bundle("wording")]).status).toBe(0);
    const result = run("verdict", [bundle("attainable")]);
    expect(result.text).toContain(
      'verdict.ipynb, cell 1: claim 7 is now "attainable", data/claims.json records "wording"',
    );
    expect(result.status).toBe(1);
  });

  test.runIf(every)("a verdict that changes on record while its text stays fails --check", () => {
    const bundle = (verdict: string, words: string) =>
      `({ [Symbol.for("Jupyter.mimebundle")]: () => ({ "application/vnd.hrd.claim+json": { id: 7, verdict: "${verdict}", recorded: "${verdict}" }, "text/plain": "Claim 7\\n${words}" }) })`;
    const escaped = (code: string) => JSON.stringify(code).slice(1, -1);
    const committed = run("record", [bundle("wording", "old")]).notebook();
    const changed = (verdict: string, words: string) =>
      committed.replace(escaped(bundle("wording", "old")), escaped(bundle(verdict, words)));
    project.write("notebooks/record/record.ipynb", changed("attainable", "old"));
    const result = again("record", "--check");
    expect(result.status).toBe(1);
    expect(result.text).toContain(
      'record.ipynb, cell 1: claim 7 was "wording" and is "attainable" now, but its text in data/claims.json has stayed the same',
    );
    project.write("notebooks/record/record.ipynb", changed("attainable", "new"));
    expect(again("record", "--check").text).not.toContain("has stayed the same");
  });

  test("results of other data are not written into the committed notebooks", () => {
    project.write("notebooks/other/other.ipynb", notebookFile(["1 + 1"]));
    process.env.HRD_DATA = project.root;
    try {
      const result = again("other");
      expect(result.text).toMatch(/HRD_DATA is set .*--to FOLDER/);
      expect(result.status).toBe(1);
      expect(again("other", "--to", path.join(project.root, "results")).status).toBe(0);
    } finally {
      delete process.env.HRD_DATA;
    }
  });

  test("an unknown name is an error that lists what there is", () => {
    project.write("notebooks/known/known.ipynb", notebookFile(["1"]));
    const result = again("known", "99");
    expect(result.text).toMatch(/no notebook in .* starts with "99"; there are known\.ipynb/);
    expect(result.status).toBe(1);
  });
});
