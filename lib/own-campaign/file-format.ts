import { type Delimiter, delimiterOf } from "../files";
import { CECC_COLUMNS } from "./formats";

/** What a file turned out to be. */
export interface FileFormat {
  readonly kind: "CSV" | "Dataverse .tab" | "CECC export";
  readonly delimiter: Delimiter;
  /** For people: "CSV, separated by semicolons". */
  readonly description: string;
}

/**
 * What a file is, from its first line: the delimiter that stands there most often outside quotation marks, and whether
 * the columns are those of the CECC Political Prisoner Database. The name is not asked: a download is often renamed.
 *
 * @param header the first line; a file of one column has no delimiter and counts as separated by commas
 * @example fileFormat('id\tdetained\treleased').kind // "Dataverse .tab"
 */
export function fileFormat(header: string): FileFormat {
  const { mark, name } = delimiterOf(header) ?? { mark: ",", name: "commas" };
  const columns = header.split(mark).map((text) => text.replace(/^\uFEFF?\s*"?|"?\s*$/g, "").toLowerCase());
  const cecc = CECC_COLUMNS.every((column) => columns.includes(column));
  const kind = cecc ? "CECC export" : mark === "\t" ? "Dataverse .tab" : "CSV";
  return { kind, delimiter: mark, description: `${kind}, separated by ${name}` };
}
