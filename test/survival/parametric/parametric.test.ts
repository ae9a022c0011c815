import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInputError, NoEventsError } from "../../../lib/statistics";
import { cox, flexibleParametric, kaplanMeier, parametric, smoothCurve, splitPopulation } from "../../../lib/survival";
import { expectClose } from "../golden";

const distributions = ["exponential", "weibull", "lognormal", "loglogistic", "gompertz", "gamma"] as const;

/** Twenty rows with times that differ, some censored, and one covariate. */
const rows = fc
  .array(
    fc.record({
      time: fc.integer({ min: 1, max: 400 }),
      event: fc.integer({ min: 0, max: 3 }),
      x: fc.integer({ min: 0, max: 4 }),
    }),
    {
      minLength: 20,
      maxLength: 30,
    },
  )
  .map((all) => ({
    time: all.map(({ time }) => time / 10),
    event: all.map(({ event }, i): number => (i < 3 || event > 0 ? 1 : 0)),
    covariates: { x: all.map(({ x }) => x) },
  }))
  .filter(({ covariates, time }) => new Set(covariates.x).size > 2 && new Set(time).size > 8);

const coefficients = (terms: readonly { coefficient: number }[]) => terms.map(({ coefficient }) => coefficient);

describe("one model said in two ways", () => {
  it("without inner knots the spline is Weibull's, the log-logistic and the log-normal model", () => {
    fc.assert(
      fc.property(rows, (input) => {
        for (const [scale, distribution] of [
          ["hazard", "weibull"],
          ["odds", "loglogistic"],
          ["normal", "lognormal"],
        ] as const) {
          const spline = flexibleParametric(input, { knots: 0, scale });
          const named = parametric(input, { distribution });
          if (!named.converged) continue;
          expectClose(spline.logLikelihood.fitted, named.logLikelihood.fitted, scale, 1e-10);
          // log H = (log t − η)/σ: the coefficient is minus the accelerated one by the scale.
          const beta = -named.terms[1].coefficient / named.scale;
          expect(Math.abs(spline.terms[2].coefficient - beta)).toBeLessThan(1e-6 * (1 + Math.abs(beta)));
          expectClose(spline.terms[1].coefficient, 1 / named.scale, "shape", 1e-6);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("Gompertz's model with shape 0 and Weibull's with scale 1 are exponential: neither has a lower likelihood", () => {
    fc.assert(
      fc.property(rows, (input) => {
        const atLeast = parametric(input, { distribution: "exponential" }).logLikelihood.fitted;
        for (const distribution of ["gompertz", "weibull", "gamma"] as const) {
          expect(parametric(input, { distribution }).logLikelihood.fitted).toBeGreaterThan(atLeast - 1e-9);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("another unit of time moves the intercept only, and the likelihood by the events' logarithms", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...distributions), (input, distribution) => {
        const days = parametric(input, { distribution });
        const hours = parametric({ ...input, time: input.time.map((t) => t * 24) }, { distribution });
        if (!days.converged) return;
        const events = input.event.reduce((sum, e) => sum + e, 0);
        expectClose(hours.logLikelihood.fitted, days.logLikelihood.fitted - events * Math.log(24), "likelihood", 1e-9);
        hours.terms.forEach(({ coefficient }, j) => {
          const moved = days.terms[j].coefficient + (j === 0 ? Math.log(24) : 0);
          expect(Math.abs(coefficient - moved)).toBeLessThan(1e-5 * (1 + Math.abs(moved)));
        });
      }),
      { numRuns: 20 },
    );
  });

  it("weights that are whole numbers are copies, an entry at 0 is none, and a constant column is left out", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...distributions), (input, distribution) => {
        const once = parametric(input, { distribution });
        if (!once.converged) return;
        const zero = input.time.map(() => 0);
        expect(parametric({ ...input, entry: zero }, { distribution })).toEqual(once);
        const constant = parametric(
          { ...input, covariates: { ...input.covariates, c: zero.map(() => 7) } },
          { distribution },
        );
        expect([constant.aliased, constant.terms]).toEqual([["c"], once.terms]);
        const twice = (values: readonly number[]) => [...values, ...values];
        const copies = {
          time: twice(input.time),
          event: twice(input.event),
          covariates: { x: twice(input.covariates.x) },
        };
        const weighted = parametric({ ...input, weights: zero.map(() => 2) }, { distribution });
        const copied = parametric(copies, { distribution });
        weighted.terms.forEach((term, j) => {
          expect(Math.abs(term.coefficient - copied.terms[j].coefficient)).toBeLessThan(1e-6);
        });
      }),
      { numRuns: 15 },
    );
  });
});

describe("smoothCurve", () => {
  it("is between its limits, falls, and its hazard is the slope of its cumulative hazard", () => {
    const time = [59, 115, 156, 421, 431, 448, 464, 475, 477, 563, 638, 744, 769, 770, 803, 855, 1040, 1106];
    const event = [1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1];
    const x = time.map((_, i) => i % 3);
    const input = { time, event, covariates: { x } };
    const fits = [
      ...distributions.map((distribution) => parametric(input, { distribution })),
      ...(["hazard", "odds", "normal"] as const).map((scale) => flexibleParametric(input, { knots: 1, scale })),
      splitPopulation({
        time: time.map((t) => (t > 600 ? 2000 : t)),
        event: event.map((e, i) => (time[i] > 600 ? 0 : e)),
        covariates: { x },
      }),
    ];
    for (const fit of fits) {
      const at = [200, 200.01, 400, 800];
      const curve = smoothCurve(fit, { covariates: { x: 1 } }, at);
      const slope = (curve.cumulativeHazard[1] - curve.cumulativeHazard[0]) / 0.01;
      expectClose(curve.hazard[0], slope, "hazard", 1e-4);
      at.forEach((_, k) => {
        expectClose(curve.survival[k], Math.exp(-curve.cumulativeHazard[k]), "survival", 1e-12);
        expect(curve.lower[k]).toBeLessThan(curve.survival[k]);
        expect(curve.upper[k]).toBeGreaterThan(curve.survival[k]);
        expect(curve.hazardLower[k]).toBeLessThan(curve.hazard[k]);
        if (k > 0) expect(curve.survival[k]).toBeLessThanOrEqual(curve.survival[k - 1]);
      });
    }
  });

  it("the exponential's limits are those of its rate", () => {
    const fit = parametric({ time: [2, 3, 5, 9], event: [1, 1, 0, 1] }, { distribution: "exponential" });
    const { survival, upper } = smoothCurve(fit, {}, [4]);
    expectClose(survival[0], Math.exp((-4 * 3) / 19), "survival", 1e-12);
    expectClose(upper[0], Math.exp(((-4 * 3) / 19) * Math.exp(-1.959963984540054 / Math.sqrt(3))), "upper", 1e-8);
  });
});

describe("splitPopulation", () => {
  it("finds the share of a plateau, beside Kaplan–Meier's", () => {
    const time = Array.from({ length: 60 }, (_, i) => (i < 40 ? 1 + ((i * 7) % 23) : 60));
    const event = time.map((_, i) => (i < 40 ? 1 : 0));
    const fit = splitPopulation({ time, event });
    const [curve] = kaplanMeier({ time, event });
    expectClose(fit.never, curve.survival.at(-1) ?? null, "plateau", 1e-3);
    expect(fit.logLikelihood.fitted).toBeGreaterThan(fit.logLikelihood.everyone);
  });

  it("says so where nobody stays", () => {
    const time = Array.from({ length: 30 }, (_, i) => i + 1);
    const fit = splitPopulation({ time, event: time.map(() => 1) });
    expect(fit.warnings[0].message).toContain("no share that stays is found");
    expect(fit.share[0].standardError).toBe(null);
    expectClose(fit.logLikelihood.fitted, fit.logLikelihood.everyone, "likelihood", 1e-6);
  });
});

describe("data without an answer", () => {
  const time = [1, 2, 3, 4, 5, 6, 7, 8];
  const event = [1, 1, 1, 1, 0, 0, 0, 0];

  it("separation: no finite coefficient, no standard error, and a warning that names it", () => {
    const input = { time, event, covariates: { x: [0, 0, 0, 0, 1, 1, 1, 1], z: [1, 2, 1, 3, 1, 2, 3, 1] } };
    for (const distribution of distributions) {
      const fit = parametric(input, { distribution });
      expect(fit.warnings.map(({ kind }) => kind)).toContain("SeparationWarning");
      const x = fit.terms.find(({ name }) => name === "x");
      expect([x?.standardError, x?.pValue, fit.covariance]).toEqual([null, null, null]);
    }
    expect(flexibleParametric(input).warnings.map(({ kind }) => kind)).toContain("SeparationWarning");
  });

  it("separation leaves the other coefficients with the errors that they have without the group that has no event", () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      time: 1 + ((7 * i) % 23) + i / 100,
      event: i % 3 === 0 || i % 4 === 0 ? 0 : 1,
      z: (i * i) % 11,
      x: i % 4 === 0 ? 1 : 0,
    }));
    const column = (some: typeof rows, name: keyof (typeof rows)[number]) => some.map((row) => row[name]);
    const inputOf = (some: typeof rows, covariates: readonly ("x" | "z")[]) => ({
      time: column(some, "time"),
      event: column(some, "event"),
      covariates: Object.fromEntries(covariates.map((name) => [name, column(some, name)])),
    });
    // As a dummy of the group without events, and as one of the others, whose intercept then goes to infinity, too.
    const other = rows.map((row) => ({ ...row, x: 1 - row.x }));
    const rest = inputOf(
      rows.filter(({ x }) => x === 0),
      ["z"],
    );
    const fits = [parametric(rest, { distribution: "weibull" }), flexibleParametric(rest, { knots: 1 })];
    for (const some of [rows, other]) {
      const input = inputOf(some, ["z", "x"]);
      const separated = [parametric(input, { distribution: "weibull" }), flexibleParametric(input, { knots: 1 })];
      separated.forEach(({ terms }, k) => {
        const of = (name: string, from: typeof terms) => from.find((term) => term.name === name);
        const known = k === 0 ? ["z", "log(scale)"] : ["z", "gamma1", "gamma2"];
        for (const name of known) {
          const [found, expected] = [of(name, terms), of(name, fits[k].terms)];
          expectClose(found?.coefficient ?? null, expected?.coefficient ?? null, name, 1e-5);
          expectClose(found?.standardError ?? null, expected?.standardError ?? null, `${name}, error`, 1e-5);
        }
        expect(of("x", terms)).toMatchObject({ standardError: null, pValue: null });
        const intercept = of(k === 0 ? "(Intercept)" : "gamma0", terms);
        expect(intercept?.standardError === null).toBe(some === other);
      });
    }
  });

  it("all events at one time: the likelihood of a scale rises for ever", () => {
    const fit = parametric({ time: [3, 3, 3, 3], event: [1, 1, 1, 1] }, { distribution: "weibull" });
    expect(fit.warnings.map(({ kind }) => kind)).toEqual(["ConvergenceWarning"]);
    expect(fit.terms.map(({ standardError }) => standardError)).toEqual([null, null]);
  });

  it("a time of 0, no event, a spline with more knots than times, unknown options", () => {
    expect(() => parametric({ time: [0, 1], event: [1, 1] }, { distribution: "weibull" })).toThrow(
      /time\[0\] is 0; times above 0/,
    );
    expect(() => parametric({ time, event: time.map(() => 0) }, { distribution: "gamma" })).toThrow(NoEventsError);
    expect(() => flexibleParametric({ time: [1, 1, 2], event: [1, 1, 1] })).toThrow(
      /2 distinct times and the spline 3 knots/,
    );
    expect(() => flexibleParametric({ time, event }, { knots: [2, 9] })).toThrow(
      /knots\[1\] is 9; times between the first event at 1 and the last at 4/,
    );
    expect(() =>
      splitPopulation({ time, event, strata: time } as object as { time: number[]; event: number[] }),
    ).toThrow(/field "strata"/);
    expect(() =>
      smoothCurve(parametric({ time, event }, { distribution: "weibull" }), { covariates: { x: 1 } }, [1]),
    ).toThrow(InvalidInputError);
  });

  it("one cluster has no robust variance, so that there are no limits and no p value", () => {
    const fit = parametric({ time, event, cluster: time.map(() => "Iran") }, { distribution: "exponential" });
    expect(fit.warnings.map(({ kind }) => kind)).toEqual(["FewClustersWarning"]);
    expect(fit.terms[0]).toMatchObject({ robustStandardError: null, lower: null, upper: null, z: null, pValue: null });
    expect(fit.covariance).toBe(null);
  });
});

it("events at one time alone have no scale, in whatever family, and say so", () => {
  const input = { time: [2, 2, 2, 2], event: [1, 1, 1, 1], covariates: { x: [1, 0, 1, 0] } };
  for (const distribution of ["weibull", "lognormal", "loglogistic", "gamma", "gompertz"] as const) {
    const fit = parametric(input, { distribution });
    expect(fit.warnings.map(({ kind }) => kind)).toEqual([expect.stringMatching(/^(Convergence|Separation)Warning$/)]);
    expect(fit.terms.map(({ pValue }) => pValue)).toEqual(fit.terms.map(() => null));
  }
});

it("Weibull's coefficient by minus the scale is near Cox's, whose baseline is open", () => {
  const time = Array.from({ length: 80 }, (_, i) => 1 + ((i * 37) % 61));
  const x = time.map((_, i) => i % 2);
  const input = {
    time: time.map((t, i) => t * (x[i] === 1 ? 0.6 : 1)),
    event: time.map((_, i) => (i % 5 === 0 ? 0 : 1)),
    covariates: { x },
  };
  const fit = parametric(input, { distribution: "weibull" });
  expect(-fit.terms[1].coefficient / fit.scale).toBeCloseTo(cox(input).terms[0].coefficient, 0);
  expect(coefficients(fit.terms)).toHaveLength(3);
});
