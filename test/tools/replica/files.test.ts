import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../lib/data/schema";
import { loadPrisoners, loadUrgentActions } from "../../../lib/data/urgent-actions";
import { monthsBetween } from "../../../lib/dates";
import { controlGroup, tableOneData } from "../../../lib/paper/control-group";
import { seededRandom } from "../../../lib/statistics";
import { apportion } from "../../../tools/replica/countries";
import { COVARIATES } from "../../../tools/replica/covariates";
import { replicaFiles } from "../../../tools/replica/files";
import { FILES_SEED, POPULATION_FILE, READING } from "../../../tools/replica/reading";
import { parseResult } from "../../../tools/replica/result";
import { SETTINGS } from "../../../tools/replica/search";
import { findSpell } from "../../../tools/replica/slots";
import { treatedWomen } from "../../../tools/replica/treated";

const root = projectRoot();
const committed = (path: string): string => readFileSync(join(root, path), "utf8");
const { population, result } = parseResult(committed(POPULATION_FILE));
const treated = treatedWomen(READING);

describe("the replica's files", () => {
  it("are what the committed search result gives, to the byte", () => {
    const files = replicaFiles(population, treated, FILES_SEED);
    expect(files.urgentActions).toBe(committed("data/urgent_actions.csv"));
    expect(files.prisoners).toBe(committed("data/prisoners.csv"));
    expect(replicaFiles(population, treated, 1).urgentActions).not.toBe(files.urgentActions);
    expect(result.settings).toEqual(SETTINGS);
  });

  it("lead back, through the loaders and the paper's steps, to the women that the search found", () => {
    const group = controlGroup(loadUrgentActions({ from: "data" }), loadPrisoners({ from: "data" }));
    const data = tableOneData(group);
    expect(group.women).toHaveLength(455);
    expect(data.time).toHaveLength(251);
    // In the order of time, each row's release and covariates are those of the search; a tie keeps the search's order.
    const byTime = data.time.map((_, i) => i).sort((a, b) => data.time[a] - data.time[b]);
    const seen = byTime.map((i) => {
      const values = COVARIATES.map((name) => data.covariates[name][i]);
      const released = data.event[i] ? 1 : 0;
      return values.includes(null) ? `${released} ?` : `${released} ${values.join("")}`;
    });
    const sought = Array.from(population.order, (row) => {
      const values = COVARIATES.map((_, bit) => (population.mask[row] >> bit) & 1);
      return population.incomplete[row] === 1
        ? `${population.event[row]} ?`
        : `${population.event[row]} ${values.join("")}`;
    });
    const tie = sought.findIndex((_, k) => data.time[byTime[k]] === data.time[byTime[k + 1]]);
    const sorted = (list: string[]): string[] => {
      const pair = list.slice(tie, tie + 2).sort();
      return [...list.slice(0, tie), ...pair, ...list.slice(tie + 2)];
    };
    expect(sorted(seen)).toEqual(sorted(sought));
  });

  it("give no synthetic report a number that a real one can have", () => {
    for (const { index, ua, provenance } of loadUrgentActions({ from: "data" }).rows) {
      if (provenance !== "synthetic") continue;
      expect(index.serial).toBeGreaterThan(index.year >= 2015 ? 90_000 : 500);
      expect(ua.number).toBeGreaterThan(500);
    }
  });
});

describe("parts of the generator", () => {
  it("finds dates inside a slot and says when there are none", () => {
    const wanted = { from: "2000-01-01", to: "2015-07-01", until: "2018-09-01", month: false };
    const { detained, end } = findSpell({ ...wanted, above: 11.26, below: 11.3 }, seededRandom(1));
    expect(monthsBetween(detained, end)).toBeGreaterThan(11.26);
    expect(monthsBetween(detained, end)).toBeLessThan(11.3);
    expect(() => findSpell({ ...wanted, above: 230, below: 231 }, seededRandom(1))).toThrow(
      /no detention from 2000-01-01 to 2015-07-01 gives a time of 230.000 to 231.000 months/,
    );
  });

  it("apportions whole numbers that add up", () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(7, [0, 3, 1])).toEqual([0, 5, 2]);
  });
});
