import * as dfd from "danfojs-node";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Figure } from "../../lib/figures";
import { mimeBundle, show } from "../../lib/notebook";
import { NO_ALT } from "../../lib/notebook/bundle";
import { table } from "../../lib/tables";

const FIGURE: Figure = {
  data: [{ type: "bar", x: ["a"], y: [1] }],
  layout: { height: 200 },
  alt: "One <bar>.",
};

describe("mimeBundle", () => {
  test("a figure: Plotly JSON, HTML and its alternative text", () => {
    const bundle = mimeBundle(FIGURE);
    expect(Object.keys(bundle)).toEqual(["application/vnd.plotly.v1+json", "text/html", "text/plain"]);
    expect(bundle["application/vnd.plotly.v1+json"]).toEqual({ data: FIGURE.data, layout: FIGURE.layout });
    expect(bundle["text/plain"]).toBe("One <bar>.");
  });

  test("a figure without alternative text is drawn, with a note", () => {
    for (const figure of [
      { data: FIGURE.data, layout: {} },
      { ...FIGURE, alt: " " },
    ]) {
      const bundle = mimeBundle(figure);
      expect(bundle["text/plain"]).toBe(NO_ALT);
      expect(bundle["text/html"]).toMatch(/hrdFigure.*<em>A figure without a description/s);
    }
  });

  test("an object that only has a part of a figure is not taken for one", () => {
    expect(mimeBundle({ data: [1, 2], layout: {} })).toEqual({
      "text/plain": "{ data: [ 1, 2 ], layout: {} }",
    });
    expect(mimeBundle({ data: FIGURE.data })["text/html"]).toBeUndefined();
  });

  test("a table: HTML and aligned text", () => {
    const bundle = mimeBundle(table([{ n: 1 }]));
    expect(Object.keys(bundle)).toEqual(["text/html", "text/plain"]);
    expect(bundle["text/plain"]).toBe("n\n-\n1");
    expect(bundle["text/html"]).toMatch(/^<table/);
  });

  test("a DataFrame: its first 20 rows and the number of the rest", () => {
    const rows = Array.from({ length: 25 }, (_, index) => ({
      n: index,
      name: index === 0 ? "<script>" : null,
    }));
    const bundle = mimeBundle(new dfd.DataFrame(rows));
    const text = String(bundle["text/plain"]).split("\n");
    expect(text[0]).toBe("DataFrame: 25 rows, 2 columns");
    expect(text.at(-1)).toBe("and 5 more rows");
    expect(text).toHaveLength(1 + 2 + 20 + 1);
    expect(text[3]?.trim().split(/\s+/)).toEqual(["0", "0", "<script>"]);
    expect(bundle["text/html"]).toContain("&lt;script&gt;");
    expect(bundle["text/html"]).not.toContain("<script>");
  });

  test("a DataFrame with exactly 20 rows leaves none out", () => {
    const frame = new dfd.DataFrame(Array.from({ length: 20 }, (_, n) => ({ n })));
    expect(mimeBundle(frame)["text/plain"]).not.toContain("more");
  });

  test("an object with its own method shows itself", () => {
    const own = { [Symbol.for("Jupyter.mimebundle")]: () => ({ "text/plain": "own" }) };
    expect(mimeBundle(own)).toEqual({ "text/plain": "own" });
    const broken = { [Symbol.for("Jupyter.mimebundle")]: () => "text" };
    expect(() => mimeBundle(broken)).toThrow(/returned 'text'; it must return an object of mime types/);
  });

  test("anything else as Node prints it", () => {
    expect(mimeBundle(new Map([["a", 1]]))).toEqual({ "text/plain": "Map(1) { 'a' => 1 }" });
    expect(mimeBundle("text")).toEqual({ "text/plain": "'text'" });
    expect(mimeBundle(null)).toEqual({ "text/plain": "null" });
    expect(mimeBundle([1, 2])).toEqual({ "text/plain": "[ 1, 2 ]" });
  });
});

describe("show", () => {
  const display = Symbol.for("Jupyter.display");
  afterEach(() => {
    Reflect.deleteProperty(globalThis, display);
    vi.restoreAllMocks();
  });

  test("hands the bundle to the kernel's display writer", () => {
    const messages: unknown[] = [];
    Reflect.set(globalThis, display, (message: unknown) => messages.push(message));
    show(table([{ n: 1 }]));
    expect(messages).toEqual([{ data: mimeBundle(table([{ n: 1 }])), metadata: {} }]);
  });

  test("prints the text where there is no kernel", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    show(FIGURE);
    expect(log.mock.calls).toEqual([["One <bar>."]]);
  });
});
