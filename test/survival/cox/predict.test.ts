import { describe, expect, it } from "vitest";
import { cox, type PredictRow, type PredictType, predict, predictSurvival } from "../../../lib/survival";
import { expectAllClose, expectClose, readGolden } from "../golden";

interface Part {
  readonly type: PredictType;
  readonly reference: "strata" | "sample" | "zero";
  readonly value: number[];
  readonly error: number[];
}

interface Case {
  readonly set: string;
  readonly shape: "plain" | "strata" | "offset" | "both";
  readonly ties: "efron" | "breslow";
  readonly weighted: boolean;
  readonly clustered: boolean;
  readonly rows: Record<string, (number | string)[]>;
  readonly parts: Part[];
  readonly collapsed: { readonly value: number[]; readonly error: number[] };
}

const { sets, cases } = readGolden<{ sets: Record<string, Record<string, number[]>>; cases: Case[] }>("predict");

function fitOf({ set, shape, ties, weighted, clustered }: Omit<Case, "rows" | "parts" | "collapsed">) {
  const { time, event, entry, a, b, s, o, w, c } = sets[set];
  return cox(
    {
      time,
      event,
      ...(entry ? { entry } : {}),
      covariates: shape === "offset" ? { a } : { a, b },
      ...(shape === "strata" || shape === "both" ? { strata: s } : {}),
      ...(shape === "offset" || shape === "both" ? { offset: o } : {}),
      ...(weighted ? { weights: w } : {}),
      ...(clustered ? { cluster: c } : {}),
    },
    { ties, tolerance: 1e-13 },
  );
}

function rowsOf({ rows, shape }: Case): PredictRow[] {
  return rows.time.map((_, i) => {
    const of = (name: string) => (rows[name] === undefined ? {} : { [name]: rows[name][i] });
    const offset = shape === "offset" || shape === "both" ? rows.o[i] : 0;
    return { ...of("a"), ...of("b"), ...of("time"), ...of("entry"), stratum: rows.s[i], offset };
  });
}

const named = cases.map((one) => ({
  ...one,
  name: `${one.set} ${one.shape}, ${one.ties}${one.weighted ? ", weights" : ""}${one.clustered ? ", clusters" : ""}`,
}));

describe.each(named)("predictions agree with R: $name", (r) => {
  const fit = fitOf(r);
  const rows = rowsOf(r);

  it.each(r.parts.map((part) => ({ ...part, what: `${part.type}, ${part.reference}` })))("$what", (part) => {
    const { type, reference } = part;
    const found = predict(fit, rows, { type, reference, standardError: true });
    found.forEach(({ value, standardError }, i) => {
      // Predictors are differences: to 1e-9 of their error.
      const near = Math.abs(Number(value) - part.value[i]) <= 1e-9 * part.error[i];
      if (!near) expectClose(value, part.value[i], `value ${i}`);
      expectClose(standardError, part.error[i], `error ${i}`);
    });
  });

  it("summed by a label", () => {
    const collapse = rows.map((_, i) => (i % 2) + 1);
    const found = predict(fit, rows, { standardError: true, collapse });
    found.forEach(({ value, standardError }, i) => {
      expectClose(value, r.collapsed.value[i], "value", 1e-7);
      expectClose(standardError, r.collapsed.error[i], "error");
    });
  });
});

describe("predict", () => {
  const { time, event, a, b, s } = sets.lung;
  const fit = cox({ time, event, covariates: { a, b }, strata: s });

  it("says of rows what their curves say at their times", () => {
    const rows = [100, 300, 1000].map((at) => ({ a: 60, b: 1, time: at, stratum: 2 }));
    const curve = predictSurvival(fit, [{ a: 60, b: 1 }]).find(({ stratum }) => stratum === "2");
    const at = rows.map((row) => (curve?.time.filter((t) => t <= row.time).length ?? 0) - 1);
    const found = predict(fit, rows, { type: "survival", standardError: true });
    expectAllClose(
      found.map(({ value }) => value),
      at.map((k) => curve?.survival[k] ?? null),
      "survival",
      1e-12,
    );
    expectAllClose(
      found.map((one) => one.standardError),
      at.map((k) => curve?.standardError[k] ?? null),
      "error",
      1e-12,
    );
  });

  it("adds what is expected to the events of each stratum, and over stretches of time", () => {
    const all = time.map((t, i) => ({ a: a[i], b: b[i], stratum: s[i], time: t }));
    const breslow = cox({ time, event, covariates: { a, b }, strata: s }, { ties: "breslow" });
    const expected = predict(breslow, all, { type: "expected", collapse: s });
    [1, 2].forEach((stratum, k) => {
      const events = event.filter((one, i) => one === 1 && s[i] === stratum).length;
      expectClose(expected[k].value, events, `stratum ${stratum}`, 1e-9);
    });
    const withOffset = cox({ time, event, covariates: { a }, offset: sets.lung.o }, { ties: "breslow" });
    const moved = time.map((t, i) => ({ a: a[i], offset: sets.lung.o[i], time: t }));
    const [{ value }] = predict(withOffset, moved, { type: "expected", collapse: time.map(() => 1) });
    expectClose(value, event.filter((one) => one === 1).length, "with an offset", 1e-9);
    const upTo = (entry: number, end: number) =>
      Number(predict(fit, [{ a: 60, b: 1, stratum: 1, entry, time: end }], { type: "expected" })[0].value);
    expectClose(upTo(0, 200) + upTo(200, 700), upTo(0, 700), "stretches", 1e-12);
    expect(predict(fit, [{ a: 60, b: 1, stratum: 1, time: 0 }], { type: "survival" })[0].value).toBe(1);
  });

  it("leaves a row without a covariate without a value, and says what a row lacks", () => {
    const row = { a: 60, b: 1, stratum: 1, time: 3 };
    expect(predict(fit, [{ ...row, b: null }])).toEqual([{ value: null, standardError: null }]);
    expect(predict(fit, [row])[0].standardError).toBeNull();
    expect(predict(fit, [])).toEqual([]);
    expect(() => predict(fit, [{ a: 60, stratum: 1 }])).toThrow(/rows\[0\]\.b is undefined/);
    expect(() => predict(fit, [{ ...row, stratum: 3 }])).toThrow(/rows\[0\]\.stratum is 3; one of .* "1", "2"/);
    expect(() => predict(fit, [{ a: 60, b: 1, stratum: 1 }], { type: "expected" })).toThrow(
      /rows\[0\]\.time is undefined/,
    );
    expect(() => predict(fit, [{ ...row, entry: 5 }], { type: "survival" })).toThrow(/entry 5 and time 3/);
    expect(() => predict(fit, [{ ...row, a: Number.NaN }])).toThrow(/rows\[0\]\.a is NaN/);
    expect(() => predict(JSON.parse(JSON.stringify(fit)), [row])).toThrow(/not a value that cox\(\) returned/);
  });

  it("of a fit with frailties is for a group whose log frailty is 0", () => {
    const shared = cox(
      { time, event, covariates: { a, b } },
      { frailty: { by: s, distribution: "gamma", variance: 0.5 } },
    );
    const [{ value }] = predict(shared, [{ a: 0, b: 0 }], { reference: "zero" });
    expectClose(value, 0, "predictor");
  });
});
