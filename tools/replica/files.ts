import { seededRandom } from "../../lib/statistics";
import { type Cells, tableCsv } from "../data/csv";
import { CONCERN_COLUMNS } from "./concerns";
import { COUNTRIES } from "./countries";
import type { Population } from "./population";
import { type Mention, mentions, type Named, numbers, type Report, reportsOn } from "./reports";
import type { Treated } from "./treated";
import { heldWomen, otherWomen, type Woman } from "./women";

/** The two files of the replica as text. */
export interface ReplicaFiles {
  readonly urgentActions: string;
  readonly prisoners: string;
}

/**
 * Everything that the search leaves open: dates, countries, reports, men, identifiers. The same population and seed give
 * the same files to the byte.
 *
 * @param population what the search found: order of times, releases, concerns, regions
 * @param treated the campaign's women, whose rows are public record
 */
export function replicaFiles(
  population: Population,
  treated: readonly Treated[],
  seed: number,
): ReplicaFiles {
  const random = seededRandom(seed);
  const held = heldWomen(population, treated, random);
  const women = [...held, ...otherWomen(held, random)];
  const reports = [...reportsOn(women, random)].sort(byDate);
  const rows = mentions(reports, random);
  const ids = identifiers(rows);
  const numbered = numbers(reports);
  const people = (named: Named): string => ids.get(named) ?? "";
  const reported = rows.map(({ report, person, coded }) => ({
    ...numbered.get(report),
    kind: report.kind,
    date: report.date,
    country: report.country,
    person: people(person),
    sex: person.sex,
    ...Object.fromEntries(CONCERN_COLUMNS.map((column, i) => [column, coded[i]])),
    sources: "",
    provenance: "synthetic",
  }));
  const named = new Map(rows.map(({ person }) => [person.woman, people(person)]));
  const prisoners = women.map((woman) => prisonerRow(woman, named.get(woman) ?? "")).sort(byPerson);
  return {
    urgentActions: tableCsv("urgent-actions", [...reported, ...knownReports()].sort(byDateAndIndex)),
    prisoners: tableCsv("prisoners", prisoners),
  };
}

/**
 * Reports on featured women of which index, case number and date are known: public record. What they state was not
 * coded; her concerns are those of freethe20_concerns.csv.
 */
function knownReports(): Cells[] {
  return [
    {
      index: "EUR 55/019/2014",
      ua: "UA 257/14",
      kind: "urgent action",
      date: "2014-10-15",
      country: "Azerbaijan",
      person: "khadija-ismayilova",
      sex: "female",
      sources: "https://docslib.org/doc/8361517/urgent-action",
      provenance: "public-record",
    },
  ];
}

function prisonerRow(woman: Woman, id: string): Cells {
  const { country, custody, certainty, featured } = woman;
  if (featured === null) {
    const { detained, released, observedUntil } = woman;
    return {
      person: id,
      country,
      featured: "no",
      custody,
      detained,
      released,
      observed_until: observedUntil,
      certainty,
      provenance: "synthetic",
    };
  }
  const note =
    woman.observedUntil === "" ? "" : "; no release found: the paper follows everybody to September 2018";
  return {
    person: id,
    country,
    featured: "yes",
    custody,
    detained: featured.detained.text,
    detained_earliest: featured.detained_earliest ?? "",
    detained_latest: featured.detained_latest ?? "",
    released: featured.released?.text ?? "",
    released_earliest: featured.released_earliest ?? "",
    released_latest: featured.released_latest ?? "",
    observed_until: woman.observedUntil,
    notes: `dates as in freethe20.csv${note}`,
    provenance: featured.provenance,
  };
}

/** Identifiers by country, in the order in which reports first name people: nothing can be read off them. */
function identifiers(rows: readonly Mention[]): ReadonlyMap<Named, string> {
  const ids = new Map<Named, string>();
  const last = new Map<string, number>();
  for (const { report, person } of rows) {
    if (ids.has(person)) continue;
    if (person.woman?.featured != null) {
      ids.set(person, person.woman.featured.id);
      continue;
    }
    const prefix = COUNTRIES.find(({ country }) => country === report.country)?.prefix ?? "XX";
    const number = (last.get(prefix) ?? 0) + 1;
    last.set(prefix, number);
    ids.set(person, `${prefix}-${String(number).padStart(4, "0")}`);
  }
  return ids;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Reports of one day stay in the order in which they were made. */
const byDate = (a: Report, b: Report): number => compare(a.date, b.date);
const byPerson = (a: Cells, b: Cells): number => compare(a.person ?? "", b.person ?? "");
const byDateAndIndex = (a: Cells, b: Cells): number =>
  compare(a.date ?? "", b.date ?? "") || compare(a.index ?? "", b.index ?? "") || byPerson(a, b);
