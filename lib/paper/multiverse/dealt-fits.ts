import { InvalidInputError } from "../../statistics";
import { calledAs, checkWhole, largest } from "../../statistics/inner";
import type { CoxInput } from "../../survival/cox";
import { levelOf, type Specification } from "./choices";
import { type Analysis, fitSpecification, type MultiverseDesign } from "./multiverse";
import { dealLabels } from "./score-path";

export interface DealtFitsOptions {
  /** Dealings, 400 unless told. */
  readonly dealings?: number;
  /** Seed; 1 unless told. Dealing k is its stream k, the same as in {@link curveTest}. */
  readonly seed?: number;
}

/** What a specification finds for its own labels, and for labels from a hat. */
export interface DealtFits {
  /** Log hazard ratio of the labels as they are; null where there is none. */
  readonly observed: number | null;
  /** Log hazard ratios of the dealings that have a finite one. */
  readonly dealt: readonly number[];
  readonly mean: number;
  /** Its Monte Carlo standard error. */
  readonly standardError: number;
  /** Dealings without a finite estimate, as where no release fell to a label. */
  readonly without: number;
  /** Women among whom labels are dealt, and how many labels there are. */
  readonly pool: number;
  readonly featured: number;
}

/**
 * Fits one specification again and again with labels from a hat: is it honest where there is nothing to find?
 *
 * One wants it before any estimate is read. Labels are dealt among the women who could have been featured, so that no
 * release depends on one, and an honest specification gives log hazard ratios around 0. Each dealing is a full fit, as its
 * step from 0, U/V, has the sign of an estimate and not its size.
 *
 * @param design the multiverse that the specification is one of
 * @param specification whatever it says of weights and clusters, they stay as they are for all dealings
 * @throws {InvalidInputError} where the specification names no level of a choice or has no analysis, or no dealing has an estimate
 * @example dealtFits(campaignMultiverse(), tableOneSpecification(1), { dealings: 400 }).mean // below 0
 */
export function dealtFits(
  design: MultiverseDesign,
  specification: Specification,
  options: DealtFitsOptions = {},
): DealtFits {
  const { dealings = 400, seed = 1 } = options;
  checkWhole("dealtFits", "dealings", dealings, 2);
  checkWhole("dealtFits", "seed", seed, 0);
  for (const choice of design.choices) calledAs("dealtFits", () => levelOf(choice, specification));
  const analysis = design.analyse(specification);
  const refused = (reason: string) => new InvalidInputError(`dealtFits: ${reason}`, "specification");
  if ("reason" in analysis) throw refused(`the specification has no analysis: ${analysis.reason}`);
  const { input, women, couldBeTreated } = analysis;
  const x = input.covariates[design.term];
  if (x === undefined) throw refused(`no covariate is named "${design.term}"`);
  const pool = [...new Set(women.filter((_, i) => couldBeTreated[i]))].sort((a, b) => a - b);
  const featured = new Set(women.filter((_, i) => x[i] === 1)).size;
  const labels = new Uint8Array(1 + largest(women));
  const dealt: number[] = [];
  for (let k = 0; k < dealings; k++) {
    dealLabels(labels, pool, featured, seed, k);
    const of = (woman: number, row: number) => (couldBeTreated[row] ? labels[woman] : 0);
    const value = coefficientOf(analysis, design.term, women.map(of));
    if (value !== null) dealt.push(value);
  }
  if (dealt.length < 2) throw refused(`of ${dealings} dealings ${dealt.length} have an estimate`);
  const mean = dealt.reduce((sum, value) => sum + value, 0) / dealt.length;
  const squares = dealt.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return {
    observed: coefficientOf(analysis, design.term, x),
    dealt,
    mean,
    standardError: Math.sqrt(squares / (dealt.length - 1) / dealt.length),
    without: dealings - dealt.length,
    pool: pool.length,
    featured,
  };
}

/** The coefficient of some labels; null where it is not finite. */
function coefficientOf(analysis: Analysis, term: string, x: CoxInput["covariates"][string]): number | null {
  const { input } = analysis;
  const labelled = { ...input, covariates: { ...input.covariates, [term]: x } };
  return fitSpecification({ ...analysis, input: labelled }, term).estimate;
}
