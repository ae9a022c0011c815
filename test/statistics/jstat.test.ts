/// <reference path="./jstat-types.d.ts" />
import jstat from "jstat";
import { describe, expect, test } from "vitest";
import { logCombinations, normalCdf } from "../../lib/statistics";

/** jStat computes the same by other ways, to about 11 digits: a second opinion beside R's golden files. */
describe("jStat agrees", () => {
  test.each([
    [37, 19],
    [251, 16],
    [2_855, 455],
    [1_000_000, 500_000],
  ])("on the logarithm of %i over %i", (total, chosen) => {
    const expected = jstat.gammaln(total + 1) - jstat.gammaln(chosen + 1) - jstat.gammaln(total - chosen + 1);
    expect(Math.abs(logCombinations(total, chosen) / expected - 1)).toBeLessThan(1e-9);
  });

  test.each([-3, -1.96, -0.5, 0, 0.25, 1, 1.96, 2.5])("on the normal distribution up to %f", (z) => {
    expect(Math.abs(normalCdf(z) - jstat.normal.cdf(z, 0, 1))).toBeLessThan(1e-9);
  });
});
