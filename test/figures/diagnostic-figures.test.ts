import { describe, expect, test } from "vitest";
import {
  bandFigure,
  driftFigure,
  type Figure,
  influenceFigure,
  logMinusLogFigure,
  overlapFigure,
} from "../../lib/figures";
import { seriesStyle } from "../../lib/figures/theme";
import { ratioTicks } from "../../lib/figures/ticks";
import { groupMarks } from "../../lib/figures/traces";
import { kaplanMeier } from "../../lib/survival";
import { cox } from "../../lib/survival/cox";
import { coefficientOverTime, logMinusLog } from "../../lib/survival/diagnostics";
import { PUBLIC, parts, SYNTHETIC, twoCurves, visible } from "./support";

const time = [4, 7, 9, 12, 15, 18, 20, 24, 30, 31];
const event = [1, 1, 0, 1, 1, 1, 0, 1, 1, 0];
const featured = [1, 0, 0, 1, 1, 0, 1, 0, 1, 0];
const [drift] = coefficientOverTime(cox({ time, event, covariates: { featured } }), { df: 3, points: 12 });
const rows = featured.map((x, i) => ({
  group: x === 1 ? "featured" : "others",
  name: x === 1 ? `Woman <${i}>` : null,
}));

describe("driftFigure", () => {
  const figure = driftFigure(drift, { data: SYNTHETIC, title: "Drift", rows });
  const { traces, shapes } = parts(figure);

  test("draws the smooth, its limits, and a dot for each event in its group's mark", () => {
    const smooth = traces.find(({ name }) => name === "smooth");
    expect(smooth?.y).toEqual(drift.smooth.map(({ estimate }) => estimate));
    const dots = traces.filter(({ mode }) => mode === "markers");
    expect(dots.map(({ name, x }) => [name, x.length])).toEqual([
      ["featured", 4],
      ["others", 3],
    ]);
    expect(shapes.find(({ line }) => line?.dash === "dash")?.y0).toBe(drift.coefficient);
  });

  test("names only who has a name, and carries the mark over synthetic data", () => {
    const [one, other] = traces.filter(({ mode }) => mode === "markers");
    expect(visible(one?.hovertext?.[0] ?? "")).toMatch(/^Woman <\d> featured, at \d/);
    expect(visible(other?.hovertext?.[0] ?? "")).toMatch(/^others, at \d/);
    expect(figure.alt).toContain("Synthetic data");
    expect(figure.alt).toMatch(/Scaled Schoenfeld residuals of featured \(4 featured, 3 others\)/);
  });

  test("puts events far from the smooth at the edge and says how many", () => {
    const far = { ...drift, events: drift.events.map((one, i) => (i === 0 ? { ...one, y: 900 } : one)) };
    const alone = driftFigure(far, { data: PUBLIC, title: "Drift" });
    expect(alone.alt).toContain("1 event lies beyond the axis");
    const dots = parts(alone).traces.find(({ mode }) => mode === "markers");
    expect(dots?.marker?.symbol?.[0]).toBe("triangle-up-open");
    expect(Number(dots?.y[0])).toBeLessThan(100);
  });

  test("needs a label for each row of an event", () => {
    expect(() => driftFigure(drift, { data: PUBLIC, title: "Drift", rows: [] })).toThrow(/rows has no element/);
  });
});

test("whoever was featured has the same mark and colour in every figure, in whatever order the groups come", () => {
  expect(groupMarks(["not featured", "featured"])).toEqual([...groupMarks(["featured", "not featured"])].reverse());
  const lookOf = (figure: Figure, name: string) => {
    const { marker } = parts(figure).traces.find((trace) => trace.name === name && trace.mode === "markers") ?? {};
    return { symbol: [marker?.symbol].flat()[0], color: marker?.color };
  };
  const options = { data: SYNTHETIC, title: "x", ratio: 2, valueLabel: "Months" };
  const pointOf = (group: string) => ({ x: 1, ratio: 2, group, name: null });
  const first = influenceFigure(["featured", "others"].map(pointOf), options);
  const last = influenceFigure(["others", "featured"].map(pointOf), options);
  const mark = { symbol: "diamond", color: seriesStyle(0).color };
  for (const figure of [first, last, driftFigure(drift, { data: SYNTHETIC, rows })])
    expect(lookOf(figure, "featured")).toEqual(mark);
  expect(lookOf(first, "others")).toEqual(lookOf(last, "others"));
  expect(lookOf(first, "others").color).not.toBe(mark.color);
  const cells = [{ category: "Iran", value: 2009, featured: true }];
  const overlap = lookOf(overlapFigure(cells, { data: SYNTHETIC, valueLabel: "Year" }), "featured");
  expect(overlap).toEqual({ symbol: "diamond-open", color: mark.color });
});

describe("influenceFigure", () => {
  const points = time.map((x, i) => ({
    x,
    ratio: 2 + (i === 9 ? 1 : i / 100),
    group: rows[i].group,
    name: rows[i].name,
  }));
  const options = { data: SYNTHETIC, title: "Influence", ratio: 2, valueLabel: "Months" };

  test("prints the names of the named rows that matter most, and no other", () => {
    const figure = influenceFigure(points, { ...options, names: 2 });
    const names = parts(figure).annotations.filter(({ name }) => name === "name");
    expect(names.map(({ text }) => visible(text))).toEqual(["Woman <8>", "Woman <6>"]);
    expect(figure.alt).toContain("Woman <8> (2.08 without her)");
    expect(
      influenceFigure(
        points.map((one) => ({ ...one, name: null })),
        options,
      ).alt,
    ).toContain("No row has a name");
  });

  test("refuses nothing and what is no ratio", () => {
    expect(() => influenceFigure([], options)).toThrow(/at least one point/);
    expect(() => influenceFigure([{ ...points[0], ratio: 0 }], options)).toThrow(/point 1 has the ratio 0/);
  });
});

describe("logMinusLogFigure", () => {
  test("draws a curve each with its label at the end", () => {
    const curves = twoCurves().map(logMinusLog);
    const { traces, annotations } = parts(logMinusLogFigure(curves, { data: PUBLIC, title: "Parallel" }));
    expect(traces.map(({ y }) => y)).toEqual(curves.map(({ value }) => value));
    expect(annotations.filter(({ name }) => name === "curve-label").map(({ text }) => visible(text))).toEqual([
      "short",
      "long",
    ]);
  });

  test("needs a step, and distinct labels", () => {
    const none = kaplanMeier({ time: [2, 2], event: [1, 1] }).map(logMinusLog);
    expect(() => logMinusLogFigure(none, { data: PUBLIC, title: "None" })).toThrow(/none of 1 curves/);
    const [curve] = twoCurves().map(logMinusLog);
    expect(() => logMinusLogFigure([curve, curve], { data: PUBLIC, title: "Twice" })).toThrow(
      /two curves are labelled "short"/,
    );
  });
});

describe("bandFigure", () => {
  const points = [1, 2, 3].map((x) => ({ x, estimate: x, lower: x - 1, upper: x + 1 }));
  const options = { data: PUBLIC, title: "Band", choiceLabel: "tau", valueLabel: "Difference" };
  test("draws the line, its limits and the marks", () => {
    const figure = bandFigure(points, { ...options, marks: [{ x: 2, label: "here" }], confidence: 0.9 });
    const { traces, annotations, shapes } = parts(figure);
    expect(traces[0]?.y).toEqual([2, 3, 4, 2, 1, 0]);
    expect(annotations.some(({ text }) => text === "here")).toBe(true);
    expect(shapes.map(({ name }) => name)).toEqual(["reference", "here"]);
    expect(figure.alt).toContain("90% intervals: 1: 1 (0 to 2)");
  });
  test("refuses one point, and points out of order", () => {
    expect(() => bandFigure(points.slice(1, 2), options)).toThrow(/at least two points; got 1/);
    expect(() => bandFigure([...points].reverse(), options)).toThrow(/point 2 is at 2, not to the right/);
  });
});

test("ticks of ratios are round and lie inside", () => {
  for (const [low, high] of [
    [-0.2, 0.2],
    [-0.8, 0.8],
    [-6, 8],
    [-25, 24],
    [0.69, 1.1],
  ]) {
    const { at, text } = ratioTicks(low, high);
    expect(at.length).toBeGreaterThan(1);
    expect(at.length).toBeLessThan(10);
    expect(at.every((value) => value >= low - 1e-8 && value <= high + 1e-8)).toBe(true);
    expect(text.length).toBe(at.length);
  }
  expect(ratioTicks(-25, 24).text).toContain("10⁻⁶");
});
