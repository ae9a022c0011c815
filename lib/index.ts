/**
 * The one import of a notebook:
 *
 *     import { kaplanMeier, loadLongList, releaseOutcomes, show, survivalFigure } from "../lib";
 */
export * from "./attention";
export * from "./comparability";
export * from "./data";
export * from "./dates";
export * from "./figures";
export * from "./imputation";
export * from "./notebook";
export * from "./own-campaign";
export * from "./paper";
export * from "./resampling";
export * from "./statistics";
export * from "./survival";
export * from "./tables";
export * from "./teaching";
export * from "./time-series";
