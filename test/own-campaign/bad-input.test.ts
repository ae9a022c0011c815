import { describe, expect, test } from "vitest";
import { type CampaignMapping, loadCampaign } from "../../lib/own-campaign";
import { SMALL, small, written } from "./support";

const load = (text: string | Uint8Array, change: Partial<CampaignMapping> = {}) =>
  loadCampaign(written("arrests.csv", text), { ...SMALL, ...change });

const GOOD = "a,2016-01-01,2016-05-01,yes";

describe("a file is refused with file, row, column, value and what is needed", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    [
      "no date",
      small(GOOD, "b,1 May 2016,,no"),
      /arrests\.csv row 3, column detained: "1 May 2016" is not a date as %Y-%m-%d asks/,
    ],
    ["no day of the calendar", small("a,2016-02-30,,no"), /row 2, column detained: "2016-02-30" is not a date/],
    [
      "released before the detention",
      small("a,2016-05-01,2016-04,no"),
      /row 2, column released: custody ended 2016-04, before it began \(detained 2016-05-01\)/,
    ],
    [
      "an arm without a meaning",
      small("a,2016-05-01,,maybe"),
      /row 2, column featured: "maybe" is neither under the mapping's treated \(yes\) nor under control \(no\)/,
    ],
    ["an id twice", small(GOOD, GOOD), /row 3, column id: "a" stands in row 2 already/],
    ["no id", small(",2016-01-01,,no"), /row 2, column id: is empty; an id for each row is needed/],
    [
      "a column that is not there",
      "id,detaind,released,featured\na,2016-01-01,,no\n",
      /row 1, column detained: the mapping's columns\.detained names it, and the file has no such column, did you mean "detaind"\? It has id, detaind/,
    ],
    [
      "a column twice",
      "id,detained,detained,released,featured\na,2016-01-01,2016-01-01,,no\n",
      /column detained: stands there twice \(columns 2 and 3\)/,
    ],
    ["a ragged row", small("a,2016-01-01,no"), /row 2: has 3 cells, the header has 4 columns/],
    ["a stray quotation mark", small('a,2016-01-01,,"no"x'), /row 2: a quotation mark stands inside a cell/],
    ["an open quotation mark", small('a,2016-01-01,,"no', "b,2016-01-01,,no"), /row 2: a quotation mark is not closed/],
    ["no rows", "id,detained,released,featured\n", /has a header row and no data rows/],
    ["nothing", "", /is empty/],
    ["Latin-1", Buffer.from(small("Zo\u00eb,2016-01-01,,no"), "latin1"), /row 2: is not UTF-8/],
    ["UTF-16", Buffer.from(small(GOOD), "utf16le"), /UTF-16/],
    ["a web page", "<!DOCTYPE html><html>", /is a web page or JSON and no table/],
    [
      "no row that can be used",
      small("a,,2016-01-01,no", "b,2019-05-05,,no"),
      /none of its 2 rows can be used \(1: no date of detention; 1: time zero lies after the end of follow-up\)/,
    ],
  ])("%s", async (_, text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });

  test("all problems at once, and the list ends", async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `p${i},someday,,no`);
    await expect(load(small(...rows))).rejects.toThrow(
      /at least 200 problems:.*and at least 180 more\n.*reading stopped here, after 200 problems; mend their cause/s,
    );
  });

  test("statuses: one without a meaning, and one that contradicts a date", async () => {
    const text = "id,detained,released,featured,status\na,2016-01-01,,no,GONE\nb,2016-01-01,2016-03-01,no,HELD\n";
    const change = { columns: { ...SMALL.columns, status: "status" }, statuses: { HELD: "held" } } as const;
    const wanted = [
      /row 2, column status: "GONE" has no meaning in the mapping's statuses, which has HELD/,
      /row 3, column released: the status "HELD" means that the person is held, and there is a date/,
    ];
    for (const message of wanted) await expect(load(text, change)).rejects.toThrow(message);
  });

  test("half a bound, a number that is none, an unknown provenance, an id of the list that is not there", async () => {
    const text = "id,detained,lo,hi,age,data,featured\na,2016-01-01,2016-02-01,,old,real,no\n";
    const columns = { id: "id", detained: "detained", released: { earliest: "lo", latest: "hi" } };
    await expect(load(text, { columns })).rejects.toThrow(/column lo: is there and hi is empty/);
    const plain = { id: "id", detained: "detained", released: "hi" };
    const age = { ...plain, covariates: [{ column: "age", as: "number" as const }] };
    await expect(load(text, { columns: age })).rejects.toThrow(/row 2, column age: "old" is not a number/);
    await expect(load(text, { columns: { ...plain, provenance: "data" } })).rejects.toThrow(
      /row 2, column data: "real" is not one of public-record, synthetic, published, own/,
    );
    await expect(load(small(GOOD), { treatment: { kind: "ids", ids: ["a", "aa"] } })).rejects.toThrow(
      /the mapping's treatment names the id "aa", and no row has it/,
    );
  });

  test("a file or folder that is not there", async () => {
    await expect(loadCampaign("nowhere/arrests.csv", SMALL)).rejects.toThrow(/no such file; looked for .*nowhere/);
    await expect(loadCampaign("lib", SMALL)).rejects.toThrow(/is a directory/);
  });
});

test("faulty rows can be set aside instead, and are counted", async () => {
  const { report, n } = await load(small(GOOD, "b,someday,,no", "c,2016-01-01,,maybe"), {
    faultyRows: "set aside",
  });
  expect(n).toBe(1);
  expect(report.setAside.map(({ what, count, examples }) => [what, count, examples])).toEqual([
    ["faulty: detained, date", 1, [{ row: 3, value: "someday" }]],
    ["faulty: featured, treatment", 1, [{ row: 4, value: "maybe" }]],
  ]);
});

describe("a mapping that contradicts itself is refused before the file is opened", () => {
  test.each<[Partial<CampaignMapping>, RegExp]>([
    [{ endOfFollowUp: "2018-31-12" }, /endOfFollowUp is "2018-31-12"; a day of the calendar is needed/],
    [{ timeZero: { day: "2019-01-01" } }, /timeZero\.day is 2019-01-01; a day before the end of follow-up, 2018-12-31/],
    [{ observedFrom: "2019-01-01" }, /observedFrom is 2019-01-01/],
    [{ dateFormat: "%d %B" }, /dateFormat is "%d %B"; %Y, %m and %d are needed/],
    [{ dateFormat: "%d.%m.%Y %Q" }, /dateFormat is "%d\.%m\.%Y %Q"/],
    [{ dateFormat: "%d.%d.%Y" }, /dateFormat is/],
    [{ unit: "weeks" as "days" }, /unit is "weeks"; one of months, days, calendar months is needed/],
    [
      { columns: { ...SMALL.columns, lastSeen: "released" } },
      /columns\.lastSeen names the column of columns\.released/,
    ],
    [{ statuses: { REL: "released" } }, /columns\.status is not/],
    [{ columns: { ...SMALL.columns, status: "s" } }, /statuses is empty/],
    [
      { treatment: { kind: "column", column: "f", treated: ["x"], control: ["x"] } },
      /has "x" under treated and under control/,
    ],
    [{ treatment: { kind: "date", column: "f" } }, /neither from nor until/],
    [{ treatment: { kind: "ids", ids: [] } }, /treatment\.ids is empty/],
    [{ title: " " }, /title is empty/],
    [{ columns: { ...SMALL.columns, covariates: ["age", { column: "x", name: "age" }] } }, /has "age" twice/],
  ])("%#", async (change, message) => {
    await expect(load(small(GOOD), change)).rejects.toThrow(message);
  });
});

describe("a mapping with a property that there is not", () => {
  const good = { title: "T", dateFormat: "%Y-%m-%d", timeZero: "detained", endOfFollowUp: "2020-12-31" };
  const columns = { id: "id", detained: "from", released: "to" };
  test.each([
    [{ covariates: ["age"] }, 'covariates is no property of a mapping, did you mean "columns.covariates"?'],
    [{ faultyrows: "set aside" }, 'faultyrows is no property of a mapping, did you mean "faultyRows"?'],
    [{ columns: { ...columns, Status: "s" } }, 'columns.Status is no property of a mapping, did you mean "status"?'],
    [
      { columns: { ...columns, covariates: [{ column: "age", as: "numeric" }] } },
      'columns.covariates[0].as is "numeric"',
    ],
    [{ treatment: { kind: "ids", ids: ["1"], treated: ["yes"] } }, "treatment.treated is no property of a mapping"],
    [{ treatment: { kind: "column", column: "a", treated: ["y"], empty: "Control" } }, 'treatment.empty is "Control"'],
    [{ policy: "Latest" }, 'policy is "Latest"'],
    [{ timeZero: { date: "2019-01-01" } }, "timeZero.date is no property of a mapping"],
  ])("%j", async (change, words) => {
    const mapping = { ...good, columns, treatment: { kind: "none" }, ...change } as object as CampaignMapping;
    const found = await loadCampaign("nowhere.csv", mapping).catch((error: unknown) => String(error));
    expect(found).toContain(words);
  });
});

test("days that stand for something else are noted", async () => {
  const path = written(
    "days.csv",
    "id,from,to\n1,1970-01-01,2019-05-06\n2,2019-01-01,2099-12-31\n3,2019-01-01,9999-12-31\n",
  );
  const { report, event } = await loadCampaign(
    path,
    {
      title: "T",
      columns: { id: "id", detained: "from", released: "to" },
      dateFormat: "%Y-%m-%d",
      timeZero: "detained",
      endOfFollowUp: "2020-12-31",
      treatment: { kind: "none" },
    },
    { progress: false },
  );
  expect(Array.from(event)).toEqual([1, 0, 0]);
  const noted = report.assumed.map(({ what }) => what).join("; ");
  for (const words of ["1970-01-01 is taken for a day", "still to come is none", "in the year 9999 is none"])
    expect(noted).toContain(words);
});
