import type { Sourced } from "../files";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { type Bin, binsAt, tolerance } from "./histogram";
import { formatNumber, formatP } from "./label";
import { verticalLine } from "./marks";
import type { BarTrace } from "./plotly";
import { INK, seriesStyle, TEXT } from "./theme";

export interface PermutationFigureOptions {
  /**
   * What the statistic was computed from; decides whether the figure carries the mark for synthetic data.
   */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis; "Test statistic" unless said otherwise. */
  readonly statisticLabel?: string;
  /**
   * Which permuted values count as at least as extreme: those at or above the observed one ("upper", the
   * default), or those as far from 0.
   */
  readonly tail?: "upper" | "two-sided";
  /**
   * p value to be printed; none unless given, for how it is computed (with or without the observed value)
   * is the test's matter.
   */
  readonly pValue?: number;
  /** Number of bins, 40 unless said otherwise. */
  readonly bins?: number;
}

const HEIGHT = 300;

/**
 * The distribution of a statistic under permutation as a histogram, with the observed value marked and the
 * values at least as extreme in another colour and hatched. One wants it because it shows what a p value
 * is: the share of the hatched area.
 *
 * @param values the statistic in each permutation, at least one, all finite
 * @param observed the statistic of the data as they are
 * @throws RangeError where a value is not finite, naming its index, or there is none
 *
 * @example permutationFigure(chiSquares, 21.4, { data: women, title: "Log-rank statistic under permutation" })
 */
export function permutationFigure(
  values: ArrayLike<number>,
  observed: number,
  options: PermutationFigureOptions,
): Figure {
  const twoSided = options.tail === "two-sided";
  const edge = twoSided ? Math.abs(observed) : observed;
  const bins = binsAt(values, edge, options.bins ?? 40, twoSided);
  const limit = edge - tolerance(edge);
  const isExtreme = (value: number): boolean => value >= limit || (twoSided && value <= -limit);
  const extreme = Array.from(values).filter(isExtreme).length;
  const share = `${extreme} of ${values.length} permutations at least as extreme`;
  const notes = [
    ...(options.subtitle === undefined ? [] : [options.subtitle]),
    ...(options.pValue === undefined ? [] : [formatP(options.pValue)]),
    share,
  ];
  const label = `Observed: ${formatNumber(observed, 2)}`;
  const [low, high] = [bins.at(0)?.from ?? 0, bins.at(-1)?.to ?? 1];
  const right = observed < low + 0.6 * (high - low);
  return composeFigure({
    title: options.title,
    notes,
    source: options.data,
    data: [
      bars(
        "less extreme",
        bins.filter((bin) => !isExtreme((bin.from + bin.to) / 2)),
        false,
      ),
      bars(
        "at least as extreme",
        bins.filter((bin) => isExtreme((bin.from + bin.to) / 2)),
        true,
      ),
    ].filter((trace) => trace.x.length > 0),
    above: 44,
    layout: {
      height: HEIGHT + 52,
      margin: { l: 14, r: 24, b: 52 },
      bargap: 0,
      barmode: "overlay",
      xaxis: { ...horizontalAxis(options.statisticLabel ?? "Test statistic"), showgrid: false },
      yaxis: verticalAxis(),
      shapes: [verticalLine(observed, "observed", { color: INK, width: 2, dash: "dash" })],
      annotations: [
        // Counts of permutations are narrow labels, so the title starts nearer to the plot than usual.
        { ...verticalTitle("Permutations"), xshift: -26 },
        {
          name: "observed",
          text: `<b>${label}</b>`,
          x: observed,
          y: 1,
          xref: "x",
          yref: "paper",
          xanchor: right ? "left" : "right",
          yanchor: "bottom",
          yshift: 22,
          showarrow: false,
          font: { size: TEXT.body, color: INK },
        },
      ],
    },
    alt:
      `${options.title}. Histogram of ${options.statisticLabel ?? "the test statistic"} in ${values.length} permutations, from ` +
      `${formatNumber(low, 2)} to ${formatNumber(high, 2)}. Observed value ${formatNumber(observed, 2)}; ${share}` +
      `${options.pValue === undefined ? "" : `, ${formatP(options.pValue)}`}.`,
  });
}

function bars(name: string, bins: readonly Bin[], extreme: boolean): BarTrace {
  const style = seriesStyle(extreme ? 1 : 0);
  return {
    type: "bar",
    name,
    x: bins.map((bin) => (bin.from + bin.to) / 2),
    y: bins.map((bin) => bin.count),
    width: bins.map((bin) => bin.to - bin.from),
    hoverinfo: "text",
    hovertext: bins.map((bin) => `${formatNumber(bin.from, 3)} to ${formatNumber(bin.to, 3)}: ${bin.count}`),
    marker: {
      color: extreme ? style.color : "#9DB4C8",
      line: { color: "#ffffff", width: 0.5 },
      ...(extreme
        ? {
            pattern: {
              shape: "/" as const,
              fillmode: "overlay" as const,
              fgcolor: "#ffffff",
              size: 6,
              solidity: 0.25,
            },
          }
        : {}),
    },
    showlegend: false,
  };
}
