import { expect, test } from "vitest";
import { specificationCurveFigure } from "../../lib/figures";
import type { Choice, Multiverse, SpecificationResult } from "../../lib/paper/multiverse";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

const choices: Choice[] = [
  {
    name: "clock",
    label: "<Clock>",
    levels: [
      { name: "a", label: "arrest", reasoning: "" },
      { name: "l", label: "launch", reasoning: "" },
    ],
  },
  {
    name: "ties",
    label: "Ties",
    levels: [
      { name: "e", label: "Efron", reasoning: "" },
      { name: "b", label: "Breslow", reasoning: "" },
    ],
  },
];
const result = (
  index: number,
  clock: string,
  ties: string,
  estimate: number | null,
  pValue = 0.2,
): SpecificationResult => ({
  index,
  specification: { clock, ties },
  n: 20,
  events: 9,
  treatedEvents: 4,
  notes: [],
  estimate,
  standardError: estimate === null ? null : 0.3,
  lower: estimate === null ? null : estimate - 0.6,
  upper: estimate === null ? null : estimate + 0.6,
  pValue: estimate === null ? null : pValue,
  reason: estimate === null ? "no events" : null,
});
const run: Multiverse = {
  choices,
  excluded: [],
  term: "featured",
  provenance: ["synthetic"],
  results: [
    result(0, "a", "e", 1.2, 0.001),
    result(1, "a", "b", null),
    result(2, "l", "e", -0.4),
    result(3, "l", "b", 0.7),
  ],
};
const options = { data: PUBLIC, title: "Curve" };

test("estimates stand in order, the passing ones apart, with their specification as text", () => {
  const { traces } = parts(specificationCurveFigure(run, options));
  const passing = traces.find(({ name }) => name === "p < 0.05");
  const others = traces.find(({ name }) => name === "p ≥ 0.05");
  expect([passing?.x, passing?.y]).toEqual([[2], [1.2]]);
  expect([others?.x, others?.y]).toEqual([
    [0, 1],
    [-0.4, 0.7],
  ]);
  expect(visible(passing?.hovertext?.[0] ?? "")).toBe("3.32 (1.82–6.05), p = 0.001 arrest, Efron");
});

test("rows are headings and levels, and each column shows the choices of its neighbours", () => {
  const { traces, layout } = parts(specificationCurveFigure(run, options));
  expect(layout.yaxis2?.ticktext?.map(visible)).toEqual(["<Clock>", "arrest", "launch", "Ties", "Efron", "Breslow"]);
  const clock = traces.find(({ name }) => name === "&lt;Clock&gt;");
  expect([clock?.x, clock?.y]).toEqual([
    [0, 1, 2],
    [2, 2, 1],
  ]);
  const { traces: few } = parts(specificationCurveFigure(run, { ...options, columns: 1 }));
  const ties = few.find(({ name }) => name === "Ties");
  expect(ties?.hovertext).toEqual(["2 of 3", "1 of 3"]);
});

test("those without an estimate are counted, and the text states shares and marks", () => {
  const marked = [{ specification: { clock: "a", ties: "e" }, label: "(1)" }];
  const figure = specificationCurveFigure(run, {
    ...options,
    data: SYNTHETIC,
    marked,
    markedLabel: "the paper's",
  });
  const { layout, annotations, shapes } = parts(figure);
  expect(visible(layout.title?.text ?? "")).toContain("3 specifications · 1 without an estimate");
  expect(annotations.filter(({ name }) => name === "marked").map(({ text }) => visible(text))).toEqual(["(1)"]);
  expect(shapes.filter(({ name }) => name === "marked").map(({ x0 }) => x0)).toEqual([2]);
  expect(figure.alt).toContain(
    "3 specifications: hazard ratios from 0.67 to 3.32, median 2.01; 67% above 1, 33% with p below 0.05",
  );
  expect(figure.alt).toContain("(1) 3.32 at place 3");
  expect(figure.alt).toContain("Synthetic data");
});

test("each mark has its own label, at its line, and none covers another", () => {
  const marked = [
    { specification: { clock: "a", ties: "e" }, label: "(1)" },
    { specification: { clock: "l", ties: "b" }, label: "(2)" },
  ];
  const { annotations, shapes } = parts(specificationCurveFigure(run, { ...options, marked }));
  const labels = annotations.filter(({ name }) => name === "marked");
  expect(labels.map(({ text, x }) => [visible(text), x])).toEqual([
    ["(2)", 1],
    ["(1)", 2],
  ]);
  expect(labels.map(({ x }) => x)).toEqual(shapes.filter(({ name }) => name === "marked").map(({ x0 }) => x0));
  const centres = labels.map(({ x, ax = 0 }) => (Number(x) / 3) * 200 + ax);
  expect(centres[1] - centres[0]).toBeGreaterThan(20);
});

test("nothing to draw and nothing to mark are errors", () => {
  const none = { ...run, results: [result(0, "a", "e", null)] };
  expect(() => specificationCurveFigure(none, options)).toThrow("none of 1 specifications has an estimate");
  const marked = [{ specification: { clock: "a", ties: "b" }, label: "(9)" }];
  expect(() => specificationCurveFigure(run, { ...options, marked })).toThrow(
    '"(9)" has no estimate in this run (arrest, Breslow)',
  );
});
