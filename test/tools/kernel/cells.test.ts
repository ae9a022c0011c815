import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KernelClient } from "../../../tools/kernel/protocol/client";
import { failure, printed, shown, TemporaryProject, traceback } from "./project";

/** A cell is a transaction, a variable exists once, and what a cell says stays its own. */

let project: TemporaryProject;
let kernel: KernelClient;

beforeAll(async () => {
  project = new TemporaryProject({
    "lib/late.ts": "export const late: number = await Promise.resolve(4);\n",
    "lib/meta.ts": 'export const here = new URL("./x.csv", import.meta.url).pathname;\n',
    "lib/uses.ts": 'import { late } from "./late";\nexport const twice = late * 2;\n',
    "notebooks/d.json": '{ "n": 5 }',
  });
  kernel = await project.startKernel();
});
afterAll(() => project.remove());

async function run(code: string): Promise<string> {
  const execution = await kernel.execute(code, { timeoutMilliseconds: 20_000 });
  if (execution.status === "error") return traceback(execution)[0] ?? "";
  return String(shown(execution)["text/plain"] ?? "");
}

async function interrupted(code: string): Promise<string> {
  const running = kernel.execute(code, { timeoutMilliseconds: 20_000 });
  setTimeout(() => kernel.interrupt(), 300);
  return String(failure(await running).ename);
}

describe("a cell that does not end well", () => {
  const redeclared: [string, string, string, string][] = [
    ["a constant", "const v = 0.25;", "const v = 'text';", "v * 2"],
    [
      "a function",
      "function h(n: number) { return n / 2 }",
      "function h(n: number) { return `${n}/` }",
      "h(8) + 1",
    ],
    ["a class", "class P { n = 1 }", "class P { n = 'x' }", "new P().n + 1"],
    ["a pattern", "const { p, q } = { p: 1, q: 2 };", "const [p, q] = ['a', 'b'];", "p + q"],
    ["an import", 'import { sep } from "node:path";', "let sep = 5;", "sep.length"],
  ];
  test.each(redeclared)("leaves %s as it was before", async (_, before, anew, use) => {
    await run(before);
    const value = await run(use);
    expect(await run(`${anew} throw new Error("later");`)).toBe("Error: later");
    expect(await run(use)).toBe(value);
    expect(await interrupted(`${anew} await new Promise(() => {});`)).toBe("Interrupted");
    expect(await run(use)).toBe(value);
  });

  test("says what is not kept", async () => {
    const execution = await kernel.execute("const lost = 1; throw new Error('x');");
    expect(traceback(execution).at(-1)).toBe(
      "(nothing that this cell declares is kept; as before it ran: lost)",
    );
    expect(await run("lost")).toMatch(/TS2304/);
  });

  test("values have the types that the checker knows, whichever cells failed", async () => {
    const cell = fc.record({
      name: fc.constantFrom("x1", "x2", "x3"),
      value: fc.constantFrom("1", '"text"', "[2]", "true"),
      keyword: fc.constantFrom("let", "const", "var"),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 6 }), async (cells) => {
        const expected = new Map<string, string>();
        for (const { name, value, keyword, fails } of cells) {
          await run(`${keyword} ${name} = ${value};${fails ? " throw 1;" : ""}`);
          if (!fails) expected.set(name, value);
        }
        for (const [name, value] of expected) expect(await run(`JSON.stringify(${name})`)).toBe(`'${value}'`);
      }),
      { numRuns: 8 },
    );
  });
});

describe("a variable exists once", () => {
  test.each([
    ["let n = 1; function add() { n += 1; return n }; add();", "let n = 100;", "add(); n", "101"],
    [
      "let r: number[] = []; const put = (k: number) => { r = [...r, k] }; put(1);",
      "let r: number[] = [];",
      "put(3); r.length",
      "1",
    ],
    ["let c = 1; const o = { up() { c++ } };", "let c = 10; o.up();", "c", "11"],
    [
      "var w = 1; if (w) { var u = 5 }; function both() { return w + u! }",
      "var w = 2; var u = 7;",
      "both()",
      "9",
    ],
    [
      "let { k, ...more } = { k: 1, z: 2 }; const read = () => [k, more];",
      "let k = 8;",
      "read()",
      "[ 8, { z: 2 } ]",
    ],
    [
      "function base() { return 1 } function derived() { return base() + 1 }",
      "function base() { return 10 }",
      "derived()",
      "11",
    ],
  ])("%s", async (first, second, use, value) => {
    await run(first);
    await run(second);
    expect(await run(use)).toBe(value);
  });

  test("functions and classes keep their names, iterables their patterns", async () => {
    const code =
      "const f = () => 1; const K = class {}; const [a, , ...b] = new Set([1, 2, 3]); [f.name, K.name, a, b]";
    expect(await run(code)).toBe("[ 'f', 'K', 1, [ 3 ] ]");
    expect(await run("() => 1")).toBe("[Function (anonymous)]");
  });

  test("a loop at the top takes at most five times the time of the same loop in a function", async () => {
    const code =
      "let s = 0; const t = performance.now(); for (let k = 0; k < 5e6; k++) s += k; const top = performance.now() - t;\n" +
      "const inside = (): number => { let z = 0; const u = performance.now(); for (let k = 0; k < 5e6; k++) z += k; return z > 0 ? performance.now() - u : 0 };\n" +
      "top / inside()";
    // The best of a few: the machine is shared.
    const ratios: number[] = [];
    for (let i = 0; i < 5; i++) ratios.push(Number(await run(code)));
    expect(Math.min(...ratios)).toBeLessThan(5);
  });
});

describe("modules", () => {
  test.each([
    "await (async () => 1)()",
    "await [1][0]!",
    "await `x`.length",
    "await +1",
    "const v = await (await Promise.resolve({ json: () => 1 })).json(); v",
    "let last = 0; for await (const x of [Promise.resolve(1)]) last = x; last",
  ])("waits at the top: %s", async (code) => {
    expect(await run(code)).toBe("1");
  });

  test.each([
    ["export function rate(n: number): number { return n }", "rate(4)", "4"],
    [
      "export const e1 = 1, e2 = 2; export interface I { a: number } export enum E { A = 3 }",
      "const i: I = { a: e1 }; [i.a, e2, E.A]",
      "[ 1, 2, 3 ]",
    ],
    ["const u1 = 1; export { u1 };", "u1", "1"],
    ['export { late as later } from "../lib/late"; export * from "../lib/uses";', "later", "4"],
    ["export default class D { a = 2 }", "new D().a", "2"],
    ['import data from "./d.json" with { type: "json" };', "data.n", "5"],
    ["", 'import { twice } from "../lib/uses"; twice', "8"],
    ["", '(await import("../lib/uses")).twice', "8"],
    ["", 'import { here } from "../lib/meta"; here.endsWith("/lib/x.csv")', "true"],
    ["", 'import.meta.url.startsWith("file:") && __dirname.endsWith("notebooks")', "true"],
    ['const fs = await import("node:fs");', "fs.existsSync('/')", "true"],
    ["const Counter = class { private n = 1; get() { return this.n } };", "new Counter().get()", "1"],
    [
      "function mixed<T extends new (...a: any[]) => object>(B: T) { return class extends B { private x = 1 } }",
      "typeof mixed",
      "'function'",
    ],
  ])("%s %s", async (first, use, value) => {
    if (first !== "") await run(first);
    expect(await run(use)).toBe(value);
  });

  test.each(["ts", "wait"])("a package for import only, after a first try without it (%s)", async (kind) => {
    const name = `only-${kind}`;
    const own = new TemporaryProject({}, [name]);
    try {
      const client = await own.startKernel();
      const cell = `import { v } from "${name}"; v`;
      expect(failure(await client.execute(cell)).evalue).toMatch(/Cannot find module/);
      const exports = kind === "wait" ? "./i.js" : { types: "./i.d.ts", import: "./i.js" };
      own.write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: "module", exports }));
      own.write(`node_modules/${name}/i.js`, "export const v = await Promise.resolve(5);");
      own.write(`node_modules/${name}/i.d.ts`, "export declare const v: number;");
      expect(shown(await client.execute(cell))["text/plain"]).toBe("5");
      expect(shown(await client.execute(`(await import("${name}")).v`))["text/plain"]).toBe("5");
    } finally {
      await own.remove();
    }
  });
});

describe("what outlives its cell", () => {
  test("its output is its own", async () => {
    const first = await kernel.execute("setTimeout(() => console.log('from one'), 100); 1");
    const second = await kernel.execute("await new Promise((r) => setTimeout(r, 300)); 2");
    expect(printed(second)).toBe("");
    expect(printed(first)).toBe("from one\n");
  });

  test("its error fails no other cell", async () => {
    const first = await kernel.execute("setTimeout(() => { throw new Error('mine') }, 100); 1");
    expect(await run("await new Promise((r) => setTimeout(r, 300)); const n5 = 5; n5")).toBe("5");
    expect(await run("n5")).toBe("5");
    expect(failure(first).evalue).toBe("mine");
  });

  test.each([
    "for (;;) { await new Promise((r) => setTimeout(r, 10)); ticks++; }",
    'import { setTimeout as sleep } from "node:timers/promises"; for (;;) { await sleep(10); ticks++; }',
    "setInterval(() => ticks++, 10); await new Promise(() => {});",
  ])("an interrupt ends it: %s", async (code) => {
    await run("let ticks = 0;");
    expect(await interrupted(code)).toBe("Interrupted");
    expect(await run("const was = ticks; await new Promise((r) => setTimeout(r, 100)); ticks - was")).toBe(
      "0",
    );
  });
});

describe("errors", () => {
  test.each([
    ["const e = new Error('loop') as Error & { cause: unknown }; e.cause = e; throw e;", "loop"],
    ["throw Object.assign(new Error(), { message: 5n });", "5n"],
    ["throw Object.defineProperty(new Error('q'), 'stack', { get() { throw 1 } });", "q"],
    ["throw new Proxy({}, { get() { throw 1 } });", "Thrown"],
    ["await Promise.any([Promise.reject(new Error('first reason'))])", "first reason"],
    ["throw Object.assign(new Error('m'), { row: 3 });", "row: 3"],
    ["({ [Symbol.for('Jupyter.mimebundle')]: () => ({ 'a/b': 5n }) })", "cannot be sent as a/b"],
  ])("are told: %s", async (code, words) => {
    const execution = await kernel.execute(code);
    expect(execution.status).toBe("error");
    expect(traceback(execution).join("\n")).toContain(words);
  });

  test("a bundle may be made with time", async () => {
    const code = "({ [Symbol.for('Jupyter.mimebundle')]: async () => ({ 'text/plain': 'late' }) })";
    expect(await run(code)).toBe("late");
  });

  test.each(["console.log(e.stack)", "console.error(e)", "console.trace('x')"])(
    "a stack that a cell prints names its lines and no folder of this machine: %s",
    async (print) => {
      const code = `\n\ntry {\n  JSON.parse("{");\n} catch (thrown) {\n  const e = thrown as Error;\n  ${print};\n}`;
      const text = printed(await kernel.execute(code));
      expect(text).toMatch(print.includes("trace") ? /line 7/ : /line 4/);
      expect(text).not.toMatch(/\.cache|node:|\/tmp|hrd-project/);
    },
  );

  test("a place is one that the reader wrote", async () => {
    for (const code of ["function f() {\n  return 1;", "const t = `open", "/* open", "f({ a: 1"]) {
      const { location } = failure(await kernel.execute(code)) as { location: { line: number } | null };
      expect(location?.line ?? 0).toBeLessThanOrEqual(code.split("\n").length);
    }
  });

  test("the suggestion stands first", async () => {
    const execution = await kernel.execute("const row = { released: 1 }; row.releasd");
    expect(traceback(execution)[0]).toMatch(/^TS2551 line 1, column \d+: Did you mean 'released'\?/);
  });

  test.each([
    ["!ls", "no shell commands"],
    ["%matplotlib inline", "no magic"],
    ["library(survival)", "import"],
    ["x <- 3", "= here"],
    ['print("x")', "console.log"],
    ["import pandas as pd", "braces"],
    ["kaplanMeier?", "Shift-Tab"],
    ["for i in range(3):\n  i", "braces"],
    ['prompt("name")', "cannot ask"],
    ["x = TRUE", "true"],
  ])("a habit of R or Python gets one sentence: %s", async (code, words) => {
    expect(traceback(await kernel.execute(code))[0]).toContain(words);
  });
});

describe("editing help", () => {
  test.each([
    ["code('br|')", ["broad"], "code('broad')"],
    ["code('|')", ["broad", "strict"], "code('broad')"],
    ['rec["be t|"]', ["be ta"], 'rec["be ta"]'],
    ["import x from '../lib/us|'", ["../lib/uses"], "import x from '../lib/uses'"],
  ])("completion replaces what is typed: %s", async (typed, matches, gives) => {
    await run(
      "type Co = 'strict' | 'broad'; function code(c: Co): Co { return c }; const rec = { 'be ta': 1 };",
    );
    const at = typed.indexOf("|");
    const text = typed.replace("|", "");
    const reply = await kernel.request("complete_request", { code: text, cursor_pos: at });
    expect(reply.matches).toEqual(matches);
    const { cursor_start: start, cursor_end: end } = reply as Record<string, number>;
    expect(text.slice(0, start) + matches[0] + text.slice(end)).toBe(gives);
  });

  test.each([
    ["hazard(|", "events: number"],
    ["hazard(3, |)", "years: number"],
    ["Math.max(1, |", "values: number[]"],
  ])("help inside a call: %s", async (typed, words) => {
    await run("function hazard(events: number, years: number): number { return events / years }");
    const content = { code: typed.replace("|", ""), cursor_pos: typed.indexOf("|"), detail_level: 0 };
    expect(JSON.stringify((await kernel.request("inspect_request", content)).data)).toContain(words);
  });

  test("a name that does not exist is not found, an open text is not complete", async () => {
    const content = { code: "nobody", cursor_pos: 3, detail_level: 0 };
    expect((await kernel.request("inspect_request", content)).found).toBe(false);
    expect((await kernel.request("is_complete_request", { code: "const t = `open" })).status).toBe(
      "incomplete",
    );
  });
});
