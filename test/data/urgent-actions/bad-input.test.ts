import { afterEach, describe, expect, it } from "vitest";
import { loadPrisoners, loadUrgentActions, normalisedSpelling } from "../../../lib/data/urgent-actions";
import { describeProblem } from "../../../lib/files";
import { controlGroup } from "../../../lib/paper/control-group";
import { dataError, removeFolders } from "../support";
import { changed, folderOf, PRISONERS, type PrisonerCells, REPORTS, type ReportCells } from "./fixture";

afterEach(removeFolders);

describe("rows of urgent_actions.csv that are errors", () => {
  it.each<[string, number, ReportCells, string]>([
    [
      "an index number of another country",
      3,
      { country: "Russia" },
      "urgent_actions.csv row 5, column index: ASA 17/2111/2015: the code ASA 17 is China's and not that of Russia, EUR 46",
    ],
    [
      "a code that no target country has",
      8,
      { index: "EUR 50/001/2009" },
      "row 10, column index: EUR 50/001/2009: the code EUR 50 is not that of Russia, EUR 46",
    ],
    ["no index number", 0, { index: "MDE 13" }, 'row 2, column index: "UA 001/10 MDE 13" holds no index number'],
    ["no case number", 0, { ua: "1/10" }, "row 2, column ua: "],
    [
      "a document older than its case",
      0,
      { ua: "UA 001/11" },
      "row 2, column index: MDE 13/001/2010 is older than its case",
    ],
    [
      "a person in two countries",
      7,
      { person: "IR-0001" },
      'row 9, column country: "IR-0001" is in North Korea here and in Iran in row 2',
    ],
    ["a person of two sexes", 1, { sex: "male" }, 'row 3, column sex: "IR-0001" is male here and female in row 2'],
    [
      "a document with two dates",
      2,
      { date: "2010-09-02" },
      "row 4, column date: MDE 13/009/2010 has 2010-09-02 here and 2010-09-01 in row 3",
    ],
    ["a document in two cases", 2, { ua: "UA 002/10" }, "row 4, column ua: MDE 13/009/2010 has UA 002/10 here"],
    ["a document of two kinds", 2, { kind: "outcome" }, "row 4, column kind: MDE 13/009/2010 has outcome here"],
    [
      "a person twice in one report",
      2,
      { person: "IR-0001", sex: "female" },
      "row 4, column index: index and person are as in row 3",
    ],
    ["a country outside the thirteen", 0, { country: "Iraq" }, 'row 2, column country: "Iraq" is not one of'],
    [
      "a concern that is neither yes nor no",
      0,
      { legal: "maybe" },
      'row 2, column legal: "maybe" is not one of: yes, no',
    ],
  ])("%s", (_, at, cells, message) => {
    const from = folderOf({ reports: changed(REPORTS, at, cells) });
    const { problems } = dataError(() => loadUrgentActions({ from }));
    expect(problems.map(describeProblem).join("\n")).toContain(message);
  });

  it("are all reported at once, in the order of the file", () => {
    const reports = changed(changed(REPORTS, 8, { index: "EUR 50/001/2009" }), 0, { ua: "none" });
    const { problems } = dataError(() => loadUrgentActions({ from: folderOf({ reports }) }));
    expect(problems.map(({ row, column }) => [row, column])).toEqual([
      [2, "ua"],
      [10, "index"],
    ]);
  });
});

describe("rows of prisoners.csv that are errors", () => {
  it.each<[string, number, PrisonerCells, string]>([
    [
      "a release before the arrest",
      0,
      { released: "2010-01-01" },
      "prisoners.csv row 2, column released: 2010-01-01 is before detained (2010-02-01)",
    ],
    [
      "two months or more that were less",
      0,
      { released: "2010-03-15" },
      "row 2, column custody: by the dates she was held for 1.5 months at most (2010-02-01 to 2010-03-15), which is less than 2",
    ],
    [
      "under two months that were more",
      2,
      { released: "2003-03-01" },
      "row 4, column custody: by the dates she was held for 2.0 months at least",
    ],
    [
      "held on a day two months later",
      2,
      { released: "", observed_until: "2003-06-01" },
      "row 4, column custody: by the dates she was held for 5.0 months at least",
    ],
    [
      "a prisoner without a date of detention",
      0,
      { detained: "", released: "", observed_until: "2011-01-01" },
      "row 2, column detained: is empty",
    ],
    [
      "a release without a date of detention",
      2,
      { detained: "" },
      "row 4, column detained: is empty, but a release is given",
    ],
    ["neither release nor last day", 0, { released: "" }, "row 2, column observed_until: is empty"],
    [
      "a date without a detention",
      3,
      { detained: "2012-01-01" },
      'row 5, column detained: a date is given, but custody is "no detention reported"',
    ],
    [
      "a last day without a detention",
      3,
      { observed_until: "2012-01-01" },
      "row 5, column observed_until: a date is given",
    ],
    [
      "a last day after the follow-up",
      4,
      { observed_until: "2018-09-02" },
      "row 6, column observed_until: 2018-09-02 is after the end of follow-up",
    ],
    [
      "a last day before the detention",
      4,
      { observed_until: "2012-03-31" },
      "row 6, column observed_until: 2012-03-31 is before the detention",
    ],
    [
      "a last day after the release",
      0,
      { observed_until: "2011-03-01" },
      "row 2, column observed_until: 2011-03-01 is after the release",
    ],
    [
      "a detention after the launch",
      0,
      { detained: "2015-10-01", released: "2016-01-01" },
      "row 2, column detained: 2015-10-01 is after the launch",
    ],
    ["a woman twice", 1, { person: "IR-0001" }, 'row 3, column person: "IR-0001" stands in row 2 already'],
  ])("%s", (_, at, cells, message) => {
    const from = folderOf({ prisoners: changed(PRISONERS, at, cells) });
    const { problems } = dataError(() => loadPrisoners({ from }));
    expect(problems.map(describeProblem).join("\n")).toContain(message);
  });

  it("dates that leave it open are no contradiction", () => {
    const prisoners = changed(PRISONERS, 0, { detained: "2010-02", released: "2010-04" });
    expect(loadPrisoners({ from: folderOf({ prisoners }) }).rows).toHaveLength(7);
  });
});

describe("files that contradict each other", () => {
  it.each<[string, number, PrisonerCells, string]>([
    [
      "on a country",
      0,
      { country: "Egypt" },
      'row 2, column country: "IR-0001" is in Egypt here and in Iran in the reports',
    ],
    ["on a sex", 6, { person: "IR-0002", country: "Iran" }, 'row 8, column person: "IR-0002" is a man in the reports'],
  ])("%s", (_, at, cells, message) => {
    const from = folderOf({ prisoners: changed(PRISONERS, at, cells) });
    const { problems } = dataError(() => controlGroup(loadUrgentActions({ from }), loadPrisoners({ from })));
    expect(problems.map(describeProblem).join("\n")).toContain(message);
  });

  it("a date policy that leaves no time in custody names the row", () => {
    const prisoners = changed(PRISONERS, 0, { detained: "2010-02-01", released: "2010" });
    const from = folderOf({ prisoners });
    expect(() => controlGroup(loadUrgentActions({ from }), loadPrisoners({ from }), { policy: "earliest" })).toThrow(
      /prisoners.csv row 2: IR-0001 would be held from 2010-02-01 to 2010-01-01/,
    );
  });
});

describe("normalisedSpelling", () => {
  it.each([
    ["Phạm, Thị Hoài", "Thi Hoai PHAM"],
    ["Xədicə İsmayılova", "xadica ismayilova"],
    ["IR-0042", "ir 0042"],
  ])("%s is like %s", (a, b) => {
    expect(normalisedSpelling(a)).toBe(normalisedSpelling(b));
  });

  it("keeps numbers apart", () => {
    expect(normalisedSpelling("IR-0042")).not.toBe(normalisedSpelling("IR-0043"));
  });
});
