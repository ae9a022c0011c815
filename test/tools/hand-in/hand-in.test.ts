import { describe, expect, test } from "vitest";
import { digest } from "../../../lib/teaching/digest";
import { classCsv, classReport } from "../../../tools/hand-in/class-report";
import { isRefused, readHandIn } from "../../../tools/hand-in/read";
import { handInFile, handInText, sealOf } from "../../../tools/hand-in/sealed";
import { BEGAN, EXERCISES, fileOf, handIn } from "./made-up-class";

describe("a sealed hand-in", () => {
  const ana = handIn("Ana María Núñez", { "90-a": "12" });

  test("reads back as it was, whatever the order of its keys", () => {
    const read = readHandIn(fileOf(ana));
    if (isRefused(read)) throw new Error(read.reason);
    expect(read.handIn).toEqual(ana);
    expect(read.sealed).toBe(true);
    const reversed = Object.fromEntries(Object.entries(JSON.parse(handInText(ana))).reverse());
    expect(readHandIn({ name: "x", text: JSON.stringify(reversed) })).toMatchObject({ sealed: true });
    expect(sealOf({ ...ana, student: "Ana" })).not.toBe(sealOf(ana));
  });

  test("its name keeps letters of all scripts and has no path", () => {
    expect(handInFile(ana)).toBe("90-made-up-ana-maría-núñez.hand-in.json");
    expect(handInFile({ notebook: "01-long-list", student: "../../etc/passwd" })).toBe(
      "01-long-list-etc-passwd.hand-in.json",
    );
    expect(handInFile({ notebook: "01-long-list", student: "" })).toBe("01-long-list.hand-in.json");
  });

  test.each([
    ["a mark", (text: string) => text.replace('"typed": "12"', '"typed": "13"')],
    ["a time", (text: string) => text.replace("10:42:10", "10:22:10")],
    ["a letter of the code", (text: string) => text.replace("// Ana", "// Anb")],
    [
      "the seal",
      (text: string) =>
        text.replace(/"seal": "./, (found) => `${found.slice(0, -1)}${found.endsWith("0") ? "1" : "0"}`),
    ],
  ])("%s that was changed no longer fits", (_, change) => {
    const text = change(handInText(ana));
    expect(text).not.toBe(handInText(ana));
    expect(readHandIn({ name: "x", text })).toMatchObject({ sealed: false });
  });

  test.each([
    ["no JSON", "{", /^is not JSON: /],
    ["another format", handInText(ana).replace("hrd-hand-in/1", "hrd-hand-in/9"), /format/],
    ["an unknown member", handInText(ana).replace('"student"', '"isAdmin": true, "student"'), /isAdmin/],
    ["a time that is none", handInText(ana).replace(BEGAN, "yesterday"), /began/],
    ["a path for a notebook", handInText(ana).replace("90-made-up", "../../etc"), /is no name of a notebook/],
    ["a list", "[]", /form of a hand-in/],
    ["a long name", handInText(handIn("x".repeat(201), {})), /student/],
    ["five million characters", " ".repeat(5_000_001), /at most 5000000/],
  ])("%s is refused in words", (_, text, words) => {
    const read = readHandIn({ name: "x.json", text });
    expect(isRefused(read) ? read.reason : "read").toMatch(words);
  });
});

describe("a class", () => {
  const report = (...students: Parameters<typeof handIn>[]) =>
    classReport(
      students.map((one) => fileOf(handIn(...one))),
      EXERCISES,
    );

  test("is judged by answers, and not by what files say", () => {
    const { rows, exercises } = report(
      ["Ana", { "90-a": "12", "90-b": "0,34" }],
      ["Ben", { "90-a": "15" }],
      ["Eva", { "90-a": "9", "90-b": "x" }],
    );
    expect(rows.map(({ student, right }) => [student, right])).toEqual([
      ["Ana", 2],
      ["Ben", 0],
      ["Eva", 0],
    ]);
    // They said "reconsider" of right answers.
    expect(rows[0]?.remarks).toEqual(["The file says otherwise of 90-a, 90-b; judged here by the answer."]);
    expect(rows[1]?.answers.map(({ verdict, mistake }) => [verdict, mistake])).toEqual([
      ["reconsider", 0],
      ["not answered", null],
    ]);
    expect(exercises).toEqual([
      {
        exercise: "90-a",
        answered: 3,
        right: 1,
        mistakes: [
          { words: "Those are all.", students: 1 },
          { words: "answered 9", students: 1 },
        ],
      },
      { exercise: "90-b", answered: 2, right: 1, mistakes: [{ words: "answered x", students: 1 }] },
    ]);
  });

  test("answers of cells are judged by their fingerprints, and a rounded number is the file's word", () => {
    const answered = (answer: string, exercise: string, verdict: "right" | "reconsider") => ({
      ...{ exercise, typed: null, digest: digest(exercise, answer), verdict, tries: 1, first: BEGAN, last: BEGAN },
    });
    const [row] = report([
      "Ana",
      {},
      { answers: [answered("13", "90-a", "right"), answered("0.34", "90-b", "right")] },
    ]).rows;
    expect(row?.answers.map(({ verdict, checked }) => [verdict, checked])).toEqual([
      ["reconsider", true],
      ["right", false],
    ]);
    expect(row?.remarks.join()).toContain("The file says otherwise of 90-a");
  });

  test("altered files and earlier ones count nowhere, and are named", () => {
    const files = [
      handIn("Ana", { "90-a": "15" }),
      handIn("ana ", { "90-a": "12" }, { saved: "2026-11-29T11:00:00.000Z" }),
    ].map(fileOf);
    const altered = fileOf(handIn("Ben", { "90-a": "9" }));
    const { rows, exercises } = classReport(
      [...files, { ...altered, text: altered.text.replace('"9"', '"12"') }],
      EXERCISES,
    );
    expect(rows.map(({ student, altered: is, earlier }) => [student, is, earlier])).toEqual([
      ["Ana", false, true],
      ["ana", false, false],
      ["Ben", true, false],
    ]);
    expect(exercises[0]).toMatchObject({ answered: 1, right: 1 });
    expect(rows[2]?.remarks[0]).toContain("Altered after it was saved");
  });

  test("the same work under two names is named in both", () => {
    const cells = [{ id: "try", source: "const a = 1;" }];
    const { rows } = report(
      ["Ana", { "90-a": "12" }, { cells }],
      ["Ben", { "90-a": "12" }, { cells, saved: "2026-11-29T12:00:00.000Z" }],
    );
    expect(rows.map(({ remarks }) => remarks.filter((one) => one.startsWith("The same work")))).toEqual([
      ["The same work, to the second, as 90-made-up-ben.hand-in.json."],
      ["The same work, to the second, as 90-made-up-ana.hand-in.json."],
    ]);
  });

  test("a notebook without exercises, and a clock that was changed", () => {
    const { rows, refused } = report(
      ["Ana", {}, { notebook: "77-other" }],
      ["Ben", {}, { saved: "2026-11-29T09:00:00.000Z" }],
    );
    expect(refused).toEqual([
      { file: "77-other-ana.hand-in.json", reason: "is of notebook 77-other, which has no exercises" },
    ]);
    expect(rows[0]?.remarks).toContain("It was saved before it was begun: the clock was changed.");
  });

  test("as CSV: quoted, and no cell is a formula", () => {
    const csv = classCsv(report(['=HYPERLINK("http://x")', { "90-a": "12" }], ["Núñez, Ana\n", {}]));
    const [head, first, second] = csv.split("\r\n");
    expect(head).toBe(
      "file,student,notebook,90-a,90-b,right,of,tries,minutes,saved,edited_cells,altered,counts,remarks",
    );
    expect(first).toContain(`,"'=HYPERLINK(""http://x"")",90-made-up,right,not answered,1,2,2,42,`);
    expect(second).toContain(',"Núñez, Ana",90-made-up,not answered,not answered,0,2,0,42,');
  });
});
