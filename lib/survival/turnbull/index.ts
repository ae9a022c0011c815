/** Turnbull's estimate for times that are known to lie in intervals only. */
export type { IntervalOutcome } from "./censored-times";
export * from "./turnbull";
