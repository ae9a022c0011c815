import type { PerArm } from "../../comparability";
import type { ControlWoman } from "../../data/urgent-actions";
import { permutationTest } from "../../resampling";
import { InvalidInputError } from "../../statistics";
import { checkFields, lengthOf } from "../../statistics/inner";

/** How large a group of the label's size is where the number of reports is known of no featured woman. */
const FEATURED_BY_NAME = 19;

/** Whether featured women are named in as many reports as the others, and what such a test can see at all. */
export interface ReportCountTest {
  /** Women of whom the number of reports is known. */
  readonly known: PerArm;
  /** Reports on a woman, mean over all of whom it is known. */
  readonly mean: number;
  /** Mean of the featured less mean of the others; null where it is known of no featured woman. */
  readonly difference: number | null;
  /** Two-sided, by dealing the label at random; null where there is no difference to test. */
  readonly pValue: number | null;
  /** How many women a dealing gives the label to: as many as are featured, or nineteen where nobody is. */
  readonly dealtTo: number;
  /** The difference from which on the test is significant at 5 %. */
  readonly significantFrom: number;
}

export interface ReportCountOptions {
  /** Dealings, 1,999 unless told. */
  readonly permutations?: number;
  /** Seed of the dealings, 1 unless told. */
  readonly seed?: number;
}

/**
 * A test for the paper's "does not significantly differ": the label *featured* is dealt to women at random, and the mean
 * number of reports on those who get it is held against the others'; see {@link permutationTest}.
 *
 * One wants it because a dot near zero in Figure 3 is no test, and because a test that finds nothing may have been unable
 * to: `significantFrom` is the difference that it would have seen. That needs no featured woman's number. Where none is
 * known, as in this project, the label is dealt to nineteen of the others.
 *
 * @param women of {@link controlGroup}; those whose number of reports is not known have no part
 * @throws InvalidInputError where no two groups can be dealt
 * @example await reportCountTest(controlGroup(loadUrgentActions(), loadPrisoners()).women, { seed: 2015 })
 */
export async function reportCountTest(
  women: readonly ControlWoman[],
  options: ReportCountOptions = {},
): Promise<ReportCountTest> {
  lengthOf("reportCountTest", "women", women);
  checkFields("reportCountTest", "options", options, ["permutations", "seed"]);
  const known = women.flatMap(({ featured, reports }) => (reports === null ? [] : [{ featured, reports }]));
  const featured = known.filter((woman) => woman.featured).length;
  const dealtTo = featured > 0 ? featured : Math.min(FEATURED_BY_NAME, known.length);
  if (dealtTo === 0 || dealtTo === known.length) {
    throw new InvalidInputError(
      `reportCountTest: the number of reports is known of ${known.length} women, ${featured} of them featured; ` +
        "two groups are needed to deal the label between",
      "women",
    );
  }
  const labels = known.map((woman, i) => Number(featured > 0 ? woman.featured : i < dealtTo));
  const total = known.reduce((sum, { reports }) => sum + reports, 0);
  const differences: number[] = [];
  const statistic = (dealt: readonly number[]): number => {
    const sum = dealt.reduce((subtotal, label, i) => subtotal + label * known[i].reports, 0);
    const difference = sum / dealtTo - (total - sum) / (known.length - dealtTo);
    differences.push(difference);
    return difference;
  };
  const { permutations = 1999, seed = 1 } = options;
  const test = await permutationTest(labels, statistic, { alternative: "two-sided", permutations, seed });
  const dealt = differences.slice(1);
  const bySize = dealt.map(Math.abs).sort((a, b) => a - b);
  return {
    known: { treated: featured, control: known.length - featured },
    mean: total / known.length,
    difference: featured > 0 ? test.statistic : null,
    pValue: featured > 0 ? test.pValue : null,
    dealtTo,
    significantFrom: bySize[Math.floor(0.95 * dealt.length)] ?? Number.NaN,
  };
}
