import type { DateInterval } from "../dates";
import { dateInterval } from "../dates";
import { provenancesOf } from "../files";
import type { CodedDataset, Dataset, LoadOptions } from "./schema/dataset";
import { projectPackage } from "./schema/project";
import { describeDataset, readResource } from "./schema/read-resource";
import type { JournalistRow } from "./schema/rows";
import { journalistRow } from "./schema/rows";
import type { Woman } from "./woman";
import { derive, NO_FEATURED_COLUMNS } from "./woman";

/** A journalist of footnote 4, with her dates as intervals. */
export interface Journalist extends JournalistRow {
  readonly detention: DateInterval;
  readonly releaseInterval: DateInterval;
}

/**
 * The three journalists of footnote 4, released in July 2015, before the launch: public record.
 *
 * @throws DataError listing every problem of the file.
 * @example loadJournalists().rows.map((row) => row.name)
 */
export function loadJournalists(options: LoadOptions = {}): Dataset<Journalist> {
  const descriptor = projectPackage();
  const { location, resource, rows } = readResource(descriptor, "journalists", options, true);
  const typed = rows.map((checked): Journalist => {
    const row = journalistRow(checked);
    const detention = interval(row.detained, row.detained_earliest, row.detained_latest);
    const releaseInterval = interval(row.released, row.released_earliest, row.released_latest);
    return { ...row, detention, releaseInterval };
  });
  return describeDataset(location, resource.title, typed, descriptor);
}

/**
 * The long list with the three journalists of footnote 4 put back in, as the footnote does: 40 women.
 * They are not featured. Their release precedes the launch, so {@link releaseOutcomes} has to be told
 * what to do with it.
 *
 * @example releaseOutcomes(withJournalists(loadLongList(), loadJournalists()), { clock: "launch", beforeLaunch: "time-zero" })
 */
export function withJournalists(
  longList: CodedDataset<Woman>,
  journalists: Dataset<Journalist>,
): CodedDataset<Woman> {
  const added = journalists.rows.map((row): Woman => {
    return { ...NO_FEATURED_COLUMNS, ...row, ...derive(row, longList.regions, undefined), featured: false };
  });
  const rows = [...longList.rows, ...added];
  return {
    ...longList,
    title: `${longList.title}; ${journalists.title}`,
    rows,
    file: `${longList.file}, ${journalists.file}`,
    own: longList.own && journalists.own,
    provenance: provenancesOf(rows),
  };
}

function interval(
  reported: JournalistRow["detained"] | null,
  earliest: string | null,
  latest: string | null,
) {
  return dateInterval(reported, earliest === null || latest === null ? null : { earliest, latest });
}
