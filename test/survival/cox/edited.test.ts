import { describe, expect, it, vi } from "vitest";

const input = {
  time: [1, 2, 3, 4, 5, 6, 7, 8],
  event: [1, 1, 0, 1, 1, 1, 0, 1],
  covariates: { a: [1, 0, 1, 0, 1, 1, 0, 0] },
};

/** The functions as a kernel has them after an edit: of modules that are loaded anew. */
async function loaded() {
  vi.resetModules();
  const [cox, { concordance }, { coefficientOverTime }] = await Promise.all([
    import("../../../lib/survival/cox"),
    import("../../../lib/survival/concordance"),
    import("../../../lib/survival/diagnostics/coefficient-over-time"),
  ]);
  return { ...cox, concordance, coefficientOverTime };
}

describe("a fit that was made before the library was edited", () => {
  it("can be used by what is loaded after it", async () => {
    const before = await loaded();
    const fit = before.cox(input);
    const after = await loaded();
    expect(after.cox).not.toBe(before.cox);
    for (const type of ["martingale", "deviance"] as const) {
      expect(after.residuals(fit, type)).toEqual(before.residuals(fit, type));
    }
    expect(after.proportionalHazards(fit)).toEqual(before.proportionalHazards(fit));
    expect(after.predictSurvival(fit, [{ a: 1 }])).toEqual(before.predictSurvival(fit, [{ a: 1 }]));
    expect(after.concordance(fit)).toEqual(before.concordance(fit));
    expect(after.coefficientOverTime(fit, { df: 2 })).toEqual(before.coefficientOverTime(fit, { df: 2 }));
  });

  it("is a plain value still: nobody sees what it keeps", async () => {
    const { cox } = await loaded();
    const fit = cox(input);
    const keys = ["n", "events", "ties", "penalty", "confidence", "terms", "aliased", "covariance"];
    const others = ["logLikelihood", "tests", "iterations", "certificate", "warnings"];
    expect(Object.keys(fit)).toEqual([...keys, ...others]);
    expect(Object.keys(JSON.parse(JSON.stringify(fit)))).toEqual(Object.keys(fit));
    expect(structuredClone(fit)).toEqual(fit);
    const copy = { ...fit };
    expect(Reflect.ownKeys(copy)).toEqual(Object.keys(fit));
  });

  it("is refused, truly, where it keeps what is not understood any more", async () => {
    const { cox, residuals } = await loaded();
    const fit = cox(input);
    const [key] = Object.getOwnPropertySymbols(fit);
    const older = Object.defineProperty({ ...fit }, key, { value: { layout: 0, solution: {} } });
    expect(() => residuals(older, "martingale")).toThrow("residuals: fit was made before lib/survival/cox was edited");
  });

  it("is not taken for one where it is something else", async () => {
    const { residuals } = await loaded();
    for (const value of [undefined, null, 3, "fit", {}, [], structuredClone({ terms: [] })]) {
      // As a caller from JavaScript may call.
      expect(() => Reflect.apply(residuals, undefined, [value, "martingale"])).toThrow(
        "residuals: fit is not a value that cox() returned",
      );
    }
  });
});
