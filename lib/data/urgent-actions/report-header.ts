import { dayNumber } from "../../dates";
import { InvalidInputError } from "../../statistics";
import type { AmnestyIndex } from "./index-number";
import { fullYear, parseIndex } from "./index-number";

/** Whether a report opens a case, adds to it or closes it. */
export type ReportKind = "urgent action" | "further information" | "outcome";

/** The case that a report belongs to; follow-ups keep the number of the first report. */
export interface UrgentActionNumber {
  readonly number: number;
  readonly year: number;
  /** In one form, `UA 257/14`, whatever the source's spelling. */
  readonly text: string;
}

export interface ReportHeader {
  readonly kind: ReportKind;
  readonly urgentAction: UrgentActionNumber;
  readonly index: AmnestyIndex;
  /** ISO day behind "Date:", null where the header has none. */
  readonly date: string | null;
}

const PATTERN = /\b(?:UA|AU):?\s?(\d{1,3})[/.](\d{2})(?![\d/])/g;

/**
 * The number of an Urgent Action in a text: `UA: 257/14`, `UA 377/91`, the American `UA 270.17` or the French `AU 201/09`.
 *
 * @param where what an error should name, such as file, row and column
 * @throws {InvalidInputError} if there is none, or two different ones
 * @example parseUrgentAction("UA 270.17").text // "UA 270/17"
 */
export function parseUrgentAction(text: string, where = "parseUrgentAction"): UrgentActionNumber {
  const found = [...text.matchAll(PATTERN)].map(([, number, year]) => ({
    number: Number(number),
    year: fullYear(year),
    text: `UA ${number.padStart(3, "0")}/${year}`,
  }));
  const different = [...new Set(found.map((action) => action.text))];
  if (different.length === 1) return found[0];
  const what = different.length === 0 ? "holds no number of an Urgent Action" : `holds ${different.join(" and ")}`;
  throw new InvalidInputError(`${where}: "${text}" ${what}; one such as "UA 257/14" is needed`, "text");
}

/**
 * The header of a report: which case, which document, and whether it opens, follows or closes the case. Several
 * reports on one case are counted as reports and not as people, so the kind must be known.
 *
 * @param text the header line, with an Urgent Action's number and an index number
 * @param where what an error should name, such as file and row
 * @throws {InvalidInputError} if either number is missing or ambiguous, the document is older than its case, or the date is none
 * @example parseReportHeader("UA: 257/14 Index: EUR 55/019/2014 Azerbaijan Date: 15 October 2014").date // "2014-10-15"
 */
export function parseReportHeader(text: string, where = "parseReportHeader"): ReportHeader {
  const urgentAction = parseUrgentAction(text, where);
  const index = parseIndex(text, where);
  if (index.year < urgentAction.year) {
    throw new InvalidInputError(
      `${where}: ${index.text} is older than its case, ${urgentAction.text}; a report of ${urgentAction.year} or later is needed`,
      "text",
    );
  }
  return { kind: kindOf(text), urgentAction, index, date: dateOf(text, where) };
}

function kindOf(text: string): ReportKind {
  const start = text.trimStart();
  if (/^further information on\b/i.test(start)) return "further information";
  return /^outcome\b/i.test(start) ? "outcome" : "urgent action";
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** The day behind "Date:", as in "Date: 15 October 2014". */
function dateOf(text: string, where: string): string | null {
  const found = /\bDate:\s*(\d{1,2})\s+(\p{L}+)\s+(\d{4})/u.exec(text);
  if (found === null) return null;
  const [, day, name, year] = found;
  const month = MONTHS.findIndex((candidate) => candidate.toLowerCase() === name.toLowerCase()) + 1;
  const date = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  try {
    dayNumber(date);
    return date;
  } catch {
    throw new InvalidInputError(
      `${where}: "${day} ${name} ${year}" is no day; one such as "15 October 2014" is needed`,
      "text",
    );
  }
}
