/**
 * The one import of a notebook:
 *
 *     import { kaplanMeier, loadLongList, releaseOutcomes, show, survivalFigure } from "../lib";
 */
export * from "./amnesty";
export * from "./attention";
export * from "./campaign";
export * from "./claims";
export * from "./clocks";
export * from "./comparability";
export * from "./data";
export * from "./dates";
export * from "./diagnostics";
export * from "./figures";
export * from "./imputation";
export * from "./mechanisms";
export * from "./multiverse";
export * from "./notebook";
export * from "./own-campaign";
export * from "./regression";
export * from "./resampling";
export * from "./statistics";
export * from "./survival";
export * from "./table-one";
export * from "./tables";
export * from "./teaching";
export * from "./time-series";
export * from "./urgent-actions";
