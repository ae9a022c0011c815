/** Distributions, seeded random numbers, multiple tests: what the estimators below the survival curve need. */
export { type BinomialInterval, binomialInterval } from "./binomial";
export { chiSquareUpperTail } from "./chi-square";
export { combinations, logCombinations } from "./combinations";
export {
  GroupComparisonError,
  InvalidInputError,
  NoEventsError,
  OverflowError,
  SurvivalError,
} from "./errors";
export { holm } from "./holm";
export { normalCdf, normalQuantile, normalUpperTail, twoSidedP } from "./normal";
export { type RandomSource, seededRandom } from "./random";
export { studentTQuantile, studentTTwoSidedP, studentTUpperTail } from "./student-t";
