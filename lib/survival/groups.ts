import { GroupComparisonError, InvalidInputError, NoEventsError } from "../statistics";
import { checkLength, gatherCodes, lengthOf } from "../statistics/inner";
import { checkInput, checkOutcome, type Labels, OUTCOME, type Outcome, shown } from "./outcome";
import { type SortedOutcome, sortAndTie } from "./tied-times";

/** Rows sorted into groups: `code[i]` is the index of row i's group in `labels`. */
export interface Grouping {
  readonly labels: readonly string[];
  readonly code: Uint32Array;
  /** Rows in each group. */
  readonly size: Uint32Array;
}

/**
 * Sorts rows into groups by their label, where 1 and "1" are one label. Groups come in increasing order (numbers by size,
 * also where they are texts, then texts by code point, the same on every machine), or as `order` says.
 *
 * @throws {InvalidInputError} if a label is missing, empty or NaN, or `order` misses a label or has one without rows
 */
export function groupRows(
  action: string,
  argument: string,
  values: Labels,
  n: number,
  order?: readonly (string | number)[],
): Grouping {
  checkLength(action, argument, values, n);
  const found = new Map<string | number, number>();
  const names = new Map<string, number>();
  const firstSeen = new Uint32Array(n);
  // Most often a label is one of the last two seen, which is known without asking the map.
  let recent = values[0];
  let recentCode = -1;
  let other = recent;
  let otherCode = -1;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value === recent && recentCode >= 0) {
      firstSeen[i] = recentCode;
    } else if (value === other && otherCode >= 0) {
      firstSeen[i] = otherCode;
    } else {
      let code = found.get(value);
      if (code === undefined) {
        checkLabel(action, argument, value, i);
        code = names.get(String(value)) ?? names.size;
        names.set(String(value), code);
        found.set(value, code);
      }
      firstSeen[i] = code;
      other = recent;
      otherCode = recentCode;
      recent = value;
      recentCode = code;
    }
  }
  const labels =
    order === undefined ? [...names.keys()].sort(compareLabels) : checkOrder(action, argument, names, order);
  const position = new Uint32Array(names.size);
  labels.forEach((label, i) => {
    position[names.get(label) ?? 0] = i;
  });
  const code = new Uint32Array(n);
  const size = new Uint32Array(labels.length);
  for (let i = 0; i < n; i++) {
    const group = position[firstSeen[i]];
    code[i] = group;
    size[group] = size[group] + 1;
  }
  return { labels, code, size };
}

function checkLabel(action: string, argument: string, value: unknown, i: number): void {
  if (typeof value === "string" ? value === "" : !(typeof value === "number" && Number.isFinite(value))) {
    const message = `${action}: ${argument}[${i}] is ${shown(value)}; the name or number of a group is needed`;
    throw new InvalidInputError(message, argument, i);
  }
}

/** Numbers by size, whether they are texts or not; then other texts by code point, the same on every machine. */
export function compareLabels(a: string, b: string): number {
  if (isNumeric(a) !== isNumeric(b)) return isNumeric(a) ? -1 : 1;
  const difference = isNumeric(a) ? Number(a) - Number(b) : 0;
  return difference !== 0 ? difference : a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a label is a number's text. */
export function isNumeric(label: string): boolean {
  return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(label);
}

function checkOrder(
  action: string,
  argument: string,
  found: ReadonlyMap<string, number>,
  order: readonly (string | number)[],
): readonly string[] {
  lengthOf(action, "order", order);
  const labels = Array.from(order, String);
  labels.forEach((key, i) => {
    if (!found.has(key)) {
      const message = `${action}: the group ${shown(key)} of order[${i}] is empty: no element of ${argument} is ${shown(key)}`;
      throw new InvalidInputError(message, "order", i);
    }
    if (labels.indexOf(key) < i) {
      throw new InvalidInputError(`${action}: order[${i}] repeats the group ${shown(key)}`, "order", i);
    }
  });
  const missing = [...found.keys()].find((key) => !labels.includes(key));
  if (missing !== undefined) {
    throw new InvalidInputError(
      `${action}: order leaves out the group ${shown(missing)}; all groups must be in it`,
      "order",
    );
  }
  return labels;
}

/** Rows of several groups, compared within strata where there are some. */
export type GroupedInput = Outcome & { readonly group: Labels; readonly strata?: Labels };

/** An outcome in two or more groups, within strata, sorted. */
export interface GroupedOutcome {
  readonly outcome: SortedOutcome;
  readonly groups: Grouping;
  /** Rows in each group, each as often as it was counted. */
  readonly rows: readonly number[];
  /** The group at each position of the sorted outcome. */
  readonly code: Uint32Array;
  readonly strata: Grouping | null;
}

/**
 * Checks what all comparisons of groups need: at least two groups, an event, and weights that are whole numbers, since they count rows here.
 *
 * @throws {InvalidInputError} for arguments that cannot be used
 * @throws {GroupComparisonError} if there is one group only
 * @throws {NoEventsError} if no row has the event
 */
export function checkGroups(
  action: string,
  input: GroupedInput,
  order?: readonly (string | number)[],
  used: readonly string[] = [...OUTCOME, "group", "strata"],
): GroupedOutcome {
  checkInput(action, input, used);
  const checked = checkOutcome(action, input);
  const groups = groupRows(action, "group", input.group, checked.n, order);
  if (groups.labels.length < 2) {
    const message = `${action}: all rows are in the group "${groups.labels[0]}"; two groups or more are needed`;
    throw new GroupComparisonError(message);
  }
  const { weights, counts } = checked;
  weights?.forEach((mass, i) => {
    const weight = counts === null ? mass : mass / counts[i];
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
  const strata = input.strata === undefined ? null : groupRows(action, "strata", input.strata, outcome.n);
  const rows = rowsByGroup(groups, counts);
  return { outcome, groups, rows, code: gatherCodes(groups.code, outcome.order), strata };
}

/** Rows in each group, each as often as it was counted. */
export function rowsByGroup({ size, code }: Grouping, counts: Float64Array | null): number[] {
  const rows = Array.from(size, (n) => (counts === null ? n : 0));
  counts?.forEach((count, i) => {
    rows[code[i]] += count;
  });
  return rows;
}
