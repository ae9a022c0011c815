/**
 * The one import of a notebook:
 *
 *     import { kaplanMeier, loadLongList, releaseOutcomes, show, survivalFigure } from "../lib";
 */
export * from "./amnesty";
export * from "./campaign";
export * from "./claims";
export * from "./comparability";
export * from "./data";
export * from "./dates";
export * from "./figures";
export * from "./notebook";
export * from "./own-campaign";
export * from "./regression";
export * from "./resampling";
export * from "./statistics";
export * from "./survival";
export * from "./table-one";
export * from "./tables";
export * from "./teaching";
export * from "./urgent-actions";
