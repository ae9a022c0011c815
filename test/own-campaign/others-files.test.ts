import { describe, expect, test } from "vitest";
import { dayNumber, isoDay } from "../../lib/dates";
import { analyseCampaign, type CampaignMapping, ceccMapping, loadCampaign, reportTable } from "../../lib/own-campaign";
import { dateFormat } from "../../lib/own-campaign/date-format";
import { decimalOf, numberOf } from "../../lib/own-campaign/numbers";
import { tableText } from "../../lib/tables";
import { fc } from "../support/property";
import { written } from "./support";

/** Files as other people have them, each standing for a kind (issue 13): invented values in other people's forms. */
const BASE: CampaignMapping = {
  title: "Others' files",
  columns: { id: "id", detained: "from", released: "to" },
  dateFormat: "%Y-%m-%d",
  timeZero: "detained",
  endOfFollowUp: "2021-12-31",
  unit: "calendar months",
  treatment: { kind: "column", column: "arm", treated: ["yes"] },
};
const NONE = { treatment: { kind: "none" } } as const;
const load = (text: string | Uint8Array, change: Partial<CampaignMapping> = {}, name = "others.csv") =>
  loadCampaign(written(name, text), { ...BASE, ...change }, { progress: false });
const refused = async (...args: Parameters<typeof load>): Promise<string> =>
  load(...args).then(
    () => "not refused",
    (error: Error) => error.message,
  );
const rounded = (values: Float64Array) => Array.from(values, (value) => Number(value.toFixed(6)));

describe("a time of day", () => {
  const rows = (...dates: string[]) => `id;from;to;arm\n${dates.map((date, i) => `${i};${date};yes`).join("\n")}\n`;
  test.each([
    ["%d-%m-%Y", "13-08-2018 06:03", "06-05-2019 05:41"],
    ["%d-%m-%Y %H:%M", "13-08-2018 06:03", "06-05-2019"],
    ["%m/%d/%Y", "08/13/2018 03:09:25 PM", "5/6/2019 12:00 a.m."],
    ["%Y-%m-%d", "2018-08-13T02:57:00-04:00", "2019-05-06 18:56:58.597549+00:00"],
    ["%Y-%m-%dT%H:%M:%S%z", "2018-08-13T02:57:00-0400", "2019-05-06T23:59:59Z"],
    ["%H:%M %d.%m.%Y", "06:03 13.08.2018", "05:41 06.05.2019"],
    ["%Y%m%d", "20180813", "20190506"],
    ["%d%b%Y", "13AUG2018", "06may2019"],
    ["%d-%b-%y", "13-Aug-18", "6-May-19"],
    ["%B %d, %Y", "August 13, 2018", "May 6, 2019"],
    ["%A, %d %B %Y", "Monday, 13 August 2018", "Monday, 6 May 2019"],
    ["%Y年%m月%d日", "2018年8月13日", "2019年5月6日"],
    ["%F %T", "2018-08-13 23:59:59", "2019-05-06 00:00:00"],
  ])("%s: %s", async (format, from, to) => {
    const { time, report } = await load(rows(`${from};${to}`), { dateFormat: format });
    expect(rounded(time)).toEqual([8.766667]);
    const timed = report.assumed.filter(({ what }) => what.endsWith("the time of day behind the date is not used"));
    if (/\d:\d/.test(from) && !format.startsWith("%H"))
      expect(timed[0]).toMatchObject({ count: 1, examples: [{ row: 2, value: from }] });
    else expect(timed).toEqual([]);
  });

  test.each([
    ["%B %d, %Y", "August 2018", "2018-08-01", "2018-08-31"],
    ["%Y年%m月%d日", "2018年8月", "2018-08-01", "2018-08-31"],
    ["%Y年%m月%d日", "2018年", "2018-01-01", "2018-12-31"],
    ["%d/%m/%Y", "08/2018", "2018-08-01", "2018-08-31"],
    ["%Y%m%d", "201808", "2018-08-01", "2018-08-31"],
    ["%Y/%m/%d", "2018/08/00", "2018-08-01", "2018-08-31"],
  ])("%s without the parts that are not known: %s", (format, text, earliest, latest) => {
    expect(dateFormat(format).read(text)?.date).toMatchObject({ earliest, latest });
  });

  test.each([
    ["%Y-%m-%d", "2018-08-13 25:00"],
    ["%Y-%m-%d", "2018-08-13x"],
    ["%d%b%Y", "13Foo2018"],
    ["%Y%m%d", "2018111"],
    ["%d %b %Y", "31 Jun 2018"],
  ])("%s does not read %s", (format, text) => {
    expect(dateFormat(format).read(text)).toBeNull();
  });

  test("every day comes back from every format", () => {
    const names = "January February March April May June July August September October November December".split(" ");
    const formats: [string, (year: string, month: string, day: string) => string][] = [
      ["%d.%m.%y", (year, month, day) => `${day}.${month}.${year.slice(2)}`],
      ["%Y%m%d", (year, month, day) => `${year}${month}${day}`],
      ["%b %e %Y", (year, month, day) => `${names[Number(month) - 1].slice(0, 3)} ${Number(day)} ${year}`],
      ["%d %B %Y", (year, month, day) => `${day} ${names[Number(month) - 1]} ${year}`],
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber("1969-01-01"), max: dayNumber("2068-12-31") }),
        fc.constantFrom(...formats),
        (number, [format, write]) => {
          const [year, month, day] = isoDay(number).split("-");
          expect(dateFormat(format).read(write(year, month, day))?.date.text).toBe(isoDay(number));
        },
      ),
    );
  });
});

describe("the last day and a flag", () => {
  const text =
    "id,from,last,event,arm\n1,2019-03-04,2020-05-06,1,yes\n2,2019-04-05,2020-12-31,0,no\n3,2019-07-08,2019-12-24,1,yes\n4,2019-09-10,2020-02-02,0,no\n";
  const columns = { id: "id", detained: "from", released: "last", status: "event" };
  const statuses = { 1: "released", 0: "held" } as const;

  test.each<[string, Partial<CampaignMapping["columns"]>]>([
    ["said", { lastSeen: "last" }],
    ["seen, since every row has a date", {}],
  ])("in one column: %s", async (_, more) => {
    for (const faultyRows of ["refuse", "set aside"] as const) {
      const { time, cause, report } = await load(text, {
        columns: { ...columns, ...more },
        statuses,
        faultyRows,
      });
      expect(rounded(time)).toEqual([14.064516, 20.83871, 5.516129, 4.741935]);
      expect(cause).toEqual(["released", "censored", "released", "censored"]);
      expect(report.assumed).toMatchObject([
        { what: "the status says held: the date of the end is the day last seen", count: 2 },
      ]);
    }
  });

  test("deaths in the same column, named or not", async () => {
    const deaths = text.replace("2019-12-24,1", "2019-12-24,2");
    for (const more of [{}, { died: "last" }]) {
      const { cause } = await load(deaths, {
        columns: { ...columns, ...more },
        statuses: { ...statuses, 2: "died" },
      });
      expect(cause).toEqual(["released", "censored", "died", "censored"]);
    }
  });

  test("where rows without a date are held as well, a date of one of them contradicts its status", async () => {
    const mixed = text.replace("2020-02-02", "");
    expect(await refused(mixed, { columns, statuses })).toContain(
      'row 3, column last: the status "0" means that the person is held',
    );
    const seen = await load(mixed, { columns: { ...columns, lastSeen: "last" }, statuses });
    expect(rounded(seen.time)[3]).toBe(27.677419);
    expect(
      await refused(text.replace(",1,yes", ",,yes"), {
        columns: { ...columns, lastSeen: "last" },
        statuses,
        faultyRows: "set aside",
      }),
    ).toBe("not refused");
  });

  test("many rows, more than problems that end the reading", async () => {
    const rows = Array.from(
      { length: 500 },
      (_, i) => `${i},2019-03-04,2020-05-06,${i % 5 === 0 ? 1 : 0},${i % 2 ? "yes" : "no"}`,
    );
    const { report } = await load(`id,from,last,event,arm\n${rows.join("\n")}\n`, { columns, statuses });
    expect(report.outcomes).toEqual({ released: 100, died: 0, escaped: 0, censored: 400 });
  });
});

describe("rows that a stray quotation mark makes one are refused with their row", () => {
  const body = (mark: string) =>
    [
      "1,A,2019-03-04,2020-05-06",
      '2,"B,2019-04-05,2019-06-01',
      "3,C,2019-04-05,2019-07-01",
      '4,D",2019-04-05,2019-08-01',
    ]
      .join("\n")
      .replaceAll(",", mark);
  test.each([
    ["csv", ","],
    ["csv", ";"],
    ["tab", "\t"],
  ])(".%s with %j", async (ending, mark) => {
    for (const faultyRows of ["refuse", "set aside"] as const) {
      const text = `${["id", "name", "from", "to"].join(mark)}\n${body(mark)}\n`;
      expect(await refused(text, { ...NONE, faultyRows }, `others.${ending}`)).toContain("row 3: ");
      const two = text.replace(/^3.*\n/m, "");
      expect(await refused(two, { ...NONE, faultyRows }, `others.${ending}`)).toContain("row 3: ");
    }
  });

  test("a text of several lines stays one cell", async () => {
    const text = 'id,from,to,note\n1,2019-03-04,2020-05-06,"one\ntwo, three, four, five\n6,2019,x,y"\n2,2019-04-05,,\n';
    const { n, covariates } = await load(text, {
      ...NONE,
      columns: { ...BASE.columns, covariates: ["note"] },
    });
    expect([n, covariates.note[0]]).toEqual([2, "one\ntwo, three, four, five\n6,2019,x,y"]);
  });

  test("a cell of more than a million characters is a cell", async () => {
    const { n } = await load(`id,from,to,note\n1,2019-03-04,,"${"long\n".repeat(400_000)}"\n2,2019-04-05,,x\n`, NONE);
    expect(n).toBe(2);
  });
});

describe("the decimal mark", () => {
  const text = (delimiter: string, ...values: string[]) =>
    `id|from|to|arm|x\n${values.map((value, i) => `${i}|2019-03-04|2020-0${i + 1}-06|yes|${value}`).join("\n")}\n`.replaceAll(
      "|",
      delimiter,
    );
  const x = (delimiter: string, values: string[], change: Partial<CampaignMapping> = {}) =>
    load(text(delimiter, ...values), { ...change, columns: { ...BASE.columns, covariates: ["x"] } }).then(
      ({ covariates }) => covariates.x,
      (error: Error) => error.message,
    );

  test("is the comma where it can be nothing else, in any file", async () => {
    expect(await x(";", ["34,5", "41,0", "29,25"])).toEqual([34.5, 41, 29.25]);
    expect(await x("\t", ["34,5", "41"])).toEqual([34.5, 41]);
    expect(await x(",", ['"0,125"', '"1,250"'])).toEqual([0.125, 1.25]);
  });

  test("is the point otherwise, and in a file with semicolons where it cannot part thousands", async () => {
    expect(await x(",", ["1.250", "12.000", "900"])).toEqual([1.25, 12, 900]);
    expect(await x(";", ["34.5", "1.250"])).toEqual([34.5, 1.25]);
  });

  test.each([
    [";", ["1.250", "12.000", "900"]],
    [";", ["1,250", "12,000"]],
    [",", ['"1,250"', "900"]],
    [";", ["1.250,75", "3"]],
    [";", ["34,5", "34.5"]],
    ["\t", ["1.250.000", "900"]],
  ])("is asked for where nobody can know it: %j %j", async (delimiter, values) => {
    expect(await x(delimiter, values)).toContain('say decimal: "," or decimal: "." in the mapping');
    const comma = await x(delimiter, values, { decimal: "," });
    const point = await x(delimiter, values, { decimal: "." });
    expect(comma).not.toEqual(point);
    expect(
      [comma, point]
        .flat()
        .every(
          (value) =>
            typeof value === "number" || Number.isNaN(Number(value)) || value === null || typeof value === "string",
        ),
    ).toBe(true);
  });

  test("told, thousands fall away", async () => {
    expect(await x(";", ["1.250", "12.000,5", "900"], { decimal: "," })).toEqual([1250, 12000.5, 900]);
    expect(await x(",", ['"1,250"', '"12,000.5"'], { decimal: "." })).toEqual([1250, 12000.5]);
  });

  test("a number that no double holds, and a text that keeps a column from being numbers", async () => {
    expect(await x(",", ["1e400", "3"])).toContain('row 2, column x: "1e400" is larger than any number');
    const rows = Array.from({ length: 12 }, (_, i) => `${i},2019-03-04,,yes,${i === 7 ? "n/a" : i}`);
    const { report } = await load(`id,from,to,arm,x\n${rows.join("\n")}\n`, {
      columns: { ...BASE.columns, covariates: ["x"] },
    });
    expect(report.warnings[0]).toContain('"x" is read as a category, since "n/a" (row 9)');
  });

  test("a number written with either mark comes back", () => {
    const number = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(",", ".") as fc.Arbitrary<"," | ".">,
        (numbers, mark) => {
          const texts = numbers.map(([whole, tenth]) => `${whole}${mark}${tenth}`);
          expect(decimalOf(texts, ";")).toEqual({ decimal: mark });
          expect(texts.map((text) => numberOf(text, mark))).toEqual(
            numbers.map(([whole, tenth]) => Number(`${whole}.${tenth}`)),
          );
        },
      ),
    );
  });
});

describe("a value of the mapping that no row has", () => {
  const text = (yes: string) =>
    `id,from,to,arm\n1,2019-03-04,2020-05-06,${yes}\n2,2019-04-05,,No\n3,2019-07-08,,${yes}\n`;
  test.each(["Yes", "YES", "true", "1.0", "ye\u200bs"])(
    "%j is not yes, and the error names what there is",
    async (value) => {
      const seen = value.includes("\u200b") ? '"ye\\u200bs"' : `"${value}"`;
      expect(await refused(text(value))).toContain(
        `column arm: no row of "arm" is "yes", which the mapping calls treated; it has ${seen} (2), "No" (1)`,
      );
    },
  );

  test.each([
    ["yes\u00a0", "yes"],
    ["\u200eyes", "yes"],
    ["déjà  vu", "de\u0301ja\u0300 vu"],
    ["a\u00a0b", "a b"],
  ])("%j is %j", async (value, treated) => {
    const { treated: arms } = await load(text(value), {
      treatment: { kind: "column", column: "arm", treated: [treated] },
    });
    expect([...(arms ?? [])]).toEqual([1, 0, 1]);
  });

  test("where control is named, too, nobody changes sides, and a warning names it", async () => {
    const { report } = await load(text("No"), {
      treatment: { kind: "column", column: "arm", treated: ["Yes"], control: ["No"] },
    });
    expect(report.warnings).toEqual(['No row of "arm" is "Yes", which the mapping calls treated; it has "No" (3).']);
  });
});

describe("the CECC's exports", () => {
  const options = {
    title: "CECC",
    statuses: { DET: "held" },
    timeZero: "detained",
    endOfFollowUp: "2021-12-31",
    treatment: { kind: "date", column: "date of detention", from: "2019-04-01" },
  } as const;
  const rows =
    "2019-90001,2019/03/04,M,teacher,group A,2020/05/06,REL,\n2019-90002,2019/04/05,F,writer,group B,,DET,\n";
  test.each([
    [
      "present",
      'CECC Record Number,Detention Date,Sex,Occupation,Ethnic Group,Actual Release Date,Detention Status,"Detention Timeline "',
    ],
    [
      "older, in capitals",
      "CECC RECORD NUMBER,Date of Detention,SEX,Occupation,Ethnic group,Actual Date Released,Detention Status,Notes",
    ],
  ])("%s", async (_, header) => {
    const data = await loadCampaign(
      written("ppd.csv", `${header}\n${rows}`),
      ceccMapping({ ...options, columns: { id: "CECC record number" } }),
      { progress: false },
    );
    expect([data.report.format.kind, data.n, [...(data.treated ?? [])], data.cause, data.id[0]]).toEqual([
      "CECC export",
      2,
      [0, 1],
      ["released", "censored"],
      "2019-90001",
    ]);
    expect(Object.keys(data.covariates)).toEqual(["sex", "ethnic group", "occupation"]);
  });
});

describe("dates of other calendars, and placeholders", () => {
  const text = (...dates: string[]) => `id,from,to\n${dates.map((date, i) => `${i},${date}`).join("\n")}\n`;
  test.each([
    ["1398-01-16,", "1398 is no year of the Gregorian calendar in which this happened; is it Solar Hijri"],
    ["1441-01-16,", "another calendar that counts from the Hijra"],
    ["2562-01-16,", "the Buddhist calendar, which is 543 years ahead"],
    ["2019-01-16,2563-02-01", 'column to: "2563-02-01": 2563 is no year'],
    ["5779-01-16,", "the Hebrew calendar"],
    ["1899-12-30,", "a spreadsheet's day 0"],
    ["1900-01-01,", "1900 is no year in which this happened"],
    ["9999-12-31,", "a detention on 9999-12-31 is still to come"],
    ["1910-05-01,2019-02-01", "would last more than 100 years"],
    ["2019-01-16,2999-12-31", "2999 is no year"],
  ])("%s", async (dates, message) => {
    expect(await refused(text("2019-03-04,2020-05-06", dates), NONE)).toContain(message);
  });

  test.each([
    ["43528,", "as the number of a spreadsheet's day it would be 2019-03-04"],
    ["108-03-04,", "is the year one of the Minguo calendar, 1911 years behind?"],
    ["٢٠١٩-٠٣-٠٤,", "its digits are Arabic, and 0 to 9 are needed"],
  ])("%s is no date, and the message says what it may be", async (dates, message) => {
    expect(await refused(text(dates), NONE)).toContain(message);
  });

  test("an end in 9999 is none that was seen, and counted", async () => {
    const { cause, report } = await load(text("2019-03-04,9999-12-31"), NONE);
    expect([cause, report.assumed[0].what]).toEqual([
      ["censored"],
      "an end in the year 9999 is none that was seen: held until the end of follow-up",
    ]);
  });
});

describe("day and month", () => {
  const text =
    "id,from,to,arm\n1,3/4/2019,5/6/2020,yes\n2,4/5/2019,,no\n3,7/8/2019,12/24/2019,yes\n4,9/10/2019,11/12/2019,no\n";
  test("exchanged: refused, also where faulty rows are set aside", async () => {
    expect(await refused(text, { dateFormat: "%d/%m/%Y", faultyRows: "set aside" })).toContain(
      'day and month are exchanged, and the dates of other rows would be misread; say dateFormat: "%m/%d/%Y"',
    );
    expect(await refused(text, { dateFormat: "%d/%m/%Y" })).toContain(
      'row 4, column to: "12/24/2019" is not a date as %d/%m/%Y asks, of a day, month or year that exists; as %m/%d/%Y it is one',
    );
    expect(rounded((await load(text, { dateFormat: "%m/%d/%Y" })).time)).toEqual([
      14.064516, 32.83871, 5.516129, 2.066667,
    ]);
  });

  test("not to be told apart: noted; and beside other faults a warning", async () => {
    const undecided = await load(text.replace("12/24", "12/9"), { dateFormat: "%d/%m/%Y" });
    expect(undecided.report.assumed.at(-1)).toMatchObject({
      what: "no date has a day above 12, so that day and month may be exchanged: read as %d/%m/%Y",
    });
    const mixed = await load(text.replace("11/12/2019", "soon"), {
      dateFormat: "%d/%m/%Y",
      faultyRows: "set aside",
    });
    expect(mixed.report.warnings[0]).toContain("where day and month are both below 13, dates may be misread");
    expect(
      (
        await load(text.replaceAll(/(\d+)\/(\d+)\/(\d+)/g, "$3-0$1-0$2").replaceAll(/-0(\d\d)/g, "-$1"))
      ).report.assumed.map(({ what }) => what),
    ).toEqual(["no end of custody is recorded: held until the end of follow-up"]);
  });
});

describe("time where each row starts elsewhere", () => {
  const text = "id,from,to,arm\na,2019-02-01,2019-03-03,yes\nb,2019-07-01,2019-08-01,no\nc,2019-07-02,2019-08-02,no\n";
  test("counts days over 30.436875, or days, and the result says so", async () => {
    const months = await load(text, { unit: undefined });
    expect([...months.time]).toEqual([30 / 30.436875, 31 / 30.436875, 31 / 30.436875]);
    expect(months.unit).toBe("months");
    expect(tableText(reportTable(months.report))).toContain("Times are months of 30.436875 days");
    const days = await load(text, { unit: "days" });
    expect([[...days.time], days.unit, tableText(reportTable(days.report)).includes("Times are days.")]).toEqual([
      [30, 31, 31],
      "days",
      true,
    ]);
    expect([...(await load(text)).time]).toEqual([1 + 2 / 31, 1, 1]);
  });

  test("one day for all keeps calendar months", async () => {
    const { time, unit } = await load(text, {
      unit: undefined,
      timeZero: { day: "2019-07-02" },
      faultyRows: "set aside",
    });
    expect([[...time], unit]).toEqual([[30 / 31, 1], "calendar months"]);
  });

  test("the order of times is the order of days", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 17_000, max: 17_400 }), fc.integer({ min: 0, max: 900 })), {
          minLength: 2,
          maxLength: 8,
        }),
        async (spells) => {
          const rows = spells.map(([from, days], i) => `${i},${isoDay(from)},${isoDay(from + days)}`);
          const { time } = await load(`id,from,to\n${rows.join("\n")}\n`, { ...NONE, unit: undefined });
          for (let i = 1; i < time.length; i++)
            expect(Math.sign(time[i] - time[0])).toBe(Math.sign(spells[i][1] - spells[0][1]));
        },
      ),
      { numRuns: 30 },
    );
  });
});

test("all releases at one time: everything else is computed, and the test of proportional hazards has its reason", async () => {
  const rows = Array.from({ length: 8 }, (_, i) => `${i},2020-01-01,2020-03-01,${i % 2 ? "yes" : "no"},${20 + i}`);
  const columns = { ...BASE.columns, covariates: ["age"] };
  for (const more of ["", "8,2020-01-01,,no,40\n"]) {
    const data = await load(`id,from,to,arm,age\n${rows.join("\n")}\n${more}`, { columns });
    const { proportionalHazards, curves, models } = await analyseCampaign(data, {
      progress: false,
      permutations: 99,
    });
    expect(proportionalHazards).toEqual({
      computed: false,
      reason: "all releases come at one time, so that nothing shows whether a ratio changes over time",
    });
    expect([curves.length, models.length]).toEqual([2, 2]);
  }
});

describe("blank rows and blank cells", () => {
  test("rows of blank cells are left out and counted, wherever they stand", async () => {
    const { report, n } = await load("id,from,to,arm\n1,2019-03-04,,yes\n,,,\n\n2,2019-04-05,,no\n \t,,, \n,,,\n");
    expect([n, report.rows, report.blankRows]).toEqual([2, { read: 2, used: 2, setAside: 0 }, 4]);
    expect(tableText(reportTable(report))).toMatch(/blank rows, left out +4/);
  });

  test("a delimiter at the end of each line is no column; names of rows without a heading are named", async () => {
    expect((await load("id,from,to,arm\n1,2019-03-04,,yes,\n2,2019-04-05,,no,\n")).n).toBe(2);
    expect((await load("id,from,to,arm,,\n1,2019-03-04,,yes\n2,2019-04-05,,no\n")).n).toBe(2);
    expect(await refused("id,from,to,arm\n1,1,2019-03-04,,yes\n2,2,2019-04-05,,no\n")).toContain(
      "row 2: has 5 cells, the header has 4 columns; a cell that holds the delimiter needs quotation marks, and where each row has one cell more it may be the names of rows that R's write.table writes",
    );
    expect(await refused("id,from,to,arm\n1,2019-03-04,,yes,\n2,2019-04-05,,no,more\n3,2019-04-05,,no\n")).toContain(
      "row 4: has 4 cells",
    );
  });
});

describe("what the first line is", () => {
  const rows = "1;2019-03-04;;yes\n2;2019-04-05;;no\n";
  test.each([
    [
      "sep=;\nid;from;to;arm\n",
      'its first line ("sep=;") tells a spreadsheet the delimiter and is no header; remove it',
    ],
    [
      "Detentions in 2019\n\nid;from;to;arm\n",
      'its first line ("Detentions in 2019") is a title or a note and not the names of columns, which stand in row 3',
    ],
    ["Detentions; by province\nid;from;to;arm\n", "which stand in row 2"],
    ["# made by hand\nid;from;to;arm\n", 'its first line ("# made by hand") is a comment'],
  ])("%j", async (head, message) => {
    const error = await refused(head + rows);
    expect(error).toContain(message);
    expect(error).toContain("1 problem:");
  });

  test("cells that spaces separate; a pointer; a workbook", async () => {
    expect(await refused('"id" "from" "to" "arm"\n"1" 1 2019-03-04 NA "yes"\n')).toContain(
      "its cells are separated by spaces, as R's write.table does",
    );
    expect(await refused("version https://git-lfs.github.com/spec/v1\noid sha256:00\n")).toContain(
      "is a pointer of git-lfs",
    );
    expect(await refused("PK\u0003\u0004\u0000\u0000")).toContain("a zip archive or a spreadsheet");
  });

  test("marks that cannot be seen fall away around names and values, and are shown inside", async () => {
    const data = await load(
      "\u200bid,ï..from,to\u00a0,arm\n".replace("ï..from", "from") +
        "1,\u200e2019-03-04,,yes\n2,2019-04-05\u200f,,no\n",
    );
    expect(data.n).toBe(2);
    expect((await load("ï..id,from,to,arm\n1,2019-03-04,,yes\n")).n).toBe(1);
    expect((await load("ï»¿id,from,to,arm\n1,2019-03-04,,yes\n")).n).toBe(1);
    expect(await refused("i\u200bd,from,to,arm\n1,2019-03-04,,yes\n")).toContain('"i\\u200bd"');
    expect(await refused("id,from,to,arm\n1,2019\u200b-03-04,,yes\n")).toContain('"2019\\u200b-03-04" is not a date');
  });

  test("a name in quotation marks may span lines", async () => {
    expect(
      (await load('"id";"from";"a\nlong, name, with, commas";"to";"arm"\n1;2019-03-04;x;;yes\n')).report.format
        .delimiter,
    ).toBe(";");
  });
});
