import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CompilerThread } from "../../../tools/kernel/compiling";
import type { KernelClient } from "../../../tools/kernel/protocol/client";
import { Recent, sourceOf } from "../../../tools/kernel/recent";
import { fromTslab, QuickTypeScript, TYPESCRIPT, typescript } from "../../../tools/kernel/typescript";
import { every } from "../../e2e/support/every";
import { eventually, printed, TemporaryProject } from "./project";

/** The compiler in its own thread, and what a kernel does before it is asked. */

describe("while a cell runs", () => {
  let project: TemporaryProject;
  let kernel: KernelClient;
  beforeAll(async () => {
    project = new TemporaryProject();
    kernel = await project.startKernel();
  });
  afterAll(() => project.remove());

  test("names are completed, with those of the running cell, types are told, and the kernel answers", async () => {
    let isRunning = false;
    const running = kernel.execute(
      'const women = [{ released: 1 }];\nconsole.log("runs");\nawait new Promise((resolve) => Object.assign(globalThis, { go: resolve }));',
      { onOutput: () => (isRunning = true) },
    );
    expect(await eventually(() => isRunning, 50_000)).toBe(true);
    const { matches } = await kernel.request("complete_request", { code: "women[0].rel", cursor_pos: 12 });
    expect(matches).toEqual(["released"]);
    const { data } = await kernel.request("inspect_request", { code: "women", cursor_pos: 3, detail_level: 0 });
    expect(JSON.stringify(data)).toContain("released: number");
    expect((await kernel.request("is_complete_request", { code: "f(" })).status).toBe("incomplete");
    expect((await kernel.request("kernel_info_request", {})).status).toBe("ok");
    // Not ended by anything but the interrupt.
    kernel.interrupt();
    expect((await running).status).toBe("error");
    expect((await kernel.request("complete_request", { code: "wome", cursor_pos: 4 })).matches).toEqual([]);
  });

  test("a client that hears of other answers is told that the cell still runs", async () => {
    const states: unknown[] = [];
    let isRunning = false;
    const running = kernel.request(
      "execute_request",
      { code: 'console.log("runs"); await new Promise((resolve) => setTimeout(resolve, 1500));', stop_on_error: true },
      {
        onPublished: (type, content) => {
          if (type === "stream") isRunning = true;
          if (type === "status") states.push(content.execution_state);
        },
      },
    );
    expect(await eventually(() => isRunning, 50_000)).toBe(true);
    await kernel.request("kernel_info_request", {});
    await running;
    expect(states).toEqual(["busy", "busy"]);
  });

  test("a cell is interrupted while it is compiled, and the next one runs", async () => {
    const deep = `type Deep<N extends number, T extends unknown[] = []> = T["length"] extends N ? T : Deep<N, [...T, 0]>;\n`;
    const slow = Array.from({ length: 40 }, (_, i) => `const x${i}: Deep<${900 + i}>["length"] = ${900 + i};`).join(
      "\n",
    );
    const compiling = kernel.execute(`${deep}${slow}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    kernel.interrupt();
    const { status, milliseconds } = await compiling;
    // Where the machine was quick, the cell has ended by itself.
    if (status === "error") expect(milliseconds).toBeLessThan(5_000);
    expect(printed(await kernel.execute("console.log(1 + 1)"))).toBe("2\n");
  });
});

describe("the compiler's thread", () => {
  const script = (body: string): URL =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id, question }) => { ${body} });`)}`,
    );
  const data = { root: "/", notebook: "/", recent: [] };

  test("which ends takes nothing with it but the questions that it was asked", async () => {
    const body =
      'if (question.code === "end") process.exit(3); parentPort.postMessage({ id, answer: { status: question.code } });';
    const thread = new CompilerThread(script(body), data);
    await expect(thread.ask("isComplete", { code: "end" })).rejects.toThrow("the compiler has ended: exit code 3");
    await expect(thread.ask("isComplete", { code: "again" })).resolves.toEqual({ status: "again" });
    await expect(thread.ask("isComplete", { code: "end" })).rejects.toThrow();
  });

  test("that fails says why", async () => {
    const thread = new CompilerThread(script('parentPort.postMessage({ id, failed: "no luck" });'), data);
    await expect(thread.ask("isComplete", { code: "" })).rejects.toThrow("no luck");
  });
});

describe("what the last kernel of a folder imported", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hrd-recent-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is remembered with the files that ran, of the last session that had any", () => {
    const first = new Recent(folder, "/a");
    expect(first.before).toEqual({ imports: [], files: [] });
    first.add([], []);
    expect(new Recent(folder, "/a").before.imports).toEqual([]);
    first.add([{ from: "../lib", names: ["cox"] }], [["/a/lib/index.ts", "1"]]);
    first.add(
      [
        { from: "../lib", names: ["show", "cox"] },
        { from: "./b", names: null },
      ],
      [["/a/lib/index.ts", "2"]],
    );
    expect(new Recent(folder, "/a").before).toEqual({
      imports: [
        { from: "../lib", names: ["cox", "show"] },
        { from: "./b", names: null },
      ],
      files: [["/a/lib/index.ts", "2"]],
    });
    expect(new Recent(folder, "/b").before.imports).toEqual([]);
  });

  test("is that of the notebook, where it is known which one it is, else the last one of the folder", () => {
    const from = (name: string) => [{ from: name, names: ["x"] }];
    new Recent(folder, "/c", "01").add(from("./one"), [["/c/one.ts", "1"]]);
    new Recent(folder, "/c", "02").add(from("./two"), [["/c/two.ts", "1"]]);
    expect(new Recent(folder, "/c", "01").before.imports).toEqual(from("./one"));
    expect(new Recent(folder, "/c", "03").before.imports).toEqual(from("./two"));
    expect(new Recent(folder, "/c").before.imports).toEqual(from("./two"));
  });

  test("is forgotten where it cannot be written, and no cell fails for that", () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    const recent = new Recent(file, "/d");
    expect(() => recent.add([{ from: "./a", names: ["a"] }], [["/d/a.ts", "1"]])).not.toThrow();
    expect(new Recent(file, "/d").before.imports).toEqual([]);
  });

  test("is a cell of its own, whatever two modules call their names", () => {
    const source = sourceOf([
      { from: "./a", names: ["x", "default"] },
      { from: "./b", names: ["x"] },
      { from: "./c", names: null },
    ]);
    expect(source).toBe(
      'import { x as _0, default as _1 } from "./a";\nimport { x as _2 } from "./b";\nimport * as _3 from "./c";',
    );
  });

  // A project that says nothing about side effects is the other way; HRD_EVERY=1 takes both.
  test.each([{ says: '"sideEffects": false', loads: "x" }, ...(every ? [{ says: '"private": true', loads: "" }] : [])])(
    "runs before the next one is asked, where the project says $says and until it is edited",
    async ({ says, loads }) => {
      const project = new TemporaryProject({
        "lib/a.ts":
          'import { appendFileSync } from "node:fs";\nappendFileSync("../loads.txt", "x");\nexport const a: number = 1;\n',
        "loads.txt": "",
      });
      try {
        project.write("package.json", `{ "type": "module", ${says} }`);
        const loaded = (): string => readFileSync(path.join(project.root, "loads.txt"), "utf8");
        const cell = 'import { a } from "../lib/a";\nconsole.log(a);';
        expect(printed(await (await project.startKernel()).execute(cell))).toBe("1\n");
        expect(loaded()).toBe("x");
        const second = await project.startKernel();
        if (loads !== "") expect(await eventually(() => loaded() === "xx", 50_000)).toBe(true);
        else await second.execute("1 + 1");
        expect(loaded()).toBe(`x${loads}`);
        expect(printed(await second.execute(cell))).toBe("1\n");
        expect(loaded()).toBe("xx");
        project.write("lib/a.ts", 'export const a: string = "edited";\n');
        const third = await project.startKernel();
        expect(printed(await third.execute(cell))).toBe("edited\n");
        expect(loaded()).toBe("xx");
      } finally {
        await project.remove();
      }
    },
  );
});

test("TypeScript in its quick form compiles and checks as the original, and is made in two steps", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "hrd-typescript-"));
  const original = typescript();
  const place = fromTslab.resolve(TYPESCRIPT);
  const known = fromTslab.cache[place];
  const written = (): string[] =>
    readdirSync(path.join(folder, "typescript"))
      .map((name) => path.extname(name))
      .sort();
  try {
    const first = new QuickTypeScript(folder);
    first.load();
    expect(typescript()).toBe(original);
    first.prepare();
    expect(written()).toEqual([".js"]);
    const second = new QuickTypeScript(folder);
    second.load();
    second.prepare();
    expect(written()).toEqual([".code", ".js"]);
    new QuickTypeScript(folder).load();
    const quick = typescript();
    expect(quick).not.toBe(original);
    const text =
      "export enum A { one, two }\nexport const f = async <T,>(x: T): Promise<T | null> => (await x) ?? null;";
    const options = { module: original.ModuleKind.CommonJS, target: original.ScriptTarget.ES2022, sourceMap: true };
    expect(quick.transpileModule(text, { compilerOptions: options })).toEqual(
      original.transpileModule(text, { compilerOptions: options }),
    );
    expect(quick.getDefaultLibFilePath({})).toBe(original.getDefaultLibFilePath({}));
    // One that was broken goes, and the original takes its place.
    fromTslab.cache[place] = known;
    for (const name of readdirSync(path.join(folder, "typescript")).filter((one) => one.endsWith(".js")))
      writeFileSync(path.join(folder, "typescript", name), "(function () { throw new Error('broken') })");
    new QuickTypeScript(folder).load();
    expect(written()).toEqual([]);
  } finally {
    fromTslab.cache[place] = known;
    rmSync(folder, { recursive: true, force: true });
  }
});
