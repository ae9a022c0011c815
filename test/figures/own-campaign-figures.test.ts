import { describe, expect, test } from "vitest";
import { type FollowUpRow, followUpFigure, incidenceFigure, survivalFigure } from "../../lib/figures";
import { kaplanMeier } from "../../lib/survival";
import { cumulativeIncidence } from "../../lib/survival/competing";
import { PUBLIC, parts, SYNTHETIC } from "./support";

const OWN = { provenance: "own" } as const;
const INPUT = {
  time: [1, 2, 3, 4, 5, 6, 7, 8],
  cause: ["released", "died", "released", "censored", "released", "died", "released", "censored"],
  group: ["a", "a", "a", "a", "b", "b", "b", "b"],
};

describe("incidenceFigure", () => {
  test("has a line for each group and cause, which ends at its incidence, and says so", () => {
    const curves = cumulativeIncidence(INPUT);
    const figure = incidenceFigure(curves, {
      data: OWN,
      title: "Ends",
      causes: ["released", "died"],
      pValues: [{ cause: "died", pValue: 0.5 }],
    });
    const { traces, annotations } = parts(figure);
    const lines = traces.filter((trace) => trace.line?.shape === "hv");
    expect(lines.map(({ name }) => name)).toEqual(["a: released", "b: released", "a: died", "b: died"]);
    expect(lines[0]?.y.at(-1)).toBe(curves[0]?.causes[1]?.incidence.at(-1));
    expect(new Set(lines.map(({ line }) => `${line?.color} ${line?.dash}`)).size).toBe(4);
    expect(annotations.filter(({ name }) => name === "curve-label")).toHaveLength(4);
    expect(figure.alt).toMatch(/a: released: 2 of 4, 50% by 4\..*Gray's test, died: p = 0\.50.*the reader's own/);
  });

  test("refuses what it cannot draw", () => {
    expect(() => incidenceFigure([], { data: OWN, title: "x" })).toThrow(/at least one curve/);
    expect(() => incidenceFigure(cumulativeIncidence(INPUT), { data: OWN, title: "x", causes: ["exile"] })).toThrow(
      /no curve has the cause "exile"; the curves have died, released/,
    );
  });
});

describe("followUpFigure", () => {
  const row: FollowUpRow = {
    label: "r1",
    group: "a",
    entry: 0,
    time: 5,
    outcome: "released",
    lower: 4,
    upper: 6,
  };

  test("draws what is certain dark, what is possible light, a day not known hollow, and marks synthetic data", () => {
    const rows: FollowUpRow[] = [
      row,
      { ...row, label: "r2", outcome: "died", lower: 5, upper: 5 },
      { ...row, label: "r3", entry: 2, outcome: "censored", upper: Number.POSITIVE_INFINITY },
    ];
    const figure = followUpFigure(rows, { data: SYNTHETIC, title: "Cases" });
    const { traces, annotations } = parts(figure);
    const named = (name: string) => traces.find((trace) => trace.name === name);
    expect(named("in custody")?.x).toEqual([0, 4, null, 0, 5, null, 2, 5 - 0.018 * 6, null]);
    expect(named("possibly in custody")?.x).toEqual([4, 6, null]);
    expect(named("end of custody")?.marker?.symbol).toEqual(["circle-open", "cross"]);
    expect(named("still held when last observed")?.y).toEqual([2]);
    expect(annotations.some(({ text }) => text.includes("SYNTHETIC DATA"))).toBe(true);
    expect(figure.alt).toContain("1 released, 1 died, 1 still held");
  });

  test.each<[string, FollowUpRow[], RegExp]>([
    ["no row", [], /1 to 60 rows can be drawn; got 0/],
    ["too many", Array.from({ length: 61 }, () => row), /got 61/],
    ["times out of order", [{ ...row, entry: 6 }], /row 1 \("r1"\) has entry 6, time 5/],
  ])("refuses %s", (_, rows, message) => {
    expect(() => followUpFigure(rows, { data: OWN, title: "x" })).toThrow(message);
  });
});

test("curves of very many rows lose only steps that cannot be seen, and numbers at risk stay apart", () => {
  const n = 40_000;
  const time = Array.from({ length: n }, (_, i) => ((i * 7919) % n) / 500);
  const event = time.map((_, i) => i % 3 > 0);
  const [curve] = kaplanMeier({ time, event });
  const { traces } = parts(survivalFigure(curve === undefined ? [] : [curve], { data: PUBLIC, title: "Many" }));
  const line = traces.find((trace) => trace.line?.shape === "hv");
  expect(line?.x.length).toBeLessThan(1000);
  expect([line?.x.at(-1), line?.y.at(-1)]).toEqual([curve?.time.at(-1), curve?.survival.at(-1)]);
  const levels = (line?.y ?? []).map(Number);
  expect(Math.max(...levels.slice(1).map((level, i) => Math.abs(level - (levels[i] ?? 0))))).toBeLessThan(0.006);
  expect(traces.find((trace) => trace.yaxis === "y2")?.text?.[0]).toBe("40k");
});
