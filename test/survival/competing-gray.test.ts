import { describe, expect, it } from "vitest";
import { type GrayInput, grayTest } from "../../lib/survival/competing/index";
import { expectAllClose, readGolden } from "./golden";

interface Case {
  readonly name: string;
  readonly rho: number;
  readonly stratified: boolean;
  readonly cause: string[];
  readonly chiSquare: number[];
  readonly df: number[];
  readonly pValue: number[];
}

interface Golden {
  readonly incidence: readonly { readonly name: string; readonly input: GrayInput }[];
  readonly gray: readonly Case[];
}

const golden = readGolden<Golden>("competing");

describe("grayTest agrees with cmprsk::cuminc", () => {
  it.each(golden.gray)("$name, rho $rho, stratified $stratified", (r) => {
    const found = golden.incidence.find(({ name }) => name === r.name)?.input;
    if (found === undefined) throw new Error(`no input ${r.name}`);
    const { strata, ...rest } = found;
    const tests = grayTest(r.stratified ? { ...rest, strata } : rest, { rho: r.rho });
    expect(tests.map(({ cause }) => cause)).toEqual(r.cause);
    expectAllClose(
      tests.map((test) => test.chiSquare),
      r.chiSquare,
      "chi-square",
    );
    expectAllClose(
      tests.map((test) => test.df),
      r.df,
      "df",
    );
    expectAllClose(
      tests.map((test) => test.pValue),
      r.pValue,
      "p value",
    );
  });
});
