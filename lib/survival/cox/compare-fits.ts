import { chiSquareUpperTail, InvalidInputError } from "../../statistics";
import { log } from "../../statistics/elementary";
import { cholesky, lengthOf, quadraticForm, submatrix } from "../../statistics/inner";
import { shown } from "../outcome";
import { byRow, type CoxDesign, stratumOfPositions } from "./design";
import { SINGULAR } from "./newton";
import { solutionOf } from "./solution";
import type { CoxFit, CoxTest } from "./types";

/** A likelihood-ratio test of one model in another, and what weighs fit against size. */
export interface FitComparison extends CoxTest {
  /** −2ℓ + 2p of the reduced model and of the full one; smaller is better. */
  readonly aic: readonly [reduced: number, full: number];
  /** −2ℓ + p·log(events), as R has it: information in a Cox model comes with events. */
  readonly bic: readonly [reduced: number, full: number];
}

/**
 * Compares two Cox models of the same rows, one of which is a special case of the other: the likelihood-ratio test, AIC and
 * BIC; R's `anova(reduced, full)`, `AIC`, `BIC`.
 *
 * One wants it for a group of covariates at once, such as all regions, whose coefficients one by one say little. Twice the
 * gain in log likelihood is about chi-square with as many degrees of freedom as there are coefficients more (Therneau and
 * Grambsch 2000, section 3.4).
 *
 * @param reduced the model with fewer coefficients, all of whose covariates are in the other or made of them
 * @param full the model with more
 * @throws {InvalidInputError} if the two were not fitted to the same rows, outcomes, strata and ties, have robust errors (use
 *   jointTest), a penalty or frailties, did not converge, or the first is no special case of the second
 * @example compareFits(cox({ time, event, covariates: { featured } }), cox({ time, event, covariates: { featured, asia } })).pValue
 */
export function compareFits(reduced: CoxFit, full: CoxFit): FitComparison {
  const action = "compareFits";
  const [a, b] = [reduced, full].map((fit) => solutionOf(action, fit).design);
  checkLikelihood("reduced", reduced);
  checkLikelihood("full", full);
  const difference = differenceOf(a, b) ?? (reduced.ties === full.ties ? null : "ties");
  if (difference !== null) {
    const message = `${action}: the two models were not fitted to the same rows: their ${difference} differ; likelihoods of different rows cannot be compared, so leave out of both the rows that one of them lacks`;
    throw new InvalidInputError(message, "full");
  }
  const df = full.terms.length - reduced.terms.length;
  const gain = 2 * (full.logLikelihood.fitted - reduced.logLikelihood.fitted);
  if (df < 1 || gain < -1e-7 * Math.abs(full.logLikelihood.fitted)) {
    const found =
      df < 1
        ? `the second model has ${full.terms.length} coefficients and the first ${reduced.terms.length}`
        : "the likelihood of the second model is lower";
    throw new InvalidInputError(`${action}: ${found}; the first has to be a special case of the second`, "reduced");
  }
  const chiSquare = Math.max(0, gain);
  const criterion = (penalty: number) => (fit: CoxFit) => penalty * fit.terms.length - 2 * fit.logLikelihood.fitted;
  const [aic, bic] = [2, log(full.events)].map(criterion);
  return {
    chiSquare,
    df,
    pValue: chiSquareUpperTail(chiSquare, df),
    aic: [aic(reduced), aic(full)],
    bic: [bic(reduced), bic(full)],
  };
}

function checkLikelihood(name: string, fit: CoxFit): void {
  const isRobust = fit.terms.some((term) => term.robustStandardError !== null || term.test === null);
  const ending = fit.warnings.find(({ kind }) => kind === "ConvergenceWarning");
  const problem = isRobust
    ? "has robust errors, with which twice the gain in likelihood is no chi-square; use jointTest"
    : fit.penalty !== "none" || fit.frailty !== undefined
      ? `has ${fit.frailty === undefined ? "a penalty" : "frailties"}, so that its likelihood is not at its maximum`
      : ending !== undefined
        ? `did not converge. ${ending.message}`
        : null;
  if (problem !== null) throw new InvalidInputError(`compareFits: the ${name} model ${problem}`, name);
}

/** What the rows of two designs differ in, in a word; null if in nothing. */
function differenceOf(a: CoxDesign, b: CoxDesign): string | null {
  if (a.n !== b.n) return `numbers of rows (${a.n} and ${b.n})`;
  const parts = {
    times: [a.time, b.time],
    events: [a.event, b.event],
    entries: [a.entry, b.entry],
    weights: [a.weights, b.weights],
    counts: [a.counts, b.counts],
    strata: [stratumOfPositions(a), stratumOfPositions(b)],
  };
  for (const [name, [first, second]] of Object.entries(parts)) {
    const [own, other] = [first && byRow(a, first), second && byRow(b, second)];
    if (own === null ? other !== null : own.some((value, i) => value !== other?.[i])) return name;
  }
  return null;
}

/**
 * Wald's test that several coefficients are all 0, with the variance that inference uses, robust where the fit's is; R's
 * `survey::regTermTest`, or `coef %*% solve(vcov) %*% coef` of the terms.
 *
 * One wants it for a factor, whose levels have a coefficient each against the reference, and which has one answer whatever
 * the reference is (Therneau and Grambsch 2000, section 3.4). It is what is left of compareFits where errors are robust.
 *
 * @param names of the factor's terms; those that cannot be estimated are passed over, as R's NA are
 * @throws {InvalidInputError} if a name is not in the model, none can be estimated, or the robust variance does not hold
 * @example jointTest(fit, ["Asia", "Africa", "Americas"]).pValue
 */
export function jointTest(fit: CoxFit, names: readonly string[]): CoxTest {
  const action = "jointTest";
  lengthOf(action, "names", names);
  const { design, coefficients, variance } = solutionOf(action, fit);
  const columns = columnsOf(action, names, fit);
  if (variance === null) {
    throw new InvalidInputError(`${action}: the fit's robust variance does not hold, so that there is no test`, "fit");
  }
  const block = submatrix(variance, design.names.length, columns);
  const df = columns.length;
  const estimates = columns.map((j) => coefficients[j]);
  const chiSquare = quadraticForm(cholesky(block, df, SINGULAR), estimates);
  return { chiSquare, df, pValue: chiSquareUpperTail(chiSquare, df) };
}

/** Where in a fit's terms some names are, those that were left out passed over. */
export function columnsOf(action: string, names: readonly string[], fit: CoxFit): number[] {
  const all = fit.terms.map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name) && !fit.aliased.includes(name));
  if (unknown !== undefined) {
    const message = `${action}: names has ${shown(unknown)}, which is no term of the model; it has ${all.map(shown).join(", ") || "none"}`;
    throw new InvalidInputError(message, "names");
  }
  const columns = [...new Set(names)].map((name) => all.indexOf(name)).filter((j) => j >= 0);
  if (columns.length > 0) return columns;
  const found = names.length === 0 ? "names is empty" : "none of names can be estimated";
  throw new InvalidInputError(`${action}: ${found}; at least one coefficient is needed`, "names");
}
