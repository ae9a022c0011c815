import { expect, test } from "vitest";
import {
  equalPriors,
  HYPOTHESIS_IDS,
  likelihoodsFromWords,
  loadEvidence,
  secondReaders,
  updateBeliefs,
} from "../../../lib/paper/mechanisms";

const { rows } = loadEvidence();

test("a reader who is never off is the first reader", () => {
  const { belief, first } = secondReaders(rows, equalPriors(), { off: 0, readers: 3 });
  const { posterior, ranking } = updateBeliefs(equalPriors(), likelihoodsFromWords(rows));
  for (const id of HYPOTHESIS_IDS) {
    expect(belief[id]).toEqual([posterior[id], posterior[id], posterior[id]]);
    expect(first[id]).toBe(id === ranking[0] ? 1 : 0);
  }
});

test("what notebook 07 says of readers with a fifth of the words one step off", () => {
  const { first, belief } = secondReaders(rows, equalPriors(), { off: 0.2, readers: 400, seed: 20150901 });
  expect(first.inducements).toBeGreaterThan(0.75);
  expect(first.inducements).toBeLessThan(0.92);
  expect(belief.inducements[0]).toBeLessThan(0.4);
  expect(belief.inducements[2]).toBeGreaterThan(0.8);
  expect(HYPOTHESIS_IDS.reduce((sum, id) => sum + first[id], 0)).toBeCloseTo(1, 12);
  for (const id of HYPOTHESIS_IDS) expect([...belief[id]]).toEqual([...belief[id]].sort((a, b) => a - b));
});

test("what it says of the two countries by themselves", () => {
  const of = (country: string) =>
    updateBeliefs(equalPriors(), likelihoodsFromWords(rows.filter((row) => row.country === country)));
  const [azerbaijan, uzbekistan] = [of("Azerbaijan"), of("Uzbekistan")];
  expect(azerbaijan.ranking[0]).toBe("inducements");
  expect(azerbaijan.posterior.inducements).toBeCloseTo(0.76, 2);
  expect(uzbekistan.ranking[0]).toBe("deadlock");
  expect(uzbekistan.posterior.deadlock).toBeCloseTo(0.43, 2);
  expect(uzbekistan.posterior.inducements).toBeCloseTo(0.26, 2);
});

test("bad numbers are named, and nothing to read is an error", () => {
  expect(() => secondReaders([], equalPriors())).toThrow("secondReaders: there is no evidence to read");
  expect(() => secondReaders(rows, equalPriors(), { off: 2 })).toThrow("secondReaders: off is 2");
});
