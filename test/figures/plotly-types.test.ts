import type { BarData, Data, LayoutAxis, Layout as PlotlyLayout, ScatterData } from "plotly.js-dist";
import { expect, expectTypeOf, test } from "vitest";
import type { Axis, BarTrace, FigureLayout, Layout, SankeyTrace, ScatterTrace, Trace } from "../../lib/figures/plotly";

/** plotly.js-dist names the type of a sankey trace only within the union of all. */
type SankeyData = Required<Extract<Data, { type?: "sankey" }>>;

/** Plotly's own types are mutable; the library's are not. */
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

// tsc proves these: a field that Plotly does not know, or knows otherwise, does not compile.
const scatter = (trace: Mutable<ScatterTrace>): Partial<ScatterData> => trace;
const bar = (trace: Mutable<BarTrace>): Partial<BarData> => trace;
const sankey = (trace: Mutable<SankeyTrace>): Partial<SankeyData> => trace;
const layout = (own: Mutable<FigureLayout>): Partial<PlotlyLayout> => own;

test("the library's trace and layout types are Plotly's own", () => {
  expectTypeOf<keyof ScatterTrace>().toExtend<keyof ScatterData>();
  expectTypeOf<keyof BarTrace>().toExtend<keyof BarData>();
  expectTypeOf<keyof SankeyTrace>().toExtend<keyof SankeyData>();
  expectTypeOf<keyof FigureLayout>().toExtend<keyof PlotlyLayout>();
  expectTypeOf<keyof Axis>().toExtend<keyof LayoutAxis>();
  expect(scatter({ type: "scatter", mode: "lines", x: [1], y: [2] }).type).toBe("scatter");
  expect(bar({ type: "bar", x: [1], y: [2] }).type).toBe("bar");
  expect(typeof sankey).toBe("function");
  expect(layout({ height: 1 }).height).toBe(1);
});

test("what the library writes is JSON", () => {
  expectTypeOf<ScatterTrace>().toExtend<Trace>();
  expectTypeOf<FigureLayout>().toExtend<Layout>();
  const own: Trace = { type: "pie", labels: ["a"], values: [1] };
  expect(JSON.parse(JSON.stringify(own))).toEqual(own);
});
