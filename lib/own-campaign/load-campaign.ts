import { progressBar } from "../notebook";
import type { CampaignData } from "./campaign-data";
import { checkMapping } from "./check-mapping";
import type { CampaignMapping } from "./mapping";
import { openTable, type ReadOptions, readRecords } from "./read";
import { RowCollector } from "./rows";

export interface LoadCampaignOptions extends ReadOptions {
  /** Whether a bar shows how far reading is, where it takes more than a second; true unless told. */
  readonly progress?: boolean;
}

/**
 * Reads somebody's file of arrests and releases as spells in custody, by a mapping of its columns.
 *
 * The format (CSV with commas, semicolons or bars; a Dataverse .tab; an export of the CECC Political Prisoner Database) is
 * found out from the first line. The file is read as it comes, so that a million rows need memory only for what is kept.
 * No row disappears: it is used, or set aside with a reason that is counted in `report`, or the file is refused with a
 * list of what has to be mended. Dates that are not known to the day are intervals throughout.
 *
 * @param path the file, as seen from the working directory or the project's folder
 * @param mapping which column is what; see {@link CampaignMapping}, and ceccMapping() for the CECC's export
 * @returns the rows as columns, with the report
 * @throws DataError listing problems of the file by row and column: columns that are not there, cells that are no dates,
 *   statuses without a meaning, ids that stand twice, a release before the detention, no row that can be used
 * @throws RangeError if the mapping contradicts itself
 * @throws the signal's reason once it has fired
 * @example
 * const data = await loadCampaign("arrests.csv", {
 *   title: "Arrests after the law", dateFormat: "%d.%m.%Y", timeZero: "detained", endOfFollowUp: "2024-12-31",
 *   columns: { id: "case", detained: "arrested on", released: "freed on" },
 *   treatment: { kind: "column", column: "appeal", treated: ["yes"] },
 * });
 * show(reportTable(data.report));
 */
export async function loadCampaign(
  path: string,
  mapping: CampaignMapping,
  options: LoadCampaignOptions = {},
): Promise<CampaignData> {
  checkMapping(mapping);
  const table = openTable(path);
  const collector = new RowCollector(table, mapping);
  const bar = options.progress === false ? null : progressBar(`Reading ${path}`);
  try {
    await readRecords(table, (record, row) => collector.take(record, row), {
      ...options,
      onProgress: (done, total) => {
        bar?.update(done, total);
        options.onProgress?.(done, total);
      },
    });
  } finally {
    bar?.end();
  }
  return collector.finish();
}
