/** An inner door: what other rooms of lib/ need of this one and no notebook does. */

export {
  checkAllFinite,
  checkConfidence,
  checkInside,
  checkPositive,
  checkProbability,
  checkWhole,
  shown,
} from "./checks";
export { addCrossProducts, dot } from "./cross-products";
export { calledAs } from "./errors";
export {
  type Cholesky,
  cholesky,
  choleskyInverse,
  choleskySolve,
  multiply,
  quadraticForm,
  sandwich,
  symmetricEigenvalues,
} from "./matrices";
export {
  gather,
  gatherCodes,
  gatherColumns,
  identityOrder,
  sortByGroup,
  sortRows,
  splitByGroup,
} from "./sort";
