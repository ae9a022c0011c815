import { InvalidInputError } from "../../statistics";
import { checkLength, lengthOf } from "../../statistics/inner";
import { compareLabels, groupRows } from "../groups";
import { type CheckedOutcome, checkInput, checkOutcome, type Labels, shown, type Vector } from "../outcome";

/**
 * What was observed of people who pass through several states, one row an interval (entry, time] in one state; R's
 * `survfit(Surv(entry, time, state) ~ 1, id = id)`.
 */
export interface StatesInput {
  /** When the interval ended, above `entry`. */
  readonly time: Vector;
  /** The state that was entered then, a name or a number; 0, "0" or "censored" where none was. */
  readonly state: Labels;
  /** When the interval began; without it, at 0. */
  readonly entry?: Vector;
  /** Whose interval it is: a person's intervals follow one another. Without it, each row is a person. */
  readonly id?: Labels;
  /** The state in which the interval was spent; without it, the last one that the person entered, at first `start`. */
  readonly from?: Labels;
}

/** Fields of a StatesInput. */
export const STATES_INPUT = ["time", "state", "entry", "id", "from"] as const;

/** Checked intervals, with states by index. */
export interface StateRows {
  readonly outcome: CheckedOutcome;
  readonly states: readonly string[];
  /** The state of each interval. */
  readonly from: Uint32Array;
  /** The state entered at its end, or that of the interval where there was none. */
  readonly to: Uint32Array;
  readonly person: Uint32Array;
  readonly people: number;
  readonly idLabels: readonly string[] | null;
}

/**
 * Checks intervals and finds the state of each: a person's intervals may not overlap, and where `from` says in which state
 * one was spent, it must be the state that was entered before.
 *
 * @throws {InvalidInputError} at the first row that cannot be used, naming argument and index
 */
export function checkStates(action: string, input: StatesInput, start: string, used: readonly string[]): StateRows {
  checkInput(action, input, used);
  const n = lengthOf(action, "time", input.time);
  checkLength(action, "state", input.state, n);
  if (input.from !== undefined) checkLength(action, "from", input.from, n);
  const ids = input.id === undefined ? null : groupRows(action, "id", input.id, n);
  const reached = Array.from({ length: n }, (_, i) => stateName(action, "state", input.state[i], i));
  const { time, entry } = input;
  const event = reached.map((name) => (name === null ? 0 : 1));
  const outcome = checkOutcome(action, { time, entry, event });
  const person = ids?.code ?? Uint32Array.from({ length: n }, (_, i) => i);
  const spent = spentIn({ action, input, outcome, person, reached, ids: ids?.labels ?? null }, start);
  const all = new Set([...spent, ...reached.flatMap((name) => (name === null ? [] : [name]))]);
  const states = [...all].filter((name) => name !== start).sort(compareLabels);
  if (all.has(start)) states.unshift(start);
  const index = new Map(states.map((name, k) => [name, k]));
  const from = Uint32Array.from(spent, (name) => index.get(name) ?? 0);
  const to = Uint32Array.from(reached, (name, i) => (name === null ? from[i] : (index.get(name) ?? 0)));
  return { outcome, states, from, to, person, people: ids?.labels.length ?? n, idLabels: ids?.labels ?? null };
}

interface Intervals {
  readonly action: string;
  readonly input: StatesInput;
  readonly outcome: CheckedOutcome;
  readonly person: Uint32Array;
  readonly reached: readonly (string | null)[];
  readonly ids: readonly string[] | null;
}

/** The state of each interval: the one that the person entered before, or what `from` says of the first. */
function spentIn(intervals: Intervals, start: string): string[] {
  const { action, input, outcome, person, reached, ids } = intervals;
  const began = (i: number) => outcome.entry?.[i] ?? 0;
  const spent = new Array<string>(outcome.n);
  const order = Array.from(spent.keys()).sort((a, b) => person[a] - person[b] || began(a) - began(b) || a - b);
  order.forEach((i, k) => {
    const before = k > 0 && person[order[k - 1]] === person[i] ? order[k - 1] : null;
    if (before !== null && began(i) < outcome.time[before]) {
      const message = `${action}: entry[${i}] is ${began(i)}, before time[${before}] = ${outcome.time[before]} of the same id ${shown(ids?.[person[i]])}; intervals of a person may not overlap`;
      throw new InvalidInputError(message, "entry", i);
    }
    const last = before === null ? null : (reached[before] ?? spent[before]);
    spent[i] = saidOf(action, input, i, last) ?? last ?? start;
  });
  return spent;
}

/** What `from` says of a row; it must agree with the state that the person entered before. */
function saidOf(action: string, { from }: StatesInput, i: number, last: string | null): string | null {
  if (from === undefined) return null;
  const said = stateName(action, "from", from[i], i);
  if (said === null) {
    throw new InvalidInputError(`${action}: from[${i}] is ${shown(from[i])}; the name of a state is needed`, "from", i);
  }
  if (last === null || said === last) return said;
  const message = `${action}: from[${i}] is ${shown(said)}, and the same id was in ${shown(last)} before; a state is left through \`state\` only`;
  throw new InvalidInputError(message, "from", i);
}

/** The name of a state, null for a censoring. */
function stateName(action: string, argument: string, value: unknown, i: number): string | null {
  if (value === 0 || value === "0" || value === "censored") return null;
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  const message = `${action}: ${argument}[${i}] is ${shown(value)}; the name or number of a state is needed, or 0 or "censored"`;
  throw new InvalidInputError(message, argument, i);
}
