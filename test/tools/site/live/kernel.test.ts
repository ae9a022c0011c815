import { expect, test } from "vitest";
import { withReturns } from "../../../../tools/site/live/client/cell-view";
import { Fingerprints } from "../../../../tools/site/live/kernel/fingerprint";
import { Places, sourceName } from "../../../../tools/site/live/kernel/places";
import { Outputs } from "../../../../tools/site/live/kernel/streams";
import type { LiveOutput } from "../../../../tools/site/live/protocol";
import * as files from "../../../../tools/site/live/shims/fs";

const print = (value: unknown) => new Fingerprints().of(value);

test("a fingerprint is another one after any change of data, and the same after none", () => {
  const value = {
    rows: [
      { n: 1, name: "a" },
      { n: Number.NaN, name: null },
    ],
    at: new Map([["k", new Float64Array([1, 2])]]),
  };
  const before = print(value);
  expect(print(structuredClone(value)).hash).toBe(before.hash);
  expect(before.hidden || before.cut).toBe(false);
  const numbers = value.at.get("k");
  if (numbers !== undefined) numbers[1] = 2.0000000000000004;
  expect(print(value).hash).not.toBe(before.hash);
  const loop: Record<string, unknown> = { a: 1 };
  loop.self = loop;
  expect(print(loop).hash).toBe(print(loop).hash);
});

test("what hides its state is told, and so is what is too much to read", () => {
  let n = 0;
  expect(print({ next: () => ++n }).hidden).toBe(true);
  class Counter {
    #n = 0;
    next(): number {
      return ++this.#n;
    }
  }
  expect(print([new Counter()]).hidden).toBe(true);
  expect(print(Array.from({ length: 200_000 }, (_, i) => i)).cut).toBe(true);
});

test("errors are told with cell, line and column, of Chromium's stacks and of Firefox's", () => {
  const places = new Places();
  places.know(3, [{ line: 1, column: 13, by: 12 }]);
  const described = (stack: string) => places.describe(Object.assign(new TypeError("no"), { stack }), 3, String);
  const chromium = `TypeError: no\n    at inner (${sourceName(2)}:4:7)\n    at eval (${sourceName(3)}:1:20)\n    at blob:null/1:1:1`;
  const firefox = `inner@${sourceName(2)}:4:7\nasync*@blob:null/x line 2 > eval:1:1\n@${sourceName(3)}:1:20\n`;
  for (const stack of [chromium, firefox]) {
    const { ename, evalue, traceback, place } = described(stack);
    expect([ename, evalue, place]).toEqual(["TypeError", "no", { cell: 3, line: 1, column: 8 }]);
    expect(traceback).toEqual([
      "TypeError: no",
      "    at inner (cell 2, line 4, column 7)",
      "    at cell 3, line 1, column 8",
    ]);
  }
  expect(places.describe("text", 3, (value) => `'${value}'`).evalue).toBe("'text'");
});

test("a million lines become what a page can show, and the rest is counted", () => {
  const sent: LiveOutput[] = [];
  const outputs = new Outputs((_, output) => sent.push(output));
  outputs.begin(1);
  for (let i = 0; i < 1_000_000; i++) outputs.write("stdout", `line ${i}\n`);
  outputs.end();
  const text = sent.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
  expect(text.length).toBeLessThan(2_100_000);
  const shown = text.split("\n").filter((line) => /^line \d+$/.test(line)).length;
  const left = Number(/… ([\d,]+) more lines/.exec(text)?.[1]?.replaceAll(",", ""));
  expect(shown + left).toBe(1_000_000);
  expect(sent.length).toBeLessThan(400);
});

test("a progress bar leaves its last state, and nothing where it was wiped", () => {
  expect(withReturns("a\rbcd\rx\n")).toBe("xcd\n");
  expect(withReturns("\rReading 10%\r           \r")).toBe("");
  expect(withReturns("plain  \ntext")).toBe("plain  \ntext");
});

test("files of a page behave as Node's do", () => {
  files.mountFile("/project/data/a.csv", "x\n1\n");
  expect(files.readFileSync("/project/data/a.csv", "utf8")).toBe("x\n1\n");
  expect(files.readdirSync("/project/data")).toContain("a.csv");
  expect(files.statSync("/project/data")?.isDirectory()).toBe(true);
  expect(files.statSync("/no", { throwIfNoEntry: false })).toBeUndefined();
  expect(() => files.readFileSync("/project/none.csv")).toThrow(
    "ENOENT: no such file or directory, open '/project/none.csv'",
  );
  expect(() => files.writeFileSync("/nowhere/b.csv", "x")).toThrow("ENOENT");
  files.mkdirSync("/tmp", { recursive: true });
  const folder = files.mkdtempSync("/tmp/one-");
  files.writeFileSync(`${folder}/b.csv`, new Uint8Array([97, 10]));
  const head = new Uint8Array(1);
  const handle = files.openSync(`${folder}/b.csv`);
  expect([files.readSync(handle, head), files.readSync(handle, new Uint8Array(5))]).toEqual([1, 1]);
  files.closeSync(handle);
  files.rmSync(folder, { recursive: true });
  expect(files.existsSync(folder)).toBe(false);
});
