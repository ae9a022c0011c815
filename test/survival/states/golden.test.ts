import { describe, expect, it } from "vitest";
import { coxByTransition, occupationAtTimes, restrictedMeanRegression, stateOccupation } from "../../../lib/survival";
import { expectAllClose, expectClose, readGolden } from "../golden";

type Value = number | null;

interface Occupation {
  readonly name: string;
  readonly start: string;
  readonly times: number[];
  readonly columns: Record<"id" | "entry" | "time" | "x" | "z", number[]> & { readonly state: string[] };
  readonly states: string[];
  readonly probability: number[][];
  readonly standardError: number[][];
  readonly lower: Value[][];
  readonly upper: Value[][];
  readonly models: {
    readonly from: string[];
    readonly to: string[];
    readonly coefficients: number[];
    readonly robust: number[];
  };
}

interface Mean {
  readonly name: string;
  readonly tau: number;
  readonly covariates: string[];
  readonly pseudo: number[];
  readonly coefficients: number[];
  readonly hc3: number[];
  readonly p: number[];
  readonly hc0: number[];
  readonly clusters: number[] | null;
}

const { sets, occupation, means } = readGolden<{
  sets: Record<string, Record<string, number[]>>;
  occupation: Occupation[];
  means: Mean[];
}>("states");

describe.each(occupation)("several states agree with R: $name", (r) => {
  const { id, entry, time, state, x, z } = r.columns;

  it("shares, errors and limits", () => {
    const paths = stateOccupation({ id, entry, time, state }, { start: r.start });
    occupationAtTimes(paths, r.times).forEach((at, k) => {
      if (at === null) throw new Error("before the first change");
      r.states.forEach((name, j) => {
        const found = at.states.find((one) => one.state === name);
        const where = `${name} at ${at.time}`;
        expectClose(found?.probability ?? null, r.probability[k][j], where);
        expectClose(found?.standardError ?? null, r.standardError[k][j], `${where}, error`);
        if (r.probability[k][j] === 0) return;
        expectClose(found?.lower ?? null, r.lower[k][j], `${where}, lower`);
        expectClose(found?.upper ?? null, r.upper[k][j], `${where}, upper`);
      });
    });
  });

  it("Cox's model of each change", () => {
    const models = coxByTransition(
      { id, entry, time, state, covariates: { x, z } },
      { start: r.start, tolerance: 1e-12 },
    );
    const here = new Map(models.map(({ from, to, fit }) => [`${from} ${to}`, fit]));
    r.models.from.forEach((from, i) => {
      const term = here.get(`${from} ${r.models.to[i]}`)?.terms[i % 2];
      expectClose(term?.coefficient ?? null, r.models.coefficients[i], `${from} to ${r.models.to[i]}`);
      // Where R's robust error is 0, of one or two people, there is none that holds.
      const robust = r.models.robust[i] < 1e-9 ? null : r.models.robust[i];
      expectClose(term?.robustStandardError ?? null, robust, `${from} to ${r.models.to[i]}, error`, 1e-7);
    });
  });
});

describe("restrictedMeanRegression agrees with R", () => {
  it.each(means.map((one, i) => ({ ...one, title: `${one.name} ${one.covariates.join("+")} to ${one.tau} (${i})` })))(
    "$title",
    (r) => {
      const { time, event, cluster, ...rest } = sets[r.name];
      const covariates = Object.fromEntries(r.covariates.map((name) => [name, rest[name]]));
      const fit = restrictedMeanRegression({ time, event, covariates }, { tau: r.tau });
      expectAllClose(fit.pseudoValues.slice(0, 10), r.pseudo, "pseudo-values");
      fit.terms.forEach(({ name, coefficient, standardError, pValue }, j) => {
        expectClose(coefficient, r.coefficients[j], name);
        expectClose(standardError, r.hc3[j], `${name}, HC3`);
        expectClose(pValue, r.p[j], `${name}, p`, 1e-7);
      });
      const plain = restrictedMeanRegression({ time, event, covariates }, { tau: r.tau, errors: "HC0" });
      plain.terms.forEach(({ name, standardError }, j) => {
        expectClose(standardError, r.hc0[j], `${name}, HC0`);
      });
      const clustered = restrictedMeanRegression({ time, event, covariates, cluster }, { tau: r.tau });
      clustered.terms.forEach(({ name, standardError }, j) => {
        if (r.clusters === null) expect(standardError).toBe(null);
        else expectClose(standardError, r.clusters[j], `${name}, clusters`);
      });
    },
  );
});
