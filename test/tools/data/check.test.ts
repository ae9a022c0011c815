import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkFolder } from "../../../tools/data/check-folder";
import { checkAll } from "../../../tools/data/checks";
import { codebook } from "../../../tools/data/codebook";
import { emptyFolder, folderWith, folderWithCells, removeFolders } from "../../data/support";

afterEach(() => {
  delete process.env.HRD_ROOT;
  removeFolders();
});

/** The problems of each file after a change to a copy of the project. */
function problemsAfter(file: string, edit: (text: string) => string): Record<string, readonly string[]> {
  const root = emptyFolder();
  cpSync("data", join(root, "data"), { recursive: true });
  mkdirSync(join(root, "lib", "data", "schema"), { recursive: true });
  cpSync("lib/data/schema/rows.ts", join(root, "lib/data/schema/rows.ts"));
  const before = readFileSync(join(root, file), "utf8");
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(join(root, file), after);
  process.env.HRD_ROOT = root;
  const broken = checkAll().filter((result) => result.problems.length > 0);
  return Object.fromEntries(broken.map((result) => [result.file, result.problems]));
}

const PACKAGE = "data/datapackage.json";
const women = "data/freethe20.csv";

describe("npm run data:check", () => {
  it("finds a number of rows in the prose that has grown old", () => {
    const problems = problemsAfter("data/README.md", (text) => text.replace("| 455 |", "| 1,455 |"));
    expect(problems).toEqual({ "data/README.md": ["says that prisoners.csv has 1,455 rows; it has 455"] });
  });

  it("finds nothing in the committed files", () => {
    const results = checkAll();
    expect(results.flatMap((result) => result.problems)).toEqual([]);
    expect(results.map((result) => result.file)).toEqual([
      PACKAGE,
      women,
      "data/journalists.csv",
      "data/long_list.csv",
      "data/freethe20_concerns.csv",
      "data/urgent_actions.csv",
      "data/prisoners.csv",
      "data/examples",
      "data/evidence.csv",
      "data/published.json",
      "data/attention",
      "data/README.md",
      "lib/data/schema/rows.ts",
    ]);
  });

  it.each([
    ["an impossible date", women, "2016-05-25", "2016-05-32", "row 3, column released"],
    ["a count stated wrongly", PACKAGE, '"released": 17', '"released": 18', 'the coding "published-article" states'],
    ["a synthetic row among the public record", women, ",public-record", ",synthetic", "has the provenance synthetic"],
    [
      "another day in the long list",
      "data/long_list.csv",
      "2018-05-27",
      "2018-05-28",
      "is not what tools/data/long-list.ts makes",
    ],
    [
      "another day in a series of attention",
      "data/attention/media-cloud-synthetic.csv",
      "2015-09-01,41,31325,0.00130886",
      "2015-09-01,42,31325,0.00134078",
      "attention/media-cloud-synthetic.csv is not what tools/data/attention.ts makes",
    ],
    [
      "a series of attention that is called public",
      PACKAGE,
      '"provenance": "synthetic",\n      "format": "attention-export"',
      '"provenance": "published",\n      "format": "attention-export"',
      "attention/trends-weekly-synthetic.csv is not called synthetic",
    ],
    ["a printed region changed", "data/published.json", '["Venezuela"]', '["Brazil"]', "its regions are not those of"],
    ["an edit of rows.ts", "lib/data/schema/rows.ts", "readonly notes", "readonly note", "run npm run data:generate"],
    [
      "a label for no value",
      PACKAGE,
      '"value": "exile"',
      '"value": "exiled"',
      "categories of release_kind are not the values",
    ],
    ["a pattern that is none", PACKAGE, '"^https?://', '"^(https?://', "pattern of sources_detained does not compile"],
    [
      "a concern without a page",
      "data/freethe20_concerns.csv",
      "wang-yu,unknown,yes",
      "wang-yu,yes,yes",
      "wang-yu: prisonerOfConscience is yes and has no page; a yes has one, and nothing else has",
    ],
    ["concerns about nobody", "data/freethe20_concerns.csv", "\nwang-yu,", "\nwang-yi,", "has no row for wang-yu"],
    [
      "an invented person with a name",
      "data/urgent_actions.csv",
      ",IR-0001,",
      ",Somebody,",
      "Somebody: invented people have identifiers such as IR-0042",
    ],
    [
      "a prisoner said to be public record",
      "data/prisoners.csv",
      ",synthetic",
      ",public-record",
      "so not featured and synthetic",
    ],
    [
      "a featured woman's date that is not that of the public record",
      "data/prisoners.csv",
      "khadija-ismayilova,Azerbaijan,yes,two months or more,2014-12-05",
      "khadija-ismayilova,Azerbaijan,yes,two months or more,2014-12-06",
      "khadija-ismayilova: country, dates or provenance are not those of freethe20.csv",
    ],
    ["a rule about no column", PACKAGE, '"limit": "detained"', '"limit": "arrested"', "arrested"],
    ["a region without its country", PACKAGE, '"Venezuela"]', '"Brazil"]', "Venezuela is in no region"],
    ["a misspelt property", PACKAGE, '"fieldsMatch"', '"fieldMatch"', "fieldMatch"],
  ])("finds %s", (_, file, from, to, message) => {
    const problems = problemsAfter(file, (text) => text.replace(from, to));
    expect(Object.values(problems).flat().join("\n")).toContain(message);
  });

  it("finds a file that the data package does not describe", () => {
    const problems = problemsAfter(PACKAGE, (text) => text.replace('"path": "journalists.csv"', '"path": "j.csv"'));
    expect(problems[PACKAGE]).toContain("does not describe data/journalists.csv");
    expect(problems["data/journalists.csv"][0]).toContain("expected j.csv or j.tab");
  });
});

describe("a folder of somebody's own (HRD_DATA)", () => {
  it("is checked file by file, and what nothing reads is named", () => {
    const from = folderWith("notes.txt", "x");
    expect(checkFolder(from).flatMap(({ problems }) => problems)).toEqual([]);
    expect(checkFolder(from).map(({ file, summary }) => [file.split("/").at(-1), summary])).toEqual([
      ["evidence.csv", "26 rows"],
      ["freethe20.csv", "19 rows"],
      ["journalists.csv", "3 rows"],
      ["long_list.csv", "37 rows"],
      ["notes.txt", "is read by nothing: no file of the data package"],
      ["published.json", expect.stringMatching(/^\d+ rows$/)],
    ]);
  });

  it("a wrong date is found, and so are a folder without files and none at all", () => {
    const from = folderWithCells("freethe20.csv", [3, "released", "2016-13-41"]);
    const [, women] = checkFolder(from);
    expect(women.problems.join()).toContain('freethe20.csv row 3, column released: "2016-13-41" is not a date');
    expect(checkFolder(emptyFolder())[0].problems[0]).toContain("it holds none of the files that are read: freethe20,");
    expect(checkFolder("no/such")[0].problems).toEqual(["HRD_DATA names it, and there is no such folder"]);
  });
});

describe("on the command line", () => {
  it("HRD_DATA names the folder that is checked", () => {
    const from = folderWithCells("freethe20.csv", [3, "released", "2016-13-41"]);
    const { status, stdout } = run("--quiet", process.cwd(), from);
    expect(status).toBe(1);
    expect(stdout).toContain(`"2016-13-41" is not a date`);
    expect(stdout).toContain(`FAIL ${from}/freethe20.csv`);
  });

  const run = (argument: string, root = process.cwd(), data = "") => {
    const env = { ...process.env, HRD_ROOT: root, HRD_DATA: data };
    return spawnSync("node", ["tools/launch.mjs", "tools/data/check.ts", argument], {
      encoding: "utf8",
      env,
    });
  };

  it("--quiet prints one line a file and exits with 0", () => {
    const { status, stdout } = run("--quiet");
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.slice(0, 5)),
    ).toEqual(Array(checkAll().length).fill("ok   "));
  });

  it("exits with 1 and shows the place when something is wrong", () => {
    problemsAfter(women, (text) => text.replace("2016-05-25", "2016-05-32"));
    const { status, stdout } = run("--quiet", process.env.HRD_ROOT);
    expect(status).toBe(1);
    expect(stdout).toContain('freethe20.csv row 3, column released: "2016-05-32" is not a date');
  });

  it("refuses an option that it does not know", () => {
    const { status, stderr } = run("--quite");
    expect(status).toBe(1);
    expect(stderr).toContain("not --quite");
  });
});

describe("the codebook", () => {
  const lines = codebook().split("\n");

  it("has every column, value and coding, in lines of at most 88 characters", () => {
    const text = lines.join("\n");
    for (const word of ["released_earliest", "conditional release before launch:", 'Coding "broad"', "[synthetic]"]) {
      expect(text).toContain(word);
    }
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(88);
  });
});
