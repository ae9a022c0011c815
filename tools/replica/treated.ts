import { loadFreeThe20, releaseOutcomes } from "../../lib/data";
import type { CodingName } from "../../lib/data/schema";
import type { DatePolicy } from "../../lib/dates";
import { publishedConcerns } from "./concerns";
import { regionMask } from "./covariates";

/** A woman of the campaign as Table 1's models see her. */
export interface Treated {
  readonly id: string;
  readonly country: string;
  /** Region bit of the mask. */
  readonly region: number;
  /** Months from arrest to release or to the end of follow-up. */
  readonly months: number;
  readonly released: boolean;
  /** The concerns that published documents state, as bits of the mask. */
  readonly concerns: number;
}

/** Under which decisions the public record is read. */
export interface RecordReading {
  readonly coding: CodingName;
  readonly policy: DatePolicy;
}

/**
 * The nineteen women in the order of their times since arrest, without delayed entry, as the paper counts them.
 *
 * @throws Error if a woman has no region or no concern codings
 */
export function treatedWomen({ coding, policy }: RecordReading): Treated[] {
  const data = loadFreeThe20({ coding });
  const outcomes = releaseOutcomes(data, { clock: "arrest", delayedEntry: false, policy });
  const codings = publishedConcerns();
  const women = data.rows.map((row, i) => {
    const concerns = codings.get(row.id);
    if (concerns === undefined) throw new Error(`freethe20_concerns.csv has no row for ${row.id}`);
    if (row.region === null) throw new Error(`${row.id}: ${row.country} is in no region`);
    const region = regionMask(row.region);
    return {
      id: row.id,
      country: row.country,
      region,
      months: outcomes.time[i],
      released: outcomes.event[i],
      concerns,
    };
  });
  return women.sort((a, b) => a.months - b.months || (a.id < b.id ? -1 : 1));
}
