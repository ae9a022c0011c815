import { checkFields, columnNames } from "../../statistics/inner";
import type { CoxFit, CoxOptions } from "../cox";
import { takeCoxRows } from "../cox/design";
import { COX_OPTIONS } from "../cox/fit";
import type { Vector } from "../outcome";
import { tryCox } from "../try-cox";
import { checkStates, STATES_INPUT, type StatesInput, transitionsOf } from "./state-rows";

/** Cox's model of one change of state. */
export interface TransitionModel {
  readonly from: string;
  readonly to: string;
  /** Changes seen. */
  readonly events: number;
  /** Null where the data allow none; `reason` says in words why. */
  readonly fit: CoxFit | null;
  readonly reason: string | null;
}

/**
 * Fits a Cox model of each change of state, of those who are in the state that it leaves; R's `coxph(Surv(entry, time,
 * state) ~ …, id = id)`.
 *
 * One wants it where a covariate may hasten one way out and not another: who goes abroad is not who is pardoned. People in
 * another state are not at risk, and those who leave by another way are censored for this one (Putter, Fiocco and Geskus
 * 2007, Statistics in Medicine 26:2389, section 3). Errors are robust by person where an id is given.
 *
 * @param input intervals as of stateOccupation, with covariates by name
 * @param start the state in which people begin, "start" unless told
 * @throws {InvalidInputError} for arguments that cannot be used
 * @example coxByTransition({ id, entry, time, state, covariates: { featured } }, { start: "custody" })[0].fit?.terms
 */
export function coxByTransition(
  input: StatesInput & { readonly covariates: Readonly<Record<string, Vector>> },
  options: CoxOptions & { readonly start?: string } = {},
): TransitionModel[] {
  const action = "coxByTransition";
  const { start = "start", ...ofCox } = options;
  checkFields(action, "options", options, ["start", ...COX_OPTIONS.filter((name) => name !== "frailty")]);
  const rows = checkStates(action, input, start, [...STATES_INPUT, "covariates"]);
  columnNames(action, input.covariates);
  const { states } = rows;
  return transitionsOf(rows).map(({ from, to, events }) => {
    const event = rows.to.map((state) => Number(state === to));
    const whole = { time: input.time, entry: input.entry, event, cluster: input.id, covariates: input.covariates };
    const some = Array.from(rows.from.keys()).filter((row) => rows.from[row] === from);
    const [left, reached] = [states[from], states[to]];
    const reason = `somebody goes from ${left} to ${reached}`;
    return { from: left, to: reached, events, ...tryCox(takeCoxRows(whole, some), reason, ofCox) };
  });
}
