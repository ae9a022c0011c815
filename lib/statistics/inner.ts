/** An inner door: what other rooms of lib/ need of this one and no notebook does. */

export {
  checkAllFinite,
  checkConfidence,
  checkFields,
  checkFlag,
  checkInside,
  checkLength,
  checkOneOf,
  checkPositive,
  checkProbability,
  checkWhole,
  columnNames,
  largest,
  lengthOf,
  shown,
  smallest,
} from "./checks";
export { addCrossProducts, addWaiting, dot, type WaitingRows, waitingRows } from "./cross-products";
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
