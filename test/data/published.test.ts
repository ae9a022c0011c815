import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { loadPublished, publishedNumber } from "../../lib/data";
import { campaign } from "../../lib/data/schema";
import { dataError, folderWith, removeFolders } from "./support";

afterEach(removeFolders);

describe("the printed numbers", () => {
  const published = loadPublished();

  it("are found by id, with place and wording", () => {
    expect(publishedNumber(published, "released-within-three-years")).toEqual({
      id: "released-within-three-years",
      place: "Section I",
      quantity: "Named women released within three years of the launch",
      printed: "16 of 19 women",
      value: 16,
    });
    expect(publishedNumber(published, "log-rank-p-with-journalists").value).toBe(0.058);
    expect(published).toMatchObject({ own: true, provenance: ["published"], file: "data/published.json" });
  });

  it("by an unknown id are an error that names the nearest", () => {
    // @ts-expect-error the type check knows the ids
    expect(() => publishedNumber(published, "log-rank-q")).toThrow('prints no number "log-rank-q", did you mean');
  });

  it("hold Table 1: four models, five characteristics, five regions", () => {
    const { table1 } = published;
    expect(table1.observations).toEqual([251, 245, 245, 245]);
    expect(table1.campaign.coefficient).toEqual([0.797, 0.619, 0.896, 0.801]);
    expect([table1.characteristics.length, table1.regions.length]).toEqual([5, 5]);
  });

  it("add up as the text says, and agree with the campaign's constants", () => {
    const value = (id: Parameters<typeof publishedNumber>[1]) => Number(publishedNumber(published, id).value);
    expect(value("long-list-featured") + value("long-list-not-featured")).toBe(value("long-list-proposed"));
    expect(value("named-women") + value("symbolic-prisoners")).toBe(value("featured-women"));
    expect(value("follow-up-years") * 12).toBe(campaign().followUpMonths);
    expect(campaign().launch.startsWith(String(publishedNumber(published, "launch-month").value))).toBe(true);
  });

  it.each([
    [
      "a missing id",
      (text: string) => text.replace('"log-rank-p"', '"log-rank"'),
      'there is no number "log-rank-p", did you mean',
    ],
    [
      "an id twice",
      (text: string) => text.replace('"log-rank-confidence"', '"log-rank-p"'),
      'the id "log-rank-p" stands twice',
    ],
    ["a property misspelt", (text: string) => text.replace('"place"', '"pace"'), "pace"],
    ["text for a coefficient", (text: string) => text.replace("[0.797", '["0.797"'), "table1.campaign.coefficient.0"],
    ["columns of unequal length", (text: string) => text.replace("[0.308, 0.096]", "[0.308]"), "differ in length"],
  ])("with %s are refused", (_, edit, message) => {
    const from = folderWith("published.json", edit(readFileSync("data/published.json", "utf8")));
    expect(dataError(() => loadPublished({ from })).message).toContain(message);
  });
});
