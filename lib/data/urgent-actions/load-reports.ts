import { type Fault, provenancesOf, refuseAll } from "../../files";
import { lengthOf } from "../../statistics/inner";
import { describeDataset, type LoadOptions, readResource } from "../schema/dataset";
import { projectPackage } from "../schema/project";
import { type UrgentActionRow, urgentActionRow, type YesNo } from "../schema/rows";
import { anyConcern } from "./concerns";
import { amnestyCode, isIndexOf } from "./index-number";
import { parseReportHeader, type ReportHeader } from "./report-header";
import { readSamePerson, similarSpellings } from "./spellings";
import type { ReportedPerson, ReportRow, Reports } from "./types";

/**
 * The people named in Amnesty International's Urgent Actions, one row per person and report.
 *
 * The authors' file is not public; the project's own is synthetic and holds invented people only: of the reports on the
 * nineteen featured women nothing is made up (data/README.md). Whoever holds the authors' file loads it with `from` or HRD_DATA. Nothing is left out here:
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
  const problems: Fault[] = [];
  const typed = rows.map(urgentActionRow);
  const read = typed.flatMap((cells, i): ReportRow[] => {
    try {
      const header = parseReportHeader(`${cells.ua} ${cells.index}`, "the header");
      return [reportRow(cells, header, same.of(cells.person), i + 2)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push(numberProblem(i + 2, cells, error));
      return [];
    }
  });
  for (const problem of reportProblems(read)) problems.push(problem);
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
function numberProblem(row: number, cells: UrgentActionRow, error: RangeError): Fault {
  const column = /number of an Urgent Action|holds UA/.test(error.message) ? "ua" : "index";
  const message = error.message.replace(/^the header: /, "");
  return { row, column, value: cells[column], rule: "amnesty-number", message };
}

/**
 * What is wrong between cells and between rows of urgent_actions.csv: each of these would break a count without a sign.
 *
 * @param rows after spellings have been merged
 */
function reportProblems(rows: readonly ReportRow[]): Fault[] {
  const documents = new Map<string, ReportRow>();
  const people = new Map<string, ReportRow>();
  const sexes = new Map<string, ReportRow>();
  return rows.flatMap((row): Fault[] => {
    const first = firstOf(documents, row.index.text, row);
    const before = firstOf(people, row.person, row);
    const sexed = row.sex === null ? row : firstOf(sexes, row.person, row);
    return [
      ...indexOfCountry(row),
      ...documentAgrees(row, first),
      ...differs(row, before, "country", (other) => {
        const where = `${other.country} in row ${other.row}`;
        return `"${row.person}" is in ${row.country} here and in ${where}; one country a person is needed, or two persons`;
      }),
      ...differs(row, sexed, "sex", (other) => {
        return `"${row.person}" is ${row.sex} here and ${other.sex} in row ${other.row}; one of the two is needed`;
      }),
    ].map((problem) => ({ row: row.row, ...problem }));
  });
}

/** The first row with this key, which is the row itself where there was none before. */
function firstOf(known: Map<string, ReportRow>, key: string, row: ReportRow): ReportRow {
  const first = known.get(key);
  if (first !== undefined) return first;
  known.set(key, row);
  return row;
}

function indexOfCountry(row: ReportRow): Omit<Fault, "row">[] {
  if (isIndexOf(row.index, row.country)) return [];
  const { series, code, country, text } = row.index;
  const found = country === null ? "is not" : `is ${country}'s and not`;
  const message = `${text}: the code ${series} ${code} ${found} that of ${row.country}, ${amnestyCode(row.country)}; correct the number or the country`;
  return [{ column: "index", value: text, rule: "index-country", message }];
}

/** One document has one date, belongs to one case and is of one kind. */
function documentAgrees(row: ReportRow, first: ReportRow): Omit<Fault, "row">[] {
  const shown = { date: row.date, ua: row.ua.text, kind: row.kind };
  const before = { date: first.date, ua: first.ua.text, kind: first.kind };
  return (["date", "ua", "kind"] as const)
    .filter((column) => shown[column] !== before[column])
    .map((column) => {
      const message = `${row.index.text} has ${shown[column]} here and ${before[column]} in row ${first.row}; a document has one`;
      return { column, value: shown[column], rule: "one-document", message };
    });
}

function differs(
  row: ReportRow,
  first: ReportRow,
  column: "country" | "sex",
  message: (first: ReportRow) => string,
): Omit<Fault, "row">[] {
  if (first[column] === row[column]) return [];
  return [{ column, value: row[column], rule: `one-${column}`, message: message(first) }];
}

/**
 * Puts the reports on each person together, as the paper does ("aggregating data at the individual level"): how many
 * there are, when the first was, and whether any states a concern.
 *
 * Two rows of one report, which merged spellings can lead to, are one report.
 *
 * @param rows of loadUrgentActions(), all or some
 * @returns people in the order in which the rows first name them
 * @example people(loadUrgentActions().rows).length
 */
export function people(rows: readonly ReportRow[]): ReportedPerson[] {
  lengthOf("people", "rows", rows);
  const byPerson = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const known = byPerson.get(row.person);
    if (known === undefined) byPerson.set(row.person, [row]);
    else known.push(row);
  }
  return Array.from(byPerson, ([id, own]): ReportedPerson => {
    const firstReport = own.reduce((first, { date }) => (date < first ? date : first), own[0].date);
    return {
      id,
      country: own[0].country,
      sex: own.find((row) => row.sex !== null)?.sex ?? null,
      reports: new Set(own.map((row) => row.index.text)).size,
      firstReport,
      yearOfEntry: Number(firstReport.slice(0, 4)),
      ...anyConcern(own),
      provenance: provenancesOf(own).includes("synthetic") ? "synthetic" : own[0].provenance,
    };
  });
}
