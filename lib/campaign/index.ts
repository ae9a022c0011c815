export * from "./arrest-clock-search";
export * from "./attainable-log-rank";
