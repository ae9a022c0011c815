import { type DateInterval, dateInterval } from "../dates";
import { InvalidInputError } from "../statistics";
import type { Decision, Regions } from "./schema/descriptor";
import { type FreeThe20Row, type LongListRow, REGION, type Region } from "./schema/rows";
import { intervalOf } from "./schema/rules";

/** What is derived from a row, in camelCase beside the columns' snake_case. */
export interface Derived {
  /** Name, or the identifier where there is no name. */
  readonly label: string;
  /** Region of the country; null outside the target countries. */
  readonly region: Region | null;
  /** When the detention began. */
  readonly detention: DateInterval;
  /** Whether she counts as released under the coding. */
  readonly counted: boolean;
  /** When she was released; null if she does not count as released under the coding. */
  readonly releaseInterval: DateInterval | null;
  /** Her release precedes the launch and the coding counts it nevertheless. */
  readonly beforeLaunch: boolean;
  /** Why the coding decides about her as it does; null where the record leaves nothing to decide. */
  readonly codingReason: string | null;
}

/** A woman of the campaign, with the columns of data/freethe20.csv. */
export interface FeaturedWoman extends FreeThe20Row, Derived {
  readonly featured: true;
  /** The record follows all of them to the end. */
  readonly observed_until: null;
}

/** Columns that only the featured women have. */
type FeaturedColumns = Omit<FreeThe20Row, keyof LongListRow>;

/** A woman of the long list, featured or not; columns that her file lacks are null. */
export interface Woman
  extends LongListRow,
    Derived,
    Readonly<{ [K in keyof FeaturedColumns]: FeaturedColumns[K] | null }> {
  readonly featured: boolean;
}

/** The region of a country as the paper groups them; null outside the target countries. */
export function regionOf(country: string, regions: Regions): Region | null {
  return REGION.find((region) => regions[region]?.includes(country)) ?? null;
}

/**
 * Derives intervals and outcome of a row under a coding's decision.
 *
 * @param row a checked row
 * @param decision what the coding decides about her, undefined where it leaves her as recorded
 * @param caller the function whose option the coding is, for errors
 * @throws {InvalidInputError} if the decision counts a release for which there is neither a date nor supposed bounds.
 */
export function derive(row: LongListRow | FreeThe20Row, regions: Regions, decision?: Decision, caller = ""): Derived {
  const detention = dateInterval(row.detained, boundsOf(row.detained_earliest, row.detained_latest));
  const recorded = intervalOf({
    reported: row.released,
    earliest: row.released_earliest,
    latest: row.released_latest,
  });
  const releaseInterval = decide(row.id, recorded, decision, caller);
  return {
    label: row.name ?? row.id,
    region: regionOf(row.country, regions),
    detention,
    counted: releaseInterval !== null,
    releaseInterval,
    beforeLaunch: decision?.outcome === "released" && decision.beforeLaunch === true,
    codingReason: decision?.reason ?? null,
  };
}

/**
 * When a woman was released under a coding's decision; null if she does not count as released.
 *
 * @throws {InvalidInputError} if the decision counts a release for which there is neither a date nor supposed bounds.
 */
export function decide(
  id: string,
  recorded: DateInterval | null,
  decision: Decision | undefined,
  caller: string,
): DateInterval | null {
  if (decision === undefined) return recorded;
  if (decision.outcome === "not released") return null;
  // The record goes before what a coding supposes.
  const supposed = boundsOf(decision.earliest ?? null, decision.latest ?? null);
  if (recorded !== null) return recorded;
  if (supposed !== null) return dateInterval(null, supposed);
  throw new InvalidInputError(
    `${caller}: the coding counts ${id} as released, but her row has no release date and the coding no bounds`,
    "coding",
  );
}

/** Two bounds as an interval has them; null where there are none. */
export function boundsOf(earliest: string | null, latest: string | null) {
  return earliest === null || latest === null ? null : { earliest, latest };
}

/** The columns that a woman who was not featured has no values for. */
export const NO_FEATURED_COLUMNS = {
  observed_until: null,
  alternative_names: null,
  feature_day: null,
  occupation: null,
  release_evidence: null,
  status_at_end: null,
};
