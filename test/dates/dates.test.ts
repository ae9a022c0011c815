import { describe, expect, it } from "vitest";
import {
  addMonths,
  DATE_POLICIES,
  dateInterval,
  dayNumber,
  daysInMonth,
  isoDay,
  midpoint,
  partialDate,
  pointOf,
} from "../../lib/dates";

describe("partialDate", () => {
  it.each([
    ["2016", "year", "2016-01-01", "2016-12-31"],
    ["2016-02", "month", "2016-02-01", "2016-02-29"],
    ["2015-02", "month", "2015-02-01", "2015-02-28"],
    ["2015-04-24", "day", "2015-04-24", "2015-04-24"],
  ])("reads %s as an interval of the precision %s", (text, precision, earliest, latest) => {
    expect(partialDate(text)).toEqual({ text, precision, earliest, latest });
  });

  it.each([
    "2016-13",
    "2016-13-01",
    "2016-00",
    "2015-02-29",
    "2015-04-31",
    "2016-1",
    "24.04.2015",
    "2015-04-24T00:00",
    "",
    "0201",
  ])("refuses %j and says which forms there are", (text) => {
    expect(() => partialDate(text)).toThrow(`"${text}" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)`);
  });
});

describe("calendar", () => {
  it("counts days from 1970-01-01 and back, over leap days and outside of it", () => {
    expect(dayNumber("1970-01-02")).toBe(1);
    expect(dayNumber("1969-12-31")).toBe(-1);
    expect(dayNumber("2016-03-01") - dayNumber("2016-02-28")).toBe(2);
    expect(isoDay(dayNumber("2018-09-01"))).toBe("2018-09-01");
    expect([daysInMonth(1900, 2), daysInMonth(2000, 2)]).toEqual([28, 29]);
  });

  it("refuses days that do not exist and numbers that are no days", () => {
    expect(() => dayNumber("2015-02-29")).toThrow('"2015-02-29" is not a day of the calendar');
    expect(() => isoDay(0.5)).toThrow("0.5 is not the number of a day");
    expect(() => isoDay(Number.NaN)).toThrow(RangeError);
  });

  it("adds months and stays in a shorter month", () => {
    expect(addMonths("2015-09-01", 36)).toBe("2018-09-01");
    expect(addMonths("2016-01-31", 1)).toBe("2016-02-29");
    expect(addMonths("2016-01-31", -2)).toBe("2015-11-30");
    expect(() => addMonths("2016-01-31", 0.5)).toThrow("whole months, got 0.5");
    expect(() => addMonths("9999-12-31", 1)).toThrow("leave the years 1000 to 9999");
  });
});

describe("dateInterval", () => {
  const reported = partialDate("2016");

  it("takes the bounds before the precision of the report", () => {
    const bounds = { earliest: "2016-06-15", latest: "2017-04-04" };
    expect(dateInterval(reported, bounds)).toEqual({ ...bounds, reported });
    expect(dateInterval(reported, null)).toEqual({ earliest: "2016-01-01", latest: "2016-12-31", reported });
  });

  it("refuses bounds out of order, bounds that exclude the report, and nothing at all", () => {
    expect(() => dateInterval(null, { earliest: "2016-02-02", latest: "2016-02-01" })).toThrow(
      "the earliest day 2016-02-02 is after the latest day 2016-02-01",
    );
    expect(() => dateInterval(reported, { earliest: "2017-01-01", latest: "2017-02-01" })).toThrow(
      "the reported date 2016 lies outside its bounds 2017-01-01 to 2017-02-01",
    );
    expect(() => dateInterval(null, null)).toThrow("neither");
  });
});

describe("pointOf", () => {
  const toTheDay = dateInterval(partialDate("2016-08-01"), { earliest: "2016-07-22", latest: "2016-08-01" });
  const toTheMonth = dateInterval(partialDate("2015-04"), null);

  it("takes the day that the policy names", () => {
    const points = (interval: typeof toTheDay) => DATE_POLICIES.map((policy) => pointOf(interval, policy));
    expect(points(toTheDay)).toEqual(["2016-08-01", "2016-07-22", "2016-07-27", "2016-08-01"]);
    expect(points(toTheMonth)).toEqual(["2015-04-15", "2015-04-01", "2015-04-15", "2015-04-30"]);
  });

  it("takes the reported day unless told otherwise, the midpoint where none is reported to the day", () => {
    expect(pointOf(toTheDay)).toBe("2016-08-01");
    expect(pointOf(toTheMonth)).toBe(midpoint(toTheMonth));
    const bounded = dateInterval(null, { earliest: "2015-09-06", latest: "2016-10-08" });
    expect(pointOf(bounded)).toBe("2016-03-23");
  });

  it("names the policies when it gets another", () => {
    const policy: string = "median";
    // @ts-expect-error a policy is one of four words, which a notebook's type check says beforehand
    expect(() => pointOf(toTheDay, policy)).toThrow(
      '"median" is not a date policy; known are reported, earliest, midpoint, latest',
    );
  });
});
