import { checkSourced, type Sourced } from "../files";
import { calledAs, checkFields, lengthOf } from "../statistics/inner";
import { atTimes, quantile, type SurvivalCurve } from "../survival";
import { type Table, table } from "./table";

/**
 * Survival curves at chosen times, as R prints `summary(survfit, times)`, with each curve's median.
 *
 * @param curves from kaplanMeier()
 * @param times in the curves' unit
 * @param options `data`: what they were computed from; `unit`: of the times, "months" unless said otherwise
 * @throws {InvalidInputError} for times that do not increase from 0 on
 * @example show(curveTable(curves, [6, 12, 24, 36], { data: women }))
 */
export function curveTable(
  curves: readonly SurvivalCurve[],
  times: readonly number[],
  options: { readonly data: Sourced; readonly caption?: string; readonly unit?: string },
): Table {
  lengthOf("curveTable", "curves", curves);
  checkSourced("curveTable", "data", options.data);
  checkFields("curveTable", "options", options, ["data", "caption", "unit"]);
  const unit = options.unit ?? "months";
  const rows = curves.flatMap((curve) => {
    const median = quantile(curve, 0.5).estimate;
    return calledAs("curveTable", () => atTimes(curve, times)).map((row) => ({
      group: curve.label,
      ...row,
      median,
    }));
  });
  return table(rows, {
    caption: options.caption ?? `Survival at chosen times, with ${100 * (curves[0]?.confidence ?? 0.95)}% limits`,
    data: options.data,
    columns: [
      { label: "Group", value: "group" },
      { label: "Time", value: "time", unit },
      { label: "At risk", value: "atRisk" },
      { label: "S", value: "survival", digits: 3 },
      { label: "Lower", value: "lower", digits: 3 },
      { label: "Upper", value: "upper", digits: 3 },
      { label: "Median", value: "median", unit, digits: 1 },
    ],
  });
}
