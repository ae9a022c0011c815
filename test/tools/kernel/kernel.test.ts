import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KernelClient } from "../../../tools/kernel/protocol/client";
import { kernelCommand } from "../../../tools/kernel/protocol/command";
import { eventually, failure, isRunning, printed, ROOT, shown, TemporaryProject, traceback } from "./project";

/** What stock tslab gets wrong, one test each, against the real kernel over its real wire protocol. */

let project: TemporaryProject;
let kernel: KernelClient;

beforeAll(async () => {
  project = new TemporaryProject({
    "lib/index.ts": 'export { greet } from "./a";\n',
    "lib/a.ts":
      'import { word } from "./b";\n\nexport interface Row { released: string | null }\n' +
      "export const rows: Row[] = [{ released: null }];\n" +
      "export function greet(): string {\n  return `a says ${word}`;\n}\n" +
      "export function fail(): never {\n  throw new RangeError(`no ${word}`);\n}\n",
    "lib/b.ts": 'export const word: string = "one";\n',
  });
  kernel = await project.startKernel();
});
afterAll(() => project.remove());

describe("imports", () => {
  test("a cell imports from ../lib, as a folder and as a file", async () => {
    const cell = 'import { greet } from "../lib";\nimport { rows } from "../lib/a";\n`${greet()}, ${rows.length} row`';
    const execution = await kernel.execute(cell);
    expect(shown(execution)["text/plain"]).toBe("'a says one, 1 row'");
  });

  test("a package that has only `exports` is found with its types", async () => {
    const execution = await kernel.execute('import { parse } from "csv-parse/sync";\nparse("a,b").length');
    expect(shown(execution)["text/plain"]).toBe("1");
  });

  test("the working directory is the notebook's folder", async () => {
    const execution = await kernel.execute("process.cwd()");
    expect(String(shown(execution)["text/plain"])).toContain("notebooks");
  });

  test("an edited module reaches the modules that import it, without a restart", async () => {
    const importing = 'import { greet } from "../lib";\ngreet()';
    expect(shown(await kernel.execute(importing))["text/plain"]).toBe("'a says one'");
    project.write("lib/b.ts", 'export const word: string = "two";\n');
    expect(shown(await kernel.execute(importing))["text/plain"]).toBe("'a says two'");
    project.write("lib/b.ts", 'export const word: string = "one";\n');
    expect(shown(await kernel.execute(importing))["text/plain"]).toBe("'a says one'");
  });

  test("a type error that an edit brings into a module is reported with its file", async () => {
    project.write("lib/b.ts", "export const word: string = 3;\n");
    const execution = await kernel.execute('import { greet } from "../lib";\ngreet()');
    project.write("lib/b.ts", 'export const word: string = "one";\n');
    expect(failure(execution).evalue).toMatch(/lib\/b\.ts, line 1, column 14: Type 'number' is not assignable/);
    expect((await kernel.execute('import { greet } from "../lib";\ngreet()')).status).toBe("ok");
  });

  test("a type error that gives its reasons is one of its file, too", async () => {
    const given = "const given: (string | null)[] = [null];\nexport const words: readonly string[] = given;\n";
    project.write("lib/b.ts", `export const word: string = "one";\n${given}`);
    const execution = await kernel.execute('import { greet } from "../lib";\ngreet()');
    project.write("lib/b.ts", 'export const word: string = "one";\n');
    expect(failure(execution).evalue).toMatch(
      /lib\/b\.ts, line 3, column 14: Type '\(string \| null\)\[\]' is not assignable to type 'readonly string\[\]'\..*Type 'null'/,
    );
    expect((await kernel.execute('import { greet } from "../lib";\ngreet()')).status).toBe("ok");
  });

  test("a type error in a file that is reached through the body of a function only is reported, also by a new kernel", async () => {
    const cell = 'import { outer } from "../lib/outer";\nouter();';
    project.write(
      "lib/outer.ts",
      'import { inner } from "./inner";\nexport function outer(): number {\n  return inner();\n}\n',
    );
    project.write("lib/inner.ts", "export function inner(): number {\n  return 5;\n}\n");
    expect(shown(await kernel.execute(cell))["text/plain"]).toBe("5");
    project.write("lib/inner.ts", 'export function inner(): number {\n  return "5";\n}\n');
    for (const one of [kernel, await project.startKernel()]) {
      const execution = await one.execute(cell);
      expect(traceback(execution)[0]).toMatch(/lib\/inner\.ts.*line 2.*TS2322|TS2322.*lib\/inner\.ts.*line 2/);
    }
    project.write("lib/inner.ts", "export function inner(): number {\n  return 6;\n}\n");
    expect(shown(await kernel.execute(cell))["text/plain"]).toBe("6");
  });

  test("a file that was free of errors is checked again when the types change that it uses", async () => {
    const cell = 'import { length } from "../lib/length";\nlength();';
    project.write("lib/word.ts", 'export function word(): string {\n  return "four";\n}\n');
    project.write(
      "lib/length.ts",
      'import { word } from "./word";\nexport function length(): number {\n  return word().length;\n}\n',
    );
    expect(shown(await kernel.execute(cell))["text/plain"]).toBe("4");
    project.write("lib/word.ts", "export function word(): number {\n  return 4;\n}\n");
    for (const one of [kernel, await project.startKernel()]) {
      expect(traceback(await one.execute(cell))[0]).toMatch(/lib\/length\.ts/);
    }
  });

  test("a door gives the names that are asked for, and knows the others", async () => {
    project.write(
      "lib/door/index.ts",
      'export * from "./one";\nexport { second as another, type Second } from "./second";\n',
    );
    project.write("lib/door/one.ts", "/** The first. */\nexport function one(): number {\n  return 1;\n}\n");
    project.write(
      "lib/door/second.ts",
      "export interface Second { n: number }\nexport const second: Second = { n: 2 };\n",
    );
    const first = 'import { one } from "../lib/door"; one();';
    expect(shown(await kernel.execute(first))["text/plain"]).toBe("1");
    // Now the files are known to be free of errors.
    const fresh = await project.startKernel();
    expect(shown(await fresh.execute(first))["text/plain"]).toBe("1");
    expect(traceback(await fresh.execute('import { anothr } from "../lib/door";'))[0]).toMatch(
      /Did you mean 'another'\?/,
    );
    expect(
      shown(await fresh.execute('import { another, type Second } from "../lib/door"; const s: Second = another; s.n'))[
        "text/plain"
      ],
    ).toBe("2");
    expect(
      shown(await fresh.execute('import * as door from "../lib/door"; Object.keys(door).sort().join()'))["text/plain"],
    ).toBe("'another,one'");
    expect(traceback(await fresh.execute("door.another.m"))[0]).toMatch(/TS2339/);
  });

  test("a file that is to be checked sees all that it takes from a door, also in its bodies", async () => {
    const cell = 'import { outside } from "../lib/outside"; outside();';
    project.write("lib/hall/index.ts", 'export * from "./left";\nexport { right } from "./right";\n');
    project.write("lib/hall/left.ts", "export function left(): number {\n  return 1;\n}\n");
    project.write("lib/hall/right.ts", "export function right(): number {\n  return 2;\n}\n");
    project.write("lib/within.ts", "export function within(): number {\n  return 0;\n}\n");
    project.write(
      "lib/outside.ts",
      'import { within } from "./within";\nimport { left } from "./hall";\nexport function outside(): number {\n  return within() + left();\n}\n',
    );
    expect(shown(await kernel.execute(cell))["text/plain"]).toBe("1");
    // Only a body names the door, and only of a file that itself is reached through a body.
    project.write(
      "lib/within.ts",
      'import { right } from "./hall";\nexport function within(): number {\n  return right();\n}\n',
    );
    for (const one of [kernel, await project.startKernel()]) {
      expect(shown(await one.execute(cell))["text/plain"]).toBe("3");
    }
  });

  test("cells know Node's own types", async () => {
    const code =
      'import { readFileSync } from "node:fs"; process.stdout.write("x"); const t: number = performance.now(); Buffer.from("a").length + (t > 0 ? 1 : 0)';
    expect(shown(await kernel.execute(code))["text/plain"]).toBe("2");
    expect(traceback(await kernel.execute("process.stdout.wriet('x')"))[0]).toMatch(/Did you mean 'write'\?/);
  });

  test("a module that appears while the kernel runs can be imported", async () => {
    const cell = 'import { late } from "../lib/late";\nlate';
    expect((await kernel.execute(cell)).status).toBe("error");
    project.write("lib/late.ts", "export const late: number = 7;\n");
    expect(shown(await kernel.execute(cell))["text/plain"]).toBe("7");
  });
});

describe("types", () => {
  test("a misspelt column is a type error that names the right one, before the cell runs", async () => {
    const cell = 'import { rows } from "../lib/a";\nconsole.log("ran");\nrows.map((row) => row.releasd)';
    const execution = await kernel.execute(cell);
    expect(failure(execution)).toMatchObject({
      ename: "TypeScriptError",
      evalue: "line 3, column 23: Property 'releasd' does not exist on type 'Row'. Did you mean 'released'?",
      location: { line: 3, column: 23 },
    });
    expect(printed(execution)).toBe("");
  });

  test("cells are as strict as tsconfig.json says", async () => {
    const possiblyNull = 'import { rows } from "../lib/a";\nrows.map((row) => row.released.length)';
    expect(failure(await kernel.execute(possiblyNull)).evalue).toMatch(/possibly 'null'/);
    const implicitAny = "function f(x) { return x; }";
    expect(failure(await kernel.execute(implicitAny)).evalue).toMatch(/implicitly has an 'any' type/);
  });

  test("strictness and target come from tsconfig.json and nowhere else", async () => {
    const loose = new TemporaryProject();
    loose.write("tsconfig.json", '{ "compilerOptions": { "target": "ES2015", "lib": ["ES2015"], "strict": false } }');
    try {
      const own = await loose.startKernel();
      expect((await own.execute("function f(x) { return x; }")).status).toBe("ok");
      expect(failure(await own.execute("[1].findLast(Boolean)")).evalue).toMatch(/'findLast' does not exist/);
    } finally {
      await loose.remove();
    }
    expect((await kernel.execute("[1].findLast(Boolean)")).status).toBe("ok");
  });
});

describe("variables of earlier cells", () => {
  test("live on, also in the shorthand { name }", async () => {
    await kernel.execute("const one = 1;\nlet two = 2;");
    const execution = await kernel.execute(
      "const both = { one, two };\n({ two } = { two: 5 });\n[both.one + both.two, two]",
    );
    expect(shown(execution)["text/plain"]).toBe("[ 3, 5 ]");
  });

  test("leave the names of their properties alone in patterns", async () => {
    await kernel.execute("const fitted = () => ({ fit: 1, events: 2 });\nlet part = 0;");
    const cell =
      "const { fit: model, events: count } = fitted();\n" +
      "const sum = [fitted()].map(({ fit: one }) => one)[0] + count;\n" +
      "({ fit: part } = fitted());\n[model, sum, part]";
    expect(shown(await kernel.execute(cell))["text/plain"]).toBe("[ 1, 3, 1 ]");
  });

  test("can be declared anew with another type", async () => {
    await kernel.execute("const again = 1;");
    expect(shown(await kernel.execute('const again = "text";\nagain.length'))["text/plain"]).toBe("4");
  });
});

describe("output", () => {
  test("5,000 printed lines arrive, in order", async () => {
    const execution = await kernel.execute("for (let i = 0; i < 5000; i++) console.log(`line ${i}`);");
    expect(printed(execution).trimEnd().split("\n")).toEqual(Array.from({ length: 5000 }, (_, i) => `line ${i}`));
  });

  test("3,000 displays within one turn arrive, each", async () => {
    const cell =
      'const display = Reflect.get(globalThis, Symbol.for("Jupyter.display"));\n' +
      'for (let i = 0; i < 3000; i++) display({ data: { "text/plain": String(i) }, metadata: {} });';
    const { outputs } = await kernel.execute(cell);
    expect(outputs.length).toBe(3000);
    expect(outputs.at(-1)?.content.data).toEqual({ "text/plain": "2999" });
  });

  test("200 cells in a row are answered, each", async () => {
    for (let i = 0; i < 200; i++) {
      const execution = await kernel.execute(`console.log(${i})`, { timeoutMilliseconds: 10_000 });
      expect(printed(execution)).toBe(`${i}\n`);
    }
  });

  test("printed text and displays keep their order", async () => {
    const cell =
      'const display = Reflect.get(globalThis, Symbol.for("Jupyter.display"));\n' +
      'console.log("before");\ndisplay({ data: { "text/plain": "middle" }, metadata: {} });\nconsole.log("after");';
    const { outputs } = await kernel.execute(cell);
    expect(outputs.map(({ type }) => type)).toEqual(["stream", "display_data", "stream"]);
  });

  test("one display carries several mime types", async () => {
    const cell =
      'Reflect.get(globalThis, Symbol.for("Jupyter.display"))({ data: { "text/plain": "a", "text/html": "<b>a</b>" }, metadata: {} });';
    expect(shown(await kernel.execute(cell))).toEqual({ "text/plain": "a", "text/html": "<b>a</b>" });
  });

  test("tslab's own display still works", async () => {
    const execution = await kernel.execute('import { display } from "tslab";\ndisplay.html("<i>x</i>");');
    expect(shown(execution)).toEqual({ "text/html": "<i>x</i>" });
  });
});

describe("the last expression shows itself", () => {
  test("a figure as Plotly JSON, HTML and its alternative text", async () => {
    const cell = '({ data: [{ type: "scatter", x: [1], y: [2] }], layout: {}, alt: "one point" })';
    const forms = shown(await kernel.execute(cell));
    expect(Object.keys(forms).sort()).toEqual(["application/vnd.plotly.v1+json", "text/html", "text/plain"]);
    expect(forms["text/plain"]).toBe("one point");
  });

  test("a danfojs DataFrame as an HTML table", async () => {
    const cell = 'import * as dfd from "danfojs-node";\nnew dfd.DataFrame([{ name: "<script>", n: 1 }])';
    const html = String(shown(await kernel.execute(cell))["text/html"]);
    expect(html).toContain("<table");
    expect(html).toContain("&lt;script&gt;");
  });

  test("an object with its own bundle by that", async () => {
    const cell = '({ [Symbol.for("Jupyter.mimebundle")]: () => ({ "text/markdown": "*x*" }) })';
    expect(shown(await kernel.execute(cell))).toEqual({ "text/markdown": "*x*" });
  });

  test("a value by the display code that its project's lib/ has, wherever it stands there", async () => {
    project.write("lib/moved/here.ts", 'export const mimeBundle = () => ({ "text/plain": "by lib" });');
    project.write("lib/own.ts", 'export { mimeBundle } from "./moved/here";\nexport const x = 1;');
    const own = await project.startKernel();
    expect(shown(await own.execute("1"))).toEqual({ "text/plain": "1" });
    expect(shown(await own.execute('import { x } from "../lib/own";\nx'))).toEqual({
      "text/plain": "by lib",
    });
    await own.shutdown();
  });

  test("anything else as text, undefined not at all", async () => {
    expect(shown(await kernel.execute("({ a: [1, 2] })"))).toEqual({ "text/plain": "{ a: [ 1, 2 ] }" });
    expect((await kernel.execute("undefined")).outputs).toEqual([]);
    expect((await kernel.execute("const silent = 1;")).outputs).toEqual([]);
  });
});

describe("errors", () => {
  test("name, message, line and column of a thrown error, and no line of the kernel's", async () => {
    const execution = await kernel.execute(
      '// first line\nimport path from "node:path";\n\nfunction inner(): never {\n  throw new RangeError(path.sep);\n}\ninner();',
    );
    expect(execution.status).toBe("error");
    expect(failure(execution)).toMatchObject({
      ename: "RangeError",
      evalue: "/",
      location: { line: 5, column: 9 },
    });
    expect(traceback(execution).slice(0, 3)).toEqual([
      "RangeError: /",
      expect.stringMatching(/^ {4}at inner \(cell \d+, line 5, column 9\)$/),
      expect.stringMatching(/^ {4}at cell \d+, line 7, column 1$/),
    ]);
  });

  test("an error in a module names the module's line", async () => {
    const execution = await kernel.execute('import { fail } from "../lib/a";\nfail();');
    const [, inModule, inCell] = traceback(execution);
    expect(inModule).toMatch(/at fail \(lib\/a\.ts:9:\d+\)/);
    expect(inCell).toMatch(/cell \d+, line 2/);
    expect(failure(execution).location).toMatchObject({ line: 2 });
  });

  test("an error with a cause tells the cause", async () => {
    const execution = await kernel.execute('throw new Error("outer", { cause: new Error("inner") });');
    expect(traceback(execution).join("\n")).toMatch(/Caused by Error: inner/);
  });

  test("a thrown value that is no error is shown", async () => {
    expect(failure(await kernel.execute("throw { code: 3 };")).evalue).toBe("{ code: 3 }");
  });

  test("an unhandled rejection fails the cell", async () => {
    const execution = await kernel.execute('Promise.reject(new Error("nobody"));\n3');
    expect(execution.status).toBe("error");
    expect(failure(execution)).toMatchObject({ evalue: "nobody", location: { line: 1 } });
  });

  test("an error in a timer fails the cell that waits for it", async () => {
    const cell =
      'setTimeout(() => { throw new Error("late"); }, 10);\nawait new Promise((resolve) => setTimeout(resolve, 200));';
    expect(failure(await kernel.execute(cell)).evalue).toBe("late");
  });

  test("a failed cell ends what is queued behind it", async () => {
    const results = await Promise.all(
      ["throw new Error('first');", "console.log('second');"].map((code) => kernel.execute(code)),
    );
    expect(results.map(({ status }) => status)).toEqual(["error", "aborted"]);
    expect((await kernel.execute("1")).status).toBe("ok");
  });

  test("variables of a failed cell do not shadow earlier ones", async () => {
    await kernel.execute("const kept = 1;");
    await kernel.execute("const kept = 2;\nthrow new Error('x');");
    expect(shown(await kernel.execute("kept"))["text/plain"]).toBe("1");
  });
});

describe("interrupt", () => {
  const loops = {
    "an endless loop": "while (true) {}",
    "an endless loop behind an await": "await Promise.resolve();\nwhile (true) {}",
    "an endless loop in a timer": "await new Promise(() => setTimeout(() => { while (true) {} }, 10));",
    "a promise that never settles": "await new Promise(() => {});",
    "an endless loop that prints": "for (let i = 0; ; i++) console.log(i);",
  };
  for (const [name, code] of Object.entries(loops)) {
    test(`stops ${name}, and the kernel lives on`, async () => {
      await kernel.execute("const memory = 42;");
      const running = kernel.execute(code);
      setTimeout(() => kernel.interrupt(), 300);
      const execution = await running;
      expect(execution.status).toBe("error");
      expect(failure(execution).ename).toBe("Interrupted");
      expect(shown(await kernel.execute("memory"))["text/plain"]).toBe("42");
    });
  }

  test("also by a message on the control channel", async () => {
    const running = kernel.execute("await new Promise(() => {});");
    setTimeout(() => void kernel.request("interrupt_request", {}, { control: true }), 200);
    expect(failure(await running).ename).toBe("Interrupted");
  });

  test("does nothing where no cell runs", async () => {
    kernel.interrupt();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(shown(await kernel.execute("1 + 1"))["text/plain"]).toBe("2");
  });
});

describe("editing help", () => {
  test("completion knows earlier variables and members", async () => {
    await kernel.execute("const woman = { released: 1, detained: 2 };");
    const reply = await kernel.request("complete_request", { code: "woman.rel", cursor_pos: 9 });
    expect(reply.matches).toContain("released");
  });

  test("inspection tells a type", async () => {
    await kernel.execute("const months: number = 3;");
    const reply = await kernel.request("inspect_request", { code: "months", cursor_pos: 3, detail_level: 0 });
    expect(JSON.stringify(reply.data)).toContain("const months: number");
  });

  test("an unfinished line is incomplete", async () => {
    const reply = await kernel.request("is_complete_request", { code: "function f() {" });
    expect(reply.status).toBe("incomplete");
  });
});

describe("the kernel's end", () => {
  test("a shutdown request ends the process", async () => {
    const own = await project.startKernel();
    await own.shutdown();
    expect(own.process.exitCode).toBe(0);
  });

  test.each(["1 + 1", "while (true) {}"])(
    "the kernel ends when its client is killed while it runs %s",
    async (code) => {
      const script = path.join(project.root, "client.mts");
      const pids = path.join(project.root, "pid");
      project.write("pid", "");
      project.write(
        "client.mts",
        `import { writeFileSync } from "node:fs";
import { KernelClient } from ${JSON.stringify(path.join(ROOT, "tools/kernel/protocol/client.ts"))};
const kernel = await KernelClient.start({ root: ${JSON.stringify(ROOT)}, folder: ${JSON.stringify(project.notebooks)} });
void kernel.execute(${JSON.stringify(code)});
setTimeout(() => writeFileSync(${JSON.stringify(pids)}, String(kernel.process.pid)), 500);
setTimeout(() => {}, 60_000);`,
      );
      const client = spawn(process.execPath, ["tools/launch.mjs", script], { cwd: ROOT, stdio: "ignore" });
      try {
        expect(await eventually(() => readFileSync(pids, "utf8") !== "", 30_000)).toBe(true);
        const pid = Number(readFileSync(pids, "utf8"));
        expect(isRunning(pid)).toBe(true);
        client.kill("SIGKILL");
        expect(await eventually(() => !isRunning(pid))).toBe(true);
      } finally {
        client.kill("SIGKILL");
      }
    },
  );

  test("messages that are not signed with the connection's key are not answered", async () => {
    // The client's own messages are; a kernel that answered anybody would be open to every user of the machine.
    const { decode, encode, newHeader } = await import("../../../tools/kernel/protocol/wire");
    const header = newHeader("kernel_info_request", "s");
    const frames = encode({ identities: [], header, parent: {}, metadata: {}, content: {} }, "right");
    expect(() => decode(frames, "wrong")).toThrow(/not signed/);
    expect(decode(frames, "right").header.msg_type).toBe("kernel_info_request");
  });
});

describe("a kernel that cannot start", () => {
  test("says so in a sentence and ends: its port is taken, its connection file is missing", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", () => resolve()));
    const { port } = taken.address() as { port: number };
    const ports = Object.fromEntries(["shell", "iopub", "stdin", "control", "hb"].map((n) => [`${n}_port`, port]));
    const connection = {
      transport: "tcp",
      ip: "127.0.0.1",
      key: "k",
      signature_scheme: "hmac-sha256",
      ...ports,
    };
    project.write("taken.json", JSON.stringify(connection));
    for (const [name, words] of [
      ["taken.json", `port ${port} of 127.0.0.1`],
      ["none.json", "ENOENT"],
    ] as const) {
      const { status, stderr } = await runToEnd(path.join(project.root, name));
      expect(stderr).toMatch(/^The kernel could not start: [^\n]*\n$/);
      expect(stderr).toContain(words);
      expect(status).toBe(1);
    }
    taken.close();
  });
});

function runToEnd(connectionFile: string): Promise<{ status: number | null; stderr: string }> {
  const [program = "", ...args] = kernelCommand(process.execPath, ROOT, connectionFile);
  const child = spawn(program, args, { cwd: project.notebooks, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stderr })));
}
