import type { CoxInput } from "../../lib/survival/cox/index";
import { readGolden } from "./golden";

type Value = number | null;

/** What R's coxph and the functions that take its fit gave for one model. */
export interface CoxValue {
  readonly coefficient: number[];
  readonly standardError: number[];
  readonly robustStandardError: number[] | null;
  readonly covariance: number[][];
  readonly null: number;
  readonly fitted: number;
  readonly score: number;
  readonly wald: number;
  readonly robustScore: number | null;
  readonly events: number;
  readonly martingale?: number[];
  readonly deviance?: number[];
  readonly linearPredictors?: number[];
  readonly scoreResiduals?: number[][];
  readonly dfbeta?: number[][];
  readonly dfbetas?: number[][];
  readonly schoenfeld?: number[][];
  readonly scaledSchoenfeld?: number[][];
  readonly zph?: Readonly<
    Record<
      "km" | "rank" | "identity" | "log",
      { chiSquare: number[]; pValue: number[]; x: number[]; time: number[]; y: Value[][] | null } | null
    >
  >;
  readonly baselineHazard?: { time: number[]; hazard: number[]; strata: string[] | null };
  readonly centeredHazard?: number[];
  readonly predicted?: readonly {
    row: Record<string, number>;
    time: number[];
    survival: number[];
    atRisk: number[];
    standardErrorOfLog: number[];
    lower: Value[];
    upper: Value[];
    logLog: { lower: Value[]; upper: Value[] };
    cumulativeHazard: number[];
  }[];
  readonly concordance?: { estimate: number; standardError: number; counts: number[] };
}

export interface CoxCase {
  readonly name: string;
  readonly call: string;
  readonly ties: "efron" | "breslow" | "exact";
  readonly robust: boolean | null;
  readonly input: CoxInput;
  readonly value: CoxValue;
}

export const coxCases = readGolden<{ cases: CoxCase[] }>("cox").cases;
