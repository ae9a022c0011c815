import type { DateInterval, PartialDate } from "../../dates";
import { dateInterval } from "../../dates";

/** The three columns that tell when something happened: as reported, and first and last possible day. */
export interface DateColumns {
  readonly reported: PartialDate | null;
  readonly earliest: string | null;
  readonly latest: string | null;
}

/**
 * The interval that three date columns describe, or null where all are empty.
 *
 * @throws RangeError if only one bound is filled, the bounds are out of order, or they exclude the reported date.
 */
export function intervalOf({ reported, earliest, latest }: DateColumns): DateInterval | null {
  if (reported === null && earliest === null && latest === null) return null;
  if ((earliest === null) !== (latest === null)) {
    throw new RangeError("one of the two bounds is empty; fill both or neither");
  }
  const bounds = earliest === null || latest === null ? null : { earliest, latest };
  return dateInterval(reported, bounds);
}
