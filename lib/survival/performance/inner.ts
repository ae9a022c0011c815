/** An inner door: a fit judged on rows other than its own, for those who resample. */
import { concordance } from "../concordance";
import { type CoxFit, type CoxInput, cox } from "../cox";
import { otherRows, risksOf } from "../cox/predicted-risk";
import { observe, type PredictionScore, scoresAt } from "./scoring";

/** How good a fit predicts what happened to some rows. */
export interface Judgement extends Pick<PredictionScore, "brier" | "auc"> {
  /** Harrell's. */
  readonly concordance: number;
  /** The coefficient of the fit's predictor in a Cox model of these rows: 1 where it neither promises too much nor too little. */
  readonly slope: number;
}

/** Judges a fit of cox() on rows without entry, strata or offset at a time. */
export function judge(action: string, fit: CoxFit, input: CoxInput, at: number): Judgement {
  const { time, event, weights } = input;
  const outcome = { time, event, weights };
  const rows = otherRows(action, fit, time.length, input.covariates);
  const { brier, auc } = scoresAt(observe(action, outcome), risksOf(action, fit, rows)(at), at);
  const again = cox({ ...outcome, covariates: { predictor: rows.predictor } }, { robust: false });
  return {
    concordance: concordance({ ...outcome, risk: rows.predictor }).estimate,
    brier,
    auc,
    slope: again.terms.length === 0 ? 0 : again.terms[0].coefficient,
  };
}
