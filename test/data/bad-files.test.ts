import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadFreeThe20, loadPublished } from "../../lib/data";
import { cellsOf, copyOfData, dataError, folderWith, removeFolders, toText } from "./support";

afterEach(removeFolders);

const own = readFileSync("data/freethe20.csv");
const text = own.toString("utf8");

/** The only problem of a folder's freethe20.csv. */
function problemWith(content: string | Uint8Array, file = "freethe20.csv") {
  const from = folderWith(file, content);
  if (file !== "freethe20.csv") rmSync(join(from, "freethe20.csv"));
  const { problems } = dataError(() => loadFreeThe20({ from }));
  expect(problems).toHaveLength(1);
  expect(problems[0].file).toBe(join(from, file));
  return problems[0];
}

describe("a file that is missing or holds nothing", () => {
  it("missing: names the file and the endings it may have", () => {
    const from = copyOfData();
    rmSync(join(from, "freethe20.csv"));
    const error = dataError(() => loadFreeThe20({ from }));
    expect(error.problems[0].rule).toBe("file-missing");
    expect(error.message).toContain(
      `freethe20.csv: no such file; expected freethe20.csv or freethe20.tab or freethe20.tsv in ${from}`,
    );
  });

  it("empty: says what was expected", () => {
    const problem = problemWith("");
    expect(problem).toMatchObject({ rule: "file-empty", row: null });
    expect(problem.message).toBe("is empty; expected a header row and data rows");
  });

  it.each(["\ufeff", "\n\n", "  \n"])("with nothing but blanks (%j): the same", (content) => {
    expect(problemWith(content).rule).toBe("file-empty");
  });

  it.each(["", "\n", "\r\n"])("header only (ending in %j): says so", (ending) => {
    const problem = problemWith(text.split("\n")[0] + ending);
    expect(problem.rule).toBe("no-rows");
    expect(problem.message).toBe("has a header row and no data rows");
  });

  it("a directory in place of the file: says so", () => {
    const from = copyOfData();
    rmSync(join(from, "freethe20.csv"));
    mkdirSync(join(from, "freethe20.csv"));
    const error = dataError(() => loadFreeThe20({ from }));
    expect(error.problems[0].rule).toBe("is-a-directory");
    expect(error.message).toContain("freethe20.csv: is a directory; a file was expected");
  });

  it("a folder that does not exist, or is a file: says which was asked for", () => {
    expect(dataError(() => loadFreeThe20({ from: "no/such/folder" })).message).toContain(
      'there is no such folder (from: "no/such/folder")',
    );
    const file = join(copyOfData(), "freethe20.csv");
    expect(dataError(() => loadFreeThe20({ from: file })).problems[0].rule).toBe("not-a-directory");
  });

  it("two files of the same stem: asks which one is meant", () => {
    const from = folderWith("freethe20.tab", toText(cellsOf("freethe20.csv"), "\t"));
    const error = dataError(() => loadFreeThe20({ from }));
    expect(error.message).toContain("the folder holds freethe20.csv and freethe20.tab; keep the one that is meant");
  });
});

describe("a file in another form", () => {
  it.each([
    ["semicolons", ";", "freethe20.csv"],
    ["tabs", "\t", "freethe20.csv"],
    ["bars", "|", "freethe20.csv"],
    ["commas", ",", "freethe20.tab"],
  ])("separated by %s: names the delimiter found and the one needed", (name, delimiter, file) => {
    const problem = problemWith(toText(cellsOf("freethe20.csv"), delimiter), file);
    expect(problem).toMatchObject({ rule: "delimiter", row: 1 });
    expect(problem.message).toContain(`separated by ${name}`);
    expect(problem.message).toContain(`is separated by ${file.endsWith("csv") ? "commas" : "tabs"}`);
  });

  it("ragged rows: names every such row, cells found and needed", () => {
    const cells = cellsOf("freethe20.csv");
    cells[4].push("more");
    cells[9].pop();
    const from = folderWith("freethe20.csv", toText(cells));
    const { problems } = dataError(() => loadFreeThe20({ from }));
    expect(problems.map(({ row, rule }) => [row, rule])).toEqual([
      [5, "ragged-row"],
      [10, "ragged-row"],
    ]);
    const columns = cells[0].length;
    expect(problems[0].message).toContain(`has ${columns + 1} cells, the header has ${columns} columns`);
    expect(problems[1].message).toContain(`has ${columns - 1} cells`);
  });

  it.each(["", ",".repeat(30)])("a blank row (%j) is left out, and later row numbers stay true", (blank) => {
    const lines = text.split("\n");
    lines.splice(3, 0, blank);
    expect(loadFreeThe20({ from: folderWith("freethe20.csv", lines.join("\n")) }).rows).toHaveLength(19);
    lines[6] = lines[6].replace(/\d{4}-\d{2}-\d{2}/, "2015-13-41");
    expect(problemWith(lines.join("\n"))).toMatchObject({ row: 7, value: "2015-13-41" });
  });

  it("an unclosed quotation mark: names the row in which it opens", () => {
    const lines = text.split("\n");
    lines[6] = lines[6].replace(/^[^,]*/, '"gao-yu');
    // Later quotation marks would close it by chance, so none follow here.
    const head = [...lines.slice(0, 7), ...lines.slice(7).map((line) => line.replaceAll('"', ""))];
    const problem = problemWith(head.join("\n"));
    expect(problem).toMatchObject({ rule: "quote", row: 7 });
    expect(problem.message).toContain("a quotation mark is not closed");
  });

  it("a quotation mark inside a cell without any: names the row", () => {
    const problem = problemWith(text.replace("human-rights lawyer", 'human-"rights" lawyer'));
    expect(problem).toMatchObject({ rule: "quote", row: 2 });
  });

  it("NUL bytes: names the row", () => {
    const bytes = Buffer.from(own);
    bytes[text.indexOf("\n") + 5] = 0;
    expect(problemWith(bytes)).toMatchObject({ rule: "nul-bytes", row: 2 });
  });

  it.each([
    ["little-endian with a mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["big-endian with a mark", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["without a mark", Buffer.from(text, "utf16le")],
  ])("UTF-16 %s: asks for UTF-8", (_, bytes) => {
    const problem = problemWith(bytes);
    expect(problem.rule).toBe("encoding");
    expect(problem.message).toMatch(/UTF-16.*save it as UTF-8/);
  });

  it("Latin-1: names the row and shows the word as it was meant", () => {
    const ascii = text.replace(/[^\n\x20-\x7e]/g, "?").split("\n");
    ascii[14] = ascii[14].replace("Mar?a", "María");
    const problem = problemWith(Buffer.from(ascii.join("\n"), "latin1"));
    expect(problem).toMatchObject({ rule: "encoding", row: 15 });
    expect(problem.message).toContain('may be Latin-1 or Windows-1252 ("María")');
  });

  it.each([
    ["not JSON", "{", "is not JSON"],
    ["JSON of another shape", "{}", "column numbers"],
  ])("published.json, %s: says so", (_, content, message) => {
    const from = folderWith("published.json", content);
    expect(dataError(() => loadPublished({ from })).message).toContain(message);
  });
});

describe("columns", () => {
  const header = cellsOf("freethe20.csv")[0];

  /** The table with its header changed, and its rows cut or filled to the new number of columns. */
  function withColumns(columns: string[]) {
    const rows = cellsOf("freethe20.csv").slice(1);
    const cells = rows.map((row) => columns.map((_, i) => row[i] ?? ""));
    return problemWith(toText([columns, ...cells]));
  }

  it("missing: lists it, those found and those expected", () => {
    const problem = withColumns(header.filter((name) => name !== "released"));
    expect(problem).toMatchObject({ rule: "columns", row: 1 });
    expect(problem.message).toContain("missing: released;");
    expect(problem.message).toContain(`expected: ${header.join(", ")}`);
    expect(problem.message).toContain("found: id, name,");
  });

  it("extra: lists it", () => {
    expect(withColumns([...header, "age"]).message).toContain('unexpected: "age"');
  });

  it("twice: lists it once", () => {
    expect(withColumns([...header, "notes"]).message).toContain("twice: notes;");
  });

  it("misspelt: names the nearest", () => {
    const misspelt = header.map((name) => (name === "released" ? "releasd" : name));
    const { message } = withColumns(misspelt);
    expect(message).toContain('unexpected: "releasd", did you mean "released"?');
    expect(message).toContain("missing: released;");
  });

  it("in another order: no problem", () => {
    const cells = cellsOf("freethe20.csv").map((row) => [...row].reverse());
    const from = folderWith("freethe20.csv", toText(cells));
    expect(loadFreeThe20({ from }).rows).toEqual(loadFreeThe20().rows);
  });
});

it("writes the file under test", () => {
  // Guards the helper: without an edit the copy loads.
  const from = copyOfData();
  writeFileSync(join(from, "freethe20.csv"), own);
  expect(loadFreeThe20({ from }).rows).toHaveLength(19);
});
