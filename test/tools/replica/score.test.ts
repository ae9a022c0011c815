import { describe, expect, it } from "vitest";
import { loadPublished } from "../../../lib/data";
import { seededRandom } from "../../../lib/statistics";
import { MASKS } from "../../../tools/replica/covariates";
import { emptyPopulation } from "../../../tools/replica/population";
import { modelScore } from "../../../tools/replica/score";
import { targetModels } from "../../../tools/replica/target";

const model = targetModels(loadPublished(), "assumed", "characteristics first")[0];

/** Efron's partial log-likelihood of model 1 at a coefficient, written out event by event. */
function logLikelihood(treated: number[], event: number[], tied: boolean, beta: number): number {
  let sum = 0;
  const weight = (k: number) => Math.exp(beta * treated[k]);
  const atRisk = (k: number) => treated.reduce((total, _, i) => (i >= k ? total + weight(i) : total), 0);
  treated.forEach((x, k) => {
    if (event[k] === 0) return;
    // Rows 2 and 3 share a day: the second sees the risk set of the first less half of both.
    const size = tied && k === 3 ? atRisk(2) - 0.5 * (weight(2) + weight(3)) : atRisk(k);
    sum += beta * x - Math.log(size);
  });
  return sum;
}

describe("score and information at the printed coefficients", () => {
  it.each([false, true])("agree with differences of the partial likelihood (tie: %s)", (tied) => {
    const treated = [0, 1, 1, 0, 0, 1, 0, 0];
    const event = [1, 0, 1, 1, 0, 1, 1, 0];
    const population = emptyPopulation(8);
    treated.forEach((x, k) => {
      population.order[k] = k;
      population.mask[k] = x;
      population.event[k] = event[k];
    });
    const deviation = new Float64Array(2);
    const tie = tied ? ([2, 3] as const) : ([-1, -1] as const);
    expect(modelScore(model, true, 8, tie).evaluate(population, deviation, 0)).toBe(true);
    const beta = model.coefficient[0];
    const at = (b: number) => logLikelihood(treated, event, tied, b);
    const h = 1e-4;
    const score = (at(beta + h) - at(beta - h)) / (2 * h);
    const information = -(at(beta + h) - 2 * at(beta) + at(beta - h)) / (h * h);
    expect(deviation[0]).toBeCloseTo(score / information, 6);
    expect(deviation[1] + model.standardError[0]).toBeCloseTo(1 / Math.sqrt(information), 5);
  });

  it("leaves incomplete rows out of the models that need their covariates", () => {
    const models = targetModels(loadPublished(), "assumed", "characteristics first");
    const random = seededRandom(7);
    const population = emptyPopulation(120);
    const shorter = emptyPopulation(114);
    for (let r = 0; r < 120; r++) {
      population.order[r] = r;
      population.mask[r] = random.integer(2) | (random.integer(32) << 1) | (1 << (6 + random.integer(6)));
      population.mask[r] &= MASKS - 1;
      population.event[r] = random.integer(2);
      population.incomplete[r] = r >= 114 ? 1 : 0;
    }
    for (let r = 0; r < 114; r++) {
      shorter.order[r] = r;
      shorter.mask[r] = population.mask[r];
      shorter.event[r] = population.event[r];
    }
    const whole = new Float64Array(22);
    const part = new Float64Array(22);
    expect(modelScore(models[3], false, 120, [-1, -1]).evaluate(population, whole, 0)).toBe(true);
    expect(modelScore(models[3], false, 114, [-1, -1]).evaluate(shorter, part, 0)).toBe(true);
    expect(Array.from(whole)).toEqual(Array.from(part));
  });

  it("says that a model without an event of a group is singular", () => {
    const population = emptyPopulation(4);
    population.order.set([0, 1, 2, 3]);
    population.event.set([1, 1, 0, 0]);
    expect(modelScore(model, true, 4, [-1, -1]).evaluate(population, new Float64Array(2), 0)).toBe(false);
  });
});
