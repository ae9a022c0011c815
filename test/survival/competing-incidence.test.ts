import { describe, expect, it } from "vitest";
import { type CompetingOutcome, cumulativeIncidence, incidenceAtTimes } from "../../lib/survival/competing/index";
import type { IntervalType } from "../../lib/survival/index";
import { expectAllClose, readGolden } from "./golden";

type Value = number | null;
type Limits = { readonly lower: Value[]; readonly upper: Value[] };

interface Case {
  readonly name: string;
  readonly input: CompetingOutcome & {
    readonly group?: (string | number)[];
    readonly strata?: (string | number)[];
  };
  /** Of the first group; rows are times, columns causes. */
  readonly atTimes: {
    readonly times: number[];
    readonly incidence: number[][];
    readonly standardError: number[][];
    readonly lower: Value[][];
  };
  readonly groups: readonly {
    readonly label: string | number;
    readonly n: number;
    readonly time: number[];
    readonly atRisk: number[];
    readonly censored: number[];
    readonly eventFree: number[];
    readonly eventFreeStandardError: number[];
    readonly causes: readonly {
      readonly cause: string;
      readonly incidence: number[];
      readonly standardError: number[];
      readonly cumulativeHazard: number[];
      readonly limits: Readonly<Partial<Record<IntervalType, Limits>>>;
    }[];
  }[];
}

const { incidence } = readGolden<{ incidence: Case[] }>("competing");

describe.each(incidence)(
  "cumulativeIncidence agrees with R: $name",
  ({ input: { strata: _, ...input }, groups, atTimes }) => {
    const types = Object.keys(groups[0].causes[0].limits) as IntervalType[];

    it.each(types)("estimates, jackknife errors and %s limits", (interval) => {
      const results = cumulativeIncidence(input, { interval });
      expect(results.map((r) => r.label)).toEqual(groups.map((r) => String(r.label)));
      results.forEach((result, g) => {
        const r = groups[g];
        expect(result.n).toBe(r.n);
        for (const column of ["time", "atRisk", "censored", "eventFree", "eventFreeStandardError"] as const) {
          expectAllClose(result[column], r[column], `${r.label} ${column}`);
        }
        expect(result.causes.map(({ cause }) => cause)).toEqual(r.causes.map(({ cause }) => cause));
        result.causes.forEach((curve, k) => {
          const where = `${r.label} ${curve.cause}`;
          for (const column of ["incidence", "standardError", "cumulativeHazard"] as const) {
            expectAllClose(curve[column], r.causes[k][column], `${where} ${column}`);
          }
          const limits = r.causes[k].limits[interval];
          expectAllClose(curve.lower, limits?.lower ?? [], `${where} ${interval} lower`);
          expectAllClose(curve.upper, limits?.upper ?? [], `${where} ${interval} upper`);
        });
      });
    });

    it("values at given times", () => {
      const [curve] = cumulativeIncidence(input);
      const rows = incidenceAtTimes(curve, atTimes.times);
      rows.forEach((row, i) => {
        for (const column of ["incidence", "standardError", "lower"] as const) {
          expectAllClose(
            row.causes.map((cause) => cause[column]),
            atTimes[column][i],
            `${column} at ${row.time}`,
          );
        }
      });
      const events = (k: number) => rows.reduce((sum, row) => sum + row.causes[k].events, 0);
      curve.causes.forEach((cause, k) => {
        expect(events(k)).toBeCloseTo(
          cause.events.reduce((sum, d) => sum + d, 0),
          10,
        );
      });
    });
  },
);

describe("incidenceAtTimes", () => {
  it("refuses times that do not increase or are not finite", () => {
    const [curve] = cumulativeIncidence({ time: [1, 2], cause: [1, 0] });
    expect(() => incidenceAtTimes(curve, [1, 1])).toThrow("times[1] is 1 after 1");
    expect(() => incidenceAtTimes(curve, [-1])).toThrow("times[0] is -1");
    expect(() => incidenceAtTimes(curve, [Number.NaN])).toThrow("times[0] is NaN");
  });
});
