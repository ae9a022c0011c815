import { describe, expect, it } from "vitest";
import { addMonths, dayNumber, isoDay, monthsBetween } from "../../lib/dates";
import { fc } from "../support/property";

const day = fc.integer({ min: dayNumber("1999-01-01"), max: dayNumber("2021-12-31") }).map(isoDay);

describe("monthsBetween", () => {
  it.each([
    ["2015-09-01", "2018-09-01", 36],
    ["2015-09-01", "2015-09-16", 15 / 30],
    ["2015-09-01", "2016-05-25", 8 + 24 / 31],
    ["2016-01-31", "2016-02-29", 1],
    ["2016-01-31", "2016-03-15", 1 + 15 / 31],
    ["2015-02-28", "2015-03-28", 1],
    ["2015-09-01", "2015-09-01", 0],
    ["2015-09-01", "2015-07-09", -(1 + 23 / 31)],
  ])("from %s to %s is %d", (from, to, months) => {
    expect(monthsBetween(from, to)).toBeCloseTo(months, 12);
  });

  it("is a whole number on anniversaries", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 240 }), (from, months) => {
        expect(monthsBetween(from, addMonths(from, months))).toBe(months);
      }),
    );
  });

  it("counts from the days on which Date has the same day of other months", () => {
    const years = fc.integer({ min: dayNumber("1000-01-01"), max: dayNumber("9990-12-31") });
    const anniversary = (from: string, months: number) => {
      const [year, month, day] = from.split("-").map(Number);
      const last = Date.UTC(year, month + months, 0);
      return Math.min(Date.UTC(year, month - 1 + months, day), last) / 86_400_000;
    };
    fc.assert(
      fc.property(years, fc.integer({ min: 0, max: 1000 }), (from, days) => {
        const whole = monthsBetween(isoDay(from), isoDay(from + days));
        const [months, share] = [Math.floor(whole), whole % 1];
        const [before, after] = [0, 1].map((more) => anniversary(isoDay(from), months + more));
        expect(before + share * (after - before)).toBeCloseTo(from + days, 8);
      }),
      { numRuns: 2000 },
    );
  });

  it("changes its sign when the days are swapped", () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(monthsBetween(a, b) + monthsBetween(b, a)).toBe(0);
      }),
    );
  });

  it("never decreases as the later day moves on or the earlier day moves back", () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 400 }), (from, to, days) => {
        const later = isoDay(dayNumber(to) + days);
        const earlier = isoDay(dayNumber(from) - days);
        expect(monthsBetween(from, later)).toBeGreaterThanOrEqual(monthsBetween(from, to) - 1e-12);
        expect(monthsBetween(earlier, to)).toBeGreaterThanOrEqual(monthsBetween(from, to) - 1e-12);
      }),
      { numRuns: 2000 },
    );
  });

  it("stays within a month of days divided by the mean length of a month", () => {
    fc.assert(
      fc.property(day, day, (from, to) => {
        const mean = (dayNumber(to) - dayNumber(from)) / 30.436875;
        expect(Math.abs(monthsBetween(from, to) - mean)).toBeLessThan(0.15);
      }),
    );
  });

  it("does not depend on the time zone", () => {
    // vitest.config.ts sets a zone west of Greenwich, where local midnight falls on the next UTC day.
    expect(new Date(2015, 8, 1).getTimezoneOffset()).not.toBe(0);
    expect(monthsBetween("2015-03-29", "2015-11-01")).toBe(7 + 3 / 31);
  });

  it("refuses what is not a day", () => {
    expect(() => monthsBetween("2015-09", "2016-09-01")).toThrow('"2015-09" is not a day of the calendar');
    expect(() => monthsBetween("2015-09-01", "soon")).toThrow('"soon" is not a day of the calendar');
  });
});
