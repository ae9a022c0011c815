import { describe, expect, it } from "vitest";
import {
  type FineGrayInput,
  type FineGrayOutcome,
  fineGray,
  fineGrayData,
  predictIncidence,
} from "../../lib/survival/competing/index";
import { expectAllClose, expectClose, readGolden } from "./golden";

interface Expansion {
  readonly name: string;
  readonly cause: string;
  readonly stratified: boolean;
  readonly row: number[];
  readonly entry: number[];
  readonly time: number[];
  readonly event: number[];
  readonly weights: number[];
  readonly added: number[];
}

interface Fit {
  readonly name: string;
  readonly cause: string;
  readonly ties: "efron" | "breslow";
  readonly stratified: boolean;
  readonly input: FineGrayInput;
  readonly coefficient: number[];
  readonly standardError: number[];
  readonly robustStandardError: number[];
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly score: number;
  readonly robustScore: number;
  readonly wald: number;
  /** Covariates of rows that curves are predicted for; null with strata. */
  readonly rows: number[][];
  readonly predicted: readonly Record<"time" | "incidence" | "standardError" | "lower" | "upper", number[]>[] | null;
}

interface Golden {
  readonly incidence: readonly {
    readonly name: string;
    readonly input: FineGrayOutcome & { readonly group?: unknown };
  }[];
  readonly expansions: readonly Expansion[];
  readonly fineGray: readonly Fit[];
  readonly crr: readonly (Pick<Fit, "cause" | "input" | "coefficient" | "standardError" | "logLikelihood"> & {
    readonly withWeightsEstimated: number[];
  })[];
}

const golden = readGolden<Golden>("competing");

describe("fineGrayData agrees with finegray", () => {
  it.each(golden.expansions)("$name, cause $cause, stratified $stratified", (r) => {
    const found = golden.incidence.find(({ name }) => name === r.name)?.input;
    if (found === undefined) throw new Error(`no input ${r.name}`);
    const { strata, group: _, ...rest } = found;
    const data = fineGrayData(r.stratified ? { ...rest, strata } : rest, { cause: r.cause });
    for (const column of ["row", "entry", "time", "event", "weights", "added"] as const) {
      expectAllClose(data[column], r[column], column);
    }
  });
});

describe("fineGray agrees with coxph on the rows of finegray", () => {
  it.each(golden.fineGray)("$name, cause $cause, $ties, stratified $stratified", (r) => {
    const { fit } = fineGray(r.input, { cause: r.cause, ties: r.ties });
    const column = (name: "coefficient" | "standardError" | "robustStandardError") =>
      fit.terms.map((term) => term[name]);
    expectAllClose(column("coefficient"), r.coefficient, "coefficient");
    expectAllClose(column("standardError"), r.standardError, "standard error");
    expectAllClose(column("robustStandardError"), r.robustStandardError, "robust standard error");
    expectClose(fit.logLikelihood.null, r.logLikelihood.null, "log-likelihood at 0");
    expectClose(fit.logLikelihood.fitted, r.logLikelihood.fitted, "log-likelihood");
    expectClose(fit.tests.score.chiSquare, r.score, "score test");
    expectClose(fit.tests.robustScore?.chiSquare ?? null, r.robustScore, "robust score test");
    expectClose(fit.tests.wald?.chiSquare ?? null, r.wald, "Wald test");
  });
});

describe("predictIncidence agrees with one minus survfit", () => {
  const cases = golden.fineGray.filter(({ stratified }) => !stratified);
  it.each(cases)("$name, cause $cause, $ties", (r) => {
    const fit = fineGray(r.input, { cause: r.cause, ties: r.ties });
    const names = fit.fit.terms.map(({ name }) => name);
    const rows = r.rows.map((row) => Object.fromEntries(row.map((value, j) => [names[j], value])));
    const curves = predictIncidence(fit, rows);
    expect(curves.length).toBe(r.predicted?.length);
    curves.forEach((curve, i) => {
      for (const column of ["time", "incidence", "standardError", "lower", "upper"] as const) {
        expectAllClose(curve[column], r.predicted?.[i][column] ?? [], `${column} of row ${i}`);
      }
    });
  });
});

describe("fineGray agrees with cmprsk::crr where each time occurs once", () => {
  it.each(golden.crr)("cause $cause", (r) => {
    const { fit, estimatedWeights } = fineGray(r.input, { cause: r.cause, ties: "breslow" });
    expectAllClose(
      fit.terms.map((term) => term.coefficient),
      r.coefficient,
      "coefficient",
    );
    expectAllClose(
      fit.terms.map((term) => term.standardError),
      r.standardError,
      "from the information",
    );
    expectAllClose(estimatedWeights ?? [], r.withWeightsEstimated, "allowing for the weights' estimation");
    expectClose(fit.logLikelihood.null, r.logLikelihood.null, "log-likelihood at 0");
    expectClose(fit.logLikelihood.fitted, r.logLikelihood.fitted, "log-likelihood");
  });
});

describe("fineGray", () => {
  it("counts rows as they were given", () => {
    const [{ input, cause }] = golden.fineGray;
    const result = fineGray(input, { cause });
    expect(result.n).toBe(312);
    expect([result.events, result.competing, result.censored]).toEqual([125, 19, 168]);
    expect(result.fit.n).toBe(result.data.row.length);
  });

  it("has errors that allow for the weights' estimation on any scale, and only where they are known", () => {
    const [{ input, cause }] = golden.crr;
    const [name] = Object.keys(input.covariates);
    const large = Array.from(input.covariates[name], (value) => 2015 + value * 1e9);
    const scaled = { ...input, covariates: { ...input.covariates, [name]: large } };
    const errors = fineGray(input, { cause, ties: "breslow" }).estimatedWeights ?? [];
    const others = fineGray(scaled, { cause, ties: "breslow" }).estimatedWeights ?? [];
    expect(errors.length).toBe(3);
    expectAllClose(others, [errors[0] / 1e9, errors[1], errors[2]], "error");
    expect(fineGray(input, { cause }).estimatedWeights).toBeNull();
    expect(fineGray({ ...input, weights: large }, { cause, ties: "breslow" }).estimatedWeights).toBeNull();
  });
});
