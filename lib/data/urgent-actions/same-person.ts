import { DataError, type Problem } from "../../files";
import type { LoadOptions } from "../schema/dataset";
import type { Descriptor } from "../schema/descriptor";
import { readOptionalResource } from "../schema/read-resource";
import { samePersonRow } from "../schema/rows";
import type { Flag } from "./types";

/** Spellings that stand for one person, by decision. */
export interface SamePerson {
  /** The spelling to use in place of this one. */
  readonly of: (spelling: string) => string;
  /** What was merged in these rows, and lines that met no row. */
  readonly flags: (
    rows: readonly { readonly person: string; readonly row: number }[],
    file: string,
  ) => Flag[];
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
  const problems = lines.flatMap((line, i): Problem[] => {
    if (!replaced.has(line.person)) return [];
    const message = `"${line.person}" is itself replaced by "${replaced.get(line.person)}"; name the final spelling`;
    return [{ file, row: i + 2, column: "person", value: line.person, rule: "chain", message }];
  });
  if (problems.length > 0) throw new DataError(problems);
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
