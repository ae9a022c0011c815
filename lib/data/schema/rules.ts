import { type DateInterval, dateInterval, type PartialDate } from "../../dates";
import type { CheckedRow } from "./checked-row";
import type { Campaign, Rule } from "./descriptor";

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

/** A broken rule: the column to look at, the value found there, what is wrong. */
export interface RuleFault {
  readonly column: string;
  readonly value: string | null;
  readonly rule: string;
  readonly message: string;
}

/**
 * Checks the rules of the data package that relate several cells of a row, such as "a release is not
 * before the detention that it ends".
 *
 * Dates are intervals here: a release in "2016" is before a detention only if every day of 2016 is.
 * A limit from above is stricter, since a date that may lie beyond it would break a result without a
 * sign: it has to be bounded in the file.
 */
export function checkRules(row: CheckedRow, rules: readonly Rule[], campaign: Campaign): RuleFault[] {
  const faults: RuleFault[] = [];
  for (const rule of rules) {
    const fault = checkRule(row, rule, campaign);
    if (fault !== null) faults.push({ ...fault, rule: rule.name });
  }
  return faults;
}

type Broken = Omit<RuleFault, "rule">;

function checkRule(row: CheckedRow, rule: Rule, campaign: Campaign): Broken | null {
  const interval = readInterval(row, rule.date);
  if (rule.kind === "interval") return interval instanceof RangeError ? badBounds(row, rule, interval) : null;
  // A broken interval is reported by its own rule, once.
  if (interval instanceof RangeError) return null;
  switch (rule.kind) {
    case "not-before":
      return interval === null ? null : notBefore(row, rule, interval);
    case "not-after":
      return interval === null ? null : notAfter(row, rule, interval, campaign);
    case "date-unless":
      return dateUnless(row, rule, interval);
    case "source":
      return interval === null ? null : sourced(row, rule);
  }
}

type RuleOf<Kind extends Rule["kind"]> = Extract<Rule, { readonly kind: Kind }>;

function badBounds(row: CheckedRow, { date }: RuleOf<"interval">, { message }: RangeError): Broken {
  const column = `${date}_${row.optionalText(`${date}_earliest`) === null ? "latest" : "earliest"}`;
  // The rule is named beside it; which function found it is of no use to who mends the file.
  return { column, value: row.optionalText(column), message: message.replace(/^\w+: /, "") };
}

function notBefore(row: CheckedRow, rule: RuleOf<"not-before">, interval: DateInterval): Broken | null {
  const limit = readInterval(row, rule.limit);
  if (limit === null || limit instanceof RangeError || interval.latest >= limit.earliest) return null;
  const message = `${shown(interval)} is before ${rule.limit} (${shown(limit)}); ${rule.description}`;
  return { ...placeOf(row, rule.date, interval), message };
}

function notAfter(
  row: CheckedRow,
  rule: RuleOf<"not-after">,
  interval: DateInterval,
  campaign: Campaign,
): Broken | null {
  const limit = campaign[rule.limit];
  if (interval.latest <= limit) return null;
  const what = rule.limit === "launch" ? "the launch" : "the end of follow-up";
  const verb = interval.earliest > limit ? "is after" : "could be after";
  const message = `${shown(interval)} ${verb} ${what} (${limit}); ${rule.description}`;
  return { ...placeOf(row, rule.date, interval), message };
}

function dateUnless(
  row: CheckedRow,
  { field, values, description }: RuleOf<"date-unless">,
  interval: DateInterval | null,
): Broken | null {
  const value = row.text(field);
  const none = values.includes(value);
  if (none === (interval === null)) return null;
  const found = none ? `but a date is given (${shown(interval)})` : "but neither a date nor bounds are given";
  return { column: field, value, message: `${JSON.stringify(value)}, ${found}; ${description}` };
}

function sourced(row: CheckedRow, { provenance, sources, description }: RuleOf<"source">): Broken | null {
  if (row.text("provenance") !== provenance || row.list(sources).length > 0) return null;
  return { column: sources, value: "", message: `is empty; ${description}` };
}

function readInterval(row: CheckedRow, date: string): DateInterval | RangeError | null {
  try {
    return intervalOf({
      reported: row.optionalPartialDate(date),
      earliest: row.optionalText(`${date}_earliest`),
      latest: row.optionalText(`${date}_latest`),
    });
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

/** Points at the date where it is reported, else at its first bound. */
function placeOf(row: CheckedRow, date: string, interval: DateInterval) {
  if (interval.reported !== null) return { column: date, value: interval.reported.text };
  return { column: `${date}_earliest`, value: row.optionalText(`${date}_earliest`) };
}

function shown(interval: DateInterval | null): string {
  if (interval === null) return "no date";
  const bounds = `${interval.earliest} to ${interval.latest}`;
  if (interval.reported === null) return bounds;
  const whole = interval.reported.earliest === interval.earliest && interval.reported.latest === interval.latest;
  return whole ? interval.reported.text : `${interval.reported.text}, bounded ${bounds}`;
}
