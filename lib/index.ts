/**
 * The front door: what two notebooks or more share.
 *
 *     import { kaplanMeier, loadLongList, releaseOutcomes, show, survivalFigure } from "../lib";
 *
 * Everything else stands behind the door of its room, and the import says where it comes from:
 *
 *     import { cumulativeIncidence, restrictedMean } from "../lib/survival";
 *     import { lexisFigure } from "../lib/figures";
 */

// Loading the data

export {
  codings,
  type Dataset,
  loadFreeThe20,
  loadLongList,
  loadPrisoners,
  loadPublished,
  loadUrgentActions,
  projectRoot,
  publishedNumber,
  releaseOutcomes,
} from "./data";
export { monthsBetween, pointOf } from "./dates";

// Survival: curves, comparisons, models

export { permutationLogRank } from "./resampling";
export {
  atTimes,
  type CoxFit,
  cox,
  kaplanMeier,
  logRank,
  type Outcome,
  proportionalHazards,
  type SurvivalCurve,
  termOf,
} from "./survival";

// The second control group, and Table 1

export {
  controlGroup,
  standardizedBias,
  TABLE_ONE_BLOCKS,
  tableOneData,
  tableOneFits,
} from "./paper";

// What the paper prints, and what the cells give

export { claim, ofTheWorld, unknowable } from "./paper";

// Exercises

export { check } from "./teaching";

// Figures

export {
  bandFigure,
  biasFigure,
  type Figure,
  forestFigure,
  intervalFigure,
  permutationFigure,
  survivalFigure,
} from "./figures";

// Tables, and showing things

export { show } from "./notebook";
export { logRankTable, pText, regressionTable, type Table, table } from "./tables";

// Chance that is the same on every machine

export { seededRandom } from "./statistics";
