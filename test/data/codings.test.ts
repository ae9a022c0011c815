import { describe, expect, it } from "vitest";
import { codings, findCoding, loadFreeThe20, loadJournalists, loadLongList, withJournalists } from "../../lib/data";
import type { Coding } from "../../lib/data/schema";
import { dataError } from "./support";

const THREE = ["liu-xia", "maria-lourdes-afiuni", "matlyuba-kamilova"];

const releasedUnder = (coding: Parameters<typeof findCoding>[0]) =>
  loadFreeThe20({ coding })
    .rows.filter((row) => row.counted)
    .map((row) => row.id);

describe("the named codings", () => {
  it.each([
    ["strict", 15, []],
    ["working-paper", 16, ["liu-xia"]],
    ["published-article", 17, ["liu-xia", "maria-lourdes-afiuni"]],
    ["broad", 18, ["matlyuba-kamilova", "liu-xia", "maria-lourdes-afiuni"]],
  ] as const)("%s: %d of 19 released", (name, count, decided) => {
    const released = releasedUnder(name);
    expect(released).toHaveLength(count);
    expect(released.filter((id) => THREE.includes(id))).toEqual(decided);
    expect(released).not.toContain("aster-yohannes");
  });

  it("state their counts and reasons, and decide about the same three women", () => {
    expect(codings().map((coding) => coding.released)).toEqual([15, 16, 17, 18]);
    for (const coding of codings()) {
      expect(coding.title).toContain(`${coding.released} of 19`);
      expect(coding.decisions.map((decision) => decision.id)).toEqual(THREE);
      expect(coding.reasoning.length).toBeGreaterThan(100);
    }
  });

  it("say that the seventeenth woman is an assumption, and name the other reading", () => {
    const { reasoning } = findCoding("published-article");
    expect(reasoning).toContain("does not tell who the seventeenth is");
    expect(reasoning).toContain("assumption");
    expect(reasoning).toContain("The other reading");
  });

  it("are carried by what is loaded, the working paper's if none is named", () => {
    expect(loadFreeThe20().coding.name).toBe("working-paper");
    const women = loadLongList({ coding: "broad" });
    expect(women.coding.title).toBe("broad coding (18 of 19 released)");
    const kamilova = women.rows.find((row) => row.id === "matlyuba-kamilova");
    expect(kamilova).toMatchObject({
      released: null,
      counted: true,
      releaseInterval: { earliest: "2016-01-27", latest: "2018-09-01", reported: null },
    });
    expect(kamilova?.codingReason).toContain("upper bound");
  });

  it("leave the record as it is: only what is counted changes", () => {
    const liuXia = (coding: "strict" | "broad") => loadFreeThe20({ coding }).rows.find((row) => row.id === "liu-xia");
    expect(liuXia("strict")).toMatchObject({ counted: false, releaseInterval: null });
    expect(liuXia("strict")?.released).toEqual(liuXia("broad")?.released);
  });
});

describe("an own coding", () => {
  const asRecorded: Coding = {
    name: "as-recorded",
    title: "as recorded (17 of 19 released)",
    definition: "Every row as it is recorded.",
    reasoning: "For comparison.",
    released: 17,
    of: 19,
    decisions: [],
  };

  it("without decisions takes every row as recorded", () => {
    const released = releasedUnder(asRecorded);
    expect(released).toHaveLength(17);
    expect(released).not.toContain("matlyuba-kamilova");
  });

  it("that decides about an unknown id is an error that names the nearest", () => {
    const decisions = [{ id: "liu-xi", outcome: "not released", reason: "…" } as const];
    const error = dataError(() => loadFreeThe20({ coding: { ...asRecorded, decisions } }));
    expect(error.message).toContain('decides about "liu-xi", did you mean "liu-xia"?');
  });

  it("that counts a release without a date is an error that names the woman", () => {
    const decisions = [{ id: "aster-yohannes", outcome: "released", reason: "…" } as const];
    expect(() => loadFreeThe20({ coding: { ...asRecorded, decisions } })).toThrow(
      "the coding counts aster-yohannes as released, but her row has no release date",
    );
  });

  it("by a name that does not exist is an error that names the nearest", () => {
    // @ts-expect-error the type check knows the names
    expect(() => loadFreeThe20({ coding: "working-papr" })).toThrow(
      '"working-papr" is not a coding, did you mean "working-paper"?; known are strict, working-paper, published-article, broad',
    );
  });
});

describe("the rows", () => {
  const { rows } = loadFreeThe20();

  it("are the nineteen women in the order of the campaign", () => {
    expect(rows.map((row) => row.feature_day)).toEqual([...Array(17).keys()].map((i) => i + 1).concat(19, 20));
    expect(new Set(rows.map((row) => row.country)).size).toBe(12);
    expect(rows.every((row) => row.featured && row.provenance === "public-record")).toBe(true);
  });

  it("have a source for every date, and regions as the paper groups them", () => {
    for (const row of rows) {
      expect(row.sources_detained.length).toBeGreaterThan(0);
      if (row.released !== null || row.released_earliest !== null) {
        expect(row.sources_released.length).toBeGreaterThan(0);
      }
    }
    const regions = rows.map((row) => row.region);
    const count = (region: string) => regions.filter((candidate) => candidate === region).length;
    expect(["Asia", "Eurasia", "Africa", "Middle East", "Americas"].map(count)).toEqual([7, 4, 4, 3, 1]);
  });

  it("bound what is only bounded: first release of Mesfin, two undated ones, Hedayat's year", () => {
    const interval = (id: string) => rows.find((row) => row.id === id)?.releaseInterval;
    expect(interval("blen-mesfin")).toEqual({ earliest: "2015-09-06", latest: "2016-10-08", reported: null });
    for (const id of ["meron-alemayehu", "nigist-wondifraw"]) {
      expect(interval(id)).toEqual({ earliest: "2015-09-06", latest: "2018-09-01", reported: null });
      expect(rows.find((row) => row.id === id)?.release_evidence).toBe("undated");
    }
    expect(interval("bahareh-hedayat")).toMatchObject({
      earliest: "2016-06-15",
      latest: "2017-04-04",
      reported: { text: "2016", precision: "year" },
    });
  });
});

describe("the long list and footnote 4", () => {
  it("has the nineteen first, then eighteen synthetic rows without names", () => {
    const { rows, provenance, file } = loadLongList();
    expect(rows.map((row) => row.featured)).toEqual([...Array(19).fill(true), ...Array(18).fill(false)]);
    const synthetic = rows.slice(19);
    expect(synthetic.every((row) => row.provenance === "synthetic" && row.name === null)).toBe(true);
    expect(synthetic.map((row) => row.label)).toEqual(synthetic.map((row) => row.id));
    expect(synthetic.find((row) => row.country === "Bahrain")?.region).toBeNull();
    expect(provenance).toEqual(["public-record", "synthetic"]);
    expect(file).toBe("data/freethe20.csv, data/long_list.csv");
  });

  it("takes the journalists back in as women who were not featured", () => {
    const journalists = loadJournalists();
    expect(journalists.provenance).toEqual(["public-record"]);
    expect(journalists.rows.map((row) => row.releaseInterval.latest)).toEqual([
      "2015-07-09",
      "2015-07-08",
      "2015-07-08",
    ]);
    const forty = withJournalists(loadLongList(), journalists);
    expect(forty.rows).toHaveLength(40);
    expect(forty.rows.slice(37).map((row) => [row.label, row.featured])).toEqual([
      ["Reeyot Alemu", false],
      ["Mahlet Fantahun", false],
      ["Edom Kassaye", false],
    ]);
    expect(forty.file).toContain("data/journalists.csv");
  });
});
