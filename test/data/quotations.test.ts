import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadPublished, quotation } from "../../lib/data";
import { publishedSchema } from "../../lib/data/published-schema";
import { claimTexts } from "../../lib/paper/claims";
import { asObject } from "../../tools/kernel/protocol/wire";
import { findNotebooks, readNotebook, text } from "../../tools/notebooks/notebook";

const published = loadPublished({ from: "data" });
const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
const known = published.quotations.map((one) => plain(one.text));
const isQuoted = (words: string): boolean => known.some((one) => one.includes(plain(words)));

/** Double quotation marks that are not the paper's: our own phrases, other works, and what somebody might say. */
const OURS = JSON.parse(readFileSync("test/data/not-the-paper.json", "utf8")) as unknown;

/** Phrases of four words and more in double quotation marks, without code. */
function quoted(prose: string): string[] {
  const withoutCode = prose.replace(/```[\s\S]*?```|`[^`]*`/g, "");
  const found = [...withoutCode.matchAll(/"([^"\n]+)"|“([^”\n]+)”/g)].map((match) => match[1] ?? match[2] ?? "");
  return found.filter((phrase) => plain(phrase).split(" ").length >= 4);
}

describe("quotations", () => {
  it("every phrase in quotation marks in a notebook is a quotation with a place, or known not to be the paper's", () => {
    const ours = Array.isArray(OURS) ? OURS.map(String) : [];
    const strays = findNotebooks("notebooks", []).flatMap((file) => {
      const { json, name } = readNotebook(file);
      const cells = Array.isArray(json.cells) ? json.cells.map(asObject) : [];
      const prose = cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => text(source));
      return prose
        .flatMap(quoted)
        .filter((phrase) => !isQuoted(phrase) && !ours.includes(phrase))
        .map((phrase) => `${name}: ${phrase}`);
    });
    expect(strays).toEqual([]);
  });

  it("each claim is about quotations, and each is at most 25 words with a place", () => {
    for (const { id, quotes } of claimTexts()) expect(quotes.length, `claim ${id}`).toBeGreaterThan(0);
    for (const { text: words, place } of published.quotations) {
      expect(words.split(/\s+/).length, words).toBeLessThanOrEqual(25);
      expect(place).not.toBe("");
    }
  });

  it("a longer one, one without a place, and a number without a place are refused", () => {
    const { file: _, own: __, provenance: ___, ...raw } = published;
    const fails = (change: object): boolean => !publishedSchema.safeParse({ ...raw, ...change }).success;
    const [first, ...rest] = raw.quotations;
    expect(fails({})).toBe(false);
    expect(fails({ quotations: [{ ...first, text: "word ".repeat(26) }, ...rest] })).toBe(true);
    expect(fails({ quotations: [{ ...first, place: "" }, ...rest] })).toBe(true);
    const [number, ...numbers] = raw.numbers;
    expect(fails({ numbers: [{ ...number, place: "Article (page not recorded)" }, ...numbers] })).toBe(true);
  });

  it("the draft's note on circulation and the end of the transcript are said", () => {
    const [draft] = published.sources;
    expect(quotation(published, draft.circulation ?? "").text).toMatch(/do not circulate or cite without permission/);
    expect([draft.complete, draft.supersededBy]).toEqual([false, "article"]);
    for (const file of ["README.md", "CITATION.cff", "data/README.md"]) {
      expect(readFileSync(file, "utf8").replace(/\s+/g, " "), file).toMatch(
        /do not circulate or cite without permission/,
      );
    }
    expect(() => quotation(published, "footnote-5a")).toThrow(/quotation: .* has no quotation "footnote-5a"/);
  });
});
