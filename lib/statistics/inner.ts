/** An inner door: what other rooms of lib/ need of this one and no notebook does. */

export { BLOCK, type BlockSums } from "./block";
export * from "./checks";
export { addCrossProducts, addTo, blockSums, dot, endPair, takeRows } from "./cross-products";
export { doubles, toList } from "./doubles";
export { awaitedAs, calledAs } from "./errors";
export { ExactSum } from "./exact-sum";
export * from "./matrices";
export { mapValues } from "./named";
export { RankSet, RankWeights } from "./rank-set";
export * from "./sort";
export { SumOfLogs } from "./sum-of-logs";
export { fillSumTerms, type SumTerms, sumTerms } from "./sum-rule";
