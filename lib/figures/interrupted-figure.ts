import type { InterruptedFit } from "../time-series";
import type { Figure } from "./figure";
import { formatPercent } from "./label";
import { type SeriesFigureOptions, seriesFigure } from "./series-figure";

/** Options of {@link interruptedFigure}: as for seriesFigure, with what the fit knows filled in. */
export interface InterruptedFigureOptions extends Partial<Omit<SeriesFigureOptions, "title" | "marks">> {
  readonly title: string;
  /** What the intervention is called at its line; "Launch" unless told. */
  readonly interventionLabel?: string;
}

/**
 * An interrupted time series as one sees it: what was counted, the fitted line with its band, and the line that the model
 * would have continued without the intervention.
 *
 * @param fit of interruptedTimeSeries()
 * @returns a plain Plotly figure, 360 pixels wide or more
 * @example interruptedFigure(interruptedTimeSeries(series, { intervention: "2015-09-01" }), { title: "Coverage" })
 */
export function interruptedFigure(fit: InterruptedFit, options: InterruptedFigureOptions): Figure {
  const { series, index, lower, upper, counterfactual, intervention, confidence } = fit;
  const { interventionLabel = "Launch", ...rest } = options;
  const { dates } = series;
  return seriesFigure(
    [
      { label: "as counted", kind: "observed", dates, values: series.values, below: series.below },
      { label: "model", kind: "fitted", dates, values: fit.fit.fitted, lower, upper, breaks: [dates[index]] },
      {
        label: "model without the intervention",
        kind: "expected",
        dates: dates.slice(index),
        values: counterfactual.slice(index),
      },
    ],
    {
      data: series,
      valueLabel: series.unit,
      unit: "",
      subtitle: `by ${series.period}, ${formatPercent(confidence)} band`,
      marks: [{ date: intervention, label: interventionLabel }],
      ...rest,
    },
  );
}
