import { describe, expect, test } from "vitest";
import { isoDay, monthsBetween } from "../../lib/dates";
import { monthCounter } from "../../lib/dates/month-counter";
import { type CampaignMapping, loadCampaign } from "../../lib/own-campaign";
import { fc } from "../support/property";
import { SMALL, small, written } from "./support";

const load = (text: string, change: Partial<CampaignMapping> = {}) =>
  loadCampaign(written("rules.csv", text), { ...SMALL, ...change });

describe("dates known as intervals", () => {
  const rows = small("a,2016,2016-03,yes", "b,2016-01-10,2016,no");

  test("no policy puts a release before its detention", async () => {
    for (const policy of ["reported", "earliest", "midpoint", "latest"] as const) {
      const { time } = await load(rows, { policy });
      expect(Math.min(...time)).toBeGreaterThanOrEqual(0);
    }
    const { lower, time, upper } = await load(rows);
    // b: between the detention itself and the end of the year.
    expect([lower[1], upper[1]]).toEqual([0, 11 + 21 / 31]);
    expect(time[1]).toBeGreaterThan(5);
  });

  test("bounds in columns go before what the date's precision allows", async () => {
    const text = "id,detained,released,lo,hi,featured\na,2016-01-01,2016,2016-02-01,2016-03-01,yes\n";
    const columns = {
      id: "id",
      detained: "detained",
      released: { date: "released", earliest: "lo", latest: "hi" },
    };
    const { lower, upper } = await load(text, { columns });
    expect([lower[0], upper[0]]).toEqual([1, 2]);
  });

  test("a release that may fall on either side of the limits is said to rest on the policy", async () => {
    const { report } = await load(small("a,2016-01-01,2018,yes", "b,2016-01-01,2019,no"), {
      endOfFollowUp: "2018-06-30",
    });
    expect(report.uncertain.map(({ what }) => what)).toContain(
      "end of custody: whether it falls into the time observed rests on the date policy",
    );
    expect(report.outcomes).toEqual({ released: 0, died: 0, escaped: 0, censored: 2 });
  });
});

describe("statuses", () => {
  const text =
    "id,detained,released,featured,status\na,2016-01-01,2016-07-01,no,REL?\nb,2016-01-01,,yes,REL\nc,2016-01-01,,no,HELD\n";
  const change: Partial<CampaignMapping> = {
    columns: { ...SMALL.columns, status: "status" },
    statuses: { REL: "released", "REL?": { means: "released", alleged: true }, HELD: "held" },
  };

  test("an alleged release is an event, ends observation, or sets the row aside", async () => {
    const event = await load(text, change);
    const censored = await load(text, { ...change, alleged: "censored" });
    const aside = await load(text, { ...change, alleged: "set aside" });
    expect([event.cause, censored.cause, aside.cause]).toEqual([
      ["released", "censored"],
      ["censored", "censored"],
      ["censored"],
    ]);
    expect([event.time[0], censored.time[0]]).toEqual([6, 6]);
    expect(aside.report.setAside.map(({ what }) => what)).toContain("the status is only alleged");
  });

  test("a release without a date is set aside, or lies anywhere up to the end of follow-up", async () => {
    expect((await load(text, change)).report.setAside).toMatchObject([
      {
        what: "the status says released, and there is no date",
        count: 1,
        examples: [{ row: 3, value: "REL" }],
      },
    ]);
    const { cause, lower, upper } = await load(text, { ...change, undated: "interval" });
    expect(cause[1]).toBe("released");
    expect([lower[1], upper[1]]).toEqual([0, 35 + 30 / 31]);
  });
});

describe("clocks", () => {
  test("one day for all: later detentions and earlier ends are set aside; delayed entry on the arrest clock", async () => {
    const rows = small(
      "a,2015-01-01,2016-07-01,yes",
      "b,2015-06-01,2015-12-01,no",
      "c,2016-02-01,,no",
      "d,2014-01-01,,no",
    );
    const launch = await load(rows, { timeZero: { day: "2016-01-01" } });
    expect([...launch.time]).toEqual([6, 35 + 30 / 31]);
    expect(launch.report.setAside.map(({ what }) => what)).toEqual([
      "custody or observation ended before time zero",
      "detained after time zero",
    ]);
    const delayed = await load(rows, { observedFrom: "2016-01-01" });
    expect([...(delayed.entry ?? [])]).toEqual([12, 0, 24]);
    expect(delayed.time[0]).toBe(18);
    expect(delayed.report.setAside.map(({ what }) => what)).toEqual([
      "custody or observation ended before observation began",
    ]);
  });

  test("a day last seen in custody ends observation; without one that is an assumption, and counted", async () => {
    const text = "id,detained,released,seen,featured\na,2016-01-01,,2016-10-01,yes\nb,2016-01-01,,,no\n";
    const { time, report } = await load(text, { columns: { ...SMALL.columns, lastSeen: "seen" } });
    expect([...time]).toEqual([9, 35 + 30 / 31]);
    expect(report.assumed).toMatchObject([
      { what: "no end of custody is recorded: held until the end of follow-up", count: 1 },
    ]);
  });

  test("treatment by date: what began after time zero is called immortal time", async () => {
    const text =
      "id,detained,released,named\na,2016-01-01,2017-01-01,2016-06-01\nb,2016-01-01,2016-02-01,\nc,2016-03,2017-01-01,2016-03\n";
    const treatment = { kind: "date", column: "named", until: "2016-03-10", empty: "control" } as const;
    const by = await load(text, { treatment });
    expect([...(by.treated ?? [])]).toEqual([0, 0, 0]);
    expect(by.report.warnings).toEqual(["Which arm 1 rows are in rests on the date policy."]);
    const since = await load(text, { treatment: { ...treatment, until: undefined, from: "2016-01-01" } });
    expect(since.report.warnings[0]).toMatch(/^1 treated rows became treated after time zero: .*immortal time/);
  });
});

test("every row is used or set aside", async () => {
  const cell = fc.constantFrom("2015-05-05", "2015-05", "2015", "2016-01-01", "2017", "");
  const row = fc.tuple(cell, cell, fc.constantFrom("yes", "no", ""));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const text = small("first,2016-01-01,2016-02-01,yes", ...rows.map((cells, i) => `${i},${cells.join(",")}`));
      const { report, n, time, lower, upper } = await load(text, { faultyRows: "set aside" });
      const aside = report.setAside.reduce((sum, { count }) => sum + count, 0);
      expect([report.rows.read, report.rows.setAside]).toEqual([rows.length + 1, aside]);
      expect(report.rows.used + aside).toBe(report.rows.read);
      expect(Object.values(report.outcomes).reduce((sum, count) => sum + count, 0)).toBe(n);
      for (let i = 0; i < n; i++) {
        expect(lower[i]).toBeLessThanOrEqual(time[i]);
        expect(upper[i]).toBeGreaterThanOrEqual(time[i]);
      }
    }),
    { numRuns: 60 },
  );
});

test("the month counter counts as monthsBetween() does", () => {
  const count = monthCounter();
  const day = fc.integer({ min: -5000, max: 25_000 }).map(isoDay);
  fc.assert(fc.property(day, day, (from, to) => count(from, to) === monthsBetween(from, to)));
  for (const [from, to] of [
    ["2016-01-31", "2016-02-29"],
    ["2016-01-31", "2016-03-30"],
    ["2015-08-31", "2016-02-28"],
  ]) {
    expect(count(from, to)).toBe(monthsBetween(from, to));
  }
});
