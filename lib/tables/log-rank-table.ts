import { checkSourced, type Sourced } from "../files";
import { checkFields, checkProbability } from "../statistics/inner";
import type { LogRankTest } from "../survival";
import { significantText } from "./significant";
import { type Table, table } from "./table";

/**
 * A log-rank test as R prints `survdiff`: observed and expected events of each group, the statistic above them.
 *
 * @param test what logRank() gave
 * @param options `data`: what it was computed from; `title` instead of "Log-rank test"; `eventLabel` of the observed events
 * @example show(logRankTable(logRank(outcomes), { data: women }))
 */
export function logRankTable(
  test: LogRankTest,
  options: { readonly data: Sourced; readonly eventLabel?: string; readonly title?: string },
): Table {
  checkFields("logRankTable", "options", options, ["data", "eventLabel", "title"]);
  checkSourced("logRankTable", "data", options.data);
  const { chiSquare, df, pValue, groups } = test;
  return table(groups, {
    caption: `${options.title ?? "Log-rank test"}: chi-square ${chiSquare.toFixed(2)} on ${df} df, ${pText(pValue)}`,
    data: options.data,
    columns: [
      { label: "Group", value: "label" },
      { label: "N", value: "n" },
      { label: options.eventLabel ?? "Events", value: "observed" },
      { label: "Expected", value: "expected", digits: 2 },
    ],
  });
}

/** Below it a p value says nothing but how the double was rounded: the distance from 1 to the next double, as in R. */
const SMALLEST_P = 2.2e-16;

/**
 * A p value with three significant digits: "p = 0.0123", "p = 0.000393", "p = 3.36 × 10⁻⁶", and
 * "p < 2.2 × 10⁻¹⁶" where R has it; "no p value" for null, as where no variance holds.
 *
 * @throws {InvalidInputError} where it is no probability
 * @example pText(0.0123) // "p = 0.0123"
 */
export function pText(p: number | null): string {
  if (p === null) return "no p value";
  checkProbability("pText", "p", p);
  return p < SMALLEST_P ? `p < ${significantText(SMALLEST_P, 2)}` : `p = ${significantText(p)}`;
}
