import { type Delimiter, delimiterOf, plain, shown, trimmed } from "../files";
import type { CampaignMapping, StatusEntry } from "./mapping";

/** Columns of the CECC Political Prisoner Database, each with its name in the older and the present export; by the first three it is known. */
const CECC_COLUMNS: readonly (readonly string[])[] = [
  ["date of detention", "detention date"],
  ["detention status"],
  ["actual date released", "actual release date"],
  ["cecc record number"],
  ["formal arrest date"],
  ["expected date released", "expected release date"],
  ["age at detention"],
  ["ethnic group"],
  ["occupation"],
  ["sex"],
];

/** Where a column of the CECC's stands among names, under any of its names and without regard to letter case; −1 for none. */
export function ceccName(name: string, names: readonly string[]): number {
  const wanted = plain(name).toLowerCase();
  const same = CECC_COLUMNS.find((group) => group.includes(wanted)) ?? [wanted];
  return names.findIndex((other) => same.includes(plain(other).toLowerCase()));
}

/**
 * Status codes of the CECC Political Prisoner Database (https://www.cecc.gov/ppd-frequently-asked-questions-faqs):
 * REL is read as a release, DEC as a death, ESC as an escape, whatever follows, and a question mark says that it is
 * alleged only. A code that is not here, such as those of people who are held, has to get its meaning in the mapping, or
 * the file is refused.
 */
export const CECC_STATUSES: Readonly<Record<string, StatusEntry>> = {
  REL: { means: "released" },
  "REL/dec": { means: "released" },
  "REL?": { means: "released", alleged: true },
  "REL-PSB": { means: "released" },
  DEC: { means: "died" },
  "DEC?": { means: "died", alleged: true },
  "DEC-ill": { means: "died" },
  ESC: { means: "escaped" },
  "ESC?": { means: "escaped", alleged: true },
};

/** What a CECC export leaves open: who is treated, when the clock starts, when observation ends. */
export type CeccOptions = Omit<CampaignMapping, "columns" | "dateFormat"> & {
  /** Columns beside the usual ones, such as an id. */
  readonly columns?: Partial<CampaignMapping["columns"]>;
};

/**
 * The mapping of an export of the CECC Political Prisoner Database.
 *
 * The export has one column for the end of custody, `actual date released`; it is read as the day of a death or an
 * escape, too. Sex, age, ethnic group and occupation are covariates, those that the export has, unless
 * `columns.covariates` says otherwise. The present export calls its columns "Detention Date", "Actual Release Date"; both
 * sets of names are found, in capitals or not.
 *
 * @param options the rest of the mapping; `statuses` are added to {@link CECC_STATUSES}
 * @example
 * ceccMapping({
 *   title: "Prisoners of one province", statuses: { DET: "held" }, timeZero: "detained", endOfFollowUp: "2020-12-31",
 *   treatment: { kind: "date", column: "date of detention", from: "2015-07-09" },
 * })
 */
export function ceccMapping(options: CeccOptions): CampaignMapping {
  return {
    ...options,
    columns: {
      detained: "date of detention",
      released: "actual date released",
      status: "detention status",
      covariates: [
        { column: "sex", optional: true },
        { column: "age at detention", as: "number", optional: true },
        { column: "ethnic group", optional: true },
        { column: "occupation", optional: true },
      ],
      ...options.columns,
    },
    dateFormat: "%Y/%m/%d",
    statuses: { ...CECC_STATUSES, ...options.statuses },
  };
}

/** What a file turned out to be. */
export interface FileFormat {
  readonly kind: "CSV" | "Dataverse .tab" | "CECC export" | "Parquet";
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
  const columns = namesIn(header, mark);
  const cecc = CECC_COLUMNS.slice(0, 3).every(([column]) => ceccName(column, columns) >= 0);
  const kind = cecc ? "CECC export" : mark === "\t" ? "Dataverse .tab" : "CSV";
  return { kind, delimiter: mark, description: `${kind}, separated by ${name}` };
}

/** The names in a line, without quotation marks. */
const namesIn = (line: string, mark: string | RegExp): string[] =>
  line.split(mark).map((text) => trimmed(trimmed(text).replace(/^"|"$/g, "")));

/**
 * What the first line of a file is, where the names of columns stand further down or are separated by spaces; null where
 * it is neither.
 *
 * @param lines the first lines
 * @param missing names that the mapping has and the first line has not
 */
export function notAHeader(lines: readonly string[], missing: readonly string[]): string | null {
  const [first = "", ...others] = lines;
  const line = shown(first.slice(0, 60));
  if (/^"?sep=.?"?[,;\t|]*$/i.test(trimmed(first))) {
    return `its first line (${line}) tells a spreadsheet the delimiter and is no header; remove it`;
  }
  const has = (names: readonly string[]) => missing.filter((name) => names.includes(name)).length * 2 >= missing.length;
  const at = others.findIndex((other) => has(namesIn(other, delimiterOf(other)?.mark ?? ",")));
  if (at >= 0) {
    const what = /^\W*[#%]/.test(first) ? "a comment" : "a title or a note";
    return `its first line (${line}) is ${what} and not the names of columns, which stand in row ${at + 2}; remove the lines above them`;
  }
  return bySpaces(first) || (delimiterOf(first) === null && has(namesIn(first, /\s+/))) ? SPACES : null;
}

/** What is said of cells that spaces separate. */
export const SPACES =
  "its cells are separated by spaces, as R's write.table does unless told; write it with commas, as write.csv does";

/** Whether a line is texts in quotation marks with spaces between them. */
export const bySpaces = (line: string): boolean => /^"[^"]*"( +"[^"]*")+\s*$/.test(line);
