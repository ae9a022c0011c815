import { type Delimiter, delimiterOf } from "../files";
import type { CampaignMapping, StatusEntry } from "./mapping";

/** Columns by which an export of the CECC Political Prisoner Database is known. */
const CECC_COLUMNS = ["date of detention", "detention status", "actual date released"] as const;

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
 * escape, too. Sex, age, ethnic group and occupation are covariates unless `columns.covariates` says otherwise.
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
      covariates: ["sex", { column: "age at detention", as: "number" }, "ethnic group", "occupation"],
      ...options.columns,
    },
    dateFormat: "%Y/%m/%d",
    statuses: { ...CECC_STATUSES, ...options.statuses },
  };
}

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
