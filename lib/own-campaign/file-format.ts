import { CECC_COLUMNS } from "./cecc";

/** What a file turned out to be. */
export interface FileFormat {
  readonly kind: "CSV" | "Dataverse .tab" | "CECC export";
  readonly delimiter: "," | ";" | "\t" | "|";
  readonly newline: "\n" | "\r";
  /** For people: "CSV, separated by semicolons". */
  readonly description: string;
}

const DELIMITERS = [
  ["\t", "tabs"],
  [",", "commas"],
  [";", "semicolons"],
  ["|", "bars"],
] as const;

/**
 * What a file is, from its first line: the delimiter that stands there most often outside quotation marks, and whether
 * the columns are those of the CECC Political Prisoner Database. The name is not asked: a download is often renamed.
 *
 * @param header the first line; a file of one column has no delimiter and counts as separated by commas
 * @param newline what ends a line
 * @example fileFormat('id\tdetained\treleased').kind // "Dataverse .tab"
 */
export function fileFormat(header: string, newline: "\n" | "\r" = "\n"): FileFormat {
  const bare = header.replace(/"[^"]*"/g, '""');
  const counted = DELIMITERS.map(([mark, name]) => ({ mark, name, count: bare.split(mark).length - 1 }));
  const found = counted.reduce((best, next) => (next.count > best.count ? next : best));
  const { mark, name } = found.count === 0 ? { mark: "," as const, name: "commas" } : found;
  const columns = header.split(mark).map((text) => text.replace(/^\uFEFF?\s*"?|"?\s*$/g, "").toLowerCase());
  const cecc = CECC_COLUMNS.every((column) => columns.includes(column));
  const kind = cecc ? "CECC export" : mark === "\t" ? "Dataverse .tab" : "CSV";
  return { kind, delimiter: mark, newline, description: `${kind}, separated by ${name}` };
}
