/** paper/claims */
export {
  type Citation,
  type CitationCandidate,
  type Citations,
  citationCandidates,
  type DecidedCandidate,
  decidedCitations,
} from "./citations";
export {
  type Basis,
  type Claim,
  type ClaimOptions,
  claim,
  isClaim,
  type JudgedCheck,
  type Unknowable,
  unknowable,
} from "./claim";
export { claimTable } from "./claim-table";
export { type ComputedVerdict, computedVerdicts } from "./computed-verdicts";
export { type Conclusion, type ConclusionsCompared, compareConclusions } from "./conclusions";
export {
  type Check,
  type ClaimText,
  claimTexts,
  type RecordedVerdict,
  type Rule,
  type Verdict,
} from "./ledger";
export {
  type LedgerCount,
  type LedgerOptions,
  type LedgerRow,
  ledgerCounts,
  ledgerRows,
  ledgerTable,
} from "./ledger-table";
