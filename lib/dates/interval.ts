import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";
import { dayNumber, isoDay } from "./calendar";
import type { PartialDate } from "./partial-date";

/**
 * The days on which something can have happened, both ends included, as ISO days.
 *
 * `reported` keeps the date as sources give it; it is null where the record only bounds the day
 * ("still held in June, free by the next spring").
 */
export interface DateInterval {
  readonly earliest: string;
  readonly latest: string;
  readonly reported: PartialDate | null;
}

/**
 * The interval of an event: the bounds where the record has them, else what the precision of the
 * reported date allows. Bounds win because they carry more: a report of "2016" beside the bounds
 * 2016-06-15 and 2017-04-04 comes from somebody who weighed several sources.
 *
 * @param reported the date as reported, or null
 * @param bounds first and last possible ISO day, or null
 * @throws {InvalidInputError} if there is neither, the bounds are out of order, or they exclude every reported day.
 * @example dateInterval(partialDate("2015-04"), null) // 2015-04-01 to 2015-04-30
 */
export function dateInterval(
  reported: PartialDate | null,
  bounds: { readonly earliest: string; readonly latest: string } | null,
): DateInterval {
  if (bounds === null) {
    if (reported === null)
      throw new InvalidInputError(
        "dateInterval: an interval needs a reported date or two bounds; it has neither",
        "reported",
      );
    return { earliest: reported.earliest, latest: reported.latest, reported };
  }
  const { earliest, latest } = bounds;
  if (calledAs("dateInterval", () => dayNumber(earliest) > dayNumber(latest))) {
    throw new InvalidInputError(
      `dateInterval: the earliest day ${earliest} is after the latest day ${latest}`,
      "bounds",
    );
  }
  if (reported !== null && (reported.latest < earliest || reported.earliest > latest)) {
    throw new InvalidInputError(
      `dateInterval: the reported date ${reported.text} lies outside its bounds ${earliest} to ${latest}`,
      "reported",
    );
  }
  return { earliest, latest, reported };
}

/**
 * The day in the middle of an interval; of two middle days the earlier.
 *
 * @throws {InvalidInputError} if an end is not a day.
 * @example midpoint({ earliest: "2015-04-01", latest: "2015-04-30", reported: null }) // "2015-04-15"
 */
export function midpoint(interval: DateInterval): string {
  return calledAs("midpoint", () =>
    isoDay(Math.floor((dayNumber(interval.earliest) + dayNumber(interval.latest)) / 2)),
  );
}
