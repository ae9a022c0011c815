import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NoEventsError } from "../../../lib/statistics";
import {
  coxByTransition,
  cumulativeIncidence,
  kaplanMeier,
  occupationAtTimes,
  restrictedMean,
  restrictedMeanRegression,
  stateOccupation,
} from "../../../lib/survival";
import { expectAllClose, expectClose } from "../golden";

/** Paths of a few people through three states, with late entries and gaps. */
const paths = fc
  .array(
    fc.record({
      begin: fc.integer({ min: 0, max: 3 }),
      steps: fc.array(
        fc.record({
          length: fc.integer({ min: 1, max: 9 }),
          to: fc.constantFrom("custody", "bail", "free", "censored"),
        }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
    }),
    { minLength: 4, maxLength: 12 },
  )
  .map((people) =>
    people.flatMap(({ begin, steps }, id) => {
      let entry = begin;
      return steps.map(({ length, to }) => {
        const row = { id, entry, time: entry + length, state: to };
        entry += length;
        return row;
      });
    }),
  );

type Row = { readonly id: number; readonly entry: number; readonly time: number; readonly state: string };
const columns = (rows: readonly Row[]) => ({
  id: rows.map(({ id }) => id),
  entry: rows.map(({ entry }) => entry),
  time: rows.map(({ time }) => time),
  state: rows.map(({ state }) => state),
});
const occupy = (rows: readonly Row[]) => {
  try {
    return stateOccupation(columns(rows), { start: "custody", interval: "plain" });
  } catch (error) {
    if (error instanceof NoEventsError) return null;
    throw error;
  }
};

describe("shares in several states", () => {
  it("add up to 1, are no less than 0, and intervals cut in two give the same", () => {
    fc.assert(
      fc.property(paths, (rows) => {
        const whole = occupy(rows);
        fc.pre(whole !== null);
        whole?.time.forEach((_, k) => {
          const shares = whole.states.map(({ probability }) => probability[k]);
          expectClose(
            shares.reduce((a, b) => a + b, 0),
            1,
            "sum",
            1e-12,
          );
          for (const share of shares) expect(share).toBeGreaterThan(-1e-12);
        });
        const cut = occupy(
          rows.flatMap((row) => {
            const middle = (row.entry + row.time) / 2;
            return [
              { ...row, time: middle, state: "censored" },
              { ...row, entry: middle },
            ];
          }),
        );
        expect(cut?.time).toEqual(whole?.time);
        whole?.states.forEach(({ probability, standardError }, j) => {
          expectAllClose(cut?.states[j].probability ?? [], probability, "cut", 1e-12);
          expectAllClose(cut?.states[j].standardError ?? [], standardError, "cut, error", 1e-10);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("of two states are Kaplan–Meier's, and of one with several ways out the cumulative incidences", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ time: fc.integer({ min: 1, max: 9 }), state: fc.constantFrom("free", "exile", "censored") }),
          { minLength: 4, maxLength: 20 },
        ),
        (rows) => {
          const people = rows.map((row, id) => ({ ...row, id, entry: 0 }));
          const all = occupy(people);
          fc.pre(all !== null);
          const time = rows.map((row) => row.time);
          const [curve] = kaplanMeier({ time, event: rows.map(({ state }) => (state === "censored" ? 0 : 1)) });
          const [incidence] = cumulativeIncidence(
            { time, cause: rows.map(({ state }) => state) },
            { interval: "plain" },
          );
          all?.time.forEach((t, k) => {
            const at = curve.time.indexOf(t);
            expectClose(all.states[0].probability[k], curve.survival[at], "custody", 1e-12);
            for (const { cause, incidence: share, standardError } of incidence.causes) {
              const state = all.states.find((one) => one.state === cause);
              expectClose(state?.probability[k] ?? null, share[incidence.time.indexOf(t)], cause, 1e-10);
              expectClose(
                state?.standardError[k] ?? null,
                standardError[incidence.time.indexOf(t)],
                `${cause}, error`,
                1e-7,
              );
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("before the first change are not known better, and a state says who is at risk in it", () => {
    const paths = stateOccupation(
      { time: [4, 6, 9], state: ["bail", "free", "censored"], id: ["a", "b", "c"] },
      { start: "custody" },
    );
    expect(occupationAtTimes(paths, [1, 5])[0]).toBe(null);
    expect(paths.states.map(({ state, atRisk }) => [state, atRisk])).toEqual([
      ["custody", [3, 2]],
      ["bail", [0, 0]],
      ["free", [0, 0]],
    ]);
    expect(paths.transitions).toEqual([
      { from: "custody", to: "bail", events: 1 },
      { from: "custody", to: "free", events: 1 },
    ]);
  });

  it("refuse what cannot be a path", () => {
    const path = { id: [1, 1], entry: [0, 3], time: [4, 9], state: ["bail", "free"] };
    expect(() => stateOccupation(path)).toThrow(
      /entry\[1\] is 3, before time\[0\] = 4 of the same id "1"; intervals of a person may not overlap/,
    );
    const other = { ...path, entry: [0, 4], from: ["custody", "exile"] };
    expect(() => stateOccupation(other)).toThrow(/from\[1\] is "exile", and the same id was in "bail" before/);
    expect(() => stateOccupation({ time: [1, 2], state: [0, "censored"] })).toThrow(NoEventsError);
    expect(() => stateOccupation({ time: [1, 2], state: ["free", ""] })).toThrow(
      /state\[1\] is ""; the name or number of a state/,
    );
  });

  it("a change without events enough for a model says why there is none", () => {
    const models = coxByTransition({
      time: [1, 2, 3],
      state: ["free", "censored", "censored"],
      covariates: { x: [1, 1, 1] },
    });
    expect(models).toMatchObject([
      {
        from: "start",
        to: "free",
        events: 1,
        fit: null,
        reason: expect.stringContaining("none of its covariates varies"),
      },
    ]);
  });
});

describe("restrictedMeanRegression", () => {
  const time = [2, 3, 5, 7, 8, 11, 13, 17];
  const event = [1, 1, 0, 1, 1, 0, 1, 1];

  it("of a constant alone is Kaplan–Meier's restricted mean, and without censoring the means of two groups", () => {
    const [curve] = kaplanMeier({ time, event });
    for (const tau of [4, 8, 20]) {
      const fit = restrictedMeanRegression({ time, event, covariates: {} }, { tau });
      expectClose(fit.mean, restrictedMean(curve, tau).estimate, "mean", 1e-12);
      expectClose(fit.terms[0].coefficient, fit.mean, "intercept", 1e-9);
    }
    const x = [0, 1, 0, 1, 0, 1, 0, 1];
    const fit = restrictedMeanRegression({ time, event: time.map(() => 1), covariates: { x } }, { tau: 12 });
    const mean = (group: number) => time.reduce((sum, t, i) => sum + (x[i] === group ? Math.min(t, 12) / 4 : 0), 0);
    expectClose(fit.terms[1].coefficient, mean(1) - mean(0), "difference", 1e-12);
    expectAllClose(
      fit.pseudoValues,
      time.map((t) => Math.min(t, 12)),
      "pseudo-values",
      1e-12,
    );
  });

  it("says what it cannot do", () => {
    const covariates = { x: time };
    expect(() => restrictedMeanRegression({ time, event, covariates }, { tau: 0 })).toThrow(/tau is 0/);
    expect(() =>
      restrictedMeanRegression({ time: [1, 2], event: [1, 1], covariates: { x: [0, 1] } }, { tau: 2 }),
    ).toThrow(/2 rows for 2 coefficients/);
    expect(
      restrictedMeanRegression({ time, event, covariates, cluster: time.map(() => 1) }, { tau: 9 }).terms[0]
        .standardError,
    ).toBe(null);
    expect(restrictedMeanRegression({ time, event, covariates }, { tau: 90 }).extended).toBe(false);
  });
});
