import { describe, expect, it, test } from "vitest";
import { InvalidInputError, seededRandom } from "../../lib/statistics";
import { type CoxFit, type CoxInput, cox, linearPredictors, residuals } from "../../lib/survival/cox/index";
import { logRank } from "../../lib/survival/index";
import { every } from "../e2e/support/every";
import { fc } from "../support/property";

import { expectAllClose, expectClose } from "./golden";

interface Rows {
  readonly time: number[];
  readonly event: number[];
  readonly x: number[];
  readonly z: number[];
}

const numRuns = { numRuns: 80 };

/** Rows with two covariates, tied times, and enough events; z is continuous, so that separation is rare. */
const rows: fc.Arbitrary<Rows> = fc
  .array(
    fc.record({
      time: fc.integer({ min: 1, max: 15 }),
      event: fc.boolean(),
      x: fc.boolean(),
      z: fc.integer({ min: -50, max: 50 }),
    }),
    { minLength: 20, maxLength: 50 },
  )
  .map((list) => ({
    time: list.map((row) => row.time),
    event: list.map((row, i) => (row.event || i < 8 ? 1 : 0)),
    x: list.map((row) => (row.x ? 1 : 0)),
    z: list.map((row) => row.z / 25),
  }));

const input = ({ time, event, x, z }: Rows): CoxInput => ({ time, event, covariates: { x, z } });

/** Fits whose maximum is finite; what is drawn otherwise is left out of the property. */
function settled(fit: CoxFit): boolean {
  return fit.warnings.length === 0 && fit.certificate.conditionNumber < 1e5;
}

function expectSameFit(actual: CoxFit, expected: CoxFit, tolerance = 1e-7) {
  expectAllClose(
    actual.terms.map((term) => term.coefficient),
    expected.terms.map((term) => term.coefficient),
    "coefficient",
    tolerance,
  );
  expectAllClose(actual.covariance?.flat() ?? [], expected.covariance?.flat() ?? [], "covariance", tolerance);
  expectClose(actual.logLikelihood.fitted, expected.logLikelihood.fitted, "likelihood", tolerance);
}

describe.each(["efron", "breslow"] as const)("cox with %s ties, for any rows", (ties) => {
  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (data, stream) => {
        const fit = cox(input(data), { ties });
        fc.pre(settled(fit));
        const order = data.time.map((_, i) => ({ i, key: stream.next().value })).sort((a, b) => a.key - b.key);
        const pick = (values: number[]) => order.map(({ i }) => values[i]);
        const shuffled = { time: pick(data.time), event: pick(data.event), x: pick(data.x), z: pick(data.z) };
        expectSameFit(cox(input(shuffled), { ties }), fit);
      }),
      numRuns,
    );
  });

  it("does not depend on the unit of time, and follows that of a covariate", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(30.4375, 1 / 12, 86_400), (data, unit) => {
        const fit = cox(input(data), { ties });
        fc.pre(settled(fit));
        const time = data.time.map((t) => t * unit);
        expectSameFit(cox({ ...input(data), time }, { ties }), fit);
        const scaled = cox({ ...input(data), covariates: { x: data.x, z: data.z.map((z) => z * unit) } }, { ties });
        expectClose(scaled.terms[1].coefficient * unit, fit.terms[1].coefficient, "coefficient", 1e-7);
      }),
      numRuns,
    );
  });

  it("is not changed by splitting rows at some time", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 14 }), (data, cut) => {
        const fit = cox(input(data), { ties });
        fc.pre(settled(fit));
        const pieces = data.time.flatMap((t, i) =>
          t > cut
            ? [
                { i, entry: 0, time: cut, event: 0 },
                { i, entry: cut, time: t, event: data.event[i] },
              ]
            : [{ i, entry: 0, time: t, event: data.event[i] }],
        );
        const split = cox(
          {
            entry: pieces.map((piece) => piece.entry),
            time: pieces.map((piece) => piece.time),
            event: pieces.map((piece) => piece.event),
            covariates: { x: pieces.map(({ i }) => data.x[i]), z: pieces.map(({ i }) => data.z[i]) },
          },
          { ties },
        );
        expectSameFit(split, fit);
      }),
      numRuns,
    );
  });

  it("gives zero coefficients when refitted on its own linear predictors as offset", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const fit = cox(input(data), { ties });
        fc.pre(settled(fit));
        const refit = cox({ ...input(data), offset: linearPredictors(fit) }, { ties });
        for (const term of refit.terms)
          expect(Math.abs(term.coefficient)).toBeLessThan(1e-7 * (1 + term.standardError));
        expectClose(refit.logLikelihood.null, fit.logLikelihood.fitted, "likelihood", 1e-9);
      }),
      numRuns,
    );
  });

  it("has martingale and score residuals that sum to zero, and intervals around the estimate", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const fit = cox(input(data), { ties });
        fc.pre(settled(fit));
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(Math.abs(sum(residuals(fit, "martingale")))).toBeLessThan(1e-9);
        const score = residuals(fit, "score");
        fit.terms.forEach((term, j) => {
          expect(Math.abs(sum(score.map((row) => row[j])))).toBeLessThan(1e-6);
          expect(term.lower).toBeLessThanOrEqual(term.hazardRatio);
          expect(term.upper).toBeGreaterThanOrEqual(term.hazardRatio);
        });
      }),
      numRuns,
    );
  });
});

describe("cox, for any rows", () => {
  it("treats a weight of 2 as two rows with Breslow's ties", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const fit = cox({ ...input(data), weights: data.time.map((_, i) => 1 + (i % 2)) }, { ties: "breslow" });
        fc.pre(settled(fit));
        const twice = (values: number[]) => values.flatMap((value, i) => (i % 2 === 1 ? [value, value] : [value]));
        const repeated = {
          time: twice(data.time),
          event: twice(data.event),
          x: twice(data.x),
          z: twice(data.z),
        };
        expectSameFit(cox(input(repeated), { ties: "breslow" }), fit);
      }),
      numRuns,
    );
  });

  it("is the same with Efron's, Breslow's and exact ties where none are tied", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const untied = { ...input(data), time: data.time.map((t, i) => t + i / 100) };
        const efron = cox(untied);
        fc.pre(settled(efron));
        expectSameFit(cox(untied, { ties: "breslow" }), efron);
        expectSameFit(cox(untied, { ties: "exact" }), efron);
      }),
      numRuns,
    );
  });

  it("has the log-rank test as the score test of one binary covariate, exactly with exact ties", () => {
    fc.assert(
      fc.property(rows, (data) => {
        fc.pre(data.x.includes(0) && data.x.includes(1));
        const fit = cox({ time: data.time, event: data.event, covariates: { x: data.x } }, { ties: "exact" });
        fc.pre(fit.terms.length === 1);
        const test = logRank({ time: data.time, event: data.event, group: data.x });
        expectClose(fit.tests.score.chiSquare, test.chiSquare, "chi-square", 1e-8);
      }),
      numRuns,
    );
  });

  it("leaves strata alone: shifting one stratum's times changes nothing", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const strata = data.time.map((_, i) => (i % 2 === 0 ? "even" : "odd"));
        const fit = cox({ ...input(data), strata });
        fc.pre(settled(fit));
        const time = data.time.map((t, i) => (i % 2 === 0 ? t : t + 7));
        expectSameFit(cox({ ...input(data), strata, time }), fit);
      }),
      numRuns,
    );
  });
});

describe("limits of small samples after Firth's penalty", () => {
  /** Few rows, few events, covariates that nearly separate: what the penalty is for. */
  const sample = (seed: number) => {
    const random = seededRandom(seed);
    const [n, columns] = [4 + random.integer(20), 1 + random.integer(3)];
    const time = Array.from({ length: n }, () => 1 + random.integer(8));
    const event = Array.from({ length: n }, () => random.next() < 0.5);
    const value = () => (random.next() < 0.5 ? random.integer(2) : Math.round(10 * random.next()) / 10);
    const column = () => Array.from({ length: n }, value);
    const covariates = Object.fromEntries(Array.from({ length: columns }, (_, j) => [`x${j}`, column()]));
    return { time, event, covariates };
  };
  // In these a step from the limit before ended nowhere, and the limit was no number.
  const LOST = [419, 563, 1220, 1235, 1418, 1708, 2403];

  test.each([LOST, Array.from({ length: every ? 3000 : 150 }, (_, i) => i + 1)])(
    "are numbers",
    (...seeds) => {
      for (const seed of seeds) {
        const input = sample(seed);
        if (!input.event.some(Boolean)) continue;
        for (const { name, coefficient, lower, upper } of coxTerms(input)) {
          expect([
            seed,
            name,
            Number.isFinite(coefficient),
            lower <= Math.exp(coefficient),
            upper >= Math.exp(coefficient),
          ]).toEqual([seed, name, true, true, true]);
        }
      }
    },
    600_000,
  );

  /** The terms of a fit, none where nothing can be estimated, which is an error that says so. */
  function coxTerms(input: ReturnType<typeof sample>) {
    try {
      return cox(input, { firth: true }).terms;
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      return [];
    }
  }
});

describe("rows that enter and end between two events", () => {
  // They are in no risk set. Added to a sum and taken away again, their risk left its rounding in all smaller ones.
  test.each([{ ties: "efron" }, { ties: "breslow" }] as const)(
    "change no estimate, however large their risk: %o",
    (options) => {
      fc.assert(
        fc.property(rows, fc.integer({ min: 20, max: 40 }), ({ time, event, x, z }, large) => {
          const entry = time.map(() => 0);
          const alone = { time, event, entry, covariates: { x, z } };
          const between = [...new Set(time)].map((t) => ({ entry: t + 0.2, time: t + 0.4 }));
          const more = {
            time: [...time, ...between.map((row) => row.time)],
            event: [...event, ...between.map(() => 0)],
            entry: [...entry, ...between.map((row) => row.entry)],
            covariates: {
              x: [...x, ...between.map(() => 0)],
              z: [...z, ...between.map((_, i) => (i % 2 ? large : -large))],
            },
          };
          const [fit, same] = [alone, more].map((input) => cox(input, options));
          if (fit === undefined || same === undefined || fit.warnings.length > 0) return;
          expectAllClose(
            same.terms.map(({ coefficient }) => coefficient),
            fit.terms.map(({ coefficient }) => coefficient),
            "coefficients",
          );
          expectAllClose(
            same.terms.map(({ standardError }) => Number(standardError)),
            fit.terms.map(({ standardError }) => Number(standardError)),
            "standard errors",
          );
        }),
        numRuns,
      );
    },
  );
});
