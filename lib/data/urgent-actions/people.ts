import { provenancesOf } from "../../files";
import { anyConcern } from "./concerns";
import type { Person, ReportRow } from "./types";

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
export function people(rows: readonly ReportRow[]): Person[] {
  const byPerson = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const known = byPerson.get(row.person);
    if (known === undefined) byPerson.set(row.person, [row]);
    else known.push(row);
  }
  return Array.from(byPerson, ([id, own]): Person => {
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
