import { describe, expect, test } from "vitest";
import { autocorrelationFigure, interruptedFigure, type SeriesLine, seriesFigure } from "../../lib/figures";
import { autocorrelation, interruptedTimeSeries } from "../../lib/time-series";
import { figureRows } from "../../tools/site/figure-data";
import { seriesOf } from "../time-series/support";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

const dates = ["2015-08-30", "2015-09-06", "2015-09-13", "2015-09-20"];
const line: SeriesLine = {
  label: "<searches>",
  kind: "observed",
  dates,
  values: [0.5, 100, 40, 0.5],
  below: [true, false, false, true],
};
const options = { data: PUBLIC, title: "Searches", valueLabel: "Share of the highest", unit: "points" };

describe("seriesFigure", () => {
  test("draws values, marks bounds with a hollow triangle, and says so", () => {
    const figure = seriesFigure([line], { ...options, marks: [{ date: "2015-09-01", label: "Launch" }] });
    const { traces, shapes, annotations, layout } = parts(figure);
    expect(traces[0].y).toEqual([0.5, 100, 40, 0.5]);
    expect(traces[1].marker?.symbol).toBe("triangle-down-open");
    expect(traces[1].x).toEqual(["2015-08-30", "2015-09-20"]);
    expect(visible(layout.title?.text ?? "")).toContain("▽ below what is shown");
    expect(traces[0].hovertext?.map(visible)[1]).toBe("<searches> 6 Sep 2015: 100 points");
    expect(shapes.map(({ name, x0 }) => [name, x0])).toEqual([["mark", "2015-09-01"]]);
    expect(annotations.map(({ text }) => text)).toContain("Launch");
    expect(figure.alt).toContain("highest 100 on 6 Sep 2015");
    expect(figure.alt).toContain("2 values below what is shown");
    expect(figure.alt).toContain("Marked: Launch, 1 Sep 2015.");
  });

  test("has its numbers as rows", () => {
    const figure = seriesFigure([line], options);
    const { columns, rows } = figureRows(figure.data, figure.layout);
    expect(columns).toEqual(["Series", "Date", "Share of the highest", "below what is shown"]);
    expect(rows[1]).toEqual(["<searches>", "2015-09-06", "100", "no"]);
  });

  test("a line starts anew at a break, with a band of its own on either side", () => {
    const fitted: SeriesLine = {
      label: "model",
      kind: "fitted",
      dates,
      values: [1, 2, 3, 4],
      lower: [0, 1, 2, 3],
      upper: [2, 3, 4, 5],
      breaks: [dates[2]],
    };
    const { traces } = parts(seriesFigure([fitted], options));
    expect(traces.map(({ fill }) => fill ?? "line")).toEqual(["toself", "toself", "line"]);
    expect(traces[2].y).toEqual([1, 2, null, 3, 4]);
    expect(traces[2].hovertext).toHaveLength(5);
  });

  test("draws a part, and differences around a level; lines differ by more than colour", () => {
    const second: SeriesLine = {
      ...line,
      label: "expected",
      kind: "expected",
      values: [-3, 0, 2, 4],
      below: undefined,
    };
    const { traces, layout, shapes } = parts(
      seriesFigure([line, second], { ...options, from: "2015-09-06", to: "2015-09-13", level: 0 }),
    );
    expect(traces[0].x).toEqual(["2015-09-06", "2015-09-13"]);
    expect(new Set(traces.map((trace) => trace.line?.dash)).size).toBe(2);
    expect(layout.xaxis?.tickformat).toBe("%-d %b");
    expect(shapes[0].name).toBe("level");
  });

  test("names all lines in the background once", () => {
    const pale = (label: string): SeriesLine => ({ ...line, label, kind: "background", below: undefined });
    const figure = seriesFigure([pale("other women"), pale("other women"), line], options);
    expect(visible(parts(figure).layout.title?.text ?? "").match(/other women/g)).toHaveLength(1);
    expect(figure.alt).toContain("In the background 2 lines");
  });

  test("refuses nothing, repeated labels, ragged columns, and times without values", () => {
    expect(() => seriesFigure([], options)).toThrow("at least one line");
    expect(() => seriesFigure([line, line], options)).toThrow('two lines are labelled "<searches>"');
    expect(() => seriesFigure([{ ...line, values: [1] }], options)).toThrow("has 4 dates and 1, ");
    expect(() => seriesFigure([line], { ...options, from: "2020-01-01" })).toThrow(
      "no line has a value from 2020-01-01",
    );
    expect(() => seriesFigure([{ ...line, values: [1, Number.NaN, 2, 3] }], options)).toThrow("NaN");
  });

  test("carries the mark for synthetic data", () => {
    expect(seriesFigure([line], { ...options, data: SYNTHETIC }).alt).toContain("Synthetic data");
  });
});

describe("interruptedFigure", () => {
  test("shows what was counted, the model, and the line without the intervention from the day on", () => {
    const series = seriesOf(Array.from({ length: 60 }, (_, i) => (i < 30 ? 5 : 9) + Math.sin(i * i)));
    const fit = interruptedTimeSeries(series, { intervention: series.dates[30], lag: 3 });
    const { traces } = parts(interruptedFigure(fit, { title: "Made up" }));
    const expected = traces.find(({ name }) => name === "model without the intervention");
    expect(expected?.x[0]).toBe(series.dates[30]);
    expect(expected?.x).toHaveLength(30);
  });
});

describe("autocorrelationFigure", () => {
  test("hatches what lies outside the bounds, and says which lags", () => {
    const correlations = autocorrelation(
      Array.from({ length: 80 }, (_, i) => Math.sin(i / 3)),
      6,
    );
    const figure = autocorrelationFigure([{ label: "waves", correlations }], {
      data: PUBLIC,
      title: "Memory",
      lagLabel: "Days back",
    });
    const hatched = figure.data.filter((trace) => JSON.stringify(trace).includes('"pattern"'));
    expect(hatched).toHaveLength(1);
    expect(figure.alt).toContain("waves: 0.9");
    expect(figure.alt).toMatch(/lags 1, 2, 3, .*lie outside ±0.22/);
    expect(() => autocorrelationFigure([], { data: PUBLIC, title: "Memory", lagLabel: "Days" })).toThrow(
      "got 0 series",
    );
  });
});
