import type { Beliefs } from "../paper/mechanisms";
import { horizontalAxis, percentTicks, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needSome } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatPercent, widest, wrap } from "./label";
import { bold, directLabels } from "./marks";
import type { ScatterTrace } from "./plotly";
import { seriesStyle, TEXT } from "./theme";
import { line } from "./traces";

export interface BeliefFigureOptions<H extends string> extends FigureOptions {
  /** Should say whose judgements the likelihoods are. */
  readonly subtitle: string;
  /** What each hypothesis is called at its line. */
  readonly names: Readonly<Record<H, string>>;
}

const PLOT = 330; // pixels
const LINE = 15;
const WIDTH = 13; // characters of a label's line

/**
 * Belief in each hypothesis after each piece of evidence, as lines from the priors to the posterior, with a label at
 * each end. The order of the pieces makes the path; the end does not depend on it.
 *
 * @param beliefs of updateBeliefs(), with at least one piece of evidence
 * @throws InvalidInputError where there is no evidence
 * @example
 * beliefFigure(beliefs, { data: evidence, title: "Beliefs", subtitle: "illustrative likelihoods", names });
 */
export function beliefFigure<H extends string>(beliefs: Beliefs<H>, options: BeliefFigureOptions<H>): Figure {
  needFields("beliefFigure", options, ["names"]);
  const { hypotheses, priors, steps, posterior } = beliefs;
  needSome("beliefFigure", "beliefs", "piece of evidence", steps);
  needNumbers("beliefFigure", "beliefs", { priors, steps, posterior });
  const names = hypotheses.map((h) => wrap(options.names[h], WIDTH));
  const labels = hypotheses.map((h, i) => {
    const lines = [...names[i].map(bold), formatPercent(posterior[h], posterior[h] < 0.01 ? 2 : 0)];
    return { text: lines.join("<br>"), end: posterior[h], size: lines.length * LINE + 5 };
  });
  return composeFigure("beliefFigure", options, {
    finding: beliefFinding(beliefs, options.names),
    data: hypotheses.map((h, i) => beliefLine(beliefs, h, i, options.names[h])),
    table: dataTable(
      hypotheses.flatMap((h) => [
        { h, piece: 0, label: "before any evidence", belief: priors[h] },
        ...steps.map(({ label, posterior: after }, i) => ({ h, piece: i + 1, label, belief: after[h] })),
      ]),
      {
        Hypothesis: ({ h }) => options.names[h],
        "Pieces of evidence": ({ piece }) => piece,
        After: ({ label }) => label,
        "Belief (share)": ({ belief }) => belief,
      },
    ),
    size: { above: 26, plot: PLOT, below: 58, left: 46, right: 26 + widest(names.flat(), TEXT.small, true) },
    layout: {
      xaxis: {
        ...horizontalAxis("Pieces of evidence, by day"),
        range: [0, steps.length],
        ...ticksAt(ticks(steps.length), (at) => (at === 0 ? "none" : String(at))),
        showgrid: false,
      },
      yaxis: { ...verticalAxis(), ...percentTicks(), range: [-0.02, 1.02] },
      annotations: [
        verticalTitle("Belief"),
        ...directLabels(
          labels,
          { top: 1.02, pixels: PLOT / 1.04, from: -6, to: PLOT + 6, right: 14 },
          { name: "belief-label", align: "left" },
        ),
      ],
    },
    alt:
      `Lines of the belief in ${hypotheses.length} hypotheses over ${steps.length} pieces of evidence: ` +
      `${hypotheses.map((h) => `${options.names[h]} from ${formatPercent(priors[h])} to ${formatPercent(posterior[h], 1)}`).join("; ")}.`,
  });
}

function beliefLine<H extends string>(
  { priors, steps }: Beliefs<H>,
  hypothesis: H,
  series: number,
  name: string,
): ScatterTrace {
  const { color, dash } = seriesStyle(series);
  const points = [
    { after: "before any evidence", belief: priors[hypothesis] },
    ...steps.map(({ label, posterior }) => ({ after: `after: ${label}`, belief: posterior[hypothesis] })),
  ];
  return line(
    escapeLabel(name),
    points,
    {
      x: (_, at) => at,
      y: ({ belief }) => belief,
      text: ({ after, belief }) => `${bold(name)}<br>${escapeLabel(after)}<br>${formatPercent(belief, 1)}`,
    },
    { color, width: 2.5, dash },
    { cliponaxis: false, showlegend: false },
  );
}

/** Seven ticks or fewer at round numbers, the first at 0. */
function ticks(end: number): number[] {
  const every = [1, 2, 5, 10, 20, 50].find((step) => end / step <= 6) ?? 100 * Math.ceil(end / 600);
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, i) => i * every);
}

/** Which hypothesis ends highest, and where it began. */
function beliefFinding<H extends string>(
  { hypotheses, priors, posterior }: Beliefs<H>,
  names: BeliefFigureOptions<H>["names"],
) {
  const first = hypotheses.reduce((best, h) => (posterior[h] > posterior[best] ? h : best));
  return `“${names[first]}” ends highest, at ${formatPercent(posterior[first])}; it began at ${formatPercent(priors[first])}`;
}
