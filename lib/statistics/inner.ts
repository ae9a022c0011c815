/** An inner door: checks of arguments, linear algebra and sorting, for rooms that compute. */

export {
  checkAllFinite,
  checkConfidence,
  checkInside,
  checkLength,
  checkOneOf,
  checkPositive,
  checkProbability,
  checkWhole,
  shown,
} from "./checks";
export { addCrossProducts, dot } from "./cross-products";
export { calledAs } from "./errors";
export { gatherColumns } from "./gather-columns";
export { gather, gatherCodes, identityOrder, sortByGroup, sortRows, splitByGroup } from "./sort";
export {
  type Cholesky,
  cholesky,
  choleskyInverse,
  choleskySolve,
  quadraticForm,
  symmetricEigenvalues,
} from "./symmetric";
