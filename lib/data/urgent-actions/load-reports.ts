import { type Problem, refuseAll } from "../../files";
import type { LoadOptions } from "../schema/dataset";
import { projectPackage } from "../schema/project";
import { describeDataset, readResource } from "../schema/read-resource";
import type { UrgentActionRow, YesNo } from "../schema/rows";
import { urgentActionRow } from "../schema/rows";
import { parseReportHeader, type ReportHeader } from "./report-header";
import { reportProblems } from "./report-problems";
import { readSamePerson } from "./same-person";
import { similarSpellings } from "./spellings";
import type { ReportRow, Reports } from "./types";

/**
 * The people named in Amnesty International's Urgent Actions, one row per person and report.
 *
 * The authors' file is not public; the project's own is synthetic except for the reports on the featured women that are
 * known (data/README.md). Whoever holds the authors' file loads it with `from` or HRD_DATA. Nothing is left out here:
 * {@link controlGroup} does that, and counts it.
 *
 * @returns rows in the file's order, with `flags` for spellings that look alike or were merged
 * @throws DataError listing every problem of the file: cells, numbers that cannot be read, an index number of another
 *   country, a document with two dates, cases or kinds, a person in two countries or of two sexes.
 * @example loadUrgentActions().rows.filter((row) => row.country === "Iran").length
 */
export function loadUrgentActions(options: LoadOptions = {}): Reports {
  const descriptor = projectPackage();
  const { location, resource, rows } = readResource(descriptor, "urgent-actions", options);
  const same = readSamePerson(descriptor, options);
  const problems: Problem[] = [];
  const typed = rows.map(urgentActionRow);
  const read = typed.flatMap((cells, i): ReportRow[] => {
    try {
      const header = parseReportHeader(`${cells.ua} ${cells.index}`, "the header");
      return [reportRow(cells, header, same.of(cells.person), i + 2)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push(numberProblem(location.file, i + 2, cells, error));
      return [];
    }
  });
  problems.push(...reportProblems(read, location.file));
  if (problems.length > 0) throw refuseAll(location.file, problems);
  const spelt = typed.map((cells, i) => ({ person: cells.person, row: i + 2 }));
  return {
    ...describeDataset(location, resource.title, read, descriptor),
    flags: [...same.flags(spelt, location.file), ...similarSpellings(read, location.file)],
  };
}

function reportRow(cells: UrgentActionRow, header: ReportHeader, person: string, row: number): ReportRow {
  const { kind, date, country, sex, sources, provenance } = cells;
  return {
    row,
    index: header.index,
    ua: header.urgentAction,
    kind,
    date,
    country,
    person,
    sex,
    prisonerOfConscience: coded(cells.prisoner_of_conscience),
    torture: coded(cells.torture),
    deathPenalty: coded(cells.death_penalty),
    legal: coded(cells.legal),
    medical: coded(cells.medical),
    sources,
    provenance,
  };
}

const coded = (cell: YesNo | null): boolean | null => (cell === null ? null : cell === "yes");

/** The parser's own message, at the cell that it is about. */
function numberProblem(file: string, row: number, cells: UrgentActionRow, error: RangeError): Problem {
  const column = /number of an Urgent Action|holds UA/.test(error.message) ? "ua" : "index";
  const message = error.message.replace(/^the header: /, "");
  return { file, row, column, value: cells[column], rule: "amnesty-number", message };
}
