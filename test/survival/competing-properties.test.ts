import { describe, expect, it } from "vitest";
import { cumulativeIncidence, fineGray, fineGrayData, grayTest } from "../../lib/survival/competing/index";
import { cox } from "../../lib/survival/cox/index";
import { kaplanMeier } from "../../lib/survival/index";
import { fc } from "../support/property";
import { OFTEN } from "./arbitrary";
import { expectAllClose, expectClose } from "./golden";

/** Rows in two groups with whole times, many tied, and three causes (0 is censored); each cause and group occurs. */
const rows = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 12 }),
      cause: fc.integer({ min: 0, max: 3 }),
      group: fc.constantFrom("a", "b"),
      order: fc.integer(),
    }),
    { minLength: 0, maxLength: 30 },
  )
  .map((drawn) => {
    const all = [
      { time: 3, cause: 1, group: "a", order: 0 },
      { time: 2, cause: 2, group: "b", order: 0 },
      { time: 4, cause: 3, group: "a", order: 0 },
      { time: 14, cause: 0, group: "a", order: 0 },
      { time: 15, cause: 0, group: "b", order: 0 },
      ...drawn,
    ];
    const columns = (list: typeof all) => ({
      time: list.map((row) => row.time),
      cause: list.map((row) => row.cause),
      group: list.map((row) => row.group),
    });
    return { ...columns(all), shuffled: columns([...all].sort((a, b) => a.order - b.order)) };
  });

describe("cumulativeIncidence, for any rows", () => {
  it("adds up to 1 with what is free of events, and never falls", () => {
    fc.assert(
      fc.property(rows, ({ time, cause }) => {
        const [all] = cumulativeIncidence({ time, cause });
        all.time.forEach((t, k) => {
          const sum = all.causes.reduce((total, { incidence }) => total + incidence[k], all.eventFree[k]);
          expectClose(sum, 1, `sum at ${t}`, 1e-12);
          for (const { incidence, standardError } of all.causes) {
            expect(incidence[k]).toBeGreaterThanOrEqual(k === 0 ? 0 : incidence[k - 1]);
            expect(standardError[k]).toBeGreaterThanOrEqual(0);
          }
        });
      }),
      OFTEN,
    );
  });

  it("is one minus Kaplan and Meier's estimate where there is one cause, and has S of any event", () => {
    fc.assert(
      fc.property(rows, ({ time, cause }) => {
        const event = cause.map((c) => Math.min(c, 1));
        const [curve] = kaplanMeier({ time, event });
        const [one] = cumulativeIncidence({ time, cause: event });
        expectAllClose(
          one.causes[0].incidence.map((f) => 1 - f),
          curve.survival,
          "incidence",
        );
        const errors = curve.standardError.map((error) => error ?? 0);
        one.causes[0].standardError.forEach((error, k) => {
          if (curve.survival[k] > 0) expectClose(error, errors[k], "Greenwood's error");
        });
        expectAllClose(cumulativeIncidence({ time, cause })[0].eventFree, curve.survival, "event-free");
      }),
      OFTEN,
    );
  });

  it("does not depend on the order of rows, takes weights of 2 as two rows, and weights of 0 as none", () => {
    fc.assert(
      fc.property(rows, ({ time, cause, shuffled }) => {
        const first = cumulativeIncidence({ time, cause });
        const second = cumulativeIncidence({ time: shuffled.time, cause: shuffled.cause });
        const weights = time.map((_, i) => i % 3);
        const copies = time.flatMap((_, i) => new Array<number>(weights[i]).fill(i));
        const weighted = cumulativeIncidence({ time, cause, weights })[0];
        const copied = cumulativeIncidence({
          time: copies.map((i) => time[i]),
          cause: copies.map((i) => cause[i]),
        })[0];
        first[0].causes.forEach((curve, k) => {
          expectAllClose(second[0].causes[k].incidence, curve.incidence, "incidence");
          expectAllClose(second[0].causes[k].standardError, curve.standardError, "error");
        });
        for (const curve of copied.causes) {
          const same = weighted.causes.find((candidate) => candidate.cause === curve.cause);
          copied.time.forEach((t, k) => {
            expectClose(
              same?.incidence[weighted.time.indexOf(t)] ?? null,
              curve.incidence[k],
              `${curve.cause} at ${t}`,
            );
          });
        }
      }),
      OFTEN,
    );
  });
});

describe("grayTest, for any rows", () => {
  it("does not depend on the order of rows or of groups; differences and covariances add up to 0", () => {
    fc.assert(
      fc.property(rows, ({ shuffled, ...input }) => {
        const tests = grayTest(input);
        const others = [grayTest(shuffled), grayTest(input, { order: ["b", "a"] })];
        tests.forEach((test, k) => {
          for (const other of others) expectClose(other[k].chiSquare, test.chiSquare, "chi-square", 1e-7);
          const observed = test.groups.reduce((sum, group) => sum + group.observed, 0);
          const expected = test.groups.reduce((sum, group) => sum + group.expected, 0);
          expectClose(observed, expected, "events", 1e-12);
          expect(observed).toBe(input.cause.filter((cause) => String(cause) === test.cause).length);
        });
      }),
      OFTEN,
    );
  });
});

describe("Fine and Gray's model, for any rows", () => {
  it("is a Cox model with each row as a cluster where there is one cause", () => {
    fc.assert(
      fc.property(rows, ({ time, cause, group }) => {
        const event = cause.map((c) => Math.min(c, 1));
        const later = time.map((t) => t + 1);
        const covariates = { a: group.map((g) => (g === "a" ? 1 : 0)) };
        const { fit } = fineGray({ time: later, cause: event, covariates }, { cause: 1 });
        const plain = cox({ time: later, event, covariates }, { robust: true });
        expect(fit.n).toBe(time.length);
        expectAllClose(
          fit.terms.map((term) => term.coefficient),
          plain.terms.map((term) => term.coefficient),
          "coefficient",
          1e-7,
        );
        expectClose(fit.logLikelihood.fitted, plain.logLikelihood.fitted, "log-likelihood");
      }),
      { numRuns: 60 },
    );
  });

  it("gives every row once, with weights that fall, and pieces that follow one another", () => {
    fc.assert(
      fc.property(rows, ({ time, cause }) => {
        const data = fineGrayData({ time, cause }, { cause: 1 });
        expect([...new Set(data.row)]).toEqual(time.map((_, i) => i));
        expect(data.event.reduce((sum, event) => sum + event, 0)).toBe(cause.filter((c) => c === 1).length);
        data.row.forEach((row, i) => {
          expect(data.time[i]).toBeGreaterThan(data.entry[i]);
          if (data.added[i] === 0) {
            expect(data.weights[i]).toBe(1);
            return;
          }
          expect(data.row[i - 1]).toBe(row);
          expect(data.entry[i]).toBeGreaterThanOrEqual(data.time[i - 1]);
          expect(data.weights[i]).toBeLessThanOrEqual(data.weights[i - 1]);
        });
      }),
      OFTEN,
    );
  });
});
