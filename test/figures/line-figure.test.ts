import { describe, expect, test } from "vitest";
import { lineFigure } from "../../lib/figures";
import { parts, SYNTHETIC, visible } from "./support";

describe("lineFigure", () => {
  const counting = { label: "counting & sorting", x: [1e4, 1e6, 1e8], value: [0.35, 0.9, 33.79] };
  const fitting = { label: "fitting", x: [1e4, 1e6, 1e8], value: [0.27, 0.37, 0.53] };
  const options = { data: SYNTHETIC, xLabel: "Stays", valueLabel: "Seconds", unit: "s", powers: true };

  test("has a line with its marks and its label for each quantity, told apart by colour and dash", () => {
    const { traces, annotations } = parts(lineFigure([counting, fitting], options));
    expect(traces.map(({ mode }) => mode)).toEqual(["lines", "markers", "lines", "markers"]);
    expect(new Set(traces.flatMap(({ line }) => line?.dash ?? [])).size).toBe(2);
    expect(annotations.filter(({ name }) => name === "line-label").map(({ text }) => visible(text))).toEqual([
      "counting & sorting",
      "fitting",
    ]);
    expect(traces[1]?.hovertext?.map(visible)).toContain("counting & sorting 33.79 s at 100,000,000 stays");
  });

  test("an axis by powers of ten has their ticks and room at both ends; another one counts evenly", () => {
    const { layout } = parts(lineFigure([counting], options));
    expect(layout.xaxis?.type).toBe("log");
    expect(layout.xaxis?.tickvals).toEqual([1e4, 1e5, 1e6, 1e7, 1e8]);
    expect(layout.xaxis?.ticktext).toEqual(["10⁴", "10⁵", "10⁶", "10⁷", "10⁸"]);
    expect(Number(layout.xaxis?.range?.[0])).toBeLessThan(4);
    expect(Number(layout.xaxis?.range?.[1])).toBeGreaterThan(8);
    const even = parts(lineFigure([{ label: "a", x: [0, 10], value: [0, 1] }], { ...options, powers: false })).layout;
    expect(even.xaxis?.type).toBeUndefined();
    expect(Number(even.xaxis?.range?.[0])).toBeLessThan(0);
  });

  test("the title says from where to where, the text says every value, and the data say they are synthetic", () => {
    const { layout, alt } = lineFigure([counting, fitting], options);
    expect(layout.meta).toMatchObject({
      title: "Seconds, from the first to the last: counting &amp; sorting 0.35 to 33.79 s and fitting 0.27 to 0.53 s",
      table: { columns: ["Line", "Stays", "Seconds"] },
    });
    expect(alt).toContain("fitting 0.27 s at 10,000, 0.37 s at 1,000,000, 0.53 s at 100,000,000");
    expect(alt).toContain("Synthetic data");
  });

  test("one value alone, and nothing but zero, are drawn", () => {
    const { layout } = parts(lineFigure([{ label: "a", x: [100], value: [0] }], options));
    const [low, high] = (layout.yaxis?.range ?? []).map(Number);
    expect(high).toBeGreaterThan(Number(low));
    expect(Number(layout.xaxis?.range?.[1])).toBeGreaterThan(Number(layout.xaxis?.range?.[0]));
    expect(layout.xaxis?.tickvals).toEqual([100]);
  });

  test("bad lines are named", () => {
    const draw = (line: Partial<typeof counting>) => () => lineFigure([{ ...counting, ...line }], options);
    expect(() => lineFigure([], options)).toThrow("at least one line");
    expect(draw({ x: [], value: [] })).toThrow('lineFigure: the line "counting & sorting" is empty');
    expect(draw({ x: [1] })).toThrow("has 1 values of x and 3 values");
    expect(draw({ value: [1, -2, 3] })).toThrow("has the value -2; from 0 on is needed");
    expect(draw({ x: [1, 3, 2] })).toThrow("has x 2 behind 3");
    expect(draw({ x: [0, 1, 2] })).toThrow("an axis by powers of ten needs numbers above 0");
    expect(draw({ value: [1, Number.NaN, 3] })).toThrow("NaN");
    expect(() => lineFigure([counting, counting], options)).toThrow("two lines");
  });
});
