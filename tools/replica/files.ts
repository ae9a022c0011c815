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
export function replicaFiles(population: Population, treated: readonly Treated[], seed: number): ReplicaFiles {
  const random = seededRandom(seed);
  const held = heldWomen(population, treated, random);
  const women = [...held, ...otherWomen(held, random)];
  // Nothing is made up about a real woman: reports name invented people only.
  const invented = women.filter(({ featured }) => featured === null);
  const reports = [...reportsOn(invented, random)].sort(byDate);
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
    urgentActions: tableCsv("urgent-actions", reported.sort(byDateAndIndex)),
    prisoners: tableCsv("prisoners", prisoners),
  };
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
    woman.observedUntil === ""
      ? ""
      : "; no release found; that she was at risk of one until September 2018 is an assumption as in the paper";
  return {
    person: featured.id,
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
    certainty,
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
