import { describe, expect, it } from "vitest";
import { flexibleParametric, type ParametricTerm, parametric, splitPopulation } from "../../../lib/survival";
import { expectClose, readGolden } from "../golden";

type Columns = Record<string, number[]>;

interface Case {
  readonly set: string;
  /** The distribution, or the scale of a spline. */
  readonly distribution: "weibull";
  readonly covariates: string[];
  readonly extra: string[];
  readonly share: string[] | null;
  readonly inner?: number;
  readonly knots?: number[];
  readonly coefficients: number[];
  readonly errors: (number | null)[];
  readonly robust: number[] | null;
  readonly logLikelihood: number[] | number;
}

const { sets, survreg, own, splines, split } = readGolden<
  { sets: Record<string, Columns> } & Record<"survreg" | "own" | "splines" | "split", Case[]>
>("parametric");

const named = (cases: readonly Case[]) =>
  cases.map((one) => ({
    ...one,
    name: [one.set, one.distribution, one.inner, ...one.covariates, "|", ...one.extra, ...(one.share ?? [])].join(" "),
  }));

function inputOf({ set, covariates, extra, share }: Case) {
  const columns = sets[set];
  const some = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, columns[name]]));
  return {
    time: columns.time,
    event: columns.event,
    ...some(extra),
    covariates: some(covariates),
    ...(share === null ? {} : { share: some(share) }),
  };
}

function expectTerms(terms: readonly ParametricTerm[], r: Case, tolerance: number, errorTolerance = tolerance) {
  expect(terms.map(({ coefficient }) => coefficient).length).toBe(r.coefficients.length);
  terms.forEach(({ name, coefficient, standardError, robustStandardError }, j) => {
    // A coefficient that is far smaller than its error has fewer digits.
    const within = Math.max(tolerance, (tolerance * (r.errors[j] ?? 0)) / Math.abs(r.coefficients[j]));
    expectClose(coefficient, r.coefficients[j], name, within);
    expectClose(standardError, r.errors[j], `${name}, error`, errorTolerance);
    if (r.robust !== null && r.robust !== undefined)
      expectClose(robustStandardError, r.robust[j], `${name}, robust`, errorTolerance);
  });
}

describe("parametric agrees with R's survreg", () => {
  it.each(named(survreg))("$name", (r) => {
    const fit = parametric(inputOf(r), { distribution: r.distribution });
    expect(fit.converged).toBe(true);
    expectTerms(fit.terms, r, 1e-8);
    const [atNull, fitted = atNull] = Array.isArray(r.logLikelihood) ? r.logLikelihood : [r.logLikelihood];
    expectClose(fit.logLikelihood.null, atNull, "null");
    expectClose(fit.logLikelihood.fitted, fitted, "fitted");
    expectClose(fit.aic, 2 * fit.terms.length - 2 * fitted, "AIC");
  });
});

// Nine digits of a maximum that R found by numeric derivatives, six of its errors.
describe("the maximum of the likelihood written down in R", () => {
  it.each(named(own))("parametric: $name", (r) => {
    const fit = parametric(inputOf(r), { distribution: r.distribution });
    expectTerms(fit.terms, r, 1e-7, 1e-5);
    expectClose(fit.logLikelihood.fitted, Number(r.logLikelihood), "fitted", 1e-10);
  });

  it.each(named(splines))("flexibleParametric: $name", (r) => {
    const scale: string = r.distribution;
    if (scale !== "hazard" && scale !== "odds" && scale !== "normal") throw new Error(scale);
    const fit = flexibleParametric(inputOf(r), { knots: r.inner, scale });
    fit.knots.forEach((knot, k) => {
      expectClose(knot, r.knots?.[k] ?? null, "knot", 1e-12);
    });
    expectTerms(fit.terms, r, 1e-7, 1e-5);
    expectClose(fit.logLikelihood.fitted, Number(r.logLikelihood), "fitted", 1e-10);
  });

  it.each(named(split))("splitPopulation: $name", (r) => {
    const fit = splitPopulation(inputOf(r), { distribution: r.distribution });
    expectTerms([...fit.share, ...fit.time], r, 1e-7, 1e-5);
    expectClose(fit.logLikelihood.fitted, Number(r.logLikelihood), "fitted", 1e-10);
  });
});

// What other programs print of the same data (survival's gbsg is flexsurv's bc).
describe("published values", () => {
  const { time, event } = sets.gbsg;
  const breast = { time, event };
  const toEvents = (logLikelihood: number) =>
    logLikelihood + time.reduce((sum, t, i) => sum + (event[i] === 1 ? Math.log(t) : 0), 0);

  it("flexsurv 2.3, tests of flexsurvreg: the gamma and the log-normal distribution, ovarian", () => {
    const women = { time: sets.ovarian.time, event: sets.ovarian.event };
    expectClose(parametric(women, { distribution: "gamma" }).logLikelihood.fitted, -97.86379723453011, "gamma", 1e-10);
    expectClose(
      parametric(women, { distribution: "lognormal" }).logLikelihood.fitted,
      -97.12174204265681,
      "log-normal",
      1e-10,
    );
  });

  it("flexsurv 2.3, tests of flexsurvspline: no inner knot, and with delayed entry", () => {
    expectClose(flexibleParametric(breast, { knots: 0 }).logLikelihood.fitted, -873.207054864145, "k = 0", 1e-10);
    const later = time.map((t) => t > 2);
    const some = (values: readonly number[]) => values.filter((_, i) => later[i]);
    const late = { time: some(time), event: some(event), entry: some(time).map(() => 1.9) };
    expectClose(flexibleParametric(late, { knots: 0 }).logLikelihood.fitted, -400.3556493114977, "entry", 1e-10);
  });

  it("Stata's stpm with two inner knots, whose percentiles lie a little elsewhere", () => {
    const stata = { hazard: -674.75128, odds: -675.271, normal: -675.73591 } as const;
    for (const scale of ["hazard", "odds", "normal"] as const) {
      const { logLikelihood } = flexibleParametric(breast, { knots: 2, scale });
      expectClose(toEvents(logLikelihood.fitted), stata[scale], scale, 2e-5);
    }
  });
});
