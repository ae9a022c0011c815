import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { loadLongList, releaseOutcomes } from "../../../lib/data";
import { descriptorSchema } from "../../../lib/data/schema/descriptor";
import { kaplanMeier, logRank } from "../../../lib/survival";
import { LONG_LIST, longListCsv } from "../../../tools/data/long-list";
import { currentRowsSource, rowsSource } from "../../../tools/data/rows-source";
import { emptyFolder, folderWith, removeFolders } from "../../data/support";

afterEach(removeFolders);

const withLongList = (text: string) => loadLongList({ from: folderWith("long_list.csv", text) });

describe("data/long_list.csv", () => {
  const committed = readFileSync("data/long_list.csv", "utf8");

  it("is what the generator makes, to the byte", () => {
    expect(longListCsv()).toBe(committed);
  });

  it("is as the assumptions say", () => {
    const rows = loadLongList().rows.slice(19);
    const released = rows.filter((row) => row.counted);
    expect([rows.length, released.length]).toEqual([LONG_LIST.women, LONG_LIST.releases]);
    for (const row of released) expect((row.releaseInterval?.earliest ?? "") > "2017-09-01").toBe(true);
    expect(rows.filter((row) => row.region === null).map((row) => row.country)).toEqual(Array(3).fill("Bahrain"));
    expect(new Set(rows.map((row) => row.country)).size).toBe(13);
    expect(rows.filter((row) => row.detained.precision === "month")).toHaveLength(3);
    expect(rows[0].detained.earliest >= "2006-09-01").toBe(true);
    expect(rows.every((row) => row.detention.latest <= "2015-07-01")).toBe(true);
  });

  it("honours Figure 1's censoring marks: five on the long list's curve, all while it is above 0.75", () => {
    const outcomes = releaseOutcomes(loadLongList(), { clock: "launch" });
    const [, curve] = kaplanMeier(outcomes, { order: ["short list", "long list"] });
    const marks = curve.survival.filter((_, i) => curve.censored[i] > 0);
    expect(marks).toHaveLength(5);
    for (const survival of marks) expect(survival).toBeGreaterThan(0.75);
    const short = outcomes.time.filter((_, i) => outcomes.group[i] === "short list" && !outcomes.event[i]);
    expect(new Set(short)).toEqual(new Set([36]));
  });

  it("changes with the seed and with what is assumed", () => {
    expect(longListCsv({ ...LONG_LIST, seed: 1 })).not.toBe(committed);
    const none = withLongList(longListCsv({ ...LONG_LIST, releases: 0 }));
    expect(none.rows.slice(19).filter((row) => row.counted)).toHaveLength(0);
  });

  it("was not picked for its p value: 60 other seeds give p < 0.0001 too", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const women = withLongList(longListCsv({ ...LONG_LIST, seed }));
      expect(logRank(releaseOutcomes(women, { clock: "launch" })).pValue, `seed ${seed}`).toBeLessThan(1e-4);
      if (seed % 20 === 0) removeFolders();
    }
  });

  it("the number of releases matters: with all of them in the first year p is larger", () => {
    const many = withLongList(longListCsv({ ...LONG_LIST, releases: 14, releasesAfterMonth: 0 }));
    expect(logRank(releaseOutcomes(many, { clock: "launch" })).pValue).toBeGreaterThan(0.01);
  });
});

describe("lib/data/schema/rows.ts", () => {
  it("is what data/datapackage.json makes", () => {
    expect(readFileSync("lib/data/schema/rows.ts", "utf8")).toBe(currentRowsSource(process.cwd()));
  });

  it("follows a change of the data package", () => {
    const text = readFileSync(join("data", "datapackage.json"), "utf8");
    const changed = descriptorSchema.parse(JSON.parse(text.replaceAll('"name": "occupation"', '"name": "profession"')));
    const source = rowsSource(changed, ["a"]);
    expect(source).toContain('profession: row.text("profession")');
    expect(source).not.toContain("occupation");
    expect(source).toContain('export const PUBLISHED_ID = ["a"] as const;');
  });

  it("is made where there is none: the generator needs nothing of what it makes", () => {
    const folder = emptyFolder();
    const made = join(folder, "lib/data/schema/rows.ts");
    for (const name of ["lib", "tools", "data", "package.json", "tsconfig.json"]) {
      cpSync(name, join(folder, name), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "dir");
    rmSync(made);
    const generate = join("tools", "data", "generate.ts");
    execFileSync(process.execPath, [join("tools", "launch.mjs"), generate], { cwd: folder, stdio: "pipe" });
    expect(readFileSync(made, "utf8")).toBe(readFileSync("lib/data/schema/rows.ts", "utf8"));
  }, 60_000);

  it("is not made where the data package lists other kinds of provenance than lib/files knows", () => {
    const text = readFileSync(join("data", "datapackage.json"), "utf8");
    const other = (kinds: string) => {
      const fields = (value: unknown): unknown =>
        typeof value === "object" && value !== null && "name" in value && value.name === "provenance"
          ? { ...value, constraints: { required: true, enum: kinds.split(",") } }
          : value;
      return descriptorSchema.parse(JSON.parse(text, (_, value: unknown) => fields(value)));
    };
    expect(() => rowsSource(other("public-record,synthetic"), [])).toThrow(
      /lists the kinds of provenance public-record, synthetic; PROVENANCE .* has public-record, synthetic, published/,
    );
    expect(() => rowsSource(other("public-record,synthetic,published"), [])).not.toThrow();
  });
});
