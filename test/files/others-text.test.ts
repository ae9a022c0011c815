import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeUtf8, plain, recordsOf, rowWidth, shown, splitTable, swallowedRows, trimmed } from "../../lib/files";
import { dataError } from "../data/support";
import { fc } from "../support/property";

const refused = (bytes: Uint8Array | string) => dataError(() => decodeUtf8(Buffer.from(bytes), "x.csv")).message;

describe("what is no text is named for what it is", () => {
  it.each<[string, Uint8Array | string, string]>([
    [
      "a workbook",
      "PK\u0003\u0004\u0014\0",
      "a zip archive or a spreadsheet (xlsx, ods); open it and save the sheet as CSV",
    ],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "an old Excel workbook"],
    ["gzip", gzipSync("a,b\n1,2\n"), "compressed with gzip"],
    ["a PDF", "%PDF-1.7\n%\u00e2\u00e3", "is a PDF"],
    ["Parquet", "PAR1\u0015\u0004", "a Parquet file"],
    [
      "git-lfs",
      "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
      "a pointer of git-lfs and not the file; run git lfs pull",
    ],
    ["git-annex", "../.git/annex/objects/aa/bb/MD5E-s12--00.csv", "a pointer of git-annex"],
    ["annex, unlocked", "/annex/objects/MD5E-s12--00.csv\n", "a pointer of git-annex"],
  ])("%s", (_, bytes, message) => {
    expect(refused(bytes)).toContain(message);
  });
});

describe("bytes that are not UTF-8: the script tells the encoding", () => {
  // Written by Python's codecs; no code here makes them.
  it.each([
    ["Cyrillic in Windows-1251", "Иванов", "312cc8e2e0edeee220d1e5f0e3e5e92ceef1e2eee1eee6e4b8ed0a"],
    ["Cyrillic in KOI8-R", "Иванов", "312ce9d7c1cecfd720f3c5d2c7c5ca2ccfd3d7cfc2cfd6c4a3ce0a"],
    ["Cyrillic in code page 866", "Иванов", "312c88a2a0adaea22091a5e0a3a5a92ca0e0a5e1e20a"],
    ["Arabic in Windows-1256", "محمد", "312ce3cde3cf20dae1ed2ce3daded3fa0a".replace("d3fa", "c7e1")],
    ["Hebrew in Windows-1255", "יוסי", "312ce9e5f1e920ebe4ef2cebece5e00a"],
    ["Greek in Windows-1253", "Γιώργος", "312cc3e9fef1e3eff220d0e1f0e1e4fcf0eff5ebeff22cf6f5ebe1eade0a"],
    ["Turkish in Windows-1254", "Yılmaz", "312c41686d65742059fd6c6d617a2c69fe6b75720a"],
    ["Chinese in GB18030", "王宇", "312ccdf5d3ee2cca cdb7c50a".replaceAll(" ", "")],
    ["Chinese in Big5", "王宇", "312ca4fda674 2cc4c0a9f10a".replaceAll(" ", "")],
    [
      "Japanese in Shift-JIS",
      "氏名",
      "8e8196bc2c91dfe795fa93fa0a8e5293632c323031390a".replace("91dfe795fa93fa", "91df95df93fa"),
    ],
    ["Korean in EUC-KR", "김영희", "312cb1e8bfb5c8f12cbcaeb9e60a"],
    ["Central European in Windows-1250", "Wałęsa", "312c5761b3ea73612ca3f3649f0a"],
    ["Latin-1 or Windows-1252", "Zoë", "312c5a6feb2c320a"],
  ])("%s", (name, word, hex) => {
    const message = refused(Buffer.from(hex, "hex"));
    expect(message).toContain(`row 1: is not UTF-8; it may be ${name} ("`);
    expect(message).toContain(word);
  });
});

describe("texts that look alike", () => {
  it("invisible marks fall away at the ends, and are shown elsewhere", () => {
    expect(["\u200e2019-03-04", "\ufeffid\u200b", " a\u00a0"].map(trimmed)).toEqual(["2019-03-04", "id", "a"]);
    expect(shown("i\u200bd")).toBe('"i\\u200bd"');
    expect(plain("Rene\u0301  \u00a0A")).toBe("René A");
  });
});

describe("a text with tabs, as Dataverse writes it", () => {
  const read = (text: string, bareQuotes = true) => recordsOf(text, "x.tab", { delimiter: "\t", bareQuotes });

  it("decodes its three escapes and no other", () => {
    expect(read('1\t"said \\"no\\" twice"\t"one\\ntwo\\tthree"\t"C:\\dir\\"\n')).toEqual([
      ["1", 'said "no" twice', "one\ntwo\tthree", "C:\\dir\\"],
    ]);
  });

  it.each([
    ["a stray mark", '2\t"B\t2019\n3\tC\t2019\n4\tD"\t2019\n', 1],
    ["a cell of two lines", 'a\tb\n2\t"one\ntwo"\n', 2],
  ])("a cell never spans lines: %s is refused", (_, text, row) => {
    expect(dataError(() => read(text)).problems[0]).toMatchObject({ row, rule: "quote" });
  });

  it("gives back what Dataverse wrote", () => {
    // As CSVFileReader.java: a backslash before quotation mark, line break and tab, and nothing else.
    const escaped = (text: string) =>
      `"${text.replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
    const cell = fc.string({ unit: fc.constantFrom("a", '"', "\n", "\t", " ", "é", ",") });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(read(rows.map((row) => row.map(escaped).join("\t")).join("\n"), false)).toEqual(rows);
      }),
    );
  });
});

describe("rows that a stray quotation mark makes one", () => {
  const rows = Array.from({ length: 6 }, (_, i) => [`${i}`, `N${i}`, "2019-03-04", "2020-05-06"]);
  it("are found wherever it opens and closes; cells of several lines are no such thing", () => {
    for (let from = 0; from < 5; from++) {
      for (let to = from + 1; to < 6; to++) {
        for (const place of [0, 1, 2]) {
          const text = rows
            .map((row, i) =>
              row
                .map((cell, j) => `${j === place && i === from ? '"' : ""}${cell}${j === place && i === to ? '"' : ""}`)
                .join(","),
            )
            .join("\n");
          const swallowed = recordsOf(text, "x.csv", { delimiter: "," })[from];
          expect(swallowed).toHaveLength(4);
          expect(swallowedRows(swallowed, ",", 4)).toMatch(/^has a cell of several lines, \d of which would be rows/);
        }
      }
    }
    expect(swallowedRows(["1", "a\nb, c", "2019", "2020"], ",", 4)).toBeNull();
    expect(swallowedRows(["1", "A", "2019", "a text\nof two, three lines\nwithout as many"], ",", 4)).toBeNull();
  });

  it("are refused in a table of the data package", () => {
    const text = 'id,name,from,to\n1,A,x,y\n2,"B,x,y\n3,C",x,y\n';
    expect(dataError(() => splitTable(text, "x.csv", ["id", "name", "from", "to"])).problems).toMatchObject([
      { row: 3, rule: "ragged-row" },
    ]);
  });
});

it("blank cells at the end of all lines are no cells", () => {
  expect([
    rowWidth(["id", "to"], ["1", "2", ""]),
    rowWidth(["id", "to", ""], ["1", "2"]),
    rowWidth(["id", "to"], ["1", "2", "3"]),
  ]).toEqual([3, 2, 2]);
  const read = splitTable("a,b,\n1,2,\n,,\n3,4,\n", "x.csv", ["a", "b"]);
  expect([read.rows.map((row) => row.slice(0, 2)), read.at]).toEqual([
    [
      ["1", "2"],
      ["3", "4"],
    ],
    [2, 4],
  ]);
});
