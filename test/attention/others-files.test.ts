import { describe, expect, it } from "vitest";
import { type Attention, attentionSeries, parseAttention } from "../../lib/attention";
import { readStamp, stampText } from "../../lib/attention/stamps";
import { dataError } from "../data/support";
import { fc } from "../support/property";

/** Files as other people have them, each standing for a kind (issue 13): invented values in the services' forms. */
const load = (text: string, file = "export.csv"): Attention => parseAttention(text, { file });
const short = ({ rows }: Attention) =>
  rows.map((row) => [row.date, row.series, row.value, row.below ? "below" : ""].join(" ").trim());
const refused = (text: string, file = "export.csv"): string => dataError(() => load(text, file)).message;

const trends = (header: string, ...rows: string[]) => `Category: All categories\n\n${header}\n${rows.join("\n")}\n`;

describe("<1 as each language writes it", () => {
  it.each(["<1", "< 1", "<\u00a01", "<\u202f1", "\u200f<1", "＜1"])("%j", (cell) => {
    const read = load(
      trends("Mois,sujet un: (France),sujet deux: (France)", `2021-01,3,${cell}`, `2021-02,${cell},7`, "2021-03,100,0"),
    );
    expect(read.series.map(({ name, place, below }) => [name, place, below])).toEqual([
      ["sujet un", "France", 1],
      ["sujet deux", "France", 1],
    ]);
    expect(short(read)).toEqual([
      "2021-01-01 sujet un 3",
      "2021-02-01 sujet un 0.5 below",
      "2021-03-01 sujet un 100",
      "2021-01-01 sujet deux 0.5 below",
      "2021-02-01 sujet deux 7",
      "2021-03-01 sujet deux 0",
    ]);
  });
});

describe("moments with an offset from UTC", () => {
  it("are shown in UTC, and the result says so", () => {
    const minutes = ["00", "08", "16"].map((minute, i) => `2024-03-09T20:${minute}:00-06:00,${i}`);
    const read = load(trends("Time,alpha: (Worldwide)", ...minutes));
    expect([read.granularity, read.stepMinutes, read.timeZone, read.rows[0].date]).toEqual([
      "minutes",
      8,
      "UTC",
      "2024-03-10T02:00",
    ]);
    expect(read.notes).toEqual(["The file gives moments with their offset from UTC; dates are shown in UTC."]);
  });

  it("where the clock changes, each hour stands once", () => {
    const rows = [
      "2024-11-03T00:00:00-05:00,1",
      "2024-11-03T01:00:00-05:00,2",
      "2024-11-03T01:00:00-06:00,3",
      "2024-11-03T02:00:00-06:00,4",
    ];
    expect(short(load(trends("Time,a: (US)", ...rows)))).toEqual(
      ["05", "06", "07", "08"].map((hour, i) => `2024-11-03T${hour}:00 a ${i + 1}`),
    );
    expect(refused(trends("Time,a: (US)", rows[0], "2024-11-03T01:00:00,2"))).toContain(
      "does not say its offset from UTC",
    );
  });

  it.each([
    ["put back", ["00", "01", "01", "02", "03"]],
    ["put forward", ["00", "01", "03", "04", "05"]],
  ])("a clock without offset that is %s is followed in the file's order", (change, hours) => {
    const read = load(trends("Time,a: (US)", ...hours.map((hour, i) => `2024-03-10T${hour},${i}`)));
    expect(read.rows.map(({ date }) => date.slice(11, 13))).toEqual(["00", "01", "02", "03", "04"]);
    expect([read.timeZone, read.notes.length]).toEqual([null, 1]);
    expect(read.notes[0]).toContain(`was ${change} an hour at 2024-03-10T${hours[2]}`);
  });

  it("two hours lacking, or an hour lacking twice, is no change of the clock", () => {
    for (const hours of [
      ["00", "01", "04", "05"],
      ["00", "01", "03", "04", "06", "07"],
    ]) {
      expect(refused(trends("Time,a: (US)", ...hours.map((hour) => `2024-03-10T${hour},1`)))).toContain(
        "comes 2 hours after".replace("2", hours[2] === "04" ? "3" : "2"),
      );
    }
  });

  it("any offset gives the moment that Date gives", () => {
    const two = (n: number) => String(n).padStart(2, "0");
    const moment = fc.tuple(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: -56, max: 56 }),
    );
    fc.assert(
      fc.property(moment, ([day, minute, quarters]) => {
        const local = stampText(day * 1440 + minute, "minute");
        const offset = `${quarters < 0 ? "-" : "+"}${two(Math.floor(Math.abs(quarters) / 4))}:${two((Math.abs(quarters) % 4) * 15)}`;
        expect(readStamp(`${local}:00${offset}`)?.at).toBe(Date.parse(`${local}:00${offset}`) / 60_000);
      }),
    );
  });
});

describe("Trends saved anew by a spreadsheet", () => {
  const weeks = ["2022-01-02 alpha 5", "2022-01-09 alpha 7", "2022-01-02 beta 0.5 below", "2022-01-09 beta 2"];
  it.each([
    [
      "commas behind the preamble, no blank line",
      "Category: All categories,,\r\nWeek,alpha: (Worldwide),beta: (Worldwide)\r\n2022-01-02,5,<1\r\n2022-01-09,7,2\r\n",
    ],
    [
      "semicolons",
      "Category: All categories;;\n;;\nWeek;alpha: (Worldwide);beta: (Worldwide)\n2022-01-02;5;<1\n2022-01-09;7;2\n;;\n",
    ],
    [
      "tabs",
      "Category: All categories\n\nWeek\talpha: (Worldwide)\tbeta: (Worldwide)\n2022-01-02\t5\t<1\n2022-01-09\t7\t2\n",
    ],
    [
      "a blank first line",
      "\nCategory: All categories\n\nWeek,alpha: (Worldwide),beta: (Worldwide)\n2022-01-02,5,<1\n2022-01-09,7,2\n",
    ],
    [
      "a preamble with a comma",
      "Category: Books, Literature\n\nWeek,alpha: (Worldwide),beta: (Worldwide)\n2022-01-02,5,<1\n2022-01-09,7,2\n",
    ],
    [
      "days as in the United States",
      "Category: All categories,,\nWeek,alpha: (Worldwide),beta: (Worldwide)\n1/2/2022,5,<1\n1/9/2022,7,2\n1/16/2022,9,9\n",
    ],
    [
      "days as in Germany",
      "Kategorie: Alle Kategorien;;\nWoche;alpha: (Weltweit);beta: (Weltweit)\n02.01.2022;5;<1\n09.01.2022;7;2\n16.01.2022;9;9\n",
    ],
  ])("%s", (_, text) => {
    const read = load(text);
    expect(read.granularity).toBe("week");
    expect(short(read).filter((row) => !row.includes("-16 "))).toEqual(weeks);
  });

  it("months as spreadsheets write them", () => {
    for (const dates of [
      ["Jan-21", "Feb-21", "Mar-21"],
      ["2021-01-01", "2021-02-01", "2021-03-01"],
    ]) {
      const read = load(trends("Month,a: (Worldwide)", ...dates.map((date) => `${date},1`)));
      expect([read.granularity, read.series[0].to, read.series[0].missing]).toEqual(["month", "2021-03-01", []]);
    }
  });

  it("where day and month cannot be told apart, it is refused with that sentence", () => {
    expect(refused(trends("Day,a: (Worldwide)", "1/2/2020,5"))).toContain(
      "a spreadsheet has rewritten the dates, and whether day or month comes first cannot be told",
    );
    expect(refused(trends("Month,a: (Worldwide)", "01/01/2021,5", "01/02/2021,6", "01/03/2021,6"))).toContain(
      "cannot be told",
    );
  });
});

it("a place may have brackets of its own, and then two places of one term differ", () => {
  const read = load(trends("Month,alpha: (Myanmar (Burma)),alpha: (Thailand)", "2023-01,5,6", "2023-02,7,8"));
  expect(read.series.map(({ name, place }) => [name, place])).toEqual([
    ["alpha (Myanmar (Burma))", "Myanmar (Burma)"],
    ["alpha (Thailand)", "Thailand"],
  ]);
});

describe("the Pageviews tool", () => {
  const open = 'Date,"Page one","Page two"\n2024-05-01,12,3\n2024-05-02,10,4\n2024-05-03,9,\n2024-05-04,,\n';
  it("leaves the last days empty until they are counted: they are no rows, and named", () => {
    const read = load(open);
    expect(read.rows.map(({ value }) => value)).toEqual([12, 10, 9, 3, 4]);
    expect(read.series.map(({ notCounted, missing }) => [notCounted, missing])).toEqual([
      [["2024-05-04"], []],
      [["2024-05-03", "2024-05-04"], []],
    ]);
    expect(read.notes[0]).toBe(
      "Not counted yet by the service, and no rows: Page one, 2024-05-04; Page two, 2024-05-03, 2024-05-04.",
    );
    expect(attentionSeries(read, "Page two").values).toEqual([3, 4]);
  });

  it("saves JSON with a value for each date of each page", () => {
    const read = load(
      '[{"page":"Cat","color":"red","sum":3,"daily_average":1,"2016-01-01":1,"2016-01-02":2,"2016-01-03":null}]',
      "x.json",
    );
    expect([read.format, read.rows.map(({ value }) => value), read.series[0].notCounted]).toEqual([
      "pageviews-tool",
      [1, 2],
      ["2016-01-03"],
    ]);
  });

  it("is not taken for what any table by date is, unless told", () => {
    for (const table of [
      "Date,arrests,released\n2020-08-09,3000,0\n2020-08-10,2000,1\n",
      '"Date","Volume"\n"2020-08-09",5\n',
      "date,cases\n2020-08-09,5\n",
    ]) {
      expect(refused(table)).toContain("nothing says what it counts");
    }
    const text = "Date,Cat\n2020-08-09,5\n";
    expect(parseAttention(text, { file: "x.csv", format: "pageviews-tool" }).series[0].unit).toBe("views");
    expect(load(text, "pageviews-20200809-20200810.csv").format).toBe("pageviews-tool");
  });
});

describe("services that leave out periods without a count", () => {
  const item = (timestamp: string, granularity: string, more = "") =>
    `{"project":"en.wikipedia","article":"Quiet_page","granularity":"${granularity}","timestamp":"${timestamp}","views":1${more}}`;
  const answer = (granularity: string, ...stamps: string[]) =>
    `{"items":[${stamps.map((stamp) => item(stamp, granularity)).join()}]}`;

  it.each([
    ["hourly", ["2016090100", "2016090102", "2016090104", "2016090106"], 60, 7],
    ["daily", ["2016090100", "2016090300", "2016090500", "2016090700"], 1440, 7],
    ["monthly", ["2016010100", "2016030100", "2016050100", "2016070100"], null, 7],
  ])("%s: the stated granularity is the step, whatever the gaps", (granularity, stamps, step, length) => {
    const read = load(answer(granularity, ...stamps), "x.json");
    expect([read.stepMinutes, attentionSeries(read, undefined, { missing: 0 }).values.length]).toEqual([step, length]);
  });

  it("GDELT's and Media Cloud's days are days", () => {
    const days = ["01", "03", "05", "07"].map((day) => `2026-06-${day}`);
    expect(
      load(`"Date","Series","Value"\n${days.map((day) => `${day},"Article Count",1`).join("\n")}\n`).series[0].missing,
    ).toHaveLength(3);
    const read = load(`date,count\r\n${days.map((day, i) => `${day},${i}`).join("\r\n")}\r\n`);
    expect([
      read.format,
      read.granularity,
      read.series.map(({ name }) => name),
      read.rows.map(({ value }) => value),
    ]).toEqual(["media-cloud", "day", ["count"], [0, 1, 2, 3]]);
  });

  it("whatever days are left out, the sum stays and the gaps are filled", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 16_700, max: 17_100 }), { minLength: 1, maxLength: 60 }), (days) => {
        const stamps = days.map((day) => `${stampText(day * 1440, "day").replaceAll("-", "")}00`);
        const filled = attentionSeries(load(answer("daily", ...stamps), "x.json"), undefined, {
          missing: 0,
        });
        expect(filled.values.length).toBe(Math.max(...days) - Math.min(...days) + 1);
        expect(filled.values.reduce((sum, value) => sum + value, 0)).toBe(days.length);
      }),
      { numRuns: 40 },
    );
  });

  it("dates that are not as stated are refused", () => {
    expect(refused(answer("daily", "2016090100", "2016090112"), "x.json")).toContain(
      'column items.1.timestamp: "2016090112" is not a date in the form YYYYMMDDHH at which a period begins that is daily',
    );
  });

  it("items come as a bare list, too; one title in two projects is two series", () => {
    const list = [item("2016090100", "daily"), item("2016090100", "daily").replace("en.", "de.")].join();
    expect(load(`[${list}]`, "x.json").series.map(({ name }) => name)).toEqual([
      "Quiet page (en.wikipedia)",
      "Quiet page (de.wikipedia)",
    ]);
    const access = [
      item("2016090100", "daily", ',"access":"desktop"'),
      item("2016090100", "daily", ',"access":"mobile-web"'),
    ].join();
    expect(load(`[${access}]`, "x.json").series.map(({ name }) => name)).toEqual([
      "Quiet page (desktop)",
      "Quiet page (mobile-web)",
    ]);
  });

  it("an item that is none says what is there and what is needed", () => {
    expect(
      refused('[{"project":"en.wikipedia","granularity":"weekly","timestamp":2016010100,"views":3.5},7]', "x.json")
        .split("\n")
        .slice(1)
        .map((line) => line.trim()),
    ).toEqual([
      'x.json column items.0.granularity: is "weekly"; hourly, daily or monthly is needed',
      "x.json column items.0.timestamp: is 2016010100; a text YYYYMMDDHH is needed",
      "x.json column items.0.views: is 3.5; a whole number from 0 is needed",
      "x.json column items.1: is 7; an item with project, granularity, timestamp and views is needed",
    ]);
  });
});

describe("other deformations", () => {
  it("a stray quotation mark that makes one row of several is refused with its row", () => {
    expect(
      refused(
        'Date,Series,Value\n2026-06-01,"Article Count,1\n2026-06-02,Article Count",1\n2026-06-03,Article Count,1\n',
      ),
    ).toContain("row 2: has a cell of several lines");
  });

  it("decimal commas of a file with semicolons are read, and thousands are not taken for decimals", () => {
    const G = "Date;Series;Value\n";
    expect(load(`${G}2026-06-01;Volume Intensity;0,0123\n`).rows[0].value).toBe(0.0123);
    expect(load("date;count;total_count;ratio\n2026-08-10;3;30;0,1\n").rows[2].value).toBe(0.1);
    expect(refused(`${G}2026-06-01;Article Count;1.317\n`)).toContain('"1.317" is not a number from 0');
  });

  it("a list of stories is named", () => {
    expect(
      refused("id,indexed_date,language,media_name,media_url,publish_date,title,url\n1,2,3,4,5,6,7,8\n"),
    ).toContain("is a list of stories");
  });
});
