import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  biasFigure,
  countFigure,
  type Figure,
  finding,
  flowFigure,
  intervalFigure,
  overlapFigure,
  permutationFigure,
  survivalFigure,
} from "../../lib/figures";
import { isRecord } from "../../lib/figures/inner";
import { kaplanMeier } from "../../lib/survival";
import { asObject } from "../../tools/kernel/protocol/wire";
import { findNotebooks, readNotebook, text } from "../../tools/notebooks/notebook";
import { PLOTLY } from "../../tools/notebooks/outputs";
import { galleryFigures } from "../../tools/picture/gallery";
import { plain } from "../../tools/site/figure-data";
import { PUBLIC } from "./support";

const titleOf = ({ layout }: Pick<Figure, "layout">): string =>
  isRecord(layout.meta) && typeof layout.meta.title === "string" ? plain(layout.meta.title) : "";

describe("finding()", () => {
  test("is the first sentence that holds", () => {
    expect(finding([false, "shorter"], [true, "longer"], [true, "nobody can tell"])).toBe("longer");
  });

  test("fails where none does, and says what was tried", () => {
    expect(() => finding([false, "shorter"])).toThrow('finding: the data bear out none of "shorter"');
    expect(() => finding()).toThrow("finding: no sentence was given");
    expect(() => finding([true, " "])).toThrow("finding: the data bear out none of");
  });
});

describe("the title that a figure finds by itself", () => {
  const data = PUBLIC;
  const curves = (released: number): string =>
    titleOf(
      survivalFigure(
        kaplanMeier({
          time: Array.from({ length: 20 }, (_, i) => 1 + (i % 10)),
          event: Array.from({ length: 20 }, (_, i) => i < released),
          group: Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? "featured" : "others")),
        }),
        { data, eventLabel: "released" },
      ),
    );

  test("says of curves how many had the event, and changes with them", () => {
    expect(curves(0)).toBe("Within 9 months 0% of the featured were released, 0% of the others");
    expect(new Set([0, 4, 8, 12].map(curves)).size).toBe(4);
  });

  test("names the group in a sentence, whatever it is called", () => {
    const one = kaplanMeier({ time: [1, 2], event: [1, 1], group: ["with an appeal", "with an appeal"] });
    expect(titleOf(survivalFigure(one, { data, timeLabel: "Years since arrest" }))).toBe(
      "Within 2 years 100% of those with an appeal had the event",
    );
  });

  test("makes no sentence of a name that fits none", () => {
    const groups = kaplanMeier({
      time: [1, 2, 1, 2],
      event: [1, 1, 1, 0],
      group: ["appeal", "appeal", "none", "none"],
    });
    expect(titleOf(survivalFigure(groups, { data, timeLabel: "Days", eventLabel: "released" }))).toBe(
      "Released within 2 days: appeal 100%, none 50%",
    );
  });

  test("counts what is drawn", () => {
    const of = <T>(make: (rows: T, options: { data: typeof data }) => Figure, rows: T) => titleOf(make(rows, { data }));
    const bias = (values: (number | null)[]) =>
      titleOf(
        biasFigure(
          values.map((value, i) => ({ label: `c${i}`, values: [value] })),
          { data, series: ["all"] },
        ),
      );
    expect(bias([0.05, -0.3, null, 0.2])).toBe("2 of 3 characteristics differ by more than 0.1");
    expect(bias([0.05, 0.05, null, 0.2])).toBe("1 of 3 characteristics differ by more than 0.1");
    const counts = [
      { label: "Iran", first: 3, second: 7 },
      { label: "China", first: 4, second: 1 },
    ];
    expect(titleOf(countFigure(counts, { data, kinds: ["women", "men"] }))).toBe(
      "China has the most women, 4 of 7; Iran the most men, 7 of 8",
    );
    const stages = [
      { label: "named", count: 10, leaves: [{ label: "men", count: 7 }] },
      { label: "women", count: 3, leaves: [] },
    ];
    expect(of(flowFigure, stages)).toBe("Of 10 named 3 are left; most leave as men (7)");
    const cells = [
      { category: "Iran", value: 2009, featured: true },
      { category: "Iran", value: 2010, featured: false },
    ];
    expect(titleOf(overlapFigure(cells, { data, valueLabel: "Year" }))).toBe(
      "1 of 1 featured has nobody in the same cell to be compared with",
    );
  });

  test("counts intervals that leave out the value to compare with", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 5 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (rows) => {
          const shown = rows.map(([estimate, half], i) => ({
            label: `row ${i}`,
            estimate,
            lower: estimate - half,
            upper: estimate + half,
          }));
          const clear = shown.filter(({ lower, upper }) => lower > 0 || upper < 0).length;
          const reference = { value: 0, label: "nothing" };
          const title = titleOf(intervalFigure(shown, { data, valueLabel: "b", reference }));
          expect(title).toMatch(
            new RegExp(`^${clear === 0 ? "None" : clear} of ${rows.length} intervals leaves? out “nothing”$`),
          );
        },
      ),
    );
  });

  test("counts permutations at least as extreme", () => {
    const title = (observed: number) => titleOf(permutationFigure([1, 2, 3, 4], observed, { data }));
    expect(title(2.5)).toBe("2 of 4 permutations are at least as extreme");
    expect(title(4)).toBe("1 of 4 permutations is at least as extreme");
    expect(title(9)).toBe("None of 4 permutations is at least as extreme");
  });

  test("stands in the alternative text, with what is drawn", () => {
    const figure = permutationFigure([1, 2, 3, 4], 2.5, { data, subtitle: "dealt from a hat" });
    expect(figure.alt).toMatch(/^2 of 4 permutations are at least as extreme\. Dealt from a hat\. Histogram/);
  });

  test("is there for every kind", () => {
    for (const [name, make] of Object.entries(galleryFigures())) expect(titleOf(make()), name).not.toBe("");
  });
});

test("no figure of a notebook has a title that was written down", () => {
  const figures = findNotebooks("notebooks", []).flatMap((file) => {
    const { cells } = readNotebook(file).json;
    return (Array.isArray(cells) ? cells.map(asObject) : []).flatMap((cell) => {
      const outputs = Array.isArray(cell.outputs) ? cell.outputs.map(asObject) : [];
      return outputs.flatMap(({ data }) => {
        const value = asObject(data)[PLOTLY];
        if (value === undefined) return [];
        const { meta } = asObject(asObject(value).layout);
        return [
          { at: `${file}#${String(cell.id)}`, title: plain(String(asObject(meta).title)), source: text(cell.source) },
        ];
      });
    });
  });
  expect(figures.length).toBeGreaterThan(40);
  expect(figures.filter(({ title, source }) => title === "" || source.includes(title)).map(({ at }) => at)).toEqual([]);
});
