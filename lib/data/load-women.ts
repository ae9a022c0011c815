import { type DateInterval, dateInterval } from "../dates";
import { provenancesOf } from "../files";
import { codingFor, decisionsFor } from "./coding";
import { type CodedDataset, type Dataset, describeDataset, type LoadOptions, readResource } from "./schema/dataset";
import type { Coding } from "./schema/descriptor";
import { projectPackage } from "./schema/project";
import { type CodingName, freeThe20Row, type JournalistRow, journalistRow, longListRow } from "./schema/rows";
import { boundsOf, derive, type FeaturedWoman, NO_FEATURED_COLUMNS, type Woman } from "./woman";

/** Options of the loaders of women whose outcome depends on a coding. */
export interface CodedLoadOptions extends LoadOptions {
  /** Name of a coding, or an own one; the working paper's if left out. */
  readonly coding?: CodingName | Coding;
}

/**
 * The nineteen named women of the campaign: public record.
 *
 * @returns rows in the order of the campaign, with the coding used
 * @throws DataError listing every problem of the file; InvalidInputError for an unknown coding.
 * @example loadFreeThe20({ coding: "strict" }).rows.filter((row) => row.counted).length // 15
 */
export function loadFreeThe20(options: CodedLoadOptions = {}): CodedDataset<FeaturedWoman> {
  return featuredWomen("loadFreeThe20", options);
}

function featuredWomen(caller: string, options: CodedLoadOptions): CodedDataset<FeaturedWoman> {
  const descriptor = projectPackage();
  const coding = codingFor(caller, options.coding);
  const { location, resource, rows } = readResource(descriptor, "freethe20", options);
  const typed = rows.map(freeThe20Row);
  const ids = typed.map((row) => row.id);
  const decisions = decisionsFor(coding, ids, location.file);
  const women = typed.map((row): FeaturedWoman => {
    const derived = derive(row, descriptor.regions, decisions.get(row.id), caller);
    return { ...row, ...derived, observed_until: null, featured: true };
  });
  return { ...describeDataset(location, resource.title, women, descriptor), coding: recount(coding, women) };
}

/** The coding with the counts of these rows: what the data package states holds for the project's own file. */
export function recount(coding: Coding, women: readonly { readonly counted: boolean }[]): Coding {
  const released = women.filter((woman) => woman.counted).length;
  const title = coding.title.replace(/\d+ of \d+ released/, `${released} of ${women.length} released`);
  return { ...coding, title, released, of: women.length };
}

/**
 * The long list as the paper compares it: the nineteen featured women (public record) and the
 * eighteen who were proposed and not featured. The eighteen are synthetic, since their data are not
 * public; whoever holds them loads them with `from` or HRD_DATA.
 *
 * @returns featured women first; `row.featured` tells them apart
 * @throws DataError listing every problem of the files; InvalidInputError for an unknown coding.
 * @example loadLongList().rows.length // 37
 */
export function loadLongList(options: CodedLoadOptions = {}): CodedDataset<Woman> {
  const descriptor = projectPackage();
  const featured = featuredWomen("loadLongList", options);
  const { location, resource, rows } = readResource(descriptor, "long-list", options);
  const others = rows.map((checked): Woman => {
    const row = longListRow(checked);
    return { ...NO_FEATURED_COLUMNS, ...row, ...derive(row, descriptor.regions), featured: false };
  });
  const women: Woman[] = [...featured.rows, ...others];
  const title = `${featured.title}; ${resource.title}`;
  return {
    ...describeDataset(location, title, women, descriptor),
    file: `${featured.file}, ${location.file}`,
    own: featured.own && location.own,
    coding: featured.coding,
  };
}

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
    const detention = dateInterval(row.detained, boundsOf(row.detained_earliest, row.detained_latest));
    const releaseInterval = dateInterval(row.released, boundsOf(row.released_earliest, row.released_latest));
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
export function withJournalists(longList: CodedDataset<Woman>, journalists: Dataset<Journalist>): CodedDataset<Woman> {
  const added = journalists.rows.map((row): Woman => {
    const all = { ...NO_FEATURED_COLUMNS, ...row };
    return { ...all, ...derive(all, longList.regions), featured: false };
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
