import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeUtf8, recordsOf } from "../../lib/files";

/**
 * Whether data/README.md states as many rows as each CSV file has, for numbers in prose grow old.
 *
 * @param from the folder of README.md and the files
 */
export function checkReadme(from: string): { summary: string; problems: string[] } {
  const text = readFileSync(join(from, "README.md"), "utf8");
  const stated = [...text.matchAll(/^\| `([\w./-]+\.csv)` \| ([\d,]+) \|/gm)];
  const problems = stated.flatMap(([, name = "", count = ""]) => {
    const file = join(from, name);
    if (!existsSync(file)) return [`names ${name}, which is not there`];
    // The first line holds the names of the columns.
    const rows = recordsOf(decodeUtf8(readFileSync(file), name), name, { delimiter: "," }).length - 1;
    return Number(count.replaceAll(",", "")) === rows
      ? []
      : [`says that ${name} has ${count} rows; it has ${rows.toLocaleString("en-GB")}`];
  });
  return { summary: `rows of ${stated.length} files, as stated`, problems };
}
