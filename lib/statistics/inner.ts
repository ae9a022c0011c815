/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { addCrossProducts, addWaiting, dot, type WaitingRows, waitingRows } from "./cross-products";
export { fenwickAdd, fenwickSum } from "./fenwick";
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
