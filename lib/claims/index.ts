export * from "./claim";
export { claimTable } from "./claim-table";
export type { Check, ClaimText, RecordedVerdict, Rule, Verdict } from "./ledger";
export { claimTexts } from "./ledger";
