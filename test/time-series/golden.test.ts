import { describe, expect, it } from "vitest";
import {
  autocorrelation,
  breuschGodfrey,
  coefficientTest,
  durbinWatson,
  interruptedTimeSeries,
  linearRegression,
  ljungBox,
  neweyWest,
  neweyWestBandwidth,
  ordinaryCovariance,
} from "../../lib/time-series";
import { expectAllClose, expectClose, type Golden, readGolden } from "../survival/golden";
import { seriesOf } from "./support";

interface Errors {
  lag: number;
  adjust: boolean;
  covariance: number[][];
  standardErrors: number[];
  t: number[];
  p: number[];
  lower: number[];
  upper: number[];
}
interface Tested {
  statistic: number;
  p: number;
}
interface Segmented {
  name: string;
  y: number[];
  from: number;
  coefficients: number[];
  sigma: number;
  rSquared: number;
  ordinary: number[][];
  neweyWest: Errors[];
  bandwidth: Golden<number>;
  automatic: number[][];
  durbinWatson: Tested;
  breuschGodfrey: (Tested & { order: number })[];
  acf: { correlation: number[] };
  ljungBox: Tested;
}
interface Pulse {
  y: number[];
  from: number;
  coefficients: number[];
  sigma: number;
  covariance: number[][];
  lag: number;
}
const golden = readGolden<{ segmented: Segmented[]; pulse: Pulse[] }>("time-series");

describe.each(golden.segmented)("segmented regression of $name, against R", (r) => {
  const series = seriesOf(r.y);
  const intervention = series.dates[r.from - 1];
  const { fit } = interruptedTimeSeries(series, { intervention, lag: 1 });

  it("coefficients and ordinary errors are those of lm", () => {
    expectAllClose(fit.coefficients, r.coefficients, "coefficients");
    expectClose(fit.sigma, r.sigma, "sigma");
    expectClose(fit.rSquared, r.rSquared, "R²");
    for (const [i, row] of ordinaryCovariance(fit).entries()) expectAllClose(row, r.ordinary[i], `vcov[${i}]`);
  });

  it("Newey–West errors, tests and limits are those of sandwich and lmtest", () => {
    for (const expected of r.neweyWest) {
      const where = `lag ${expected.lag}, adjust ${expected.adjust}`;
      const { covariance } = neweyWest(fit, { lag: expected.lag, adjust: expected.adjust });
      for (const [i, row] of covariance.entries()) expectAllClose(row, expected.covariance[i], `${where}, row ${i}`);
      const rows = coefficientTest(fit, covariance);
      expectAllClose(
        rows.map((row) => row.standardError),
        expected.standardErrors,
        `${where}: errors`,
      );
      expectAllClose(
        rows.map((row) => row.t),
        expected.t,
        `${where}: t`,
      );
      expectAllClose(
        rows.map((row) => row.pValue),
        expected.p,
        `${where}: p`,
      );
      expectAllClose(
        rows.map((row) => row.lower),
        expected.lower,
        `${where}: lower`,
      );
      expectAllClose(
        rows.map((row) => row.upper),
        expected.upper,
        `${where}: upper`,
      );
    }
  });

  it("the automatic bandwidth is bwNeweyWest's, and the errors with it NeweyWest's own", () => {
    expectClose(neweyWestBandwidth(fit), r.bandwidth.value, r.bandwidth.call);
    const automatic = neweyWest(fit);
    expect(automatic.lag).toBe(Math.floor(r.bandwidth.value));
    for (const [i, row] of automatic.covariance.entries()) expectAllClose(row, r.automatic[i], `row ${i}`);
  });

  it("tests of autocorrelation are dwtest's, bgtest's, acf's and Box.test's", () => {
    const durbin = durbinWatson(fit);
    expectClose(durbin.statistic, r.durbinWatson.statistic, "Durbin–Watson");
    expectClose(durbin.pValue, r.durbinWatson.p, "Durbin–Watson p");
    for (const expected of r.breuschGodfrey) {
      const test = breuschGodfrey(fit, expected.order);
      expectClose(test.statistic, expected.statistic, `Breusch–Godfrey ${expected.order}`);
      expectClose(test.pValue, expected.p, `Breusch–Godfrey ${expected.order} p`);
    }
    expectAllClose(autocorrelation(fit.residuals, r.acf.correlation.length).correlation, r.acf.correlation, "acf");
    const box = ljungBox(fit.residuals, 5);
    expectClose(box.statistic, r.ljungBox.statistic, "Ljung–Box");
    expectClose(box.pValue, r.ljungBox.p, "Ljung–Box p");
  });
});

describe.each(golden.pulse.map((r, i) => ({ ...r, i })))("a pulse that decays, against nls ($i)", (r) => {
  const series = seriesOf(r.y);
  const intervention = series.dates[r.from - 1];
  const result = interruptedTimeSeries(series, { intervention, model: "pulse and level", lag: r.lag });

  // nls stops where rounding ends its line search, some digits before the minimum's last: the sum of squares is flat there,
  // so that it has the digits of sigma and loses half of them in the parameters.
  it("finds the same curve", () => {
    expectClose(result.fit.sigma, r.sigma, "sigma", 1e-12);
    expectAllClose(result.fit.coefficients, r.coefficients, "coefficients", 1e-8);
    for (const [i, row] of result.errors.covariance.entries()) {
      expectAllClose(row, r.covariance[i], `covariance row ${i}`, 1e-7);
    }
  });
});

it("a straight line through numbers of very different size keeps its digits", () => {
  const t = Array.from({ length: 50 }, (_, i) => 1e6 + i);
  const fit = linearRegression(
    t.map((x) => 3 + 2e-6 * x),
    { t },
  );
  expectClose(fit.coefficients[1], 2e-6, "slope", 1e-9);
});
