import { GroupComparisonError, InvalidInputError, NoEventsError } from "../statistics";
import { gatherCodes, sortByGroup, splitByGroup } from "../statistics/inner";
import { type Grouping, groupRows } from "./groups";
import { checkOutcome, type Labels, type Outcome } from "./outcome";
import { type SortedOutcome, sortAndTie } from "./tied-times";

/** An outcome in two or more groups, within strata, sorted. */
export interface GroupedOutcome {
  readonly outcome: SortedOutcome;
  readonly groups: Grouping;
  /** The group at each position of the sorted outcome. */
  readonly code: Uint32Array;
  /** Each stratum's positions in order of time (null: all), and in order of entry. */
  readonly strata: readonly { readonly rows: Uint32Array | null; readonly entered: Uint32Array | null }[];
}

/**
 * Checks what all comparisons of groups need: at least two groups, an event, and weights that count rows.
 *
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {GroupComparisonError} if there is one group only
 * @throws {NoEventsError} if no row has the event
 */
export function checkGroups(
  action: string,
  input: Outcome & { readonly group: Labels; readonly strata?: Labels },
  order?: readonly (string | number)[],
): GroupedOutcome {
  const checked = checkOutcome(action, input);
  const groups = groupRows(action, "group", input.group, checked.n, order);
  if (groups.labels.length < 2) {
    const message = `${action}: all rows are in the group "${groups.labels[0]}"; two groups or more are needed`;
    throw new GroupComparisonError(message);
  }
  checked.weights?.forEach((weight, i) => {
    if (!Number.isInteger(weight)) {
      const message =
        `${action}: weights[${i}] is ${weight}; whole numbers are needed, since this test's variance counts rows ` +
        "(for other weights fit cox() with robust: true)";
      throw new InvalidInputError(message, "weights", i);
    }
  });
  if (!checked.event.some((event, i) => event === 1 && (checked.weights?.[i] ?? 1) > 0)) {
    throw new NoEventsError(`${action}: no row has the event, so that there is nothing to compare`);
  }
  const outcome = sortAndTie(action, checked);
  const code = gatherCodes(groups.code, outcome.order);
  return { outcome, groups, code, strata: splitStrata(action, outcome, input.strata) };
}

function splitStrata(action: string, outcome: SortedOutcome, strata: Labels | undefined) {
  if (strata === undefined) return [{ rows: null, entered: outcome.byEntry }];
  const grouping = groupRows(action, "strata", strata, outcome.n);
  const { size } = grouping;
  const code = gatherCodes(grouping.code, outcome.order);
  const rows = sortByGroup(code, size);
  const entered = outcome.byEntry === null ? null : splitByGroup(outcome.byEntry, code, size);
  let start = 0;
  return Array.from(size, (count) => {
    const end = start + count;
    const stratum = { rows: rows.subarray(start, end), entered: entered?.subarray(start, end) ?? null };
    start = end;
    return stratum;
  });
}
