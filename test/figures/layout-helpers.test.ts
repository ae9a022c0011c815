import { describe, expect, test } from "vitest";
import { escapeLabel, formatFixed, formatNumber, formatP, textWidth, wrap } from "../../lib/figures/label";
import { binsAt } from "../../lib/figures/permutation-figure";
import { spread } from "../../lib/figures/spread";
import { tickStep } from "../../lib/figures/ticks";
import { fc } from "../support/property";

describe("spread", () => {
  const labels = fc.array(
    fc.record({
      wanted: fc.double({ min: 0, max: 300, noNaN: true }),
      size: fc.integer({ min: 5, max: 30 }),
    }),
    {
      minLength: 1,
      maxLength: 9,
    },
  );

  test("no label covers another, their order stays, and all stay on the line", () => {
    fc.assert(
      fc.property(labels, (list) => {
        const centres = spread(list, 0, 300);
        const placed = list
          .map((label, index) => ({ ...label, centre: centres[index] ?? Number.NaN }))
          .sort((a, b) => a.centre - b.centre);
        for (const [index, label] of placed.entries()) {
          const next = placed[index + 1];
          expect(label.centre - label.size / 2).toBeGreaterThanOrEqual(-1e-6);
          expect(label.centre + label.size / 2).toBeLessThanOrEqual(300 + 1e-6);
          if (next === undefined) continue;
          expect(next.centre - label.centre).toBeGreaterThanOrEqual((label.size + next.size) / 2 - 1e-6);
        }
      }),
    );
  });

  test("labels that have room stay where they want to be", () => {
    expect(
      spread(
        [
          { wanted: 200, size: 20 },
          { wanted: 50, size: 20 },
        ],
        0,
        300,
      ),
    ).toEqual([200, 50]);
    expect(
      spread(
        [
          { wanted: 10, size: 20 },
          { wanted: 12, size: 20 },
        ],
        0,
        100,
      ),
    ).toEqual([10, 30]);
  });
});

describe("binsAt", () => {
  const values = fc.array(
    fc.integer({ min: -40, max: 40 }).map((n) => n / 7),
    { minLength: 1, maxLength: 60 },
  );

  test("every value is counted once, and the bins right of the edge hold what is at least the edge", () => {
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        (list, n, bins, mirrored) => {
          const edge = n / 7;
          const histogram = binsAt(list, edge, bins, mirrored);
          const count = (of: (middle: number) => boolean): number =>
            histogram.filter((bin) => of((bin.from + bin.to) / 2)).reduce((sum, bin) => sum + bin.count, 0);
          expect(count(() => true)).toBe(list.length);
          expect(count((middle) => middle > edge)).toBe(list.filter((value) => value >= edge - 1e-9).length);
          if (mirrored)
            expect(count((middle) => middle < -edge)).toBe(list.filter((value) => value <= -edge + 1e-9).length);
        },
      ),
    );
  });

  test("a value that is not finite is named", () => {
    expect(() => binsAt([1, Number.NaN], 0, 3)).toThrow("values[1] is NaN");
    expect(() => binsAt([], 0, 3)).toThrow("at least one value");
    expect(() => binsAt([1], 0, 0)).toThrow("bins is 0");
  });
});

describe("text in figures", () => {
  test("markup and formulas are escaped", () => {
    expect(escapeLabel("<b>&$x$")).toBe("&lt;b&gt;&amp;&#36;x&#36;");
  });

  test("lines break at blanks and lose nothing", () => {
    expect(wrap("one two  three", 7)).toEqual(["one two", "three"]);
    expect(wrap("incomprehensibilities", 5)).toEqual(["incomprehensibilities"]);
  });

  test("numbers and p values are printed as one writes them", () => {
    expect([0.00001, 0.00046, 0.0584, 0.31, 1].map(formatP)).toEqual([
      "p < 0.0001",
      "p = 0.0005",
      "p = 0.058",
      "p = 0.31",
      "p = 1.00",
    ]);
    expect(() => formatP(Number.NaN)).toThrow(/between 0 and 1/);
    expect([12.5, -0.25, -0.001, 3].map((value) => formatNumber(value, 2))).toEqual(["12.5", "−0.25", "0", "3"]);
    expect([74, -0.04, -1.5].map((value) => formatFixed(value, 1))).toEqual(["74.0", "0.0", "−1.5"]);
  });

  test("wide letters count as wide", () => {
    expect(textWidth("王宇", 10)).toBe(20);
    expect(textWidth("iiii", 10)).toBeLessThan(textWidth("mmmm", 10));
    expect(textWidth("name", 10, true)).toBeGreaterThan(textWidth("name", 10));
  });
});

test("ticks on a time axis stand at whole years and their parts", () => {
  expect([3, 12, 36, 48, 96, 170].map(tickStep)).toEqual([0.5, 2, 6, 6, 12, 24]);
  expect(() => tickStep(0)).toThrow(/must end after 0/);
});
