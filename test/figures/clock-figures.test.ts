import { describe, expect, test } from "vitest";
import { loadFreeThe20 } from "../../lib/data";
import { lexisFigure, shareFigure } from "../../lib/figures";
import { listSpells, type Spell } from "../../lib/paper/clocks";
import { PUBLIC, parts, SYNTHETIC, visible } from "./support";

describe("lexisFigure", () => {
  const women = loadFreeThe20();
  const spells = listSpells(women);
  const options = { data: women, title: "Lexis" };

  test("each line climbs one month a month, and ends in a mark", () => {
    const { traces } = parts(lexisFigure(spells, options));
    const after = traces.find(({ name }) => name === "at risk after the launch");
    expect(after?.x.slice(0, 3)).toEqual(["2015-09-01", "2016-08-01", null]);
    const [first, last] = (after?.y ?? []).map(Number);
    expect((last ?? 0) - (first ?? 0)).toBeCloseTo(11, 0);
    const released = traces.find(({ name }) => name === "released");
    expect(released?.x).toHaveLength(16);
    // One of the three who are not released had been held for longer than the axis is high.
    expect(traces.find(({ name }) => name === "no release counted by")?.x).toHaveLength(2);
  });

  test("the example has both risk sets in the text and a line for each clock", () => {
    const figure = lexisFigure(spells, { ...options, example: "leyla-yunus", label: ({ id }) => id });
    const { shapes } = parts(figure);
    expect(shapes.map(({ name }) => name)).toEqual(["launch", "same date", "same time since arrest"]);
    expect(figure.alt).toContain("16 were at risk on that date and 7 at that time since arrest");
    expect(figure.alt).toContain("The data are from the public record");
  });

  test("nobody to draw, and an example who was not released, are errors", () => {
    expect(() => lexisFigure([], options)).toThrow("needs at least one spell");
    const message = 'the example "aster-yohannes" is not a woman released after the launch';
    expect(() => lexisFigure(spells, { ...options, example: "aster-yohannes" })).toThrow(message);
  });

  test("a spell that ends before the launch has its dotted part only", () => {
    const early: Spell = {
      id: "e",
      featured: true,
      arrested: "2013-01-01",
      until: "2014-01-01",
      released: true,
      provenance: "synthetic",
    };
    const { traces } = parts(lexisFigure([early], { ...options, data: SYNTHETIC, campaign: women.campaign }));
    expect(traces.map(({ name, x }) => [name, x.length])).toEqual([
      ["held before the launch", 3],
      ["at risk after the launch", 0],
      ["released", 0],
      ["no release counted by", 0],
    ]);
  });
});

describe("shareFigure", () => {
  const line = { label: "a & b", x: [0, 1, 2], share: [0, 0.5, 0.25] };
  const options = { data: PUBLIC, title: "Shares", xLabel: "Months", shareLabel: "Released" };

  test("lines differ in colour and dash, steps are steps, and each has its label", () => {
    const { traces, annotations } = parts(shareFigure([line, { ...line, label: "c" }], { ...options, steps: true }));
    expect(new Set(traces.map((trace) => trace.line?.dash)).size).toBe(2);
    expect(traces[0]?.line?.shape).toBe("hv");
    expect(annotations.filter(({ name }) => name === "line-label").map(({ text }) => visible(text))).toEqual([
      "a & b",
      "c",
    ]);
  });

  test("the text states start, middle and end, and the reference", () => {
    const { alt } = shareFigure([line], { ...options, reference: { share: 0.8, label: "80%" } });
    expect(alt).toContain("a & b 0% at 0, 50% at 1, 25% at 2");
    expect(alt).toContain("Horizontal line: 80%");
  });

  test("the title says where the drawn line reaches the reference: between two values, unless it is one of steps", () => {
    const reference = { share: 0.8, label: "80%" };
    const rising = { label: "a", x: [4, 5, 6], share: [0.6, 0.77, 0.88] };
    const title = (steps: boolean, line = rising): string =>
      shareFigure([line], { data: PUBLIC, xLabel: "Ratio", shareLabel: "Power", steps, reference }).alt;
    expect(title(false)).toContain("Power reaches 80% at a ratio of 5.3 (a)");
    expect(title(true)).toContain("Power reaches 80% at a ratio of 6 (a)");
    expect(title(false, { ...rising, share: [0.8, 0.9, 1] })).toContain("a ratio of 4 (a)");
    expect(title(false, { ...rising, share: [0.1, 0.2, 0.3] })).toContain("a ratio of nowhere (a)");
  });

  test("bad lines are named", () => {
    expect(() => shareFigure([], options)).toThrow("at least one line");
    expect(() => shareFigure([{ ...line, x: [], share: [] }], options)).toThrow('the line "a & b" is empty');
    expect(() => shareFigure([{ ...line, x: [1] }], options)).toThrow("has 1 values of x and 3 shares");
    expect(() => shareFigure([{ ...line, share: [0, 2, 0] }], options)).toThrow("has the share 2");
  });
});
