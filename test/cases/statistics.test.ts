import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { eValue, standardizedMeanDifference } from "../../lib/comparability";
import { permutationLogRank, permutationTest } from "../../lib/resampling";
import { combinations, InvalidInputError } from "../../lib/statistics";
import {
  atTimes,
  type CoxInput,
  cox,
  kaplanMeier,
  logRankTrend,
  modelFrame,
  proportionalHazards,
  quantile,
  restrictedMean,
} from "../../lib/survival";
import { durbinWatson, linearRegression } from "../../lib/time-series";

/**
 * Small inputs on which a number was once wrong, misleading or missing, each standing for a kind of fault, with the right
 * value by R. A kind's neighbours are in the tests on the paths of the code.
 */
interface Case {
  readonly name: string;
  readonly op: string;
  readonly input: Record<string, unknown>;
  readonly expected: Record<string, unknown>;
  readonly tolerance: { readonly rel: number; readonly abs: number };
}

const cases: readonly Case[] = JSON.parse(readFileSync(path.join(import.meta.dirname, "statistics.json"), "utf8"));

type Columns = Record<string, number[]>;

/** What a case's file holds is checked by the functions themselves. */
function field<Value>(input: Record<string, unknown>, name: string): Value {
  return input[name] as Value;
}

function coxInput(input: Record<string, unknown>): CoxInput {
  const columns = field<Columns>(input, "X");
  const names = field<string[]>(input, "covariates");
  const { time, status, weights, cluster } = input as Record<string, number[] | undefined>;
  return {
    time: time ?? [],
    event: status ?? [],
    covariates: Object.fromEntries(names.map((name) => [name, columns[name]])),
    ...(weights && { weights }),
    ...(cluster && { cluster }),
  };
}

function curveOf(input: Record<string, unknown>) {
  const { time, status, weights, start } = input as Record<string, number[]>;
  return kaplanMeier({ time, event: status, ...(weights && { weights }), ...(start && { entry: start }) });
}

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return null;
}

/** Calls that a case gives as text, and that stand here as code. */
const CALLS: Readonly<Record<string, () => unknown>> = {
  "trend/text-labels": () =>
    logRankTrend({
      time: [1, 2, 3, 4, 5, 6],
      event: [1, 1, 1, 1, 1, 0],
      group: ["low", "mid", "high", "mid", "low", "high"],
    }),
  "km/object-without-length": () =>
    kaplanMeier(JSON.parse('{ "time": { "values": [1, 2] }, "event": { "values": [1, 0] } }')),
  "permutationLogRank/strata": () =>
    permutationLogRank(
      JSON.parse(
        '{ "time": [1, 2, 3, 4, 5, 6], "event": [1, 1, 1, 1, 1, 0], "group": ["a", "a", "b", "b", "a", "b"], "strata": [1, 1, 1, 2, 2, 2] }',
      ),
    ),
};

/** What the library gives in the shape of a case's `expected`. */
const OPS: Readonly<Record<string, (one: Case) => unknown>> = {
  combinations: ({ input }) => ({ value: combinations(field(input, "total"), field(input, "chosen")) }),
  durbin_watson: ({ input }) => {
    const { statistic, pValue } = durbinWatson(linearRegression(field(input, "y"), field<Columns>(input, "X")));
    return { stat: statistic, p: pValue };
  },
  evalue: ({ input }) => {
    const found = eValue({
      hazardRatio: field(input, "hr"),
      lower: Number(input.lower),
      upper: Number(input.upper),
      rare: true,
    });
    return { rare: found.estimate, rareLimit: found.limit };
  },
  cox_robust_refused: ({ input }) => {
    const { terms, covariance, warnings } = cox(coxInput(input));
    expect(warnings.map(({ kind }) => kind)).toContain("FewClustersWarning");
    expect(terms[0]).toMatchObject({ pValue: null, lower: 0, upper: Infinity, test: null });
    return { robustIsUsable: covariance !== null };
  },
  cox_firth: ({ input }) => {
    const { terms } = cox(coxInput(input), { firth: true });
    expect(terms.map((term) => term.test)).toEqual(terms.map(() => "profile"));
    return {
      coef: terms.map((term) => term.coefficient),
      profileLower: terms.map((term) => Math.log(term.lower)),
      profileUpper: terms.map((term) => Math.log(term.upper)),
      plrChisq: terms.map((term) => (term.z ?? Number.NaN) ** 2),
      plrP: terms.map((term) => term.pValue),
    };
  },
  cox_separated: ({ input }) => {
    const { terms, warnings } = cox(coxInput(input));
    return {
      separation: warnings.some(({ kind }) => kind === "SeparationWarning"),
      significant: terms.some(({ pValue }) => pValue !== null && pValue < 0.05),
      finiteLimits: terms.some(({ lower, upper }) => lower > 0 || upper < Infinity),
    };
  },
  model_frame_cox: ({ input }) => {
    const columns = field<Record<string, unknown[]>>(input, "columns");
    const n = Object.values(columns)[0].length;
    // By JSON.parse, so that "__proto__" is a column as any other.
    const rows: Record<string, unknown>[] = Array.from({ length: n }, (_, i) =>
      JSON.parse(
        `{${Object.keys(columns)
          .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(columns[name][i])}`)
          .join()}}`,
      ),
    );
    const frame = modelFrame(rows, field(input, "spec"));
    const { terms } = cox(frame);
    return {
      names: terms.map(({ name }) => name),
      coef: terms.map(({ coefficient }) => coefficient),
      se: terms.map(({ standardError }) => standardError),
      strata: new Set(Array.from(frame.strata ?? [])).size,
    };
  },
  permutation_mean_difference: async ({ input }) => {
    const values = field<number[]>(input, "values");
    const mean = (labels: readonly string[], which: string) => {
      const own = values.filter((_, i) => labels[i] === which);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    const found = await permutationTest(
      field<string[]>(input, "labels"),
      (labels) => mean(labels, "a") - mean(labels, "b"),
      { alternative: field(input, "alternative") },
    );
    return { p: found.pValue };
  },
  risk_table: ({ input }) => {
    const rows = curveOf(input).map((curve) => atTimes(curve, field<number[]>(input, "times")));
    return {
      nRisk: rows.map((row) => row.map(({ atRisk }) => atRisk)),
      surv: rows.map((row) => row.map(({ survival }) => survival)),
    };
  },
  rmst_robust: ({ input }) => {
    const { estimate, standardError } = restrictedMean(curveOf(input)[0], field(input, "tau"));
    return { rmean: estimate, se: standardError };
  },
  smd: ({ input }) => ({
    smd: standardizedMeanDifference(field<number[]>(input, "values"), field<number[]>(input, "treated"))
      .standardizedDifference,
  }),
  km_quantile: ({ input }) => {
    const found = curveOf(input).map((curve) => field<number[]>(input, "probs").map((p) => quantile(curve, p)));
    const of = (name: "estimate" | "lower" | "upper") => found.map((row) => row.map((one) => one[name]));
    return { quantile: of("estimate"), lower: of("lower"), upper: of("upper") };
  },
  throws: ({ name }) => ({
    error: thrown(CALLS[name]) instanceof InvalidInputError ? "InvalidInputError" : "none",
  }),
  throws_or_differs: ({ name }) => ({ ignored: !(thrown(CALLS[name]) instanceof InvalidInputError) }),
  zph_throws: ({ input }) => {
    const error = thrown(() => proportionalHazards(cox(coxInput(input))));
    return error instanceof InvalidInputError
      ? { error: error.name, messageStarts: error.message.slice(0, error.message.indexOf(":") + 1) }
      : {};
  },
};

function expectLike(actual: unknown, expected: unknown, { rel, abs }: Case["tolerance"], where: string): void {
  if (typeof expected === "number" && typeof actual === "number") {
    expect(Math.abs(actual - expected), `${where}: ${actual}, not ${expected}`).toBeLessThanOrEqual(
      abs + rel * Math.abs(expected),
    );
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    expect(actual.length, where).toBe(expected.length);
    for (const [i, value] of expected.entries()) {
      expectLike(actual[i], value, { rel, abs }, `${where}[${i}]`);
    }
  } else {
    expect(actual, where).toEqual(expected);
  }
}

describe("cases that once failed", () => {
  test.for(cases.map((one) => [one.name, one] as const))("%s", async ([, one]) => {
    const found = (await OPS[one.op](one)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(one.expected)) {
      expectLike(found[name], value, one.tolerance, `${one.name}: ${name}`);
    }
  });
});
