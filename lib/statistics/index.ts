/** What estimators rest on: distributions, seeded random numbers, many tests at once, and the family of errors. */

// Distributions.

export * from "./distributions";

// Counting, and many tests at once.

export { combinations, logCombinations } from "./combinations";
export { holm } from "./holm";

// Random numbers.

export { type RandomSource, seededRandom } from "./random";

// Errors.

export {
  GroupComparisonError,
  InvalidInputError,
  NoEventsError,
  OverflowError,
  SurvivalError,
} from "./errors";
