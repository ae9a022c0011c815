/** Turnbull's estimate for interval-censored times. */
export { type TurnbullAtTime, turnbullAtTimes } from "./at-times";
export type { IntervalOutcome } from "./censored-times";
export { type MassInterval, type TurnbullCurve, type TurnbullOptions, turnbull } from "./turnbull";
