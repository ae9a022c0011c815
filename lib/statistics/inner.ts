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
export { type Cholesky, cholesky, choleskyInverse, choleskySolve, quadraticForm } from "./cholesky";
export { addCrossProducts, dot } from "./cross-products";
export { symmetricEigenvalues } from "./eigenvalues";
export { gatherColumns } from "./gather-columns";
export { gather, gatherCodes, identityOrder, sortByGroup, sortRows, splitByGroup } from "./sort";
