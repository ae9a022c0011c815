import { expect, it } from "vitest";
import { seededRandom } from "../../../lib/statistics";
import { cox } from "../../../lib/survival/cox";
import { coefficientOverTime } from "../../../lib/survival/diagnostics";
import { naturalSplineBasis, splineKnots } from "../../../lib/survival/diagnostics/coefficient-over-time";
import { fc } from "../../support/property";

const increasing = fc
  .tuple(
    fc.double({ min: -50, max: 50, noNaN: true }),
    fc.array(fc.double({ min: 0.5, max: 20, noNaN: true }), { minLength: 3, maxLength: 8 }),
  )
  .map(([first, steps]) => {
    const knots = [first];
    for (const step of steps) knots.push(knots[knots.length - 1] + step);
    return knots;
  });

it("the basis is straight beyond both ends", () => {
  fc.assert(
    fc.property(increasing, fc.double({ min: 1, max: 20, noNaN: true }), (knots, step) => {
      for (const start of [knots[0] - 3 * step, knots[knots.length - 1]]) {
        const [a, b, c] = [0, 1, 2].map((k) => naturalSplineBasis(start + k * step, knots));
        const bends = a.map(
          (_, j) => Math.abs(a[j] - 2 * b[j] + c[j]) / Math.max(1, Math.abs(a[j]), Math.abs(b[j]), Math.abs(c[j])),
        );
        expect(Math.max(...bends)).toBeLessThan(1e-9);
      }
    }),
  );
});

it("knots are the ends and quantiles between them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 30 }),
      fc.integer({ min: 2, max: 6 }),
      (values, df) => {
        const knots = splineKnots(values, df);
        expect(knots.length).toBe(df);
        // By ===, to which the two zeros are one number.
        expect(knots[0] === Math.min(...values) && knots[df - 1] === Math.max(...values)).toBe(true);
        expect(knots.every((knot, k) => k === 0 || knot >= knots[k - 1])).toBe(true);
      },
    ),
  );
});

it("follows a coefficient that changes sign half-way, and a level one", () => {
  const random = seededRandom(4);
  const n = 3000;
  const x = Array.from({ length: n }, (_, i) => i % 2);
  const draw = (early: number, late: number) =>
    x.map((one) => {
      const first = -Math.log(1 - random.next()) / Math.exp(early * one);
      return first < 0.7 ? first : 0.7 - Math.log(1 - random.next()) / Math.exp(late * one);
    });
  const smoothOf = (time: number[]) =>
    coefficientOverTime(cox({ time, event: time.map(() => 1), covariates: { x } }))[0];
  const turning = smoothOf(draw(1, -1));
  expect(turning?.smooth[5]?.lower).toBeGreaterThan(0.4);
  expect(turning?.smooth[34]?.upper).toBeLessThan(-0.4);
  expect(turning?.pValue).toBeLessThan(1e-6);
  const level = smoothOf(draw(0.5, 0.5));
  expect(level?.smooth.every(({ lower, upper }) => lower < 0.75 && upper > 0.25)).toBe(true);
});
