import { checkSourced } from "../../files";
import { InvalidInputError, normalQuantile } from "../../statistics";
import { calledAs, checkFields, checkInside, checkWhole, largest } from "../../statistics/inner";
import { type Table, type TableOptions, table } from "../../tables";
import { numberText } from "../../tables/inner";
import { type Specification, specifications } from "./choices";
import type { MultiverseDesign } from "./multiverse";
import { dealLabels, type ScorePath, scorePath, scoreTest } from "./score-path";
import { medianOf } from "./summary";

export interface CurveTestOptions {
  /** Which specifications are in the test; all must number the same women in the same way, as one dealing of labels serves all. */
  readonly of: (specification: Specification) => boolean;
  /** Permutations, 500 unless told. */
  readonly permutations?: number;
  /** Seed; 1 unless told. Permutation k is its stream k. */
  readonly seed?: number;
  /** Level for the share of specifications that pass; 0.05 unless told. */
  readonly alpha?: number;
}

/** A statistic of a whole curve and how often chance gives one at least as far out. */
export interface CurveStatistic {
  readonly observed: number;
  /** In each permutation. */
  readonly permuted: readonly number[];
  /** Mean of the observed and all permuted values: what labels from a hat give, which need not be 0. */
  readonly centre: number;
  /** (1 + permutations at least as far from the centre) / (1 + permutations). */
  readonly pValue: number;
}

export interface CurveTest {
  /** Specifications in the test, and those that the score test could not be made for. */
  readonly specifications: number;
  readonly without: number;
  /** Women among whom labels are dealt, and how many labels there are. */
  readonly pool: number;
  readonly featured: number;
  readonly permutations: number;
  /** Median of U/V, one step of Newton's method from no effect: no log hazard ratio, and never to be exponentiated. */
  readonly medianStep: CurveStatistic;
  /** Specifications whose score test passes alpha in one direction, less those that pass it in the other. */
  readonly significant: CurveStatistic;
  /** Stouffer's sum of z values over the root of their number. */
  readonly stouffer: CurveStatistic;
}

/**
 * A permutation test of a whole specification curve: if who was featured were drawn from a hat, how often would the curve
 * lie as far from no effect as it does (Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4:1208, with their three
 * statistics)?
 *
 * One wants it because specifications share their data: a hundred that pass 5 % may be one accident seen a hundred times.
 * Labels are dealt among the women who could have been featured (`couldBeTreated` of the analyses); the same dealing goes through all specifications. Models are not refitted:
 * each is represented by its score test ({@link scorePath}), to which the observed curve is reduced as well; {@link dealtFits}
 * fits, one specification at a time. Distance is measured from the mean over all dealings, the observed one included.
 *
 * @param design the multiverse, whose analyses are prepared once
 * @param options which specifications (such as those of one comparison group, Cox's model and Efron's ties)
 * @returns three statistics with their permutation distributions and two-sided p values
 * @throws {InvalidInputError} where no specification is chosen or testable
 * @example
 * curveTest(design, { of: (s) => s.comparison === "long-list" && s.ties === "efron" && s.estimator === "cox" }).medianStep.pValue
 */
export function curveTest(design: MultiverseDesign, options: CurveTestOptions): CurveTest {
  const { permutations = 500, seed = 1, alpha = 0.05 } = options;
  checkWhole("curveTest", "permutations", permutations, 1);
  checkWhole("curveTest", "seed", seed, 0);
  checkInside("curveTest", "alpha", alpha, 0.05);
  const chosen = specifications(design.choices, design.exclude).kept.filter(options.of);
  const paths: ScorePath[] = [];
  const featured = new Set<number>();
  const eligible = new Set<number>();
  for (const specification of chosen) {
    const analysis = design.analyse(specification);
    if ("reason" in analysis) continue;
    const x = analysis.input.covariates[design.term];
    if (x === undefined) {
      const names = Object.keys(analysis.input.covariates).join(", ");
      throw new InvalidInputError(
        `curveTest: no covariate is named "${design.term}"; there are ${names || "none"}`,
        "design.term",
      );
    }
    const path = calledAs("curveTest", () => scorePath(analysis, design.term));
    if (path === null) continue;
    analysis.women.forEach((woman, i) => {
      if (x[i] === 1) featured.add(woman);
      if (analysis.couldBeTreated[i]) eligible.add(woman);
    });
    paths.push(path);
  }
  if (paths.length === 0) {
    throw new InvalidInputError(
      `curveTest: of ${chosen.length} chosen specifications none can be tested`,
      "options.of",
    );
  }
  const pool = [...eligible].sort((a, b) => a - b);
  const labels = new Uint8Array(1 + largest([...pool, ...paths.flatMap(({ women }) => women)]));
  for (const woman of featured) labels[woman] = 1;
  const critical = normalQuantile(1 - alpha / 2);
  const observed = curveStatistics(paths, labels, critical);
  const permuted = Array.from({ length: permutations }, (_, k) => {
    dealLabels(labels, pool, featured.size, seed, k);
    return curveStatistics(paths, labels, critical);
  });
  const statistic = (of: (statistics: CurveStatistics) => number): CurveStatistic => {
    const [value, values] = [of(observed), permuted.map(of)];
    const centre = values.reduce((sum, other) => sum + other, value) / (1 + permutations);
    const limit = Math.abs(value - centre) - 1e-12 * Math.max(1, Math.abs(value));
    const reached = values.filter((other) => Math.abs(other - centre) >= limit).length;
    return { observed: value, permuted: values, centre, pValue: (1 + reached) / (1 + permutations) };
  };
  return {
    specifications: paths.length,
    without: chosen.length - paths.length,
    pool: pool.length,
    featured: featured.size,
    permutations,
    medianStep: statistic(({ medianStep }) => medianStep),
    significant: statistic(({ significant }) => significant),
    stouffer: statistic(({ stouffer }) => stouffer),
  };
}

/**
 * Curve tests one below the other, a row for each of the three statistics.
 *
 * @param tests with the words that tell one from another, such as what is compared and on which clocks
 * @example curveTestTable({ "on all clocks": curveTest(design, { of: () => true }) }, { caption: "A test", data: design })
 */
export function curveTestTable(
  tests: Readonly<Record<string, CurveTest>>,
  options: Pick<TableOptions<never>, "caption" | "data">,
): Table {
  checkFields("curveTestTable", "options", options, ["caption", "data"]);
  if (options.data !== undefined) checkSourced("curveTestTable", "data", options.data);
  const rows = Object.entries(tests).flatMap(([what, test]) =>
    [
      { statistic: "median of the steps U/V", digits: 2, ...test.medianStep },
      { statistic: "specifications that pass, net", digits: 0, ...test.significant },
      { statistic: "Stouffer's Z", digits: 1, ...test.stouffer },
    ].map((row) => ({
      what,
      of: test.specifications,
      ...row,
      sorted: [...row.permuted].sort((a, b) => a - b),
    })),
  );
  const quantile = ({ sorted, digits }: (typeof rows)[number], share: number): string =>
    numberText(sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN, { digits });
  return table(rows, {
    ...options,
    columns: [
      { label: "Compared with", value: "what" },
      { label: "Specifications", value: "of" },
      { label: "Statistic", value: "statistic" },
      { label: "Observed", value: (row) => numberText(row.observed, row), align: "right" },
      { label: "Mean of dealings", value: (row) => numberText(row.centre, row), align: "right" },
      {
        label: "95 % of dealings",
        value: (row) => `${quantile(row, 0.025)} to ${quantile(row, 0.975)}`,
        align: "right",
      },
      { label: "p", value: "pValue", digits: 3 },
    ],
  });
}

interface CurveStatistics {
  readonly medianStep: number;
  readonly significant: number;
  readonly stouffer: number;
}

function curveStatistics(paths: readonly ScorePath[], labels: Uint8Array, critical: number): CurveStatistics {
  const steps: number[] = [];
  let [significant, sum] = [0, 0];
  for (const path of paths) {
    const test = scoreTest(path, labels);
    if (test === null) continue;
    steps.push(test.step);
    sum += test.z;
    if (Math.abs(test.z) > critical) significant += Math.sign(test.z);
  }
  steps.sort((a, b) => a - b);
  return {
    medianStep: medianOf(steps) ?? 0,
    significant,
    stouffer: steps.length === 0 ? 0 : sum / Math.sqrt(steps.length),
  };
}
