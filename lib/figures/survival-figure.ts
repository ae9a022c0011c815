import { calledAs, checkOneOf, lengthOf, smallest } from "../statistics/inner";
import type { SurvivalCurve } from "../survival";
import { horizontalAxis, percentTicks, timeTicks, verticalAxis, verticalTitle } from "./axes";
import { needFields, needOptions } from "./checks";
import { checkCurves, curveTraces, lastTime, type StepCurve, stepCurve, thinSteps } from "./curve";
import { curveDifferences } from "./curve-differences";
import { endLabels, landmarkLine, medianMarks, medianText } from "./curve-labels";
import { curveData, ofGroup, readingTrace } from "./curve-reading";
import { timeText, type Wording } from "./curve-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { capitalised, formatNumber, formatP, formatPercent, listing } from "./label";
import { groupStyles, seriesLabel, syntheticSeries } from "./provenance";
import { drawRiskTable, riskTable } from "./risk-table";
import { MUTED } from "./theme";
import { tickTimes } from "./ticks";

/** What {@link survivalFigure} is told beside the curves. */
export interface SurvivalFigureOptions extends FigureOptions {
  /** Title of the horizontal axis; "Months since launch" unless said otherwise. */
  readonly timeLabel?: string;
  /** Title of the vertical axis; "Still in custody" unless said otherwise. */
  readonly survivalLabel?: string;
  /** What the event is, as a participle: "released" gives "16 of 19 released". */
  readonly eventLabel?: string;
  /** Distance of the ticks and of the columns of the risk table; 6 for up to 48 months. */
  readonly tickEvery?: number;
  /** p value of a test between the curves; stands in the line below the title. */
  readonly pValue?: number;
  /** Name of that test; "Log-rank test" unless said otherwise. */
  readonly testLabel?: string;
  /** A vertical line with a label, e.g. the start of the comparison in a landmark analysis. */
  readonly landmark?: { readonly time: number; readonly label: string };
  /** False leaves out the confidence bands. */
  readonly band?: boolean;
  /**
   * What stands below the curves: the numbers at risk, unless told; "extended" adds how many have had the event and how
   * many have been censored, so that each column adds up to the group.
   */
  readonly counts?: "at risk" | "extended";
  /** Times, fixed beforehand, at which the first curve less each other one is printed with limits, such as [12, 24, 36]. */
  readonly differencesAt?: readonly number[];
}

/** Between plot and risk table: tick labels, axis title, heading of the table. */
const GAP = 76;

/**
 * Kaplan–Meier curves as one wants them in print: steps, confidence bands, marks at censored times,
 * medians, a label at the end of each curve, and the numbers at risk under the axis's ticks; on demand with events and
 * censored, and with differences at fixed times (Morris and others 2019, BMJ Open 9:e030215). Of curves with thousands of
 * steps those are drawn that can be seen.
 *
 * @param curves from `kaplanMeier()`, at least one, with distinct labels; times in any unit, 0 or later
 * @param options see {@link SurvivalFigureOptions}
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states for each
 *   curve its size, events, median and level at the end
 * @throws InvalidInputError where there is no curve, two have the same label, one is empty or ragged, or
 *   a time of `differencesAt` lies beyond the last one of a curve
 *
 * @example
 * const women = loadLongList();
 * const curves = kaplanMeier(releaseOutcomes(women, { clock: "launch" }));
 * show(survivalFigure(curves, { data: women, title: "Release from prison", eventLabel: "released" }));
 */
export function survivalFigure(curves: readonly SurvivalCurve[], options: SurvivalFigureOptions): Figure {
  checkOptions(curves, options);
  const { differencesAt = [] } = options;
  const groups = curves.map((curve) => curve.label);
  const synthetic = syntheticSeries(options.data, groups);
  const styles = groupStyles(options.data, groups, synthetic);
  const drawn = curves.map((curve) => ({
    ...curve,
    label: seriesLabel(curve.label, synthetic.has(curve.label)),
  }));
  const steps = drawn.map((curve, i) => stepCurve("survivalFigure", curve, styles[i]));
  const { band = true, eventLabel = "events", landmark } = options;

  const end = lastTime("survivalFigure", steps);
  const ticks = tickTimes(end, options.tickEvery);
  const labels = endLabels(
    steps,
    (curve) => [`${formatNumber(curve.events, 1)} of ${curve.n} ${eventLabel}`, medianText(curve)],
    end,
  );
  const medians = medianMarks(steps, false);
  const read = steps.map((step, i) => ({ curve: curves[i], step: thinSteps(step) }));
  const wording = {
    timeLabel: options.timeLabel ?? "Months since launch",
    survivalLabel: options.survivalLabel ?? "Still in custody",
    eventLabel,
  };
  const differences = calledAs("survivalFigure", () =>
    curveDifferences(curves, steps, differencesAt, wording.timeLabel),
  );
  const counted = {
    eventLabel: options.counts === "extended" ? eventLabel : null,
    weighted: curves.some(({ atRisk }) => atRisk.some((number) => !Number.isInteger(number))),
  };
  const table = drawRiskTable(riskTable(drawn, ticks), styles, counted, differences.lines);
  const height = labels.plotHeight + GAP + table.height;
  const landmarks = landmark === undefined ? [] : [landmarkLine(landmark, end)];

  return composeFigure("survivalFigure", options, {
    finding: survivalFinding(steps, wording),
    notes: survivalNotes(
      options,
      band || differencesAt.length > 0 ? steps[0].confidence : null,
      steps.some((curve) => curve.censoredAt.length > 0),
    ),
    data: [
      ...read.flatMap(({ step }) => curveTraces(step, band, false)),
      ...medians.traces,
      ...table.traces,
      readingTrace(read, wording),
    ],
    table: curveData(read, wording),
    size: { above: landmark === undefined ? 26 : 46, plot: height, below: 14, right: labels.margin },
    layout: {
      hovermode: "x",
      hoverdistance: -1,
      xaxis: {
        ...horizontalAxis(wording.timeLabel),
        ...SPIKE,
        anchor: "y",
        ...timeTicks(end, ticks),
      },
      yaxis: {
        ...verticalAxis(),
        anchor: "x",
        domain: [(height - labels.plotHeight) / height, 1],
        ...percentTicks(),
      },
      yaxis2: { ...table.axis, domain: [0, table.height / height] },
      shapes: [...medians.shapes, ...labels.shapes, ...differences.shapes, ...landmarks.map(({ shape }) => shape)],
      annotations: [
        ...labels.annotations,
        ...table.headings,
        verticalTitle(wording.survivalLabel),
        ...landmarks.map(({ annotation }) => annotation),
      ],
    },
    alt: survivalAlt(steps, options, eventLabel, differences.sentences),
  });
}

function checkOptions(curves: readonly SurvivalCurve[], options: SurvivalFigureOptions): void {
  needFields("survivalFigure", options, [
    "timeLabel",
    "survivalLabel",
    "eventLabel",
    "tickEvery",
    "pValue",
    "testLabel",
    "landmark",
    "band",
    "counts",
    "differencesAt",
  ]);
  checkOneOf("survivalFigure", "counts", options.counts ?? "at risk", ["at risk", "extended"]);
  lengthOf("survivalFigure", "differencesAt", options.differencesAt ?? []);
  checkCurves("survivalFigure", curves);
  needOptions("survivalFigure", options);
}

/** A thin line through the plot where one points. */
const SPIKE = {
  showspikes: true,
  spikemode: "across",
  spikethickness: 1,
  spikedash: "dot",
  spikecolor: MUTED,
} as const;

/** The statements below the title: what was tested, what band and ticks are. */
function survivalNotes(options: SurvivalFigureOptions, confidence: number | null, censored: boolean): string[] {
  const of = [
    ...(options.band === false ? [] : ["band"]),
    ...(options.differencesAt === undefined ? [] : ["from, to"]),
  ].join("; ");
  return [
    ...testOf(options),
    ...(confidence === null ? [] : [`${of}: ${formatPercent(confidence, 1)} interval`]),
    ...(censored ? ["tick: censored"] : []),
  ];
}

/** The test between the curves with its p value; none where none was told. */
function testOf({ pValue, testLabel = "Log-rank test" }: SurvivalFigureOptions): string[] {
  return pValue === undefined ? [] : [`${testLabel}: ${formatP(pValue)}`];
}

/** What the figure shows, in words. */
function survivalAlt(
  curves: readonly StepCurve[],
  options: SurvivalFigureOptions,
  eventLabel: string,
  differences: readonly string[],
): string {
  const sentences = curves.map((curve) => {
    const median = medianText(curve);
    const last = `${formatPercent(curve.last)} at ${formatNumber(curve.end, 1)}`;
    return `${curve.label}: ${formatNumber(curve.events, 1)} of ${curve.n} ${eventLabel}, ${median}, curve at ${last}.`;
  });
  const names = listing(curves.map((curve) => curve.label));
  const test = [...testOf(options), ...differences].map((text) => ` ${text}.`);
  return (
    `Survival ${curves.length === 1 ? "curve" : "curves"} for ${names}; horizontal axis: ` +
    `${options.timeLabel ?? "Months since launch"}; vertical axis: ${options.survivalLabel ?? "Still in custody"}. ` +
    `${sentences.join(" ")}${test.join("")}`
  );
}

/** How many had the event as long as all groups are seen: "Within 36 months 84% of the short list were released". */
function survivalFinding(curves: readonly StepCurve[], { timeLabel, eventLabel }: Wording): string {
  const happened = eventLabel === "events" ? "had the event" : `were ${eventLabel}`;
  const end = smallest(curves.map((curve) => curve.end));
  const level = ({ time, survival }: StepCurve): number => survival[time.filter((each) => each <= end).length - 1] ?? 1;
  const shares = curves.map((curve) => ({
    ...curve,
    of: ofGroup(curve.label),
    share: formatPercent(1 - level(curve)),
  }));
  const within = `ithin ${timeText(end, timeLabel)}`;
  if (shares.every(({ of }) => of !== null)) {
    const [first, ...others] = shares.map(({ of, share }) => `${share} ${of}`);
    return `W${within} ${[`${first} ${happened}`, ...others].join(", ")}`;
  }
  const event = eventLabel === "events" ? "With the event" : capitalised(eventLabel);
  return `${event} w${within}: ${shares.map(({ label, share }) => `${label} ${share}`).join(", ")}`;
}
