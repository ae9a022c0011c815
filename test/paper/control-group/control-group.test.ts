import { afterEach, describe, expect, it } from "vitest";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import {
  attritionStages,
  attritionTable,
  controlGroup,
  observedFor,
  tableOneData,
} from "../../../lib/paper/control-group";
import { dataError, removeFolders } from "../../data/support";
import { changed, folderOf, PRISONERS, REPORTS } from "../../data/urgent-actions/fixture";

afterEach(removeFolders);

const groupOf = (changes: Parameters<typeof folderOf>[0] = {}) => {
  const from = folderOf(changes);
  return controlGroup(loadUrgentActions({ from }), loadPrisoners({ from }));
};

describe("from reports to complete cases", () => {
  const group = groupOf();

  it("counts each step and what it leaves out", () => {
    expect(
      group.attrition.map(({ step, reports, people, women, excluded }) => [step, reports, people, women, excluded]),
    ).toEqual([
      ["named in a report", 10, 11, 9, 0],
      ["reported 2000-01-01 to 2015-09-01", 8, 9, 7, 2],
      ["sex coded", 7, 8, 7, 1],
      ["women", 7, 7, 7, 1],
      ["looked up", 6, 6, 6, 1],
      ["detained", 6, 5, 5, 1],
      ["held for two months or more", 5, 4, 4, 1],
      ["all concerns coded", 4, 3, 3, 1],
    ]);
    expect(group.attrition.map((step) => step.reason)).toEqual([
      null,
      "no report in the period",
      "sex not coded",
      "men",
      "no row in prisoners.csv",
      "no detention reported",
      "detained for under two months",
      "a concern not coded in any report",
    ]);
    expect([group.outsidePeriod, group.unnamed]).toEqual([[11, 12], ["VN-0002"]]);
    expect(group.emptyRegions).toEqual(["Eurasia", "Africa", "Americas"]);
    const [first, last] = [group.attrition[0], group.attrition.at(-1)];
    const lost = group.attrition.reduce((sum, step) => sum + step.excluded, 0);
    expect(lost).toBe((first?.people ?? 0) - (last?.people ?? 0));
  });

  it("puts the reports on a woman together", () => {
    const [woman] = group.women;
    expect(woman).toMatchObject({ id: "IR-0001", reports: 2, yearOfEntry: 2010, firstReport: "2010-03-01" });
    expect(woman).toMatchObject({
      torture: true,
      prisonerOfConscience: false,
      legal: true,
      region: "Middle East",
    });
    expect(group.women.find(({ id }) => id === "KP-0001")?.region).toBeNull();
    expect(group.women.find(({ id }) => id === "SY-0002")?.medical).toBeNull();
  });

  it("counts months from arrest to release, or to the last day of observation", () => {
    const times = Object.fromEntries(group.prisoners.map(({ id, time, event }) => [id, [time, event]]));
    expect(times["IR-0001"]).toEqual([12, true]);
    expect(times["wang-yu"]).toEqual([12 + 23 / 31, true]);
    expect(times["KP-0001"]).toEqual([18, true]);
    // Detained in April 2012, so on the 15th: 21 months to 15 January 2014, and 16 days of 31.
    expect(times["SY-0002"]).toEqual([21 + 16 / 31, false]);
  });

  it("gives Table 1's columns, with what no model can estimate", () => {
    const data = tableOneData(group);
    expect(data.ids).toEqual(["IR-0001", "wang-yu", "SY-0002", "KP-0001"]);
    expect(data.covariates["Free the 20"]).toEqual([0, 1, 0, 0]);
    expect(data.covariates["Any Torture Concerns"]).toEqual([1, 0, 0, 0]);
    expect(data.covariates["Any Medical Concerns"]).toEqual([0, 0, null, 0]);
    expect(data.covariates["Middle East"]).toEqual([1, 0, 1, 0]);
    expect(data.covariates.Asia).toEqual([0, 1, 0, 0]);
    expect(data.constant).toEqual([
      "Prisoner of Conscience",
      "Death Penalty Concerns",
      "Any Legal Concerns",
      "Any Medical Concerns",
      "Eurasia",
      "Africa",
      "Americas",
    ]);
    expect([data.own, data.provenance]).toEqual([false, ["public-record", "synthetic", "published"]]);
  });

  it("says what a coding decides about women who are not in the file", () => {
    expect(group.coding).toMatchObject({
      released: 1,
      of: 1,
      title: expect.stringContaining("1 of 1 released"),
    });
    expect(group.flags.map((flag) => flag.kind)).toEqual(Array(3).fill("coding without a row"));
  });

  it("holds no prisoner where nobody was held for two months", () => {
    const group = groupOf({
      prisoners: [{ person: "CN-0001", country: "China", custody: "under two months", released: "2010-03-01" }],
    });
    expect([group.prisoners.length, group.complete.length, tableOneData(group).time.length]).toEqual([0, 0, 0]);
    expect(tableOneData(group).constant).toHaveLength(11);
  });
});

describe("a featured woman of the public record whom no report names", () => {
  const load = (concerns?: "mentioned" | "known") => {
    const from = folderOf({ reports: REPORTS.filter(({ person }) => person !== "wang-yu") });
    return controlGroup(loadUrgentActions({ from }), loadPrisoners({ from, concerns }));
  };

  it("is counted beside the people named, in a step of her own, and is among the prisoners", () => {
    const { attrition, women, prisoners, people } = load();
    expect(attrition[2]).toEqual({
      step: "with the featured women of the public record",
      ...{ reports: attrition[1].reports, people: attrition[1].people + 1, women: attrition[1].women + 1 },
      ...{ excluded: 0, added: 1, reason: null },
    });
    expect([people.length, women.length, prisoners.length]).toEqual([9, 7, 4]);
    expect(women.at(-1)).toMatchObject({ id: "wang-yu", reports: null, yearOfEntry: null, torture: true });
    const stages = attritionStages(load());
    expect(stages[0].count - stages[0].leaves.reduce((sum, { count }) => sum + count, 0)).toBe(stages[1].count);
    expect(attritionTable(load()).rows[2]).toContain("+1");
  });

  it("has the concerns that pages state; unknown is no where it is read as mentioned, and missing where as known", () => {
    const her = (concerns: "mentioned" | "known") => load(concerns).prisoners.find(({ id }) => id === "wang-yu");
    const stated = { torture: true, legal: true, deathPenalty: false };
    expect(her("mentioned")).toMatchObject({ ...stated, prisonerOfConscience: false, medical: false });
    expect(her("known")).toMatchObject({ ...stated, prisonerOfConscience: null, medical: null });
    expect(load("known").complete.map(({ id }) => id)).not.toContain("wang-yu");
  });
});

describe("observedFor", () => {
  const data = tableOneData(groupOf());

  it("ends one woman's observation and leaves all others and earlier releases alone", () => {
    const at = data.ids.indexOf("IR-0001");
    const cut = observedFor(data, "IR-0001", 5);
    expect([cut.time[at], cut.event[at]]).toEqual([5, false]);
    expect(observedFor(data, "IR-0001", 12)).toEqual(data);
    expect({ ...cut, time: data.time, event: data.event }).toEqual(data);
    expect(cut.time.filter((time, i) => time !== data.time[i])).toEqual([5]);
  });

  it("refuses somebody who is not there, and no time at all", () => {
    expect(() => observedFor(data, "nobody", 5)).toThrow(/observedFor: nobody in .* is "nobody"/);
    expect(() => observedFor(data, "IR-0001", 0)).toThrow(/observedFor: months is 0/);
  });
});

describe("one person under two spellings", () => {
  const twoSpellings = changed(REPORTS, 1, { person: "ir 0001" });

  it("is flagged and counted as two", () => {
    const group = groupOf({ reports: twoSpellings });
    expect(group.women).toHaveLength(8);
    expect(group.flags[0]).toMatchObject({ kind: "similar spellings", rows: [2, 3] });
    expect(group.flags[0]?.message).toContain('"IR-0001" (row 2) and "ir 0001" (row 3) may be one person');
  });

  it("is merged by same_person.csv only, and said to be", () => {
    const group = groupOf({
      reports: twoSpellings,
      samePerson: "spelling,person\nir 0001,IR-0001\nnobody,IR-0001\n",
    });
    expect(group.women).toHaveLength(7);
    expect(group.women[0]).toMatchObject({ id: "IR-0001", reports: 2 });
    expect(group.flags.slice(0, 2).map(({ kind, rows }) => [kind, rows])).toEqual([
      ["merged spellings", [3]],
      ["unused spelling", []],
    ]);
  });

  it("a report that names both is one report", () => {
    const both = changed(REPORTS, 2, { person: "ir 0001", sex: "female" });
    const group = groupOf({ reports: both, samePerson: "spelling,person\nir 0001,IR-0001\n" });
    expect(group.women[0]).toMatchObject({ id: "IR-0001", reports: 2 });
  });

  it("an empty table merges nothing, and a chain is an error", () => {
    expect(groupOf({ samePerson: "spelling,person\n" }).women).toHaveLength(7);
    const { problems } = dataError(() => groupOf({ samePerson: "spelling,person\na,b\nb,c\n" }));
    expect(problems).toMatchObject([{ file: expect.stringContaining("same_person.csv"), row: 2, column: "person" }]);
  });

  it("two rows of prisoners.csv that become one woman are an error", () => {
    const prisoners = [...PRISONERS, { person: "ir 0001" }];
    const { problems } = dataError(() => groupOf({ prisoners, samePerson: "spelling,person\nir 0001,IR-0001\n" }));
    expect(problems).toMatchObject([{ row: 9, column: "person", rule: "one-row" }]);
  });
});
