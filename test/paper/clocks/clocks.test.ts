import { describe, expect, test } from "vitest";
import { loadLongList, releaseOutcomes } from "../../../lib/data";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import { dayNumber, isoDay } from "../../../lib/dates";
import {
  clockedRows,
  dateBounds,
  listSpells,
  prisonerSpells,
  type Spell,
  type TIME_ZEROS,
} from "../../../lib/paper/clocks";
import { candidateDays } from "../../../lib/paper/clocks/date-bounds";
import { controlGroup } from "../../../lib/paper/control-group";
import { cox } from "../../../lib/survival/cox";
import { fc } from "../../support/property";

const days = { launch: "2015-09-01", end: "2018-09-01", landmark: "2015-10-01" };
const spell = (id: string, arrested: string, until: string, released: boolean, featured = false): Spell => ({
  id,
  arrested,
  until,
  released,
  featured,
  provenance: "synthetic",
});
const longList = loadLongList();

describe("clockedRows", () => {
  test("agrees with releaseOutcomes() on the clocks that both have", () => {
    const spells = listSpells(longList);
    for (const [clock, options] of [
      ["launch", { clock: "launch" }],
      ["arrest, from the launch", { clock: "arrest" }],
      ["arrest", { clock: "arrest", delayedEntry: false }],
    ] as const) {
      const outcomes = releaseOutcomes(longList, options);
      const { rows, leftOut } = clockedRows(spells, { ...days, clock });
      expect(rows.map(({ time }) => time)).toEqual([...outcomes.time]);
      expect(rows.map(({ event }) => event)).toEqual([...outcomes.event]);
      expect(rows.map(({ entry }) => entry)).toEqual([...(outcomes.entry ?? outcomes.time.map(() => 0))]);
      expect(leftOut).toEqual([]);
    }
  });

  test("agrees with controlGroup() on the clock of Table 1", () => {
    const prisoners = loadPrisoners();
    const group = controlGroup(loadUrgentActions(), prisoners);
    const { rows } = clockedRows(prisonerSpells(prisoners), { ...days, clock: "arrest" });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { id, time, event } of group.prisoners) expect(byId.get(id)).toMatchObject({ time, event });
  });

  test("one woman on each clock", () => {
    const one = [spell("a", "2014-09-01", "2016-03-01", true, true)];
    const on = (clock: (typeof TIME_ZEROS)[number]["name"]) =>
      clockedRows(one, { ...days, clock }).rows.map(({ entry, time, event, featured, exposed }) => [
        entry,
        time,
        event,
        featured,
        exposed,
      ]);
    expect(on("arrest")).toEqual([[0, 18, true, 1, true]]);
    expect(on("arrest, from two months")).toEqual([[2, 18, true, 1, true]]);
    expect(on("arrest, from the launch")).toEqual([[12, 18, true, 1, true]]);
    expect(on("launch")).toEqual([[0, 6, true, 1, true]]);
    expect(on("landmark")).toEqual([[0, 5, true, 1, true]]);
    expect(on("arrest, campaign switched on")).toEqual([
      [0, 12, false, 0, false],
      [12, 18, true, 1, true],
    ]);
    expect(on("calendar")).toEqual([
      [536, 548, false, 0, false],
      [548, 554, true, 1, true],
    ]);
  });

  test("whoever is not at risk is left out with a reason", () => {
    const some = [
      spell("early", "2013-01-01", "2014-01-01", true, true),
      spell("lost", "2013-01-01", "2015-09-01", false),
      spell("late", "2015-12-01", "2016-12-01", true),
      spell("soon", "2015-08-01", "2015-09-15", true),
      spell("beyond", "2019-01-01", "2019-03-01", true),
    ];
    const reasons = (clock: "launch" | "landmark") =>
      clockedRows(some, { ...days, clock }).leftOut.map(({ id, reason }) => `${id}: ${reason}`);
    expect(reasons("launch")).toEqual([
      "early: released by the launch",
      "lost: not followed beyond the launch",
      "late: arrested after the launch",
      "beyond: arrested after the end of observation",
    ]);
    expect(reasons("landmark")).toContain("soon: released by the landmark");
    const early = clockedRows(some, { ...days, clock: "launch", earlyReleaseAtLaunch: true });
    expect(early.rows.find(({ id }) => id === "early")).toMatchObject({ time: 0, event: true });
  });

  test("a release after the end of observation is censored there", () => {
    const { rows } = clockedRows([spell("a", "2015-01-01", "2017-01-01", true)], {
      ...days,
      end: "2016-09-01",
      clock: "launch",
    });
    expect(rows).toMatchObject([{ time: 12, event: false }]);
  });

  test("bad days are named", () => {
    const one = [spell("a", "2014-09-01", "2014-09-01", true)];
    expect(() => clockedRows(one, { ...days, clock: "arrest" })).toThrow(
      "a would be held from 2014-09-01 to 2014-09-01",
    );
    expect(() => clockedRows([], { ...days, launch: "2019-01-01", clock: "arrest" })).toThrow(
      "the launch must come first",
    );
    expect(() => clockedRows([], { ...days, landmark: undefined, clock: "landmark" })).toThrow("needs the day");
    expect(() => clockedRows([], { ...days, landmark: "2015-08-01", clock: "landmark" })).toThrow(
      "landmark is 2015-08-01",
    );
  });

  test("entry at two months and calendar time give the hazard ratios of the clocks that they repeat", () => {
    const spells = prisonerSpells(loadPrisoners());
    const ratio = (clock: (typeof TIME_ZEROS)[number]["name"]) => {
      const { rows } = clockedRows(spells, { ...days, clock });
      return cox({
        time: rows.map(({ time }) => time),
        entry: rows.map(({ entry }) => entry),
        event: rows.map(({ event }) => event),
        covariates: { featured: rows.map(({ featured }) => featured) },
      }).terms[0]?.coefficient;
    };
    expect(ratio("arrest, from two months")).toBeCloseTo(ratio("arrest") ?? 0, 12);
    expect(ratio("calendar")).toBeCloseTo(ratio("launch") ?? 0, 10);
  });
});

describe("dateBounds", () => {
  /** Depends on order and coincidence of days only. */
  const inversions = (all: readonly number[]): number => {
    let sum = 0;
    for (const [i, a] of all.entries()) {
      for (const [j, b] of all.entries()) {
        if (i < j) sum += a > b ? (i + 1) * (j + 2) : a === b ? 0.5 * i + j * j : 0;
      }
    }
    return sum;
  };

  test("with candidate days the bounds are those over all days", () => {
    const day = fc.integer({ min: 0, max: 7 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 3 }),
        fc.array(day, { maxLength: 3 }),
        (pairs, fixed) => {
          const uncertain = pairs.map(([a, b], i) => ({
            id: `w${i}`,
            earliest: isoDay(Math.min(a, b)),
            latest: isoDay(Math.max(a, b)),
          }));
          const statistic = (chosen: Readonly<Record<string, string>>) =>
            inversions([...uncertain.map(({ id }) => dayNumber(chosen[id])), ...fixed]);
          const every = dateBounds(uncertain, statistic);
          const few = dateBounds(uncertain, statistic, { fixed: fixed.map(isoDay) });
          expect([few.lowest.value, few.highest.value]).toEqual([every.lowest.value, every.highest.value]);
          expect(few.combinations).toBeLessThanOrEqual(every.combinations);
          expect([every.method, few.method]).toEqual(["enumerated", "enumerated"]);
          expect(statistic(few.highest.days)).toBe(few.highest.value);
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  test("a search says that it is one, lies within the exact bounds and holds all it has seen", () => {
    const uncertain = [0, 3, 5].map((from, i) => ({
      id: `w${i}`,
      earliest: isoDay(from),
      latest: isoDay(from + 6),
    }));
    const seen: number[] = [];
    const statistic = (chosen: Readonly<Record<string, string>>) => {
      const value = inversions([...uncertain.map(({ id }) => dayNumber(chosen[id])), 4, 7]);
      seen.push(value);
      return value;
    };
    const exact = dateBounds(uncertain, statistic);
    seen.length = 0;
    const search = dateBounds(uncertain, statistic, { enumerateUpTo: 1, starts: 2 });
    expect(search.method).toBe("searched");
    expect(search.lowest.value).toBe(Math.min(...seen));
    expect(search.highest.value).toBe(Math.max(...seen));
    expect(search.evaluated).toBe(seen.length);
    expect(search.lowest.value).toBeGreaterThanOrEqual(exact.lowest.value);
    expect(search.highest.value).toBeLessThanOrEqual(exact.highest.value);
  });

  test("bad input is named", () => {
    expect(() => dateBounds([], () => 1)).toThrow("no uncertain day");
    const wrong = [{ id: "a", earliest: "2016-02-01", latest: "2016-01-01" }];
    expect(() => dateBounds(wrong, () => 1)).toThrow("a has the bounds 2016-02-01 to 2016-01-01");
    const fine = [{ id: "a", earliest: "2016-01-01", latest: "2016-01-02" }];
    expect(() => dateBounds(fine, () => Number.NaN)).toThrow("the statistic is NaN for a 2016-01-01");
  });

  test("candidates: a fixed day is a stretch of its own, a stretch has as many days as intervals cover it", () => {
    expect(candidateDays([{ from: 0, to: 9 }], [4])).toEqual([[0, 4, 5]]);
    expect(
      candidateDays(
        [
          { from: 0, to: 9 },
          { from: 5, to: 20 },
        ],
        [],
      ),
    ).toEqual([
      [0, 5, 6],
      [5, 6, 10],
    ]);
  });
});
