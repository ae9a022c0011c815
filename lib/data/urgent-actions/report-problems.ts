import type { Problem } from "../../files";
import { amnestyCode } from "./country-codes";
import { isIndexOf } from "./index-number";
import type { ReportRow } from "./types";

/**
 * What is wrong between cells and between rows of urgent_actions.csv: each of these would break a count without a sign.
 *
 * @param rows after spellings have been merged
 */
export function reportProblems(rows: readonly ReportRow[], file: string): Problem[] {
  const documents = new Map<string, ReportRow>();
  const people = new Map<string, ReportRow>();
  const sexes = new Map<string, ReportRow>();
  return rows.flatMap((row): Problem[] => {
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
    ].map((problem) => ({ file, row: row.row, ...problem }));
  });
}

type Placed = Omit<Problem, "file" | "row">;

/** The first row with this key, which is the row itself where there was none before. */
function firstOf(known: Map<string, ReportRow>, key: string, row: ReportRow): ReportRow {
  const first = known.get(key);
  if (first !== undefined) return first;
  known.set(key, row);
  return row;
}

function indexOfCountry(row: ReportRow): Placed[] {
  if (isIndexOf(row.index, row.country)) return [];
  const { series, code, country, text } = row.index;
  const found = country === null ? "is not" : `is ${country}'s and not`;
  const message = `${text}: the code ${series} ${code} ${found} that of ${row.country}, ${amnestyCode(row.country)}; correct the number or the country`;
  return [{ column: "index", value: text, rule: "index-country", message }];
}

/** One document has one date, belongs to one case and is of one kind. */
function documentAgrees(row: ReportRow, first: ReportRow): Placed[] {
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
): Placed[] {
  if (first[column] === row[column]) return [];
  return [{ column, value: row[column], rule: `one-${column}`, message: message(first) }];
}
