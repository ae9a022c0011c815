import { dayNumber } from "../dates";
import { DAYS_A_MONTH } from "../dates/month-counter";
import { ANY_PROVENANCE, type Provenance } from "../files";
import { InvalidInputError } from "../statistics";
import { checkFields, checkPositive, checkWhole, shown } from "../statistics/inner";

/** What times count where they come from dates; the rules are those of loadCampaign() and monthsBetween(). */
export type CountsUnit = "days" | "months" | "calendar months" | "years";

/** From which dates times are counted. */
export interface CountsDates {
  /** Column of the day on which the clock starts. */
  readonly start: string;
  /** Column of the day on which the stay ended; empty where it had not. */
  readonly end: string;
  /** Column of the day on which observation of the row began (delayed entry). */
  readonly entry?: string;
  /** The same day for all rows: who started before is at risk from this day on only. */
  readonly observedFrom?: string;
  /** Last day of follow-up: whoever had not ended by then is censored on it. Without it a row needs an end. */
  readonly until?: string;
}

/** A covariate that is rounded or binned in the engine, or has another name here. */
export interface CountsCovariate {
  readonly column: string;
  /** Its name in the model; the column's unless told. */
  readonly name?: string;
  /** To the nearest multiple of this, halves up: a number still. */
  readonly round?: number;
  /** Into the intervals between these increasing limits, each with its lower one: categories. */
  readonly bins?: readonly number[];
}

/** Values with which a column can be compared. */
export type CountsValue = string | number;

/** What survivalCounts() asks. */
export interface CountsQuestion {
  /** Column of times that are numbers already. Either this or `dates`. */
  readonly time?: string;
  /** Column of the times at which observation began; with `time`. */
  readonly entry?: string;
  readonly dates?: CountsDates;
  /** What times from dates count; days unless told. */
  readonly unit?: CountsUnit;
  /** Times up to the next multiple of this, in the unit; entries down. */
  readonly roundTime?: number;
  /**
   * Column of 0 and 1 or of truth values, or a column and which of its values are the event. Without it, from dates, the end
   * of a stay is the event.
   */
  readonly event?: string | { readonly column: string; readonly is: readonly CountsValue[] };
  /** Column of what ended the stay, for competing risks, and which of its values mean that nothing did. In place of `event`. */
  readonly cause?: { readonly column: string; readonly censored?: readonly CountsValue[] };
  readonly covariates?: readonly (string | CountsCovariate)[];
  readonly strata?: string | readonly string[];
  /** Column of what rows have in common that are not independent; for robust errors. */
  readonly cluster?: string;
  /** Only rows in which a column has one of these values. */
  readonly only?: Readonly<Record<string, readonly CountsValue[]>>;
  /** Whose rows they are: "own" unless told. */
  readonly provenance?: Provenance;
  /** More patterns than these are not brought here; two million unless told. */
  readonly mostPatterns?: number;
  /** Where patterns are nearly as many as rows, up to so many rows are brought one by one; two million unless told. */
  readonly mostRows?: number;
}

/** A covariate as it is asked. */
export interface AskedCovariate {
  readonly column: string;
  readonly name: string;
  readonly round: number | null;
  readonly bins: readonly number[] | null;
}

/** A question that was checked. */
export interface Asked {
  readonly dates: CountsDates | null;
  readonly time: string | null;
  readonly entry: string | null;
  readonly unit: CountsUnit;
  readonly roundTime: number | null;
  readonly event: { readonly column: string; readonly is: readonly CountsValue[] | null } | null;
  readonly cause: { readonly column: string; readonly censored: readonly CountsValue[] } | null;
  readonly covariates: readonly AskedCovariate[];
  readonly strata: readonly string[];
  readonly cluster: string | null;
  readonly only: readonly (readonly [column: string, values: readonly CountsValue[]])[];
  readonly provenance: Provenance;
  readonly mostPatterns: number;
  readonly mostRows: number;
}

/** Days of a unit of one length. */
export const DAYS_A_UNIT = { days: 1, months: DAYS_A_MONTH, years: 12 * DAYS_A_MONTH } as const;

const UNITS: readonly CountsUnit[] = ["days", "months", "calendar months", "years"];
const FIELDS = [
  "time",
  "entry",
  "dates",
  "unit",
  "roundTime",
  "event",
  "cause",
  "covariates",
  "strata",
  "cluster",
  "only",
  "provenance",
  "mostPatterns",
  "mostRows",
];

/** @throws {InvalidInputError} where the question contradicts itself */
export function checkQuestion(action: string, question: CountsQuestion): Asked {
  checkFields(action, "question", question, FIELDS);
  const { dates, time, entry, unit = "days", roundTime, event, cause, cluster, provenance = "own" } = question;
  const { mostPatterns = 2_000_000, mostRows = 2_000_000, only = {} } = question;
  checkTimes(action, question);
  checkEnding(action, question);
  if (!UNITS.includes(unit)) throw fail(action, `unit is ${shown(unit)}; one of ${UNITS.join(", ")} is needed`, "unit");
  if (roundTime !== undefined) checkPositive(action, "roundTime", roundTime);
  if (!ANY_PROVENANCE.includes(provenance)) {
    throw fail(
      action,
      `provenance is ${shown(provenance)}; one of ${ANY_PROVENANCE.join(", ")} is needed`,
      "provenance",
    );
  }
  checkWhole(action, "mostPatterns", mostPatterns, 1);
  checkWhole(action, "mostRows", mostRows, 0);
  const covariates = (question.covariates ?? []).map((covariate, i) => checkCovariate(action, covariate, i));
  const twice = covariates.find(({ name }, i) => covariates.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) throw fail(action, `the covariate ${shown(twice.name)} is there twice`, "covariates");
  return {
    dates: dates ?? null,
    time: time ?? null,
    entry: entry ?? null,
    unit,
    roundTime: roundTime ?? null,
    event: event === undefined ? null : typeof event === "string" ? { column: event, is: null } : event,
    cause: cause === undefined ? null : { column: cause.column, censored: cause.censored ?? [] },
    covariates,
    strata: question.strata === undefined ? [] : [question.strata].flat(),
    cluster: cluster ?? null,
    only: Object.entries(only),
    provenance,
    mostPatterns,
    mostRows,
  };
}

const fail = (action: string, message: string, argument: string) =>
  new InvalidInputError(`${action}: ${message}`, argument);

function checkTimes(action: string, { dates, time, entry }: CountsQuestion): void {
  if ((dates === undefined) === (time === undefined)) {
    throw fail(action, "either time (a column of numbers) or dates (two columns of days) is needed", "time");
  }
  if (dates === undefined) return;
  checkDates(action, dates);
  if (entry === undefined) return;
  throw fail(action, "entry is for times that are numbers; with dates say dates.entry or dates.observedFrom", "entry");
}

function checkEnding(action: string, { dates, event, cause }: CountsQuestion): void {
  if (event !== undefined && cause !== undefined) {
    throw fail(action, "event and cause both say how a stay ended; one of them is needed", "cause");
  }
  if (event === undefined && cause === undefined && dates === undefined) {
    throw fail(action, "event (a column of 0 and 1) or cause is needed beside time", "event");
  }
}

function checkDates(action: string, dates: CountsDates): void {
  checkFields(action, "dates", dates, ["start", "end", "entry", "observedFrom", "until"]);
  const { until, observedFrom, entry } = dates;
  for (const [name, day] of [
    ["until", until],
    ["observedFrom", observedFrom],
  ] as const) {
    if (day === undefined) continue;
    try {
      dayNumber(day);
    } catch {
      throw new InvalidInputError(`${action}: dates.${name} is ${shown(day)}; a day as YYYY-MM-DD is needed`, "dates");
    }
  }
  if (entry !== undefined && observedFrom !== undefined) {
    const message = `${action}: dates.entry and dates.observedFrom both say when observation began; one of them is needed`;
    throw new InvalidInputError(message, "dates");
  }
}

function checkCovariate(action: string, covariate: string | CountsCovariate, i: number): AskedCovariate {
  if (typeof covariate === "string") return { column: covariate, name: covariate, round: null, bins: null };
  checkFields(action, `covariates[${i}]`, covariate, ["column", "name", "round", "bins"]);
  const { column, name = column, round, bins } = covariate;
  if (round !== undefined) checkPositive(action, `covariates[${i}].round`, round);
  const increasing = bins?.every((limit, k) => Number.isFinite(limit) && (k === 0 || limit > bins[k - 1])) ?? true;
  if (!increasing || bins?.length === 0 || (bins !== undefined && round !== undefined)) {
    const message = `${action}: covariates[${i}] needs either round, a step, or bins, one or more increasing limits`;
    throw new InvalidInputError(message, "covariates", i);
  }
  return { column, name, round: round ?? null, bins: bins ?? null };
}
