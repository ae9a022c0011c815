/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export type { CoxDesign } from "./design";
export { exactObjective } from "./exact";
export { maximise } from "./newton";
export { evaluate, type Objective, partialLikelihood } from "./partial-likelihood";
export { firthObjective } from "./penalties";
export { findSeparation } from "./separation";
export { solutionOf } from "./solution";
