import { expect, test } from "vitest";
import { isoDay } from "../../lib/dates";
import { RecordSplitter } from "../../lib/files";
import type { CampaignMapping } from "../../lib/own-campaign";
import { fileFormat } from "../../lib/own-campaign/formats";
import { RowCollector } from "../../lib/own-campaign/rows";
import { fc } from "../support/property";
import { SMALL } from "./support";

/** What reading a text gives, and how many of its rows were read as lines. */
function reading(text: string, mapping: CampaignMapping, plainRows: boolean) {
  const format = fileFormat(text.split(/[\r\n]/)[0]);
  const collector = new RowCollector("x", format, mapping, text.split("\n").slice(0, 10), { plainRows });
  let lines = 0;
  const { delimiter } = format;
  const splitter = new RecordSplitter("x", { delimiter, bareQuotes: delimiter === "\t" });
  const given = () => {
    splitter.push(
      text,
      (record, row, quoted) => collector.take(record, row, quoted),
      true,
      (line, from, end, row) => {
        const taken = collector.takeLine(line, from, end, row);
        if (taken) lines += 1;
        return taken;
      },
    );
    return { ends: [collector.endsAreLastSeen, collector.allDated], data: collector.finish() };
  };
  try {
    return { lines, found: given(), lineCount: () => lines };
  } catch (error) {
    const problems = error instanceof Error && "problems" in error ? error.problems : null;
    return { lines, found: [String(error), problems], lineCount: () => lines };
  }
}

const odd = [
  "NA",
  ".",
  " ",
  "2016",
  "2016-03",
  "03.2016",
  "05/2016",
  "2016-02-30",
  "9999-12-31",
  "1970-01-01",
  "1900-01-01",
  "2560-05-01",
  "2017-13-01",
  "2016-05-04 10:15",
  " 2016-05-04",
  "\u200e2016-05-04",
  "soon",
  "2199-01-01",
];
const styles = [
  ["%Y-%m-%d", (iso: string) => iso],
  ["%d.%m.%Y", (iso: string) => iso.split("-").reverse().join(".")],
  ["%m/%d/%Y", (iso: string) => iso.replace(/(.*)-(.*)-(.*)/, "$2/$3/$1")],
] as const;

/** Days after the detention; mostly, so that most rows are in order. */
const later = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 1500 }) }, fc.integer({ min: -40, max: 3 }));
const word = (wild: boolean) =>
  fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, { weight: wild ? 2 : 0, arbitrary: fc.constantFrom(...odd) });
const some = <T>(arbitrary: fc.Arbitrary<T>, of: number) =>
  fc.oneof({ weight: of, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

/** Rows of a file, with dates as days and what stands in their place now and then. */
const fileOf = (style: (iso: string) => string, wild: boolean) =>
  fc.array(
    fc
      .record({
        id: fc.oneof(
          { weight: 20, arbitrary: fc.stringMatching(/^[a-zé]{1,3}[0-9]{1,4}$/) },
          fc.constantFrom(...(wild ? ["p 1", "", "NA", "Ada "] : ["p1"])),
        ),
        day: fc.integer({ min: 16_071, max: 17_800 }),
        ends: fc.constantFrom("released", "released", "died", "none", "both"),
        released: later,
        died: later,
        seen: some(later, 3),
        words: fc.tuple(word(wild), word(wild), word(wild), word(wild)),
        status: fc.constantFrom("REL", "REL", "DIED", "HELD", "GONE", ...(wild ? ["REL?", "BAD", "", "?"] : [])),
        appeal: fc.constantFrom("yes", "no", "no", ...(wild ? ["", "maybe", " yes"] : [])),
        age: fc.constantFrom("20", "31", "4.5", ...(wild ? ["", "NA", "old", "1,5"] : [])),
        place: fc.constantFrom("Kyïv", "a b", "x", "", "Łódź"),
        source: fc.constantFrom("own", "own", "synthetic", ...(wild ? ["", "none"] : [])),
      })
      .map(({ day, ends, released, died, seen, words, ...row }) => {
        const date = (days: number | null, i: number) => words[i] ?? (days === null ? "" : style(isoDay(day + days)));
        const has = (end: string) => ends === end || ends === "both";
        return {
          ...row,
          detained: date(0, 0),
          released: date(has("released") ? released : null, 1),
          died: date(has("died") ? died : null, 2),
          seen: date(seen, 3),
        };
      }),
    { minLength: 1, maxLength: 40 },
  );

const STATUSES = {
  REL: "released",
  DIED: "died",
  HELD: "held",
  GONE: "escaped",
  "REL?": { means: "released", alleged: true },
  BAD: "unusable",
} as const;

const mappings = (dateFormat: string) =>
  fc
    .record({
      id: fc.boolean(),
      died: fc.boolean(),
      seen: fc.constantFrom("no", "no", "seen", "released"),
      status: fc.boolean(),
      source: fc.boolean(),
      zero: fc.constantFrom("detained", "day", "column"),
      treatment: fc.constantFrom("none", "column", "control", "empty", "ids", "date"),
      observedFrom: fc.boolean(),
      alleged: fc.constantFrom("event", "censored", "set aside"),
      undated: fc.constantFrom("set aside", "interval"),
      faultyRows: fc.constantFrom("refuse", "set aside", "set aside"),
      policy: fc.constantFrom("reported", "earliest", "midpoint", "latest"),
      unit: fc.constantFrom(undefined, "days", "months", "calendar months"),
    })
    .map(({ id, died, seen, status, source, zero, treatment, observedFrom, unit, ...rest }): CampaignMapping => {
      const has = status || seen === "released";
      return {
        ...SMALL,
        ...rest,
        ...(unit === undefined ? {} : { unit: unit as "days" }),
        dateFormat,
        endOfFollowUp: "2018-06-30",
        timeZero: zero === "day" ? { day: "2015-07-09" } : zero === "column" ? { column: "seen" } : "detained",
        ...(observedFrom && zero === "detained" && { observedFrom: "2016-01-01" }),
        columns: {
          ...(id && { id: "id" }),
          detained: "detained",
          released: "released",
          ...(died && { died: "died" }),
          ...(seen !== "no" && { lastSeen: seen }),
          ...(has && { status: "status" }),
          ...(source && { provenance: "source" }),
          country: "place",
          covariates: ["age", "place", { column: "appeal", as: "category" }],
        },
        ...(has ? { statuses: STATUSES } : {}),
        treatment: TREATMENTS[treatment],
      };
    });

const TREATMENTS: Readonly<Record<string, CampaignMapping["treatment"]>> = {
  none: { kind: "none" },
  column: { kind: "column", column: "appeal", treated: ["yes"] },
  control: { kind: "column", column: "appeal", treated: ["yes"], control: ["no"] },
  empty: { kind: "column", column: "appeal", treated: ["yes"], empty: "control" },
  ids: { kind: "ids", ids: ["p1"] },
  date: { kind: "date", column: "detained", from: "2015-07-09", until: "2017-01-01" },
};

const COLUMNS = ["id", "detained", "released", "died", "seen", "status", "appeal", "age", "place", "source"] as const;

const cases = fc.tuple(fc.constantFrom(...styles), fc.boolean()).chain(([[dateFormat, style], wild]) =>
  fc.record({
    mapping: mappings(dateFormat),
    rows: fileOf(style, wild),
    delimiter: fc.constantFrom(",", ";", "\t"),
    quotes: fc.constantFrom("none", "all", "some"),
    newline: fc.constantFrom("\n", "\r\n"),
    ragged: fc.boolean().map((one) => one && wild),
  }),
);

test("rows that need no second look are read as all rows are, to the last bit and with the same report and faults", () => {
  let read = 0;
  let rows = 0;
  fc.assert(
    fc.property(cases, ({ mapping, rows: records, delimiter, quotes, newline, ragged }) => {
      const cellOf = (text: string, i: number) =>
        quotes === "all" || (quotes === "some" && i % 2 === 0) || text.includes(delimiter) ? `"${text}"` : text;
      const lines = records.map((record) => COLUMNS.map((name, i) => cellOf(record[name], i)).join(delimiter));
      if (ragged) lines.splice(1, 0, "", `"a ""b""${newline}c"${delimiter}x`, "one");
      const text = [COLUMNS.join(delimiter), ...lines].join(newline) + newline;
      const [fast, slow] = [reading(text, mapping, true), reading(text, mapping, false)];
      expect(fast.found).toEqual(slow.found);
      expect(slow.lineCount()).toBe(0);
      read += fast.lineCount();
      rows += records.length;
    }),
    { numRuns: process.env.HRD_EVERY === "1" ? 5000 : 120 },
  );
  // Not a few of them were read so, of files that are mostly wrong somewhere.
  expect(read / rows).toBeGreaterThan(0.1);
});

test("so are rows whose detention is known to the month or the year, where custody ended later", () => {
  const mapping: CampaignMapping = {
    ...SMALL,
    dateFormat: "%Y-%m-%d",
    columns: { id: "id", detained: "detained", released: "released" },
    treatment: { kind: "none" },
  };
  const days = ["2015-03", "2015", "2015-03-04", "2015-00-00"];
  const ends = ["2016-02-01", "2015-03-31", "2015-03-15", ""];
  const rows = days.flatMap((detained) => ends.map((released) => [detained, released]));
  const text = ["id,detained,released", ...rows.map((row, i) => [`p${i}`, ...row].join(","))].join("\n");
  for (const policy of ["reported", "earliest", "midpoint", "latest"] as const) {
    const [fast, slow] = [true, false].map((plain) => reading(text, { ...mapping, policy }, plain));
    expect(fast.found).toEqual(slow.found);
    // The first row is read as a record. Left to the slow way: ends on the last day of March and on 15 March 2015 that lie within
    // what is known of the detention.
    expect(fast.lineCount()).toBe(rows.length - 1 - 5);
  }
});
