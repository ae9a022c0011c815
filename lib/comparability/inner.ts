/** An inner door: the link of a logistic model, for rooms that draw from one. */
export { inverseLogit } from "./logistic-likelihood";
