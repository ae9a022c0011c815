import { expect, test } from "vitest";
import { ceccMapping, fileFormat, loadCampaign } from "../../lib/own-campaign";
import { SMALL, written } from "./support";

/** Files made by hand after the public descriptions of the formats; no code knows them. */

const CECC = [
  "CECC record number,date of detention,formal arrest date,actual date released,detention status,sex,age at detention,ethnic group,occupation,sentence date,charge (statute)",
  '1,2009/07/05,2009/08/01,2012/07/04,REL,M,34,A,"teacher, retired",2010/01/11,"Law, art. 1"',
  "2,2010/03,,2011,REL?,F,,B,writer,,",
  "3,2012/11/20,,2014/02/02,DEC-ill,M,61,A,,,",
  "4,2013/00/00,,,DET,M,28,A,lawyer,,",
  "5,2014/06/30,,2014/12/01,ESC?,F,40,B,lawyer,,",
  "6,2014/07/01,,2015/01/31,REL-PSB,F,23,B,writer,,",
  "7,2011/01/09,,,REL/dec,M,70,A,,,",
  "8,,,2016/05/05,REL,M,50,A,,,",
].join("\r\n");

test("an export of the CECC database: codes, alleged ones, partial and missing dates", async () => {
  const mapping = ceccMapping({
    title: "CECC",
    statuses: { DET: "held" },
    columns: { id: "CECC record number" },
    timeZero: "detained",
    endOfFollowUp: "2016-12-31",
    treatment: { kind: "date", column: "date of detention", from: "2012-01-01" },
  });
  const data = await loadCampaign(written("export.csv", CECC), mapping);
  expect(data.report.format.kind).toBe("CECC export");
  expect(data.report.rows).toEqual({ read: 8, used: 6, setAside: 2 });
  expect(data.report.setAside.map(({ what, count, examples }) => [what, count, examples[0]?.row])).toEqual([
    ["the status says released, and there is no date", 1, 8],
    ["no date of detention", 1, 9],
  ]);
  expect(data.cause).toEqual(["released", "released", "died", "censored", "escaped", "released"]);
  expect([...data.event]).toEqual([1, 1, 0, 0, 0, 1]);
  expect([...(data.treated ?? [])]).toEqual([0, 0, 1, 1, 1, 1]);
  expect(data.report.alleged).toEqual({ count: 2, taken: "event" });
  expect(data.report.uncertain.map(({ what, count }) => [what, count])).toEqual([
    ["date of detention: known to the month", 1],
    ["end of custody: known to the year", 1],
    ["date of detention: known to the year", 1],
  ]);
  expect(data.provenance).toEqual(["own"]);
  expect(data.covariates["age at detention"]).toEqual([34, null, 61, 28, 40, 23]);
  expect(data.covariates.occupation).toEqual(["teacher, retired", "writer", null, "lawyer", "lawyer", "writer"]);
  // 2011 is some day of that year, after the month of the detention: between 9 and 22 months.
  expect(data.lower[1]).toBeLessThan(data.time[1]);
  expect(data.upper[1]).toBeGreaterThan(data.time[1]);
});

test.each([
  ["bare texts", 'a "quoted" word', 'a "quoted" word'],
  ["texts in quotation marks, doubled inside", '"a ""quoted"" word"', 'a "quoted" word'],
  ["a text that only begins with a mark", '"Bo" Smith', '"Bo" Smith'],
  ["a tab inside quotation marks", '"a\tb"', "a\tb"],
])("a Dataverse .tab with %s", async (_, cell, read) => {
  const text = `id\tdetained\treleased\tfeatured\tnote\n1\t2016-01-01\t2017-01-01\tyes\t${cell}\n2\t2016-02-01\t\t"no"\tx\n`;
  const mapping = { ...SMALL, columns: { ...SMALL.columns, covariates: ["note"] } };
  const data = await loadCampaign(written("study.tab", text), mapping);
  expect(data.report.format).toMatchObject({ kind: "Dataverse .tab", delimiter: "\t" });
  expect(data.covariates.note).toEqual([read, "x"]);
  expect([...data.time]).toEqual([12, 34 + 30 / 31]);
});

test.each([
  ["commas", ","],
  ["semicolons", ";"],
  ["bars", "|"],
])("somebody's own columns and dates, separated by %s", async (name, mark) => {
  const rows = [
    ["Who", "Arrested on", "Freed on", "Appeal?"],
    ["x1", "05.07.2016", "07.2017", "ja"],
    ["x2", "1.2.2016", "", "nein"],
  ];
  const text = `\uFEFF${rows.map((row) => row.join(mark)).join("\n")}`;
  const data = await loadCampaign(written("own.csv", text), {
    title: "Own",
    dateFormat: "%d.%m.%Y",
    timeZero: "detained",
    unit: "calendar months",
    endOfFollowUp: "2017-12-31",
    columns: { id: "Who", detained: "Arrested on", released: "Freed on" },
    treatment: { kind: "column", column: "Appeal?", treated: ["ja"] },
    groups: { treated: "appeal", control: "none" },
  });
  expect(data.report.format.description).toBe(`CSV, separated by ${name}`);
  expect(data.group).toEqual(["appeal", "none"]);
  expect(data.cause).toEqual(["released", "censored"]);
  expect(data.lower[0]).toBeCloseTo(11 + 26 / 30, 10); // 5 July 2016 to 1 July 2017
  expect(data.upper[0]).toBeCloseTo(12 + 26 / 31, 10); // to 31 July
});

test("a header in quotation marks with other delimiters inside", () => {
  expect(fileFormat('"a;b;c","d;e"').delimiter).toBe(",");
  expect(fileFormat('"Date of detention","Detention status","Actual date released"').kind).toBe("CECC export");
  expect(fileFormat("alone").delimiter).toBe(",");
});
