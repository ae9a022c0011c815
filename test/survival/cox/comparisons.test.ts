import { describe, expect, it } from "vitest";
import { poolCox, poolJointTest } from "../../../lib/imputation";
import { fUpperTail } from "../../../lib/statistics";
import { exp, log } from "../../../lib/statistics/elementary";
import {
  atEventTimes,
  compareFits,
  cox,
  hazardRatioOverTime,
  jointTest,
  proportionalHazards,
  splitAt,
  timeTransform,
} from "../../../lib/survival";
import { fc } from "../../support/property";
import { tiedRows } from "../arbitrary";
import { expectAllClose, expectClose, readGolden } from "../golden";

type Set = Record<string, number[]>;
type Ties = "efron" | "breslow" | "exact";
type Test = { readonly set: string; readonly chiSquare: number; readonly df: number; readonly pValue: number };

const golden = readGolden<{
  sets: Record<string, Set>;
  compared: (Test & { ties: Ties; reduced: string[]; full: string[]; aic: number[]; bic: number[] })[];
  joint: (Test & { clustered: boolean; names: string[] })[];
  proportional: (Test & { transform: "km" | "rank" | "identity" | "log"; names: string[] })[];
  splits: {
    set: string;
    cuts: number[];
    row: number[];
    entry: number[];
    time: number[];
    event: number[];
    episode: number[];
  }[];
  overTime: {
    set: string;
    g: "log" | "identity" | "step";
    coefficients: number[];
    errors: number[];
    logLikelihood: number;
    times: number[];
    ratio: number[];
    error: number[];
  }[];
  pooled: {
    set: string;
    m: number;
    names: string[];
    f: number;
    denominatorDf: number;
    pValue: number;
    relativeIncrease: number;
  }[];
  tails: { f: number; df1: number; df2: number; p: number }[];
  spells: Set;
  repeated: { clock: "total" | "gap"; ties: Ties; coefficients: number[]; errors: number[]; robust: number[] }[];
}>("after-cox");
const { sets } = golden;

/** A fit of some columns of a set, as tight as R's. */
function fitOf(set: Set, columns: readonly string[], options: Parameters<typeof cox>[1] = {}, cluster = false) {
  const covariates = Object.fromEntries(columns.map((name) => [name, set[name]]));
  const input = { time: set.time, event: set.event, covariates };
  return cox(cluster ? { ...input, cluster: set.c } : input, { tolerance: 1e-13, ...options });
}

describe("two models of the same rows", () => {
  it.each(golden.compared)("$set, $ties", (r) => {
    const [reduced, full] = [r.reduced, r.full].map((columns) => fitOf(sets[r.set], columns, { ties: r.ties }));
    const found = compareFits(reduced, full);
    expectClose(found.chiSquare, r.chiSquare, "chi-square");
    expectClose(found.pValue, r.pValue, "p");
    expect(found.df).toBe(r.df);
    expectAllClose(found.aic, r.aic, "AIC");
    expectAllClose(found.bic, r.bic, "BIC");
  });

  it("refuses what cannot be compared", () => {
    const { lung } = sets;
    const one = fitOf(lung, ["a"]);
    const two = fitOf(lung, ["a", "b"]);
    expect(() => compareFits(two, one)).toThrow(/the second model has 1 coefficients and the first 2/);
    expect(() => compareFits(one, fitOf(lung, ["b"]))).toThrow(/special case/);
    expect(() => compareFits(fitOf(lung, ["a"], {}, true), two)).toThrow(/reduced model has robust errors.*jointTest/);
    expect(() => compareFits(one, fitOf(lung, ["a", "b"], { firth: true }))).toThrow(/full model has a penalty/);
    expect(() => compareFits(one, fitOf(lung, ["a", "b"], { ties: "breslow" }))).toThrow(/ties differ/);
    const fewer = Object.fromEntries(Object.entries(lung).map(([name, values]) => [name, values.slice(1)]));
    expect(() => compareFits(one, fitOf(fewer, ["a", "b"]))).toThrow(/numbers of rows \(227 and 226\) differ/);
    const moved = { ...lung, time: lung.time.map((t, i) => (i === 3 ? t + 1 : t)) };
    expect(() => compareFits(one, fitOf(moved, ["a", "b"]))).toThrow(/times differ/);
  });

  it("in any order of rows, and better by nothing where a column adds nothing", () => {
    const { lung } = sets;
    const back = Object.fromEntries(Object.entries(lung).map(([name, values]) => [name, [...values].reverse()]));
    expect(() => compareFits(fitOf(lung, ["a"]), fitOf(back, ["a", "b"]))).toThrow(/rows/);
    const noise = { ...lung, noise: lung.time.map(() => 0) };
    expect(() => compareFits(fitOf(noise, ["a"]), fitOf(noise, ["a", "noise"]))).toThrow(
      /1 coefficients and the first 1/,
    );
  });
});

describe("several coefficients at once", () => {
  it.each(golden.joint)("$set, clusters $clustered", (r) => {
    const found = jointTest(fitOf(sets[r.set], ["a", "b", ...r.names], {}, r.clustered), r.names);
    expectClose(found.chiSquare, r.chiSquare, "chi-square");
    expectClose(found.pValue, r.pValue, "p", 1e-7);
    expect(found.df).toBe(r.names.length);
  });

  it("of one is Wald's test, of all that of the fit; what is not there is refused", () => {
    const fit = fitOf(sets.lung, ["a", "b"]);
    expectClose(jointTest(fit, ["b"]).pValue, fit.terms[1].pValue, "one");
    expectClose(jointTest(fit, ["b", "a"]).chiSquare, fit.tests.wald?.chiSquare ?? null, "all");
    expect(() => jointTest(fit, ["z"])).toThrow(/"z", which is no term of the model; it has "a", "b"/);
    expect(() => jointTest(fit, [])).toThrow(/names is empty/);
  });

  it.each(golden.proportional)("proportional hazards of a factor: $set, $transform", (r) => {
    const fit = fitOf(sets[r.set], ["a", "b", ...r.names]);
    const { joint } = proportionalHazards(fit, { transform: r.transform, joint: { F: r.names, one: ["b"] } });
    expectClose(joint[0].chiSquare, r.chiSquare, "chi-square", 1e-7);
    expectClose(joint[0].pValue, r.pValue, "p", 1e-6);
    expect(joint.map(({ name, df }) => [name, df])).toEqual([
      ["F", r.df],
      ["one", 1],
    ]);
    const { terms } = proportionalHazards(fit, { transform: r.transform });
    expectClose(joint[1].chiSquare, terms[1].chiSquare, "one", 1e-10);
  });

  it.each(golden.pooled)("over $m imputations: $set", (r) => {
    const set = sets[r.set];
    const [first] = r.names;
    const fits = Array.from({ length: r.m }, (_, k) => {
      const a = set.a.map((value, i) => value + ((((i + 1) * (k + 1)) % 7) * (k + 1)) / 3);
      const f = set[first].map((value, i) => ((i + 1) % (10 + k) === 0 ? 0 : value));
      return fitOf({ ...set, a, [first]: f }, ["a", "b", ...r.names]);
    });
    const found = poolJointTest(fits, r.names);
    expectClose(found.f, r.f, "F");
    expectClose(found.relativeIncrease, r.relativeIncrease, "r", 1e-7);
    expectClose(found.denominatorDf, r.denominatorDf, "df", 1e-7);
    expectClose(found.pValue, r.pValue, "p", 1e-7);
    // Of one coefficient it is the square of Rubin's t.
    const [pooled] = poolCox(fits);
    expectClose(poolJointTest(fits, ["a"]).f, pooled.t ** 2, "t", 1e-12);
    expect(() => poolJointTest(fits, ["z"])).toThrow(/no term is called z; some of a, b/);
    expect(poolJointTest([fits[0], fits[0]], ["a"]).denominatorDf).toBe(Infinity);
  });

  it.each(golden.tails)("F of $f on $df1 and $df2", (r) => {
    expectClose(fUpperTail(r.f, r.df1, r.df2), r.p, "p", 1e-12);
  });
});

describe("rows cut at times", () => {
  it.each(golden.splits)("$set", (r) => {
    const { time, event } = sets[r.set];
    const found = splitAt({ time, event }, r.cuts);
    const expected = r.row.map((row, i) => ({
      row,
      entry: r.entry[i],
      time: r.time[i],
      event: r.event[i],
      episode: r.episode[i],
    }));
    // R has the same rows, ordered by row and time.
    expected.sort((x, y) => x.row - y.row || x.time - y.time);
    expect(found).toEqual(expected);
  });

  it("change neither Cox's model nor the time under observation", () => {
    fc.assert(
      fc.property(tiedRows, fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }), (rows, cuts) => {
        const time = rows.time.map((t) => t + 1);
        const x = rows.group.map((label, i) => (label === "a" ? 1 : 0) + (i % 3));
        const episodes = splitAt(
          { time, event: rows.event },
          cuts.sort((p, q) => p - q),
        );
        expect(episodes.reduce((sum, e) => sum + e.time - e.entry, 0)).toBe(time.reduce((sum, t) => sum + t, 0));
        expect(episodes.reduce((sum, e) => sum + e.event, 0)).toBe(rows.event.reduce((sum, d) => sum + d, 0));
        const whole = cox({ time, event: rows.event, covariates: { x } }, { robust: false });
        const cut = cox(
          {
            time: episodes.map((e) => e.time),
            event: episodes.map((e) => e.event),
            entry: episodes.map((e) => e.entry),
            covariates: { x: episodes.map((e) => x[e.row]) },
          },
          { robust: false },
        );
        expectClose(cut.logLikelihood.null, whole.logLikelihood.null, "likelihood", 1e-10);
        if (whole.warnings.length === 0) {
          expectClose(cut.terms[0].standardError, whole.terms[0].standardError, "error", 1e-6);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("needs times that can be cut", () => {
    expect(splitAt({ time: [5], event: [1], entry: [2] }, [1, 2, 3, 5, 9])).toEqual([
      { row: 0, entry: 2, time: 3, event: 0, episode: 3 },
      { row: 0, entry: 3, time: 5, event: 1, episode: 4 },
    ]);
    expect(splitAt({ time: [5], event: [true] }, [])).toEqual([{ row: 0, entry: 0, time: 5, event: 1, episode: 1 }]);
    expect(() => splitAt({ time: [3, 0], event: [1, 1] }, [1])).toThrow(/splitAt: time\[1\] is 0/);
    expect(() => splitAt({ time: [3], event: [1] }, [2, 1])).toThrow(/cuts\[1\] is 1 after 2/);
  });
});

describe("a coefficient that changes with time", () => {
  const transforms = {
    log: timeTransform("a", log, "log t"),
    identity: timeTransform("a", (t) => t / 100, "t/100"),
    step: timeTransform("a", (t) => Number(t > 150), "after 150"),
  };

  it.each(golden.overTime)("as tt() in R: $set, $g", (r) => {
    const { time, event, a, b } = sets[r.set];
    const transform = transforms[r.g];
    const input = atEventTimes({ time, event, covariates: { a, b } }, [transform]);
    const fit = cox(input, { tolerance: 1e-13, ties: r.g === "step" ? "breslow" : "efron" });
    expect(fit.terms.map(({ name }) => name)).toEqual(["a", "b", transform.column]);
    fit.terms.forEach(({ name, coefficient, standardError }, j) => {
      const near = Math.abs(coefficient - r.coefficients[j]) <= 1e-8 * r.errors[j];
      if (!near) expectClose(coefficient, r.coefficients[j], name);
      expectClose(standardError, r.errors[j], `${name}, error`);
    });
    expectClose(fit.logLikelihood.fitted, r.logLikelihood, "log likelihood", 1e-10);
    const curve = hazardRatioOverTime(fit, [transform], r.times);
    expectAllClose(
      curve.map((at) => at.hazardRatio),
      r.ratio,
      "ratio",
    );
    expectAllClose(
      curve.map((at) => at.standardError),
      r.error,
      "error",
      1e-7,
    );
    for (const at of curve) expectClose(at.upper / at.hazardRatio, at.hazardRatio / at.lower, "limits", 1e-12);
  });

  it("that does not change is one, and a step's two ratios are those of two stretches", () => {
    const { time, event, a } = sets.veteran;
    const step = timeTransform("a", (t) => Number(t > 100));
    const fit = cox(atEventTimes({ time, event, covariates: { a } }, [step]), { tolerance: 1e-12 });
    const episodes = splitAt({ time, event }, [100]);
    const of = (episode: number) => episodes.map((e) => (e.episode === episode ? a[e.row] : 0));
    const stretches = cox({
      time: episodes.map((e) => e.time),
      event: episodes.map((e) => e.event),
      entry: episodes.map((e) => e.entry),
      covariates: { early: of(1), late: of(2) },
    });
    const ratios = hazardRatioOverTime(fit, [step], [50, 100, 101]).map(({ hazardRatio }) => hazardRatio);
    const [early, late] = stretches.terms.map(({ coefficient }) => exp(coefficient));
    expectAllClose(ratios, [early, early, late], "ratios", 1e-7);
  });

  it("says what is wrong", () => {
    const input = { time: [1, 2, 3, 4], event: [1, 1, 1, 0], covariates: { x: [1, 0, 1, 0] } };
    expect(() => atEventTimes(input, [timeTransform("y", log)])).toThrow(/no covariate "y"; there are "x"/);
    expect(() => atEventTimes(input, [timeTransform("x", () => Number.NaN)])).toThrow(/g of "x" is NaN at time/);
    const twice = [timeTransform("x", log), timeTransform("x", (t) => t)];
    expect(() => atEventTimes(input, twice)).toThrow(/there is a column "x × g\(t\)" already/);
    expect(() => atEventTimes({ ...input, time: [0, 2, 3, 4] }, [timeTransform("x", log)])).toThrow(/time\[0\] is 0/);
    expect(() => hazardRatioOverTime(cox(input), [timeTransform("x", log)], [1])).toThrow(/no term "x × g\(t\)"/);
  });
});

describe("repeated events, as Prentice, Williams and Peterson have them", () => {
  const { entry, time, event, rx, number, size, enum: nth, id } = golden.spells;

  it.each(golden.repeated)("in $clock time, $ties", (r) => {
    const outcome = r.clock === "total" ? { entry, time, event } : { time: time.map((t, i) => t - entry[i]), event };
    const input = { ...outcome, covariates: { rx, number, size }, strata: nth, cluster: id };
    const fit = cox(input, { ties: r.ties, tolerance: 1e-13 });
    fit.terms.forEach((term, j) => {
      expectClose(term.coefficient, r.coefficients[j], term.name);
      expectClose(term.standardError, r.errors[j], `${term.name}, error`);
      expectClose(term.robustStandardError, r.robust[j], `${term.name}, robust`);
    });
  });
});
