import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Attention, attentionSeries, loadAttention, weekly } from "../../lib/attention";
import { describeProblem } from "../../lib/files";
import { dataError } from "../data/support";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The path of a file with this text, in a folder of its own. */
function fileWith(text: string | Uint8Array, name = "export.csv"): string {
  const folder = mkdtempSync(join(tmpdir(), "hrd-attention-"));
  folders.push(folder);
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const load = (text: string | Uint8Array, options = {}): Attention => loadAttention(fileWith(text), options);
const short = ({ rows }: Attention) => rows.map((row) => [row.date, row.series, row.value]);
/** The first problem of a file, as the user reads it. */
const problem = (text: string | Uint8Array): string =>
  describeProblem(dataError(() => load(text)).problems[0] ?? expect.fail("no problem"));

describe("files made by hand from what the services write", () => {
  it("Google Trends, weeks, two terms, <1", () => {
    const text =
      "Category: All categories\n\nWeek,Dead Internet Theory: (Worldwide),prison: (Germany)\n2020-11-22,0,7\n2020-11-29,<1,100\n2020-12-06,3,45\n";
    const result = load(text);
    expect([result.format, result.granularity, result.own]).toEqual(["google-trends", "week", false]);
    expect(result.provenance).toEqual(["published"]);
    expect(short(result)[1]).toEqual(["2020-11-29", "Dead Internet Theory", 0.5]);
    expect(result.rows.filter((row) => row.below).map((row) => row.date)).toEqual(["2020-11-29"]);
    expect(result.series.map(({ name, place, below }) => [name, place, below])).toEqual([
      ["Dead Internet Theory", "Worldwide", 1],
      ["prison", "Germany", 0],
    ]);
    expect(load(text, { belowAs: 0 }).rows[1]).toMatchObject({ value: 0, below: true });
    expect(load(text, { belowAs: 0 }).belowAs).toBe(0);
  });

  it("Google Trends, localised, with CRLF and a byte order mark", () => {
    const result = load(
      "\uFEFFKategorie: Alle Kategorien\r\n\r\nWoche,politische Gefangene: (Weltweit)\r\n2020-11-22,12\r\n2020-11-29,<1\r\n",
    );
    expect([result.granularity, result.series[0].place]).toEqual(["week", "Weltweit"]);
  });

  it.each([
    ["Time", "2026-09-26T00", "2026-09-26T01", "hour", "2026-09-26T01:00"],
    ["Day", "2026-09-26", "2026-09-27", "day", "2026-09-27"],
    ["Tag", "2026-09-26", "2026-09-27", "day", "2026-09-27"],
    ["Month", "2026-09", "2026-10", "month", "2026-10-01"],
    ["Time", "2026-09-26T00:08:00", "2026-09-26T00:16:00", "minutes", "2026-09-26T00:16"],
  ])("Google Trends by %s (%s)", (column, first, second, granularity, date) => {
    const result = load(`Category: All categories\n\n${column},a: (Worldwide)\n${first},1\n${second},2\n`);
    expect([result.granularity, result.rows[1].date]).toEqual([granularity, date]);
  });

  it("Google Trends whose preamble somebody has removed; one term for two places; a comma in a term", () => {
    const result = load('Day,"a, b: (Worldwide)","a, b: (Iran)"\n2026-09-26,1,2\n2026-09-27,3,4\n');
    expect(result.series.map(({ name }) => name)).toEqual(["a, b (Worldwide)", "a, b (Iran)"]);
  });

  it("the REST API's page views, daily and monthly; days without a row are named", () => {
    const item = (timestamp: string, views: number, granularity = "daily") =>
      `{"project":"en.wikipedia","article":"Wang_Yu","access":"all-access","agent":"all-agents","granularity":"${granularity}","timestamp":"${timestamp}","views":${views}}`;
    const result = load(
      `{"items":[${item("2015120200", 5)},${item("2015120300", 6)},${item("2015120500", 7)},${item("2015120600", 8)}]}`,
    );
    expect([result.format, result.granularity, result.series[0].name]).toEqual(["wikimedia-api", "day", "Wang Yu"]);
    expect(result.series[0].missing).toEqual(["2015-12-04"]);
    const monthly = load(`{"items":[${item("2015120100", 5, "monthly")},${item("2016010100", 6, "monthly")}]}`);
    expect(short(monthly).map(([date]) => date)).toEqual(["2015-12-01", "2016-01-01"]);
    const project =
      '{"items":[{"project":"en.wikipedia","access":"all","agent":"all-agents","granularity":"daily","timestamp":"2015120200","views":291268249}]}';
    expect(short(load(project))).toEqual([["2015-12-02", "en.wikipedia", 291268249]]);
  });

  it("the Pageviews tool's CSV", () => {
    const result = load('Date,"Cat","Dog food"\n2015-07-01,3,4\n2015-07-02,5,6\n');
    expect(short(result)).toEqual([
      ["2015-07-01", "Cat", 3],
      ["2015-07-02", "Cat", 5],
      ["2015-07-01", "Dog food", 4],
      ["2015-07-02", "Dog food", 6],
    ]);
  });

  it("GDELT's timeline with its byte order mark, daily and by quarters of an hour", () => {
    const result = load(
      "\uFEFFDate,Series,Value\n2026-06-01,Article Count,1317\n2026-06-01,Total Monitored Articles,159665\n2026-06-02,Article Count,1200\n2026-06-02,Total Monitored Articles,150000\n",
    );
    expect(result.series.map(({ name, unit }) => [name, unit])).toEqual([
      ["Article Count", "articles"],
      ["Total Monitored Articles", "articles"],
    ]);
    const fine = load(
      "Date,Series,Value\n2026-06-01 00:00:00,Volume Intensity,0.0123\n2026-06-01 00:15:00,Volume Intensity,0.02\n",
    );
    expect([fine.granularity, fine.stepMinutes, fine.rows[1].date]).toEqual(["minutes", 15, "2026-06-01T00:15"]);
    expect(load("Date,Series,Value\n2026-06-01,Average Tone,-2.5\n2026-06-02,Average Tone,1\n").rows[0].value).toBe(
      -2.5,
    );
  });

  it("Media Cloud's counts", () => {
    const result = load("date,count,total_count,ratio\n2026-08-10,3,30,0.1\n");
    expect(short(result)).toEqual([
      ["2026-08-10", "count", 3],
      ["2026-08-10", "total_count", 30],
      ["2026-08-10", "ratio", 0.1],
    ]);
  });
});

const TRENDS = "Category: All categories\n\nWeek,a: (Worldwide)\n";
const REST = (...stamps: string[]) =>
  `{"items":[${stamps.map((stamp) => `{"project":"en.wikipedia","article":"A","granularity":"daily","timestamp":"${stamp}","views":1}`).join(",")}]}`;

describe("what is no export is refused, and the message says what it saw", () => {
  it.each([
    ["an empty file", "", "is empty"],
    ["blanks only", " \n\n", "is empty"],
    ["a web page", "<!DOCTYPE html><html><head><title>Sign in</title></head></html>", 'is a web page ("Sign in")'],
    [
      "GDELT's refusal",
      "Please limit requests to one every 5 seconds or contact us.\n",
      "about too many requests and no data",
    ],
    ["another sentence", "Your query was too short or too long.\n", 'begins with "Your query was too short'],
    [
      "GDELT's list of articles",
      "url,url_mobile,title,seendate,socialimage,domain,language,sourcecountry\nx,,,,,,,\n",
      "list of articles; the timeline is needed",
    ],
    ["a wrong header", "Datum,Reihe,Wert\n2026-06-01,Article Count,1\n", "which is no known export"],
    [
      "Media Cloud with a column too few",
      "date,count,ratio\n2026-08-10,3,0.1\n",
      'has the columns "date,count,ratio", which no known export has',
    ],
    ["JSON that breaks off", '{"items":[{"project":"en.wiki', "begins like JSON and is none"],
    [
      "an error of Wikimedia's",
      '{"title":"Not found.","detail":"The date(s) you used are valid, but we either do not have data"}',
      "is an error that the service sent",
    ],
    ["JSON of another kind", '{"rows":[]}', "items"],
    ["no items", '{"items":[]}', "the query found nothing"],
    [
      "another export of Trends",
      "Category: All categories\n\nCountry,a: (1/1/15 - 1/1/16)\nIran,100\n",
      'row 4, column Country: "Iran" is not a date',
    ],
  ])("%s", (_, text, message) => {
    expect(problem(text)).toContain(message);
  });

  it("a preamble alone, headers alone", () => {
    expect(problem("Category: All categories\n\nWeek\n")).toContain("begins with");
    expect(problem(TRENDS)).toContain("has a header and no rows");
    expect(problem("Date,Series,Value\n")).toContain("has a header and no rows");
    expect(problem("date,count,total_count,ratio\n")).toContain("has a header and no rows");
    expect(problem('Date,"Cat"\n')).toContain("has a header and no rows");
  });

  it("UTF-16, a missing file, a folder", () => {
    expect(problem(Buffer.from(`\uFEFF${TRENDS}2020-11-22,1\n`, "utf16le"))).toContain("is UTF-16");
    expect(() => loadAttention("no/such.csv")).toThrow("no such file");
    expect(() => loadAttention("data")).toThrow("is a directory");
  });
});

describe("a bad value names file, row and column", () => {
  const G = "Date,Series,Value\n";
  const M = "date,count,total_count,ratio\n";
  it.each([
    [
      "Trends, above 100",
      `${TRENDS}2020-11-22,101\n`,
      'export.csv row 4, column a: (Worldwide): "101" is not a whole number from 0 to 100',
    ],
    ["Trends, no number", `${TRENDS}2020-11-22,n/a\n`, 'row 4, column a: (Worldwide): "n/a"'],
    ["Trends, empty", `${TRENDS}2020-11-22,\n`, 'row 4, column a: (Worldwide): ""'],
    [
      "Trends, impossible date",
      `${TRENDS}2020-11-22,1\n2020-02-30,1\n`,
      'row 5, column Week: "2020-02-30" is not a date',
    ],
    [
      "Trends, date twice",
      `${TRENDS}2020-11-22,1\n2020-11-29,1\n2020-11-29,2\n`,
      '"2020-11-29" of the series "a" stands in row 5 already',
    ],
    [
      "Trends, truncated",
      `${TRENDS}2020-11-22,1\n2020-1`,
      "row 5: has 1 cell, the header has 2 columns; it is the last row",
    ],
    [
      "Trends, weeks then days",
      `${TRENDS}2020-11-22,1\n2020-11-29,1\n2020-12-06,1\n2020-12-07,1\n`,
      'row 7, column a: (Worldwide): "2020-12-07" comes 1 day after "2020-12-06"',
    ],
    [
      "Trends, a week left out",
      `${TRENDS}2020-11-22,1\n2020-11-29,1\n2020-12-13,1\n2020-12-20,1\n`,
      '"2020-12-13" comes 14 days after',
    ],
    [
      "Trends, days under Week",
      `${TRENDS}2020-11-22,1\n2020-11-23,1\n2020-11-24,1\n`,
      "column Week: says week; the dates lie 1 day apart",
    ],
    [
      "Trends, a day among months",
      "X: Y\n\nMonth,a: (Worldwide)\n2020-11,1\n2020-12-01,1\n",
      '"2020-12-01" is not as precise as "2020-11"',
    ],
    ["Trends, two columns alike", "X: Y\n\nDay,a: (Worldwide),a: (Worldwide)\n2020-11-01,1,1\n", "two columns are"],
    ["REST, impossible date", REST("2015023000"), "column items.0.timestamp"],
    ["REST, date twice", REST("2015120100", "2015120100"), "stands in items.0.timestamp already"],
    ["REST, before there were any", REST("2015063000"), "these page views exist from July 2015 on"],
    ["REST, a negative number", REST("2015120100").replace('"views":1', '"views":-1'), "column items.0.views"],
    ["REST, no number", REST("2015120100").replace('"views":1', '"views":"many"'), "column items.0.views"],
    ["REST, mixed granularity", REST("2015120100", "2015120200").replace("daily", "monthly"), "items.1.granularity"],
    [
      "the tool, no number",
      'Date,"Cat"\n2015-07-01,3\n2015-07-02,three\n',
      'row 3, column Cat: "three" is not a whole number from 0',
    ],
    [
      "the tool, empty between days",
      'Date,"Cat"\n2015-07-01,3\n2015-07-02,\n2015-07-03,4\n',
      "row 3, column Cat: is empty between days that were counted",
    ],
    ["the tool, a page without a value", 'Date,"Cat","Dog"\n2015-07-01,3,\n', 'has no value in the column "Dog"'],
    ["the tool, half a view", 'Date,"Cat"\n2015-07-01,3.5\n', 'row 2, column Cat: "3.5" is not a whole number'],
    ["the tool, impossible date", 'Date,"Cat"\n2015-13-01,3\n', 'row 2, column Date: "2015-13-01" is not a date'],
    ["the tool, before there were any", 'Date,"Cat"\n2015-06-30,3\n', "these page views exist from July 2015 on"],
    ["the tool, date twice", 'Date,"Cat"\n2015-07-01,3\n2015-07-01,3\n', "stands in row 2 already"],
    [
      "the tool, truncated",
      'Date,"Cat","Dog"\n2015-07-01,3,4\n2015-07-02,5',
      "row 3: has 2 cells, the header has 3 columns",
    ],
    [
      "the tool, days then weeks",
      `Date,"Cat"\n${["01", "02", "03", "04", "05", "06", "07", "14", "21", "28"].map((day) => `2015-07-${day},1`).join("\n")}\n`,
      'row 11, column Cat: "2015-07-28" comes 7 days after',
    ],
    [
      "GDELT, no number",
      `${G}2026-06-01,Article Count,1\n2026-06-02,Article Count,many\n`,
      'row 3, column Value: "many" is not a number from 0',
    ],
    ["GDELT, negative", `${G}2026-06-01,Article Count,-1\n`, 'column Value: "-1" is not a number from 0'],
    ["GDELT, impossible date", `${G}2026-06-31,Article Count,1\n`, 'row 2, column Date: "2026-06-31" is not a date'],
    [
      "GDELT, date twice in a series",
      `${G}2026-06-01,Article Count,1\n2026-06-01,Article Count,2\n`,
      "stands in row 2 already",
    ],
    ["GDELT, no series", `${G}2026-06-01,,1\n`, "row 2, column Series: is empty"],
    ["GDELT, truncated", `${G}2026-06-01,Article Count,1\n2026-06-02,Art`, "row 3: has 2 cells"],
    [
      "GDELT, days and hours",
      `${G}2026-06-01,Article Count,1\n2026-06-01 01:00:00,Article Count,1\n`,
      "is not as precise as",
    ],
    [
      "Media Cloud, no number",
      `${M}2026-08-10,three,30,0.1\n`,
      'row 2, column count: "three" is not a whole number from 0',
    ],
    ["Media Cloud, ratio above 1", `${M}2026-08-10,3,30,10\n`, "row 2, column ratio"],
    ["Media Cloud, ratio of other numbers", `${M}2026-08-10,3,30,0.2\n`, "row 2, column ratio: is 0.2; 3 of 30 is 0.1"],
    ["Media Cloud, more than all", `${M}2026-08-10,31,30,1\n`, "row 2, column count: 31 stories match, of 30 in all"],
    ["Media Cloud, impossible date", `${M}10.08.2026,3,30,0.1\n`, 'row 2, column date: "10.08.2026" is not a date'],
    ["Media Cloud, date twice", `${M}2026-08-10,3,30,0.1\n2026-08-10,3,30,0.1\n`, "stands in row 2 already"],
    ["Media Cloud, truncated", `${M}2026-08-10,3,30,0.1\n2026-08-11,3`, "row 3: has 2 cells"],
    ["a quotation mark that is not closed", `${M}2026-08-10,"3,30,0.1\n`, "a quotation mark is not closed"],
  ])("%s", (_, text, message) => {
    expect(problem(text)).toContain(message);
  });

  it("all bad values of a file are named at once", () => {
    const { problems } = dataError(() => load(`${TRENDS}2020-11-22,101\n2020-11-29,x\n2020-99-01,1\n`));
    expect(problems.map(({ row }) => row)).toEqual([4, 5, 6]);
  });

  it("belowAs has to be a number that <1 can stand for", () => {
    expect(() => load(`${TRENDS}2020-11-22,<1\n`, { belowAs: 2 })).toThrow("belowAs is 2; a number from 0 to 1");
  });
});

describe("the project's files and one's own", () => {
  it("the project's are synthetic, by the data package", () => {
    const own = loadAttention("data/attention/media-cloud-synthetic.csv");
    expect([own.own, own.provenance, own.rows[0].provenance]).toEqual([true, ["synthetic"], "synthetic"]);
  });

  it("a copy elsewhere is one's own, and a datapackage.json beside it may say what it is", () => {
    const text = "date,count,total_count,ratio\n2026-08-10,3,30,0.1\n";
    const path = fileWith(text, "mine.csv");
    expect(loadAttention(path)).toMatchObject({ own: false, provenance: ["published"] });
    writeFileSync(
      join(path, "..", "datapackage.json"),
      JSON.stringify({ resources: [{ path: "mine.csv", provenance: "synthetic" }] }),
    );
    expect(loadAttention(path)).toMatchObject({ own: false, provenance: ["synthetic"] });
  });
});

describe("a label in names", () => {
  it("outlives a copy of the file", () => {
    const text = readFileSync("data/attention/media-cloud-synthetic.csv", "utf8");
    const copy = loadAttention(fileWith(text, "media-cloud-synthetic.csv"));
    expect([copy.own, copy.provenance]).toEqual([false, ["synthetic"]]);
    const trends = readFileSync("data/attention/trends-weekly-synthetic.csv", "utf8");
    expect(loadAttention(fileWith(trends, "multiTimeline.csv")).provenance).toEqual(["synthetic"]);
    expect(loadAttention(fileWith(text, "photosynthetic.csv")).provenance).toEqual(["published"]);
  });
});

describe("attentionSeries and weekly", () => {
  const days = Array.from({ length: 20 }, (_, i) => `2026-08-${String(i + 3).padStart(2, "0")},${i},100,${i / 100}`);
  const media = load(`date,count,total_count,ratio\n${days.join("\n")}\n`);

  it("takes one series between two days", () => {
    const series = attentionSeries(media, "count", { from: "2026-08-05", to: "2026-08-07" });
    expect([series.dates[0], series.values, series.period]).toEqual(["2026-08-05", [2, 3, 4], "day"]);
  });

  it("weeks begin on Sunday or Monday; incomplete ones are counted", () => {
    const sundays = weekly(attentionSeries(media, "count"));
    expect([sundays.dates, sundays.values, sundays.incomplete]).toEqual([["2026-08-09", "2026-08-16"], [63, 112], 1]);
    const mondays = weekly(attentionSeries(media, "count"), { starts: "Monday", by: "mean" });
    expect([mondays.dates, mondays.values, mondays.incomplete]).toEqual([["2026-08-03", "2026-08-10"], [3, 10], 1]);
    expect(() => weekly(sundays)).toThrow("a daily series is needed");
  });

  it("a gap has to be decided about", () => {
    const gap = load("date,count,total_count,ratio\n2026-08-10,3,30,0.1\n2026-08-11,3,30,0.1\n2026-08-13,3,30,0.1\n");
    expect(() => attentionSeries(gap, "count")).toThrow('"count" has no row for 1 periods, the first is 2026-08-12');
    expect(attentionSeries(gap, "count", { missing: 0 }).values).toEqual([3, 3, 0, 3]);
  });

  it("a name that is none is refused with those there are", () => {
    expect(() => attentionSeries(media)).toThrow('the name of a series is needed; it holds "count", "total_count"');
    expect(() => attentionSeries(media, "Count")).toThrow('there is no series "Count"');
    expect(() => attentionSeries(media, "count", { from: "2027-01-01" })).toThrow("has no period from 2027-01-01");
  });
});
