import { describe, expect, test } from "vitest";
import { type ForestModel, forestFigure, predictionFigure } from "../../lib/figures";
import { cox, predictSurvival } from "../../lib/survival/cox";
import { event, featured, time, year } from "../tables/regression/ten-women";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

const crude = cox({ time, event, covariates: { featured } });
const adjusted = cox({ time, event, covariates: { featured, "<b>year</b>": year } });
const models: ForestModel[] = [
  { label: "(1)", fit: crude },
  { label: "(2)", fit: adjusted },
  { label: "(3)", fit: null },
];
const options = { data: PUBLIC, title: "Forest" };

describe("forestFigure", () => {
  test("has a line for each model that has the covariate, with the numbers beside it", () => {
    const { layout, annotations, traces } = parts(forestFigure(models, options));
    expect(layout.yaxis?.ticktext?.map(visible)).toEqual(["(1)", "(2)", "(2)"]);
    const texts = (name: string) => annotations.filter((one) => one.name === name).map(({ text }) => visible(text));
    expect(texts("covariate")).toEqual(["featured", "<b>year</b>"]);
    expect(texts("direction")).toEqual(["← event later", "event sooner →"]);
    const [term] = crude.terms;
    const ratio = term?.hazardRatio.toFixed(2);
    expect(visible(layout.yaxis2?.ticktext?.[0] ?? "")).toMatch(new RegExp(`^${ratio} \\(\\d+\\.\\d\\d–`));
    expect(traces[0]?.x).toEqual([term?.hazardRatio]);
    expect(traces[0]?.error_x?.array[0]).toBeCloseTo((term?.upper ?? 0) - (term?.hazardRatio ?? 0), 10);
    expect(layout.xaxis?.type).toBe("log");
  });

  test("states every number in its text, and carries the mark over synthetic data", () => {
    const { alt } = forestFigure(models, { ...options, data: SYNTHETIC });
    expect(alt).toMatch(/featured: \(1\) \d\.\d\d \(.*\), \(2\) \d\.\d\d/);
    expect(alt).toContain("Synthetic data");
  });

  test("an interval without end becomes an arrow, and a covariate left out says so", () => {
    const separated = cox({ time, event, covariates: { featured, never: event.map((e) => 1 - e) } });
    const { traces, layout } = parts(forestFigure([{ label: "a", fit: separated }], options));
    expect(traces.some(({ name }) => name === "a: beyond the axis")).toBe(true);
    expect(layout.xaxis?.range?.map(Number).every((end) => Math.abs(end) < 2.1)).toBe(true);
    const twice = cox({ time, event, covariates: { featured, twice: featured.map((x) => 2 * x) } });
    const { layout: other } = parts(forestFigure([{ label: "a", fit: twice }], options));
    expect(visible(other.yaxis2?.ticktext?.[1] ?? "")).toBe("left out ");
  });

  test("marks intervals that are not Wald's, and those whose variance does not hold", () => {
    const profiled = cox({ time, event, covariates: { featured } }, { profile: true });
    const cluster = time.map((_, i) => i % 2);
    const none = cox({ time, event, covariates: { featured }, cluster });
    const figure = forestFigure([models[0], { label: "(2)", fit: profiled }, { label: "(3)", fit: none }], options);
    const texts = parts(figure).layout.yaxis2?.ticktext?.map(visible) ?? [];
    expect(texts.map((text) => text.at(-1))).toEqual([")", "†", "‡"]);
    for (const words of ["† interval by profile likelihood", "‡ no variance holds"]) {
      expect(figure.alt).toContain(words);
      expect(JSON.stringify(figure.layout.title)).toContain(words);
    }
    expect(forestFigure(models, options).alt).not.toMatch(/[†‡]/);
  });

  test("needs an estimate", () => {
    expect(() => forestFigure([{ label: "(1)", fit: null }], options)).toThrow(/none of 1 models has an estimate/);
  });
});

describe("predictionFigure", () => {
  const names = ["featured", "not featured"];
  const curves = predictSurvival(crude, [{ featured: 1 }, { featured: 0 }]).map((curve) => ({
    ...curve,
    label: names[curve.row] ?? "",
  }));
  const asked = { data: PUBLIC, title: "Predicted", timeLabel: "Months" };

  test("draws curves with bands and labels, and counts nobody", () => {
    const figure = predictionFigure(curves, asked);
    const { annotations, traces, layout } = parts(figure);
    const labels = annotations.filter(({ name }) => name === "curve-label").map(({ text }) => visible(text));
    expect(labels[0]).toMatch(/^featured \d+% at 31 median \d+$/);
    expect(JSON.stringify(figure)).not.toMatch(/at risk| of 10 /i);
    expect(traces.find(({ name }) => name === "featured: censored")?.x).toEqual([]);
    expect(layout.yaxis2).toBeUndefined();
    expect(figure.alt).toMatch(/featured: median \d/);
  });

  test("stops where it is told", () => {
    const { traces, layout } = parts(predictionFigure(curves, { ...asked, until: 20 }));
    expect(traces.find(({ name }) => name === "featured")?.x.at(-1)).toBe(20);
    expect(layout.xaxis?.range?.[1]).toBeCloseTo(20.4);
    expect(() => predictionFigure(curves, { ...asked, until: 1 })).toThrow(/first time of "featured" is 4/);
    expect(() => predictionFigure([], asked)).toThrow(/at least one curve/);
    expect(() => predictionFigure([...curves, ...curves], asked)).toThrow(/two curves are labelled "featured"/);
  });
});
