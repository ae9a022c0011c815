import { describe, expect, test } from "vitest";
import { asObject } from "../../../tools/kernel/protocol/wire";
import { findNotebooks, readNotebook, text } from "../../../tools/notebooks/notebook";

/** A sentence with the paper as its subject, or "says the paper": a statement about it. */
const STATEMENT =
  /(?<!\bto )\b[Tt]he (?:working )?(?:paper|draft|article|authors)(?:['’]s (?:\w+ ){1,3}?(?:is|has|have|are|lie)|,? (?:says?|prints?|calls?|names?|reports?|finds?|argues?|lists?|counts?|compares?|recorded|fitted|does not|do not|has|sees?|knows?|asks|shows?|builds?|mentions?|interviewed))\b|\b(?:says|prints|quotes|argues) the (?:paper|draft|abstract)\b/;
const MARK = /\*(?:[Pp]rinted|read by us|ours)\b/;

/** Paragraphs with a statement about the paper and no word on its kind. */
function unmarked(prose: string): string[] {
  const lines = prose.replace(/```[\s\S]*?```/g, "").split("\n");
  // Headings, tables and lists of goals announce; the prose under them states.
  return lines.filter((line) => !/^(?:#|\||- )/.test(line) && STATEMENT.test(line) && !MARK.test(line));
}

describe("every statement about the paper is marked by its kind: printed, read by us from it, ours", () => {
  // The ledger has a column of kinds.
  const notebooks = findNotebooks("notebooks", [])
    .map(readNotebook)
    .filter(({ name }) => !name.startsWith("13-"));

  test.each(notebooks)("$name", ({ json }) => {
    const cells = Array.isArray(json.cells) ? json.cells.map(asObject) : [];
    const prose = cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => text(source));
    expect(prose.flatMap(unmarked)).toEqual([]);
  });

  test("the rule sees a statement without a mark, and none in what only names the paper", () => {
    expect(unmarked("The paper says that it worked.")).toHaveLength(1);
    expect(unmarked("It worked, says the draft.")).toHaveLength(1);
    expect(unmarked("The paper's four models are in line.")).toHaveLength(1);
    expect(unmarked("The paper says (*printed*, section I) that it worked.")).toEqual([]);
    expect(unmarked("What this adds to the paper does not depend on it. What could the authors' files show?")).toEqual(
      [],
    );
  });
});
