import { calledAs } from "../../statistics/inner";
import type { CoxOptions, CoxTerm } from "../../survival/cox";
import { tryTerm } from "../../survival/try-cox";
import type { ClockedRows } from "./clocked-rows";

/**
 * The hazard ratio of the featured on a clock: a Cox model with the one covariate *featured* on the rows of
 * {@link clockedRows}, with their entries.
 *
 * One wants it to hold clocks against each other without a word about the model. R: `coxph(Surv(entry, time, event) ~
 * featured)`.
 *
 * @param options of cox()
 * @returns the term, or null where these rows give no finite ratio (nobody featured, no release, separation)
 * @example featuredRatio(clockedRows(spells, { clock: "launch", launch, end }))?.hazardRatio
 */
export function featuredRatio({ rows }: ClockedRows, options: CoxOptions = {}): CoxTerm | null {
  const input = {
    time: rows.map((row) => row.time),
    entry: rows.map((row) => row.entry),
    event: rows.map((row) => row.event),
    covariates: { featured: rows.map((row) => row.featured) },
  };
  return calledAs("featuredRatio", () => tryTerm(input, "featured", options));
}
