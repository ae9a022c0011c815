import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGE_INFO } from "../../../tools/kernel/protocol/language";
import { stateFolder } from "../../../tools/start/environment";
import { projectRoot } from "../../../tools/start/machine";
import { firstPage } from "../../../tools/start/server-options";
import { trustNotebooks, welcomePage, writeWelcome } from "../../../tools/start/welcome";
import { madeUpMachine } from "./made-up-machine";

describe("the page that npm start opens", () => {
  test("says where to begin and links every notebook", () => {
    const { root } = madeUpMachine();
    writeFileSync(join(root, "README.md"), readFileSync(join(projectRoot, "README.md")));
    writeWelcome(root);
    const { cells, metadata } = JSON.parse(readFileSync(join(root, welcomePage), "utf8"));
    const links = [...String(cells[0].source).matchAll(/\]\((notebooks\/[^)]+\.ipynb)\)/g)].map(([, to]) => to);
    expect(cells[0].source).toMatch(/^# Start here/);
    const notebooks = readdirSync(join(projectRoot, "notebooks")).filter((name) => name.endsWith(".ipynb"));
    expect([...new Set(links)].sort()).toEqual(notebooks.map((name) => `notebooks/${name}`).sort());
    expect(cells[0].source).toContain("\n|:--|:--|:--|\n| [00");
    expect(metadata.kernelspec.name).toBe("hrd-typescript");
    expect(metadata.language_info).toEqual(LANGUAGE_INFO);
    const lab = { kind: "lab", major: 4, version: "4.0", program: "lab" } as const;
    expect(firstPage(lab, root)).toBe(`/lab/tree/${welcomePage}`);
    expect(firstPage({ ...lab, kind: "notebook" }, root)).toBe(`/notebooks/${welcomePage}`);
  });

  test("and the notebooks of the project are trusted, by Jupyter's own program", async () => {
    const machine = madeUpMachine();
    mkdirSync(join(machine.root, "notebooks"));
    writeFileSync(join(machine.root, "notebooks/00.ipynb"), "{}");
    const program = join(machine.bin, "jupyter-trust");
    writeFileSync(program, `#!/bin/sh\necho "$JUPYTER_DATA_DIR $@" > ${machine.root}/trusted\n`);
    chmodSync(program, 0o755);
    const jupyter = {
      kind: "lab",
      major: 4,
      version: "4.0",
      program: join(machine.bin, "jupyter-lab"),
    } as const;
    await trustNotebooks(jupyter, machine);
    expect(readFileSync(join(machine.root, "trusted"), "utf8")).toBe(
      `${join(stateFolder(machine.root), "data")} ${join(machine.root, "notebooks/00.ipynb")}\n`,
    );
  });

  test("and without that program, by the Python that runs Jupyter", async () => {
    const machine = madeUpMachine();
    mkdirSync(join(machine.root, "notebooks"));
    writeFileSync(join(machine.root, "notebooks/00.ipynb"), "{}");
    const python = join(machine.bin, "python3");
    writeFileSync(python, `#!/bin/sh\necho "$JUPYTER_DATA_DIR $@" > ${machine.root}/trusted\n`);
    chmodSync(python, 0o755);
    const program = join(machine.bin, "jupyter-notebook");
    writeFileSync(program, `#!${python}\nimport notebook\n`);
    await trustNotebooks({ kind: "notebook", major: 6, version: "6.4.12", program }, machine);
    expect(readFileSync(join(machine.root, "trusted"), "utf8")).toBe(
      `${join(stateFolder(machine.root), "data")} -m nbformat.sign ${join(machine.root, "notebooks/00.ipynb")}\n`,
    );
  });
});

test.skipIf(process.getuid?.() === 0)("a project that cannot be written keeps its state elsewhere", () => {
  const { root } = madeUpMachine();
  chmodSync(root, 0o500);
  try {
    expect(stateFolder(root).startsWith(root)).toBe(false);
  } finally {
    chmodSync(root, 0o700);
  }
});
