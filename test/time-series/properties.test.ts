import { describe, expect, it } from "vitest";
import { addMonths } from "../../lib/dates";
import { seededRandom } from "../../lib/statistics";
import {
  autocorrelation,
  breuschGodfrey,
  changePoints,
  durbinWatson,
  halfLifeBootstrap,
  interruptedTimeSeries,
  interventionTerms,
  linearRegression,
  ljungBox,
  movingBlocks,
  neweyWest,
  periodsBefore,
  placeboDates,
  simplexLeastSquares,
  syntheticControl,
} from "../../lib/time-series";
import { fc } from "../support/property";
import { seriesOf } from "./support";

const number = fc.double({ min: -50, max: 50, noNaN: true }).map((x) => Math.round(x * 100) / 100);

describe("changePoints", () => {
  /** All divisions into segments of at least `shortest`. */
  function divisions(n: number, shortest: number, from = 0): number[][] {
    const rest = n - from < shortest ? [] : [[]];
    const starts = Array.from({ length: n - from }, (_, i) => from + i).filter((at) => at - from >= shortest);
    return [...rest, ...starts.flatMap((at) => divisions(n, shortest, at).map((more) => [at, ...more]))];
  }
  const error = (values: readonly number[]): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const costOf = (values: readonly number[], starts: readonly number[]): number =>
    [0, ...starts].reduce((sum, from, i) => sum + error(values.slice(from, starts[i] ?? values.length)), 0);

  it("finds what trying all divisions finds, under a penalty and for a fixed number", () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 3, maxLength: 11 }),
        fc.integer({ min: 1, max: 3 }),
        fc.double({ min: 0, max: 4000, noNaN: true }),
        (values, shortest, penalty) => {
          fc.pre(values.length >= shortest);
          const all = divisions(values.length, shortest);
          const best = Math.min(...all.map((starts) => costOf(values, starts) + penalty * starts.length));
          const found = changePoints(values, { penalty, shortest });
          expect(found.cost).toBeCloseTo(best, 6);
          expect(found.cost).toBeCloseTo(costOf(values, found.changes) + penalty * found.changes.length, 6);
          const two = all.filter((starts) => starts.length === 2);
          if (two.length > 0) {
            const fixed = changePoints(values, { changes: 2, shortest });
            expect(fixed.residualSumOfSquares).toBeCloseTo(Math.min(...two.map((starts) => costOf(values, starts))), 6);
            expect(fixed.changes).toHaveLength(2);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("finds jumps where they are, far from zero, too, and none without a jump", () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 120 }, (_, i) => 1e6 + (i < 40 ? 0 : i < 70 ? 9 : 2) + random.normal());
    expect(changePoints(values).changes).toEqual([40, 70]);
    expect(
      changePoints(
        values.map((_, i) => 5 + Math.sin(i * 7.3)),
        { penalty: 50 },
      ).changes,
    ).toEqual([]);
    expect(changePoints([1, 1, 1, 1]).segments).toEqual([{ from: 0, to: 4, mean: 1 }]);
  });

  it("refuses what cannot be", () => {
    expect(() => changePoints([1, Number.NaN, 2])).toThrow("values[1] is NaN");
    expect(() => changePoints([1, 2, 3], { changes: 1 })).toThrow("2 segments of at least 2 periods do not fit");
    expect(() => changePoints([1, 2, 3, 4], { penalty: -1 })).toThrow("the penalty is -1");
    expect(() => changePoints([1, 2, 3, 4], { changes: 0.5 })).toThrow();
    expect(() => changePoints([])).toThrow("do not fit into 0 values");
  });
});

describe("simplexLeastSquares", () => {
  const problem = fc.tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc.tuple(
      fc.array(number, { minLength: rows, maxLength: rows }),
      fc.array(fc.array(number, { minLength: rows, maxLength: rows }), {
        minLength: columns,
        maxLength: columns,
      }),
    ),
  );

  it("its weights are not negative, sum to one, and satisfy the Karush–Kuhn–Tucker conditions", () => {
    fc.assert(
      fc.property(problem, ([target, columns]) => {
        const { weights, multiplier } = simplexLeastSquares(target, columns);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
        const residuals = target.map((value, i) => value - columns.reduce((sum, c, j) => sum + weights[j] * c[i], 0));
        const size = Math.max(1, ...columns.flat().map((value) => value * value)) * target.length;
        for (const [j, column] of columns.entries()) {
          const slope = column.reduce((sum, value, i) => sum + value * residuals[i], 0);
          expect((slope - multiplier) / size).toBeLessThanOrEqual(1e-9);
          if (weights[j] > 1e-9) expect(Math.abs(slope - multiplier) / size).toBeLessThanOrEqual(1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("no mixture of two columns at any step of a fine grid is better", () => {
    fc.assert(
      fc.property(problem, ([target, columns]) => {
        const best = simplexLeastSquares(target, columns).residualSumOfSquares;
        for (let j = 0; j < columns.length; j++) {
          for (let k = 0; k < columns.length; k++) {
            for (let w = 0; w <= 1; w += 0.05) {
              const rss = target.reduce(
                (sum, value, i) => sum + (value - w * columns[j][i] - (1 - w) * columns[k][i]) ** 2,
                0,
              );
              expect(best).toBeLessThanOrEqual(rss * (1 + 1e-9) + 1e-9);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("finds known weights, also where columns repeat", () => {
    const columns = [
      [1, 0, 0, 4],
      [0, 1, 0, 1],
      [0, 0, 1, 2],
    ];
    const target = [0, 1, 2, 3].map((i) => 0.5 * columns[0][i] + 0.3 * columns[1][i] + 0.2 * columns[2][i]);
    const { weights } = simplexLeastSquares(target, columns);
    for (const [j, w] of [0.5, 0.3, 0.2].entries()) expect(weights[j]).toBeCloseTo(w, 10);
    const twice = simplexLeastSquares(target, [...columns, columns[0]]);
    expect(twice.residualSumOfSquares).toBeLessThan(1e-20);
    expect(simplexLeastSquares([9, 9], [[1, 1]]).weights).toEqual([1]);
    expect(() => simplexLeastSquares([1, 2], [[1]])).toThrow("column 0 has 1 values, the target 2");
    expect(() => simplexLeastSquares([1, 2], [])).toThrow("at least one column");
  });
});

describe("regression and errors", () => {
  const rows = fc.array(fc.tuple(number, number), { minLength: 8, maxLength: 30 });

  it("residuals are orthogonal to the design; order of columns does not matter", () => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const y = pairs.map(([value]) => value);
        const a = pairs.map(([, value], i) => value + i * i);
        const t = y.map((_, i) => i);
        const fit = linearRegression(y, { t, a });
        for (const column of fit.design) {
          const product = column.reduce((sum, value, i) => sum + value * fit.residuals[i], 0);
          expect(Math.abs(product)).toBeLessThan(1e-6);
        }
        const other = linearRegression(y, { a, t });
        expect(other.coefficients[1]).toBeCloseTo(fit.coefficients[2], 7);
      }),
    );
  });

  it("Newey–West variances are not negative, and scale with the response's square", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 6 }), (pairs, lag) => {
        const y = pairs.map(([value]) => value);
        const t = y.map((_, i) => i);
        const one = neweyWest(linearRegression(y, { t }), { lag }).covariance;
        const ten = neweyWest(
          linearRegression(
            y.map((value) => 10 * value),
            { t },
          ),
          { lag },
        ).covariance;
        for (const i of [0, 1]) {
          expect(one[i][i]).toBeGreaterThanOrEqual(-1e-12);
          expect(ten[i][i]).toBeCloseTo(100 * one[i][i], 6);
        }
      }),
    );
  });

  it("refuses what has no answer, naming it", () => {
    const y = [1, 2, 4, 3, 5];
    const t = [0, 1, 2, 3, 4];
    expect(() => linearRegression(y, { t, twice: t.map((x) => 2 * x) })).toThrow(
      '"twice" is a combination of the columns before it',
    );
    expect(() => linearRegression(y, { t: [1, 2] })).toThrow('"t" has 2 values, the response 5');
    expect(() => linearRegression([1, Number.NaN, 3], { t: [0, 1, 2] })).toThrow("the response is NaN at index 1");
    expect(() => linearRegression([1, 2], { t: [0, 1] })).toThrow("more observations than terms");
    expect(() => neweyWest(linearRegression(y, { t }), { lag: 5 })).toThrow("lag is 5; a whole number from 0 to 4");
    expect(() => autocorrelation([2, 2, 2])).toThrow("all values are equal");
    expect(() => autocorrelation(y, 9)).toThrow("the farthest lag is 9");
    expect(() => ljungBox(y, 1, 1)).toThrow("leave no degree of freedom");
  });
});

describe("interruptedTimeSeries", () => {
  const random = seededRandom(14);
  const values = Array.from(
    { length: 200 },
    (_, i) => 10 + (i < 120 ? 0 : 30 * 2 ** (-(i - 120) / 5)) + random.normal(),
  );
  const series = seriesOf(values);
  const intervention = series.dates[120];

  it("finds a pulse and its half-life, and no lasting level; the counterfactual goes on as before", () => {
    const fit = interruptedTimeSeries(series, { intervention, model: "pulse and level" });
    expect(fit.index).toBe(120);
    expect(Math.abs((fit.halfLife?.estimate ?? 0) - 5)).toBeLessThan(0.4);
    expect(fit.halfLife?.upper).toBeGreaterThan(fit.halfLife?.lower ?? 9);
    const [level, pulse] = interventionTerms(fit);
    expect([level.term, pulse.term]).toEqual(["level", "pulse"]);
    expect(level.lower).toBeLessThan(0);
    expect(level.upper).toBeGreaterThan(0);
    expect(pulse.pValue).toBeLessThan(1e-6);
    expect(fit.counterfactual[150]).toBeCloseTo(10, 0);
    expect(fit.lower.every((low, i) => low <= fit.fit.fitted[i] && fit.fit.fitted[i] <= fit.upper[i])).toBe(true);
    const boot = halfLifeBootstrap(fit, { seed: 1, replicates: 100 });
    expect(boot.lower).toBeLessThan(boot.estimate);
    expect(boot.upper).toBeGreaterThan(boot.estimate);
    expect(halfLifeBootstrap(fit, { seed: 1, replicates: 100 })).toEqual(boot);
  });

  it("a period belongs to the intervention that it holds", () => {
    const weeks = {
      ...series,
      period: "week" as const,
      dates: values.map((_, i) => `${addMonths("2000-01-02", i)}`),
    };
    expect(interruptedTimeSeries(weeks, { intervention: "2005-01-04", lag: 1 }).index).toBe(60);
    const months = {
      ...weeks,
      period: "month" as const,
      dates: values.map((_, i) => addMonths("2000-01-01", i)),
    };
    expect(interruptedTimeSeries(months, { intervention: "2005-01-20", lag: 1 }).index).toBe(60);
    expect(interruptedTimeSeries(months, { intervention: "2005-02-01", lag: 1 }).index).toBe(61);
  });

  it("a period that holds a day is not before it, and one that ends with the day before is", () => {
    const sundays = { period: "week" as const, dates: ["2015-08-23", "2015-08-30", "2015-09-06"] };
    const days = ["2015-08-22", "2015-08-23", "2015-08-29", "2015-08-30", "2015-09-01", "2015-09-06", "2015-09-13"];
    expect(days.map((day) => periodsBefore(sundays, day))).toEqual([0, 0, 0, 1, 1, 2, 3]);
    const gap = { period: "day" as const, dates: ["2015-08-30", "2015-09-02"] };
    expect(["2015-08-30", "2015-09-01", "2015-09-02"].map((day) => periodsBefore(gap, day))).toEqual([0, 1, 1]);
    const hours = { period: "hour" as const, dates: ["2015-08-31T23:00", "2015-09-01T00:00", "2015-09-01T01:00"] };
    expect(periodsBefore(hours, "2015-09-01")).toBe(1);
    expect(periodsBefore({ period: "day", dates: [] }, "2015-09-01")).toBe(0);
    expect(() => periodsBefore(sundays, "2015-02-30")).toThrow("periodsBefore: day has");
  });

  it("days of the week take up a weekly pattern", () => {
    const weekly = seriesOf(values.map((value, i) => value + [9, 0, 0, 0, 0, 0, 5][i % 7]));
    const plain = interruptedTimeSeries(weekly, { intervention, lag: 7 });
    const with7 = interruptedTimeSeries(weekly, { intervention, lag: 7, weekdays: true });
    expect(with7.fit.sigma).toBeLessThan(plain.fit.sigma);
    expect(with7.terms.filter(({ term }) => /day$/.test(term))).toHaveLength(6);
  });

  it("refuses a day outside the series, and a half-life that the series cannot tell", () => {
    expect(() => interruptedTimeSeries(series, { intervention: "2014-01-01" })).toThrow("0 periods before it");
    expect(() => interruptedTimeSeries(series, { intervention: "2016-01-01" })).toThrow(
      "from it on; at least two on each side",
    );
    const lasting = seriesOf(values.map((_, i) => (i < 120 ? 1 : 2 + 0.004 * (i - 120) ** 2) + 0.01 * Math.sin(i * i)));
    expect(() => interruptedTimeSeries(lasting, { intervention, model: "pulse and level" })).toThrow("pulse: ");
    const slope = interruptedTimeSeries(series, { intervention, lag: 1 });
    expect(() => halfLifeBootstrap(slope, { seed: 1 })).toThrow('the model "level and slope" has no half-life');
  });

  it("placebo dates: the day of the pulse is the most extreme, and windows keep away from it", () => {
    const result = placeboDates(series, {
      intervention,
      before: 20,
      after: 10,
      every: 3,
      until: series.dates[150],
    });
    expect(result.asExtreme).toBe(0);
    expect(result.rank).toBeCloseTo(1 / (result.placebos.length + 1), 12);
    const near = result.placebos.filter(({ date }) => date > series.dates[110] && date < series.dates[170]);
    expect(near).toEqual([]);
    expect(result.placebos.some(({ date }) => date >= series.dates[170])).toBe(true);
    expect(() => placeboDates(series, { intervention, before: 150, after: 10 })).toThrow("do not fit into");
    expect(() => placeboDates(series, { intervention, before: 2, after: 10 })).toThrow("before is 2");
  });
});

describe("syntheticControl", () => {
  const random = seededRandom(5);
  const world = Array.from({ length: 100 }, () => 5 * random.normal());
  const donor = (load: number, name: string) =>
    seriesOf(
      world.map((w) => 50 + load * w + random.normal()),
      name,
    );
  const donors = [0.2, 0.6, 1, 1.4, 1.8, 2].map((load, i) => donor(load, `donor ${i}`));
  const treated = seriesOf(
    world.map((w, i) => 50 + 1.1 * w + random.normal() + (i >= 60 ? 25 : 0)),
    "treated",
  );

  it("follows the series before, shows the distance after, and ranks it among the donors", () => {
    const result = syntheticControl(treated, donors, { intervention: treated.dates[60] });
    expect(result.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(result.unit.before).toBeLessThan(2);
    expect(result.gap.slice(60).reduce((sum, gap) => sum + gap, 0) / 40).toBeCloseTo(25, -0.5);
    expect(result.rank).toBeCloseTo(1 / 7, 12);
    expect(() => syntheticControl(treated, [donors[0]], { intervention: treated.dates[60] })).toThrow(
      "at least two donors",
    );
    const late = { ...donors[1], dates: donors[1].dates.slice(1), values: donors[1].values.slice(1) };
    expect(() => syntheticControl(treated, [donors[0], late], { intervention: treated.dates[60] })).toThrow(
      '"donor 1" runs from',
    );
  });
});

describe("movingBlocks", () => {
  it("runs of neighbours, as many rows as asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(), (n, block, seed) => {
        fc.pre(block <= n);
        const rows = movingBlocks(n, block, seededRandom(seed));
        expect(rows).toHaveLength(n);
        expect(rows.every((row) => row >= 0 && row < n)).toBe(true);
        for (let i = 0; i < n; i++) if (i % block !== 0) expect(rows[i]).toBe(rows[i - 1] + 1);
      }),
    );
    expect(() => movingBlocks(5, 6, seededRandom(1))).toThrow("blocks of 6 rows; a whole number from 1 to 5");
  });
});

describe("a line that fits without a rest", () => {
  it("has residuals of 0, not rounding that tests would take for a pattern", () => {
    const t = Array.from({ length: 8 }, (_, i) => i);
    const noise = t.map((i) => Math.cos(40 * i));
    for (const [slope, level] of [
      [1, 1],
      [0.1, 1 / 3],
      [-1e-9, 7e5],
    ]) {
      const line = t.map((x) => level + slope * x);
      const fit = linearRegression(line, { t });
      expect(fit.residualSumOfSquares).toBe(0);
      expect(() => durbinWatson(fit)).toThrow(/^durbinWatson: the line fits without a rest/);
      expect(() => breuschGodfrey(fit, 1)).toThrow(/^breuschGodfrey: /);
      expect(
        linearRegression(
          t.map(() => level),
          { t },
        ).coefficients[1],
      ).toBe(0);
      // A small rest is one.
      const near = linearRegression(
        line.map((y, i) => y + 1e-9 * Math.abs(level) * noise[i]),
        { t },
      );
      expect(near.residualSumOfSquares).toBeGreaterThan(0);
    }
  });
});
