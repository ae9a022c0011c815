import { log10 } from "../statistics/elementary";

/**
 * Van Evera's four tests of an explanation, by what passing and failing them would say: passing a smoking gun or a
 * doubly decisive test confirms, failing a hoop or a doubly decisive test refutes, a straw in the wind does neither.
 */
export type ProcessTracingTest = "straw in the wind" | "hoop" | "smoking gun" | "doubly decisive";

/** A test of a hypothesis, and what its two results would weigh. */
export interface TestStrength {
  readonly kind: ProcessTracingTest;
  /** Weight of passing, in decibels: for the hypothesis if above zero. */
  readonly passing: number;
  /** Weight of failing, in decibels. */
  readonly failing: number;
}

/**
 * Which of the four tests an observation is, from two probabilities: of observing it if the hypothesis is true, and if
 * it is false. A test is *certain* where a true hypothesis can hardly fail it, and *unique* where a false one can hardly
 * pass it: hoop tests are certain, smoking guns unique, doubly decisive tests both, straws in the wind neither. Weights
 * are $10\log_{10}$ of the likelihood ratios $p/q$ and $(1-p)/(1-q)$.
 *
 * @param ifTrue probability of the observation if the hypothesis is true
 * @param ifFalse probability of it if the hypothesis is false; it depends on the rivals and on how far one believes
 *   each, see {@link probabilityIfFalse}
 * @param limits from which probability on a test counts as certain (0.9), and up to which as unique (0.1)
 * @returns kind and weights; a weight is infinite where a result is impossible under one of the two
 * @throws RangeError where a probability is outside 0 to 1, or a limit is not between 0.5 and 1, or 0 and 0.5
 * @see Van Evera (1997) *Guide to Methods*, pp. 31–32; Bennett (2015) in Bennett and Checkel, *Process Tracing*, appendix;
 *   Humphreys and Jacobs (2015), American Political Science Review 109(4), for the two axes
 * @example processTracingTest(0.95, 0.5).kind // "hoop"
 */
export function processTracingTest(
  ifTrue: number,
  ifFalse: number,
  { certain = 0.9, unique = 0.1 }: { readonly certain?: number; readonly unique?: number } = {},
): TestStrength {
  for (const [name, value] of Object.entries({ ifTrue, ifFalse })) {
    if (value >= 0 && value <= 1) continue;
    throw new RangeError(`process-tracing test: ${name} is ${value}; a probability from 0 to 1 is needed`);
  }
  if (!(certain > 0.5 && certain <= 1) || !(unique >= 0 && unique < 0.5)) {
    throw new RangeError(
      `process-tracing test: the limits are certain ${certain} and unique ${unique}; certain must lie above 0.5 and ` +
        "up to 1, unique from 0 to below 0.5",
    );
  }
  const isCertain = ifTrue >= certain;
  const isUnique = ifFalse <= unique && ifTrue > ifFalse;
  const one = isUnique ? "smoking gun" : "straw in the wind";
  const both = isUnique ? "doubly decisive" : "hoop";
  return {
    kind: isCertain ? both : one,
    passing: decibels(ifTrue, ifFalse),
    failing: decibels(1 - ifTrue, 1 - ifFalse),
  };
}

/**
 * Weight of evidence for one hypothesis against another: $10\log_{10}(p/q)$, in decibels (Good 1985). Three decibels
 * double the odds, ten multiply them by ten; one is about the least that people notice.
 *
 * @param p probability of the evidence under the one
 * @param q probability of it under the other
 * @returns infinite where only one of them is zero; 0 where both are, since the evidence rules out both
 * @example decibels(0.7, 0.35) // 3.01
 */
export function decibels(p: number, q: number): number {
  if (p === q) return 0;
  return 10 * (log10(p) - log10(q));
}
