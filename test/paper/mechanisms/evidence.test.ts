import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadFreeThe20 } from "../../../lib/data";
import {
  evidenceTable,
  HYPOTHESES,
  HYPOTHESIS_IDS,
  HYPOTHESIS_NAMES,
  hypothesesTable,
  hypothesis,
  IMPLICATIONS,
  implicationsTable,
  loadEvidence,
  readingTable,
} from "../../../lib/paper/mechanisms";
import { cellsOf, dataError, emptyFolder, folderWithCells, removeFolders } from "../../data/support";

afterEach(removeFolders);

const evidence = loadEvidence();

describe("data/evidence.csv", () => {
  test("holds public record only, each row with a source, in the order of days", () => {
    expect(evidence).toMatchObject({ own: true, file: "data/evidence.csv", provenance: ["public-record"] });
    for (const row of evidence.rows) {
      expect(row.sources.length).toBeGreaterThan(0);
      expect(row.statement).toMatch(/[.]$/);
      expect(row.title.length).toBeLessThanOrEqual(26);
    }
    const days = evidence.rows.filter(({ when }) => when.earliest === when.latest).map(({ when }) => when.earliest);
    expect(days).toEqual([...days].sort());
  });

  test("names no featured woman whom the record does not name, and dates her release as the record does", () => {
    const women = loadFreeThe20().rows;
    const release = (id: string) => women.find((woman) => woman.id === id)?.releaseInterval?.earliest;
    const when = (id: string) => evidence.rows.find((row) => row.id === id)?.when.earliest;
    expect(when("az-appeal")).toBe(release("leyla-yunus"));
    expect(when("az-court")).toBe(release("khadija-ismayilova"));
    expect(release("matlyuba-kamilova")).toBeUndefined();
  });

  test("the campaign's memoir is cited as a book, everything else by address", () => {
    const books = evidence.rows.filter(({ sources }) => sources.some((source) => !source.startsWith("http")));
    expect(books.map(({ id }) => id)).toEqual(["us-memoir"]);
  });
});

describe("bad rows", () => {
  const header = cellsOf("evidence.csv")[0] ?? [];
  test.each([
    ["an unknown word", [3, "deadlock", "expectd"], 'row 3, column deadlock: "expectd" is not one of', "expected"],
    ["a country beside the two", [2, "country", "Belarus"], 'row 2, column country: "Belarus" is not one of', ""],
    ["a date that is none", [5, "date", "2015-02-30"], "row 5, column date", "2015-02-30"],
    ["no source", [4, "sources", ""], "row 4, column sources", "required"],
    ["a source that is no page", [4, "sources", "somewhere"], "row 4, column sources", "somewhere"],
    ["one bound of two", [4, "date_earliest", "2015-01-01"], "row 4, column date_", "fill both or neither"],
    ["an identifier twice", [4, "id", "az-launch"], "column id", "az-launch"],
  ] as const)("%s: the error names file, row and column", (_, [row, column, value], place, found) => {
    expect(header).toContain(column);
    const error = dataError(() => loadEvidence({ from: folderWithCells("evidence.csv", [row, column, value]) }));
    expect(error.message).toContain("evidence.csv");
    expect(error.message).toContain(place);
    expect(error.message).toContain(found);
  });

  test("a row without a date is not dropped in silence", () => {
    const row = evidence.rows.findIndex(({ id }) => id === "az-launch");
    const at = cellsOf("evidence.csv").findIndex((cells) => cells[0] === "az-launch") + 1;
    expect(row).toBeGreaterThan(0);
    const error = dataError(() => loadEvidence({ from: folderWithCells("evidence.csv", [at, "date", ""]) }));
    expect(error.message).toContain(`evidence.csv row ${at}, column date: is empty`);
  });

  test("a folder without the file uses the project's: it does not depend on who holds the data", () => {
    const from = emptyFolder();
    copyFileSync("data/freethe20.csv", join(from, "freethe20.csv"));
    process.env.HRD_DATA = from;
    expect(loadEvidence().rows).toHaveLength(evidence.rows.length);
    delete process.env.HRD_DATA;
  });
});

describe("hypotheses and implications", () => {
  test("each hypothesis has a name, a statement and at least two implications", () => {
    expect(HYPOTHESES.map(({ id }) => id)).toEqual([...HYPOTHESIS_IDS]);
    for (const id of HYPOTHESIS_IDS) {
      expect(hypothesis(id).name).toBe(HYPOTHESIS_NAMES[id]);
      expect(IMPLICATIONS.filter((row) => row.hypothesis === id).length).toBeGreaterThanOrEqual(2);
    }
    // @ts-expect-error the type check knows the names
    expect(() => hypothesis("luck")).toThrow('no hypothesis "luck"; there are shaming');
  });

  test("implications name rows of the file; what is found names at least one", () => {
    const ids = new Set(evidence.rows.map(({ id }) => id));
    for (const { evidence: named, finding } of IMPLICATIONS) {
      for (const id of named) expect(ids).toContain(id);
      if (finding === "found" || finding === "both") expect(named.length).toBeGreaterThan(0);
    }
  });

  test("tables have a row for each, and the evidence table has no judgement in it", () => {
    expect(hypothesesTable().rows).toHaveLength(5);
    expect(implicationsTable(evidence).rows).toHaveLength(IMPLICATIONS.length);
    expect(readingTable(evidence).rows).toHaveLength(evidence.rows.length);
    const uzbekistan = evidenceTable(evidence, "Uzbekistan");
    expect(uzbekistan.rows).toHaveLength(evidence.rows.filter((row) => row.country === "Uzbekistan").length);
    expect(JSON.stringify(evidenceTable(evidence))).not.toContain('"unexpected"');
  });
});
