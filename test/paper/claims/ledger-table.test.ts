import { describe, expect, test } from "vitest";
import { claim } from "../../../lib";
import {
  type ComputedVerdict,
  claimTexts,
  computedVerdicts,
  ledgerCounts,
  ledgerRows,
  ledgerTable,
} from "../../../lib/paper";
import { VERDICTS } from "../../../lib/paper/claims/ledger";
import { tableHtml, tableText } from "../../../lib/tables";

const seven: ComputedVerdict = {
  claim: 7,
  verdict: "inconsistent within the paper",
  basis: "public record",
  notebook: "01-long-list",
  cellId: "claim7",
  cell: 21,
};

describe("the ledger as rows", () => {
  test("has one for each claim, with the cells that computed it", () => {
    const rows = ledgerRows({ computed: [seven] });
    expect(rows.map(({ claim: id }) => id)).toEqual(claimTexts().map(({ id }) => id));
    expect(rows.find(({ claim: id }) => id === 7)).toMatchObject({
      verdict: "inconsistent within the paper",
      basis: "public record",
      cells: [{ notebook: "01-long-list", cellId: "claim7" }],
      problems: [],
    });
    expect(rows.find(({ claim: id }) => id === 9)?.problems).toEqual(["no cell computes it"]);
  });

  test("a verdict that differs from the record is a problem, on other data it is none", () => {
    const other = { ...seven, verdict: "attainable" } as const;
    expect(ledgerRows({ computed: [other] })[6]?.problems).toEqual(['01-long-list, cell claim7, says "attainable"']);
    expect(ledgerRows({ computed: [{ ...other, basis: "other data" }] })[6]?.problems).toEqual([]);
  });

  test("what a notebook has just computed goes before what its file still holds", () => {
    const stale = {
      ...seven,
      claim: 12,
      notebook: "07-mechanisms",
      verdict: "attainable",
      cellId: "old",
    } as const;
    const own = { notebook: "07-mechanisms", claims: [{ ...claim(12, { descriptions: 2 }), cellId: "new" }] };
    const row = ledgerRows({ computed: [stale], own }).find(({ claim: id }) => id === 12);
    expect(row?.cells.map(({ cellId }) => cellId)).toEqual(["new"]);
    expect(row?.problems).toEqual([]);
  });

  test("a claim that there is not is an error", () => {
    expect(() => ledgerRows({ computed: [{ ...seven, claim: 99 }] })).toThrow("computes claim 99");
  });

  test("is read from the committed notebooks", () => {
    const found = computedVerdicts();
    // Where its cell stands is the notebook's matter.
    expect(found).toContainEqual({ ...seven, cell: expect.any(Number) });
    expect(ledgerRows({ computed: found }).flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe("the ledger as a table", () => {
  test("links each claim to its cell, and only to notebooks beside it", () => {
    const html = tableHtml(ledgerTable({ computed: [seven] }));
    expect(html).toContain('<a href="01-long-list.ipynb#cell-claim7">01, claim7</a>');
    expect(tableText(ledgerTable({ computed: [seven] }))).toContain("01, claim7");
    const away = tableHtml({ ...ledgerTable({ computed: [] }), rows: [[{ text: "x", url: "../x.ipynb" }]] });
    expect(away).not.toContain("<a ");
  });

  test("has each claim with its quotations, places and kind; counts add up", () => {
    const rows = ledgerRows({ computed: [] });
    const counts = ledgerCounts(rows);
    expect(counts.map(({ verdict }) => verdict)).toEqual(VERDICTS);
    expect(counts.reduce((sum, { claims }) => sum + claims, 0)).toBe(rows.length);
    for (const { verdict, quotes } of rows) {
      if (verdict === "inconsistent within the paper") expect(quotes.length).toBeGreaterThan(0);
    }
    const text = tableText(ledgerTable({ computed: [seven] }));
    expect(text.replace(/\s+/g, " ")).toContain("decrease the");
    expect(text).toContain("Footnote 4");
    // Both versions have an abstract: the article's says whose it is.
    const place = ledgerTable({ computed: [] }).columns.findIndex(({ label }) => label === "Place");
    const places = ledgerTable({ computed: [] }).rows.map((row) => [row[0], row[place]]);
    expect(places).toContainEqual([33, "Abstract; Table 1; Section IV, control group 1"]);
    expect(places).toContainEqual([34, "article, Abstract"]);
  });
});
