/** An inner door: a fit judged on rows other than its own, for those who resample. */
import { concordance } from "../concordance";
import { type CoxFit, type CoxInput, cox } from "../cox";
import { otherRows, risksOf } from "../cox/predicted-risk";
import { observe, scoresAt } from "./scoring";

/** How good a fit predicts what happened to some rows. */
export interface Judgement {
  /** Harrell's. */
  readonly concordance: number;
  readonly brier: number;
  readonly auc: number | null;
  /** The coefficient of the fit's predictor in a Cox model of these rows: 1 where it neither promises too much nor too little. */
  readonly slope: number;
}

/** Judges a fit of cox() on rows without entry, strata or offset at a time. */
export function judge(
  action: string,
  fit: CoxFit,
  { time, event, weights, covariates }: CoxInput,
  at: number,
): Judgement {
  const rows = otherRows(action, fit, time.length, covariates);
  const seen = { time: Float64Array.from(time), event: Float64Array.from(event, Number) };
  const observed = observe(action, seen.time, seen.event, weights === undefined ? null : Float64Array.from(weights));
  const { brier, auc } = scoresAt(observed, risksOf(action, fit, rows)(at), at);
  const outcome = { time, event, weights };
  const again = cox({ ...outcome, covariates: { predictor: rows.predictor } }, { robust: false });
  return {
    concordance: concordance({ ...outcome, risk: rows.predictor }).estimate,
    brier,
    auc,
    slope: again.terms.length === 0 ? 0 : again.terms[0].coefficient,
  };
}
