export interface CoxTerm {
  readonly name: string;
  /** Log hazard ratio for one unit of the covariate. */
  readonly coefficient: number;
  /** From the inverse information. */
  readonly standardError: number;
  /** From the sandwich variance, where it was asked for or needed, and where it holds. */
  readonly robustStandardError: number | null;
  readonly hazardRatio: number;
  /**
   * What limits, z and p value are from: "Wald", the coefficient and its (robust) standard error; "profile", twice the fall of
   * the likelihood, penalised with Firth's penalty; null where a robust error was to be had and does not hold: then z and p
   * value are null too, and the limits 0 and Infinity.
   */
  readonly test: "Wald" | "profile" | null;
  /** Limits of the hazard ratio. */
  readonly lower: number;
  readonly upper: number;
  /** Coefficient by standard error; with "profile" the signed root of twice the likelihood's rise from 0. */
  readonly z: number | null;
  readonly pValue: number | null;
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

/** What nobody measured, by group: how far hazards of whole groups differ beyond the covariates. */
export interface CoxFrailty {
  readonly distribution: "gamma" | "gaussian";
  /** Of the factor (gamma) or of its logarithm (gaussian); 0 where the likelihood is highest without differences. */
  readonly variance: number;
  /** False where it was given. */
  readonly estimated: boolean;
  /**
   * The log likelihood with the frailties integrated out; exactly for gamma (R's "I-likelihood"), by Laplace's approximation
   * for gaussian; to be compared between variances of the same rows.
   */
  readonly integratedLogLikelihood: number;
  /**
   * Twice its rise over variance 0, and its p value: half of chi-square's with one degree of freedom, since the variance
   * cannot be below 0. Null where the variance was given.
   */
  readonly test: { readonly chiSquare: number; readonly pValue: number } | null;
  /** Effective degrees of freedom of the groups and of the covariates together, the trace of V·I. */
  readonly df: number;
  /** The log of the factor of each group, with its error; mean factor 1 (gamma), mean logarithm 0 (gaussian). */
  readonly groups: readonly { readonly label: string; readonly logFrailty: number; readonly standardError: number }[];
}

export interface CoxFit {
  /** Rows, each as often as it was counted. */
  readonly n: number;
  /** Rows with the event and a weight, likewise. */
  readonly events: number;
  readonly ties: "efron" | "breslow" | "exact";
  readonly penalty: "none" | "firth" | "ridge";
  readonly confidence: number;
  readonly terms: readonly CoxTerm[];
  /** Covariates left out because they are constant or a combination of others (R's NA). */
  readonly aliased: readonly string[];
  /** Of the coefficients, in the order of terms; the robust one where it was asked for, null where that does not hold. */
  readonly covariance: readonly (readonly number[])[] | null;
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly tests: {
    readonly likelihoodRatio: CoxTest;
    /** With the variance that inference uses; null where that does not hold. */
    readonly wald: CoxTest | null;
    readonly score: CoxTest;
    /** The score test with the robust variance, where there is one that holds. */
    readonly robustScore: CoxTest | null;
  };
  /** What groups have in common, where it was asked for. */
  readonly frailty?: CoxFrailty;
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

/** A row alone decides a coefficient of a linear regression, so that it has no residual. */
export interface LeverageWarning {
  readonly kind: "LeverageWarning";
  /** From 0. */
  readonly rows: readonly number[];
  readonly message: string;
}

/** There are fewer events than covariates. */
export interface FewEventsWarning {
  readonly kind: "FewEventsWarning";
  readonly message: string;
}

/** The sandwich variance does not hold: it is from too few clusters, or they do not vary enough. */
export interface FewClustersWarning {
  readonly kind: "FewClustersWarning";
  /** Clusters with a weight; rows (and copies of them), where there are no clusters. */
  readonly clusters: number;
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
  | FewClustersWarning
  | StratumWarning;
