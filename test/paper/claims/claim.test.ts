import { describe, expect, test } from "vitest";
import { claim, loadFreeThe20, loadLongList, loadPublished, unknowable } from "../../../lib";
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
    expect(() => cell("Asia", 1)).toThrow(
      /here: Table 1 has no coefficient of "Asia" in model 1; .*models 3, 4/,
    );
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
  const agreed = { named: 19, featured: 20, released: 16, releasedInArticle: 17 };

  test("is reproduced when every check holds, contradicted when one fails", () => {
    expect(claim(1, agreed).verdict).toBe("reproduced");
    expect(claim(1, { ...agreed, released: 15 }).verdict).toBe("contradicted");
  });

  test("cannot be known where a number is not public, unless another one fails", () => {
    const reason = unknowable("not public");
    expect(claim(1, { ...agreed, released: reason }).verdict).toBe("cannot be known");
    expect(claim(1, { ...agreed, released: reason, named: 18 }).verdict).toBe("contradicted");
  });

  test.each([
    [6, { p: 0.00009, pAgainst99: 0.00009 }, "reproduced"],
    [6, { p: 0.0001, pAgainst99: 0.0001 }, "contradicted"],
    [10, { followUp: 36, axis: 36 }, "reproduced"],
    [10, { followUp: 35.9, axis: 35.9 }, "contradicted"],
    [10, { followUp: 41, axis: 41 }, "contradicted"],
    [11, { shareWithOne: 0.5, fromChina: 3 }, "contradicted"],
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
    expect(() => claim(1, { named: 19, featured: 20, released: 16 })).toThrow(
      /claim 1 needs a value for "releasedInArticle"/,
    );
    expect(() => claim(12, { descriptions: 2, people: 7 })).toThrow(
      /claim 12 has no check "people"; its checks are descriptions/,
    );
    expect(() => claim(12, { descriptions: Number.NaN })).toThrow(
      /claim 12, "descriptions": NaN is not a number/,
    );
    expect(() => unknowable(" ")).toThrow(/a reason is needed/);
  });
});

describe("printing", () => {
  test("both numbers stand side by side, and the runner can read the verdict", () => {
    const judged = claim(12, { descriptions: 2 });
    const bundle = mimeBundle(judged);
    expect(bundle["text/plain"]).toMatch(/Claim 12 contradicted/);
    expect(bundle["application/vnd.hrd.claim+json"]).toEqual({
      id: 12,
      verdict: "contradicted",
      recorded: "contradicted",
      basis: "the paper's own words",
    });
    expect(claimTable(judged).rows[0]).toContain("2");
    expect(claimTable(judged).rows[0]).toContain("= 1");
  });

  test("a verdict that is not the one on record says so, but not on other data", () => {
    expect(mimeBundle(claim(12, { descriptions: 1 }))["text/plain"]).toMatch(/on record: contradicted/);
    const other = claim(12, { descriptions: 1 }, { data: { provenance: "published", own: false } });
    expect(mimeBundle(other)["text/plain"]).not.toMatch(/on record/);
    expect(mimeBundle(other)["application/vnd.hrd.claim+json"]).toMatchObject({
      recorded: "reproduced",
      verdict: "reproduced",
    });
  });
});
