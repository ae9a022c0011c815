/** An inner door: a Cox model where the data allow one, for those who show the reason where they do not. */
import { SurvivalError } from "../statistics";
import { checkFields } from "../statistics/inner";
import { type CoxFit, type CoxInput, type CoxOptions, type CoxTerm, cox } from "./cox";
import { COX_OPTIONS } from "./cox/fit";

/** A fit, or in plain words why there is none. */
export type TriedCox =
  | { readonly fit: CoxFit; readonly reason: null }
  | { readonly fit: null; readonly reason: string };

/**
 * Fits a Cox model, or says what the data lack: a row, a covariate, an event, something that varies. An error of the
 * program stays an error.
 *
 * @throws {InvalidInputError} for an option that there is not
 * @param event how the reason tells of an event, such as "somebody is released"
 */
export function tryCox(input: CoxInput, event: string, options: CoxOptions = {}): TriedCox {
  checkFields("cox", "options", options, COX_OPTIONS);
  if (input.time.length === 0) return { fit: null, reason: "no row is complete in its covariates" };
  if (Object.keys(input.covariates).length === 0) return { fit: null, reason: "there is no covariate that varies" };
  try {
    const fit = cox(input, options);
    if (fit.terms.length > 0) return { fit, reason: null };
    return { fit: null, reason: `none of its covariates varies among those at risk when ${event}` };
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return { fit: null, reason: error.message.replace(/^cox: /, "") };
  }
}

/** A term of a Cox model, or null where the data give it no finite estimate: no event, no variation, separation. */
export function tryTerm(input: CoxInput, name: string, options: CoxOptions = {}): CoxTerm | null {
  const { fit } = tryCox(input, "the event occurs", options);
  const isInfinite = fit?.warnings.some(
    (warning) => warning.kind === "SeparationWarning" && warning.covariates.includes(name),
  );
  return isInfinite ? null : (fit?.terms.find((term) => term.name === name) ?? null);
}
