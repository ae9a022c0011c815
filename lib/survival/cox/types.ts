export interface CoxTerm {
  readonly name: string;
  /** Log hazard ratio for one unit of the covariate. */
  readonly coefficient: number;
  /** From the inverse information. */
  readonly standardError: number;
  /** From the sandwich variance, where it was asked for or needed; z, p value and limits are from it then. */
  readonly robustStandardError: number | null;
  readonly hazardRatio: number;
  /** Limits of the hazard ratio. With Firth's penalty they are the profile likelihood's. */
  readonly lower: number;
  readonly upper: number;
  readonly z: number;
  readonly pValue: number;
}

export interface CoxTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
}

/** What shows that the maximum was found. */
export interface CoxCertificate {
  readonly converged: boolean;
  /** Largest |score|, in events, on columns of mean absolute deviation 1: 0 at the maximum. */
  readonly scoreNorm: number;
  /** Length of the step that would follow, in standard errors. */
  readonly stepLength: number;
  /** Of the information on centered and scaled columns; above 1e8 or so digits are lost. */
  readonly conditionNumber: number;
  readonly iterations: number;
  readonly halvings: number;
}

export interface CoxFit {
  readonly n: number;
  /** Rows with the event. */
  readonly events: number;
  readonly ties: "efron" | "breslow" | "exact";
  readonly penalty: "none" | "firth" | "ridge";
  readonly confidence: number;
  readonly terms: readonly CoxTerm[];
  /** Covariates left out because they are constant or a combination of others (R's NA). */
  readonly aliased: readonly string[];
  /** Of the coefficients, in the order of terms; the robust one where there is one. */
  readonly covariance: readonly (readonly number[])[];
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly tests: {
    readonly likelihoodRatio: CoxTest;
    readonly wald: CoxTest;
    readonly score: CoxTest;
    /** The score test with the robust variance, where there is one. */
    readonly robustScore: CoxTest | null;
  };
  readonly iterations: number;
  readonly certificate: CoxCertificate;
  readonly warnings: readonly CoxWarning[];
}

/** Newton's method ended before the maximum. */
export interface ConvergenceWarning {
  readonly kind: "ConvergenceWarning";
  readonly message: string;
}

/** The likelihood rises for ever along some combination of covariates: no finite estimate exists. */
export interface SeparationWarning {
  readonly kind: "SeparationWarning";
  readonly covariates: readonly string[];
  readonly message: string;
}

/** A covariate is constant or a linear combination of others and was left out. */
export interface AliasedWarning {
  readonly kind: "AliasedWarning";
  readonly covariate: string;
  readonly message: string;
}

/** There are fewer events than covariates. */
export interface FewEventsWarning {
  readonly kind: "FewEventsWarning";
  readonly message: string;
}

/** Strata without an event take no part. */
export interface StratumWarning {
  readonly kind: "StratumWarning";
  readonly strata: readonly string[];
  readonly message: string;
}

export type CoxWarning =
  | ConvergenceWarning
  | SeparationWarning
  | AliasedWarning
  | FewEventsWarning
  | StratumWarning;
