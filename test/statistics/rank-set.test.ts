import { describe, expect, it } from "vitest";
import { seededRandom } from "../../lib/statistics";
import { RankSet, RankWeights } from "../../lib/statistics/inner";

describe("sums below a place", () => {
  it.each([1, 31, 32, 127, 128, 129, 1000])(
    "are those of a plain list of %i places, as places come and go",
    (places) => {
      const random = seededRandom(17, places);
      const plain = new Uint8Array(places);
      const set = new RankSet(places);
      const weights = new RankWeights(places);
      for (let step = 0; step < 600; step++) {
        const place = random.integer(places);
        const by = plain[place] === 1 ? -1 : 1;
        plain[place] += by;
        set.change(place, by);
        weights.change(place, by);
        const until = step % 7 === 0 ? places : random.integer(places + 1);
        const below = plain.subarray(0, until).reduce((sum, value) => sum + value, 0);
        expect([set.below(until), weights.below(until)]).toEqual([below, below]);
        const from = step % 3 === 0 ? Math.max(0, until - 1) : random.integer(until + 1);
        const between = plain.subarray(from, until).reduce((sum, value) => sum + value, 0);
        expect([set.between(from, until), weights.between(from, until)]).toEqual([between, between]);
      }
      set.clear();
      weights.clear();
      expect([set.below(places), weights.below(places)]).toEqual([0, 0]);
    },
  );
});
