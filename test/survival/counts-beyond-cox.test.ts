import { describe, expect, it } from "vitest";
import { weightedCurves } from "../../lib/comparability";
import {
  type CumulativeIncidence,
  concordance,
  cox,
  cumulativeIncidence,
  fineGray,
  fineGrayData,
  flexibleParametric,
  grayTest,
  parametric,
  predictIncidence,
  restrictedMeanRegression,
  splitPopulation,
  turnbull,
} from "../../lib/survival";
import { fc } from "../support/property";
import { type Counted, copiesOf, countedRows, DATA_SETS, expectAsKnown, nudged, resultOf } from "./counted";

type Columns = Record<string, readonly number[]>;

/** Of nudges. */
const SEEDS = [1, 2, 3];

/** What is computed from counts is what is computed from the rows. */
function alike<Input extends object>(
  data: Counted,
  input: (columns: Columns) => Input,
  compute: (input: Input) => unknown,
  place: string,
  tolerance = 1e-12,
): void {
  const fromCounts = resultOf(() => compute({ ...input(data.columns), counts: data.counts }));
  const fromRows = resultOf(() => compute(input(copiesOf(data))));
  const nudges = () => SEEDS.map((seed) => resultOf(() => compute(nudged(input(copiesOf(data)), seed))));
  expectAsKnown(fromCounts, fromRows, place, tolerance, nudges);
}

const PARTS = [[], ["entry"], ["weights"], ["strata"], ["cluster"], ["entry", "weights", "strata", "cluster"]] as const;

/** Runs a check on random data with each of some parts beside it. */
const each = (parts: readonly string[], check: (data: Counted, pick: (columns: Columns) => object) => void) => () => {
  const shapes = PARTS.filter((shape) => shape.every((part) => parts.includes(part)));
  fc.assert(
    fc.property(countedRows, fc.constantFrom(...shapes), (data, shape) => {
      const has = (name: string) => shape.some((one) => one === name);
      check(data, (columns) => ({
        ...(has("entry") && { entry: columns.entry }),
        ...(has("weights") && { weights: columns.weight }),
        ...(has("strata") && { strata: columns.stratum }),
        ...(has("cluster") && { cluster: columns.cluster }),
      }));
    }),
    { numRuns: DATA_SETS },
  );
};

const causes = ({ time, event, z }: Columns) => ({
  time,
  cause: event.map((one, i) => (one === 0 ? 0 : 1 + (z[i] % 2))),
});
const covariates = ({ x, z }: Columns) => ({ covariates: { x, z: z.map((value) => value % 3) } });

/** An incidence without its errors and limits. */
const withoutErrors = ({ causes, ...curve }: CumulativeIncidence) => ({
  ...curve,
  causes: causes.map(({ standardError, lower, upper, ...cause }) => cause),
});

/**
 * Errors of incidences are the same. Their squares are sums over n rows, of squares and products that cancel and are up to 9 each
 * (weights are up to 3): they are known to so many roundings, those of rows no better than those of counts.
 */
function sameErrors(found: CumulativeIncidence, expected: CumulativeIncidence): void {
  const rounding = 9 * expected.n * 2 ** -52;
  for (const [c, cause] of expected.causes.entries()) {
    for (const [k, error] of cause.standardError.entries()) {
      const other = found.causes[c].standardError[k];
      expect(other === null).toBe(error === null);
      if (error === null || other === null) continue;
      expect(Math.abs(other ** 2 - error ** 2)).toBeLessThanOrEqual(1e-12 * error ** 2 + rounding);
      // Limits lie two errors apart from the incidence, whatever their scale.
      const off = 1e-12 + 4 * Math.abs(other - error);
      for (const limit of ["lower", "upper"] as const) {
        const [a, b] = [found.causes[c][limit][k] ?? 0, cause[limit][k] ?? 0];
        expect(Math.abs(a - b)).toBeLessThanOrEqual(off);
      }
    }
  }
}

describe("competing risks from counts", () => {
  it(
    "incidences and their errors",
    each(["entry", "weights"], (data, pick) => {
      const input = (columns: Columns) => ({ ...causes(columns), group: columns.group, ...pick(columns) });
      alike(
        data,
        input,
        (rows) => cumulativeIncidence(rows).map((curve) => [withoutErrors(curve), curve.n]),
        "incidence",
      );
      const [some, all] = [{ ...input(data.columns), counts: data.counts }, input(copiesOf(data))].map((rows) =>
        resultOf(() => cumulativeIncidence(rows)),
      );
      if (!Array.isArray(some) || !Array.isArray(all)) return;
      for (const [g, curve] of all.entries()) sameErrors(some[g], curve);
    }),
  );

  it(
    "Gray's test",
    each(["strata"], (data, pick) => {
      const input = (columns: Columns) => ({ ...causes(columns), group: columns.group, ...pick(columns) });
      alike(data, input, (rows) => [grayTest(rows), grayTest(rows, { rho: 1 })], "Gray");
    }),
  );

  it(
    "Fine and Gray's model",
    each(["entry", "weights", "strata", "cluster"], (data, pick) => {
      const input = (columns: Columns) => ({ ...causes(columns), ...covariates(columns), ...pick(columns) });
      for (const ties of ["efron", "breslow"] as const) {
        alike(
          data,
          input,
          (rows) => {
            const fit = fineGray(rows, { cause: 1, ties });
            const { data: expanded, fit: model, ...numbers } = fit;
            if (model.warnings.length > 0) return [numbers.n, numbers.events, model.warnings.map(({ kind }) => kind)];
            // The likelihood ratio is a difference of sums that nearly cancel.
            const { tests, ...rest } = model;
            const curves = predictIncidence(fit, [{ x: 1, z: 2 }]);
            return [numbers, rest, tests.wald, tests.score, curves, concordance(model).standardError];
          },
          ties,
          1e-12,
        );
      }
    }),
  );

  it(
    "its rows, as cox() takes them with each copy a cluster of its own",
    each(["entry"], (data, pick) => {
      const input = (columns: Columns) => ({ ...causes(columns), ...pick(columns), x: columns.x });
      alike(
        data,
        input,
        ({ x, ...rows }) => {
          const expanded = fineGrayData(rows, { cause: 1 });
          const fit = cox({
            ...expanded,
            covariates: { x: Array.from(expanded.row, (i) => x[i]) },
            cluster: expanded.row,
          });
          return fit.warnings.length > 0 ? [] : [fit.n, fit.terms, concordance(fit)];
        },
        "rows",
        1e-12,
      );
    }),
  );
});

describe("other estimates from counts", () => {
  it(
    "Turnbull's",
    each(["entry", "weights"], (data, pick) => {
      const input = (columns: Columns) => ({
        lower: columns.time,
        upper: columns.time.map((time, i) => (columns.event[i] === 1 ? time + (columns.z[i] % 3) : Infinity)),
        group: columns.group,
        ...pick(columns),
      });
      const entered = (columns: Columns) => {
        const { entry, ...rest }: { entry?: readonly number[] } & ReturnType<typeof input> = input(columns);
        return { ...rest, ...(entry && { entry: entry.map((time, i) => Math.min(time, columns.time[i] - 1)) }) };
      };
      // Two ways to the maximum: it is known to 1e-10 events per row.
      alike(data, entered, (rows) => turnbull(rows).map(({ unique, ...curve }) => curve), "Turnbull", 1e-12);
    }),
  );

  it(
    "restricted means by covariates",
    each(["cluster"], (data, pick) => {
      const input = ({ time, event, ...columns }: Columns) => ({
        time,
        event,
        ...covariates(columns),
        ...pick(columns),
      });
      for (const errors of ["HC0", "HC3"] as const) {
        alike(
          data,
          input,
          (rows) => {
            const { pseudoValues, ...fit } = restrictedMeanRegression(rows, { tau: 4, errors });
            return fit;
          },
          errors,
        );
      }
    }),
  );

  it(
    "models with a form",
    each(["entry", "weights", "cluster"], (data, pick) => {
      const input = ({ time, event, ...columns }: Columns) => ({
        time,
        event,
        ...covariates(columns),
        ...pick({ time, event, ...columns }),
      });
      alike(data, input, (rows) => parametric(rows, { distribution: "weibull" }), "Weibull", 1e-10);
      alike(data, input, (rows) => flexibleParametric(rows, { knots: 1 }), "spline", 1e-8);
      alike(
        data,
        ({ time, event }: Columns) => ({ time, event }),
        (rows) => {
          const { share, warnings, ...fit } = splitPopulation(rows);
          // Where nobody stays, the share's log odds are where the search for their end stopped.
          const kinds = warnings.map(({ kind }) => kind);
          return kinds.length > 0 ? [kinds, fit.n, fit.logLikelihood] : [share, fit];
        },
        "split population",
        1e-12,
      );
    }),
  );

  it(
    "weighted curves",
    each([], (data) => {
      const input = ({ time, event, group, weight }: Columns) => ({ time, event, group, weights: weight });
      alike(data, input, (rows) => weightedCurves(rows).map(({ influence, ...curve }) => curve), "weighted");
    }),
  );
});

describe("counts of clusters", () => {
  const rows = { time: [1, 2, 3, 4], event: [1, 0, 1, 1], covariates: { x: [0, 1, 1, 0] }, counts: [2, 2, 3, 3] };

  it("need clusters, counts, and one count in each", () => {
    expect(() => cox({ ...rows, counted: "clusters" })).toThrow('cox: counted is "clusters", and cluster is missing');
    expect(() => cox({ ...rows, counts: undefined, cluster: [1, 1, 2, 2], counted: "clusters" })).toThrow(
      "counts is missing",
    );
    expect(() => cox({ ...rows, cluster: [1, 1, 1, 2], counted: "clusters" })).toThrow(
      'cox: counts[2] is 3, and another row of the cluster "1" has 2',
    );
  });
});
