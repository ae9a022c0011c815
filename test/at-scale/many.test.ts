import { expect, test } from "vitest";
import { simulateStays, survivalCounts } from "../../lib/at-scale";
import { cox } from "../../lib/survival";
import { every } from "../e2e/support/every";

/** Notebook 09's model: a million stays on every run, ten with HRD_EVERY=1; HRD_STAYS=10000000 adds them to its table. */
test("millions of stays are counted and fitted, and no stay is lost", { timeout: 600_000 }, async () => {
  const stays = every ? 10_000_000 : 1_000_000;
  const counts = await survivalCounts(await simulateStays({ stays }), {
    provenance: "synthetic",
    dates: { start: "admitted", end: "released", until: "2020-12-31" },
    unit: "months",
    roundTime: 1,
    strata: "district",
    covariates: ["programme", { column: "age", name: "age", bins: [40] }],
  });
  expect(counts.report.rows.used).toBe(stays);
  expect(counts.model.counts.reduce((sum, one) => sum + one, 0)).toBe(stays);
  expect(counts.report.patterns).toBeLessThan(5000);
  const { terms } = cox(counts.model);
  // The stays are made with log hazard ratios of ln 2 and -ln 2; months in place of days take a little of both.
  for (const [j, truth] of [Math.LN2, -Math.LN2].entries()) {
    expect(terms[j].standardError).toBeLessThan(3 / Math.sqrt(stays));
    expect(Math.abs(terms[j].coefficient - truth)).toBeLessThan(0.02);
  }
});
