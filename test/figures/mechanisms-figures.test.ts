import { describe, expect, test } from "vitest";
import { beliefFigure, evidenceWeightFigure, priorNeededFigure } from "../../lib/figures";
import type { BarTrace } from "../../lib/figures/plotly";
import {
  beliefSensitivity,
  equalPriors,
  HYPOTHESIS_NAMES,
  likelihoodsFromWords,
  loadEvidence,
  updateBeliefs,
} from "../../lib/paper/mechanisms";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

const evidence = loadEvidence();
const beliefs = updateBeliefs(equalPriors(), likelihoodsFromWords(evidence.rows));
const options = { data: evidence, title: "Beliefs", subtitle: "illustrative", names: HYPOTHESIS_NAMES };

describe("beliefFigure", () => {
  test("has a line for each hypothesis, from its prior to its posterior, told apart by colour and dash", () => {
    const { traces, annotations } = parts(beliefFigure(beliefs, options));
    expect(traces).toHaveLength(5);
    expect(new Set(traces.map(({ line }) => line?.color)).size).toBe(5);
    traces.slice(1).forEach(({ line }, i) => {
      expect(line?.dash).not.toBe(traces[i].line?.dash);
    });
    for (const trace of traces) {
      expect(trace.x).toHaveLength(evidence.rows.length + 1);
      expect(trace.y[0]).toBeCloseTo(0.2, 12);
    }
    const labels = annotations.filter(({ name }) => name === "belief-label").map(({ text }) => visible(text));
    expect(labels).toHaveLength(5);
    expect(beliefFigure(beliefs, options).alt).toContain("Carrots and sticks in private from 20% to");
  });

  test("carries the mark over synthetic data and refuses no evidence", () => {
    expect(beliefFigure(beliefs, { ...options, data: SYNTHETIC }).alt).toContain("Synthetic data");
    expect(() => beliefFigure(updateBeliefs(equalPriors(), []), options)).toThrow("at least one piece");
  });
});

describe("evidenceWeightFigure", () => {
  const rows = [
    { label: "a", weight: 2 },
    { label: "b", weight: -1.5 },
    { label: "c", weight: 0 },
  ];
  const two = { data: PUBLIC, title: "Weights", hypotheses: ["One", "Other"] } as const;

  test("bars to the right are plain, to the left hatched, and the sum is stated", () => {
    const figure = evidenceWeightFigure(rows, two);
    const [right, left]: readonly BarTrace[] = JSON.parse(JSON.stringify(figure.data));
    expect(right).toMatchObject({ x: [2], y: [0] });
    expect(left).toMatchObject({ x: [-1.5], y: [1], marker: { pattern: { shape: "/" } } });
    expect(figure.alt).toContain("All together 0.5");
  });

  test("the title names what weighs most, and all rows that tie with it as printed", () => {
    const titled = (weights: readonly number[]) =>
      evidenceWeightFigure(
        weights.map((weight, i) => ({ label: "abc".charAt(i), weight })),
        { data: PUBLIC, hypotheses: ["One", "Other"] },
      ).alt;
    expect(titled([2, -1.5, 0])).toMatch(/^The evidence favours “One”, by 0\.5 dB; “a” weighs most, 2\.0 dB\./);
    expect(titled([-2.01, 1, 2.04])).toContain("“a” (−2.0 dB) and “c” (2.0 dB) weigh most");
    expect(titled([1, 1, -1])).toContain("all weigh 1.0 dB");
    expect(titled([1])).toContain("“a” weighs most, 1.0 dB");
  });

  test("refuses an infinite weight, naming the row", () => {
    expect(() => evidenceWeightFigure([{ label: "gun", weight: Infinity }], two)).toThrow('row 1 ("gun")');
    expect(() => evidenceWeightFigure([], two)).toThrow("at least one row");
  });
});

describe("priorNeededFigure", () => {
  const rows = beliefSensitivity(beliefs).priors.map(({ hypothesis, prior, priorToDrawLevel }) => ({
    label: HYPOTHESIS_NAMES[hypothesis],
    prior,
    needed: priorToDrawLevel,
  }));

  test("has both marks of each row, and says so where no prior would do", () => {
    const figure = priorNeededFigure([...rows, { label: "Hopeless", prior: 0, needed: null }], {
      data: evidence,
      title: "Priors",
    });
    const { traces } = parts(figure);
    expect(traces.find(({ name }) => name === "needed")?.x).toHaveLength(5);
    expect(figure.alt).toContain("Hopeless no prior");
  });

  test("refuses what is no share", () => {
    const bad = () => priorNeededFigure([{ label: "x", prior: 20, needed: 0.5 }], { data: PUBLIC, title: "Priors" });
    expect(bad).toThrow('row 1 ("x") has the shares 20');
  });
});
