import { describe, expect, test } from "vitest";
import { type Figure, withProvenance } from "../../lib/figures";
import { composeFigure } from "../../lib/figures/figure";
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
  expect(() =>
    withProvenance({ ...BAR, layout: { margin: { t: Number.POSITIVE_INFINITY } } }, PUBLIC),
  ).toThrow("figure: layout.margin.t is Infinity");
});

describe("the header", () => {
  const compose = (title: string, notes: readonly string[] = []): Figure =>
    composeFigure(
      "test",
      { title, data: PUBLIC },
      { notes, data: [], size: { plot: 100, below: 0 }, layout: {}, alt: "Nothing." },
    );

  test("grows with its lines, so that it never runs into the plot", () => {
    const short = parts(compose("Short")).layout;
    const long = parts(
      compose("A title that is much too long to stand in a single line", ["note", "another note"]),
    ).layout;
    const lines = (long.title?.text ?? "").split("<br>").length;
    expect(lines).toBeGreaterThan(2);
    expect((long.margin?.t ?? 0) - (short.margin?.t ?? 0)).toBeGreaterThanOrEqual((lines - 1) * 19);
    expect(long.height).toBe(100 + (long.margin?.t ?? 0));
  });

  test("shows text from data letter for letter", () => {
    const { layout } = parts(compose("<b>x</b> & $y$"));
    expect(layout.title?.text).toBe("<b>&lt;b&gt;x&lt;/b&gt; &amp; &#36;y&#36;</b>");
  });

  test("needs a title", () => {
    expect(() => compose(" ")).toThrow(/needs a title/);
  });
});
