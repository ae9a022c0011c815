import { type Problem, refuseAll } from "../../files";
import { decisionsFor, findCoding } from "../coding";
import type { CodedLoadOptions } from "../load-women";
import { recount } from "../load-women";
import { intervalOf } from "../schema/bounds";
import type { Coding, Decision, Regions } from "../schema/descriptor";
import { projectPackage } from "../schema/project";
import { describeDataset, readResource } from "../schema/read-resource";
import { type PrisonerRow, prisonerRow } from "../schema/rows";
import { decide, regionOf } from "../woman";
import { custodyProblems } from "./custody-problems";
import { readSamePerson } from "./same-person";
import { similarSpellings } from "./spellings";
import type { Flag, Prisoner, Prisoners } from "./types";

/**
 * What is known of the detention and the release of the women named in Urgent Actions, one row a woman.
 *
 * The featured women are public record and go through a coding of the unclear cases as in {@link loadFreeThe20}; all
 * others are synthetic in the project's own file.
 *
 * @returns rows in the file's order, with the coding used and `flags`
 * @throws DataError listing every problem of the file: cells, dates that contradict each other or the column custody, a
 *   woman in two rows; RangeError for an unknown coding.
 * @example loadPrisoners().rows.filter((woman) => woman.custody === "two months or more").length // 251
 */
export function loadPrisoners(options: CodedLoadOptions = {}): Prisoners {
  const descriptor = projectPackage();
  const coding = findCoding(options.coding);
  const { location, resource, rows } = readResource(descriptor, "prisoners", options);
  const same = readSamePerson(descriptor, options);
  const typed = rows.map(prisonerRow).map((row) => ({ ...row, person: same.of(row.person) }));
  const problems = [
    ...typed.flatMap((row, i) => custodyProblems(row, i + 2, location.file, descriptor.campaign)),
    ...twice(typed, location.file),
  ];
  if (problems.length > 0) throw refuseAll(location.file, problems);
  const people = typed.map((row) => row.person);
  // In a file of others the women may have other identifiers; which decisions found no row is then reported.
  const inFile = coding.decisions.filter((decision) => location.own || people.includes(decision.id));
  const decisions = decisionsFor({ ...coding, decisions: inFile }, people, location.file);
  const women = typed.map((row, i) => prisoner(row, i + 2, descriptor.regions, decisions.get(row.person)));
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

function prisoner(
  row: PrisonerRow,
  number: number,
  regions: Regions,
  decision: Decision | undefined,
): Prisoner {
  const released = {
    reported: row.released,
    earliest: row.released_earliest,
    latest: row.released_latest,
  };
  const releaseInterval = decide(row.person, intervalOf(released), decision);
  return {
    row: number,
    person: row.person,
    country: row.country,
    region: regionOf(row.country, regions),
    featured: row.featured === "yes",
    custody: row.custody,
    detention: intervalOf({
      reported: row.detained,
      earliest: row.detained_earliest,
      latest: row.detained_latest,
    }),
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
function twice(rows: readonly PrisonerRow[], file: string): Problem[] {
  return rows.flatMap((row, i): Problem[] => {
    const first = rows.findIndex((other) => other.person === row.person);
    if (first === i) return [];
    const message = `is "${row.person}" by same_person.csv, as is row ${first + 2}; keep one of the rows`;
    return [{ file, row: i + 2, column: "person", value: row.person, rule: "one-row", message }];
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
