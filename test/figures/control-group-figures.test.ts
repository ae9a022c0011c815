import { describe, expect, test } from "vitest";
import { biasFigure, countFigure, type Figure, type FlowStage, flowFigure, overlapFigure } from "../../lib/figures";
import type { BarTrace, SankeyTrace } from "../../lib/figures/plotly";
import { figureSvg } from "../../tools/picture/picture";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

const stages: readonly FlowStage[] = [
  {
    label: "people named",
    count: 2800,
    leaves: [
      { label: "sex not coded", count: 5 },
      { label: "men", count: 2340 },
    ],
  },
  {
    label: "women",
    count: 455,
    leaves: [
      { label: "no detention", count: 120 },
      { label: "nobody", count: 0 },
      { label: "under two months", count: 84 },
    ],
  },
  { label: "prisoners", count: 251, leaves: [{ label: "not coded", count: 6 }] },
  {
    label: "complete",
    count: 245,
    leaves: [
      { label: "featured", count: 19 },
      { label: "not featured", count: 226 },
    ],
  },
];

describe("flowFigure", () => {
  const figure = flowFigure(stages, { data: SYNTHETIC, title: "Flow" });
  const trace: SankeyTrace = JSON.parse(JSON.stringify(figure.data[0]));

  test("links carry everybody from stage to stage or out of the flow", () => {
    const { source, target, value } = trace.link;
    const into = new Map(target.map((node, i) => [node, value[i]]));
    for (const [node, label] of trace.node.label.entries()) {
      const out = source.flatMap((from, i) => (from === node ? [value[i] ?? 0] : []));
      if (out.length > 0 && node > 0)
        expect(
          out.reduce((a, b) => a + b),
          label,
        ).toBe(into.get(node));
    }
    expect(trace.node.label).toEqual([
      "people named",
      "women",
      "prisoners",
      "complete",
      "featured",
      "not featured",
      "not coded",
      "no detention",
      "under two months",
      "sex not coded",
      "men",
    ]);
  });

  test("bars of a column do not lie on each other, and labels neither", () => {
    const { annotations, layout } = parts(figure);
    expect(annotations).toHaveLength(12);
    const height = Number(layout.height) - Number(layout.margin?.t) - Number(layout.margin?.b);
    const middles = annotations
      .filter((label) => label.name === "leaves")
      .map((label) => (1 - Number(label.y)) * height);
    const apart = [...middles].sort((a, b) => a - b).map((y, i, all) => y - (all[i - 1] ?? -100));
    expect(Math.min(...apart)).toBeGreaterThan(24);
    expect(annotations.map((label) => visible(label.text))).toContain("under two months: 84");
  });

  test("states every number in its text, and that data are synthetic", () => {
    expect(figure.alt).toContain("2,800 people named; left out are 5 sex not coded and 2,340 men.");
    expect(figure.alt).toContain("245 complete, of these 19 featured and 226 not featured.");
    expect(figure.alt).toContain("Synthetic data");
  });

  test("is drawn without a browser, with a bar for each node and a band for each link", async () => {
    const svg = await figureSvg(figure, { width: 360 });
    expect(svg.match(/class="node-rect"/g)).toHaveLength(11);
    expect(svg.match(/class="sankey-link"/g)).toHaveLength(10);
  });

  test("names of stages stand apart on a telephone, and numbers are written as in the title", () => {
    const { annotations, layout } = parts(figure);
    const plot = 328 - Number(layout.margin?.l) - Number(layout.margin?.r);
    const names = annotations.filter((label) => label.name === "stage");
    const sides = names.map((label) => {
      const left = Number(label.x) * plot;
      // As wide as DejaVu Sans is, the widest of the theme's fonts.
      const wide = Math.max(
        ...visible(label.text)
          .split(/ |\n/)
          .map((word) => 0.565 * word.length),
      );
      return [left, left + wide * Number(label.font?.size)] as const;
    });
    for (const [i, [left]] of sides.entries()) if (i > 0) expect(left).toBeGreaterThan((sides[i - 1]?.[1] ?? 0) + 2);
    expect(annotations.map((label) => visible(label.text))).toContain("men: 2,340");
  });

  test("a flow that ends early, and one stage alone", () => {
    const early = [
      { label: "all", count: 4, leaves: [{ label: "gone", count: 4 }] },
      { label: "left", count: 0, leaves: [] },
    ];
    expect(flowFigure(early, { data: PUBLIC, title: "Early" }).alt).toContain("4 all; left out are 4 gone. 0 left.");
    expect(flowFigure([{ label: "all", count: 4, leaves: [] }], { data: PUBLIC, title: "One" }).data).toHaveLength(1);
  });

  test("refuses numbers that do not sum up, naming the stage", () => {
    const wrong = [
      { label: "all", count: 4, leaves: [] },
      { label: "left", count: 3, leaves: [] },
    ];
    expect(() => flowFigure(wrong, { data: PUBLIC, title: "x" })).toThrow(
      'of 4 at stage 1 ("all") 3 go on and 0 leave',
    );
    expect(() => flowFigure([], { data: PUBLIC, title: "x" })).toThrow("needs a first stage");
    expect(() => flowFigure([{ label: "all", count: 0, leaves: [] }], { data: PUBLIC, title: "x" })).toThrow("got 0");
  });
});

describe("countFigure", () => {
  const rows = [
    { label: "Iran", first: 137, second: 1727 },
    { label: "<Venezuela>", first: 8, second: 0 },
  ];
  const figure = countFigure(rows, { data: SYNTHETIC, title: "People", kinds: ["women", "men"] });

  test("stacks both kinds and prints the numbers", () => {
    const bars: readonly BarTrace[] = JSON.parse(JSON.stringify(figure.data.slice(0, 2)));
    expect(bars.map((bar) => bar.x)).toEqual([
      [137, 8],
      [1727, 0],
    ]);
    const { layout } = parts(figure);
    expect(layout.barmode).toBe("stack");
    expect(layout.yaxis2?.ticktext?.map(visible)).toEqual(["137 / 1,727", "8 / 0"]);
    expect(layout.yaxis?.ticktext?.map(visible)).toEqual(["Iran", "<Venezuela>"]);
    expect(figure.alt).toContain("Iran 137 and 1,727; <Venezuela> 8 and 0");
  });

  test("refuses what is no count, naming the row", () => {
    const options = { data: PUBLIC, title: "x", kinds: ["a", "b"] } as const;
    expect(() => countFigure([{ label: "Iran", first: 1.5, second: 0 }], options)).toThrow(
      'row 1 ("Iran") has the count 1.5',
    );
    expect(() => countFigure([], options)).toThrow("needs at least one row");
  });
});

describe("biasFigure", () => {
  const rows = [
    { label: "Count", values: [-0.05, 0.1] },
    { label: "Torture", values: [-1.4, null] },
  ];
  const options = { data: SYNTHETIC, title: "Bias", series: ["before", "after"] };
  const figure = biasFigure(rows, options);

  test("draws a dot for each number, none for what cannot be had, around a zero in the middle", () => {
    const { traces, layout, shapes } = parts(figure);
    expect(traces.map((trace) => trace.x)).toEqual([[-0.05, -1.4], [0.1]]);
    const [low, high] = layout.xaxis?.range ?? [];
    expect([Number(low), Number(high)]).toEqual([-Number(high), Number(high)]);
    expect(Number(high)).toBeGreaterThan(1.4);
    expect(shapes.map((shape) => shape.name)).toEqual(["negligible", "zero"]);
    expect(new Set(traces.map((trace) => trace.marker?.symbol)).size).toBe(2);
    expect(figure.alt).toContain("Torture −1.40 and no variance");
    const why = parts(figure).annotations.filter(({ name }) => name === "missing");
    expect(why.map(({ y, text }) => [y, visible(text)])).toEqual([[1, "◇ no variance"]]);
  });

  test("prints the numbers of a single series", () => {
    const single = biasFigure(
      [
        { label: "Count", values: [-0.054] },
        { label: "Year", values: [null] },
      ],
      { ...options, series: ["all"] },
    );
    expect(parts(single).layout.yaxis2?.ticktext).toEqual(["−0.05", "no variance"]);
    expect(parts(figure).layout.yaxis2).toBeUndefined();
  });

  test("refuses rows that do not fit the series, naming them", () => {
    expect(() => biasFigure([{ label: "a", values: [1] }], options)).toThrow('row 1 ("a") has 1 values');
    expect(() => biasFigure([{ label: "a", values: [1, Number.NaN] }], options)).toThrow("the value NaN");
    expect(() => biasFigure([], options)).toThrow("needs at least one row");
    expect(() => biasFigure([{ label: "a", values: [] }], { ...options, series: [] })).toThrow("at least one series");
  });
});

describe("overlapFigure", () => {
  const rows = [
    { category: "Iran", value: 2009, featured: true },
    { category: "Iran", value: 2009, featured: false },
    { category: "Iran", value: 2009, featured: false },
    { category: "Eritrea", value: 2003, featured: true },
    { category: "China", value: 2010, featured: false },
  ];
  const options = { data: SYNTHETIC, title: "Overlap", valueLabel: "Year", order: ["Iran", "China"] };
  const figure: Figure = overlapFigure(rows, options);

  test("counts the others in each cell, and says who stands alone", () => {
    const [others, featured] = parts(figure).traces;
    expect(others?.x).toEqual([2009, 2010]);
    expect(others?.y).toEqual([0, 1]);
    const [two = 0, one = 0] = [others?.marker?.size ?? []].flat();
    expect((two / one) ** 2).toBeCloseTo(2, 2);
    expect(featured?.x).toEqual([2009, 2003]);
    expect(figure.alt).toContain("Iran 1 featured and 2 not; China 0 featured and 1 not; Eritrea 1 featured and 0 not");
    expect(figure.alt).toContain("Featured with nobody else in the same cell: Eritrea 2003.");
    expect(parts(figure).layout.yaxis?.ticktext).toEqual(["Iran", "China", "Eritrea"]);
  });

  test("refuses no rows and values between whole numbers", () => {
    expect(() => overlapFigure([], options)).toThrow("needs at least one row");
    const half = [{ category: "Iran", value: 2009.5, featured: true }];
    expect(() => overlapFigure(half, options)).toThrow('row 1 ("Iran") has the value 2009.5');
  });
});
