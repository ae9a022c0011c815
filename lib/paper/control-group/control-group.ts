import { regionOf } from "../../data/inner";
import { type Campaign, type CodedDataset, REGION, type Regions } from "../../data/schema";
import {
  anyConcern,
  CONCERNS,
  type ControlPrisoner,
  type ControlWoman,
  type Flag,
  type Person,
  type Prisoner,
  type Prisoners,
  people,
  type ReportRow,
  type Reports,
} from "../../data/urgent-actions";
import { type DateInterval, type DatePolicy, monthsBetween, pointOf } from "../../dates";
import { DataError, type Problem, provenancesOf } from "../../files";
import { InvalidInputError } from "../../statistics";
import { calledAs, checkFields } from "../../statistics/inner";
import { AttritionLog, type AttritionStep } from "./attrition";

export interface ControlGroupOptions {
  /** First day of a report that counts; 1 January 2000, as the paper has it, if left out. */
  readonly from?: string;
  /** Last day of a report that counts; the launch of the campaign if left out. */
  readonly until?: string;
  /** How an interval of dates becomes a day; `"reported"` if left out. */
  readonly policy?: DatePolicy;
}

/** The second control group, with everything on the way to it. As a dataset, its rows are the complete cases. */
export interface ControlGroup extends CodedDataset<ControlPrisoner> {
  /**
   * Everybody named in a report of the period: men, women, and those whose sex is not coded; and the featured women of
   * the public record whom no report in the file names.
   */
  readonly people: readonly Person[];
  /** The women among them. */
  readonly women: readonly ControlWoman[];
  /** Women held for two months or more. */
  readonly prisoners: readonly ControlPrisoner[];
  /** Prisoners for whom all five concerns are coded; the same as `rows`. */
  readonly complete: readonly ControlPrisoner[];
  /** From the reports to the complete cases: what each step left, and whom it left out. */
  readonly attrition: readonly AttritionStep[];
  /** Rows of reports outside the period, by row of the file. */
  readonly outsidePeriod: readonly number[];
  /** Women in prisoners.csv who are not among the women: no report of the period names them. */
  readonly unnamed: readonly string[];
  /** Regions in which no prisoner was held: their dummies cannot be estimated. */
  readonly emptyRegions: readonly string[];
  readonly policy: DatePolicy;
  readonly flags: readonly Flag[];
}

/**
 * The paper's second control group, from reports to people to women to prisoners to complete cases.
 *
 * Each step is a rule of the paper (section IV, control group 2). What a step leaves out is counted in `attrition`,
 * together with what the paper never mentions: rows outside the period, people whose sex is not coded, women whom
 * nobody looked up.
 *
 * A featured woman of the public record whom no report in the file names is counted beside the people named: the paper
 * has her in its data, and how many reports name her is not known. Her concerns are those that published pages state.
 *
 * @param reports of loadUrgentActions()
 * @param prisoners of loadPrisoners()
 * @throws DataError if the two files contradict each other on a person, or a synthetic report names a woman of the
 *   public record; InvalidInputError if a time is not positive,
 *   or the policy is none.
 * @example controlGroup(loadUrgentActions(), loadPrisoners()).complete.length // 245
 */
export function controlGroup(reports: Reports, prisoners: Prisoners, options: ControlGroupOptions = {}): ControlGroup {
  checkFields("controlGroup", "options", options, ["from", "until", "policy"]);
  const { campaign, regions } = reports;
  const { from = "2000-01-01", until = campaign.launch, policy = "reported" } = options;
  const inPeriod = (row: ReportRow): boolean => row.date >= from && row.date <= until;
  const rows = reports.rows.filter(inPeriod);
  const everybody = people(reports.rows);
  const found = new Map(prisoners.rows.map((row) => [row.person, row]));
  checkAgreement(everybody, found, prisoners.file);

  const log = new AttritionLog(reports.rows, "named in a report", everybody);
  log.rows = rows;
  const reported: readonly Person[] = log.keep(`reported ${from} to ${until}`, "no report in the period", people(rows));
  const ids = new Set(everybody.map((person) => person.id));
  const beside = prisoners.rows.filter((row) => isOnRecord(row) && !ids.has(row.person)).map(unreported);
  const named = log.add("with the featured women of the public record", reported, beside);
  const sexed = log.keep(
    "sex coded",
    "sex not coded",
    named.filter((person) => person.sex !== null),
  );
  const female = sexed.filter((person) => person.sex === "female");
  const women = log.keep(
    "women",
    "men",
    female.map((person) => controlWoman(person, found.get(person.id), regions)),
  );
  const researched = women.filter((woman) => woman.custody !== null);
  log.keep("looked up", "no row in prisoners.csv", researched);
  const detained = researched.filter((woman) => woman.custody !== "no detention reported");
  log.keep("detained", "no detention reported", detained);
  const held = calledAs("controlGroup", () =>
    detained.flatMap((woman) => heldWoman(woman, found.get(woman.id), prisoners, policy)),
  );
  log.keep("held for two months or more", "detained for under two months", held);
  const complete = held.filter((woman) => CONCERNS.every((concern) => woman[concern] !== null));
  log.keep("all concerns coded", "a concern not coded in any report", complete);
  const counted = new Set(women.map((woman) => woman.id));
  return {
    title: "Women named in Urgent Actions",
    rows: complete,
    file: `${reports.file}, ${prisoners.file}`,
    own: reports.own && prisoners.own,
    provenance: provenancesOf([...reports.rows, ...prisoners.rows]),
    campaign,
    regions,
    coding: prisoners.coding,
    people: named,
    women,
    prisoners: held,
    complete,
    attrition: log.steps,
    outsidePeriod: reports.rows.filter((row) => !inPeriod(row)).map((row) => row.row),
    unnamed: prisoners.rows.map((row) => row.person).filter((person) => !counted.has(person)),
    emptyRegions: REGION.filter((region) => held.every((woman) => woman.region !== region)),
    policy,
    flags: [...reports.flags, ...prisoners.flags],
  };
}

const isOnRecord = (row: Prisoner): boolean => row.featured && row.provenance === "public-record";

/** A woman whom the record names and no report in the file: what reports would tell is not known. */
function unreported({ person, country, concerns, provenance }: Prisoner): Person {
  const unknown = { reports: null, firstReport: null, yearOfEntry: null };
  return { id: person, country, sex: "female", ...unknown, ...(concerns ?? anyConcern([])), provenance };
}

function controlWoman(person: Person, found: Prisoner | undefined, regions: Regions): ControlWoman {
  return {
    ...person,
    region: found?.region ?? regionOf(person.country, regions),
    featured: found?.featured ?? false,
    custody: found?.custody ?? null,
    certainty: found?.certainty ?? null,
    provenance: found?.provenance === "synthetic" ? "synthetic" : person.provenance,
  };
}

/** The woman with her time in custody, if she was held for two months or more. */
function heldWoman(
  woman: ControlWoman,
  found: Prisoner | undefined,
  prisoners: Prisoners,
  policy: DatePolicy,
): ControlPrisoner[] {
  const detention = found?.detention ?? null;
  if (found === undefined || detention === null || found.custody !== "two months or more") return [];
  const { time, event } = followUp({ ...found, detention }, prisoners.campaign, policy, prisoners.file);
  return [{ ...woman, custody: found.custody, detention, releaseInterval: found.releaseInterval, time, event }];
}

/**
 * Months from a woman's detention to her release, else to the last day on which she is known to be held; if the file
 * gives none, because a coding does not count a recorded release, to the end of follow-up.
 *
 * Time is counted from arrest for everybody, without delayed entry, as the paper does; see claim 19 for what that
 * leaves out.
 *
 * @throws InvalidInputError naming file and row if the time is not positive.
 */
function followUp(
  woman: Prisoner & { readonly detention: DateInterval },
  campaign: Campaign,
  policy: DatePolicy,
  file: string,
): { readonly time: number; readonly event: boolean } {
  const detained = pointOf(woman.detention, policy);
  const released = woman.releaseInterval === null ? null : pointOf(woman.releaseInterval, policy);
  const last = released ?? woman.observedUntil ?? campaign.endOfFollowUp;
  const time = monthsBetween(detained, last);
  if (time > 0) return { time, event: released !== null };
  throw new InvalidInputError(
    `controlGroup: ${file} row ${woman.row}: ${woman.person} would be held from ${detained} to ${last}, ${time} months; choose another date policy or bound the dates`,
    "prisoners",
  );
}

/**
 * Compares what reports and prisoners.csv say of the same person.
 *
 * @throws DataError with every person of two countries, and every man among the prisoners, at the row of prisoners.csv.
 */
function checkAgreement(everybody: readonly Person[], found: ReadonlyMap<string, Prisoner>, file: string): void {
  const problems = everybody.flatMap((person): Problem[] => {
    const row = found.get(person.id);
    if (row === undefined) return [];
    const at = { file, row: row.row };
    if (isOnRecord(row) && person.provenance === "synthetic") {
      const message = `"${person.id}" is of the public record, and a synthetic report names her; nothing is made up about a real person: take the report out`;
      return [{ ...at, column: "person", value: person.id, rule: "nothing-made-up", message }];
    }
    const country: Problem[] =
      row.country === person.country
        ? []
        : [
            {
              ...at,
              column: "country",
              value: row.country,
              rule: "one-country",
              message: `"${person.id}" is in ${row.country} here and in ${person.country} in the reports; one country is needed`,
            },
          ];
    if (person.sex !== "male") return country;
    const message = `"${person.id}" is a man in the reports; rows of this file are women`;
    return [...country, { ...at, column: "person", value: person.id, rule: "women", message }];
  });
  if (problems.length > 0) throw new DataError(problems);
}
