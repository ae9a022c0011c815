/** paper/attainable */
export {
  type ArrestClockOptions,
  type ArrestClockResult,
  highestPSinceArrest,
  type Times,
} from "./arrest-clock-search";
export { type Attainable, type AttainableOptions, attainableLogRank } from "./attainable-log-rank";
