import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadFreeThe20, loadJournalists, loadLongList, loadPublished } from "../../lib/data";
import { isSynthetic } from "../../lib/files";
import {
  cellsOf,
  copyOfData,
  dataError,
  emptyFolder,
  folderWith,
  folderWithCells,
  removeFolders,
  toText,
} from "./support";

const root = process.cwd();
afterEach(() => {
  removeFolders();
  delete process.env.HRD_DATA;
  delete process.env.HRD_ROOT;
  process.chdir(root);
});

describe("the same table in other clothes", () => {
  const text = readFileSync("data/freethe20.csv", "utf8");
  const expected = loadFreeThe20().rows;

  it.each([
    ["a byte order mark", `\ufeff${text}`],
    ["CRLF", text.replaceAll("\n", "\r\n")],
    ["a byte order mark and CRLF", `\ufeff${text.replaceAll("\n", "\r\n")}`],
    ["CR", text.replaceAll("\n", "\r")],
    ["two carriage returns and a line feed", text.replaceAll("\n", "\r\r\n")],
    ["rows of commas", text.replaceAll("\n", `\n${",".repeat(30)}\n`)],
    ["days with the hour at which they begin", text.replaceAll(/(?<=,)(\d{4}-\d{2}-\d{2})(?=,)/g, "$1 00:00:00")],
    ["no line break at the end", text.trimEnd()],
    ["blank lines at the end", `${text}\n\n`],
    ["every cell quoted", toText(cellsOf("freethe20.csv"))],
  ])("%s", (_, content) => {
    expect(loadFreeThe20({ from: folderWith("freethe20.csv", content) }).rows).toEqual(expected);
  });

  it.each(["freethe20.tab", "freethe20.tsv"])("tabs, in %s", (file) => {
    const from = folderWith(file, toText(cellsOf("freethe20.csv"), "\t", "\r\n"));
    rmSync(join(from, "freethe20.csv"));
    const loaded = loadFreeThe20({ from });
    expect(loaded.rows).toEqual(expected);
    expect(loaded.file).toBe(join(from, file));
  });
});

it("a .tab as Dataverse writes it gives the texts that the .csv has", () => {
  const cells = cellsOf("freethe20.csv");
  cells[2][cells[0].indexOf("name")] = 'said "no"\ttwice\nand left';
  const escaped = (cell: string) => `"${cell.replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
  const from = folderWith("freethe20.tab", cells.map((row) => `${row.map(escaped).join("\t")}\n`).join(""));
  rmSync(join(from, "freethe20.csv"));
  expect(loadFreeThe20({ from }).rows).toEqual(
    loadFreeThe20({ from: folderWith("freethe20.csv", toText(cells)) }).rows,
  );
});

describe("another folder", () => {
  it("is read with `from`, and the result says so", () => {
    const from = folderWithCells("freethe20.csv", [2, "name", "Another Name"]);
    const other = loadFreeThe20({ from });
    expect(other.rows[0].name).toBe("Another Name");
    expect(other).toMatchObject({ own: false, file: join(from, "freethe20.csv") });
    expect(loadFreeThe20()).toMatchObject({ own: true, file: "data/freethe20.csv" });
  });

  it("is read with HRD_DATA, and `from` goes before it", () => {
    const environment = folderWithCells("long_list.csv", [2, "country", "Elsewhere"]);
    const from = folderWithCells("long_list.csv", [2, "country", "Nowhere"]);
    process.env.HRD_DATA = environment;
    expect(loadLongList().rows[19].country).toBe("Elsewhere");
    expect(loadLongList({ from }).rows[19].country).toBe("Nowhere");
    process.env.HRD_DATA = "";
    expect(loadLongList()).toMatchObject({ own: true });
  });

  it("has its own count of releases, which the coding's title then states", () => {
    const edits = [
      ["released", ""],
      ["release_kind", "not released"],
      ["release_evidence", "none"],
    ] as const;
    const from = folderWithCells("freethe20.csv", ...edits.map(([column, value]) => [8, column, value] as const));
    expect(loadFreeThe20({ from }).coding).toMatchObject({
      title: "working-paper coding (15 of 19 released)",
      released: 15,
      of: 19,
    });
  });

  it("brings its own provenance row by row", () => {
    const edits = Array.from({ length: 18 }, (_, i) => [i + 2, "provenance", "published"] as const);
    const authors = loadLongList({ from: folderWithCells("long_list.csv", ...edits) });
    expect(authors.provenance).toEqual(["public-record", "published"]);
    expect(isSynthetic(authors)).toBe(false);
    expect(authors.title).not.toContain("synthetic");
    expect(loadLongList().title).toContain("(synthetic)");
    expect(isSynthetic(loadLongList())).toBe(true);
  });

  it("may describe itself; its description tells where the printed numbers come from", () => {
    const from = copyOfData();
    expect(loadPublished({ from }).provenance).toEqual(["published"]);
    const description = { resources: [{ name: "published", provenance: "synthetic" }] };
    writeFileSync(join(from, "datapackage.json"), JSON.stringify(description));
    expect(loadPublished({ from }).provenance).toEqual(["synthetic"]);
    writeFileSync(join(from, "datapackage.json"), JSON.stringify({ resources: [{ name: "published" }] }));
    expect(dataError(() => loadPublished({ from })).message).toContain("column resources.0.provenance");
  });

  it("must hold the tables of women; printed numbers and footnote 4 come along with HRD_DATA", () => {
    const folder = emptyFolder();
    expect(() => loadJournalists({ from: folder })).toThrow("journalists.csv: no such file");
    expect(() => loadPublished({ from: folder })).toThrow("published.json: no such file");
    process.env.HRD_DATA = folder;
    expect(() => loadLongList()).toThrow(`in ${folder} (HRD_DATA=${folder})`);
    expect(loadJournalists()).toMatchObject({ own: true, file: "data/journalists.csv" });
    expect(loadPublished()).toMatchObject({ own: true, file: "data/published.json" });
  });

  it("that is the project's data/ under another spelling counts as the project's own", () => {
    expect(loadFreeThe20({ from: "lib/../data" })).toMatchObject({ own: true, file: "data/freethe20.csv" });
  });
});

describe("the project's folder", () => {
  it("is found from a folder inside it", () => {
    process.chdir("notebooks");
    expect(loadFreeThe20().rows).toHaveLength(19);
  });

  it("is found from outside with HRD_ROOT only", () => {
    process.chdir(emptyFolder());
    expect(() => loadFreeThe20()).toThrow("start inside the project or set HRD_ROOT");
    process.env.HRD_ROOT = root;
    expect(loadFreeThe20().rows).toHaveLength(19);
    process.env.HRD_ROOT = process.cwd();
    expect(() => loadFreeThe20()).toThrow("HRD_ROOT names a folder without data/datapackage.json");
  });

  it("has a data package that is checked as well", () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "data"));
    const path = join(folder, "data", "datapackage.json");
    process.env.HRD_ROOT = folder;
    writeFileSync(path, "{");
    expect(() => loadFreeThe20()).toThrow("datapackage.json: is not JSON");
    const descriptor = JSON.parse(readFileSync(join(root, "data/datapackage.json"), "utf8"));
    descriptor.campaign.endOfFollowUp = "2018-10-01";
    writeFileSync(path, JSON.stringify(descriptor));
    expect(() => loadFreeThe20()).toThrow("endOfFollowUp is not followUpMonths after launch");
  });
});
