import { describe, expect, test } from "vitest";
import { codings, loadFreeThe20 } from "../../lib/data";
import { type Figure, intervalFigure, permutationFigure } from "../../lib/figures";
import type { BarTrace } from "../../lib/figures/plotly";
import { binomialInterval } from "../../lib/statistics";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

describe("permutationFigure", () => {
  const values = [-3, -2, -2, -1, 0, 0, 1, 1, 2, 3];
  const options = { data: PUBLIC, title: "Permutation", statisticLabel: "O − E" };
  const hatched = (figure: Figure): number => {
    const bars: readonly BarTrace[] = JSON.parse(JSON.stringify(figure.data));
    const extreme = bars.filter((trace) => trace.marker?.pattern !== undefined);
    return extreme.flatMap((trace) => trace.y).reduce((sum, count) => sum + count, 0);
  };

  test("hatches exactly the values at least as extreme, on one side or on both", () => {
    const upper = permutationFigure(values, 2, options);
    expect(hatched(upper)).toBe(2);
    expect(upper.alt).toContain("2 of 10 permutations at least as extreme");
    const both = permutationFigure(values, 2, { ...options, tail: "two-sided" });
    expect(hatched(both)).toBe(5);
    expect(both.alt).toContain("5 of 10 permutations at least as extreme");
    expect(hatched(permutationFigure(values, -2, { ...options, tail: "two-sided" }))).toBe(5);
  });

  test("a value that equals the observed one but for rounding counts", () => {
    expect(permutationFigure([0.1 + 0.2, 0], 0.3, options).alt).toContain("1 of 2 permutations");
    expect(hatched(permutationFigure([0.3, 0], 0.1 + 0.2, options))).toBe(1);
  });

  test("marks the observed value and prints the p value it is given", () => {
    const { shapes, annotations, layout } = parts(permutationFigure(values, 2.5, { ...options, pValue: 0.21 }));
    expect(shapes[0]?.x0).toBe(2.5);
    expect(annotations.map((one) => visible(one.text))).toContain("Observed: 2.5");
    expect(visible(layout.title?.text ?? "")).toContain("p = 0.21");
  });

  test("keeps all values in few bars, however many there are", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => Math.sin(index));
    const figure = permutationFigure(many, 0.9, options);
    const bars: readonly BarTrace[] = JSON.parse(JSON.stringify(figure.data));
    expect(bars.flatMap((trace) => trace.y).reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(JSON.stringify(figure).length).toBeLessThan(10_000);
  });

  test("carries the mark over synthetic data and refuses NaN", () => {
    expect(permutationFigure(values, 2, { ...options, data: SYNTHETIC }).alt).toContain("Synthetic data");
    expect(() => permutationFigure([1, Number.NaN], 2, options)).toThrow("values[1] is NaN");
    expect(() => permutationFigure(values, Number.NaN, options)).toThrow("the observed value is NaN");
  });
});

describe("intervalFigure", () => {
  const rows = codings().map((coding) => ({
    label: coding.name,
    ...binomialInterval(coding.released, coding.of),
  }));
  const options = { data: loadFreeThe20(), title: "Released", valueLabel: "Share", percent: true, digits: 1 };

  test("draws estimates with their intervals and prints the numbers beside them", () => {
    const { traces, layout } = parts(intervalFigure(rows, options));
    const dots = traces[0];
    expect(dots?.x.map((share) => Number(share).toFixed(4))).toEqual(["0.7895", "0.8421", "0.8947", "0.9474"]);
    const low = dots?.x.map((share, index) => Number(share) - (dots.error_x?.arrayminus[index] ?? 0));
    expect(low?.map((share) => share.toFixed(3))).toEqual(["0.544", "0.604", "0.669", "0.740"]);
    expect(layout.yaxis?.ticktext).toEqual(["strict", "working-paper", "published-article", "broad"]);
    expect(layout.yaxis2?.ticktext?.map(visible)[1]).toBe("84.2% 60.4% to 96.6%");
    expect(traces.some((trace) => trace.yaxis === "y2")).toBe(true);
  });

  test("says the numbers in its text", () => {
    expect(intervalFigure(rows, options).alt).toContain("working-paper: 84.2% (60.4% to 96.6%)");
  });

  test("a reference is a labelled line inside the axis", () => {
    const { shapes, annotations, layout } = parts(
      intervalFigure([{ label: "a", estimate: 2, lower: 1.5, upper: 3 }], {
        data: PUBLIC,
        title: "Ratio",
        valueLabel: "Ratio",
        reference: { value: 1, label: "no <difference>" },
      }),
    );
    expect(shapes[0]?.x0).toBe(1);
    expect(annotations[0]?.text).toBe("no &lt;difference&gt;");
    expect(Number(layout.xaxis?.range?.[0])).toBeLessThan(1);
  });

  test("refuses an interval that does not hold its estimate, naming the row", () => {
    const broken = [
      { label: "a", estimate: 1, lower: 0, upper: 2 },
      { label: "b", estimate: 3, lower: 0, upper: 2 },
    ];
    expect(() => intervalFigure(broken, options)).toThrow('row 2 ("b") has estimate 3 and interval 0 to 2');
    expect(() => intervalFigure([], options)).toThrow("needs at least one row");
  });
});
