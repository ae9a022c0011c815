import { InvalidInputError } from "../statistics";
import type { SurvivalCurve } from "../survival";
import { horizontalAxis, percentTicks, timeTicks, verticalAxis, verticalTitle } from "./axes";
import { needFields, needOptions } from "./checks";
import { checkCurves, curveTraces, lastTime, type StepCurve, stepCurve } from "./curve";
import { endLabels, medianMarks, medianText } from "./curve-labels";
import { timeText } from "./curve-table";
import { dataTable, rounded } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { formatNumber, formatPercent, listing } from "./label";
import { groupStyles } from "./provenance";
import { tickTimes } from "./ticks";

export interface PredictionFigureOptions extends FigureOptions {
  /** Title of the horizontal axis, with the unit. */
  readonly timeLabel: string;
  /** Title of the vertical axis; "Still in custody" unless told. */
  readonly survivalLabel?: string;
  /** Last time that is drawn; all of the curves unless told. Few rows stand behind the far end of a curve. */
  readonly until?: number;
  readonly tickEvery?: number;
}

/**
 * Survival curves that a Cox model predicts, with their intervals. Unlike survivalFigure() it counts nobody: a predicted
 * curve belongs to a pattern of covariates and not to a group of rows, so there are no numbers at risk and no censorings.
 *
 * @param curves of predictSurvival(), at least one, with labels that say which pattern each is for
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text
 * @throws InvalidInputError where there is no curve, two have the same label, or none has a time before `until`
 * @example
 * const curves = predictSurvival(fit, [{ featured: 1 }, { featured: 0 }]).map((curve) => ({
 *   ...curve,
 *   label: ["featured", "not featured"][curve.row] ?? "",
 * }));
 * predictionFigure(curves, { data: women, title: "The same woman, twice", timeLabel: "Months since arrest" });
 */
export function predictionFigure(curves: readonly SurvivalCurve[], options: PredictionFigureOptions): Figure {
  needFields("predictionFigure", options, ["timeLabel", "survivalLabel", "until", "tickEvery"]);
  checkCurves("predictionFigure", curves);
  needOptions("predictionFigure", options);
  const { until = Infinity } = options;
  const styles = groupStyles(
    options.data,
    curves.map(({ label }) => label),
  );
  const steps = curves.map((curve, i) => uncounted(stepCurve("predictionFigure", upTo(curve, until), styles[i])));
  const end = Math.min(until, lastTime("predictionFigure", steps));
  const level = (curve: StepCurve): string => `${formatPercent(curve.last)} at ${formatNumber(curve.end, 0)}`;
  const labels = endLabels(steps, (curve) => [level(curve), medianText(curve)], end);
  const medians = medianMarks(steps);
  return composeFigure("predictionFigure", options, {
    finding: predictionFinding(steps, end, options),
    notes: [`band: ${formatPercent(steps[0].confidence, 1)} interval`],
    data: [...steps.flatMap((curve) => curveTraces(curve, true)), ...medians.traces],
    table: dataTable(
      steps.flatMap(({ label, time, survival, lower, upper }) =>
        time.map((at, i) => ({ label, at, survival: survival[i], lower: lower[i], upper: upper[i] })),
      ),
      {
        Curve: ({ label }) => label,
        [options.timeLabel]: ({ at }) => rounded(at),
        [`${options.survivalLabel ?? "Still in custody"} (share)`]: ({ survival }) => rounded(survival),
        [`lower limit (${formatPercent(steps[0].confidence, 1)})`]: ({ lower }) => lower && rounded(lower),
        [`upper limit (${formatPercent(steps[0].confidence, 1)})`]: ({ upper }) => upper && rounded(upper),
      },
    ),
    size: { above: 26, plot: labels.plotHeight, below: 58, right: labels.margin },
    layout: {
      xaxis: {
        ...horizontalAxis(options.timeLabel),
        ...timeTicks(end, tickTimes(end, options.tickEvery)),
      },
      yaxis: { ...verticalAxis(), ...percentTicks() },
      shapes: [...medians.shapes, ...labels.shapes],
      annotations: [...labels.annotations, verticalTitle(options.survivalLabel ?? "Still in custody")],
    },
    alt: altOf(steps, options),
  });
}

/** The part of a curve up to a time, held at its last level until then. */
function upTo(curve: SurvivalCurve, until: number): SurvivalCurve {
  const count = curve.time.filter((time) => time <= until).length;
  if (count === curve.time.length) return curve;
  if (count === 0) {
    const found = `the first time of "${curve.label}" is ${curve.time[0]}, later than until: ${until}`;
    throw new InvalidInputError(`predictionFigure: ${found}`, "until");
  }
  const held = <T>(values: readonly T[]): T[] => [...values.slice(0, count), values[count - 1]];
  const none = (values: readonly number[]): number[] => [...values.slice(0, count), 0];
  return {
    ...curve,
    time: [...curve.time.slice(0, count), until],
    atRisk: held(curve.atRisk),
    events: none(curve.events),
    censored: none(curve.censored),
    survival: held(curve.survival),
    standardError: held(curve.standardError),
    cumulativeHazard: held(curve.cumulativeHazard),
    lower: held(curve.lower),
    upper: held(curve.upper),
  };
}

/** Without the censorings of the rows that the model was fitted to. */
function uncounted(curve: StepCurve): StepCurve {
  return { ...curve, censoredAt: [], censoredLevel: [] };
}

function altOf(curves: readonly StepCurve[], options: PredictionFigureOptions): string {
  const sentences = curves.map((curve) => {
    const median = curve.median === null ? "median not reached" : `median ${formatNumber(curve.median, 1)}`;
    return `${curve.label}: ${median}, ${formatPercent(curve.last)} at ${formatNumber(curve.end, 1)}.`;
  });
  return (
    `Predicted survival ${curves.length === 1 ? "curve" : "curves"} for ` +
    `${listing(curves.map(({ label }) => label))}, with ${formatPercent(curves[0]?.confidence ?? 0.95, 1)} intervals; ` +
    `horizontal axis: ${options.timeLabel}; vertical axis: ${options.survivalLabel ?? "Still in custody"}. ` +
    sentences.join(" ")
  );
}

/** What the model predicts at the last time that is drawn. */
function predictionFinding(curves: readonly StepCurve[], end: number, options: PredictionFigureOptions): string {
  const label = options.survivalLabel ?? "Still in custody";
  const shares = curves.map((curve) => `${curve.label} ${formatPercent(curve.last)}`);
  return `${label} after ${timeText(end, options.timeLabel)}, as predicted: ${listing(shares)}`;
}
