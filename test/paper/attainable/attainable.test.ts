import { describe, expect, test } from "vitest";
import { logRank } from "../../../lib";
import { attainableLogRank, highestPSinceArrest } from "../../../lib/paper";
import { fc } from "../../support/property";

/** Every way in which `releases` of the free women can be placed, by brute force with the library's own test. */
function bruteForce(
  known: { time: number[]; event: boolean[] },
  free: number,
  atZero: number,
  releases: number,
  below: number,
) {
  const times = [...new Set(known.time.filter((_, i) => known.event[i]))].sort((a, b) => a - b);
  const gaps = [...times.map((t, i) => (t + (times[i - 1] ?? 0)) / 2), (times.at(-1) ?? 0) + 0.5];
  const end = Math.max(...known.time) + 10;
  let highest: number | null = null;
  const place = (from: number, chosen: number[]): void => {
    if (chosen.length < releases) {
      for (let gap = from; gap < gaps.length; gap++) place(gap, [...chosen, gap]);
      return;
    }
    // Several releases in one gap are at different moments.
    const released = chosen.map((gap, i) => (gaps[gap] ?? 0) + i * 1e-4);
    const others = [...released, ...Array.from({ length: free - releases }, () => end)];
    const p = (added: number): number =>
      logRank({
        time: [...known.time, ...others, ...Array.from({ length: added }, () => 0)],
        event: [...known.event, ...others.map((_, i) => i < releases), ...Array.from({ length: added }, () => true)],
        group: [...known.time.map(() => 0), ...others.map(() => 1), ...Array.from({ length: added }, () => 1)],
      }).pValue;
    if (p(0) < below) highest = Math.max(highest ?? 0, p(atZero));
  };
  place(0, []);
  return highest;
}

describe("attainableLogRank", () => {
  test("finds what brute force finds with the library's log-rank test", () => {
    const known = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(known, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), (time, censored, atZero) => {
        const sample = {
          time: [...time, ...Array.from({ length: censored }, () => 30)],
          event: [...time.map(() => true), ...Array.from({ length: censored }, () => false)],
        };
        const found = attainableLogRank(sample, { free: 4, releasedAtZero: atZero, below: 0.2, upTo: 2 });
        for (const { releases, highestP } of found) {
          const expected = bruteForce(sample, 4, atZero, releases, 0.2);
          if (expected === null) expect(highestP).toBeNull();
          else expect(highestP).toBeCloseTo(expected, 10);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("counts the arrangements: k releases in g gaps are (g + k - 1 choose k)", () => {
    const known = { time: [1, 2, 3], event: [true, true, true] };
    const found = attainableLogRank(known, { free: 5, releasedAtZero: 0, below: 0.999, upTo: 3 });
    expect(found.map(({ arrangements }) => arrangements)).toEqual([1, 4, 10, 20]);
  });

  test("known releases at one time are one time", () => {
    const tied = { time: [1, 1, 2], event: [true, true, true] };
    const [none] = attainableLogRank(tied, { free: 3, releasedAtZero: 0, below: 0.999, upTo: 0 });
    const direct = logRank({
      time: [1, 1, 2, 9, 9, 9],
      event: [1, 1, 1, 0, 0, 0],
      group: [0, 0, 0, 1, 1, 1],
    });
    expect(none?.firstP).toBeCloseTo(direct.pValue, 12);
  });

  test("refuses what cannot be searched, by name", () => {
    const known = { time: [1], event: [true] };
    const options = { free: 2, releasedAtZero: 0, below: 0.1, upTo: 1 };
    expect(() => attainableLogRank({ time: [], event: [] }, options)).toThrow(/nobody is known/);
    expect(() => attainableLogRank(known, { ...options, free: 1.5 })).toThrow(/free is 1.5/);
    expect(() => attainableLogRank(known, { ...options, below: 0 })).toThrow(/below is 0/);
  });
});

describe("highestPSinceArrest", () => {
  const options = {
    known: { time: [10, 12, 15, 40], event: [true, true, true, false] },
    added: { time: [14, 49], event: [true, true] },
    free: 4,
    releasedAfterLaunch: [30],
    followUpMonths: 36,
    longestBefore: 60,
    steps: 200,
  };

  test("gives the same arrangement for the same seed, and p values that the library's test confirms", () => {
    const first = highestPSinceArrest(options);
    expect(highestPSinceArrest(options)).toEqual(first);
    const free = first.monthsBefore.map((before, i) => before + (i === 0 ? 30 : 36));
    const confirmed = logRank({
      time: [...options.known.time, ...free, ...options.added.time],
      event: [...options.known.event, true, false, false, false, ...options.added.event],
      group: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
    });
    expect(first.highestP).toBe(confirmed.pValue);
  });

  test("more steps never end lower", () => {
    const [few, many] = [50, 500].map((steps) => highestPSinceArrest({ ...options, steps }).highestP);
    expect(many).toBeGreaterThanOrEqual(few ?? 1);
  });

  test("keeps to the bound, or says that it met none", () => {
    expect(highestPSinceArrest({ ...options, firstBelow: 0.5 }).firstP).toBeLessThan(0.5);
    expect(() => highestPSinceArrest({ ...options, firstBelow: 1e-12 })).toThrow(
      /no arrangement brought the first p below/,
    );
  });
});
