import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NoEventsError } from "../../../lib/statistics";
import { brier, calibration, concordance, cox, unoConcordance } from "../../../lib/survival";
import { expectClose } from "../golden";

const rows = fc
  .array(
    fc.record({
      time: fc.integer({ min: 1, max: 30 }),
      event: fc.integer({ min: 0, max: 3 }),
      x: fc.integer({ min: 0, max: 5 }),
    }),
    {
      minLength: 12,
      maxLength: 30,
    },
  )
  .map((all) => ({
    time: all.map(({ time }) => time),
    event: all.map(({ event }, i): number => (i < 3 || event > 0 ? 1 : 0)),
    covariates: { x: all.map(({ x }) => x) },
  }))
  .filter(({ covariates, time }) => new Set(covariates.x).size > 2 && new Set(time).size > 6);

describe("how good a model predicts", () => {
  it("without censoring Uno's concordance is Harrell's, and Brier's score a mean of squares", () => {
    fc.assert(
      fc.property(rows, (input) => {
        const fit = cox({ ...input, event: input.event.map(() => 1) });
        fc.pre(fit.warnings.length === 0);
        expectClose(unoConcordance(fit).estimate, concordance(fit).estimate, "concordance", 1e-12);
        const [score] = brier(fit, [10]);
        const [one] = calibration(fit, 10, { groups: 1 });
        const share = input.time.filter((t) => t <= 10).length / input.time.length;
        expectClose(score.reference, share * (1 - share), "reference", 1e-10);
        expectClose(one.observed, share, "observed", 1e-10);
      }),
      { numRuns: 40 },
    );
  });

  it("a weight of 2 is two rows", () => {
    fc.assert(
      fc.property(rows, (input) => {
        const twice = <T>(values: readonly T[]) => [...values, ...values];
        const copies = cox(
          { time: twice(input.time), event: twice(input.event), covariates: { x: twice(input.covariates.x) } },
          { ties: "breslow" },
        );
        const weighted = cox({ ...input, weights: input.time.map(() => 2) }, { ties: "breslow" });
        fc.pre(copies.warnings.length === 0);
        expectClose(unoConcordance(weighted).estimate, unoConcordance(copies).estimate, "concordance", 1e-9);
        expectClose(brier(weighted, [9])[0].brier, brier(copies, [9])[0].brier, "Brier", 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it("before the first event nothing is to be told apart, and entries are refused", () => {
    const input = { time: [3, 5, 6, 8], event: [1, 0, 1, 1], covariates: { x: [0, 1, 1, 0] } };
    expect(brier(cox(input), [1])[0]).toEqual({ time: 1, brier: 0, reference: 0, scaled: null, auc: null });
    const late = cox({ ...input, entry: [0, 1, 0, 2] });
    for (const judge of [() => brier(late, [4]), () => unoConcordance(late), () => calibration(late, 4)]) {
      expect(judge).toThrow(/the model was fitted with entry/);
    }
    expect(() => unoConcordance(cox(input), { tau: 2 })).toThrow(NoEventsError);
    expect(() => calibration(cox(input), 4, { groups: 5 })).toThrow(/groups is 5 and there are 4 rows/);
  });
});
