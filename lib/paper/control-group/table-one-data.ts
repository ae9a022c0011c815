import type { Region } from "../../data/schema";
import type { Concern, ControlPrisoner } from "../../data/urgent-actions";
import type { Provenance } from "../../files";
import { InvalidInputError } from "../../statistics";
import { checkPositive, lengthOf } from "../../statistics/inner";
import { TABLE_ONE_BLOCKS } from "../table-one";
import type { ControlGroup } from "./control-group";

/** Rows of the paper's Table 1, in its order. */
export const TABLE_ONE_COVARIATES = [
  ...TABLE_ONE_BLOCKS.campaign,
  ...TABLE_ONE_BLOCKS.characteristics,
  ...TABLE_ONE_BLOCKS.regions,
] as const;
export type TableOneCovariate = (typeof TABLE_ONE_COVARIATES)[number];

const CONCERN_OF: ReadonlyMap<TableOneCovariate, Concern> = new Map([
  ["Prisoner of Conscience", "prisonerOfConscience"],
  ["Any Torture Concerns", "torture"],
  ["Death Penalty Concerns", "deathPenalty"],
  ["Any Legal Concerns", "legal"],
  ["Any Medical Concerns", "medical"],
]);

/** The prisoners as columns of numbers, as a model takes them. */
export interface TableOneData {
  /** Months from detention to release, else to the last day of observation. */
  readonly time: readonly number[];
  readonly event: readonly boolean[];
  /** 1, 0, or null where it is not coded, by the names of Table 1. */
  readonly covariates: Readonly<Record<TableOneCovariate, readonly (0 | 1 | null)[]>>;
  readonly ids: readonly string[];
  readonly countries: readonly string[];
  /** Covariates that have one value in all complete rows: no model can estimate their coefficients. */
  readonly constant: readonly TableOneCovariate[];
  readonly provenance: readonly Provenance[];
  readonly own: boolean;
  readonly file: string;
}

/**
 * The data of the paper's Table 1: times, events and covariates of all prisoners, in the order of the file.
 *
 * Region dummies follow from the country. A woman in none of the five regions has 0 in all of them; in the project's
 * file these are the women of North Korea, which footnote 6 leaves out, and they are the reference group. That is this
 * project's assumption.
 *
 * @param group of {@link controlGroup}; rows with a concern that is not coded are in, as null
 * @example tableOneData(controlGroup(loadUrgentActions(), loadPrisoners())).time.length // 251
 */
export function tableOneData(group: ControlGroup): TableOneData {
  const { prisoners } = group;
  const columns = TABLE_ONE_COVARIATES.map(
    (name) => [name, prisoners.map((woman) => covariateOf(name, woman))] as const,
  );
  const complete = prisoners.map((_, i) => columns.every(([, values]) => values[i] !== null));
  const constant = columns.filter(([, values]) => new Set(values.filter((_, i) => complete[i])).size < 2);
  return {
    time: prisoners.map((woman) => woman.time),
    event: prisoners.map((woman) => woman.event),
    covariates: named(columns.map(([, values]) => values)),
    ids: prisoners.map((woman) => woman.id),
    countries: prisoners.map((woman) => woman.country),
    constant: constant.map(([name]) => name),
    provenance: group.provenance,
    own: group.own,
    file: group.file,
  };
}

/**
 * The same data with one woman's observation ended early: what the models say if she was at risk for so many months only.
 *
 * One wants it for a woman of whom it is not established that she could have been released all that time. Whoever was
 * released before stays as she is.
 *
 * @param data of {@link tableOneData}
 * @param id her identifier
 * @param months after her arrest, above 0
 * @throws InvalidInputError where nobody has that identifier, or the months are not above 0
 * @example tableOneModels(observedFor(tableOneData(group), "aster-yohannes", 60))
 */
export function observedFor(data: TableOneData, id: string, months: number): TableOneData {
  lengthOf("observedFor", "data.ids", data.ids);
  const at = data.ids.indexOf(id);
  if (at < 0) throw new InvalidInputError(`observedFor: nobody in ${data.file} is "${id}"`, "id");
  checkPositive("observedFor", "months", months);
  if ((data.time[at] ?? 0) <= months) return data;
  return {
    ...data,
    time: data.time.map((time, i) => (i === at ? months : time)),
    event: data.event.map((event, i) => i !== at && event),
  };
}

function covariateOf(name: TableOneCovariate, woman: ControlPrisoner): 0 | 1 | null {
  if (name === "Free the 20") return woman.featured ? 1 : 0;
  const concern = CONCERN_OF.get(name);
  if (concern === undefined) return isRegion(name, woman.region) ? 1 : 0;
  const coded = woman[concern];
  return coded === null ? null : coded ? 1 : 0;
}

const isRegion = (name: string, region: Region | null): boolean => name === region;

/** Columns in the order of TABLE_ONE_COVARIATES, by name. */
function named<T>([featured, conscience, torture, death, legal, medical, ...regions]: readonly T[]) {
  const [asia, middleEast, eurasia, africa, americas] = regions;
  return {
    "Free the 20": featured,
    "Prisoner of Conscience": conscience,
    "Any Torture Concerns": torture,
    "Death Penalty Concerns": death,
    "Any Legal Concerns": legal,
    "Any Medical Concerns": medical,
    Asia: asia,
    "Middle East": middleEast,
    Eurasia: eurasia,
    Africa: africa,
    Americas: americas,
  };
}
