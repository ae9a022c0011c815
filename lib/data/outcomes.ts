import { addMonths, type DateInterval, type DatePolicy, monthsBetween, pointOf } from "../dates";
import type { Provenance } from "../files";
import { InvalidInputError } from "../statistics";
import { calledAs, checkFields } from "../statistics/inner";
import type { CodedDataset } from "./schema/dataset";
import type { Campaign } from "./schema/descriptor";
import type { Woman } from "./woman";

/** From when time is counted. */
export type Clock = "launch" | "arrest";

/** What to do with a release before the launch. */
export type BeforeLaunch = "error" | "time-zero" | "leave-out";

export interface OutcomeOptions {
  /** `"launch"`: months since 1 September 2015. `"arrest"`: months since each woman's own detention. */
  readonly clock: Clock;
  /** How an interval of dates becomes a day; `"reported"` if left out. */
  readonly policy?: DatePolicy;
  /** Months after the launch at which observation ends; the campaign's 36 if left out, at most that. */
  readonly followUpMonths?: number;
  /**
   * On the arrest clock: whether a woman is at risk only from the launch on (true, the default). Released
   * for good before, she would hardly be on either list, so that an event in those months goes unseen.
   * False counts them all the same, as an analysis would that overlooks this.
   */
  readonly delayedEntry?: boolean;
  /**
   * What to do with a release before the launch. Left out: on the launch clock it is moved to time
   * zero where the coding says so, elsewhere it is an error. With `delayedEntry: false` on the arrest
   * clock such a release needs no rule.
   */
  readonly beforeLaunch?: BeforeLaunch;
}

/** Times and events of a set of women, in the shape that kaplanMeier() and logRank() take. */
export interface Outcomes {
  /** Months from the clock's zero to release or to the end of observation. */
  readonly time: readonly number[];
  /** True: released at `time`. False: not released by then (right-censored). */
  readonly event: readonly boolean[];
  /** Months from arrest to launch, when observation begins; only on the arrest clock with delayed entry. */
  readonly entry?: readonly number[];
  /** `"short list"` for the featured women, `"long list"` for the others. */
  readonly group: readonly ("short list" | "long list")[];
  readonly id: readonly string[];
  readonly label: readonly string[];
  /** Months to the first and the last possible day of release, whatever the policy; null beyond the end for a censored row. */
  readonly lower: readonly number[];
  readonly upper: readonly (number | null)[];
  readonly unit: "months";
  readonly clock: Clock;
  readonly policy: DatePolicy;
  readonly followUpMonths: number;
  /** Name and title of the coding that decided what counts as a release. */
  readonly coding: { readonly name: string; readonly title: string };
  readonly provenance: readonly Provenance[];
  readonly file: string;
  readonly own: boolean;
  /** Number of releases before the launch that were moved to time zero, and whose. */
  readonly atLaunch: number;
  readonly moved: readonly string[];
  /** Ids of women left out because released before the launch. */
  readonly leftOut: readonly string[];
}

/**
 * Times to release and events for survival analysis: one element a woman, in the order of the rows.
 *
 * A woman who does not count as released under the coding, or is released after the end of
 * observation, is censored there, or on her last known day (`observed_until`) where that is earlier. What was decided on the way (clock, policy, coding, moved and
 * left-out rows) is part of the result.
 *
 * @param data women under a coding, from loadFreeThe20() or loadLongList()
 * @throws {InvalidInputError} naming the woman if a release precedes the launch without a rule for it, or a time is
 *   not after its entry, and for a follow-up that is not positive or longer than the record.
 * @example logRank(releaseOutcomes(loadLongList(), { clock: "launch" })).pValue
 */
export function releaseOutcomes(data: CodedDataset<Woman>, options: OutcomeOptions): Outcomes {
  checkFields("releaseOutcomes", "options", options, [
    "clock",
    "policy",
    "followUpMonths",
    "delayedEntry",
    "beforeLaunch",
  ]);
  const { clock, policy = "reported", delayedEntry = true } = options;
  const followUpMonths = options.followUpMonths ?? data.campaign.followUpMonths;
  checkFollowUp(followUpMonths, data.campaign);
  const { launch } = data.campaign;
  const end = addMonths(launch, followUpMonths);
  const handled = calledAs("releaseOutcomes", () =>
    data.rows.map((woman) => ({ woman, release: rule(woman, data, options, policy) })),
  );
  const kept = handled.filter(({ release }) => release !== "left out");
  const rows = kept.map(({ woman, release }) => {
    const arrested = calledAs("releaseOutcomes", () => pointOf(woman.detention, policy));
    const origin = clock === "launch" ? launch : arrested;
    const months = (day: string) => monthsBetween(origin, day);
    const interval = woman.releaseInterval;
    const entry = clock === "arrest" && delayedEntry ? monthsBetween(arrested, launch) : 0;
    if (release === "time zero") return { woman, entry, time: 0, event: true, lower: 0, upper: 0 };
    const released = interval === null ? null : pointOf(interval, policy);
    const censored = censoredAt(woman, end, months, clock === "launch" ? followUpMonths : months(end));
    if (interval === null || released === null || monthsBetween(launch, released) > followUpMonths) {
      return { woman, entry, time: censored, event: false, lower: censored, upper: null };
    }
    const time = months(released);
    if (time <= entry) throw notAfter(woman, time, entry, clock);
    const lower = Math.max(months(interval.earliest), entry);
    return { woman, entry, time, event: true, lower, upper: months(interval.latest) };
  });
  const moved = kept.filter(({ release }) => release === "time zero").map(({ woman }) => woman.id);
  return {
    time: rows.map((row) => row.time),
    event: rows.map((row) => row.event),
    ...(clock === "arrest" && delayedEntry ? { entry: rows.map((row) => row.entry) } : {}),
    group: rows.map((row) => (row.woman.featured ? "short list" : "long list")),
    id: rows.map((row) => row.woman.id),
    label: rows.map((row) => row.woman.label),
    lower: rows.map((row) => row.lower),
    upper: rows.map((row) => row.upper),
    unit: "months",
    clock,
    policy,
    followUpMonths,
    coding: { name: data.coding.name, title: data.coding.title },
    provenance: data.provenance,
    file: data.file,
    own: data.own,
    atLaunch: moved.length,
    moved,
    leftOut: handled.filter(({ release }) => release === "left out").map(({ woman }) => woman.id),
  };
}

/** Months to the end of a woman's observation: her last known day where it is before the end for all. */
function censoredAt(woman: Woman, end: string, months: (day: string) => number, atEnd: number): number {
  const last = woman.observed_until;
  return last !== null && last < end ? months(last) : atEnd;
}

/** How a woman's release relates to the launch: nothing to do, moved to time zero, or left out. */
function rule(
  woman: Woman,
  data: CodedDataset<Woman>,
  options: OutcomeOptions,
  policy: DatePolicy,
): "as recorded" | "time zero" | "left out" {
  const { clock, delayedEntry = true } = options;
  const { launch } = data.campaign;
  if (woman.releaseInterval === null) return "as recorded";
  const released = pointOf(woman.releaseInterval, policy);
  if (released > launch) return "as recorded";
  if (clock === "arrest" && !delayedEntry && options.beforeLaunch !== "leave-out") return "as recorded";
  const chosen = options.beforeLaunch ?? (woman.beforeLaunch && clock === "launch" ? "time-zero" : "error");
  if (chosen === "leave-out") return "left out";
  if (chosen === "time-zero" && clock === "launch") return "time zero";
  const found = `${woman.label} was released on ${released}, not after the launch (${launch})`;
  throw new InvalidInputError(
    `releaseOutcomes: ${found}, under the ${data.coding.title}; ${remedy(clock)}`,
    "beforeLaunch",
    data.rows.indexOf(woman),
  );
}

function remedy(clock: Clock): string {
  if (clock === "launch") {
    return 'choose beforeLaunch: "time-zero" or "leave-out", or a coding that does not count her';
  }
  return 'with delayed entry she is never at risk; choose beforeLaunch: "leave-out", delayedEntry: false, or a coding that does not count her';
}

function checkFollowUp(months: number, campaign: Campaign): void {
  if (Number.isInteger(months) && months > 0 && months <= campaign.followUpMonths) return;
  const record = `the record ends ${campaign.followUpMonths} months after the launch`;
  throw new InvalidInputError(
    `releaseOutcomes: followUpMonths is ${months}; ${record}, so a whole number from 1 to that is needed`,
    "followUpMonths",
  );
}

function notAfter(woman: Woman, time: number, entry: number, clock: Clock): InvalidInputError {
  const since = clock === "launch" ? "the launch" : "arrest";
  const interval = (dates: DateInterval | null) => (dates === null ? "none" : `${dates.earliest} to ${dates.latest}`);
  const known = `detention ${interval(woman.detention)}, release ${interval(woman.releaseInterval)}`;
  return new InvalidInputError(
    `releaseOutcomes: ${woman.label} would be released ${time} months after ${since}, not after her observation begins (${entry}); ${known}: choose another date policy or bound the dates`,
    "policy",
  );
}
