import { describe, expect, it } from "vitest";
import { takeRows, validateCox } from "../../lib/resampling";
import { InvalidInputError, seededRandom } from "../../lib/statistics";
import { brier, concordance, cox } from "../../lib/survival";

/** Sixty rows whose covariates are noise, but for the first where `effect` is not 0. */
function rows(effect: number, noise = 5) {
  const random = seededRandom(3);
  const columns = Array.from({ length: noise }, () => Array.from({ length: 60 }, () => random.next() - 0.5));
  const time = Array.from({ length: 60 }, (_, i) => -Math.log(random.next()) * Math.exp(-effect * columns[0][i]));
  const event = time.map((_, i) => (i % 4 === 0 ? 0 : 1));
  return { time, event, covariates: Object.fromEntries(columns.map((column, j) => [`x${j}`, column])) };
}

describe("validateCox", () => {
  it("takes from noise what it only seems to know, and leaves an effect that is there", async () => {
    const noise = await validateCox(rows(0, 9), { time: 0.5, replicates: 60 });
    const of = (name: string) => noise.measures.find(({ measure }) => measure === name);
    // Nine columns of noise order these rows in 65 pairs of a hundred; what is left is within the error of sixty rows.
    expect(of("concordance")?.apparent).toBeGreaterThan(0.62);
    expect(of("concordance")?.corrected).toBeLessThan(0.59);
    expect(of("slope")?.apparent).toBeCloseTo(1, 8);
    expect(of("slope")?.corrected).toBeLessThan(0.75);
    const effect = await validateCox(rows(4, 1), { time: 0.5, replicates: 60 });
    const [first] = effect.measures;
    expect(first.corrected).toBeGreaterThan(0.65);
    expect(Math.abs(first.optimism)).toBeLessThan(0.02);
  });

  it("is the mean over the samples, computed by hand", async () => {
    const input = rows(1, 2);
    const found = await validateCox(input, { time: 0.5, replicates: 2, seed: 5 });
    expect(found.measures[0].apparent).toBe(concordance(cox(input)).estimate);
    expect(found.measures[1].apparent).toBe(brier(cox(input), [0.5])[0].brier);
    const differences = [0, 1].map((unit) => {
      const random = seededRandom(5, unit);
      const counts = new Array<number>(60).fill(0);
      for (let i = 0; i < 60; i++) counts[random.integer(60)]++;
      const drawn = counts.flatMap((count, i) => new Array<number>(count).fill(i));
      const { x0, x1 } = input.covariates;
      const covariates = { x0: takeRows(x0, drawn), x1: takeRows(x1, drawn) };
      const fit = cox({ time: takeRows(input.time, drawn), event: takeRows(input.event, drawn), covariates });
      const risk = input.time.map((_, i) => fit.terms[0].coefficient * x0[i] + fit.terms[1].coefficient * x1[i]);
      return concordance(fit).estimate - concordance({ time: input.time, event: input.event, risk }).estimate;
    });
    expect(found.measures[0].optimism).toBeCloseTo((differences[0] + differences[1]) / 2, 12);
  });

  it("refuses what it cannot judge, in its own name", async () => {
    const input = rows(0);
    await expect(validateCox({ ...input, entry: input.time.map(() => 0) }, { time: 1 })).rejects.toThrow(
      /^validateCox: entry is given/,
    );
    await expect(validateCox(input, { time: 0 })).rejects.toThrow(InvalidInputError);
    const none = { ...input, event: input.event.map(() => 0) };
    await expect(validateCox(none, { time: 1 })).rejects.toThrow(/^validateCox: no row has the event/);
  });
});
