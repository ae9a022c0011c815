import { describe, expect, test } from "vitest";
import { claim, loadFreeThe20, loadLongList, loadPublished, ofTheWorld, unknowable } from "../../../lib";
import { mimeBundle } from "../../../lib/notebook";
import { claimTable, claimTexts } from "../../../lib/paper";
import { tableOneCell } from "../../../lib/paper/claims/ledger";

describe("the ledger", () => {
  test("each claim has a number of its own, a text, and checks with printed values", () => {
    const texts = claimTexts();
    expect(new Set(texts.map(({ id }) => id)).size).toBe(texts.length);
    for (const { checks, text } of texts) {
      expect(text.length).toBeGreaterThan(40);
      for (const check of checks) expect(Number.isFinite(check.value)).toBe(true);
    }
  });

  test("printed numbers come from published.json", () => {
    const released = claimTexts()
      .find(({ id }) => id === 1)
      ?.checks.find(({ key }) => key === "released");
    expect(released).toMatchObject({ value: 16, printed: "16 of 19 women", place: "Section I" });
  });

  test("a check can name a number of Table 1", () => {
    const check = claimTexts()
      .find(({ id }) => id === 27)
      ?.checks.find(({ key }) => key === "smallest");
    expect(check).toMatchObject({ value: 0.279, printed: "0.279", place: "Table 1", rule: "atMost" });
    const cell = (row: string, model: number) =>
      tableOneCell(loadPublished(), "here", { row, model, of: "coefficient" });
    expect(cell("Asia", 4)).toMatchObject({ value: 0.096, quantity: expect.stringContaining("magnitude") });
    expect(() => cell("Asia", 1)).toThrow(/here: Table 1 has no coefficient of "Asia" in model 1; .*models 3, 4/);
    expect(() => cell("Asien", 3)).toThrow(/it has rows Free the 20, Prisoner of Conscience/);
  });

  test("a claim without checks waits for its notebook; it cannot be judged by accident", () => {
    for (const { id, checks, verdict, notebook } of claimTexts()) {
      if (checks.length > 0) continue;
      expect(verdict).toBe("not yet checked");
      expect(() => claim(id, {})).toThrow(`claim ${id} waits for ${notebook} and has no checks yet`);
    }
  });
});

describe("a verdict", () => {
  const agreed = { named: 19, featured: 20, released: 16 };
  const inconsistent = "inconsistent within the paper";

  test("what was put in is attainable, never more; what was not holds by the printed numbers", () => {
    expect(claim(1, agreed).verdict).toBe("attainable");
    expect(claim(2, { countries: 13, states: 13 }).verdict).toBe("holds by the printed numbers");
    const made = { data: loadLongList() };
    expect(claim(2, { countries: 13, states: 13 }, made).verdict).toBe("attainable");
    for (const { chosen, verdict } of claimTexts()) {
      if (chosen) expect(["attainable", "cannot be known"]).toContain(verdict);
    }
  });

  test("a check that fails says what the claim's kind allows, and nothing of the paper on made-up rows", () => {
    expect(claim(2, { countries: 12, states: 13 }).verdict).toBe(inconsistent);
    expect(claim(2, { countries: 12, states: 13 }, { data: loadLongList() }).verdict).toBe("cannot be known");
    expect(claim(1, { ...agreed, released: 15 }).verdict).toBe("cannot be known");
    expect(claim(12, { descriptions: 2 }).verdict).toBe("wording");
    expect(claim(19, { immortal: 30 }).verdict).toBe("criticism of method");
    const foreign = { data: { provenance: "published", own: false } } as const;
    expect(claim(2, { countries: 12, states: 13 }, foreign).verdict).toBe("not met by these data");
  });

  test("cannot be known where a number is not public, unless another one fails", () => {
    const reason = unknowable("not public");
    expect(claim(2, { countries: 13, states: reason }).verdict).toBe("cannot be known");
    expect(claim(2, { countries: 12, states: reason }).verdict).toBe(inconsistent);
  });

  test("no claim is inconsistent without a verbatim quotation, and every quotation has its place", () => {
    for (const { id, verdict, quotes } of claimTexts()) {
      expect(quotes.length, `claim ${id}`).toBeGreaterThan(0);
      if (verdict === inconsistent) expect(quotes[0].text.length).toBeGreaterThan(20);
      for (const { place } of quotes) expect(place).toMatch(/Section|Footnote|Figure|Table|Abstract|page/);
    }
  });

  test.each([
    [6, { p: 0.00009, pAgainst99: 0.00009 }, "attainable"],
    [6, { p: 0.0001, pAgainst99: 0.0001 }, "cannot be known"],
    [10, { followUp: 36, axis: 36 }, "holds by the printed numbers"],
    [10, { followUp: 35.9, axis: 35.9 }, "inconsistent within the paper"],
    [10, { followUp: 41, axis: 41 }, "inconsistent within the paper"],
  ])("claim %i with %o is %s: rules are strict or not as they say", (id, computed, verdict) => {
    expect(claim(id, computed).verdict).toBe(verdict);
  });

  test("says what it rests on", () => {
    expect(claim(1, agreed).basis).toBe("the paper's own words");
    expect(claim(1, agreed, { data: loadFreeThe20() }).basis).toBe("public record");
    expect(claim(1, agreed, { data: loadLongList() }).basis).toBe("partly synthetic data");
    expect(claim(1, agreed, { data: { ...loadFreeThe20(), own: false } }).basis).toBe("other data");
  });
});

describe("bad input", () => {
  test("an unknown claim, key or number is an error that names it", () => {
    expect(() => claim(99, {})).toThrow(/there is no claim 99; data\/claims\.json holds 1, 2/);
    expect(() => claim(1, { named: 19, featured: 20 })).toThrow(/claim 1 needs a value for "released"/);
    expect(() => claim(12, { descriptions: 2, people: 7 })).toThrow(
      /claim 12 has no check "people"; its checks are descriptions/,
    );
    expect(() => claim(12, { descriptions: Number.NaN })).toThrow(/claim 12, "descriptions": NaN is not a number/);
    expect(() => unknowable(" ")).toThrow(/a reason is needed/);
  });
});

describe("printing", () => {
  test("both numbers stand side by side, and the runner can read the verdict", () => {
    const judged = claim(12, { descriptions: 2 });
    const bundle = mimeBundle(judged);
    expect(bundle["text/plain"]).toMatch(/Claim 12, wording/);
    expect(bundle["application/vnd.hrd.claim+json"]).toEqual({
      id: 12,
      verdict: "wording",
      recorded: "wording",
      basis: "the paper's own words",
    });
    expect(claimTable(judged).rows[0]).toContain("2");
    expect(claimTable(judged).rows[0]).toContain("= 1");
  });

  test("a verdict that is not the one on record says so, but not on other data", () => {
    expect(mimeBundle(claim(12, { descriptions: 1 }))["text/plain"]).toMatch(/on record: wording/);
    const other = claim(12, { descriptions: 1 }, { data: { provenance: "published", own: false } });
    expect(mimeBundle(other)["text/plain"]).not.toMatch(/on record/);
    expect(mimeBundle(other)["application/vnd.hrd.claim+json"]).toMatchObject({
      recorded: "holds by the printed numbers",
      verdict: "holds by the printed numbers",
    });
  });
});

test("a number of made-up rows is no answer to a claim about the world", () => {
  const reason = "put in";
  expect(ofTheWorld(loadLongList(), 3, reason)).toEqual({ unknowable: reason });
  expect(ofTheWorld(loadFreeThe20(), 16, reason)).toBe(16);
  expect(ofTheWorld({ provenance: "published" }, 0.2, reason)).toBe(0.2);
  expect(() => ofTheWorld(loadFreeThe20(), 16, " ")).toThrow(/^ofTheWorld: a reason is needed/);
  expect(() => ofTheWorld(loadLongList(), Number.NaN, reason)).toThrow(/value is NaN, a number is needed/);
});
