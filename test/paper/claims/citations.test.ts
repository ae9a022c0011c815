import { describe, expect, test } from "vitest";
import { loadPublished } from "../../../lib";
import { citationCandidates, compareConclusions, decidedCitations } from "../../../lib/paper";

const { citations, conclusions } = loadPublished();
const cite = (authors: string, ...years: string[]) => ({ authors, years, place: "Section II" });

describe("citations", () => {
  test("of one work under two years, and of one name in two spellings, are flagged", () => {
    const found = citationCandidates([
      cite("Murdie and Pesken", "2014"),
      cite("Peksen et al.", "2014"),
      cite("Terman and Voeten", "2017"),
      cite("Terman and Voeten", "2018"),
    ]);
    expect(found).toMatchObject([
      { kind: "spelling", names: ["Peksen", "Pesken"] },
      { kind: "year", names: ["Terman and Voeten"], years: ["2017", "2018"] },
    ]);
  });

  test("years in one bracket are several works, and different names are left alone", () => {
    expect(citationCandidates([cite("Simmons", "2009", "2010"), cite("Smith", "1998"), cite("Keith", "1999")])).toEqual(
      [],
    );
    const third = [cite("Hathaway", "2002", "2007"), cite("Hathaway", "2004")];
    expect(citationCandidates(third)).toMatchObject([{ years: ["2002", "2004", "2007"] }]);
  });

  test("of the paper: each candidate has a decision, two are mismatches", () => {
    const decided = decidedCitations();
    expect(decided).toHaveLength(citations.decided.length);
    expect(decided.filter(({ mismatch }) => mismatch).map(({ names }) => names)).toEqual([
      ["Peksen", "Pesken"],
      ["Terman and Voeten"],
    ]);
    for (const { mismatch, sources } of decided) if (mismatch) expect(sources.length).toBeGreaterThan(0);
  });

  test("a candidate without a decision, and a decision without a candidate, are errors", () => {
    const without = { ...citations, decided: citations.decided.filter(({ names }) => names[0] !== "Cole") };
    expect(() => decidedCitations(without)).toThrow("Cole (year) may not match, and no decision is on record");
    const idle = { ...citations, cited: citations.cited.filter(({ authors }) => authors !== "Cole") };
    expect(() => decidedCitations(idle)).toThrow("a decision is on record about Cole (year)");
  });
});

describe("conclusions", () => {
  test("draft and article share one mechanism, and one is the article's alone", () => {
    expect(compareConclusions()).toEqual({
      shared: ["inducements"],
      onlyDraft: [],
      onlyArticle: ["deadlock"],
    });
  });

  test("a premise is no conclusion", () => {
    const swapped = conclusions.map((one) =>
      one.mechanism === "deadlock" ? { ...one, role: "premise" as const } : one,
    );
    expect(compareConclusions(swapped).onlyArticle).toEqual([]);
  });
});
