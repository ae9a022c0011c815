import { describe, expect, test } from "vitest";
import { type ReleaseData, releaseResult } from "../../../../tools/site/teaching/client/release-model";
import {
  RELEASE_WORDS,
  type ReleaseWords,
  stateOf,
  wordsOf,
} from "../../../../tools/site/teaching/client/release-state";
import { releaseData } from "../../../../tools/site/teaching/release-data";
import { fromTheLibrary, randomStates } from "../../../support/release-states";

const data: ReleaseData = JSON.parse(JSON.stringify(releaseData()));

/** The words as an address holds them, and read from it again. */
function throughAnAddress(words: ReleaseWords): ReleaseWords {
  const query = new URLSearchParams();
  for (const name of RELEASE_WORDS) if (words[name] !== null) query.set(name, words[name]);
  const read = new URLSearchParams(`?${query}`);
  return {
    coding: read.get("coding"),
    counted: read.get("counted"),
    months: read.get("months"),
    clock: read.get("clock"),
  };
}

const none: ReleaseWords = { coding: null, counted: null, months: null, clock: null };

describe("the address is the state of the control", () => {
  test("a hundred random states come back from their addresses, with the library's numbers", () => {
    const states = randomStates(data, 100);
    const seen = new Set<string>();
    for (const state of states) {
      const words = throughAnAddress(wordsOf(data, state));
      const restored = stateOf(data, words);
      const name = JSON.stringify(words);
      expect(restored, name).toEqual(state);
      const { pValue, sentence, figure } = releaseResult(data, restored);
      const expected = fromTheLibrary(data, state);
      expect(pValue, name).toBe(expected.pValue);
      expect(sentence, name).toContain(expected.numbers);
      expect(sentence.startsWith(expected.months), name).toBe(true);
      expect(/left out/.test(sentence), name).toBe(expected.leftOut > 0);
      for (const { label, survival } of expected.curves) {
        const drawn = figure.data.find((trace) => String(trace.name).replace(" (synthetic)", "") === label);
        expect(drawn?.y, `${name}, ${label}`).toEqual([1, ...survival]);
      }
      seen.add(name);
    }
    // They are not one state a hundred times.
    expect(seen.size).toBeGreaterThan(80);
  }, 60_000);

  test("what is as in Figure 1 is not said", () => {
    expect(wordsOf(data, stateOf(data, none))).toEqual(none);
  });

  test("what cannot be is not heard", () => {
    const first = stateOf(data, none);
    for (const words of [
      { months: "0" },
      { months: "37" },
      { months: "1e9" },
      { months: "-3" },
      { clock: "toString" },
      { coding: "__proto__" },
      { coding: "own" },
    ])
      expect(stateOf(data, { ...none, ...words }), JSON.stringify(words)).toEqual(first);
    expect([...stateOf(data, { ...none, coding: "own", counted: "nobody,liu-xia" }).counted]).toEqual(["liu-xia"]);
  });
});
