/** An inner door: what other rooms of lib/ need of this one and no notebook does. */

export { addCrossProducts, dot } from "./cross-products";
export { symmetricEigenvalues } from "./eigenvalues";
export { fenwickAdd, fenwickSum } from "./fenwick";
export { gatherColumns } from "./gather-columns";
export { type Cholesky, cholesky, choleskyInverse, choleskySolve, quadraticForm } from "./matrices";
export { gather, gatherCodes, identityOrder, sortByGroup, sortRows, splitByGroup } from "./sort";
