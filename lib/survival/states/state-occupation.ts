import { NoEventsError } from "../../statistics";
import { checkFields } from "../../statistics/inner";
import { askedLimits, type IntervalType, type LimitOptions, stateLimits } from "../confidence-interval";
import { riskSetSteps } from "../event-table";
import { checkIncreasing, type Vector } from "../outcome";
import { type SortedOutcome, sortAndTie } from "../tied-times";
import { checkStates, STATES_INPUT, type StateRows, type StatesInput, transitionsOf } from "./state-rows";

/** The share of people in one state, a step function at the times of its StateOccupation. */
export interface StateCurve {
  readonly state: string;
  readonly probability: readonly number[];
  /** By the infinitesimal jackknife over people. */
  readonly standardError: readonly number[];
  /** Limits; null where the interval's scale does not allow any. */
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** Number of people at risk of leaving it just before each time. */
  readonly atRisk: readonly number[];
}

export interface StateOccupation {
  /** People. */
  readonly n: number;
  /** Distinct times at which somebody changed the state, increasing. */
  readonly time: readonly number[];
  readonly states: readonly StateCurve[];
  /** How often each change was seen. */
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly events: number }[];
  readonly confidence: number;
  readonly interval: IntervalType;
}

export interface StateOccupationOptions extends LimitOptions {
  /** The state in which everybody begins whose first row does not say another; "start" unless told. */
  readonly start?: string;
}

/**
 * The share of people in each of several states over time, such as custody, bail, house arrest, exile, free: the estimate
 * of Aalen and Johansen; R's `survfit(Surv(entry, time, state) ~ 1, id = id)`.
 *
 * One wants it where release is a path and not a point: who is on bail can be arrested again, and a curve of first releases
 * does not show it. With n at risk in state j and d changes to k at a time, P rises in k by P(j)·d/n and falls in j by the
 * same, so that all shares add up to 1 (Aalen and Johansen 1978, Scandinavian Journal of Statistics 5:141). It needs no
 * Markov assumption for these shares (Datta and Satten 2001, Statistics & Probability Letters 55:403). Errors are the
 * infinitesimal jackknife's over people, so that a person's intervals, split as they may be, count once.
 *
 * @param input intervals with the state that was entered at their end
 * @returns a curve for each state, `start` first; everybody begins where the first intervals are: the shares before the
 *   first change, of those at risk of it
 * @throws {InvalidInputError} for arguments that cannot be used, as intervals of a person that overlap
 * @throws {NoEventsError} if nobody changes the state
 * @example
 * const paths = stateOccupation({ id: [1, 1, 2], entry: [0, 4, 0], time: [4, 9, 7], state: ["bail", "free", "free"] }, { start: "custody" });
 * paths.states.map(({ state }) => state) // ["custody", "bail", "free"]
 */
export function stateOccupation(input: StatesInput, options: StateOccupationOptions = {}): StateOccupation {
  const action = "stateOccupation";
  checkFields(action, "options", options, ["start", "confidence", "interval"]);
  const { start = "start" } = options;
  const { limits, z } = askedLimits(action, options);
  const rows = checkStates(action, input, start, STATES_INPUT);
  const transitions = transitionsOf(rows);
  if (transitions.length === 0) {
    throw new NoEventsError(`${action}: nobody changes the state; at least one change is needed`);
  }
  const { states, people } = rows;
  const points = aalenJohansen(rows, sortAndTie(action, rows.outcome));
  return {
    n: people,
    time: points.map(({ time }) => time),
    states: states.map((state, k) => {
      const probability = points.map(({ shares }) => shares[k]);
      const variances = Float64Array.from(points, ({ variance }) => variance[k]);
      return {
        state,
        probability,
        standardError: Array.from(variances, Math.sqrt),
        ...stateLimits(probability, variances, z, limits.interval),
        atRisk: points.map(({ atRisk }) => atRisk[k]),
      };
    }),
    transitions: transitions.map(({ from, to, events }) => ({ from: states[from], to: states[to], events })),
    ...limits,
  };
}

/** Who is in each state, and each person's influence on the shares of the states. */
interface Walk {
  readonly inState: readonly Set<number>[];
  readonly influence: readonly Float64Array[];
}

/**
 * Walks forward in time with the shares p and each person's influence on them, U: at a time with changes dA
 * p ← p(I + dA), and U ← U(I + dA) + p·∂dA/∂w, where a person at risk in j adds −d/n² to each change out of j, and 1/n to
 * the own one.
 */
function aalenJohansen(rows: StateRows, sorted: SortedOutcome) {
  const { states, people, from, to, person } = rows;
  const steps = riskSetSteps(sorted, null, sorted.byEntry);
  const rowsAt = (positions: Uint32Array) => Array.from(positions, (i) => sorted.order[i]);
  const walk = { inState: states.map(() => new Set<number>()), influence: states.map(() => new Float64Array(people)) };
  const points: { time: number; shares: number[]; variance: number[]; atRisk: number[] }[] = [];
  let shares: number[] | null = null;
  for (let k = 0; k + 1 < steps.leaves.length; k++) {
    for (const row of rowsAt(steps.entered.subarray(steps.enters[k], steps.enters[k + 1]))) {
      walk.inState[from[row]].add(person[row]);
    }
    const leaving = rowsAt(steps.rows.subarray(steps.leaves[k], steps.leaves[k + 1]));
    const moving = leaving.filter((row) => to[row] !== from[row]);
    if (moving.length > 0) {
      shares = move(rows, moving, walk, shares ?? beginning(walk));
      const variance = walk.influence.map((values) => values.reduce((sum, value) => sum + value * value, 0));
      const atRisk = walk.inState.map(({ size }) => size);
      points.push({ time: sorted.time[steps.rows[steps.leaves[k]]], shares, variance, atRisk });
    }
    for (const row of leaving) walk.inState[from[row]].delete(person[row]);
  }
  return points;
}

/** The shares of those at risk before the first change, with each person's influence on them. */
function beginning({ inState, influence }: Walk): number[] {
  const total = inState.reduce((sum, { size }) => sum + size, 0);
  const shares = inState.map(({ size }) => size / total);
  inState.forEach((people, state) => {
    for (const person of people) {
      influence.forEach((values, k) => {
        values[person] += ((k === state ? 1 : 0) - shares[k]) / total;
      });
    }
  });
  return shares;
}

/** The shares after some rows have changed their state at one time. */
function move({ from, to, person }: StateRows, moving: readonly number[], walk: Walk, shares: readonly number[]) {
  const { inState, influence } = walk;
  const next = [...shares];
  const before = influence.map((values) => values.slice());
  const changes = new Map(moving.map((row) => [`${from[row]} ${to[row]}`, [from[row], to[row]] as const]));
  for (const [left, reached] of changes.values()) {
    const people = moving.filter((row) => from[row] === left && to[row] === reached).map((row) => person[row]);
    const n = inState[left].size;
    const hazard = people.length / n;
    const shift = (one: number, by: number) => {
      influence[left][one] -= by;
      influence[reached][one] += by;
    };
    next[left] -= shares[left] * hazard;
    next[reached] += shares[left] * hazard;
    before[left].forEach((value, one) => {
      if (value !== 0) shift(one, value * hazard);
    });
    for (const one of inState[left]) shift(one, (-shares[left] * hazard) / n);
    for (const one of people) shift(one, shares[left] / n);
  }
  return next;
}

/** Shares at one time. */
export interface OccupationAtTime {
  readonly time: number;
  readonly states: readonly {
    readonly state: string;
    readonly probability: number;
    readonly standardError: number;
    readonly lower: number | null;
    readonly upper: number | null;
  }[];
}

/**
 * The shares in each state at given times; R's `summary(fit, times = …, extend = TRUE)`.
 *
 * @param occupation a result of stateOccupation
 * @param times increasing times at or after the first change, in the unit of the data
 * @returns a row for each time; before the first change the shares are not known better than at it, and null stands there
 * @throws {InvalidInputError} if times do not increase
 * @example occupationAtTimes(paths, [12, 24, 36]).map(({ states }) => states[0].probability)
 */
export function occupationAtTimes(occupation: StateOccupation, times: Vector): (OccupationAtTime | null)[] {
  return Array.from(checkIncreasing("occupationAtTimes", times), (time) => {
    const at = occupation.time.findLastIndex((value) => value <= time);
    if (at < 0) return null;
    const states = occupation.states.map(({ state, probability, standardError, lower, upper }) => ({
      state,
      probability: probability[at],
      standardError: standardError[at],
      lower: lower[at],
      upper: upper[at],
    }));
    return { time, states };
  });
}
