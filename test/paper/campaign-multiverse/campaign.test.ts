import { expect, test } from "vitest";
import { loadPublished } from "../../../lib/data";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import {
  campaignChoices,
  campaignMultiverse,
  tableOneSpecification,
} from "../../../lib/paper/campaign-multiverse";
import { controlGroup, tableOneData } from "../../../lib/paper/control-group";
import { multiverse, multiverseSummary } from "../../../lib/paper/multiverse";
import { tableOneModels } from "../../../lib/paper/table-one";

const design = campaignMultiverse();
const run = multiverse(design);

test("there are more than 300 specifications, and each has an estimate or a reason", () => {
  expect(run.results.length).toBeGreaterThan(300);
  for (const { estimate, standardError, pValue, reason } of run.results) {
    if (reason === null) {
      expect(Number.isFinite(estimate)).toBe(true);
      expect(standardError).toBeGreaterThan(0);
      expect(pValue).toBeGreaterThanOrEqual(0);
    } else {
      expect(reason.length).toBeGreaterThan(10);
      expect([estimate, standardError, pValue]).toEqual([null, null, null]);
    }
  }
  const summary = multiverseSummary(run);
  expect(summary.estimated + summary.without.reduce((sum, { count }) => sum + count, 0)).toBe(
    run.results.length,
  );
  const all = campaignChoices().reduce((product, { levels }) => product * levels.length, 1);
  expect(run.results.length + run.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(all);
});

test("every level of every choice is run, and has its reasons", () => {
  for (const { name, levels } of run.choices) {
    for (const level of levels) {
      expect(level.reasoning, `${name}, ${level.name}`).not.toBe("");
      expect(run.results.some(({ specification }) => specification[name] === level.name)).toBe(true);
    }
  }
});

test("Table 1's four models are among them, to the last digit", () => {
  const models = tableOneModels(tableOneData(controlGroup(loadUrgentActions(), loadPrisoners())));
  for (const { number, fit, n, events } of models) {
    const wanted = tableOneSpecification(number);
    const found = run.results.find(({ specification }) =>
      run.choices.every(({ name }) => specification[name] === wanted[name]),
    );
    const term = fit?.terms.find(({ name }) => name === "Free the 20");
    expect(found?.estimate).toBeCloseTo(term?.coefficient ?? Number.NaN, 10);
    expect(found?.standardError).toBeCloseTo(term?.standardError ?? Number.NaN, 10);
    expect([found?.n, found?.events]).toEqual([n, events]);
  }
  expect(loadPublished().table1).toBeDefined();
});

test("on a clock that ties cannot touch, the tie method changes nothing; elsewhere it changes little", () => {
  for (const result of run.results) {
    const { specification } = result;
    if (specification.ties !== "exact" || result.estimate === null) continue;
    const twin = run.results.find(
      (other) =>
        other.specification.ties === "efron" &&
        run.choices.every(({ name }) => name === "ties" || other.specification[name] === specification[name]),
    );
    expect(Math.abs((twin?.estimate ?? 0) - result.estimate)).toBeLessThan(0.2);
  }
});

test("the data say that they are partly synthetic", () => {
  expect(run.provenance).toEqual(["public-record", "synthetic"]);
});
