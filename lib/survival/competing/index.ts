/** Competing risks: cumulative incidence, Gray's test, Fine and Gray's model. */
export type { CompetingOutcome } from "./causes";
export {
  type CumulativeIncidence,
  type CumulativeIncidenceOptions,
  cumulativeIncidence,
  type IncidenceCurve,
} from "./cumulative-incidence";
export { type FineGrayFit, type FineGrayInput, type FineGrayOptions, fineGray } from "./fine-gray";
export { type FineGrayData, type FineGrayOutcome, fineGrayData } from "./fine-gray-data";
export { type GrayInput, type GrayOptions, type GrayTest, grayTest } from "./gray-test";
export { type IncidenceAtTime, incidenceAtTimes } from "./incidence-at-times";
export { type PredictedIncidence, predictIncidence } from "./predict-incidence";
