import type { CoxFit } from "../survival/cox";
import { formatFixed } from "./label";

/** A fit under a heading; RegressionModel and TableOneModel are such. */
export interface ForestModel {
  readonly label: string;
  /** null where the model could not be fitted. */
  readonly fit: CoxFit | null;
}

/** A line of a forest figure. */
export interface ForestRow {
  readonly covariate: string;
  readonly model: string;
  /** Place of the model among those given: its colour and symbol. */
  readonly series: number;
  /** null where the model had to leave the covariate out. */
  readonly ratio: { readonly estimate: number; readonly lower: number; readonly upper: number } | null;
}

/** Rows by covariate, in the order in which the models bring them, and within it by model. */
export function forestRows(models: readonly ForestModel[]): ForestRow[] {
  const names = new Set(
    models.flatMap(({ fit }) => (fit === null ? [] : [...fit.terms.map(({ name }) => name), ...fit.aliased])),
  );
  return [...names].flatMap((covariate) =>
    models.flatMap(({ label, fit }, series): ForestRow[] => {
      const term = fit?.terms.find(({ name }) => name === covariate);
      if (term !== undefined) {
        const { hazardRatio: estimate, lower, upper } = term;
        return [{ covariate, model: label, series, ratio: { estimate, lower, upper } }];
      }
      return fit?.aliased.includes(covariate) === true
        ? [{ covariate, model: label, series, ratio: null }]
        : [];
    }),
  );
}

/** A ratio with two or three significant digits, as a column of a forest figure has room for. */
export function ratioText(value: number): string {
  if (value === Infinity) return "∞";
  if (value >= 1000) return ">999";
  if (value > 0 && value < 0.005) return "<0.01";
  return formatFixed(value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

/** "2.22 (1.28–3.83)", or why there is no number. */
export function forestText({ ratio }: ForestRow): { estimate: string; interval: string } {
  if (ratio === null) return { estimate: "left out", interval: "" };
  return {
    estimate: ratioText(ratio.estimate),
    interval: `(${ratioText(ratio.lower)}–${ratioText(ratio.upper)})`,
  };
}

/** Ends and ticks of a logarithmic axis that holds the intervals as far as they stay within 1/100 and 100. */
export function forestAxis(rows: readonly ForestRow[]): { low: number; high: number; ticks: number[] } {
  const ends = rows.flatMap(({ ratio }) =>
    ratio === null ? [] : [ratio.lower, ratio.upper, ratio.estimate],
  );
  const low = Math.max(0.01, Math.min(0.5, ...ends)) / 1.15;
  const high = Math.min(100, Math.max(2, ...ends)) * 1.15;
  const steps = high / low > 2000 ? [1] : high / low > 50 ? [1, 3] : [1, 2, 5];
  const ticks = [0.01, 0.1, 1, 10, 100].flatMap((power) =>
    steps.map((step) => Number((step * power).toPrecision(2))),
  );
  return { low, high, ticks: ticks.filter((tick) => tick >= low && tick <= high) };
}
