import type { DateInterval } from "../../dates";
import { intervalOf } from "./bounds";
import type { CheckedRow } from "./checked-row";
import type { Campaign } from "./descriptor";
import type { Rule } from "./table-schema";

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

type Fault = Omit<RuleFault, "rule">;

function checkRule(row: CheckedRow, rule: Rule, campaign: Campaign): Fault | null {
  if (rule.kind === "interval") {
    const interval = readInterval(row, rule.date);
    if (!(interval instanceof RangeError)) return null;
    const column = row.optionalText(`${rule.date}_earliest`) === null ? "latest" : "earliest";
    const value = row.optionalText(`${rule.date}_${column}`);
    return { column: `${rule.date}_${column}`, value, message: interval.message.replace(/^\w+: /, "") };
  }
  const interval = readInterval(row, rule.date);
  // A broken interval is reported by its own rule, once.
  if (interval instanceof RangeError) return null;
  switch (rule.kind) {
    case "not-before": {
      const limit = readInterval(row, rule.limit);
      if (interval === null || limit === null || limit instanceof RangeError) return null;
      if (interval.latest >= limit.earliest) return null;
      const message = `${shown(interval)} is before ${rule.limit} (${shown(limit)}); ${rule.description}`;
      return { ...placeOf(row, rule.date, interval), message };
    }
    case "not-after": {
      const limit = campaign[rule.limit];
      if (interval === null || interval.latest <= limit) return null;
      const what = rule.limit === "launch" ? "the launch" : "the end of follow-up";
      const verb = interval.earliest > limit ? "is after" : "could be after";
      const message = `${shown(interval)} ${verb} ${what} (${limit}); ${rule.description}`;
      return { ...placeOf(row, rule.date, interval), message };
    }
    case "date-unless": {
      const value = row.text(rule.field);
      const none = rule.values.includes(value);
      if (none === (interval === null)) return null;
      const found = none
        ? `but a date is given (${shown(interval)})`
        : "but neither a date nor bounds are given";
      return {
        column: rule.field,
        value,
        message: `${JSON.stringify(value)}, ${found}; ${rule.description}`,
      };
    }
    case "source": {
      if (interval === null || row.text("provenance") !== rule.provenance) return null;
      if (row.list(rule.sources).length > 0) return null;
      return { column: rule.sources, value: "", message: `is empty; ${rule.description}` };
    }
  }
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
  const whole =
    interval.reported.earliest === interval.earliest && interval.reported.latest === interval.latest;
  return whole ? interval.reported.text : `${interval.reported.text}, bounded ${bounds}`;
}
