import type { Campaign } from "../../data/schema";
import type { Prisoner } from "../../data/urgent-actions";
import type { DateInterval, DatePolicy } from "../../dates";
import { monthsBetween, pointOf } from "../../dates";

/**
 * Months from a woman's detention to her release, else to the last day on which she is known to be held; if the file
 * gives none, because a coding does not count a recorded release, to the end of follow-up.
 *
 * Time is counted from arrest for everybody, without delayed entry, as the paper does; see claim 19 for what that
 * leaves out.
 *
 * @throws RangeError naming file and row if the time is not positive.
 */
export function followUp(
  woman: Prisoner & { readonly detention: DateInterval },
  campaign: Campaign,
  policy: DatePolicy,
  file: string,
): { readonly time: number; readonly event: boolean } {
  const detained = pointOf(woman.detention, policy);
  const released = woman.releaseInterval === null ? null : pointOf(woman.releaseInterval, policy);
  const last = released ?? woman.observedUntil ?? campaign.endOfFollowUp;
  const time = monthsBetween(detained, last);
  if (time > 0) return { time, event: released !== null };
  throw new RangeError(
    `${file} row ${woman.row}: ${woman.person} would be held from ${detained} to ${last}, ${time} months; choose another date policy or bound the dates`,
  );
}
