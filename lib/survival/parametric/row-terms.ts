import { log } from "../../statistics/elementary";
import type { CheckedOutcome } from "../outcome";
import type { Derivatives } from "./families";
import type { RowTerms } from "./likelihood";

/** The logarithms of times and of entries; −Infinity where a row is there from the beginning, which adds nothing. */
export function logTimes({ time, entry }: Pick<CheckedOutcome, "time" | "entry">) {
  return { logTime: time.map(log), logEntry: entry?.map((value) => (value > 0 ? log(value) : -Infinity)) ?? null };
}

/** Sets a row's terms to 0. */
export function clear(out: RowTerms): void {
  out.value = 0;
  out.gradient.fill(0);
  out.hessian.fill(0);
}

/**
 * Adds the derivatives of sign·f(g(η, κ)), where f has slope `first` and curvature `second` at g; u = log t − η. The
 * predictor η stands at `at`, κ, where there is one, behind it.
 */
export function addForm(
  { gradient, hessian }: RowTerms,
  at: number,
  sign: number,
  by: Derivatives,
  first = 1,
  second = 0,
): void {
  const K = gradient.length;
  const shape = at + 1;
  gradient[at] -= sign * first * by.u;
  hessian[at * K + at] += sign * (first * by.uu + second * by.u * by.u);
  if (shape === K) return;
  gradient[shape] += sign * first * by.shape;
  const mixed = sign * (first * by.uShape + second * by.u * by.shape);
  hessian[at * K + shape] -= mixed;
  hessian[shape * K + at] -= mixed;
  hessian[shape * K + shape] += sign * (first * by.shapeShape + second * by.shape * by.shape);
}
