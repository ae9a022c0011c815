import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFreeThe20, loadJournalists } from "../../lib/data";
import { projectRoot } from "../../lib/data/schema";
import { loadPrisoners, loadUrgentActions } from "../../lib/data/urgent-actions";
import { controlGroup } from "../../lib/paper/control-group";
import { dataError, removeFolders } from "./support";
import { changed, folderOf, REPORTS } from "./urgent-actions/fixture";

const root = projectRoot();
const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(csv|tab|tsv|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** Identifiers and names under which a page may speak of a woman of the public record. */
const people = [loadFreeThe20({ from: "data" }), loadJournalists({ from: "data" })].flatMap(({ rows }) =>
  rows.flatMap(({ id, name, alternative_names }) => [id, name, ...alternative_names]),
);
const namedIn = (text: string): string[] => people.filter((person) => text.includes(person));

describe("nothing is made up about a real woman", () => {
  it("no synthetic row of any file of data/ names a woman of the public record", () => {
    const rows = files("data")
      .filter((file) => /\.(csv|tab|tsv)$/.test(file))
      .flatMap((file) =>
        readFileSync(file, "utf8")
          .split("\n")
          .map((line) => ({ file, line })),
      );
    const synthetic = rows.filter(({ line }) => /(^|[,\t])synthetic([,\t]|$)/.test(line));
    expect(synthetic.length).toBeGreaterThan(3000);
    expect(synthetic.filter(({ line }) => namedIn(line).length > 0)).toEqual([]);
  });

  it("no example, template or synthetic series names one at all", () => {
    const made = [...files("data/examples"), ...files("tools/new/template"), ...files("tools/replica")];
    const series = files("data/attention");
    expect(made.length + series.length).toBeGreaterThan(8);
    for (const file of [...made, ...series]) {
      expect(namedIn(readFileSync(file, "utf8")), file).toEqual([]);
    }
  });

  it("so urgent_actions.csv holds invented people only, and what reports would tell of the nineteen is not known", () => {
    const reports = loadUrgentActions({ from: "data" });
    expect(reports.provenance).toEqual(["synthetic"]);
    const group = controlGroup(reports, loadPrisoners({ from: "data" }));
    const featured = group.women.filter((woman) => woman.featured);
    expect(featured).toHaveLength(19);
    for (const woman of featured) {
      expect(woman).toMatchObject({ provenance: "public-record", certainty: null });
      expect([woman.reports, woman.firstReport, woman.yearOfEntry]).toEqual([null, null, null]);
    }
  });

  it("no row says of one that she was not released: what the record lacks is called so, and no more is said", () => {
    const women = loadFreeThe20({ from: "data", coding: "strict" }).rows;
    expect(women.filter(({ release_kind }) => release_kind === "not released")).toEqual([]);
    const without = women.filter(({ released, released_latest }) => released === null && released_latest === null);
    expect(without.map(({ id, release_kind, release_evidence }) => [id, release_kind, release_evidence])).toEqual([
      ["aster-yohannes", "no release reported", "none"],
      ["matlyuba-kamilova", "no release found", "none"],
    ]);
    const shown = readFileSync(join(root, "notebooks/00-campaign.ipynb"), "utf8");
    expect(shown.includes("no release reported")).toBe(true);
    expect(shown.match(/.{0,40}not released.{0,20}/)?.[0] ?? "").toBe("");
  });

  it("a file with a made-up report on one is refused", () => {
    const from = folderOf({ reports: changed(REPORTS, 3, { provenance: "synthetic" }) });
    const { problems } = dataError(() => controlGroup(loadUrgentActions({ from }), loadPrisoners({ from })));
    expect(problems).toMatchObject([{ row: 3, column: "person", value: "wang-yu", rule: "nothing-made-up" }]);
    removeFolders();
  });
});
