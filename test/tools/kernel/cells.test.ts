import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KernelClient } from "../../../tools/kernel/protocol/client";
import { failure, printed, ROOT, shown, TemporaryProject, traceback } from "./project";

/** A cell is a transaction, a variable exists once, and what a cell says stays its own. */

let project: TemporaryProject;
let kernel: KernelClient;

beforeAll(async () => {
  project = new TemporaryProject({
    "lib/late.ts": "export const late: number = await Promise.resolve(4);\n",
    "lib/meta.ts": 'export const here = new URL("./x.csv", import.meta.url).pathname;\n',
    "lib/uses.ts": 'import { late } from "./late";\nexport const twice = late * 2;\n',
    "lib/shapes.ts": "export interface PathObject { root: string }\n",
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
    ["a function", "function h(n: number) { return n / 2 }", "function h(n: number) { return `${n}/` }", "h(8) + 1"],
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
    expect(traceback(execution).at(-1)).toBe("(nothing that this cell declares is kept; as before it ran: lost)");
  });

  test("is named when one of its names is used, until a cell has declared it", async () => {
    await run("const gone = 1; throw new Error('x');");
    const count = await run("gone + 1").then(
      (hint) => /^gone was declared in cell (\d+), which failed/.exec(hint)?.[1],
    );
    expect(Number(count)).toBeGreaterThan(0);
    expect(await interrupted("const halted = 1; await new Promise(() => {});")).toBe("Interrupted");
    expect(await run("halted")).toMatch(/^halted was declared in cell \d+, which failed/);
    await run("const gone = 1;");
    expect(await run("gone + 1")).toBe("2");
    expect(await run("gone + nowhere")).toMatch(/^TS2304/);
  });

  test("gets the way out where a package names none", async () => {
    await run(
      'import { DataFrame } from "danfojs-node"; const df9 = new DataFrame([[1, 2]], { columns: ["x", "y"] });',
    );
    expect(await run('df9.plot("x").bar()')).toContain("a figure is a last value");
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
    ["var w = 1; if (w) { var u = 5 }; function both() { return w + u! }", "var w = 2; var u = 7;", "both()", "9"],
    ["let { k, ...more } = { k: 1, z: 2 }; const read = () => [k, more];", "let k = 8;", "read()", "[ 8, { z: 2 } ]"],
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
});

describe("values keep the types that they were made with", () => {
  test.each([
    [
      "interface Row { a: number } const rows: Row[] = [{ a: 1 }]; const firstOf = (all: Row[]) => all[0]!.a;",
      "interface Row { b: string } const anew: Row = { b: 'x' };",
      "firstOf(rows) + rows[0]!.a + anew.b.length",
      "3",
      "rows[0]!.b",
    ],
    [
      "class An { age = 3 } const an = new An();",
      "class An { name = 'n' }",
      "[an.age, new An().name]",
      "[ 3, 'n' ]",
      "an.name",
    ],
    ["enum Le { A, B } const le = Le.B;", "enum Le { C = 'c' }", "[le, Le.C]", "[ 1, 'c' ]", "const l: Le = le;"],
    [
      "type Id = number; interface Has { id: Id } const has: Has = { id: 4 };",
      "type Id = string;",
      "has.id + 1",
      "5",
      "has.id = 'x'",
    ],
    [
      "namespace Na { export interface Q { z: 1 } export const v = 2 } const q: Na.Q = { z: 1 };",
      "namespace Na { export interface Q { y: 1 } }",
      "q.z",
      "1",
      "q.y",
    ],
    [
      'import type { PathObject } from "../lib/shapes"; const shape: PathObject = { root: "/" };',
      "interface PathObject { mine: 1 }",
      "shape.root",
      "'/'",
      "shape.mine",
    ],
  ])("%s", async (first, second, use, value, wrong) => {
    for (const cell of [first, "1", second, "2"]) await run(cell);
    expect(await run(use)).toBe(value);
    expect(await run(wrong)).toMatch(/^TS2\d+ /);
  });

  test("also where the same type is declared again, or the cell fails", async () => {
    const cell = "class Same { private own = 1; n = 2 }";
    await run(`${cell} const take = (s: Same) => s.n;`);
    await run(cell);
    expect(await run("take(new Same())")).toBe("2");
    await run("class Same { m = 'm' } throw new Error('x');");
    expect(await run("take(new Same())")).toBe("2");
    const { matches } = await kernel.request("complete_request", { code: "Same", cursor_pos: 4 });
    expect(matches).toEqual(["Same"]);
  });

  test("a namespace, types of `declare global` and names with underscores live on", async () => {
    await run("namespace Space { export const v = 6 } const __u = 1; const ofU = () => __u; const __proto__ = 4;");
    await run(
      "declare global { interface Array<T> { second(): T | undefined } } Array.prototype.second = function () { return this[1] };",
    );
    expect(await run("[Space.v, ofU(), __u, __proto__, [1, 2].second()]")).toBe("[ 6, 1, 1, 4, 2 ]");
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
    [
      "const u2 = 1; class C2 { c = 2 } interface I2 { i: 3 } export { u2 as w2, C2 as D2, I2 as J2 };",
      "const j2: J2 = { i: 3 }; const d2: D2 = new D2(); [w2, d2.c, j2.i]",
      "[ 1, 2, 3 ]",
    ],
    ["", "export default async function () {}", "[AsyncFunction (anonymous)]"],
    ["", "export default class {}", "[class (anonymous)]"],
    ['export { late as later } from "../lib/late"; export * from "../lib/uses";', "later", "4"],
    ["export default class D { a = 2 }", "new D().a", "2"],
    ['import data from "./d.json" with { type: "json" };', "data.n", "5"],
    ["", '(await import("./d.json", { with: { type: "json" } })).default.n', "5"],
    ['import fs3 = require("node:fs");', 'fs3.existsSync("/")', "true"],
    ['import assert = require("node:assert"); assert(1);', "typeof assert.equal", "'function'"],
    ["", 'import uses = require("../lib/uses"); uses.twice', "8"],
    ['export import z4 = require("zod");', "z4.z.number().parse(3)", "3"],
    ['import type ts4 = require("typescript"); let node4: ts4.Node | null = null;', "node4", "null"],
    ["const global = 5;", "global", "5"],
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

  test("a package for import only, or one that waits, after a first try without it", async () => {
    const kinds = [
      ["only-types", { types: "./i.d.ts", import: "./i.js" }],
      ["only-waits", "./i.js"],
    ] as const;
    const own = new TemporaryProject(
      {},
      kinds.map(([name]) => name),
    );
    try {
      const client = await own.startKernel();
      for (const [name, exports] of kinds) {
        const cell = `import { v } from "${name}"; v`;
        expect(failure(await client.execute(cell)).evalue).toMatch(/Cannot find module/);
        own.write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: "module", exports }));
        own.write(`node_modules/${name}/i.js`, "export const v = await Promise.resolve(5);");
        own.write(`node_modules/${name}/i.d.ts`, "export declare const v: number;");
        expect(shown(await client.execute(cell))["text/plain"]).toBe("5");
        expect(shown(await client.execute(`(await import("${name}")).v`))["text/plain"]).toBe("5");
      }
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
    'import { setTimeout as wait } from "node:timers/promises"; const { signal } = new AbortController(); for (;;) { await wait(10, 1, { signal }); ticks++; }',
    'import { scheduler } from "node:timers/promises"; for (;;) { await scheduler.wait(10); ticks++; }',
    "import { setInterval as every } from 'node:timers/promises'; for await (const x of every(5)) { void x; ticks++; }",
    "for (;;) { await null; ticks++; }",
    "process.nextTick(function next() { ticks++; process.nextTick(next); });",
  ])("an interrupt ends it: %s", async (code) => {
    await run("let ticks = 0;");
    expect(await interrupted(code)).toBe("Interrupted");
    expect(await run("const was = ticks; await new Promise((r) => setTimeout(r, 100)); ticks - was")).toBe("0");
  });

  test.each(["setTimeout(5000, 1, { signal })", "setImmediate(1, { signal: AbortSignal.abort() })"])(
    "a signal ends a wait: %s",
    async (wait) => {
      const cell = `import later from "node:timers/promises"; const signal = AbortSignal.timeout(20); await later.${wait}`;
      expect(await run(cell)).toBe("AbortError: The operation was aborted");
    },
  );
});

describe("output that Node's streams do not see", () => {
  test.each([
    ["execSync('echo one', { stdio: 'inherit' })", "one\n"],
    ["spawnSync('sh', ['-c', 'echo é >&2'], { stdio: ['ignore', 'pipe', 'inherit'] }).status", "é\n"],
    ["spawn('echo', ['two'], { stdio: 'inherit' }).on('close', done); await ended;", "two\n"],
    [
      "spawn('sh', ['-c', 'echo a; echo b >&2'], { stdio: [0, process.stdout, 1] }).on('close', done); await ended;",
      "a\nb\n",
    ],
    ["fork(`${tmpdir()}/hrd-fork.cjs`).on('close', done); await ended;", "forked\n"],
    ["try { execSync('echo three; exit 3', { stdio: 'inherit' }) } catch {}", "three\n"],
    ["fs.writeSync(1, 'four\\n')", "four\n"],
    ["fs.writeSync(2, Buffer.from('-five-'), 1, 4)", "five"],
    ["fs.write(1, 'six', done); await ended;", "six"],
    ["fs.appendFileSync('/dev/stdout', 'seven')", "seven"],
  ])("%s", async (code, text) => {
    await run(
      "import fs from 'node:fs'; import { execSync, fork, spawn, spawnSync } from 'node:child_process'; import { tmpdir } from 'node:os';",
    );
    await run("fs.writeFileSync(`${tmpdir()}/hrd-fork.cjs`, 'console.log(\"forked\")')");
    await run("let done = (): void => {}; const ended = new Promise<void>((resolve) => { done = resolve });");
    expect(printed(await kernel.execute(`${code}; void 0`, { timeoutMilliseconds: 20_000 }))).toBe(text);
  });
});

describe("a cell that uses up the memory", () => {
  test("is stopped with a sentence, and earlier variables are kept", { timeout: 240_000 }, async () => {
    const client = await KernelClient.start({
      root: ROOT,
      folder: project.notebooks,
      env: { ...process.env, NODE_OPTIONS: "--max-old-space-size=1500" },
    });
    try {
      await client.execute("const kept = 5; const rows: number[][] = [];");
      const execution = await client.execute("for (;;) rows.push(new Array(2e4).fill(0.5).map((x, i) => x + i));");
      expect(failure(execution).ename).toBe("OutOfMemory");
      expect(traceback(execution).join(" ")).toContain("--max-old-space-size=");
      // A cell that gives back is not stopped, and one whose garbage is more than the memory is not, either.
      expect(shown(await client.execute("rows.length = 0; kept"))["text/plain"]).toBe("5");
      const churn = "let n = 0; for (let i = 0; i < 3000; i++) n += new Array(1e5).fill(1.5).length; n";
      expect(shown(await client.execute(churn))["text/plain"]).toBe("300000000");
    } finally {
      await client.kill();
    }
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
    ["({ [Symbol.for('Jupyter.mimebundle')]: () => ({ 'a/b': 5n }) })", "BigInt"],
    ["({ data: [{ type: 'bar', y: [1, 10n] }], layout: {} })", "data[0].y[1] is 10n, a BigInt"],
    ["throw new Proxy({}, { getPrototypeOf() { throw 3 } });", "cannot be described"],
    ["process.exit(0)", "would end the kernel"],
    ["process.stdin.resume(); await new Promise(() => {});", "cannot ask for input"],
  ])("are told: %s", async (code, words) => {
    const execution = await kernel.execute(code);
    expect(execution.status).toBe("error");
    expect(traceback(execution).join("\n")).toContain(words);
  });

  test("a promise is shown as ever, without Node's numbers for it", async () => {
    expect(await run("[Promise.resolve({ a: Promise.resolve(1) })]")).toBe("[ Promise { { a: Promise { 1 } } } ]");
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

  test("before the names that there are, without what else could stand there", async () => {
    await run("interface Pick9 { by: 'strict' | 'broad' | { own: string; rows: { id: number }[] } }");
    expect(await run('const pick9: Pick9 = { by: "strikt" };')).toMatch(
      /Did you mean '"strict"'\? Type '"strikt"' is not assignable to type '"strict" \| "broad" \| \{ … \}'\.$/,
    );
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
    ["for (i in 1:10) print(i)", "let i = 1"],
    ["[x for x in xs]", "xs.map"],
    ["def f(x):\n  return x", "function name"],
    ["# a remark", "//"],
    ["x9 = 5", "const or let"],
    ["table9$age", "table.name"],
    ["document.title", "not in a page"],
    ["using r = null;", "5.0"],
  ])("a habit of R, Python or a page gets one sentence: %s", async (code, words) => {
    expect(traceback(await kernel.execute(code))[0]).toContain(words);
  });

  test.each([
    "const ok = true &&\n  !isOpen9 && nope9",
    'const text9 = "print(x) <- !ls"; nope9',
    "nope9.map((x) => x)",
  ])("and no cell that has none: %s", async (code) => {
    await run("const isOpen9 = false;");
    expect(traceback(await kernel.execute(code))[0]).toMatch(/^TS2304/);
  });

  test("`x <- 6`, which compares, runs with a note", async () => {
    await run("const c9 = 5;");
    expect(printed(await kernel.execute("c9 <- 6"))).toContain("Assignment is =");
    expect(printed(await kernel.execute("c9 < -6"))).toBe("");
  });
});

describe("editing help", () => {
  test.each([
    ["code('br|')", ["broad"], "code('broad')"],
    ["code('|')", ["broad", "strict"], "code('broad')"],
    ['rec["be t|"]', ["be ta"], 'rec["be ta"]'],
    ["import x from '../lib/us|'", ["../lib/uses"], "import x from '../lib/uses'"],
  ])("completion replaces what is typed: %s", async (typed, matches, gives) => {
    await run("type Co = 'strict' | 'broad'; function code(c: Co): Co { return c }; const rec = { 'be ta': 1 };");
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

  test.each([
    [
      "ratio",
      "How often it is more.\n\nfunction ratio(a: number, b?: number | undefined): number\n\nNever less than 0.\n\n@param a above",
    ],
    ["twice", "const twice: number"],
    ["ratio(1, ", "How often it is more.\n\nratio(a: number, b?: number | undefined): number\n\nNever less than 0."],
  ])("what a name is for stands before what it is: %s", async (code, text) => {
    await run('import { twice } from "../lib/uses";');
    await run(
      "/** How often it is more.\n *\n * Never less than 0.\n *\n * @param a above */ function ratio(a: number, b = 1): number { return a / b }",
    );
    const reply = await kernel.request("inspect_request", { code, cursor_pos: code.length, detail_level: 0 });
    expect((reply.data as Record<string, unknown>)["text/plain"]).toBe(text);
  });

  test("a name that does not exist is not found, an open text is not complete", async () => {
    const content = { code: "nobody", cursor_pos: 3, detail_level: 0 };
    expect((await kernel.request("inspect_request", content)).found).toBe(false);
    expect((await kernel.request("is_complete_request", { code: "const t = `open" })).status).toBe("incomplete");
  });
});
