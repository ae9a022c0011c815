import { type Fault, refuseAll } from "../../files";
import { type LoadOptions, readOptionalResource } from "../schema/dataset";
import type { Descriptor } from "../schema/descriptor";
import { samePersonRow } from "../schema/rows";
import type { Flag } from "./types";

/** Letters that are no combination of a plain letter and a mark, so that normalisation leaves them. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: "i",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ß: "ss",
  æ: "ae",
  ə: "a",
};

/**
 * A spelling without what usually differs between spellings of one name: marks on letters, case, punctuation and the
 * order of the parts.
 *
 * @example normalisedSpelling("Phạm, Thị Hoài") === normalisedSpelling("Thi Hoai PHAM") // true
 */
export function normalisedSpelling(spelling: string): string {
  const plain = spelling.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const letters = Array.from(plain, (letter) => PLAIN[letter] ?? letter).join("");
  return letters
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "")
    .sort()
    .join(" ");
}

/**
 * Spellings that may stand for one person: those that are equal once normalised. They are only reported, since two
 * people can share a name; whoever knows merges them by a line in same_person.csv.
 *
 * @param rows people as they are spelt, with their rows in the file
 */
export function similarSpellings(
  rows: readonly { readonly person: string; readonly row: number }[],
  file: string,
): Flag[] {
  const bySpelling = new Map<string, number[]>();
  for (const { person, row } of rows) {
    const known = bySpelling.get(person);
    if (known === undefined) bySpelling.set(person, [row]);
    else known.push(row);
  }
  const byKey = new Map<string, string[]>();
  for (const spelling of bySpelling.keys()) {
    const key = normalisedSpelling(spelling);
    byKey.set(key, [...(byKey.get(key) ?? []), spelling]);
  }
  return [...byKey.values()]
    .filter((spellings) => spellings.length > 1)
    .map((spellings): Flag => {
      const shown = spellings.map((spelling) => `"${spelling}" (row ${bySpelling.get(spelling)?.join(", ")})`);
      const message = `${shown.join(" and ")} may be one person; if so, say it in same_person.csv, else they count as ${spellings.length}`;
      const found = spellings.flatMap((spelling) => bySpelling.get(spelling) ?? []);
      return { kind: "similar spellings", file, rows: found, message };
    });
}

/** Spellings that stand for one person, by decision. */
export interface SamePerson {
  /** The spelling to use in place of this one. */
  readonly of: (spelling: string) => string;
  /** What was merged in these rows, and lines that met no row. */
  readonly flags: (rows: readonly { readonly person: string; readonly row: number }[], file: string) => Flag[];
}

/**
 * Reads same_person.csv, the only way to merge two spellings. A folder need not have one.
 *
 * @throws DataError if it cannot be used, or a spelling is replaced by one that is itself replaced.
 */
export function readSamePerson(descriptor: Descriptor, options: LoadOptions): SamePerson {
  const found = readOptionalResource(descriptor, "same-person", options);
  const lines = found === null ? [] : found.rows.map(samePersonRow);
  const file = found?.location.file ?? "same_person.csv";
  const replaced = new Map(lines.map((line) => [line.spelling, line.person]));
  const problems = lines.flatMap((line, i): Fault[] => {
    if (!replaced.has(line.person)) return [];
    const message = `"${line.person}" is itself replaced by "${replaced.get(line.person)}"; name the final spelling`;
    return [{ row: i + 2, column: "person", value: line.person, rule: "chain", message }];
  });
  if (problems.length > 0) throw refuseAll(file, problems);
  return {
    of: (spelling) => replaced.get(spelling) ?? spelling,
    flags: (rows, dataFile) =>
      lines.map((line): Flag => {
        const met = rows.filter((row) => row.person === line.spelling).map((row) => row.row);
        const merged = `"${line.spelling}" is read as "${line.person}"`;
        return met.length > 0
          ? {
              kind: "merged spellings",
              file: dataFile,
              rows: met,
              message: `${merged}, as same_person.csv says`,
            }
          : {
              kind: "unused spelling",
              file: dataFile,
              rows: [],
              message: `no row is spelt "${line.spelling}"`,
            };
      }),
  };
}
