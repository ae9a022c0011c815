import { join } from "node:path";
import { monthsBetween } from "../../dates";
import { type Fault, refuseAll } from "../../files";
import { codingFor, decisionsFor } from "../coding";
import { type CodedLoadOptions, recount } from "../load-women";
import { describeDataset, readResource } from "../schema/dataset";
import type { Campaign, Coding, Decision, Regions } from "../schema/descriptor";
import { projectPackage, projectRoot } from "../schema/project";
import { type PrisonerRow, prisonerRow } from "../schema/rows";
import { intervalOf } from "../schema/rules";
import { decide, regionOf } from "../woman";
import { type ConcernReading, type Concerns, loadPublicConcerns } from "./concerns";
import { readSamePerson, similarSpellings } from "./spellings";
import type { Flag, Prisoner, Prisoners } from "./types";

/** The paper's least time in custody. */
export const LEAST_MONTHS = 2;

/** Options of {@link loadPrisoners}. */
export interface PrisonerOptions extends CodedLoadOptions {
  /** How a concern that no page states of a featured woman is read: no if "mentioned" (or left out), missing if "known". */
  readonly concerns?: ConcernReading;
}

/**
 * What is known of the detention and the release of the women named in Urgent Actions, one row a woman.
 *
 * The featured women are public record and go through a coding of the unclear cases as in {@link loadFreeThe20}; their
 * concerns are those of {@link loadPublicConcerns}. All others are synthetic in the project's own file.
 *
 * @returns rows in the file's order, with the coding used and `flags`
 * @throws DataError listing every problem of the file: cells, dates that contradict each other or the column custody, a
 *   woman in two rows; InvalidInputError for an unknown coding.
 * @example loadPrisoners().rows.filter((woman) => woman.custody === "two months or more").length // 251
 */
export function loadPrisoners(options: PrisonerOptions = {}): Prisoners {
  const descriptor = projectPackage();
  const coding = codingFor("loadPrisoners", options.coding);
  const { location, resource, rows } = readResource(descriptor, "prisoners", options);
  const same = readSamePerson(descriptor, options);
  const typed = rows.map(prisonerRow).map((row) => ({ ...row, person: same.of(row.person) }));
  const problems = [...typed.flatMap((row, i) => custodyProblems(row, i + 2, descriptor.campaign)), ...twice(typed)];
  if (problems.length > 0) throw refuseAll(location.file, problems);
  const people = typed.map((row) => row.person);
  // In a file of others the women may have other identifiers; which decisions found no row is then reported.
  const inFile = coding.decisions.filter((decision) => location.own || people.includes(decision.id));
  const decisions = decisionsFor({ ...coding, decisions: inFile }, people, location.file);
  const concerns = publicConcerns(typed, options);
  const women = typed.map((row, i) => ({
    ...prisoner(row, i + 2, descriptor.regions, decisions.get(row.person)),
    concerns: concerns.get(row.person) ?? null,
  }));
  const spelt = women.map(({ person, row }) => ({ person, row }));
  return {
    ...describeDataset(location, resource.title, women, descriptor),
    coding: recount(
      coding,
      women.filter((woman) => woman.featured),
    ),
    flags: [...similarSpellings(spelt, location.file), ...withoutRow(coding, people, location.file)],
  };
}

/** The concerns of the women of the public record, by identifier; the file is read only where one of them is in a row. */
function publicConcerns(rows: readonly PrisonerRow[], options: PrisonerOptions): Map<string, Concerns> {
  const ids = rows.filter((row) => row.featured === "yes" && row.provenance === "public-record");
  if (ids.length === 0) return new Map();
  // The record of these women does not depend on whose folder the rows stand in.
  const own = { ...options, from: join(projectRoot(), "data") };
  const published = loadPublicConcerns(own).rows.map(
    ({ id, pages: _, provenance: __, ...stated }) => [id, stated] as const,
  );
  return new Map(published.filter(([id]) => ids.some((row) => row.person === id)));
}

function prisoner(
  row: PrisonerRow,
  number: number,
  regions: Regions,
  decision: Decision | undefined,
): Omit<Prisoner, "concerns"> {
  const releaseInterval = decide(row.person, releaseOf(row), decision, "loadPrisoners");
  return {
    row: number,
    person: row.person,
    country: row.country,
    region: regionOf(row.country, regions),
    featured: row.featured === "yes",
    custody: row.custody,
    detention: detentionOf(row),
    releaseInterval,
    counted: releaseInterval !== null,
    codingReason: decision?.reason ?? null,
    observedUntil: row.observed_until,
    certainty: row.certainty,
    notes: row.notes,
    provenance: row.provenance,
  };
}

/** Two rows that are one woman once spellings have been merged. */
function twice(rows: readonly PrisonerRow[]): Fault[] {
  return rows.flatMap((row, i): Fault[] => {
    const first = rows.findIndex((other) => other.person === row.person);
    if (first === i) return [];
    const message = `is "${row.person}" by same_person.csv, as is row ${first + 2}; keep one of the rows`;
    return [{ row: i + 2, column: "person", value: row.person, rule: "one-row", message }];
  });
}

function withoutRow(coding: Coding, people: readonly string[], file: string): Flag[] {
  return coding.decisions
    .filter((decision) => !people.includes(decision.id))
    .map((decision): Flag => {
      const message = `the coding "${coding.name}" decides about "${decision.id}", who is in no row; nothing is decided`;
      return { kind: "coding without a row", file, rows: [], message };
    });
}

const detentionOf = (row: PrisonerRow) =>
  intervalOf({ reported: row.detained, earliest: row.detained_earliest, latest: row.detained_latest });
const releaseOf = (row: PrisonerRow) =>
  intervalOf({ reported: row.released, earliest: row.released_earliest, latest: row.released_latest });

/**
 * Contradictions between what a row says of custody and its dates. Dates are intervals: two months contradict "under
 * two months" only if no day within the bounds makes the detention shorter.
 *
 * @param row a row whose intervals have been checked
 */
function custodyProblems(row: PrisonerRow, number: number, campaign: Campaign): Fault[] {
  const problems = [...neededDates(row), ...observation(row, campaign), ...duration(row)];
  return problems.map((problem) => ({ row: number, ...problem }));
}

function neededDates(row: PrisonerRow): Omit<Fault, "row">[] {
  const rule = "custody-dates";
  const detention = detentionOf(row);
  const release = releaseOf(row);
  const problems: Omit<Fault, "row">[] = [];
  if (row.custody === "no detention reported") {
    const given = (["detained", "released"] as const).find((date) => row[date] !== null) ?? "observed_until";
    const nothing = detention === null && release === null && row.observed_until === null;
    const message = 'a date is given, but custody is "no detention reported"; one of the two is wrong';
    return nothing ? [] : [{ column: given, value: textOf(row[given]), rule, message }];
  }
  if (detention === null && release !== null) {
    problems.push({
      column: "detained",
      value: null,
      rule,
      message: "is empty, but a release is given; a day or bounds are needed",
    });
  } else if (row.custody === "two months or more" && detention === null) {
    const message = 'is empty, but custody is "two months or more"; a day or bounds are needed';
    problems.push({ column: "detained", value: null, rule, message });
  }
  if (row.custody === "two months or more" && release === null && row.observed_until === null) {
    const message = "is empty; where no release was found, the last day on which she is known to be held is needed";
    problems.push({ column: "observed_until", value: null, rule, message });
  }
  return problems;
}

/** The last day known is within the detention and the study. */
function observation(row: PrisonerRow, { endOfFollowUp }: Campaign): Omit<Fault, "row">[] {
  const day = row.observed_until;
  if (day === null) return [];
  const at = { column: "observed_until", value: day, rule: "observed-until" };
  const detained = detentionOf(row)?.earliest;
  const released = releaseOf(row)?.latest;
  const problems: Omit<Fault, "row">[] = [];
  if (day > endOfFollowUp) {
    problems.push({
      ...at,
      message: `${day} is after the end of follow-up (${endOfFollowUp}); give that day instead`,
    });
  }
  if (detained !== undefined && day < detained) {
    problems.push({ ...at, message: `${day} is before the detention (${detained}); a later day is needed` });
  }
  if (released !== undefined && day > released) {
    problems.push({
      ...at,
      message: `${day} is after the release (${released}); leave it empty where she was released`,
    });
  }
  return problems;
}

function duration(row: PrisonerRow): Omit<Fault, "row">[] {
  const detention = detentionOf(row);
  if (detention === null || row.custody === "no detention reported") return [];
  const release = releaseOf(row);
  const at = { column: "custody", value: row.custody, rule: "custody-duration" };
  const last = release?.latest ?? row.observed_until;
  const longest = last === null ? null : monthsBetween(detention.earliest, last);
  // Whoever was held until a day was held at least until then, released or not.
  const known = release?.earliest ?? row.observed_until;
  const shortest = known === null ? null : monthsBetween(detention.latest, known);
  if (row.custody === "two months or more" && longest !== null && longest < LEAST_MONTHS) {
    const message = `by the dates she was held for ${longest.toFixed(1)} months at most (${detention.earliest} to ${last}), which is less than ${LEAST_MONTHS}`;
    return [{ ...at, message }];
  }
  if (row.custody === "under two months" && shortest !== null && shortest >= LEAST_MONTHS) {
    const message = `by the dates she was held for ${shortest.toFixed(1)} months at least (${detention.latest} to ${known}), which is not under ${LEAST_MONTHS}`;
    return [{ ...at, message }];
  }
  return [];
}

const textOf = (cell: PrisonerRow["detained"] | string): string | null =>
  typeof cell === "string" ? cell : (cell?.text ?? null);
