import { dayNumber } from "../dates";
import type { CampaignMapping, StatusEntry } from "./mapping";

/**
 * Refuses a mapping that contradicts itself, before any file is read.
 *
 * @throws RangeError naming the property, what stands there and what is needed
 */
export function checkMapping(mapping: CampaignMapping): void {
  const { timeZero, observedFrom, endOfFollowUp, treatment, columns, statuses, alleged, undated } = mapping;
  if (mapping.title.trim() === "") fail("title", "is empty", "a title for figures and tables is needed");
  day("endOfFollowUp", endOfFollowUp);
  const start = timeZero !== "detained" && "day" in timeZero ? timeZero.day : null;
  if (start !== null) {
    day("timeZero.day", start);
    if (start >= endOfFollowUp) {
      fail("timeZero.day", `is ${start}`, `a day before the end of follow-up, ${endOfFollowUp}, is needed`);
    }
  }
  if (observedFrom !== undefined) {
    day("observedFrom", observedFrom);
    if (start !== null && observedFrom !== start) {
      fail(
        "observedFrom",
        `is ${observedFrom} and timeZero.day is ${start}`,
        "one of them is needed, since all clocks start on one day",
      );
    }
    if (observedFrom >= endOfFollowUp) {
      fail(
        "observedFrom",
        `is ${observedFrom}`,
        `a day before the end of follow-up, ${endOfFollowUp}, is needed`,
      );
    }
  }
  if (columns.status !== undefined && Object.keys(statuses ?? {}).length === 0) {
    fail(
      "statuses",
      "is empty",
      `the meaning of each status of the column "${columns.status}" is needed, such as { REL: "released" }`,
    );
  }
  if (columns.status === undefined && statuses !== undefined) {
    fail(
      "statuses",
      "is there and columns.status is not",
      "the name of the column that holds them is needed",
    );
  }
  oneOf("alleged", alleged, ["event", "censored", "set aside"]);
  oneOf("undated", undated, ["set aside", "interval"]);
  oneOf("faultyRows", mapping.faultyRows, ["refuse", "set aside"]);
  for (const [status, entry] of Object.entries(statuses ?? {})) {
    oneOf(`statuses["${status}"]`, statusEntry(entry).means, [
      "released",
      "died",
      "escaped",
      "held",
      "unusable",
    ]);
  }
  checkTreatment(treatment);
  const names = (columns.covariates ?? []).map((covariate) =>
    typeof covariate === "string" ? covariate : (covariate.name ?? covariate.column),
  );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) fail("columns.covariates", `has "${twice}" twice`, "a name for each is needed");
}

/** A status written short or in full, in full. */
export function statusEntry(entry: StatusEntry | StatusEntry["means"]): StatusEntry {
  return typeof entry === "string" ? { means: entry } : entry;
}

function checkTreatment(treatment: CampaignMapping["treatment"]): void {
  switch (treatment.kind) {
    case "none":
      return;
    case "column": {
      const { treated, control } = treatment;
      if (treated.length === 0)
        fail("treatment.treated", "is empty", "the values that mean treated are needed");
      const both = treated.find((value) => control?.includes(value));
      if (both !== undefined)
        fail("treatment", `has "${both}" under treated and under control`, "one of them is needed");
      return;
    }
    case "ids":
      if (treatment.ids.length === 0)
        fail("treatment.ids", "is empty", "the ids of the treated rows are needed");
      return;
    case "date": {
      const { from, until } = treatment;
      if (from === undefined && until === undefined)
        fail("treatment", "has neither from nor until", "one of them is needed");
      if (from !== undefined) day("treatment.from", from);
      if (until !== undefined) day("treatment.until", until);
      if (from !== undefined && until !== undefined && from > until) {
        fail("treatment.from", `is ${from}, after until (${until})`, "the earlier day first is needed");
      }
      return;
    }
    default:
      fail(
        "treatment.kind",
        `is "${String(Reflect.get(treatment, "kind"))}"`,
        "none, column, ids or date is needed",
      );
  }
}

function oneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  fail(name, `is "${value}"`, `one of ${known.join(", ")} is needed`);
}

function day(name: string, text: string): void {
  try {
    dayNumber(text);
  } catch {
    fail(name, `is "${text}"`, "a day of the calendar is needed, as YYYY-MM-DD");
  }
}

function fail(name: string, found: string, needed: string): never {
  throw new RangeError(`loadCampaign: the mapping's ${name} ${found}; ${needed}`);
}
