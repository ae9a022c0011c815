import { InvalidInputError } from "../statistics";
import { checkDay, isoDay } from "./calendar";
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
  const action = "dateInterval";
  if (bounds === null) {
    if (reported === null)
      throw new InvalidInputError(`${action}: a reported date or two bounds are needed; there is neither`, "reported");
    return { earliest: reported.earliest, latest: reported.latest, reported };
  }
  const { earliest, latest } = bounds;
  if (checkDay(action, "bounds", earliest) > checkDay(action, "bounds", latest)) {
    const message = `${action}: the earliest day ${earliest} is after the latest day ${latest}`;
    throw new InvalidInputError(message, "bounds");
  }
  if (reported !== null && (reported.latest < earliest || reported.earliest > latest)) {
    const message = `${action}: the reported date ${reported.text} lies outside its bounds ${earliest} to ${latest}`;
    throw new InvalidInputError(message, "bounds");
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
  return middle("midpoint", interval);
}

function middle(action: string, { earliest, latest }: DateInterval): string {
  const sum = checkDay(action, "interval", earliest) + checkDay(action, "interval", latest);
  return isoDay(Math.floor(sum / 2));
}

/**
 * How an interval becomes one day:
 * - `"reported"`: the day that sources report, where one is reported to the day; else the midpoint
 * - `"earliest"`, `"midpoint"`, `"latest"`: that day of the interval, whatever is reported
 */
export type DatePolicy = "reported" | "earliest" | "midpoint" | "latest";

/** All policies, in the order in which a comparison of them reads best. */
export const DATE_POLICIES: readonly DatePolicy[] = ["reported", "earliest", "midpoint", "latest"];

/**
 * One day for an interval, under a named policy.
 *
 * Survival times need a day, and a release known to lie "between September 2015 and October 2016"
 * has none. No choice is neutral, so results carry the name of theirs, and running all four shows
 * how much it matters.
 *
 * @returns an ISO day
 * @throws {InvalidInputError} if the policy is unknown or an end is not a day.
 * @example pointOf(dateInterval(partialDate("2015-04"), null), "latest") // "2015-04-30"
 */
export function pointOf(interval: DateInterval, policy: DatePolicy = "reported"): string {
  switch (policy) {
    case "reported":
      return interval.reported?.precision === "day" ? interval.reported.text : middle("pointOf", interval);
    case "earliest":
      return interval.earliest;
    case "midpoint":
      return middle("pointOf", interval);
    case "latest":
      return interval.latest;
    default:
      throw new InvalidInputError(
        `pointOf: "${String(policy)}" is not a date policy; known are ${DATE_POLICIES.join(", ")}`,
        "policy",
      );
  }
}
