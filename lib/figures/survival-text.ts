import type { StepCurve } from "./curve";
import { formatNumber, formatP, formatPercent, listing } from "./label";
import type { SurvivalFigureOptions } from "./survival-figure";

/** The statements below the title: what was tested, what band and ticks are. */
export function survivalNotes(
  options: SurvivalFigureOptions,
  confidence: number | null,
  censored: boolean,
): string[] {
  const test =
    options.pValue === undefined
      ? []
      : [`${options.testLabel ?? "Log-rank test"}: ${formatP(options.pValue)}`];
  const band = confidence === null ? [] : [`band: ${formatPercent(confidence, 1)} interval`];
  return [
    ...(options.subtitle === undefined ? [] : [options.subtitle]),
    ...test,
    ...band,
    ...(censored ? ["tick: censored"] : []),
  ];
}

/** What the figure shows, in words. */
export function survivalAlt(
  curves: readonly StepCurve[],
  options: SurvivalFigureOptions,
  eventLabel: string,
): string {
  const sentences = curves.map((curve) => {
    const median = curve.median === null ? "median not reached" : `median ${formatNumber(curve.median, 1)}`;
    const last = `${formatPercent(curve.last)} at ${formatNumber(curve.end, 1)}`;
    return `${curve.label}: ${formatNumber(curve.events, 1)} of ${curve.n} ${eventLabel}, ${median}, curve at ${last}.`;
  });
  const names = listing(curves.map((curve) => curve.label));
  const test =
    options.pValue === undefined
      ? ""
      : ` ${options.testLabel ?? "Log-rank test"}: ${formatP(options.pValue)}.`;
  return (
    `${options.title}. Survival ${curves.length === 1 ? "curve" : "curves"} for ${names}; horizontal axis: ` +
    `${options.timeLabel ?? "Months since launch"}; vertical axis: ${options.survivalLabel ?? "Still in custody"}. ` +
    `${sentences.join(" ")}${test}`
  );
}
