import { monthsBetween } from "../../dates";
import type { Problem } from "../../files";
import { intervalOf } from "../schema/bounds";
import type { Campaign } from "../schema/descriptor";
import type { PrisonerRow } from "../schema/rows";

/** The paper's least time in custody. */
export const LEAST_MONTHS = 2;

type Placed = Pick<Problem, "column" | "value" | "rule" | "message">;

/**
 * Contradictions between what a row says of custody and its dates. Dates are intervals: two months contradict "under
 * two months" only if no day within the bounds makes the detention shorter.
 *
 * @param row a row whose intervals have been checked
 */
export function custodyProblems(
  row: PrisonerRow,
  number: number,
  file: string,
  campaign: Campaign,
): Problem[] {
  return [...neededDates(row), ...observation(row, campaign), ...duration(row)].map((problem) => ({
    file,
    row: number,
    ...problem,
  }));
}

const detentionOf = (row: PrisonerRow) =>
  intervalOf({ reported: row.detained, earliest: row.detained_earliest, latest: row.detained_latest });
const releaseOf = (row: PrisonerRow) =>
  intervalOf({ reported: row.released, earliest: row.released_earliest, latest: row.released_latest });

function neededDates(row: PrisonerRow): Placed[] {
  const rule = "custody-dates";
  const detention = detentionOf(row);
  const release = releaseOf(row);
  const problems: Placed[] = [];
  if (row.custody === "no detention reported") {
    const given = (["detained", "released"] as const).find((date) => row[date] !== null) ?? "observed_until";
    const nothing = detention === null && release === null && row.observed_until === null;
    const message = 'a date is given, but custody is "no detention reported"; one of the two is wrong';
    return nothing ? [] : [{ column: given, value: textOf(row[given]), rule, message }];
  }
  if (detention === null && release !== null) {
    problems.push({
      column: "detained",
      value: null,
      rule,
      message: "is empty, but a release is given; a day or bounds are needed",
    });
  } else if (row.custody === "two months or more" && detention === null) {
    const message = 'is empty, but custody is "two months or more"; a day or bounds are needed';
    problems.push({ column: "detained", value: null, rule, message });
  }
  if (row.custody === "two months or more" && release === null && row.observed_until === null) {
    const message =
      "is empty; where no release was found, the last day on which she is known to be held is needed";
    problems.push({ column: "observed_until", value: null, rule, message });
  }
  return problems;
}

/** The last day known is within the detention and the study. */
function observation(row: PrisonerRow, { endOfFollowUp }: Campaign): Placed[] {
  const day = row.observed_until;
  if (day === null) return [];
  const at = { column: "observed_until", value: day, rule: "observed-until" };
  const detained = detentionOf(row)?.earliest;
  const released = releaseOf(row)?.latest;
  const problems: Placed[] = [];
  if (day > endOfFollowUp) {
    problems.push({
      ...at,
      message: `${day} is after the end of follow-up (${endOfFollowUp}); give that day instead`,
    });
  }
  if (detained !== undefined && day < detained) {
    problems.push({ ...at, message: `${day} is before the detention (${detained}); a later day is needed` });
  }
  if (released !== undefined && day > released) {
    problems.push({
      ...at,
      message: `${day} is after the release (${released}); leave it empty where she was released`,
    });
  }
  return problems;
}

function duration(row: PrisonerRow): Placed[] {
  const detention = detentionOf(row);
  if (detention === null || row.custody === "no detention reported") return [];
  const release = releaseOf(row);
  const at = { column: "custody", value: row.custody, rule: "custody-duration" };
  const last = release?.latest ?? row.observed_until;
  const longest = last === null ? null : monthsBetween(detention.earliest, last);
  // Whoever was held until a day was held at least until then, released or not.
  const known = release?.earliest ?? row.observed_until;
  const shortest = known === null ? null : monthsBetween(detention.latest, known);
  if (row.custody === "two months or more" && longest !== null && longest < LEAST_MONTHS) {
    const message = `by the dates she was held for ${longest.toFixed(1)} months at most (${detention.earliest} to ${last}), which is less than ${LEAST_MONTHS}`;
    return [{ ...at, message }];
  }
  if (row.custody === "under two months" && shortest !== null && shortest >= LEAST_MONTHS) {
    const message = `by the dates she was held for ${shortest.toFixed(1)} months at least (${detention.latest} to ${known}), which is not under ${LEAST_MONTHS}`;
    return [{ ...at, message }];
  }
  return [];
}

const textOf = (cell: PrisonerRow["detained"] | string): string | null =>
  typeof cell === "string" ? cell : (cell?.text ?? null);
