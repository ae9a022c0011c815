import { expect, test } from "vitest";
import { loadPublished } from "../../../lib/data";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import { campaignChoices, campaignMultiverse, tableOneSpecification } from "../../../lib/paper/campaign-multiverse";
import { controlGroup, tableOneData } from "../../../lib/paper/control-group";
import { curveTest, dealtFits, defensible, multiverse, multiverseSummary } from "../../../lib/paper/multiverse";
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
  expect(summary.estimated + summary.without.reduce((sum, { count }) => sum + count, 0)).toBe(run.results.length);
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

test("the clocks that are called wrong find something for labels from a hat, and the others do not", () => {
  const clocks = campaignChoices().find(({ name }) => name === "clock")?.levels ?? [];
  const ratio: Record<string, number> = {};
  for (const { name, wrong } of clocks) {
    const fits = dealtFits(design, { ...tableOneSpecification(1), clock: name }, { dealings: 150, seed: 20150901 });
    const z = fits.mean / fits.standardError;
    if (wrong) expect(Math.abs(z), name).toBeGreaterThan(6);
    else expect(Math.abs(z), name).toBeLessThan(3);
    ratio[name] = Math.exp(fits.mean);
  }
  // What notebook 05 says in words.
  expect(ratio.arrest).toBeGreaterThan(0.65);
  expect(ratio.arrest).toBeLessThan(0.85);
  expect(ratio["arrest, campaign switched on"]).toBeGreaterThan(2);
  expect(ratio["arrest, campaign switched on"]).toBeLessThan(2.6);
  expect(defensible(run).results.every(({ specification }) => ratio[specification.clock ?? ""] !== ratio.arrest)).toBe(
    true,
  );
});

test("a curve's p value by steps U/V is near the one by full fits", () => {
  const specification = { ...tableOneSpecification(1), clock: "launch" };
  const of = (one: Readonly<Record<string, string>>) =>
    Object.entries(specification).every(([name, level]) => one[name] === level);
  const steps = curveTest(design, { of, permutations: 300, seed: 7 }).medianStep;
  const { observed, dealt, without } = dealtFits(design, specification, { dealings: 300, seed: 7 });
  expect(without).toBe(0);
  const centre = (observed ?? 0) / 301 + dealt.reduce((sum, value) => sum + value, 0) / 301;
  const reached = dealt.filter((value) => Math.abs(value - centre) >= Math.abs((observed ?? 0) - centre));
  expect(Math.abs((1 + reached.length) / 301 - steps.pValue)).toBeLessThan(0.03);
  // The step of the featured, who are few, is too long.
  expect(steps.observed).toBeGreaterThan(1.15 * (observed ?? 0));
});

test("what notebook 05 says in words of the prisoners' curve on honest clocks", () => {
  const kept = defensible(run);
  const prisoners = kept.results.filter(({ specification }) => specification.comparison !== "long-list");
  const { sameSign, sign, significant } = multiverseSummary({ results: prisoners });
  expect(sign).toBe(1);
  expect(sameSign).toBeGreaterThan(0.8);
  expect(Math.abs(significant - 1 / 3)).toBeLessThan(0.05);
  const {
    medianStep,
    stouffer,
    significant: net,
  } = curveTest(defensible(design), {
    of: ({ comparison, ties, estimator }) => comparison !== "long-list" && ties === "efron" && estimator === "cox",
    permutations: 500,
    seed: 20150901,
  });
  expect(medianStep.pValue).toBeCloseTo(1 / 7, 1);
  expect(stouffer.pValue).toBeCloseTo(1 / 8, 1);
  expect(net.pValue).toBeGreaterThan(0.05);
  expect(net.pValue).toBeLessThan(0.08);
});
