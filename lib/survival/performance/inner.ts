/** An inner door: a fit judged on rows other than its own, for those who resample. */
import { concordance } from "../concordance";
import { type CoxFit, type CoxInput, cox } from "../cox";
import { otherRows } from "../cox/predicted-risk";
import { observe, scoresAt } from "./scoring";

/** Judges a fit of cox() on rows without entry, strata or offset at a time. */
export function judge(action: string, fit: CoxFit, input: CoxInput, at: number) {
  const { time, event, weights } = input;
  const outcome = { time, event, weights };
  const { predictor, riskBy } = otherRows(action, fit, time.length, input.covariates);
  const { brier, auc } = scoresAt(observe(action, outcome), riskBy(at), at);
  const again = cox({ ...outcome, covariates: { predictor } }, { robust: false });
  return {
    /** Harrell's. */
    concordance: concordance({ ...outcome, risk: predictor }).estimate,
    brier,
    auc,
    /** The coefficient of the fit's predictor in a Cox model of these rows: 1 where it neither promises too much nor too little. */
    slope: again.terms.length === 0 ? 0 : again.terms[0].coefficient,
  };
}

/** How good a fit predicts what happened to some rows. */
export type Judgement = ReturnType<typeof judge>;
