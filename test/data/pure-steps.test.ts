import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  loadFreeThe20,
  loadJournalists,
  loadLongList,
  loadPrisoners,
  loadUrgentActions,
  people,
  projectRoot,
  releaseOutcomes,
  withJournalists,
} from "../../lib/data";
import { listSpells, prisonerSpells } from "../../lib/paper/clocks";
import { attritionStages, controlGroup, standardizedBias, tableOneData } from "../../lib/paper/control-group";
import { emptyFolder, removeFolders } from "./support";

const longList = loadLongList();
const journalists = loadJournalists();
const reports = loadUrgentActions();
const prisoners = loadPrisoners();
const steps = {
  releaseOutcomes: () => releaseOutcomes(longList, { clock: "launch" }),
  withJournalists: () => withJournalists(longList, journalists),
  people: () => people(reports.rows),
  controlGroup: () => controlGroup(reports, prisoners),
  attritionStages: () => attritionStages(controlGroup(reports, prisoners)),
  standardizedBias: () => standardizedBias(controlGroup(reports, prisoners).women),
  tableOneData: () => tableOneData(controlGroup(reports, prisoners)),
  listSpells: () => listSpells(longList),
  prisonerSpells: () => prisonerSpells(prisoners),
};
const usual = Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step()]));

beforeEach(() => vi.stubEnv("HRD_ROOT", emptyFolder()));
afterEach(() => {
  vi.unstubAllEnvs();
  removeFolders();
});

test("there is no project here, so that loaders cannot work", () => {
  expect(() => projectRoot()).toThrow(/without data\/datapackage.json/);
  expect(() => loadFreeThe20()).toThrow(/without data\/datapackage.json/);
});

test.each(Object.entries(steps))("%s needs what it is given and no file", (name, step) => {
  expect(step()).toEqual(usual[name]);
});
