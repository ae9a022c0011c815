import { normalQuantile, SurvivalError } from "../../statistics";
import { type CoxFit, type CoxInput, type CoxOptions, cox } from "../../survival/cox";

/** An estimate with its error, or why there is none: then all numbers are null and `reason` is not. */
export interface Estimated {
  /** Log hazard ratio. */
  readonly estimate: number | null;
  /** The robust one where the specification asks for it. */
  readonly standardError: number | null;
  /** Limits of the log hazard ratio, at the fit's confidence (95 % unless told). */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly pValue: number | null;
  readonly reason: string | null;
}

const NONE = { estimate: null, standardError: null, lower: null, upper: null, pValue: null } as const;

/**
 * Fits the Cox model of a specification and reads one coefficient. What makes that coefficient impossible is a reason;
 * what concerns other covariates is a warning beside the estimate, which is then the limit that it tends to.
 */
export function fitSpecification(
  input: CoxInput,
  term: string,
  options: CoxOptions = {},
): Estimated & { readonly warnings: readonly string[] } {
  const none = (reason: string) => ({ ...NONE, reason, warnings: [] });
  if (input.time.length === 0) return none("nobody is left to compare");
  let fit: CoxFit;
  try {
    fit = cox(input, options);
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return none(error.message.replace(/^cox: /, ""));
  }
  const found = fit.terms.find(({ name }) => name === term);
  if (found === undefined) return none(`"${term}" does not vary, or is a combination of other covariates`);
  const warnings: string[] = [];
  for (const warning of fit.warnings) {
    if (warning.kind === "SeparationWarning" && warning.covariates.includes(term)) {
      return none(`separation: no finite estimate, as ${separationCause(input, term)}`);
    }
    if (warning.kind === "ConvergenceWarning") return none("the maximum of the likelihood was not found");
    warnings.push(warning.message.replace(/^cox: /, ""));
  }
  const standardError = found.robustStandardError ?? found.standardError;
  if (!(Number.isFinite(found.coefficient) && standardError > 0 && Number.isFinite(standardError))) {
    return none("no finite estimate");
  }
  const margin = normalQuantile((1 + fit.confidence) / 2) * standardError;
  return {
    estimate: found.coefficient,
    standardError,
    lower: found.coefficient - margin,
    upper: found.coefficient + margin,
    pValue: found.pValue,
    reason: null,
    warnings,
  };
}

/** Which kind of event is missing, so that reasons can be counted. */
function separationCause(input: CoxInput, term: string): string {
  const x = input.covariates[term];
  const events = [0, 0];
  for (let i = 0; i < input.time.length; i++) {
    if (Number(input.event[i]) === 1) events[x !== undefined && x[i] !== 0 ? 1 : 0]++;
  }
  if (events[1] === 0) return "no featured woman was released";
  if (events[0] === 0) return "no other woman was released";
  return "covariates tell the released from the others at each release";
}
