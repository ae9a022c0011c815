import { afterEach, describe, expect, it } from "vitest";
import { loadFreeThe20, loadJournalists, loadLongList } from "../../lib/data";
import { describeProblem } from "../../lib/files";
import type { Edit } from "./support";
import { dataError, folderWithCells, removeFolders } from "./support";

afterEach(removeFolders);

// Rows of data/freethe20.csv as a spreadsheet counts them.
const GAO_YU = 8;
const ASTER = 9;
const KAMILOVA = 10;

function problemsOf(...edits: Edit[]) {
  const from = folderWithCells("freethe20.csv", ...edits);
  return dataError(() => loadFreeThe20({ from })).problems;
}

/** The only problem after changing cells, as one line without the folder. */
function lineOf(...edits: Edit[]) {
  const problems = problemsOf(...edits);
  expect(problems).toHaveLength(1);
  return describeProblem(problems[0]);
}

describe("a cell that makes no sense on its own", () => {
  it.each([
    ["released", "2016-13-01", '"2016-13-01" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)'],
    ["released", "2015-02-29", '"2015-02-29" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)'],
    ["detained", "spring 2014", '"spring 2014" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)'],
    ["released_latest", "2016-06-31", '"2016-06-31" is not a day of the calendar (YYYY-MM-DD)'],
    ["released_latest", "2016-06", '"2016-06" is not a day of the calendar (YYYY-MM-DD)'],
    ["feature_day", "seven", '"seven" is not a whole number'],
    ["feature_day", "7.5", '"7.5" is not a whole number'],
    ["feature_day", "1e1", '"1e1" is not a whole number'],
    ["feature_day", "0", "0 is less than 1, the smallest allowed"],
    ["feature_day", "21", "21 is more than 20, the largest allowed"],
    ["id", "Gao Yu", '"Gao Yu" is not as ^[a-z0-9]+(-[a-z0-9]+)*$ asks'],
    ["provenance", "invented", '"invented" is not one of: public-record, synthetic, published'],
    ["sources_released", "see above", '"see above" is not as ^https?://'],
    ["sources_released", "javascript:alert(1)", '"javascript:alert(1)" is not as ^https?://'],
    [
      "sources_released",
      "https://a.org |https://b.org",
      '"https://a.org |https://b.org" is not as ^https?://[^\\s<>"]+$ asks; items are separated by " | "',
    ],
  ])("%s = %j", (column, value, message) => {
    const problems = problemsOf([GAO_YU, column, value]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ row: GAO_YU, column, value });
    expect(describeProblem(problems[0])).toContain(`freethe20.csv row ${GAO_YU}, column ${column}: ${message}`);
  });

  it("outside its enumeration: lists the values and names the nearest", () => {
    const line = lineOf([GAO_YU, "country", "Chima"]);
    expect(line).toMatch(/"Chima" is not one of: Azerbaijan, China, .*Vietnam, did you mean "China"\?$/);
  });

  it.each(["", "NA", ".", "  "])("%j in a required field is an error", (value) => {
    const problems = problemsOf([GAO_YU, "country", value]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ rule: "required", row: GAO_YU, column: "country", value });
    expect(problems[0].message).toContain("a value is required");
  });

  it.each(["", "NA", "."])("%j in an optional field is null, in a list an empty list", (value) => {
    const edits: Edit[] = ["notes", "released_earliest", "released_latest", "alternative_names"].map(
      (column): Edit => [GAO_YU, column, value],
    );
    const row = loadFreeThe20({ from: folderWithCells("freethe20.csv", ...edits) }).rows[GAO_YU - 2];
    expect(row.label).toBe("Gao Yu");
    expect([row.notes, row.released_earliest, row.released_latest]).toEqual([null, null, null]);
    expect(row.alternative_names).toEqual([]);
  });

  it("a value that must be unique: names both rows", () => {
    expect(lineOf([GAO_YU, "feature_day", "1"])).toBe(
      'freethe20.csv row 8, column feature_day: "1" stands in row 2 already; values of this column differ',
    );
  });
});

describe("cells that contradict each other", () => {
  it.each([
    ["release before arrest", "release-after-detention", [[GAO_YU, "released", "2014-04-23"]], "released"],
    ["release in a year before arrest", "release-after-detention", [[GAO_YU, "released", "2013"]], "released"],
    [
      "bounds of a release before arrest",
      "release-after-detention",
      [
        [GAO_YU, "released", ""],
        [GAO_YU, "released_earliest", "2014-01-01"],
        [GAO_YU, "released_latest", "2014-02-01"],
      ],
      "released_earliest",
    ],
    ["release after the follow-up", "release-within-follow-up", [[GAO_YU, "released", "2018-09-02"]], "released"],
    ["release that could be after it", "release-within-follow-up", [[GAO_YU, "released", "2018"]], "released"],
    ["detention after the launch", "detained-before-launch", [[KAMILOVA, "detained", "2015-09-02"]], "detained"],
    [
      "bounds out of order",
      "release-interval",
      [
        [GAO_YU, "released_earliest", "2016-02-01"],
        [GAO_YU, "released_latest", "2016-01-01"],
      ],
      "released_earliest",
    ],
    ["one bound without the other", "release-interval", [[GAO_YU, "released_latest", "2016-01-01"]], "released_latest"],
    [
      "bounds that exclude the report",
      "release-interval",
      [
        [GAO_YU, "released_earliest", "2016-01-01"],
        [GAO_YU, "released_latest", "2016-02-01"],
      ],
      "released_earliest",
    ],
    [
      "bounds of detention out of order",
      "detention-interval",
      [
        [GAO_YU, "detained_earliest", "2014-05-01"],
        [GAO_YU, "detained_latest", "2014-04-01"],
      ],
      "detained_earliest",
    ],
    [
      "a public-record detention without a page",
      "detention-sourced",
      [[GAO_YU, "sources_detained", ""]],
      "sources_detained",
    ],
    [
      "a public-record release without a page",
      "release-sourced",
      [[GAO_YU, "sources_released", ""]],
      "sources_released",
    ],
  ] satisfies [string, string, Edit[], string][])("%s", (_, rule, edits, column) => {
    const problems = problemsOf(...edits);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ rule, column, row: edits[0][0] });
  });

  it("a release without a date, and a date without a release", () => {
    const without = problemsOf([GAO_YU, "released", ""]);
    expect(without.map(({ rule }) => rule)).toEqual(["release-has-date", "evidence-matches"]);
    const withDate = problemsOf([ASTER, "released", "2016-01-01"]);
    expect(withDate.map(({ rule, column, value }) => [rule, column, value])).toEqual([
      ["release-has-date", "release_kind", "no release reported"],
      ["evidence-matches", "release_evidence", "none"],
    ]);
  });

  it("a journalist released after the launch", () => {
    const from = folderWithCells("journalists.csv", [2, "released", "2015-09-30"]);
    expect(dataError(() => loadJournalists({ from })).problems[0].rule).toBe("released-before-launch");
  });

  it("says what was found, the limit, and the rule", () => {
    expect(lineOf([GAO_YU, "released", "2018"])).toBe(
      "freethe20.csv row 8, column released: 2018 could be after the end of follow-up (2018-09-01); " +
        "no release is recorded after the end of follow-up; leave a later one empty, since she was then still detained on that day",
    );
  });

  it("accepts dates on the limits", () => {
    const edits: Edit[] = [
      [GAO_YU, "released", "2018-09-01"],
      [KAMILOVA, "detained", "2015-09-01"],
    ];
    expect(loadFreeThe20({ from: folderWithCells("freethe20.csv", ...edits) }).rows).toHaveLength(19);
  });
});

describe("several problems", () => {
  it("come together, in the order of the rows", () => {
    const problems = problemsOf(
      [GAO_YU, "released", "2014-04-23"],
      [3, "feature_day", "x"],
      [3, "country", "Atlantis"],
      [20, "detained", ""],
    );
    expect(problems.map(({ row, column, rule }) => [row, column, rule])).toEqual([
      [3, "country", "enum"],
      [3, "feature_day", "type"],
      [GAO_YU, "released", "release-after-detention"],
      [20, "detained", "required"],
    ]);
  });

  it("are shown up to twenty, the rest is counted, and all are in `problems`", () => {
    const rows = Array.from({ length: 19 }, (_, i) => i + 2);
    const edits = rows.flatMap((row): Edit[] => [
      [row, "detained", "x"],
      [row, "country", "x"],
    ]);
    const error = dataError(() => loadFreeThe20({ from: folderWithCells("freethe20.csv", ...edits) }));
    expect(error.problems).toHaveLength(38);
    expect(error.message).toContain("38 problems:");
    const lines = error.message.split("\n");
    expect(lines).toHaveLength(1 + 20 + 1);
    expect(lines.at(-1)).toBe("  and 18 more");
  });

  it("of the long list are found too", () => {
    const from = folderWithCells("long_list.csv", [4, "released", "2019"], [5, "id", "LL-01"]);
    const { problems } = dataError(() => loadLongList({ from }));
    expect(problems.map(({ row, rule }) => [row, rule])).toEqual([
      [4, "release-within-follow-up"],
      [4, "release-has-date"],
      [5, "unique"],
    ]);
  });
});

it("keeps markup and formulas as the text they are", () => {
  const from = folderWithCells(
    "freethe20.csv",
    [GAO_YU, "name", "<script>alert(1)</script>"],
    [GAO_YU, "notes", '=HYPERLINK("http://x")'],
  );
  const row = loadFreeThe20({ from }).rows[GAO_YU - 2];
  expect([row.label, row.notes]).toEqual(["<script>alert(1)</script>", '=HYPERLINK("http://x")']);
});
