import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Reads test/golden/<name>.json, which test/golden/make-<name>.R wrote. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(`test/golden/${name}.json`, "utf8"));
}

/** A value with the R call that gave it. */
export interface Golden<T> {
  readonly call: string;
  readonly value: T;
}

/** A sample of test/golden/golden.R, in the library's own argument names. */
export interface Sample {
  readonly time: number[];
  readonly event: number[];
  readonly group?: (string | number)[];
  readonly entry?: number[];
  readonly weights?: number[];
  readonly strata?: (string | number)[];
}

type Value = number | null;

/**
 * Agreement with R to 1e-8 relative, or as told; `null` only where R has NA. A value that R gives as 0 is compared to
 * 1e-13 absolutely, since a sum that cancels leaves rounding of that order on either side.
 */
export function expectClose(actual: Value, expected: Value, where: string, tolerance = 1e-8): void {
  if (expected === null || actual === null) {
    expect(actual, `${where}: NA in one of the two only`).toBe(expected);
    return;
  }
  const error = Math.abs(actual - expected);
  const allowed = Math.max(tolerance * Math.abs(expected), 1e-13);
  // Written so that NaN fails.
  if (!(error <= allowed)) expect.fail(`${where}: ${actual} here, ${expected} in R`);
}

export function expectAllClose(
  actual: ArrayLike<Value>,
  expected: ArrayLike<Value>,
  where: string,
  tolerance = 1e-8,
): void {
  expect(actual.length, `${where}: length`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expectClose(actual[i], expected[i], `${where}[${i}]`, tolerance);
}
