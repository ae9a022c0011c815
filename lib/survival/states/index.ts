/** Several states: where people are over time, and what moves them from one to another. */

export * from "./cox-by-transition";
export * from "./state-occupation";
export type { StatesInput } from "./state-rows";
