import { describe, expect, it } from "vitest";
import { cox } from "../../lib/survival/cox/index";
import { factor, interaction, modelFrame } from "../../lib/survival/index";
import { expectClose, readGolden } from "./golden";

interface Patient {
  readonly time: number;
  readonly dead: boolean;
  readonly age: number;
  readonly female: boolean;
  readonly ecog: number | null;
  readonly loss: number | null;
  readonly place: string | null;
}

const golden = readGolden<{
  rows: Patient[];
  n: number;
  dropped: number;
  coefficients: Record<string, number>;
  stratified: { n: number; coefficient: number; standardError: number };
}>("model-frame");

/** R's names of the columns, in ours. */
function named(name: string): string {
  return name
    .replace("wt.loss", "loss")
    .replace(/place(\d)/, "place=$1")
    .replace(/ecog(\d)/, "ecog=$1");
}

describe("modelFrame", () => {
  const frame = modelFrame(golden.rows, {
    time: "time",
    event: "dead",
    covariates: [
      "age",
      "female",
      "loss",
      factor("place", { reference: "1", levels: ["1", "0", "2"] }),
      factor("ecog"),
      interaction("age", factor("place", { reference: "1" })),
      interaction("female", factor("ecog")),
    ],
  });

  it("makes the columns of R's formula, without incomplete rows", () => {
    const fit = cox(frame);
    expect(fit.n).toBe(golden.n);
    expect(frame.incomplete.count).toBe(golden.dropped);
    expect(frame.rows.length + frame.incomplete.rows.length).toBe(golden.rows.length);
    expect(fit.terms.map((term) => term.name).sort()).toEqual(Object.keys(golden.coefficients).map(named).sort());
    for (const [name, coefficient] of Object.entries(golden.coefficients)) {
      const term = fit.terms.find((candidate) => candidate.name === named(name));
      expectClose(term?.coefficient ?? null, coefficient, name);
    }
    // R too has NA there: no event among women with ecog 3.
    expect(fit.aliased).toEqual(["female:ecog=3"]);
  });

  it("says which columns rows were left out for", () => {
    const counts = Object.fromEntries(frame.incomplete.columns.map(({ column, count }) => [column, count]));
    expect(counts).toEqual({ loss: 14, ecog: 1, place: 1 });
  });

  it("crosses strata", () => {
    const stratified = modelFrame(golden.rows, {
      time: "time",
      event: "dead",
      covariates: ["age"],
      strata: ["place", "female"],
    });
    const [term] = cox(stratified).terms;
    expect(stratified.rows.length).toBe(golden.stratified.n);
    expectClose(term.coefficient, golden.stratified.coefficient, "coefficient");
    expectClose(term.standardError, golden.stratified.standardError, "standard error");
  });

  it("checks column names against the rows' type", () => {
    const rows = golden.rows.slice(0, 20);
    // @ts-expect-error "aeg" is no column of the rows
    expect(() => modelFrame(rows, { time: "time", event: "dead", covariates: ["aeg"] })).toThrow(
      'none of 20 rows is complete in "time", "dead", "aeg"',
    );
    // @ts-expect-error "plaec" is no column of the rows
    expect(() => modelFrame(rows, { time: "time", event: "dead", covariates: [factor("plaec")] })).toThrow(
      "none of 20",
    );
  });

  const simple = { time: "time", event: "dead" } as const;

  it.each([
    [
      () => modelFrame(golden.rows, { ...simple, covariates: ["place"] }),
      'rows[0].place is "0"; a finite number, true or false is needed; for categories use factor("place")',
    ],
    [
      () => modelFrame(golden.rows, { ...simple, covariates: [factor("place", { reference: "Mayo" })] }),
      'the reference "Mayo" is not a level of "place", which has "0", "1", "2"',
    ],
    [
      () =>
        modelFrame(golden.rows, {
          ...simple,
          covariates: [factor("place", { levels: ["0", "1", "2", "3"] })],
        }),
      'no complete row has the level "3" of "place"',
    ],
    [
      () => modelFrame(golden.rows, { ...simple, covariates: [factor("place", { levels: ["0", "1"] })] }),
      'the levels of "place" leave out "2"',
    ],
    [
      () => modelFrame([golden.rows[0]], { ...simple, covariates: [factor("place")] }),
      '"place" is "0" in all complete rows',
    ],
    [() => modelFrame(golden.rows, { ...simple, covariates: ["age", "age"] }), 'the covariate "age" is there twice'],
  ])("refuses what makes no column (%#)", (call, message) => {
    expect(call).toThrow(message);
  });
});

it("names that are whole numbers keep the place that they were given", () => {
  const rows = [5, 1, 4, 2, 3, 6].map(
    (time, i): Record<string, number> => ({ time, event: 1, b: i % 2, 10: i % 3, 2: i * i, c: i % 2 }),
  );
  const frame = modelFrame(rows, { time: "time", event: "event", covariates: ["b", "10", "2", "c"] });
  const fit = cox(frame);
  expect(fit.terms.map(({ name }) => name)).toEqual(["b", "10", "2"]);
  expect(fit.aliased).toEqual(["c"]);
  // Without the order, JavaScript's: the same fit in another one.
  const { order, ...plain } = frame;
  expect(order).toEqual(["b", "10", "2", "c"]);
  const other = cox(plain);
  expect(other.terms.map(({ name }) => name)).toEqual(["2", "10", "b"]);
  for (const term of fit.terms) {
    const same = other.terms.find(({ name }) => name === term.name);
    expect(Math.abs((same?.coefficient ?? 0) - term.coefficient)).toBeLessThan(1e-9 * Math.abs(term.coefficient));
  }
  for (const wrong of [["b"], ["b", "10", "2", "2"], ["b", "10", "2", "d"]])
    expect(() => cox({ ...plain, order: wrong })).toThrow(/^cox: order is .*each of the covariates once is needed/);
  expect(modelFrame(rows, { time: "time", event: "event", covariates: ["b", "c"] })).not.toHaveProperty("order");
});
