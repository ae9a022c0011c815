/** An inner door: what the paper says, held against what was computed. */
export * from "./claim";
export * from "./computed-verdicts";
export * from "./ledger";
export * from "./ledger-table";
export * from "./wording";
