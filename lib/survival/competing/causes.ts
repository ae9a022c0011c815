import { InvalidInputError } from "../../statistics";
import { checkLength, lengthOf } from "../../statistics/inner";
import { compareLabels } from "../groups";
import { type CheckedOutcome, checkInput, checkOutcome, type Labels, shown, type Vector } from "../outcome";

/**
 * What was observed where an event has one of several causes, one element a row; R's `Surv(time, factor)`.
 * Whoever had one cause can no longer have another.
 */
export interface CompetingOutcome {
  /** When observation of the row ended, at least 0. */
  readonly time: Vector;
  /** The cause of the event, a name or a number; 0, "0" or "censored" where the row was censored. */
  readonly cause: Labels;
  /** When observation began, below `time`; the row is at risk on (entry, time]. Without it, from the beginning. */
  readonly entry?: Vector;
  /** How much a row weighs; 0 leaves it out of all sums. How many like rows there are is `counts`. Without it, 1. */
  readonly weights?: Vector;
  /** How many such rows there are, whole numbers from 1: results are those of that many copies. Without it, 1. */
  readonly counts?: Vector;
}

/** A checked outcome whose event is any cause, with the cause beside it. */
export interface CheckedCauses {
  readonly outcome: CheckedOutcome;
  readonly causes: readonly string[];
  /** 0 where the row was censored, otherwise 1 + the index in `causes`. */
  readonly code: Uint32Array;
}

/**
 * Checks an outcome with causes, and numbers the causes in increasing order or as `order` says.
 *
 * A cause in `order` that no row has is kept, with an incidence of 0: whether anybody died of it is a result.
 *
 * @param action the name of the public function, for the message
 * @throws {InvalidInputError} at the first element that cannot be used, naming argument and index
 */
export function checkCauses(
  action: string,
  input: CompetingOutcome,
  order?: readonly (string | number)[],
  used: readonly string[] = [],
): CheckedCauses {
  checkInput(action, input, ["time", "cause", "entry", "weights", "counts", ...used]);
  const n = lengthOf(action, "time", input.time);
  checkLength(action, "cause", input.cause, n);
  // Each distinct value is looked at once; the rows then are looked up.
  const names = new Map<string | number, string>();
  for (let i = 0; i < n; i++) {
    const value = input.cause[i];
    if (!names.has(value)) names.set(value, causeName(action, value, i));
  }
  const found = new Set([...names.values()].filter((name) => name !== ""));
  const causes = order === undefined ? [...found].sort(compareLabels) : checkOrder(action, found, order);
  const codes = new Map(Array.from(names, ([value, name]) => [value, causes.indexOf(name) + 1]));
  const code = new Uint32Array(n);
  const event = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    code[i] = codes.get(input.cause[i]) ?? 0;
    event[i] = Math.min(code[i], 1);
  }
  const { time, entry, weights, counts } = input;
  return { outcome: checkOutcome(action, { time, event, entry, weights, counts }), causes, code };
}

/** The index of a cause that the caller names. */
export function causeIndex(
  action: string,
  causes: readonly string[],
  argument: string,
  cause: string | number,
): number {
  const index = causes.indexOf(String(cause));
  if (index < 0) {
    const known = causes.length === 0 ? "every row is censored" : `the causes are ${causes.map(shown).join(", ")}`;
    throw new InvalidInputError(`${action}: no row has the ${argument} ${shown(cause)}; ${known}`, argument);
  }
  return index;
}

/** A cause's name, "" where the row was censored. */
function causeName(action: string, value: unknown, i: number): string {
  if (value === 0 || value === "0" || value === "censored") return "";
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  const message = `${action}: cause[${i}] is ${shown(value)}; the name or number of a cause is needed, or 0 or "censored"`;
  throw new InvalidInputError(message, "cause", i);
}

function checkOrder(
  action: string,
  found: ReadonlySet<string>,
  order: readonly (string | number)[],
): readonly string[] {
  const causes = order.map((value, i) => {
    const name = causeName(action, value, i);
    if (name !== "") return name;
    throw new InvalidInputError(`${action}: causes[${i}] is ${shown(value)}, which means censored`, "causes", i);
  });
  causes.forEach((cause, i) => {
    if (causes.indexOf(cause) < i) {
      throw new InvalidInputError(`${action}: causes[${i}] repeats ${shown(cause)}`, "causes", i);
    }
  });
  const missing = [...found].find((cause) => !causes.includes(cause));
  if (missing !== undefined) {
    const message = `${action}: causes leaves out ${shown(missing)}; all causes must be in it, since they compete`;
    throw new InvalidInputError(message, "causes");
  }
  return causes;
}
