import { describe, expect, test } from "vitest";
import { type Figure, withProvenance } from "../../lib/figures";
import { composeFigure } from "../../lib/figures/figure";
import { fitHeader, headHtml, markAtEdge, splitHeader } from "../../lib/figures/header";
import { textAt } from "../../lib/figures/marks";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

const BAR: Figure = { data: [{ type: "bar", x: ["a"], y: [1] }], layout: { height: 300 }, alt: "One bar." };

describe("the mark for synthetic data", () => {
  test("stands over synthetic data, in the picture and in the text", () => {
    const { annotations, layout } = parts(withProvenance(BAR, SYNTHETIC));
    expect(annotations.map((one) => visible(one.text))).toEqual(["SYNTHETIC DATA"]);
    expect(annotations[0]?.bgcolor).toBe("#F0E442");
    expect(layout.height).toBe(332);
    expect(withProvenance(BAR, SYNTHETIC).alt).toBe(
      "One bar. Synthetic data: the data are simulated and describe no real person.",
    );
  });

  test("says so where part of the data is synthetic", () => {
    const mixed = withProvenance(BAR, [PUBLIC, SYNTHETIC, PUBLIC]);
    expect(parts(mixed).annotations.map((one) => visible(one.text))).toEqual(["PARTLY SYNTHETIC DATA"]);
    expect(mixed.alt).toContain("Partly synthetic data: some of the data are from the public record");
  });

  test("does not stand over the public record or published figures", () => {
    for (const source of [PUBLIC, { provenance: "published" } as const, [PUBLIC]]) {
      const figure = withProvenance(BAR, source);
      expect(parts(figure).annotations).toEqual([]);
      expect(figure.alt).not.toMatch(/synthetic/i);
    }
  });

  test("leaves the given figure as it was", () => {
    const before = JSON.stringify(BAR);
    withProvenance(BAR, SYNTHETIC);
    expect(JSON.stringify(BAR)).toBe(before);
  });
});

test("a figure without alternative text is refused", () => {
  expect(() => withProvenance({ ...BAR, alt: "  " }, PUBLIC)).toThrow(/needs an alternative text \(alt\)/);
});

test("a number that is not finite is refused with its place", () => {
  const broken: Figure = {
    data: [{ type: "bar", x: ["a"], y: [1, Number.NaN] }],
    layout: {},
    alt: "One bar.",
  };
  expect(() => withProvenance(broken, PUBLIC)).toThrow("figure: data[0].y[1] is NaN");
  expect(() => withProvenance({ ...BAR, layout: { margin: { t: Number.POSITIVE_INFINITY } } }, PUBLIC)).toThrow(
    "figure: layout.margin.t is Infinity",
  );
});

describe("the header", () => {
  const compose = (title: string, notes: readonly string[] = []): Figure =>
    composeFigure(
      "test",
      { title, data: PUBLIC },
      {
        finding: "Found",
        notes,
        data: [],
        size: { plot: 100, below: 0 },
        table: undefined,
        layout: {},
        alt: "Nothing.",
      },
    );

  const LONG = "A title that is too long for one line of a telephone, with <b>letters</b> & $x$";

  test("stands on one line where there is room, and grows with its lines where there is not", () => {
    const figure = compose(LONG, ["note", "another note"]);
    const { layout } = parts(figure);
    expect(layout.title?.text.split("<br>")).toHaveLength(2);
    expect(layout.height).toBe(100 + (layout.margin?.t ?? 0));
    const narrow = parts({ ...figure, layout: fitHeader(figure.layout, 360) }).layout;
    const lines = narrow.title?.text.split("<br>").length ?? 0;
    expect(lines).toBeGreaterThan(3);
    expect((narrow.margin?.t ?? 0) - (layout.margin?.t ?? 0)).toBeGreaterThanOrEqual((lines - 2) * 19);
    expect(narrow.height).toBe(100 + (narrow.margin?.t ?? 0));
    expect(narrow.title?.text).toContain("&lt;b&gt;letters&lt;/b&gt; &amp; &#36;x&#36;");
  });

  test("is the same from whatever width it comes, and has every word at each", () => {
    const { layout } = compose(LONG, ["note", "another note"]);
    const words = (text: unknown): string =>
      String(text)
        .replace(/<[^>]*>| · /g, " ")
        .replace(/\s+/g, " ")
        .trim();
    for (const width of [240, 360, 500, 760, 1400]) {
      const once = fitHeader(layout, width);
      expect(words(parts({ data: [], alt: "", layout: once }).layout.title?.text)).toBe(
        words(parts({ data: [], alt: "", layout }).layout.title?.text),
      );
      expect(fitHeader(once, 760)).toEqual(layout);
    }
  });

  test("stands apart as words, and the plot without it keeps its height", () => {
    const marked = composeFigure(
      "test",
      { title: LONG, subtitle: "What is drawn", data: [{ provenance: "synthetic" }] },
      {
        finding: "Found",
        notes: ["a < b", "another note"],
        data: [],
        size: { plot: 100, below: 20, above: 30 },
        table: { columns: ["a"], rows: [[1]] },
        layout: { annotations: [textAt("a label", { x: 0, y: 0, xref: "x", yref: "y" })] },
        alt: "Nothing.",
      },
    );
    const split = splitHeader(marked.layout);
    expect(split?.head).toEqual({
      title: LONG,
      subtitle: "What is drawn",
      notes: ["a < b", "another note"],
      mark: "SYNTHETIC DATA",
    });
    const { layout } = parts({ data: [], alt: "", layout: split?.layout ?? {} });
    expect(layout.title).toBeUndefined();
    expect(layout.annotations?.map(({ text }) => text)).toEqual(["a label"]);
    expect(Number(layout.height) - Number(layout.margin?.t) - Number(layout.margin?.b)).toBe(100);
    expect(layout.margin?.t).toBeGreaterThanOrEqual(30);
    expect(layout.meta).toEqual({ table: { columns: ["a"], rows: [[1]] } });
    expect(split?.cut).toBe(Number(marked.layout.height) - Number(layout.height));
    expect(splitHeader(layout)).toBeNull();
    expect(headHtml(split?.head ?? { title: "", notes: [] })).toBe(
      '<p class="figure-title">A title that is too long for one line of a telephone, with &lt;b&gt;letters&lt;/b&gt; &amp; &#36;x&#36;</p>' +
        '<p class="figure-words"><strong class="synthetic">SYNTHETIC DATA</strong> What is drawn</p>' +
        '<p class="figure-words">a &lt; b · another note</p>',
    );
  });

  test("has the mark of synthetic data at its left edge, wherever the plot begins", () => {
    const { layout } = composeFigure(
      "test",
      { data: [{ provenance: "synthetic" }] },
      { finding: "Found", data: [], size: { plot: 100, below: 0 }, table: undefined, layout: {}, alt: "Nothing." },
    );
    for (const left of [14, 90, 240])
      expect(markAtEdge(layout, left)).toMatchObject({ annotations: [{ x: 0, xanchor: "left", xshift: 14 - left }] });
    expect(markAtEdge(compose("No mark").layout, 14)).toBeNull();
  });

  test("of a figure that is none of the library's is left alone", () => {
    expect(fitHeader(BAR.layout, 360)).toBe(BAR.layout);
    expect(splitHeader(BAR.layout)).toBeNull();
  });

  test("shows text from data letter for letter", () => {
    const { layout } = parts(compose("<b>x</b> & $y$"));
    expect(layout.title?.text).toBe("<b>&lt;b&gt;x&lt;/b&gt; &amp; &#36;y&#36;</b>");
  });

  test("needs a title", () => {
    expect(() => compose(" ")).toThrow(/needs a title/);
  });
});
