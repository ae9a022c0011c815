import { InvalidInputError } from "../statistics";
import { calledAs } from "../statistics/inner";
import type { DateInterval } from "./interval";
import { midpoint } from "./interval";

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
      return interval.reported?.precision === "day" ? interval.reported.text : middle(interval);
    case "earliest":
      return interval.earliest;
    case "midpoint":
      return middle(interval);
    case "latest":
      return interval.latest;
    default:
      throw new InvalidInputError(
        `pointOf: "${String(policy)}" is not a date policy; known are ${DATE_POLICIES.join(", ")}`,
        "policy",
      );
  }
}

const middle = (interval: DateInterval): string => calledAs("pointOf", () => midpoint(interval));
