/** Several states: where people are over time, and what moves them from one to another. */

export { coxByTransition, type TransitionModel } from "./cox-by-transition";
export {
  type OccupationAtTime,
  occupationAtTimes,
  type StateCurve,
  type StateOccupation,
  type StateOccupationOptions,
  stateOccupation,
} from "./state-occupation";
export type { StatesInput } from "./state-rows";
