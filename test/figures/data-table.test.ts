import { describe, expect, test } from "vitest";
import { countFigure, forestFigure } from "../../lib/figures";
import { dataTable } from "../../lib/figures/data-table";
import { isRecord } from "../../lib/figures/inner";
import { cox } from "../../lib/survival";
import { galleryFigures } from "../../tools/picture/gallery";
import { figureRows } from "../../tools/site/figure-data";
import { PUBLIC } from "./support";

describe("the data of a figure", () => {
  const all = Object.entries(galleryFigures()).map(([name, make]) => [name, make()] as const);

  test.each(all)("%s: a tidy table, one row a thing, one column a fact, units in the header", (_, figure) => {
    const { meta } = figure.layout;
    if (!isRecord(meta) || !isRecord(meta.table)) throw new Error("the figure brings no table");
    const { columns, rows } = figureRows(figure.data, figure.layout);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(columns).size).toBe(columns.length);
    for (const column of columns) expect(column).toMatch(/\S/);
    // Each column is of one kind: numbers, days or words.
    for (const [at, column] of columns.entries()) {
      const cells = rows.map((row) => row[at]).filter((cell) => cell !== "");
      const numbers = cells.filter((cell) => Number.isFinite(Number(cell)) || cell === "Inf");
      if (!/^(Label|Category|Spell|Name|Model|Line|Group|Point|Series)$/.test(column))
        expect([0, cells.length], column).toContain(numbers.length);
    }
    // None is a part of the drawing: a number at risk set as text, a band's edge.
    expect(rows.flat().join("\n")).not.toMatch(/confidence interval|At risk:|: limits|<br>/);
  });

  test("is what was given", () => {
    const rows = [
      { label: "<Iran> & co", first: 3, second: 7 },
      { label: "China", first: 4, second: 1 },
    ];
    const figure = countFigure(rows, { data: PUBLIC, kinds: ["women", "men"] });
    expect(figureRows(figure.data, figure.layout)).toEqual({
      columns: ["Category", "women (People)", "men (People)"],
      rows: [
        ["<Iran> & co", "3", "7"],
        ["China", "4", "1"],
      ],
    });
    expect(JSON.stringify(figure.layout)).not.toContain("<Iran>");
  });

  test("says of a model's row why there is no interval, and what kind another has", () => {
    const fit = cox({
      time: [1, 2, 3, 4, 5, 6],
      event: [1, 1, 0, 1, 1, 1],
      covariates: { x: [0, 1, 0, 1, 1, 0], twice: [0, 2, 0, 2, 2, 0] },
    });
    const figure = forestFigure([{ label: "(1)", fit }], { data: PUBLIC });
    const { columns, rows } = figureRows(figure.data, figure.layout);
    expect(columns).toEqual([
      "Covariate",
      "Model",
      "Hazard ratio",
      "lower limit (95%)",
      "upper limit (95%)",
      "Interval",
    ]);
    expect(rows.map((row) => [row[0], row[5]])).toEqual([
      ["x", "Wald"],
      ["twice", "left out"],
    ]);
    expect(Number(rows[0][2])).toBe(fit.terms[0].hazardRatio);
  });

  test("has a word for what JSON has not, and none for more rows than anybody reads", () => {
    const rows = [1 / 0, -1 / 0, 2];
    expect(dataTable(rows, { value: (x) => x, big: (x) => x > 1 })?.rows).toEqual([
      ["Inf", "yes"],
      ["-Inf", "no"],
      [2, "yes"],
    ]);
    expect(dataTable(new Array(2001).fill(1), { value: (x: number) => x })).toBeUndefined();
  });
});
