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
