/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { CLAIM_MIME, claimBundle } from "./claim-bundle";
export { type ShownVerdict, shownVerdicts } from "./computed-verdicts";
