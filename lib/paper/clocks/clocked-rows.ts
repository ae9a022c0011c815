import { monthsBetween } from "../../dates";
import { InvalidInputError } from "../../statistics";
import { calledAs, checkFields, lengthOf } from "../../statistics/inner";
import type { Spell } from "./spell";

/** When time begins, and from when on a woman is at risk. */
export type TimeZero =
  | "arrest"
  | "arrest, from two months"
  | "arrest, from the launch"
  | "arrest, campaign switched on"
  | "launch"
  | "landmark"
  | "calendar";

/** What a clock assumes, for tables and for the notes of results. */
export interface TimeZeroNote {
  readonly name: TimeZero;
  readonly title: string;
  readonly reasoning: string;
}

/**
 * The clocks, each with what speaks for it or against it.
 *
 * @example TIME_ZEROS.map(({ name }) => name)
 */
export const TIME_ZEROS: readonly TimeZeroNote[] = [
  {
    name: "arrest",
    title: "since arrest, at risk from the first day",
    reasoning:
      "The clock of Table 1, as we read it, and of footnote 5. A woman released for good before the launch would hardly have been featured, so that the months before it hold no counted release of the featured, and they are counted all the same.",
  },
  {
    name: "arrest, from two months",
    title: "since arrest, at risk from two months on",
    reasoning: "Whoever was free within two months is not in the data: nobody's observation begins at arrest.",
  },
  {
    name: "arrest, from the launch",
    title: "since arrest, at risk from the launch on",
    reasoning:
      "Compares women who had been held for equally long, among those held on the day of the launch (delayed entry).",
  },
  {
    name: "arrest, campaign switched on",
    title: "since arrest, featured from the launch on",
    reasoning:
      "All women from arrest, the campaign as a covariate that changes with time: before the launch nobody is featured.",
  },
  {
    name: "launch",
    title: "since the launch",
    reasoning:
      "Compares women at the same date, among those held on the day of the launch, however long they had been held.",
  },
  {
    name: "landmark",
    title: "since a landmark after the launch",
    reasoning:
      "Among those still held when the last woman had been featured: who is featured is settled, and what happened before does not count.",
  },
  {
    name: "calendar",
    title: "calendar time, featured from the launch on",
    reasoning: "Compares women at the same date, at all dates: before the launch nobody is featured.",
  },
];

export interface ClockOptions {
  readonly clock: TimeZero;
  /** ISO day of the launch, or of another day in its place. */
  readonly launch: string;
  /** ISO day on which observation ends. */
  readonly end: string;
  /** ISO day of the landmark; needed for that clock, at or after the launch. */
  readonly landmark?: string;
  /**
   * A release before the launch that counts all the same (as some codings have it) is an event at time 0 of the clock
   * "launch" where this is true; else, and for women who are not featured, it leaves her out there. False unless told.
   */
  readonly earlyReleaseAtLaunch?: boolean;
}

/** A woman, or a stretch of her time, as a row of a survival analysis. */
export interface ClockedRow {
  readonly id: string;
  /** Index of the woman among the spells. */
  readonly woman: number;
  /** Months on the clock from when on she is at risk. */
  readonly entry: number;
  /** Months on the clock to release or to the end of the stretch; the row covers (entry, time]. */
  readonly time: number;
  readonly event: boolean;
  /** 1 if she is featured during this stretch. */
  readonly featured: 0 | 1;
  /** Whether the stretch lies after the launch, or the clock makes no difference: she could be featured in it. */
  readonly exposed: boolean;
}

/** Rows on a clock, with those left out and why. */
export interface ClockedRows {
  readonly clock: TimeZero;
  readonly rows: readonly ClockedRow[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

/** Calendar time is counted from here, so that times are not negative. */
const CALENDAR_ORIGIN = "1970-01-01";

/**
 * Spells on a clock: for each woman one row, or two where she is featured from the launch on only (R's `tmerge` and
 * `survSplit`).
 *
 * One wants it because the same dates give different risk sets on different clocks, and so different hazard ratios. The
 * clocks are described in {@link TIME_ZEROS}. Time is in calendar months as monthsBetween() counts them. Left truncation
 * and time-varying covariates: Klein and Moeschberger 2003, Survival Analysis, sections 3.4 and 9.2; landmark analysis:
 * Anderson, Cain and Gelber 1983, J. Clin. Oncol. 1:710; immortal time: Suissa 2008, Am. J. Epidemiol. 167:492.
 *
 * @param spells of {@link listSpells} or {@link prisonerSpells}, or your own
 * @returns rows in the order of the spells, and who is left out
 * @throws InvalidInputError if a spell ends before it begins, naming the woman; if days are in no possible order; if the
 *   landmark is needed and missing
 * @example clockedRows(spells, { clock: "launch", launch: "2015-09-01", end: "2018-09-01" }).rows.length
 */
export function clockedRows(spells: readonly Spell[], options: ClockOptions): ClockedRows {
  lengthOf("clockedRows", "spells", spells);
  checkFields("clockedRows", "options", options, ["clock", "launch", "end", "landmark", "earlyReleaseAtLaunch"]);
  if (!TIME_ZEROS.some(({ name }) => name === options.clock)) {
    throw new InvalidInputError(
      `clockedRows: there is no clock "${String(options.clock)}"; known are ${TIME_ZEROS.map(({ name }) => name).join(", ")}`,
      "clock",
    );
  }
  checkDays(options);
  const rows: ClockedRow[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  spells.forEach((spell, woman) => {
    if (spell.until <= spell.arrested) {
      throw new InvalidInputError(
        `clockedRows: ${spell.id} would be held from ${spell.arrested} to ${spell.until}; a spell must end after it begins: choose another date policy or bound the dates`,
        "spells",
        woman,
      );
    }
    const stretches = calledAs("clockedRows", () => stretchesOf(spell, options));
    if (typeof stretches === "string") leftOut.push({ id: spell.id, reason: stretches });
    else for (const stretch of stretches) rows.push({ id: spell.id, woman, ...stretch });
  });
  return { clock: options.clock, rows, leftOut };
}

type Stretch = Omit<ClockedRow, "id" | "woman">;

/** The stretches of a spell on the clock, or why it has none. */
function stretchesOf(spell: Spell, options: ClockOptions): Stretch[] | string {
  const { clock, launch } = options;
  const landmark = options.landmark ?? launch;
  const until = spell.until < options.end ? spell.until : options.end;
  const released = spell.released && spell.until <= options.end;
  const featured = spell.featured ? 1 : 0;
  const from = (origin: string, start: string, exposed = true): Stretch => ({
    entry: monthsBetween(origin, start),
    time: monthsBetween(origin, until),
    event: released,
    featured: exposed ? featured : 0,
    exposed,
  });
  if (spell.arrested >= options.end) return "arrested after the end of observation";
  switch (clock) {
    case "arrest":
      return [from(spell.arrested, spell.arrested)];
    case "arrest, from two months": {
      const whole = from(spell.arrested, spell.arrested);
      return whole.time > 2 ? [{ ...whole, entry: 2 }] : "not held beyond two months";
    }
    case "arrest, from the launch":
      return heldOn(launch, spell, "the launch") ?? [from(spell.arrested, launch)];
    case "launch": {
      const absent = heldOn(launch, spell, "the launch");
      if (absent === null) return [from(launch, launch)];
      if (options.earlyReleaseAtLaunch !== true || !spell.featured || !spell.released) return absent;
      return [{ entry: 0, time: 0, event: true, featured, exposed: true }];
    }
    case "landmark":
      return heldOn(landmark, spell, "the landmark") ?? [from(landmark, landmark)];
    case "arrest, campaign switched on":
      return switchedOn(spell, spell.arrested, launch, from);
    case "calendar":
      return switchedOn(spell, CALENDAR_ORIGIN, launch, from);
  }
}

/** Why the woman is not at risk on a day; null if she is. */
function heldOn(day: string, spell: Spell, what: string): string | null {
  if (spell.arrested > day) return `arrested after ${what}`;
  if (spell.until > day) return null;
  return spell.released ? `released by ${what}` : `not followed beyond ${what}`;
}

/** One stretch before the launch and one after it, where the spell has both. */
function switchedOn(
  spell: Spell,
  origin: string,
  launch: string,
  from: (origin: string, start: string, exposed?: boolean) => Stretch,
): Stretch[] {
  if (spell.arrested >= launch) return [from(origin, spell.arrested)];
  if (spell.until <= launch) return [from(origin, spell.arrested, false)];
  const change = monthsBetween(origin, launch);
  return [
    { ...from(origin, spell.arrested, false), time: change, event: false },
    { ...from(origin, launch), entry: change },
  ];
}

function checkDays({ clock, launch, end, landmark }: ClockOptions): void {
  if (launch >= end) {
    throw new InvalidInputError(
      `clockedRows: launch is ${launch} and end is ${end}; the launch must come first`,
      "launch",
    );
  }
  if (clock !== "landmark") return;
  if (landmark === undefined) {
    throw new InvalidInputError(
      'clockedRows: the clock "landmark" needs the day of the landmark; none is given',
      "landmark",
    );
  }
  if (landmark < launch || landmark >= end) {
    throw new InvalidInputError(
      `clockedRows: landmark is ${landmark}; a day from the launch (${launch}) to before the end (${end}) is needed`,
      "landmark",
    );
  }
}
