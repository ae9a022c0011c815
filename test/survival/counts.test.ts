import { describe, expect, it } from "vitest";
import {
  adjustedCurves,
  atEventTimes,
  atTimes,
  baselineHazard,
  brier,
  type CoefficientOverTime,
  type CoxFit,
  type CoxInput,
  type CoxOptions,
  calibration,
  coefficientOverTime,
  concordance,
  cox,
  eventsPerCovariate,
  influence,
  kaplanMeier,
  type LeaveClusterOut,
  leaveClusterOut,
  linearPredictors,
  logRank,
  logRankTrend,
  modelFrame,
  pairwiseLogRank,
  predict,
  predictSurvival,
  proportionalHazards,
  quantile,
  residuals,
  restrictedMean,
  type ScoredOutcome,
  type SurvivalCurve,
  timeTransform,
  unoConcordance,
  wildScoreTest,
} from "../../lib/survival";
import { fc } from "../support/property";
import {
  type Counted,
  copiesOf,
  countedRows,
  DATA_SETS,
  expectAsKnown,
  expectSame,
  expectSameErrors,
  nudged,
  repeated,
  resultOf,
} from "./counted";

type Columns = Record<string, readonly number[]>;

/** Of nudges. */
const SEEDS = [1, 2, 3];

/** The parts of an input that a data set may have, each way of asking for some of them. */
const SHAPES = [
  [],
  ["entry"],
  ["weights"],
  ["strata"],
  ["entry", "weights", "strata"],
  ["cluster"],
  ["offset"],
] as const;

type Shape = (typeof SHAPES)[number];

function outcomeOf(columns: Columns, shape: Shape) {
  const has = (name: string) => shape.some((one) => one === name);
  return {
    time: columns.time,
    event: columns.event,
    ...(has("entry") && { entry: columns.entry }),
    ...(has("weights") && { weights: columns.weight }),
  };
}

function coxOf(columns: Columns, shape: Shape): CoxInput {
  const has = (name: string) => shape.some((one) => one === name);
  return {
    ...outcomeOf(columns, shape),
    covariates: { x: columns.x, z: columns.z },
    ...(has("strata") && { strata: columns.stratum }),
    ...(has("cluster") && { cluster: columns.cluster }),
    ...(has("offset") && { offset: columns.z.map((z) => z / 7) }),
  };
}

/** What is computed from counts is what is computed from the rows. */
function alike(
  data: Counted,
  input: (columns: Columns) => object,
  compute: (input: never) => unknown,
  place: string,
  tolerance = 1e-12,
): void {
  const fromCounts = resultOf(() => compute({ ...input(data.columns), counts: data.counts } as never));
  const fromRows = resultOf(() => compute(input(copiesOf(data)) as never));
  const nudges = () => SEEDS.map((seed) => resultOf(() => compute(nudged(input(copiesOf(data)), seed) as never)));
  expectAsKnown(fromCounts, fromRows, place, tolerance, nudges);
}

const everyShape = (test: (data: Counted, shape: Shape) => void) => () =>
  fc.assert(
    fc.property(countedRows, fc.constantFrom(...SHAPES), (data, shape) => test(data, shape)),
    { numRuns: DATA_SETS },
  );

describe("from counts as from the rows they count", () => {
  it(
    "concordance of a score",
    everyShape((data, shape) => {
      const input = (columns: Columns) => {
        const { covariates, offset, ...rest } = coxOf(columns, shape);
        return { ...rest, risk: columns.z };
      };
      alike(data, input, (rows: ScoredOutcome) => concordance(rows), "concordance");
    }),
  );

  it(
    "what is asked before a fit, and of clusters",
    everyShape((data, shape) => {
      const input = (columns: Columns) => coxOf(columns, shape);
      alike(data, input, (rows: CoxInput) => eventsPerCovariate(rows), "events");
      const clustered = (columns: Columns) => ({ ...coxOf(columns, shape), cluster: columns.cluster });
      alike(data, clustered, (rows: Parameters<typeof wildScoreTest>[0]) => wildScoreTest(rows, "x"), "wild");
      const rows = clustered(copiesOf(data));
      const leftOut = (input: CoxInput & { cluster: readonly number[] }) => resultOf(() => leaveClusterOut(input));
      const without = [leftOut({ ...clustered(data.columns), counts: data.counts }), leftOut(rows)];
      // Where a maximum lies without end, how far its steps went is rounding, and whether that is said as well.
      if (without.some((one) => typeof one === "object" && !isFinished(one))) return;
      const told = (one: unknown) => (isLeaveOut(one) ? [one.clusters, one.standardErrors] : one);
      const nudges = () => SEEDS.map((seed) => told(leftOut(nudged(rows, seed))));
      expectAsKnown(told(without[0]), told(without[1]), "without a cluster", 1e-12, nudges);
    }),
  );

  it(
    "rows cut at times, and frames of rows",
    everyShape((data, shape) => {
      const transforms = [timeTransform("z", Math.sqrt, "√t")];
      alike(
        data,
        (columns) => coxOf(columns, shape),
        (rows: CoxInput) => {
          const fit = cox(atEventTimes(rows, transforms));
          return fit.warnings.length > 0 ? [] : [fit.terms, fit.n, fit.events];
        },
        "episodes",
        // The covariate and itself times √t are nearly one column.
        1e-10,
      );
      const { time, event, x } = data.columns;
      const rows = data.counts.map((count, i) => ({ count, time: time[i], event: event[i], x: x[i] }));
      const frame = modelFrame(rows, { time: "time", event: "event", counts: "count", covariates: ["x"] });
      expect(frame.counts).toEqual(data.counts);
    }),
  );

  it(
    "Kaplan–Meier's curves, their errors, and what is read off them",
    everyShape((data, shape) => {
      for (const options of [
        {},
        { robust: true },
        { stype: 2 },
        { ctype: 2 },
        { stype: 2, ctype: 2, robust: true },
        { confLower: "peto" },
      ] as const) {
        const robust: SurvivalCurve[][] = [];
        alike(
          data,
          (columns) => ({ ...outcomeOf(columns, shape), group: columns.group }),
          (input: Parameters<typeof kaplanMeier>[0]) => {
            const curves = kaplanMeier(input, options);
            robust.push(curves.filter((curve) => curve.robust));
            return curves.map((curve) => {
              const { influence: owed, ...rest } = curve;
              if (!curve.robust)
                return [rest, restrictedMean(curve, 4), atTimes(curve, [0, 2, 4]), quantile(curve, 0.3)];
              const { standardError, lower, upper, ...others } = rest;
              const at = atTimes(curve, [0, 2, 4]).map(({ survival, atRisk, events }) => [survival, atRisk, events]);
              return [others, restrictedMean(curve, 4).estimate, at, quantile(curve, 0.3).estimate];
            });
          },
          JSON.stringify(options),
        );
        const [some = [], all = []] = robust;
        // Squares of robust errors are sums of n squared influences, each of a weight up to 3 and up to the hazard, which cancel.
        for (const [g, { n, standardError, cumulativeHazard }] of all.entries()) {
          const terms = cumulativeHazard.map((hazard) => 9 * n * (1 + hazard) ** 2);
          expectSameErrors(some[g].standardError, standardError, terms);
        }
      }
    }),
  );

  it(
    "the log-rank family",
    everyShape((data, shape) => {
      const input = (columns: Columns) => ({
        ...outcomeOf(columns, shape),
        ...(columns.weight && shape.some((one) => one === "weights") && { weights: columns.weight.map(Math.ceil) }),
        group: columns.group,
        ...(shape.some((one) => one === "strata") && { strata: columns.stratum }),
      });
      for (const options of [
        {},
        { rho: 1 },
        { gamma: 1 },
        { weighting: "gehan" },
        { weighting: "tarone-ware" },
        { weighting: "peto-peto" },
      ] as const) {
        alike(
          data,
          input,
          (rows: Parameters<typeof logRank>[0]) => logRank(rows, options),
          `log-rank ${JSON.stringify(options)}`,
        );
        alike(data, input, (rows: Parameters<typeof logRank>[0]) => logRankTrend(rows, options), "trend");
      }
      alike(data, input, (rows: Parameters<typeof logRank>[0]) => pairwiseLogRank(rows), "pairs");
    }),
  );

  const models: readonly (readonly [CoxOptions, number])[] = [
    [{}, 1e-12],
    [{ ties: "breslow" }, 1e-12],
    [{ robust: true }, 1e-12],
    [{ ridge: 2 }, 1e-12],
    // Steps with Firth's penalty are not Newton's own, and limits of the profile end where it is 1e-11 off.
    [{ firth: true, robust: true, tolerance: 1e-14 }, 1e-12],
    [{ firth: true, tolerance: 1e-14 }, 1e-9],
    [{ profile: true, robust: false }, 1e-9],
  ];
  for (const [options, tolerance] of models) {
    it(
      `Cox's model, ${JSON.stringify(options)}`,
      everyShape((data, shape) => sameFits(data, shape, options, tolerance)),
    );
  }

  it(
    "Cox's model with exact ties",
    everyShape((data, shape) => {
      const few = { ...data, counts: data.counts.map((count) => 1 + (count % 4)) };
      sameFits(few, shape, { ties: "exact" }, 1e-12);
    }),
  );

  it(
    "frailties of groups",
    everyShape((data) => {
      for (const distribution of ["gamma", "gaussian"] as const) {
        alike(
          data,
          (columns) => ({ ...coxOf(columns, []), by: columns.cluster }),
          ({ by, ...input }: CoxInput & { by: number[] }) =>
            cox(input, { frailty: { by, distribution, variance: 0.4 } }),
          distribution,
        );
      }
    }),
  );

  for (const ties of ["efron", "breslow"] as const) {
    it(
      `what follows a fit of Cox's model, ${ties}`,
      everyShape((data, shape) => afterFit(data, shape, { ties })),
    );
  }
});

const isLeaveOut = (found: unknown): found is LeaveClusterOut =>
  typeof found === "object" && found !== null && "clusters" in found;

/** Whether no coefficient is missing or far out. */
const isFinished = (found: unknown): boolean =>
  isLeaveOut(found) &&
  found.clusters.every(({ coefficients }) => coefficients.every((one) => one !== null && Math.abs(one) < 10));

/**
 * Fits of rows that are nudged. Where one has a warning, or there is none, its result tells that nothing is known.
 */
function nudgedResults(data: Counted, shape: Shape, options: CoxOptions, of: (fit: CoxFit) => unknown): unknown[] {
  return SEEDS.map((seed) =>
    resultOf(() => {
      const fit = cox(nudged(coxOf(copiesOf(data), shape), seed), options);
      return fit.warnings.length > 0 ? "not known" : of(fit);
    }),
  );
}

/** Both fits, or what is said where there is none; null where the estimate is infinite, and goes as far as rounding allows. */
function fitsOf(data: Counted, shape: Shape, options: CoxOptions): readonly [CoxFit, CoxFit] | null {
  const inputs = [{ ...coxOf(data.columns, shape), counts: data.counts }, coxOf(copiesOf(data), shape)];
  const [fromCounts, fromRows] = inputs.map((input) => {
    try {
      return cox(input, options);
    } catch (error) {
      return String(error).replace(/\[\d+\]/g, "[]");
    }
  });
  if (typeof fromCounts === "string" || typeof fromRows === "string") {
    expectSame(fromCounts, fromRows);
    return null;
  }
  const kinds = (fit: CoxFit) => fit.warnings.map(({ kind }) => kind);
  expect(kinds(fromCounts)).toEqual(kinds(fromRows));
  return kinds(fromRows).includes("SeparationWarning") ? null : [fromCounts, fromRows];
}

function sameFits(data: Counted, shape: Shape, options: CoxOptions, tolerance: number): void {
  const fits = fitsOf(data, shape, options);
  if (fits === null) return;
  const split = ({ tests: { likelihoodRatio, ...tests }, ...fit }: CoxFit) => ({ likelihoodRatio, fit, tests });
  const [a, b] = fits.map(split);
  for (const part of ["fit", "tests"] as const) {
    const nudges = () => nudgedResults(data, shape, options, (fit) => split(fit)[part]);
    expectAsKnown(a[part], b[part], part, tolerance, nudges);
  }
  // A difference of two log likelihoods, whose digits it has, or as many as it has from the rows.
  const error = Math.abs(a.likelihoodRatio.chiSquare - b.likelihoodRatio.chiSquare);
  if (error < 1e-12 + 1e-14 * Math.abs(b.fit.logLikelihood.null)) return;
  const ratio = (fit: CoxFit) => fit.tests.likelihoodRatio.chiSquare;
  const nudges = nudgedResults(data, shape, options, ratio);
  expectSame(a.likelihoodRatio.chiSquare, b.likelihoodRatio.chiSquare, "likelihood ratio", 1e-14, nudges);
}

const perRow = (fit: CoxFit) => ({
  martingale: residuals(fit, "martingale"),
  deviance: residuals(fit, "deviance"),
  score: residuals(fit, "score"),
  dfbeta: residuals(fit, "dfbeta"),
  dfbetas: residuals(fit, "dfbetas"),
  predictors: linearPredictors(fit),
  influence: influence(fit).map(({ row, ...rest }) => rest),
});

const whole = (fit: CoxFit): Record<string, () => unknown> => ({
  baseline: () => [baselineHazard(fit), baselineHazard(fit, { centered: false })],
  curves: () =>
    predictSurvival(fit, [
      { x: 0, z: 1 },
      { x: 1, z: 3 },
    ]),
  predict: () => predict(fit, [{ x: 1, z: 2, time: 3, stratum: 1 }], { type: "expected" }),
  lp: () => predict(fit, [{ x: 1, z: 2, stratum: 1 }], { type: "lp" }),
  concordance: () => concordance(fit),
  uno: () => unoConcordance(fit, { tau: 5 }),
  brier: () => brier(fit, [2, 4]),
  calibration: () => calibration(fit, 3, { groups: 3 }),
  adjusted: () => adjustedCurves(fit, { arms: { none: { x: 0 }, all: { x: 1 } }, times: [2, 3], tau: 3 }),
  drift: () => coefficientOverTime(fit, { df: 3, points: 5 }).map(({ events, ...rest }) => inItsSize(rest)),
  ...Object.fromEntries(
    (["km", "rank", "identity", "log"] as const).map((transform) => [
      `proportional ${transform}`,
      () => {
        const { time, x, y, ...tests } = proportionalHazards(fit, { transform });
        return tests;
      },
    ]),
  ),
});

/** A curve in units of its largest value: its points are sums of the same coefficients of a spline, and have their digits. */
function inItsSize({ smooth, ...rest }: Omit<CoefficientOverTime, "events">) {
  const size = Math.max(1, ...smooth.flatMap(({ estimate, lower, upper }) => [estimate, lower, upper].map(Math.abs)));
  const scaled = smooth.map(({ x, estimate, lower, upper }) => [
    x,
    ...[estimate, lower, upper].map((one) => one / size),
  ]);
  return { ...rest, size, scaled };
}

function afterFit(data: Counted, shape: Shape, options: CoxOptions): void {
  const fits = fitsOf(data, shape, options);
  if (fits === null) return;
  const [a, b] = fits;
  const expanded = Object.entries(perRow(a)).map(([name, values]) => [name, repeated<unknown>(data, values)]);
  // The spline of the drift solves normal equations of truncated cubes, whose condition is 1e4 or so: it has a digit less, and
  // nudges do not show it, since its columns are of time.
  const asKnown = (found: unknown, expected: unknown, name: string, of: (fit: CoxFit) => unknown): void =>
    expectAsKnown(found, expected, name, name === "drift" ? 1e-11 : 1e-12, () =>
      nudgedResults(data, shape, options, of),
    );
  asKnown(Object.fromEntries(expanded), perRow(b), "by row", perRow);
  for (const [name, compute] of Object.entries(whole(a))) {
    asKnown(resultOf(compute), resultOf(whole(b)[name]), name, (fit) => whole(fit)[name]());
  }
  for (const type of ["schoenfeld", "scaledSchoenfeld"] as const) {
    const [one, other] = [residuals(a, type), residuals(b, type)];
    const rows = other.row.map(
      (row) =>
        repeated(
          data,
          data.counts.map((_, i) => i),
        )[row],
    );
    asKnown(
      rows.map((row) => one.values[one.row.indexOf(row)]),
      other.values,
      type,
      (fit) => residuals(fit, type).values,
    );
  }
}
