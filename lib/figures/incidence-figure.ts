import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import type { CumulativeIncidence } from "../survival/competing";
import { horizontalAxis, percentTicks, timeTicks, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needOptions, needSome } from "./checks";
import { curveTraces, lastTime, type StepCurve, thinSteps } from "./curve";
import { endLabels } from "./curve-labels";
import { timeText } from "./curve-table";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { formatNumber, formatP, formatPercent, listing } from "./label";
import type { FigureTable } from "./plotly";
import { seriesLabel, syntheticSeries } from "./provenance";
import { seriesStyle, syntheticStyle } from "./theme";
import { tickTimes } from "./ticks";

export interface IncidenceFigureOptions extends FigureOptions {
  /** Title of the horizontal axis; "Months since time zero" unless told. */
  readonly timeLabel?: string;
  /** Title of the vertical axis; "Share of all" unless told. */
  readonly valueLabel?: string;
  /** Gray's p values by cause; they stand below the title. */
  readonly pValues?: readonly { readonly cause: string; readonly pValue: number }[];
  /** The causes to draw, in this order; all unless told. */
  readonly causes?: readonly string[];
  /** False leaves out the confidence bands. */
  readonly band?: boolean;
}

/**
 * Cumulative incidences: of all rows of a group, which share has ended with each cause by each time. The lines of one
 * group never add up to more than one, as those of one minus Kaplan–Meier do.
 *
 * @param curves from cumulativeIncidence(), one a group, in any unit of time
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states for each group and cause
 *   its number and its share at the end
 * @throws InvalidInputError where there is no curve, no time after 0, or a cause that no curve has
 * @example incidenceFigure(cumulativeIncidence({ time, cause, group }), { data, title: "How custody ended" })
 */
export function incidenceFigure(curves: readonly CumulativeIncidence[], options: IncidenceFigureOptions): Figure {
  needFields("incidenceFigure", options, ["timeLabel", "valueLabel", "pValues", "causes", "band"]);
  if (options.pValues !== undefined) lengthOf("incidenceFigure", "pValues", options.pValues);
  if (options.causes !== undefined) lengthOf("incidenceFigure", "causes", options.causes);
  const steps = stepsOf(curves, options);
  needNumbers("incidenceFigure", "curves", steps);
  needOptions("incidenceFigure", options);
  const end = lastTime("incidenceFigure", steps);
  const labels = endLabels(steps, (curve) => [`${formatNumber(curve.events, 1)} of ${formatNumber(curve.n, 1)}`], end);
  const band = options.band ?? steps.length <= 4;
  const tests = (options.pValues ?? []).map(({ cause, pValue }) => `Gray's test, ${cause}: ${formatP(pValue)}`);
  return composeFigure("incidenceFigure", options, {
    finding: incidenceFinding(steps, options.timeLabel ?? "Months since time zero"),
    notes: [...tests, ...(band ? [`band: ${formatPercent(steps[0].confidence, 1)} interval`] : [])],
    data: steps.flatMap((curve) => curveTraces(thinSteps(curve), band)),
    table: incidenceTable(steps, options),
    size: { above: 26, plot: labels.plotHeight, below: 58, right: labels.margin },
    layout: {
      xaxis: {
        ...horizontalAxis(options.timeLabel ?? "Months since time zero"),
        ...timeTicks(end, tickTimes(end)),
      },
      yaxis: { ...verticalAxis(), ...percentTicks() },
      shapes: labels.shapes,
      annotations: [...labels.annotations, verticalTitle(options.valueLabel ?? "Share of all")],
    },
    alt: altOf(steps, options, tests),
  });
}

/** Rows of a table of the steps, more than which nobody reads. */
const MOST_STEPS = 4000;

/** A row for each step of each curve, from 0 on: between two of them nothing changes. */
function incidenceTable(steps: readonly StepCurve[], options: IncidenceFigureOptions): FigureTable | undefined {
  const percent = formatPercent(steps[0].confidence, 1);
  return dataTable(
    steps.flatMap(({ label, time, survival, lower, upper }) =>
      time
        .map((at, i) => ({ label, at, share: survival[i], lower: lower[i], upper: upper[i], before: survival[i - 1] }))
        .filter(({ share, before }) => share !== before),
    ),
    {
      Curve: ({ label }) => label,
      [options.timeLabel ?? "Months since time zero"]: ({ at }) => at,
      [`${options.valueLabel ?? "Share of all"} (share)`]: ({ share }) => share,
      [`lower limit (${percent})`]: ({ lower }) => lower,
      [`upper limit (${percent})`]: ({ upper }) => upper,
    },
    MOST_STEPS,
  );
}

/** A line for each group and cause; groups together, so that a reader compares neighbours. */
function stepsOf(curves: readonly CumulativeIncidence[], options: IncidenceFigureOptions): StepCurve[] {
  needSome("incidenceFigure", "curves", "curve", curves);
  const found = [...new Set(curves.flatMap(({ causes }) => causes.map(({ cause }) => cause)))];
  const causes = options.causes ?? found;
  const unknown = causes.find((cause) => !found.includes(cause));
  if (unknown !== undefined || causes.length === 0) {
    const wrong = unknown === undefined ? "there is no cause to draw" : `no curve has the cause "${unknown}"`;
    const known = found.join(", ") || "none";
    throw new InvalidInputError(`incidenceFigure: ${wrong}; the curves have ${known}`, "causes");
  }
  const synthetic = syntheticSeries(
    options.data,
    curves.map(({ label }) => label),
  );
  return causes.flatMap((cause, c) =>
    curves.flatMap((curve, i): StepCurve[] => {
      const line = curve.causes.find((one) => one.cause === cause);
      if (line === undefined) return [];
      for (const { length } of [line.incidence, line.lower, line.upper, line.events]) {
        if (length === curve.time.length) continue;
        const found = `"${curve.label}" has ${curve.time.length} times but ${length} values of "${cause}"`;
        throw new InvalidInputError(`incidenceFigure: ${found}`, "curves");
      }
      // Where the incidence is 0 its scale gives no limits; they are 0, too.
      const limits = (values: readonly (number | null)[]) => [
        0,
        ...values.map((value, i) => value ?? line.incidence[i]),
      ];
      const name = curves.length === 1 ? cause : `${curve.label}: ${cause}`;
      return [
        {
          label: seriesLabel(name, synthetic.has(curve.label)),
          style: (synthetic.has(curve.label) ? syntheticStyle : seriesStyle)(c * curves.length + i),
          n: curve.n,
          time: [0, ...curve.time],
          survival: [0, ...line.incidence],
          lower: limits(line.lower),
          upper: limits(line.upper),
          confidence: curve.confidence,
          censoredAt: [],
          censoredLevel: [],
          events: line.events.reduce((sum, count) => sum + count, 0),
          median: null,
          end: curve.time.at(-1) ?? 0,
          last: line.incidence.at(-1) ?? 0,
        },
      ];
    }),
  );
}

function altOf(steps: readonly StepCurve[], options: IncidenceFigureOptions, tests: readonly string[]): string {
  const sentences = steps.map(
    ({ label, events, n, last, end }) =>
      `${label}: ${events} of ${n}, ${formatPercent(last)} by ${formatNumber(end, 1)}.`,
  );
  const tested = tests.length === 0 ? "" : ` ${tests.join("; ")}.`;
  return (
    `Cumulative incidence; horizontal axis: ${options.timeLabel ?? "Months since time zero"}; ` +
    `vertical axis: ${options.valueLabel ?? "Share of all"}. ${sentences.join(" ")}${tested}`
  );
}

/** The share of the most frequent cause in each group. */
function incidenceFinding(steps: readonly StepCurve[], timeLabel: string): string {
  const end = largest(steps.map((curve) => curve.end));
  const shares = [...steps].sort((a, b) => b.last - a.last).slice(0, 3);
  return `Within ${timeText(end, timeLabel)}: ${listing(shares.map(({ label, last }) => `${label} ${formatPercent(last)}`))}`;
}
