import { describe, expect, test } from "vitest";
import { loadLongList, releaseOutcomes } from "../../../lib/data";
import { type Figure, survivalFigure } from "../../../lib/figures";
import { kaplanMeier } from "../../../lib/survival";
import { figureMeaning, sized } from "../../../tools/site/figure-file";
import { PUBLIC, twoCurves } from "../../figures/support";

const meaning = (figure: Figure) => JSON.parse(figureMeaning(figure, "01-long-list-figure1"));

describe("the meaning of a figure", () => {
  test("is what was found, what is drawn, of whom, and the numbers as numbers", () => {
    const women = loadLongList();
    const curves = kaplanMeier(releaseOutcomes(women, { clock: "launch" }));
    const figure = survivalFigure(curves, {
      data: women,
      subtitle: "<both> lists",
      eventLabel: "released",
      pValue: 0.2,
    });
    const found = meaning(figure);
    expect(found.figure).toBe("01-long-list-figure1");
    expect(found.finding).toContain("84% of the short list");
    expect(found.shown).toBe("<both> lists");
    expect(found.notes).toContain("Log-rank test: p = 0.20");
    expect(found.description).toBe(figure.alt);
    expect(found.data).toBe("PARTLY SYNTHETIC DATA");
    expect(found.columns.slice(0, 3)).toEqual(["Group", "Months since launch", "Still in custody (share)"]);
    expect(found.rows).toHaveLength(curves.reduce((sum, { time }) => sum + time.length + (time[0] > 0 ? 1 : 0), 0));
    expect(found.rows[1].slice(1).every((cell: unknown) => typeof cell === "number")).toBe(true);
  });

  test("says that there is no synthetic data where there is none, and null where a limit does not exist", () => {
    const figure = survivalFigure(kaplanMeier({ time: [1, 2], event: [1, 1] }), { data: PUBLIC });
    expect(meaning(figure).data).toBe("no synthetic data");
    expect(meaning(figure).rows.at(-1).slice(2, 5)).toEqual([0, null, null]);
    expect(JSON.stringify(meaning(survivalFigure(twoCurves(), { data: PUBLIC })))).not.toContain("synthetic data:");
  });
});

test("a drawing has the size of its column", () => {
  const drawn =
    '<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" width="360" height="540" viewBox="0 0 360 540"><rect width="5" height="6"/></svg>';
  const { svg, height } = sized(drawn, 88);
  expect(height).toBe(132);
  expect(svg).toMatch(
    /^<svg width="88mm" height="132mm" class="main-svg" xmlns="[^"]+" viewBox="0 0 360 540"><rect width="5" height="6"\/>/,
  );
});
