import type { Sourced } from "../files";
import { horizontalAxis, verticalAxis, verticalTitle } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { escapeLabel, formatNumber, formatPercent, widest, wrap } from "./label";
import { tiedLabel } from "./marks";
import type { Shape } from "./plotly";
import { spread } from "./spread";
import { GRID, INK, seriesStyle, TEXT } from "./theme";

/** A curve: a share for each value of x, in increasing order of x. */
export interface ShareLine {
  readonly label: string;
  readonly x: readonly number[];
  readonly share: readonly number[];
}

export interface ShareFigureOptions {
  /** What the shares were computed from; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the horizontal axis, with the unit. */
  readonly xLabel: string;
  /** What the shares are shares of. */
  readonly shareLabel: string;
  /** Shares change at the values of x only, as an estimate of incidence does; else they are joined by straight lines. */
  readonly steps?: boolean;
  /** Values of x with a tick. */
  readonly ticks?: readonly number[];
  /** A share to compare with: a labelled horizontal line. */
  readonly reference?: { readonly share: number; readonly label: string };
}

const HEIGHT = 320;
const LINE = 16;

/**
 * Shares as curves over a number, each with its label at its end: cumulative incidence over time, power over the size of
 * an effect.
 *
 * @param lines in the order of their colours, at least one
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states start, middle and end
 * @throws RangeError where there is no line, one is empty or ragged, or a share is not between 0 and 1, naming the line
 * @example
 * shareFigure([{ label: "power", x: [1, 2, 3], share: [0.05, 0.4, 0.7] }], { data, title: "Power", xLabel: "Hazard ratio", shareLabel: "Power" });
 */
export function shareFigure(lines: readonly ShareLine[], options: ShareFigureOptions): Figure {
  if (lines.length === 0) throw new RangeError("share figure: needs at least one line; got none");
  lines.forEach(checkLine);
  const [low, high] = [Math.min(...lines.flatMap(({ x }) => x)), Math.max(...lines.flatMap(({ x }) => x))];
  const labels = lines.map(({ label }) => wrap(label, 15));
  const last = lines.map(({ share }) => share.at(-1) ?? 0);
  const pixels = HEIGHT / 1.06;
  const centres = spread(
    lines.map((_, i) => ({
      wanted: (1 - (last[i] ?? 0)) * pixels,
      size: (labels[i]?.length ?? 1) * LINE + 4,
    })),
    -10,
    HEIGHT + 10,
  );
  const { reference } = options;
  return composeFigure({
    title: options.title,
    notes: options.subtitle === undefined ? [] : [options.subtitle],
    source: options.data,
    above: 26,
    data: lines.map((line, i) => ({
      type: "scatter" as const,
      mode: "lines" as const,
      name: escapeLabel(line.label),
      x: [...line.x],
      y: [...line.share],
      line: {
        color: seriesStyle(i).color,
        width: 2.5,
        dash: seriesStyle(i).dash,
        shape: options.steps === true ? ("hv" as const) : ("linear" as const),
      },
      hoverinfo: "text" as const,
      hovertext: line.x.map(
        (x, at) =>
          `<b>${escapeLabel(line.label)}</b><br>${formatNumber(x, 2)}: ${formatPercent(line.share[at] ?? 0, 1)}`,
      ),
      showlegend: false,
    })),
    layout: {
      height: HEIGHT + 54,
      margin: { l: 14, r: 22 + Math.max(...labels.map((block) => widest(block, TEXT.small, true))), b: 54 },
      xaxis: {
        ...horizontalAxis(options.xLabel),
        range: [low, high],
        ...(options.ticks === undefined
          ? { nticks: 6 }
          : {
              tickmode: "array" as const,
              tickvals: [...options.ticks],
              ticktext: options.ticks.map(String),
            }),
        gridcolor: GRID,
      },
      yaxis: {
        ...verticalAxis(),
        range: [-0.02, 1.04],
        tickmode: "array",
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        ticktext: ["0%", "25%", "50%", "75%", "100%"],
      },
      shapes: reference === undefined ? [] : [level(reference.share)],
      annotations: [
        verticalTitle(options.shareLabel),
        ...(reference === undefined
          ? []
          : [
              {
                name: "reference",
                text: escapeLabel(reference.label),
                x: 0,
                y: reference.share,
                xref: "paper" as const,
                yref: "y" as const,
                xanchor: "left" as const,
                yanchor: "bottom" as const,
                xshift: 4,
                showarrow: false,
                font: { size: TEXT.small, color: INK },
              },
            ]),
        ...lines.map((_, i) => {
          const text = (labels[i] ?? []).map((part) => `<b>${escapeLabel(part)}</b>`).join("<br>");
          const y = last[i] ?? 0;
          const tie = { right: 12, down: (centres[i] ?? 0) - (1 - y) * pixels };
          return { ...tiedLabel("line-label", text, i, y, tie), align: "left" as const, borderpad: 2 };
        }),
      ],
    },
    alt: `${options.title}. ${options.shareLabel} by ${options.xLabel}: ${lines.map(altOf).join("; ")}.${reference === undefined ? "" : ` Horizontal line: ${reference.label}.`}`,
  });
}

function level(share: number): Shape {
  const line = { color: INK, width: 1, dash: "dash" as const };
  return {
    type: "line",
    name: "reference",
    x0: 0,
    x1: 1,
    y0: share,
    y1: share,
    xref: "paper",
    yref: "y",
    line,
  };
}

function altOf({ label, x, share }: ShareLine): string {
  const places = [...new Set([0, x.length >> 1, x.length - 1])];
  return `${label} ${places.map((at) => `${formatPercent(share[at] ?? 0)} at ${formatNumber(x[at] ?? 0, 2)}`).join(", ")}`;
}

function checkLine({ label, x, share }: ShareLine): void {
  if (x.length === 0) throw new RangeError(`share figure: the line "${label}" is empty`);
  if (x.length !== share.length) {
    throw new RangeError(
      `share figure: the line "${label}" has ${x.length} values of x and ${share.length} shares`,
    );
  }
  const wrong = share.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined)
    throw new RangeError(`share figure: the line "${label}" has the share ${wrong}; from 0 to 1 is needed`);
}
