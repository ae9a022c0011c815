import { dateInterval, dayNumber, isoDay, monthsBetween, partialDate, pointOf } from "../../lib/dates";
import type { RandomSource } from "../../lib/statistics";
import { pow } from "../../lib/statistics/elementary";

/** A detention and its end, with the time between them inside a slot. */
export interface FoundSpell {
  readonly detained: string;
  /** Day of the release or of the last observation, or a month for a release known to the month. */
  readonly end: string;
}

/** What a spell has to satisfy. */
export interface SpellWanted {
  /** Months from detention to end are strictly between these two. */
  readonly above: number;
  readonly below: number;
  /** The first and the last day on which the detention may begin. */
  readonly from: string;
  readonly to: string;
  /** The end is no later. */
  readonly until: string;
  /** Whether the end is written as a month, and so stands for its middle. */
  readonly month: boolean;
}

const TRIES = 20_000;
const DAYS_A_MONTH = 30.44;
const LATE = 3;

/**
 * Dates that put a woman at her place in the order of times. The time that counts is that of the library, in months
 * by anniversaries, so candidates are drawn and measured by it.
 *
 * @throws Error if no dates were found: the slot is narrower than a day, or too long for the period
 */
export function findSpell(wanted: SpellWanted, random: RandomSource): FoundSpell {
  const first = dayNumber(wanted.from);
  const target = (wanted.above + wanted.below) / 2;
  // The end has to come before `until`, so a long spell must begin early.
  const latest = Math.min(dayNumber(wanted.to), dayNumber(wanted.until) - Math.ceil(target * DAYS_A_MONTH));
  const middle = (end: string): string => pointOf(dateInterval(partialDate(end), null));
  for (let attempt = 0; attempt < TRIES && latest >= first; attempt++) {
    // Later detentions a little more often: entry into the data rises with the years, and Figure 3 stays within its axis.
    const start = latest - Math.floor((latest - first + 1) * pow(random.next(), LATE));
    const detained = isoDay(start);
    const length = (wanted.above + (wanted.below - wanted.above) * random.next()) * DAYS_A_MONTH;
    const day = isoDay(start + Math.round(length));
    const end = wanted.month ? day.slice(0, 7) : day;
    const counted = wanted.month ? middle(end) : end;
    const months = monthsBetween(detained, counted);
    // The whole month has to lie within the period, for it may be read as any of its days.
    const last = wanted.month ? `${end}-31` : end;
    if (months > wanted.above && months < wanted.below && last <= wanted.until) return { detained, end };
  }
  const slot = `${wanted.above.toFixed(3)} to ${wanted.below.toFixed(3)} months`;
  throw new Error(`no detention from ${wanted.from} to ${wanted.to} gives a time of ${slot} before ${wanted.until}`);
}
