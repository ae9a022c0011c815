import type { Person, Prisoner } from "../../data/urgent-actions";
import { DataError, type Problem } from "../../files";

/**
 * Compares what reports and prisoners.csv say of the same person.
 *
 * @throws DataError with every person of two countries, and every man among the prisoners, at the row of prisoners.csv.
 */
export function checkAgreement(
  everybody: readonly Person[],
  found: ReadonlyMap<string, Prisoner>,
  file: string,
): void {
  const problems = everybody.flatMap((person): Problem[] => {
    const row = found.get(person.id);
    if (row === undefined) return [];
    const at = { file, row: row.row };
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
