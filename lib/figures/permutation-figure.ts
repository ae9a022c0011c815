import { InvalidInputError } from "../statistics";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needOptions, needSome } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { counted } from "./finding";
import { capitalised, escapeLabel, formatNumber, formatP } from "./label";
import { bold, labelAbove, verticalRule } from "./marks";
import type { BarTrace } from "./plotly";
import { INK, PALE, PAPER, seriesStyle, TEXT } from "./theme";
import { bars, HATCHED } from "./traces";

export interface PermutationFigureOptions extends FigureOptions {
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
  /** What the values are one each of, in the plural; "permutations" unless said otherwise. */
  readonly of?: string;
  /** What is said of the marked value; "Observed: " and the number unless said otherwise. */
  readonly observedLabel?: string;
  /** Number of bins, 40 unless said otherwise. */
  readonly bins?: number;
}

const HEIGHT = 300; // pixels
/** More bins than this are narrower than a screen can show. */
const MOST = 10_000;

/**
 * The distribution of a statistic under permutation as a histogram, with the observed value marked and the
 * values at least as extreme in another colour and hatched. One wants it because it shows what a p value
 * is: the share of the hatched area.
 *
 * @param values the statistic in each permutation, at least one, all finite
 * @param observed the statistic of the data as they are
 * @throws InvalidInputError where a value is not finite, naming its index, or there is none
 *
 * @example permutationFigure(chiSquares, 21.4, { data: women, title: "Log-rank statistic under permutation" })
 */
export function permutationFigure(
  values: ArrayLike<number>,
  observed: number,
  options: PermutationFigureOptions,
): Figure {
  needFields("permutationFigure", options, ["statisticLabel", "tail", "pValue", "of", "observedLabel", "bins"]);
  needOptions("permutationFigure", options);
  const { pValue, statisticLabel, of = "permutations" } = options;
  const twoSided = options.tail === "two-sided";
  const edge = twoSided ? Math.abs(observed) : observed;
  const bins = binsAt(values, edge, options.bins ?? 40, twoSided);
  const limit = edge - tolerance(edge);
  const isExtreme = (value: number): boolean => value >= limit || (twoSided && value <= -limit);
  const extreme = Array.from(values).filter(isExtreme).length;
  const share = `${extreme} of ${values.length} ${of} at least as extreme`;
  const [low, high] = [bins.at(0)?.from ?? 0, bins.at(-1)?.to ?? 1];
  const xanchor = observed < low + 0.6 * (high - low) ? "left" : "right";
  return composeFigure("permutationFigure", options, {
    finding: `${counted(extreme, values.length, of, "is", "are")} at least as extreme`,
    notes: pValue === undefined ? [] : [formatP(pValue)],
    data: [false, true]
      .map((marked) =>
        binBars(
          bins.filter((bin) => isExtreme((bin.from + bin.to) / 2) === marked),
          marked,
        ),
      )
      .filter((trace) => trace.x.length > 0),
    table: dataTable(bins, {
      [`${statisticLabel ?? "Test statistic"}, from`]: ({ from }) => from,
      [`${statisticLabel ?? "Test statistic"}, to`]: ({ to }) => to,
      [capitalised(of)]: ({ count }) => count,
      "at least as extreme": ({ from, to }) => isExtreme((from + to) / 2),
    }),
    size: { above: 44, plot: HEIGHT, below: 52, right: 24 },
    layout: {
      bargap: 0,
      barmode: "overlay",
      xaxis: { ...horizontalAxis(statisticLabel ?? "Test statistic"), showgrid: false },
      yaxis: verticalAxis(),
      shapes: [verticalRule(observed, "observed", { color: INK, width: 2, dash: "dash" })],
      annotations: [
        // Counts of permutations are narrow labels, so the title starts nearer to the plot than usual.
        verticalTitle(escapeLabel(capitalised(of)), 26),
        labelAbove(observed, bold(options.observedLabel ?? `Observed: ${formatNumber(observed, 2)}`), 22, {
          name: "observed",
          xanchor,
          font: { size: TEXT.body, color: INK },
        }),
      ],
    },
    alt:
      `Histogram of ${statisticLabel ?? "the test statistic"} in ${values.length} ${of}, from ` +
      `${formatNumber(low, 2)} to ${formatNumber(high, 2)}. ${options.observedLabel ?? "Observed value"} ${formatNumber(observed, 2)}; ${share}` +
      `${pValue === undefined ? "" : `, ${formatP(pValue)}`}.`,
  });
}

function binBars(bins: readonly Bin[], extreme: boolean): BarTrace {
  return bars(
    extreme ? "at least as extreme" : "less extreme",
    bins,
    {
      x: ({ from, to }) => (from + to) / 2,
      y: ({ count }) => count,
      width: ({ from, to }) => to - from,
      text: ({ from, to, count }) => `${formatNumber(from, 3)} to ${formatNumber(to, 3)}: ${count}`,
    },
    {
      color: extreme ? seriesStyle(1).color : PALE,
      line: { color: PAPER, width: 0.5 },
      ...(extreme ? HATCHED : {}),
    },
  );
}

/** A bin [from, to) of a histogram. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Values this close to the edge are on it: a statistic that is computed in another order of the rows
 * differs in its last digits.
 */
function tolerance(edge: number): number {
  return 1e-9 * Math.max(1, Math.abs(edge));
}

/**
 * Counts values in bins of equal width, laid so that `edge` falls between two bins: what is at least `edge`
 * is then exactly what lies in the bins to its right. With `mirrored`, `-edge` falls between two bins as
 * well, and what is at most `-edge` lies to its left.
 *
 * @param values at least one, all finite
 * @param edge a value that shall be a limit of bins
 * @param bins number of bins over the range of values and edge, at least 1; mirrored bins may be fewer or
 *   more
 * @returns bins from left to right without gaps; their counts sum to the number of values
 * @throws InvalidInputError where a value is not finite, naming its index, or there is none
 * @example binsAt([1, 2, 3], 2, 2) // [1, 2): 1, [2, 3): 1, [3, 4): 1
 */
export function binsAt(values: ArrayLike<number>, edge: number, bins: number, mirrored = false): Bin[] {
  needSome("permutationFigure", "values", "value", values);
  needNumbers("permutationFigure", "values", Array.from(values));
  needNumbers("permutationFigure", "observed", edge, "the observed value");
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= MOST)) {
    const needed = `bins is ${bins}; a whole number from 1 to ${MOST} is needed`;
    throw new InvalidInputError(`permutationFigure: ${needed}`, "bins");
  }
  let [low, high] = [edge, edge];
  for (let i = 0; i < values.length; i++) [low, high] = [Math.min(low, values[i]), Math.max(high, values[i])];
  const width = widthOf(low, high, edge, bins, mirrored);
  const mirror = mirrored && edge > 0 ? -Math.round((2 * edge) / width) : null;
  const slack = tolerance(edge);
  const slot = (value: number): number => {
    const at = Math.floor((value - edge) / width + 1e-9);
    // Rounding must not carry a value over a limit that means something.
    if (value >= edge - slack) return Math.max(at, 0);
    if (mirror === null) return Math.min(at, -1);
    return value <= -edge + slack ? Math.min(at, mirror - 1) : Math.min(Math.max(at, mirror), -1);
  };
  const first = Math.min(slot(low), 0);
  const counts = new Array<number>(Math.max(slot(high), 0) - first + 1).fill(0);
  for (let index = 0; index < values.length; index++) {
    counts[slot(values[index]) - first]++;
  }
  return counts.map((count, index) => ({
    from: edge + (first + index) * width,
    to: edge + (first + index + 1) * width,
    count,
  }));
}

function widthOf(low: number, high: number, edge: number, bins: number, mirrored: boolean): number {
  const width = high > low ? (high - low) / bins : 1;
  return mirrored && edge > 0 ? (2 * edge) / Math.max(1, Math.round((2 * edge) / width)) : width;
}
