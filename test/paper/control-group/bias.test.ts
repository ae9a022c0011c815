import { describe, expect, it } from "vitest";
import {
  type ControlWoman,
  loadPrisoners,
  loadPublicConcerns,
  loadUrgentActions,
  people,
} from "../../../lib/data/urgent-actions";
import {
  attritionStages,
  biasCovariates,
  controlGroup,
  featuredWeights,
  standardizedBias,
} from "../../../lib/paper/control-group";

const WOMAN: ControlWoman = {
  id: "IR-0001",
  country: "Iran",
  sex: "female",
  reports: 1,
  firstReport: "2010-01-01",
  yearOfEntry: 2010,
  prisonerOfConscience: false,
  torture: false,
  deathPenalty: false,
  legal: false,
  medical: false,
  provenance: "synthetic",
  region: "Middle East",
  featured: false,
  custody: "two months or more",
  certainty: null,
};
const women = (...changes: Partial<ControlWoman>[]) => changes.map((change) => ({ ...WOMAN, ...change }));
const line = (lines: ReturnType<typeof standardizedBias>, label: string) => {
  const found = lines.find((candidate) => candidate.label === label);
  if (found === undefined) throw new Error(`no line "${label}"`);
  return found;
};

describe("standardizedBias", () => {
  it("has the lines of Figure 3 in its order, and North Korea only where somebody is from there", () => {
    const labels = biasCovariates([WOMAN]).map((covariate) => covariate.label);
    expect(labels.slice(0, 7)).toEqual([
      "Count of UAs",
      "Death Penalty Concerns",
      "Medical Concerns",
      "Prisoner of Conscience",
      "Torture Concerns",
      "Trial/Legal Concerns",
      "Year of Entry",
    ]);
    expect(labels.slice(7).join()).toContain("Ethiopia,Russia,Iran,Myanmar");
    expect(labels).toHaveLength(19);
    expect(biasCovariates(women({ country: "North Korea" })).at(-1)?.label).toBe("North Korea");
  });

  it("is the difference of shares in standard deviations", () => {
    const lines = standardizedBias(
      women({ featured: true, torture: true }, { featured: true }, { torture: true }, {}, {}, {}),
    );
    const torture = line(lines, "Torture Concerns");
    expect(torture.difference?.difference).toBeCloseTo(0.25, 12);
    expect(torture.difference?.standardizedDifference).toBeCloseTo(0.25 / Math.sqrt((0.25 + 0.1875) / 2), 12);
    expect(line(lines, "Iran").difference?.standardizedDifference).toBe(0);
  });

  it("says why a line is empty", () => {
    const nobody = line(standardizedBias(women({}, {})), "Torture Concerns");
    expect(nobody).toMatchObject({ difference: null, reason: "not known of any featured woman" });
    const uncoded = line(standardizedBias(women({ featured: true }, { torture: null })), "Torture Concerns");
    expect(uncoded).toMatchObject({
      missing: { treated: 0, control: 1 },
      reason: "not known of any other woman",
    });
    const alone = line(
      standardizedBias(women({ featured: true }, { torture: true }), { denominator: "treated" }),
      "Torture Concerns",
    );
    expect(alone.reason).toBe("no variance to divide by");
    expect(alone.difference?.difference).toBe(-1);
    expect(standardizedBias([]).every((empty) => empty.difference === null)).toBe(true);
  });

  it("leaves women of weight 0 out", () => {
    const two = women({ featured: true }, { torture: true }, {});
    const torture = line(standardizedBias(two, { weights: [1, 0, 1] }), "Torture Concerns");
    expect(torture.difference?.difference).toBe(0);
    expect(line(standardizedBias(two, { weights: [0, 1, 1] }), "Iran").reason).toBe("not known of any featured woman");
  });
});

describe("featuredWeights", () => {
  it("balances what is in the model", () => {
    const group = controlGroup(loadUrgentActions({ from: "data" }), loadPrisoners({ from: "data" }));
    const { weights, used, leftOut, effectiveSampleSize } = featuredWeights(group.women);
    expect(weights).toHaveLength(group.women.length);
    expect(used).toContain("Torture Concerns");
    expect(leftOut.slice(2)).toEqual([
      { what: "Count of UAs", reason: "not known of any featured woman" },
      { what: "Death Penalty Concerns", reason: "the same for all featured women" },
      { what: "Year of Entry", reason: "not known of any featured woman" },
    ]);
    expect(effectiveSampleSize?.treated).toBe(group.women.filter((woman) => woman.featured).length);
    const after = standardizedBias(group.women, { denominator: "treated", weights: weights ?? undefined });
    expect(Math.abs(line(after, "Torture Concerns").difference?.standardizedDifference ?? 9)).toBeLessThan(0.2);
  });

  it("gives reasons and no weights where the groups cannot be compared", () => {
    const none = featuredWeights(women({}, {}));
    expect(none).toMatchObject({ weights: null, used: [], effectiveSampleSize: null });
    const apart = featuredWeights(
      women(
        { featured: true, yearOfEntry: 2014 },
        { featured: true, yearOfEntry: 2015 },
        { yearOfEntry: 2001 },
        { yearOfEntry: 2002 },
        { legal: null },
        { region: "Asia", country: "China" },
      ),
    );
    expect(apart.weights).toBeNull();
    expect(apart.leftOut.slice(0, 2)).toEqual([
      { what: "1 woman", reason: "a concern is not coded" },
      { what: "1 woman", reason: "in no region with a featured woman" },
    ]);
    expect(apart.leftOut.at(-1)).toMatchObject({
      what: "the model",
      reason: expect.stringContaining("separation"),
    });
  });
});

describe("the project's files", () => {
  const reports = loadUrgentActions({ from: "data" });
  const group = controlGroup(reports, loadPrisoners({ from: "data" }));

  it("have the printed counts", () => {
    expect(group.attrition[1].reports).toBeGreaterThan(1100);
    expect(group.people.length).toBeGreaterThan(2800);
    expect([group.women.length, group.prisoners.length, group.complete.length]).toEqual([455, 251, 245]);
    expect(group.women.filter((woman) => woman.featured)).toHaveLength(19);
    expect(group.flags).toEqual([]);
  });

  it("become stages that sum up", () => {
    const stages = attritionStages(group);
    expect(stages.map((stage) => stage.label)).toEqual(["people named", "women", "prisoners", "complete"]);
    for (const [i, stage] of stages.entries()) {
      const left = stage.leaves.reduce((sum, part) => sum + part.count, 0);
      expect(left + (stages[i + 1]?.count ?? 0), stage.label).toBe(stage.count);
    }
  });

  it("every report names somebody, and the concerns of featured women are those published", () => {
    expect(people(reports.rows).length).toBe(new Set(reports.rows.map((row) => row.person)).size);
    const { rows } = loadPublicConcerns({ from: "data" });
    expect([rows.length, rows.filter((row) => row.deathPenalty).length]).toEqual([19, 0]);
  });
});
