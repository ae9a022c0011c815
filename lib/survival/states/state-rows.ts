import { InvalidInputError } from "../../statistics";
import { checkLength, lengthOf } from "../../statistics/inner";
import { compareLabels, groupRows } from "../groups";
import { checkInput, checkOutcome, type Labels, shown, type Vector } from "../outcome";

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

/**
 * Checks intervals and finds the state of each: a person's intervals may not overlap, and where `from` says in which state
 * one was spent, it must be the state that was entered before.
 *
 * @returns by index of `states`: `from`, the state of each interval, and `to`, the one entered at its end, or again that of the
 *   interval where there was none
 * @throws {InvalidInputError} at the first row that cannot be used, naming argument and index
 */
export function checkStates(action: string, input: StatesInput, start: string, used: readonly string[]) {
  checkInput(action, input, used);
  const { time, entry, state } = input;
  const n = lengthOf(action, "time", time);
  const reached = stateNames(action, "state", state, n);
  const said = input.from === undefined ? null : stateNames(action, "from", input.from, n);
  const ids = input.id === undefined ? null : groupRows(action, "id", input.id, n);
  const outcome = checkOutcome(action, { time, entry, event: reached.map((name) => name !== null) });
  const person = ids?.code ?? Uint32Array.from({ length: n }, (_, i) => i);
  const began = (i: number) => outcome.entry?.[i] ?? 0;
  const spent = new Array<string>(n);
  const order = Array.from(spent.keys()).sort((a, b) => person[a] - person[b] || began(a) - began(b) || a - b);
  order.forEach((i, k) => {
    const fail = (argument: string, found: string) => {
      throw new InvalidInputError(`${action}: ${argument}[${i}] is ${found}`, argument, i);
    };
    const before = k > 0 && person[order[k - 1]] === person[i] ? order[k - 1] : null;
    if (before !== null && began(i) < outcome.time[before]) {
      const where = `before time[${before}] = ${outcome.time[before]} of the same id ${shown(ids?.labels[person[i]])}`;
      fail("entry", `${began(i)}, ${where}; intervals of a person may not overlap`);
    }
    const last = before === null ? null : (reached[before] ?? spent[before]);
    const own = said === null ? last : said[i];
    if (said !== null && own === null) fail("from", `${shown(input.from?.[i])}; the name of a state is needed`);
    if (last !== null && own !== last) {
      const rule = "a state is left through `state` only";
      fail("from", `${shown(own)}, and the same id was in ${shown(last)} before; ${rule}`);
    }
    spent[i] = own ?? start;
  });
  const all = new Set([...spent, ...reached.flatMap((name) => name ?? [])]);
  const others = [...all].filter((name) => name !== start).sort(compareLabels);
  const states = all.has(start) ? [start, ...others] : others;
  const from = Uint32Array.from(spent, (name) => states.indexOf(name));
  const to = Uint32Array.from(reached, (name, i) => (name === null ? from[i] : states.indexOf(name)));
  return { outcome, states, from, to, person, people: ids?.labels.length ?? n };
}

export type StateRows = ReturnType<typeof checkStates>;

/** The names of states, null for a censoring. */
function stateNames(action: string, argument: string, values: Labels, n: number): (string | null)[] {
  checkLength(action, argument, values, n);
  return Array.from(values, (value: unknown, i) => {
    if (value === 0 || value === "0" || value === "censored") return null;
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" && Number.isFinite(value)) return String(value);
    const message = `${action}: ${argument}[${i}] is ${shown(value)}; the name or number of a state is needed, or 0 or "censored"`;
    throw new InvalidInputError(message, argument, i);
  });
}

/** Each change of state that was seen, in the order of the states. */
export function transitionsOf({ states, from, to }: StateRows) {
  const pairs = states.flatMap((_, j) => states.map((__, k) => ({ from: j, to: k })));
  return pairs.flatMap((pair) => {
    const events = from.filter((state, i) => state === pair.from && to[i] === pair.to).length;
    return pair.from === pair.to || events === 0 ? [] : [{ ...pair, events }];
  });
}
