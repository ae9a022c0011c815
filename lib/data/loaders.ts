import type { DateInterval } from "../dates";
import { dateInterval } from "../dates";
import type { CheckedRow } from "./checked-row";
import { decisionsFor, findCoding } from "./coding";
import type { CodedDataset, Dataset, LoadOptions } from "./dataset";
import type { Coding, Descriptor, TableResource } from "./descriptor";
import type { Location } from "./location";
import { locate, TABLE_ENDINGS } from "./location";
import { projectPackage, tableResource } from "./project";
import { isSynthetic, provenancesOf } from "./provenance";
import { readTable } from "./read-table";
import type { CodingName, JournalistRow } from "./rows";
import { freeThe20Row, journalistRow, longListRow } from "./rows";
import type { FeaturedWoman, Woman } from "./woman";
import { derive } from "./woman";

/** Options of the loaders of women whose outcome depends on a coding. */
export interface CodedLoadOptions extends LoadOptions {
  /** Name of a coding, or an own one; the working paper's if left out. */
  readonly coding?: CodingName | Coding;
}

/** A journalist of footnote 4, with her dates as intervals. */
export interface Journalist extends JournalistRow {
  readonly detention: DateInterval;
  readonly releaseInterval: DateInterval;
}

/**
 * The nineteen named women of the campaign: public record.
 *
 * @returns rows in the order of the campaign, with the coding used
 * @throws DataError listing every problem of the file; RangeError for an unknown coding.
 * @example loadFreeThe20({ coding: "strict" }).rows.filter((row) => row.counted).length // 15
 */
export function loadFreeThe20(options: CodedLoadOptions = {}): CodedDataset<FeaturedWoman> {
  const descriptor = projectPackage();
  const coding = findCoding(options.coding);
  const { location, resource, rows } = read(descriptor, "freethe20", options);
  const typed = rows.map(freeThe20Row);
  const ids = typed.map((row) => row.id);
  const decisions = decisionsFor(coding, ids, location.file);
  const women = typed.map((row): FeaturedWoman => {
    const derived = derive(row, descriptor.regions, decisions.get(row.id));
    return { ...row, ...derived, featured: true };
  });
  return { ...describe([location], resource.title, women, descriptor), coding };
}

/**
 * The long list as the paper compares it: the nineteen featured women (public record) and the
 * eighteen who were proposed and not featured. The eighteen are synthetic, since their data are not
 * public; whoever holds them loads them with `from` or HRD_DATA.
 *
 * @returns featured women first; `row.featured` tells them apart
 * @throws DataError listing every problem of the files; RangeError for an unknown coding.
 * @example loadLongList().rows.length // 37
 */
export function loadLongList(options: CodedLoadOptions = {}): CodedDataset<Woman> {
  const descriptor = projectPackage();
  const featured = loadFreeThe20(options);
  const { location, resource, rows } = read(descriptor, "long-list", options);
  const others = rows.map((checked): Woman => {
    const row = longListRow(checked);
    return { ...NO_FEATURED_COLUMNS, ...row, ...derive(row, descriptor.regions, undefined), featured: false };
  });
  const women: Woman[] = [...featured.rows, ...others];
  const title = `${featured.title}; ${resource.title}`;
  return {
    ...describe([location], title, women, descriptor),
    file: `${featured.file}, ${location.file}`,
    own: featured.own && location.own,
    coding: featured.coding,
  };
}

const NO_FEATURED_COLUMNS = {
  alternative_names: null,
  feature_day: null,
  occupation: null,
  release_evidence: null,
  status_at_end: null,
};

/**
 * The three journalists of footnote 4, released in July 2015, before the launch: public record.
 *
 * @throws DataError listing every problem of the file.
 * @example loadJournalists().rows.map((row) => row.name)
 */
export function loadJournalists(options: LoadOptions = {}): Dataset<Journalist> {
  const descriptor = projectPackage();
  const { location, resource, rows } = read(descriptor, "journalists", options, true);
  const typed = rows.map((checked): Journalist => {
    const row = journalistRow(checked);
    const detention = interval(row.detained, row.detained_earliest, row.detained_latest);
    const releaseInterval = interval(row.released, row.released_earliest, row.released_latest);
    return { ...row, detention, releaseInterval };
  });
  return describe([location], resource.title, typed, descriptor);
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
    const { regions } = projectPackage();
    return { ...NO_FEATURED_COLUMNS, ...row, ...derive(row, regions, undefined), featured: false };
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

function read(
  descriptor: Descriptor,
  name: string,
  options: LoadOptions,
  alsoFromProject = false,
): { location: Location; resource: TableResource; rows: CheckedRow[] } {
  const resource = tableResource(descriptor, name);
  const stem = resource.path.replace(/\.[^.]*$/, "");
  const location = locate(name, stem, TABLE_ENDINGS, { from: options.from, alsoFromProject });
  return { location, resource, rows: readTable(location, resource, descriptor.campaign) };
}

function describe<Row extends { readonly provenance: FeaturedWoman["provenance"] }>(
  locations: readonly Location[],
  title: string,
  rows: readonly Row[],
  descriptor: Descriptor,
): Dataset<Row> {
  return {
    // A title must not outlive the rows it was written for: another folder's rows may be real.
    title: isSynthetic(rows) ? `${title} (synthetic)` : title,
    rows,
    file: locations.map((location) => location.file).join(", "),
    own: locations.every((location) => location.own),
    provenance: provenancesOf(rows),
    campaign: descriptor.campaign,
  };
}

function interval(
  reported: JournalistRow["detained"] | null,
  earliest: string | null,
  latest: string | null,
) {
  return dateInterval(reported, earliest === null || latest === null ? null : { earliest, latest });
}
