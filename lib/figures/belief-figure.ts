import type { Sourced } from "../files";
import type { Beliefs } from "../paper/mechanisms";
import { horizontalAxis, percentTicks, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatPercent, widest, wrap } from "./label";
import { tiedLabel } from "./marks";
import type { ScatterTrace } from "./plotly";
import { spread } from "./spread";
import { seriesStyle, TEXT } from "./theme";

export interface BeliefFigureOptions<H extends string> {
  /** What the evidence is; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
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
 * @throws RangeError where there is no evidence
 * @example
 * beliefFigure(beliefs, { data: evidence, title: "Beliefs", subtitle: "illustrative likelihoods", names });
 */
export function beliefFigure<H extends string>(beliefs: Beliefs<H>, options: BeliefFigureOptions<H>): Figure {
  const { hypotheses, priors, steps, posterior } = beliefs;
  if (steps.length === 0)
    throw new RangeError("belief figure: needs at least one piece of evidence; got none");
  const end = steps.length;
  const labels = hypotheses.map((h) => [
    ...wrap(options.names[h], WIDTH).map((line) => `<b>${escapeLabel(line)}</b>`),
    formatPercent(posterior[h], posterior[h] < 0.01 ? 2 : 0),
  ]);
  const pixels = PLOT / 1.04;
  const centres = spread(
    hypotheses.map((h, i) => ({
      wanted: (1.02 - posterior[h]) * pixels,
      size: (labels[i]?.length ?? 1) * LINE + 5,
    })),
    -6,
    PLOT + 6,
  );
  const margin =
    26 +
    widest(
      hypotheses.flatMap((h) => wrap(options.names[h], WIDTH)),
      TEXT.small,
      true,
    );
  return composeFigure({
    title: options.title,
    notes: [options.subtitle],
    source: options.data,
    data: hypotheses.map((h, i): ScatterTrace => {
      const style = seriesStyle(i);
      const values = [priors[h], ...steps.map((step) => step.posterior[h])];
      const after = ["before any evidence", ...steps.map(({ label }) => `after: ${label}`)];
      return {
        type: "scatter",
        mode: "lines",
        name: escapeLabel(options.names[h]),
        x: values.map((_, at) => at),
        y: values,
        line: { color: style.color, width: 2.5, dash: style.dash },
        hoverinfo: "text",
        hovertext: values.map(
          (value, at) =>
            `<b>${escapeLabel(options.names[h])}</b><br>${escapeLabel(after[at] ?? "")}<br>${formatPercent(value, 1)}`,
        ),
        cliponaxis: false,
        showlegend: false,
      };
    }),
    above: 26,
    layout: {
      height: PLOT + 58,
      margin: { l: 46, r: margin, b: 58 },
      xaxis: {
        ...horizontalAxis("Pieces of evidence, by day"),
        range: [0, end],
        tickmode: "array",
        tickvals: ticks(end),
        ticktext: ticks(end).map((at) => (at === 0 ? "none" : String(at))),
        showgrid: false,
      },
      yaxis: {
        ...verticalAxis(),
        ...percentTicks(),
        range: [-0.02, 1.02],
      },
      annotations: [
        verticalTitle("Belief"),
        ...hypotheses.map((h, i) => {
          const text = (labels[i] ?? []).join("<br>");
          const tie = { right: 14, down: (centres[i] ?? 0) - (1.02 - posterior[h]) * pixels };
          return { ...tiedLabel("belief-label", text, i, posterior[h], tie), align: "left" as const };
        }),
      ],
    },
    alt:
      `${options.title}. ${options.subtitle}. Lines of the belief in ${hypotheses.length} hypotheses over ${end} pieces of evidence: ` +
      `${hypotheses.map((h) => `${options.names[h]} from ${formatPercent(priors[h])} to ${formatPercent(posterior[h], 1)}`).join("; ")}.`,
  });
}

/** Seven ticks or fewer at round numbers, the first at 0. */
function ticks(end: number): number[] {
  const every = [1, 2, 5, 10, 20, 50].find((step) => end / step <= 6) ?? 100 * Math.ceil(end / 600);
  return Array.from({ length: Math.floor(end / every) + 1 }, (_, i) => i * every);
}
