import { describe, expect, it } from "vitest";
import { logisticPosterior, nelsonAalen, poolCox, poolRubin } from "../../lib/imputation";
import { augmentation } from "../../lib/imputation/posterior";
import { cox } from "../../lib/survival/cox";
import { expectAllClose, expectClose, readGolden } from "../survival/golden";

interface Pooled {
  readonly estimate: number;
  readonly within: number;
  readonly between: number;
  readonly total: number;
  readonly df: number | null;
  readonly relativeIncrease: number;
  readonly missingInformation: number | null;
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

interface Posterior {
  readonly mean: number[];
  readonly covariance: number[][];
}

const golden = readGolden<{
  readonly input: {
    readonly time: number[];
    readonly event: number[];
    readonly covariates: Readonly<Record<string, (number | null)[]>>;
  };
  readonly nelsonAalen: number[];
  readonly augmentation: { readonly x: number[][]; readonly y: number[]; readonly weight: number };
  readonly posteriors: readonly (Posterior & { readonly outcome: string; readonly predictors: string[] })[];
  readonly separated: Posterior & {
    readonly data: { readonly y: (number | null)[]; readonly x: number[]; readonly z: number[] };
  };
  readonly pooled: readonly {
    readonly estimates: number[];
    readonly variances: number[];
    readonly completeDf: number | null;
    readonly value: Pooled;
  }[];
  readonly cox: readonly Pooled[];
}>("imputation");
const { time, event, covariates } = golden.input;

function expectPooled(found: Pooled, value: Pooled, where: string): void {
  for (const key of Object.keys(value) as (keyof Pooled)[]) expectClose(found[key], value[key], `${where}: ${key}`);
}

it("Nelson–Aalen's hazard at each row's time", () => {
  expectAllClose(nelsonAalen({ time, event }), golden.nelsonAalen, "hazard");
});

it("rows that guard against separation", () => {
  const { x, z } = golden.separated.data;
  const found = augmentation([x, z]);
  expectAllClose(
    found.columns.flatMap((column) => [...column]),
    [0, 1].flatMap((j) => golden.augmentation.x.map((row) => row[j])),
    "rows",
  );
  expect(found.outcome).toEqual(golden.augmentation.y);
  expectClose(found.weight, golden.augmentation.weight, "weight");
});

describe("the posterior of glm with those rows", () => {
  const filled: Record<string, number[]> = { event, hazard: golden.nelsonAalen };
  for (const [name, column] of Object.entries(covariates))
    filled[name] = column.map((value, i) => value ?? (i + 1) % 2);

  it.each(golden.posteriors)("$outcome", ({ outcome, predictors, mean, covariance }) => {
    const found = logisticPosterior({
      outcome: covariates[outcome],
      covariates: Object.fromEntries(predictors.map((name) => [name, filled[name]])),
    });
    expect(found.names).toEqual(["(Intercept)", ...predictors]);
    expectAllClose(found.mean, mean, "mean");
    expectAllClose(found.covariance.flat(), covariance.flat(), "covariance");
  });

  it("is finite where a covariate tells the outcomes apart", () => {
    const { data, mean, covariance } = golden.separated;
    const found = logisticPosterior({ outcome: data.y, covariates: { x: data.x, z: data.z } });
    expectAllClose(found.mean, mean, "mean");
    expectAllClose(found.covariance.flat(), covariance.flat(), "covariance");
  });
});

describe("Rubin's rules", () => {
  it.each(golden.pooled)(
    "$estimates with $completeDf degrees of freedom",
    ({ estimates, variances, completeDf, value }) => {
      expectPooled(poolRubin(estimates, variances, completeDf === null ? {} : { completeDf }), value, "pooled");
    },
  );

  it("Cox models on five completions", () => {
    const fits = [1, 2, 3, 4, 5].map((copy) =>
      cox({
        time,
        event,
        covariates: Object.fromEntries(
          Object.entries(covariates).map(([name, column]) => [
            name,
            column.map((value, i) => value ?? (((i + 1) * copy) % 3 === 0 ? 1 : 0)),
          ]),
        ),
      }),
    );
    const pooled = poolCox(fits);
    pooled.forEach((term, j) => {
      const value = golden.cox[j];
      if (value !== undefined) expectPooled(term, value, term.name);
      expect(term.ratioLower).toBe(Math.exp(term.lower));
    });
    expect(pooled.map(({ name }) => name)).toEqual(Object.keys(covariates));
  });
});
