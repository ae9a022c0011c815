import type { DatePolicy } from "../dates";
import type { Provenance } from "../files";

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
   * On the arrest clock: whether a woman is at risk only from the launch on (true, the default). She
   * had to be in custody then to be on either list, so the months before could hold no release.
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
