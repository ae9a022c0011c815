import { describe, expect, test } from "vitest";
import { loadPublished } from "../../../lib/data";
import {
  ASSUMED_SIGNS,
  besidePrinted,
  compareWithPrinted,
  covariatesOf,
  printedComparisonTable,
  SIGNS_AS_PRINTED,
  TABLE_ONE_BLOCKS,
  tableOneModels,
} from "../../../lib/paper/table-one";
import { cox } from "../../../lib/survival/cox";
import { tableText } from "../../../lib/tables";
import { regressionTable } from "../../../lib/tables/regression";
import { SYNTHETIC } from "../../figures/support";
import { rowsAt, simulatedRows } from "./simulated";

const { table1 } = loadPublished();
const rows = simulatedRows();
const every = rows.time.map((_, i) => i);

describe("the layout of Table 1", () => {
  test("has the names that published.json has", () => {
    expect(TABLE_ONE_BLOCKS.campaign).toEqual([table1.campaign.name]);
    expect(TABLE_ONE_BLOCKS.characteristics).toEqual(table1.characteristics.map(({ name }) => name));
    expect(TABLE_ONE_BLOCKS.regions).toEqual(table1.regions.map(({ name }) => name));
    const lost = [...TABLE_ONE_BLOCKS.characteristics, ...TABLE_ONE_BLOCKS.regions];
    expect(Object.keys(ASSUMED_SIGNS.signs)).toEqual(lost);
  });

  test("puts characteristics into models 2 and 4 and regions into 3 and 4, or the other way round", () => {
    const [asia] = TABLE_ONE_BLOCKS.regions;
    const modelsWith = (reading: "characteristics first" | "regions first") =>
      ([1, 2, 3, 4] as const).filter((model) => covariatesOf(model, reading).includes(asia));
    expect(modelsWith("characteristics first")).toEqual(table1.regions[0]?.models);
    expect(modelsWith("regions first")).toEqual([2, 4]);
  });
});

describe("tableOneModels", () => {
  test("fits four models; rows that miss a value are counted, and models 2 to 4 share a sample", () => {
    const models = tableOneModels(rows);
    expect(models.map(({ n }) => n)).toEqual([251, 245, 245, 245]);
    expect(models.map(({ fit }) => fit?.terms.length)).toEqual([1, 6, 6, 11]);
    const [, second] = models;
    expect(second?.incomplete.count).toBe(6);
    expect(second?.incomplete.columns).toHaveLength(5);
    expect(second?.incomplete.ids).toHaveLength(6);
    expect(models.map(({ leftOut }) => leftOut)).toEqual([[], [], [], []]);
    const own = tableOneModels(rows, { sample: "own" });
    expect(own.map(({ n }) => n)).toEqual([251, 245, 251, 245]);
  });

  test("is cox() on the same columns", () => {
    const [first] = tableOneModels(rows);
    const { time, event } = rows;
    const direct = cox({
      ...{ time, event },
      covariates: { "Free the 20": rows.covariates["Free the 20"]?.map(Number) ?? [] },
    });
    expect(first?.fit?.terms).toEqual(direct.terms);
    expect(first?.events).toBe(direct.events);
  });

  test("passes ties on and takes countries as clusters", () => {
    const [robust] = tableOneModels(rows, { clusterByCountry: true, cox: { ties: "breslow" } });
    expect(robust?.fit?.ties).toBe("breslow");
    expect(robust?.fit?.terms[0]?.robustStandardError).toBeGreaterThan(0);
  });

  test("a region without a woman, and five regions without a reference, are left out with their reason", () => {
    const noneInAfrica = rowsAt(
      rows,
      every.filter((i) => rows.covariates.Africa?.[i] !== 1),
    );
    const [, , third] = tableOneModels(noneInAfrica);
    expect(third?.leftOut).toEqual([{ covariate: "Africa", reason: `it is 0 in all ${third?.n} rows` }]);
    const withoutReference = rowsAt(
      rows,
      every.filter((i) => rows.countries[i] !== "North Korea"),
    );
    const [, , regions] = tableOneModels(withoutReference);
    expect(regions?.leftOut.map(({ covariate }) => covariate)).toEqual(["Americas"]);
    expect(regions?.leftOut[0]?.reason).toMatch(/"Americas" is a linear combination of "Asia"/);
    expect(regions?.fit?.terms).toHaveLength(5);
  });

  test.each([0, 1, 2, 5, 10])("%i rows break nothing: a fit or a reason for each model", (count) => {
    for (const seed of [1, 2, 3]) {
      const few = rowsAt(simulatedRows(seed), every.filter((i) => i % 25 === 5).slice(0, count));
      for (const model of tableOneModels(few)) {
        if (model.fit === null) expect(model.remark).toMatch(/\w+/);
        else expect(model.fit.terms.length + model.leftOut.length).toBe(model.covariates.length);
      }
      const models = tableOneModels(few);
      expect(() => regressionTable(models, { data: SYNTHETIC })).not.toThrow();
      expect(() => tableText(besidePrinted(compareWithPrinted(models, table1), { data: SYNTHETIC }))).not.toThrow();
    }
  });

  test("nobody released, nobody featured, nobody complete: a reason instead of a fit", () => {
    const remarks = (changed: Partial<typeof rows>) =>
      tableOneModels({ ...rows, ...changed }).map(({ remark }) => remark);
    expect(remarks({ event: rows.event.map(() => false) })[0]).toMatch(/no row has the event|no events?/i);
    const covariate = (name: string, value: number | null) => ({
      covariates: { ...rows.covariates, [name]: rows.time.map(() => value) },
    });
    expect(remarks(covariate("Free the 20", 0))[0]).toMatch(/none of its covariates varies/);
    expect(remarks(covariate("Any Medical Concerns", null)).slice(1)).toEqual(
      Array(3).fill("no row is complete in its covariates"),
    );
  });

  test("a missing or ragged column is an error that names it", () => {
    const { Asia, ...others } = rows.covariates;
    expect(Asia).toBeDefined();
    expect(() => tableOneModels({ ...rows, covariates: others })).toThrow(/there is no covariate "Asia"/);
    expect(() => tableOneModels({ ...rows, ids: ["a"] })).toThrow(/"ids" has 1 values and time has 251/);
  });
});

describe("compareWithPrinted", () => {
  const models = tableOneModels(rows);

  test("holds all 48 numbers against their twins", () => {
    const comparison = compareWithPrinted(models, table1);
    expect(comparison.numbers).toHaveLength(48);
    expect(comparison.compared).toBe(48);
    expect(comparison.observations.map(({ printed, computed }) => printed - computed)).toEqual([0, 0, 0, 0]);
    for (const { computed, printed, difference } of comparison.numbers) {
      expect(difference).toBeCloseTo((computed ?? 0) - printed, 12);
    }
    const asia = comparison.numbers.filter(({ row, of }) => row === "Asia" && of === "coefficient");
    expect(asia.map(({ model, printed }) => [model, printed])).toEqual([
      [3, -0.308],
      [4, 0.096],
    ]);
  });

  test("models that have the printed numbers agree in all of them; one digit off is seen", () => {
    const exact = (change: number) =>
      models.map((model) => {
        const { numbers } = compareWithPrinted(models, table1);
        const of = (name: string, what: string) =>
          numbers.find((n) => n.row === name && n.model === model.number && n.of === what)?.printed ?? 0;
        const fit = model.fit && {
          ...model.fit,
          terms: model.fit.terms.map((term) => ({
            ...term,
            coefficient: of(term.name, "coefficient") + (term.name === "Asia" ? change : 0),
            standardError: of(term.name, "standard error") + 0.0004,
          })),
        };
        return { ...model, fit };
      });
    expect(compareWithPrinted(exact(0), table1)).toMatchObject({ agreeing: 48, compared: 48 });
    const off = compareWithPrinted(exact(0.0006), table1);
    expect(off.agreeing).toBe(46);
    expect(off.furthest).toMatchObject({ row: "Asia", of: "coefficient" });
    const differing = tableText(printedComparisonTable(off, { data: SYNTHETIC, only: "differing" }));
    expect(differing).toMatch(/2 of 24 cells that miss a printed digit/);
    expect(differing).toMatch(/Asia +\(3\) +−0\.308 +−0\.30740/);
    const asPrinted = compareWithPrinted(exact(0), table1, SIGNS_AS_PRINTED);
    expect(asPrinted.agreeing).toBe(48 - 16);
  });

  test("the other reading of the columns takes the first number of a block to the other model", () => {
    const other = compareWithPrinted(tableOneModels(rows, { columns: "regions first" }), table1);
    const where = (row: string) => other.numbers.filter((n) => n.row === row && n.of === "coefficient");
    expect(where("Asia").map(({ model, printed }) => [model, printed])).toEqual([
      [2, -0.308],
      [4, 0.096],
    ]);
    expect(where("Any Torture Concerns").map(({ model }) => model)).toEqual([3, 4]);
  });

  test("says that signs are assumed, and marks what differs", () => {
    const comparison = compareWithPrinted(models, table1);
    const beside = tableText(besidePrinted(comparison, { data: SYNTHETIC }));
    expect(beside).toMatch(/Magnitudes are compared: signs .* pattern "assumed"/);
    expect(beside).toMatch(/Free the 20 +0\.797 ≠ /);
    expect(beside).toMatch(/Observations +251 = 251/);
    expect(() => compareWithPrinted(models.slice(1), table1)).toThrow(/needs the four models/);
    expect(() => compareWithPrinted(models, table1, { ...ASSUMED_SIGNS, signs: {} })).toThrow(
      /has no sign for "Prisoner/,
    );
  });
});
