import { describe, expect, it } from "vitest";
import { permutationLogRank } from "../../lib/resampling/index";
import { GroupComparisonError } from "../../lib/statistics/index";
import { kaplanMeier, type LogRankTest, logRank, quantile, restrictedMean } from "../../lib/survival/index";
import { fc } from "../support/property";
import { OFTEN, type Rows, reorder, shuffledRows, tiedRows, untiedRows } from "./arbitrary";
import { expectAllClose, expectClose } from "./golden";

const intervals = ["log", "log-log", "plain", "logit", "arcsin"] as const;

/** The test, or null for the rows whose groups are never at risk together. */
function comparison(input: Parameters<typeof logRank>[0], rho = 0): LogRankTest | null {
  try {
    return logRank(input, { rho });
  } catch (error) {
    if (error instanceof GroupComparisonError) return null;
    throw error;
  }
}

function expectSameTest(actual: LogRankTest | null, expected: LogRankTest | null) {
  if (actual === null || expected === null) {
    expect(actual).toBe(expected);
    return;
  }
  expectClose(actual.chiSquare, expected.chiSquare, "chi-square");
  expectAllClose(actual.covariance.flat(), expected.covariance.flat(), "covariance");
}

describe("kaplanMeier, for any rows", () => {
  it("gives a curve that never rises, from 1 to 0, and a hazard that never falls", () => {
    fc.assert(
      fc.property(tiedRows, (rows) => {
        const [curve] = kaplanMeier(rows);
        curve.survival.forEach((s, i) => {
          expect(s).toBeLessThanOrEqual(i === 0 ? 1 : curve.survival[i - 1]);
          expect(s).toBeGreaterThanOrEqual(0);
          if (i > 0) expect(curve.cumulativeHazard[i]).toBeGreaterThanOrEqual(curve.cumulativeHazard[i - 1]);
        });
      }),
      OFTEN,
    );
  });

  it("has intervals that contain the estimate and lie in 0 to 1", () => {
    fc.assert(
      fc.property(
        tiedRows,
        fc.constantFrom(...intervals),
        fc.double({ min: 0.01, max: 0.999, noNaN: true }),
        (rows, interval, confidence) => {
          for (const curve of kaplanMeier(rows, { interval, confidence })) {
            curve.survival.forEach((s, i) => {
              const lower = curve.lower[i];
              const upper = curve.upper[i];
              if (lower === null || upper === null) expect(s === 0 || s === 1).toBe(true);
              else {
                expect(lower).toBeGreaterThanOrEqual(0);
                expect(upper).toBeLessThanOrEqual(1);
                expect(lower).toBeLessThanOrEqual(s + 1e-12);
                expect(upper).toBeGreaterThanOrEqual(s - 1e-12);
              }
            });
          }
        },
      ),
      OFTEN,
    );
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(shuffledRows, ({ rows, order }) => {
        expect(kaplanMeier(reorder(rows, order))).toEqual(kaplanMeier(rows));
      }),
      OFTEN,
    );
  });

  it("does not depend on the unit of time", () => {
    fc.assert(
      fc.property(tiedRows, fc.constantFrom(7, 30.4375, 1 / 12, 86_400), (rows, unit) => {
        const scaled = kaplanMeier({ ...rows, time: rows.time.map((t) => t * unit) });
        kaplanMeier(rows).forEach((curve, i) => {
          const { time, ...rest } = scaled[i];
          const { time: unscaled, ...expected } = curve;
          expect(rest).toEqual(expected);
          expectAllClose(
            time,
            unscaled.map((t) => t * unit),
            "time",
          );
          const tau = 10;
          expectClose(
            restrictedMean(scaled[i], tau * unit).estimate,
            restrictedMean(curve, tau).estimate * unit,
            "mean",
          );
          const median = quantile(curve, 0.5).estimate;
          expectClose(quantile(scaled[i], 0.5).estimate, median === null ? null : median * unit, "median");
        });
      }),
      OFTEN,
    );
  });

  it("treats a weight of 2 as two rows, and one of 0 as none", () => {
    fc.assert(
      fc.property(tiedRows, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), (rows, stream) => {
        const weights = rows.time.map((_, i) => (i < 2 ? 1 : stream.next().value));
        const weighted = kaplanMeier({ time: rows.time, event: rows.event, weights })[0];
        const repeated = kaplanMeier(repeat(rows, weights))[0];
        // A row of weight 0 leaves its time in the table, as in R; there is nothing at that time.
        const present = weighted.time.map((_, i) => weighted.events[i] + weighted.censored[i] > 0);
        for (const column of ["time", "atRisk", "events", "censored", "survival", "standardError", "lower"] as const) {
          const values: readonly (number | null)[] = weighted[column];
          expectAllClose(
            values.filter((_, i) => present[i]),
            repeated[column],
            column,
          );
        }
      }),
      OFTEN,
    );
  });

  it("is not changed by splitting a row at some time", () => {
    fc.assert(
      fc.property(tiedRows, fc.integer({ min: 1, max: 11 }), (rows, cut) => {
        const split = splitAt(rows, cut);
        const [whole] = kaplanMeier({ time: split.time0, event: rows.event });
        const [pieces] = kaplanMeier({ time: split.time, event: split.event, entry: split.entry });
        // The pieces add a censoring at the cut; all else must be the same at the times of events.
        const times = whole.time.filter((_, i) => whole.events[i] > 0);
        for (const column of ["atRisk", "events", "survival", "standardError", "cumulativeHazard"] as const) {
          const pick = (curve: typeof whole) => times.map((t) => curve[column][curve.time.indexOf(t)]);
          expectAllClose(pick(pieces), pick(whole), column);
        }
      }),
      OFTEN,
    );
  });
});

/** Each row once for each count of its weight. */
function repeat(rows: Rows, weights: readonly number[]) {
  const index = weights.flatMap((weight, i) => new Array<number>(weight).fill(i));
  return { time: index.map((i) => rows.time[i]), event: index.map((i) => rows.event[i]) };
}

/** Rows as (entry, time] pieces, in two where they cross the cut. Times of 0 become 0.5, since a piece needs length. */
function splitAt(rows: Rows, cut: number) {
  const time0 = rows.time.map((t) => (t === 0 ? 0.5 : t));
  const entry: number[] = [];
  const time: number[] = [];
  const event: number[] = [];
  const group: string[] = [];
  time0.forEach((t, i) => {
    if (t > cut) {
      entry.push(0, cut);
      time.push(cut, t);
      event.push(0, rows.event[i]);
      group.push(rows.group[i], rows.group[i]);
    } else {
      entry.push(0);
      time.push(t);
      event.push(rows.event[i]);
      group.push(rows.group[i]);
    }
  });
  return { time0, entry, time, event, group };
}

describe("logRank, for any rows", () => {
  it("does not depend on the order of rows or the unit of time", () => {
    fc.assert(
      fc.property(shuffledRows, fc.constantFrom(0, 1), ({ rows, order }, rho) => {
        const shuffled = reorder(rows, order);
        const days = { ...shuffled, time: shuffled.time.map((t) => t * 30.4375) };
        expectSameTest(comparison(days, rho), comparison(rows, rho));
      }),
      OFTEN,
    );
  });

  it("is not changed by splitting rows", () => {
    fc.assert(
      fc.property(tiedRows, fc.integer({ min: 1, max: 11 }), (rows, cut) => {
        const { time0, ...split } = splitAt(rows, cut);
        expectSameTest(comparison(split), comparison({ ...rows, time: time0 }));
      }),
      OFTEN,
    );
  });

  it("treats a weight of 2 as two rows", () => {
    fc.assert(
      fc.property(tiedRows, (rows) => {
        const twice = {
          time: [...rows.time, ...rows.time],
          event: [...rows.event, ...rows.event],
          group: [...rows.group, ...rows.group],
        };
        expectSameTest(comparison({ ...rows, weights: rows.time.map(() => 2) }), comparison(twice));
      }),
      OFTEN,
    );
  });

  it("expects as many events as were observed, over all groups", () => {
    fc.assert(
      fc.property(tiedRows, (rows) => {
        const test = comparison(rows);
        if (test === null) return;
        const sum = (column: "observed" | "expected") => test.groups.reduce((total, group) => total + group[column], 0);
        expectClose(sum("expected"), sum("observed"), "expected");
      }),
      OFTEN,
    );
  });
});

describe("permutationLogRank, for any rows", () => {
  it("has the log-rank's observed less expected in its statistic, and a p value above 0", () => {
    fc.assert(
      fc.property(
        untiedRows.filter((rows) => rows.time.length <= 16),
        (rows) => {
          const test = permutationLogRank(rows);
          const compared = comparison(rows);
          expect(test.pValue).toBeGreaterThan(0);
          expect(test.pValue).toBeLessThanOrEqual(1);
          if (compared === null) return;
          const [first, second] = compared.groups;
          const difference = first.observed - first.expected;
          // (N − 1)/Σa² · U²·(1/n1 + 1/n2), with Σa² from the one-group fit: Var U under permutation.
          const ratio = test.statistic / (difference ** 2 * (1 / first.n + 1 / second.n));
          const other = permutationLogRank({
            ...rows,
            group: rows.group.map((g) => (g === "a" ? "b" : "a")),
          });
          expectClose(other.pValue, test.pValue, "p value with labels exchanged");
          if (difference ** 2 > 1e-12) expect(ratio).toBeGreaterThan(0);
        },
      ),
      OFTEN,
    );
  });
});
