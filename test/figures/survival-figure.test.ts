import { describe, expect, test } from "vitest";
import { loadLongList, releaseOutcomes } from "../../lib/data";
import { type Figure, riskTable, survivalFigure } from "../../lib/figures";
import { atTimes, kaplanMeier, survivalDifferences } from "../../lib/survival";
import { PUBLIC, parts, SYNTHETIC, twoCurves, visible } from "./support";

const OPTIONS = { data: PUBLIC, title: "Release" };

describe("the risk table", () => {
  test("has its columns at the ticks and R's numbers at risk in them", () => {
    const curves = twoCurves();
    const { traces, layout } = parts(survivalFigure(curves, OPTIONS));
    const rows = traces.filter((trace) => trace.yaxis === "y2");
    expect(layout.xaxis?.tickvals).toEqual([0, 6, 12, 18, 24, 30, 36]);
    expect(rows).toHaveLength(2);
    for (const [index, row] of rows.entries()) {
      const curve = curves[index];
      if (curve === undefined) throw new Error("a row without a curve");
      expect(row.x).toEqual(layout.xaxis?.tickvals);
      expect(row.text).toEqual(atTimes(curve, [0, 6, 12, 18, 24, 30, 36]).map((at) => String(at.atRisk)));
      expect(row.mode).toBe("text");
    }
    expect(rows[0]?.text).toEqual(["6", "4", "3", "2", "1", "1", "1"]);
  });

  test("is data as well", () => {
    expect(riskTable(twoCurves(), [0, 12, 36])).toEqual({
      times: [0, 12, 36],
      rows: [
        { label: "short", atRisk: [6, 3, 1], events: [0, 3, 4], censored: [0, 0, 1] },
        { label: "long", atRisk: [6, 5, 3], events: [0, 1, 2], censored: [0, 0, 1] },
      ],
    });
  });

  test("labels its rows at the height of their numbers, in an axis that does not overlap the plot's", () => {
    const { traces, layout } = parts(survivalFigure(twoCurves(), OPTIONS));
    const heights = traces.filter((trace) => trace.yaxis === "y2").map((trace) => trace.y[0]);
    expect(layout.yaxis2?.tickvals).toEqual(heights);
    expect(layout.yaxis2?.domain?.[1]).toBeLessThan(layout.yaxis?.domain?.[0] ?? 0);
  });
});

describe("the extended table", () => {
  const figure = survivalFigure(twoCurves(), { ...OPTIONS, eventLabel: "released", counts: "extended" });

  test("has three lines for each curve under its name, which add up to it at every tick", () => {
    const { traces, annotations, layout } = parts(figure);
    const rows = traces.filter((trace) => trace.yaxis === "y2");
    expect(rows.map(({ name }) => name)).toEqual([
      ...["At risk: short", "Released: short", "Censored: short"],
      ...["At risk: long", "Released: long", "Censored: long"],
    ]);
    expect(layout.yaxis2?.ticktext?.map(visible)).toEqual([
      "at risk",
      "released",
      "censored",
      "at risk",
      "released",
      "censored",
    ]);
    expect(annotations.filter(({ name }) => name === "risk-table-heading").map(({ text }) => visible(text))).toEqual([
      "short",
      "long",
    ]);
    for (const block of [rows.slice(0, 3), rows.slice(3)])
      for (const at of [0, 1, 2, 3, 4, 5, 6])
        expect(block.reduce((sum, { text }) => sum + Number(text?.[at]), 0)).toBe(6);
  });

  test("has lines that do not cover each other or the names above them", () => {
    const { traces, annotations } = parts(figure);
    const at = traces.filter((trace) => trace.yaxis === "y2").map(({ y }) => Number(y[0]));
    const gaps = at.slice(1).map((place, i) => place - at[i]);
    expect(gaps).toEqual([15, 15, 35, 15, 15]);
    const headings = annotations.filter(({ name }) => name === "risk-table-heading").map(({ y }) => Number(y));
    expect(headings).toEqual([at[0] - 7.5, at[3] - 7.5]);
  });

  test("says so where the numbers are sums of weights", () => {
    const curves = kaplanMeier({ time: [1, 2, 3], event: [1, 0, 1], weights: [0.5, 1.2, 1] });
    const heading = (counts: "at risk" | "extended"): (string | undefined)[] =>
      parts(survivalFigure(curves, { ...OPTIONS, counts }))
        .annotations.filter(({ name }) => name === "risk-table-heading")
        .map(({ text }) => visible(text));
    expect(heading("at risk")).toEqual(["Weighted number at risk"]);
    expect(heading("extended")).toEqual(["all, weighted"]);
  });
});

describe("differences at fixed times", () => {
  const figure = survivalFigure(twoCurves(), { ...OPTIONS, differencesAt: [6, 24] });

  test("stand with their limits in the table and in the alternative text", () => {
    const rows = survivalDifferences(twoCurves()[0], twoCurves()[1], [6, 24]);
    const points = (share: number | null): string => (100 * (share ?? 0)).toFixed(0).replace("-", "−");
    const { traces, annotations, layout } = parts(figure);
    const lines = traces.filter(({ name }) => name?.startsWith("Difference"));
    expect(lines.map(({ x }) => x)).toEqual([
      [6, 24],
      [6, 24],
      [6, 24],
    ]);
    expect(lines.map(({ text }) => text)).toEqual([
      rows.map(({ difference }) => points(difference)),
      rows.map(({ lower }) => points(lower)),
      rows.map(({ upper }) => points(upper)),
    ]);
    expect(layout.yaxis2?.ticktext?.map(visible)).toEqual(["short", "long", "difference", "from", "to"]);
    const headings = annotations.filter(({ name }) => name === "risk-table-heading").map(({ text }) => visible(text));
    expect(headings).toEqual(["Number at risk", "short less long, percentage points"]);
    expect(layout.meta?.notes).toContain("band; from, to: 95% interval");
    expect(figure.alt).toContain("short less long, percentage points, at 6 months: −17 (−65 to 31).");
  });

  test("are lines between the curves", () => {
    const lines = parts(figure).shapes.filter(({ name }) => name === "difference");
    const level = (curve: number, time: number) => atTimes(twoCurves()[curve], [time])[0].survival;
    expect(lines.map(({ x0, x1, y0, y1 }) => [x0, x1, y0, y1])).toEqual(
      [6, 24].map((time) => [time, time, level(0, time), level(1, time)]),
    );
  });

  test("have no limits where a curve is at 0, and none are made up after the end of one", () => {
    const curves = kaplanMeier({ time: [1, 2, 3, 9], event: [1, 1, 1, 0], group: ["a", "a", "b", "b"] });
    const shown = (differencesAt: number[]): Figure => survivalFigure(curves, { ...OPTIONS, differencesAt });
    expect(shown([4]).alt).toContain("a less b, percentage points, at 4 months: −50 (no limits).");
    expect(() => shown([4, 10])).toThrow(/^survivalFigure: times\[1\] is 10, but the curve "b" was observed to 9 only/);
  });
});

describe("the curves", () => {
  test("are steps from 1 at time 0, different in dash as well as in colour", () => {
    const { traces } = parts(survivalFigure(twoCurves(), OPTIONS));
    const steps = traces.filter((trace) => trace.line?.shape === "hv");
    expect(steps.map((trace) => [trace.x[0], trace.y[0]])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(new Set(steps.map((trace) => trace.line?.dash)).size).toBe(2);
    expect(new Set(steps.map((trace) => trace.line?.color)).size).toBe(2);
  });

  test("keep the colour of their group in whatever order they come, and simulated people alone are dashed", () => {
    const women = loadLongList();
    const styles = (order: string[]) => {
      const curves = kaplanMeier(releaseOutcomes(women, { clock: "launch" }), { order });
      const { traces } = parts(survivalFigure(curves, { data: women, title: "Release" }));
      return traces.filter(({ line }) => line?.shape === "hv").map(({ name, line }) => [name, line?.color, line?.dash]);
    };
    const [short, long] = styles(["short list", "long list"]);
    expect(styles(["long list", "short list"])).toEqual([long, short]);
    expect([short[2], long[2]]).toEqual(["solid", "dash"]);
    const dashes = (data: typeof PUBLIC | typeof SYNTHETIC) =>
      parts(survivalFigure(twoCurves(), { data, title: "Release" }))
        .traces.filter(({ line }) => line?.shape === "hv")
        .map(({ line }) => line?.dash);
    expect(dashes(PUBLIC)).not.toContain("dash");
    expect(dashes(SYNTHETIC)).toEqual(["dash", "dash"]);
  });

  test("are read in words and units at every time at which one changes, both in one box", () => {
    const curves = twoCurves();
    const { traces, layout } = parts(survivalFigure(curves, { ...OPTIONS, eventLabel: "released" }));
    const reading = traces.find(({ name }) => name === "Reading");
    const times = [...new Set([0, ...curves.flatMap(({ time }) => time)])].sort((a, b) => a - b);
    expect(reading?.x).toEqual(times);
    expect(layout.hovermode).toBe("x");
    expect(traces.filter(({ hovertext }) => hovertext !== undefined)).toEqual([reading]);
    const words = (reading?.hovertext ?? []).map(visible);
    expect(words[times.indexOf(4)]).toBe(
      "4 months short: 67% still in custody (38% to 100%), 5 at risk long: 83% still in custody (58% to 100%), 5 at risk",
    );
    expect(words[times.indexOf(20)]).toContain("2 at risk, 1 followed no further");
    for (const [i, time] of times.entries()) {
      for (const at of curves.map((curve) => atTimes(curve, [time])[0])) {
        expect(words[i]).toContain(`${Math.round(100 * at.survival)}% still in custody`);
      }
    }
  });

  test("carry a mark at each censored time, on the curve", () => {
    const { traces } = parts(survivalFigure(twoCurves(), OPTIONS));
    const marks = traces.filter((trace) => trace.name?.endsWith(": censored"));
    expect(marks[0]?.x).toEqual([20, 36]);
    expect(marks[0]?.y.map((level) => Number(level).toFixed(4))).toEqual(["0.3333", "0.3333"]);
    expect(marks[1]?.x).toEqual([15, 36]);
  });

  test("have a band that closes, holds the curve, and ends where there are no limits any more", () => {
    const [curve] = kaplanMeier({ time: [1, 2, 3], event: [1, 1, 1] });
    if (curve === undefined) throw new Error("no curve");
    const { traces } = parts(survivalFigure([curve], OPTIONS));
    const band = traces.find((trace) => trace.fill === "toself");
    const xs = (band?.x ?? []).map(Number);
    expect(band?.x).toHaveLength(band?.y.length ?? -1);
    expect(Math.max(...xs)).toBe(3);
    expect(xs).toEqual([0, 1, 1, 2, 2, 3, 3, 2, 2, 1, 1, 0]);
  });

  test("start their band at 1 where the interval's scale has no limits before the first event", () => {
    const curves = kaplanMeier({ time: [1, 2, 3, 4], event: [0, 1, 1, 0] }, { interval: "log-log" });
    expect(curves[0]?.lower[0]).toBeNull();
    const band = parts(survivalFigure(curves, OPTIONS)).traces.find((trace) => trace.fill === "toself");
    expect(band?.x[0]).toBe(0);
    expect(band?.y[0]).toBe(1);
    expect(JSON.stringify(band)).not.toContain("null");
  });

  test("begin at 1 also where somebody has the event at time 0", () => {
    const curves = kaplanMeier({ time: [0, 2, 3], event: [1, 1, 0] });
    const step = parts(survivalFigure(curves, OPTIONS)).traces.find((trace) => trace.line?.shape === "hv");
    expect(step?.x.slice(0, 2)).toEqual([0, 0]);
    expect(step?.y[0]).toBe(1);
    expect(Number(step?.y[1])).toBeCloseTo(2 / 3, 12);
  });

  test("have no band when none is asked for", () => {
    const { traces, layout } = parts(survivalFigure(twoCurves(), { ...OPTIONS, band: false }));
    expect(traces.some((trace) => trace.fill !== undefined)).toBe(false);
    expect(layout.title?.text).not.toContain("band:");
  });
});

describe("medians", () => {
  test("are marked where the curve reaches one half, and only there", () => {
    const { traces, annotations, shapes } = parts(survivalFigure(twoCurves(), OPTIONS));
    const marks = traces.filter((trace) => trace.name === "Median");
    expect(marks.map((trace) => [trace.x[0], trace.y[0]])).toEqual([[10.5, 0.5]]);
    const labels = annotations.filter((one) => one.name === "curve-label").map((one) => visible(one.text));
    expect(labels).toEqual(["short 4 of 6 events median 10.5", "long 2 of 6 events median not reached"]);
    expect(shapes.filter((one) => one.name === "median").map((one) => one.x0)).toEqual([10.5]);
  });
});

describe("labels", () => {
  test("stand at the curves' ends and do not cover each other, even if many curves end together", () => {
    const groups = ["a", "b", "c", "d", "e", "f"];
    const curves = kaplanMeier({
      time: groups.flatMap(() => [5, 10, 36]),
      event: groups.flatMap(() => [1, 1, 0]),
      group: groups.flatMap((group) => [group, group, group]),
    });
    const { annotations, layout } = parts(survivalFigure(curves, OPTIONS));
    const labels = annotations.filter((one) => one.name === "curve-label");
    expect(labels.map((one) => visible(one.text))).toEqual(groups.map((group) => `${group} 2 of 3 events median 10`));
    const offsets = labels.map((one) => one.ay ?? 0).sort((x, y) => x - y);
    const gaps = offsets.slice(1).map((offset, index) => offset - (offsets[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3 * 16);
    // The widest lines have 13 letters of 12 pixels.
    expect(layout.margin?.r).toBeGreaterThan(13 * 12 * 0.5);
  });

  test("show names letter for letter", () => {
    const curves = twoCurves(["<script>alert(1)</script>", "$x$ & y"]);
    const figure = survivalFigure(curves, { ...OPTIONS, title: "<img src=x>" });
    const text = JSON.stringify({ data: figure.data, layout: figure.layout });
    expect(text).not.toMatch(/<script|<img|\$x\$/);
    expect(text).toContain("&lt;script&gt;");
    const { annotations } = parts(figure);
    expect(annotations.map((one) => visible(one.text)).join("\n")).toContain("$x$ & y");
    expect(figure.alt).toContain("<script>alert(1)</script>: 4 of 6 events");
  });
});

describe("provenance", () => {
  test("of the long list: the mark above the plot, and the synthetic curve named as such", () => {
    const women = loadLongList();
    const curves = kaplanMeier(releaseOutcomes(women, { clock: "launch" }), {
      order: ["short list", "long list"],
    });
    const figure = survivalFigure(curves, { ...OPTIONS, data: women });
    const { annotations, layout } = parts(figure);
    expect(annotations.some((one) => visible(one.text) === "PARTLY SYNTHETIC DATA")).toBe(true);
    const labels = annotations.filter((one) => one.name === "curve-label").map((one) => visible(one.text));
    expect(labels[0]).toBe("short list 16 of 19 events median 11");
    expect(labels[1]).toMatch(/^long list \(synthetic\)/);
    expect(layout.yaxis2?.ticktext?.map(visible)).toEqual(["short list", "long list (synthetic)"]);
    expect(figure.alt).toContain("long list (synthetic): 3 of 18");
  });

  test("of two arrays of the same length tells the series apart, too", () => {
    const source = {
      provenance: ["public-record", "synthetic"],
      group: ["short", "long"],
      rowProvenance: ["public-record", "synthetic"],
    } as const;
    const { layout } = parts(survivalFigure(twoCurves(), { ...OPTIONS, data: source }));
    expect(layout.yaxis2?.ticktext?.map(visible)).toEqual(["short", "long (synthetic)"]);
  });

  test("all synthetic: every series is named so", () => {
    const { layout } = parts(survivalFigure(twoCurves(), { ...OPTIONS, data: SYNTHETIC }));
    expect(layout.yaxis2?.ticktext?.map(visible)).toEqual(["short (synthetic)", "long (synthetic)"]);
  });

  test("public record: no mark anywhere", () => {
    expect(JSON.stringify(survivalFigure(twoCurves(), OPTIONS))).not.toMatch(/synthetic/i);
  });
});

test("the alternative text states groups, events, medians, ends, test and origin", () => {
  expect(survivalFigure(twoCurves(), { ...OPTIONS, eventLabel: "released", pValue: 0.0000123 }).alt).toBe(
    "Release. Survival curves for short and long; horizontal axis: Months since launch; vertical axis: Still in custody. " +
      "short: 4 of 6 released, median 10.5, curve at 33% at 36. long: 2 of 6 released, median not reached, curve at 63% at 36. " +
      "Log-rank test: p < 0.0001. The data are from the public record.",
  );
});

test("a landmark is a labelled line", () => {
  const { shapes, annotations } = parts(
    survivalFigure(twoCurves(), { ...OPTIONS, landmark: { time: 12, label: "a < b" } }),
  );
  expect(shapes.find((one) => one.name === "landmark")?.x0).toBe(12);
  expect(annotations.find((one) => one.name === "landmark")?.text).toBe("a &lt; b");
});

test("the same curves give the same bytes", () => {
  expect(JSON.stringify(survivalFigure(twoCurves(), OPTIONS))).toBe(
    JSON.stringify(survivalFigure(twoCurves(), OPTIONS)),
  );
});

describe("bad input", () => {
  test("no curve, two of one name, no times, ragged vectors", () => {
    const [curve] = twoCurves();
    if (curve === undefined) throw new Error("no curve");
    expect(() => survivalFigure([], OPTIONS)).toThrow("needs at least one curve");
    expect(() => survivalFigure([curve, curve], OPTIONS)).toThrow('two curves are labelled "short"');
    expect(() => survivalFigure([{ ...curve, lower: [] }], OPTIONS)).toThrow(
      /curve "short" has \d+ times but 0 values of lower/,
    );
    expect(() => survivalFigure([{ ...curve, time: [] }], OPTIONS)).toThrow('curve "short" has no times');
    const all = { ...OPTIONS, counts: "all" };
    // @ts-expect-error: a notebook's cell may be wrong, too
    expect(() => survivalFigure([curve], all)).toThrow('survivalFigure: counts is "all"');
  });
});
