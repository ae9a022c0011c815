import { describe, expect, test } from "vitest";
import { loadPublished } from "../../../lib/data";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import { controlGroup, tableOneData } from "../../../lib/paper/control-group";
import { compareWithPrinted, type TableOneModel, tableOneModels } from "../../../lib/paper/table-one";
import { concordance } from "../../../lib/survival";
import { type CoxFit, proportionalHazards } from "../../../lib/survival/cox";
import { expectAllClose, expectClose, readGolden } from "../../survival/golden";

interface GoldenModel {
  readonly model: number;
  readonly n: number;
  readonly events: number;
  readonly covariates: string[];
  readonly coefficient: number[];
  readonly standardError: number[];
  readonly logLikelihood: number;
  readonly concordance: number;
  readonly robustStandardError: number[];
  readonly breslow: number[];
  readonly exact: number[];
  readonly proportionalHazards: number;
}

/** Made by test/golden/make-table-1.R, which goes from data/*.csv to the fits without the library. */
const golden = readGolden<{ id: string[]; time: number[]; event: number[]; models: GoldenModel[] }>("table-1");

const rows = tableOneData(controlGroup(loadUrgentActions(), loadPrisoners()));
const efron = tableOneModels(rows);
const fitOf = (models: readonly TableOneModel[], { model }: GoldenModel): CoxFit => {
  const fit = models.find(({ number }) => number === model)?.fit;
  if (fit == null) throw new Error(`model ${model} has no fit`);
  return fit;
};
const coefficients = (fit: CoxFit) => fit.terms.map(({ coefficient }) => coefficient);

test("R finds the same women, months and releases in the files", () => {
  expect([...rows.ids]).toEqual(golden.id);
  expect(rows.event.map(Number)).toEqual(golden.event);
  expectAllClose([...rows.time], golden.time, "time", 1e-12);
});

describe.each(golden.models)("model ($model), from the files to the fit, is R's", (expected) => {
  const where = `model ${expected.model}`;

  test("coefficients, standard errors, likelihood, concordance", () => {
    const fit = fitOf(efron, expected);
    expect([fit.n, fit.events]).toEqual([expected.n, expected.events]);
    expect(fit.terms.map(({ name }) => name)).toEqual(expected.covariates);
    expectAllClose(coefficients(fit), expected.coefficient, `${where}, coefficient`);
    const errors = fit.terms.map(({ standardError }) => standardError);
    expectAllClose(errors, expected.standardError, `${where}, standard error`);
    expectClose(fit.logLikelihood.fitted, expected.logLikelihood, `${where}, log-likelihood`);
    expectClose(concordance(fit).estimate, expected.concordance, `${where}, concordance`);
    expectClose(proportionalHazards(fit).global.pValue, expected.proportionalHazards, `${where}, cox.zph`);
  });

  test("other ties, and errors robust to clusters by country", () => {
    for (const ties of ["breslow", "exact"] as const) {
      const fit = fitOf(tableOneModels(rows, { cox: { ties } }), expected);
      expectAllClose(coefficients(fit), expected[ties], `${where}, ${ties}`);
    }
    const { terms } = fitOf(tableOneModels(rows, { clusterByCountry: true }), expected);
    const errors = terms.map(({ robustStandardError }) => robustStandardError);
    expectAllClose(errors, expected.robustStandardError, `${where}, robust`);
  });
});

test("the numbers of observations are the printed ones, and all 48 numbers have a twin", () => {
  const comparison = compareWithPrinted(efron, loadPublished().table1);
  for (const { printed, computed } of comparison.observations) expect(computed).toBe(printed);
  expect(comparison.compared).toBe(48);
});
