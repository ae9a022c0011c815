import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "../../lib/files/decode";
import { delimiterOf, RecordSplitter, recordsOf, splitTable } from "../../lib/files/delimited-text";
import { describeProblem } from "../../lib/files/problem";
import { trimmed } from "../../lib/files/text";
import { dataError, toText } from "../data/support";
import { fc } from "../support/property";

describe("splitTable", () => {
  it("gives back any cells that were written as a table", () => {
    // A backslash in a text with tabs is Dataverse's; a row of blank cells is none.
    const cell = fc.string({ unit: "grapheme" }).filter((text) => !/[\0\\]/.test(text));
    const row = fc.tuple(cell, cell).filter((cells) => cells.some((text) => trimmed(text) !== ""));
    const table = fc.array(row, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom([",", "csv"], ["\t", "tab"]), (rows, [delimiter, ending]) => {
        const text = toText([["a", "b"], ...rows], delimiter);
        const bytes = new TextEncoder().encode(text);
        const read = splitTable(decodeUtf8(bytes, "x"), `x.${ending}`, ["a", "b"]);
        expect(read.rows).toEqual(rows);
      }),
    );
  });
});

describe("RecordSplitter", () => {
  it("records come out the same however the text is cut, and as csv-parse has them", () => {
    const cell = fc.oneof(
      fc.constantFrom("", "a", "b c", '"x, ""y"""', '"line\nbreak"', '"z\r\n"'),
      fc.stringMatching(/^[a-z0-9 ]{0,5}$/),
    );
    const record = fc.array(cell, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (records, newline, last, cuts) => {
          const text = records.map((cells) => cells.join(",")).join(newline) + (last ? newline : "");
          const found: string[][] = [];
          const splitter = new RecordSplitter("x.csv", { delimiter: "," });
          const take = (one: readonly string[]) => found.push([...one]) > 0;
          for (let at = 0, k = 0; at < text.length; k++) {
            const size = cuts[k % cuts.length];
            expect(splitter.push(text.slice(at, at + size), take, false)).toBe(true);
            at += size;
          }
          expect(splitter.push("", take, true)).toBe(true);
          expect(found).toEqual(parse(text, { relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"] }));
        },
      ),
    );
  });

  it.each([
    ["line feeds", "a,b\nc,d\n"],
    ["carriage returns and line feeds", "a,b\r\nc,d\r\n"],
    ["carriage returns", "a,b\rc,d\r"],
    ["two carriage returns and a line feed", "a,b\r\r\nc,d\r\r\n"],
    ["several kinds in one file", "a,b\rc,d\r\n"],
  ])("knows lines that end with %s, however the text is cut", (_, text) => {
    for (let size = 1; size <= text.length; size++) {
      const found: (readonly string[])[] = [];
      const splitter = new RecordSplitter("x.csv", { delimiter: "," });
      for (let at = 0; at < text.length; at += size) {
        splitter.push(text.slice(at, at + size), (one) => found.push(one) > 0, false);
      }
      splitter.push("", (one) => found.push(one) > 0, true);
      expect(found).toEqual([
        ["a", "b"],
        ["c", "d"],
      ]);
    }
  });

  it("keeps line breaks inside quotation marks as they are, whatever ends the lines", () => {
    expect(recordsOf('"a\nb",c\rd,"e\rf"\r', "x.csv", { delimiter: "," })).toEqual([
      ["a\nb", "c"],
      ["d", "e\rf"],
    ]);
  });

  it("takes a quotation mark in a bare cell for a character only where the dialect says so", () => {
    const text = 'a\tb\n"Bo" Smith\tsaid "no"\n';
    expect(recordsOf(text, "x.tab", { delimiter: "\t", bareQuotes: true })[1]).toEqual(['"Bo" Smith', 'said "no"']);
    const { problems } = dataError(() => recordsOf(text, "x.tab", { delimiter: "\t" }));
    expect(problems.map(describeProblem)).toEqual([
      'x.tab row 2: a quotation mark stands inside a cell that does not begin and end with one, or a quotation mark is not closed ("\\"Bo\\" Smith"); put the whole cell in quotation marks and double those inside',
    ]);
  });

  it("names the row whose quotation mark is not closed, also where megabytes follow", () => {
    const splitter = new RecordSplitter("x.csv", { delimiter: "," });
    const take = () => true;
    splitter.push('a,b\nc,"d\n', take, false);
    const piece = "e,f\n".repeat(1 << 21);
    const { problems } = dataError(() => {
      for (let i = 0; i < 4; i++) splitter.push(piece, take, false);
    });
    expect(problems[0]).toMatchObject({ row: 2, rule: "quote" });
    expect(problems[0]?.message).toBe('a quotation mark is not closed (near "c,\\"d")');
  });

  it("ends where no more is wanted", () => {
    const rows: number[] = [];
    const splitter = new RecordSplitter("x.csv", { delimiter: "," });
    expect(splitter.push("a\nb\nc\n", (_, row) => rows.push(row) < 2, true)).toBe(false);
    expect(rows).toEqual([1, 2]);
  });
});

it("the delimiter is the mark that stands most often outside quotation marks", () => {
  expect(delimiterOf('"a;b;c",d')?.name).toBe("commas");
  expect(delimiterOf("a|b;c|d")?.mark).toBe("|");
  expect(delimiterOf("alone")).toBeNull();
});
