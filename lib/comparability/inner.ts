/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { inverseLogit } from "./logistic-likelihood";
