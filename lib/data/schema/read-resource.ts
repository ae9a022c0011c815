import { isSynthetic, type Provenance, provenancesOf } from "../../files";
import type { CheckedRow } from "./checked-row";
import type { Dataset, LoadOptions } from "./dataset";
import type { Descriptor, TableResource } from "./descriptor";
import type { Location } from "./location";
import { locate, locateOptional, TABLE_ENDINGS } from "./location";
import { tableResource } from "./project";
import { readTable } from "./read-table";

/**
 * Finds, reads and checks the file of a table.
 *
 * @param name the table's name in the data package
 * @param alsoFromProject whether the project's file serves where the folder of HRD_DATA has none
 * @throws DataError if it cannot be found or used.
 */
export function readResource(
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

/**
 * The same for a table that a folder need not have; null where it has none.
 *
 * @throws DataError if there is a file that cannot be used.
 */
export function readOptionalResource(
  descriptor: Descriptor,
  name: string,
  options: LoadOptions,
): { location: Location; rows: CheckedRow[] } | null {
  const resource = tableResource(descriptor, name);
  const stem = resource.path.replace(/\.[^.]*$/, "");
  const location = locateOptional(name, stem, TABLE_ENDINGS, { from: options.from });
  return location === null ? null : { location, rows: readTable(location, resource, descriptor.campaign) };
}

/** Rows with what a result has to say about their origin. */
export function describeDataset<Row extends { readonly provenance: Provenance }>(
  location: Location,
  title: string,
  rows: readonly Row[],
  descriptor: Descriptor,
): Dataset<Row> {
  return {
    // A title must not outlive the rows it was written for: another folder's rows may be real.
    title: isSynthetic(rows) ? `${title} (synthetic)` : title,
    rows,
    file: location.file,
    own: location.own,
    provenance: provenancesOf(rows),
    campaign: descriptor.campaign,
    regions: descriptor.regions,
  };
}
