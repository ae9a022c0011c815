import { describe, expect, it } from "vitest";
import {
  flexibleParametric,
  type ParametricInput,
  parametric,
  type SplitPopulationInput,
  splitPopulation,
} from "../../../lib/survival";
import { fc } from "../../support/property";
import { type Counted, copiesOf, countedRows, expectSame } from "../counted";

/** Newton ends at 1e-9 standard errors times √events, and the step that follows squares it. */
const TOLERANCE = 1e-7;

type Columns = Readonly<Record<string, readonly number[]>>;

/** Which columns a model has beside time, event and x. */
const shapes = fc.record({ entry: fc.boolean(), weights: fc.boolean(), cluster: fc.boolean() });
type Shape = { readonly entry: boolean; readonly weights: boolean; readonly cluster: boolean };

const inputOf = (columns: Columns, shape: Shape): ParametricInput & { covariates: { x: readonly number[] } } => ({
  time: columns.time,
  event: columns.event,
  covariates: { x: columns.x },
  ...(shape.entry ? { entry: columns.entry } : {}),
  ...(shape.weights ? { weights: columns.weight } : {}),
  ...(shape.cluster ? { cluster: columns.cluster } : {}),
});

/** A model of patterns with counts, and of their copies. */
function alike(fitOf: (input: SplitPopulationInput) => { readonly warnings: readonly { readonly kind: string }[] }) {
  const property = fc.property(countedRows, shapes, (data: Counted, shape: Shape) => {
    const counted = fitOf({ ...inputOf(data.columns, shape), counts: data.counts });
    const copied = fitOf(inputOf(copiesOf(data), shape));
    // On the way to infinity two searches need not end at one place.
    const isEndless = [counted, copied].some(({ warnings }) => warnings.some(({ kind }) => /^(Conv|Sep)/.test(kind)));
    if (!isEndless) expectSame(counted, copied, "fit", TOLERANCE);
  });
  return () => fc.assert(property, { numRuns: 15 });
}

describe("counts are copies where the likelihood is a sum over rows", () => {
  for (const distribution of ["weibull", "gompertz"] as const) {
    it(
      `parametric, ${distribution}`,
      alike((input) => parametric(input, { distribution })),
    );
  }
  for (const scale of ["hazard", "odds"] as const) {
    it(
      `flexibleParametric on ${scale}, knots placed among all copies`,
      alike((input) => flexibleParametric(input, { scale })),
    );
  }
  it(
    "splitPopulation",
    alike(({ covariates, ...input }) => splitPopulation({ ...input, share: covariates })),
  );

  it("a count that is none is refused by its place", () => {
    const input = { time: [1, 2, 3], event: [1, 1, 0], counts: [1, 0, 2] };
    expect(() => parametric(input, { distribution: "weibull" })).toThrow(/^parametric: counts\[1\] is 0/);
  });
});
