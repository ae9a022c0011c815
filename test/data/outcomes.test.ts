import { describe, expect, it } from "vitest";
import type { Woman } from "../../lib/data";
import { loadFreeThe20, loadJournalists, loadLongList, releaseOutcomes, withJournalists } from "../../lib/data";
import type { CodedDataset, CodingName } from "../../lib/data/schema";
import { DATE_POLICIES, dateInterval, partialDate } from "../../lib/dates";
import { kaplanMeier, logRank } from "../../lib/survival";

const CODINGS: readonly CodingName[] = ["strict", "working-paper", "published-article", "broad"];

/** The element of a woman in every vector of an outcome. */
function of(id: string, outcomes: ReturnType<typeof releaseOutcomes>) {
  const i = outcomes.id.indexOf(id);
  const { time, event, entry, group, lower, upper } = outcomes;
  return {
    time: time[i],
    event: event[i],
    entry: entry?.[i],
    group: group[i],
    lower: lower[i],
    upper: upper[i],
  };
}

describe("on the launch clock", () => {
  const outcomes = releaseOutcomes(loadLongList(), { clock: "launch" });

  it("counts months since the launch and censors at the end of follow-up", () => {
    expect(of("nadiya-savchenko", outcomes)).toMatchObject({
      time: 8 + 24 / 31,
      event: true,
      group: "short list",
    });
    expect(of("aster-yohannes", outcomes)).toMatchObject({ time: 36, event: false, lower: 36, upper: null });
    expect(of("LL-01", outcomes)).toMatchObject({ time: 36, event: false, group: "long list" });
    expect(outcomes.event.slice(0, 19).filter(Boolean)).toHaveLength(16);
    expect(outcomes).not.toHaveProperty("entry");
  });

  it("says what it rests on", () => {
    expect(outcomes).toMatchObject({
      unit: "months",
      clock: "launch",
      policy: "reported",
      followUpMonths: 36,
      coding: { name: "working-paper", title: "working-paper coding (16 of 19 released)" },
      provenance: ["public-record", "synthetic"],
      file: "data/freethe20.csv, data/long_list.csv",
      own: true,
      atLaunch: 0,
      moved: [],
      leftOut: [],
    });
  });

  it("goes into kaplanMeier() and logRank() as it is", () => {
    const curves = kaplanMeier(outcomes);
    expect(curves.map((curve) => [curve.label, curve.n])).toEqual([
      ["long list", 18],
      ["short list", 19],
    ]);
    expect(curves[1].survival.at(-1)).toBeCloseTo(3 / 19, 12);
  });

  it("bounds the time by the interval, whatever the policy", () => {
    const mesfin = DATE_POLICIES.map((policy) =>
      of("blen-mesfin", releaseOutcomes(loadFreeThe20(), { clock: "launch", policy })),
    );
    expect(mesfin.map(({ lower, upper }) => [lower, upper])).toEqual(Array(4).fill([5 / 30, 13 + 7 / 31]));
    expect(mesfin.map(({ time }) => time)).toEqual([6 + 22 / 31, 5 / 30, 6 + 22 / 31, 13 + 7 / 31]);
  });

  it("moves Afiuni to time zero where the coding counts her, and says so", () => {
    for (const coding of ["published-article", "broad"] as const) {
      const moved = releaseOutcomes(loadFreeThe20({ coding }), { clock: "launch" });
      expect(of("maria-lourdes-afiuni", moved)).toMatchObject({ time: 0, event: true, lower: 0, upper: 0 });
      expect(moved).toMatchObject({ atLaunch: 1, moved: ["maria-lourdes-afiuni"] });
    }
    expect(of("maria-lourdes-afiuni", outcomes)).toMatchObject({ time: 36, event: false });
  });

  it("censors earlier when observation ends earlier", () => {
    const twelve = releaseOutcomes(loadFreeThe20(), { clock: "launch", followUpMonths: 12 });
    expect(of("wang-yu", twelve)).toMatchObject({ time: 11, event: true });
    expect(of("liu-xia", twelve)).toMatchObject({ time: 12, event: false });
    expect(Math.max(...twelve.time)).toBe(12);
  });
});

describe("on the arrest clock", () => {
  it("enters at the launch and counts from each woman's arrest", () => {
    const outcomes = releaseOutcomes(loadLongList(), { clock: "arrest" });
    expect(of("gao-yu", outcomes)).toMatchObject({ entry: 16 + 8 / 31, time: 19 + 2 / 30, event: true });
    expect(of("aster-yohannes", outcomes).event).toBe(false);
    for (const [i, entry] of (outcomes.entry ?? []).entries()) expect(outcomes.time[i]).toBeGreaterThan(entry);
    expect(logRank(outcomes).pValue).toBeLessThan(1e-4);
  });

  it("without delayed entry has no entry and needs no rule for releases before the launch", () => {
    const women = loadFreeThe20({ coding: "published-article" });
    const outcomes = releaseOutcomes(women, { clock: "arrest", delayedEntry: false });
    expect(outcomes).not.toHaveProperty("entry");
    expect(of("maria-lourdes-afiuni", outcomes)).toMatchObject({ time: 42 + 4 / 30, event: true });
    expect(outcomes.atLaunch).toBe(0);
  });

  it("with delayed entry refuses a release before the launch, naming the woman and the ways out", () => {
    const women = loadFreeThe20({ coding: "published-article" });
    expect(() => releaseOutcomes(women, { clock: "arrest" })).toThrow(
      /María Lourdes Afiuni was released on 2013-06-14.*published-article coding.*"leave-out", delayedEntry: false/,
    );
    expect(() => releaseOutcomes(women, { clock: "arrest", beforeLaunch: "time-zero" })).toThrow(RangeError);
    const without = releaseOutcomes(women, { clock: "arrest", beforeLaunch: "leave-out" });
    expect(without.leftOut).toEqual(["maria-lourdes-afiuni"]);
    expect(without.time).toHaveLength(18);
  });
});

describe("the journalists of footnote 4", () => {
  const forty = withJournalists(loadLongList(), loadJournalists());

  it("are an error on the launch clock until told what to do with them", () => {
    expect(() => releaseOutcomes(forty, { clock: "launch" })).toThrow(
      /Reeyot Alemu was released on 2015-07-09, not after the launch \(2015-09-01\).*"time-zero" or "leave-out"/,
    );
  });

  it("enter at time zero, or are left out", () => {
    const ids = ["reeyot-alemu", "mahlet-fantahun", "edom-kassaye"];
    const moved = releaseOutcomes(forty, { clock: "launch", beforeLaunch: "time-zero" });
    expect(moved).toMatchObject({ atLaunch: 3, moved: ids });
    expect(moved.time.slice(37)).toEqual([0, 0, 0]);
    const without = releaseOutcomes(forty, { clock: "launch", beforeLaunch: "leave-out" });
    expect(without.leftOut).toEqual(ids);
    expect(without.time).toEqual(releaseOutcomes(loadLongList(), { clock: "launch" }).time);
  });
});

describe("combinations that make no sense", () => {
  it.each([0, -1, 36.5, 37, Number.NaN])("followUpMonths = %d", (followUpMonths) => {
    expect(() => releaseOutcomes(loadFreeThe20(), { clock: "launch", followUpMonths })).toThrow(
      `followUpMonths is ${followUpMonths}; the record ends 36 months after the launch`,
    );
  });

  it("a release that a policy puts on or before the arrest", () => {
    const women = loadFreeThe20();
    const [first, ...rest] = women.rows;
    const interval = dateInterval(partialDate("2015-08"), null);
    const row = { ...first, detention: interval, releaseInterval: interval };
    const data: CodedDataset<Woman> = { ...women, rows: [row, ...rest] };
    expect(() => releaseOutcomes(data, { clock: "arrest", delayedEntry: false })).toThrow(
      /Wang Yu would be released 0 months after arrest.*2015-08-01 to 2015-08-31/,
    );
  });
});

describe("Figure 1", () => {
  it("has p < 0.0001 under every policy for dates and every coding with the printed sixteen releases or more", () => {
    for (const coding of CODINGS.filter((name) => name !== "strict")) {
      for (const policy of DATE_POLICIES) {
        const outcomes = releaseOutcomes(loadLongList({ coding }), { clock: "launch", policy });
        expect(logRank(outcomes).pValue).toBeLessThan(1e-4);
      }
    }
  });
});
