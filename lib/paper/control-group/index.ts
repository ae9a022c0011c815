/** An inner door: the paper's second control group, from Urgent Actions to the rows of Table 1. */
export * from "./attrition";
export * from "./bias";
export * from "./control-group";
export * from "./report-count-test";
export * from "./table-one-data";
