import { InvalidInputError } from "../statistics";
import { largest, smallest } from "../statistics/inner";
import { horizontalAxis, ticksAt, verticalAxis, verticalTitle } from "./axes";
import { needFields, needNumbers, needOptions, needSome } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatNumber, formatPercent, listing } from "./label";
import { lineLabels } from "./line-labels";
import { bold, horizontalRule, REFERENCE, textAt } from "./marks";
import type { ScatterTrace } from "./plotly";
import { GRID, seriesStyle } from "./theme";
import { line } from "./traces";

/** A curve: a share for each value of x, in increasing order of x. */
export interface ShareLine {
  readonly label: string;
  readonly x: readonly number[];
  readonly share: readonly number[];
}

export interface ShareFigureOptions extends FigureOptions {
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

const HEIGHT = 320; // pixels

/**
 * Shares as curves over a number, each with its label at its end: cumulative incidence over time, power over the size of
 * an effect.
 *
 * @param lines in the order of their colours, at least one
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states start, middle and end
 * @throws InvalidInputError where there is no line, one is empty or ragged, or a share is not between 0 and 1, naming the line
 * @example
 * shareFigure([{ label: "power", x: [1, 2, 3], share: [0.05, 0.4, 0.7] }], { data, title: "Power", xLabel: "Hazard ratio", shareLabel: "Power" });
 */
export function shareFigure(lines: readonly ShareLine[], options: ShareFigureOptions): Figure {
  needFields("shareFigure", options, ["xLabel", "shareLabel", "steps", "ticks", "reference"]);
  needSome("shareFigure", "lines", "line", lines);
  lines.forEach(checkLine);
  needOptions("shareFigure", options);
  const { reference, ticks } = options;
  const x = lines.flatMap((one) => one.x);
  const labels = lineLabels(
    lines.map(({ label, share }) => ({ label, end: share[share.length - 1] })),
    { top: 1, range: 1.06, height: HEIGHT },
  );
  const marked = reference === undefined ? [] : [reference];
  return composeFigure("shareFigure", options, {
    finding: shareFinding(lines, options),
    data: lines.map((one, i) => shareLine(one, i, options.steps === true ? "hv" : "linear")),
    table: dataTable(
      lines.flatMap(({ label, x: at, share }) => at.map((value, i) => ({ label, value, share: share[i] }))),
      {
        Line: ({ label }) => label,
        [options.xLabel]: ({ value }) => value,
        [`${options.shareLabel} (share)`]: ({ share }) => share,
      },
    ),
    size: {
      above: 26,
      plot: HEIGHT,
      below: 54,
      right: labels.right,
    },
    layout: {
      xaxis: {
        ...horizontalAxis(options.xLabel),
        range: [smallest(x), largest(x)],
        ...(ticks === undefined ? { nticks: 6 } : ticksAt(ticks, (tick) => formatNumber(tick, 4))),
        gridcolor: GRID,
      },
      yaxis: {
        ...verticalAxis(),
        range: [-0.02, 1.04],
        ...ticksAt([0, 0.25, 0.5, 0.75, 1], (share) => `${100 * share}%`),
      },
      shapes: marked.map(({ share }) => horizontalRule(share, "reference", REFERENCE)),
      annotations: [
        verticalTitle(options.shareLabel),
        ...marked.map(({ share, label }) =>
          textAt(escapeLabel(label), {
            name: "reference",
            x: 0,
            y: share,
            xref: "paper",
            yref: "y",
            xshift: 4,
          }),
        ),
        ...labels.annotations,
      ],
    },
    alt: `${options.shareLabel} by ${options.xLabel}: ${lines.map(altOf).join("; ")}.${reference === undefined ? "" : ` Horizontal line: ${reference.label}.`}`,
  });
}

function shareLine({ label, x, share }: ShareLine, series: number, shape: "hv" | "linear"): ScatterTrace {
  const { color, dash } = seriesStyle(series);
  const text = (at: number, i: number): string =>
    `${bold(label)}<br>${formatNumber(at, 2)}: ${formatPercent(share[i], 1)}`;
  const stroke = { color, width: 2.5, dash, shape };
  return line(escapeLabel(label), x, { x: (at) => at, y: (_, i) => share[i], text }, stroke);
}

function altOf({ label, x, share }: ShareLine): string {
  const places = [...new Set([0, x.length >> 1, x.length - 1])];
  return `${label} ${places.map((at) => `${formatPercent(share[at] ?? 0)} at ${formatNumber(x[at] ?? 0, 2)}`).join(", ")}`;
}

function checkLine({ label, x, share }: ShareLine, index: number): void {
  const fail = (found: string): never => {
    throw new InvalidInputError(`shareFigure: the line "${label}" ${found}`, "lines", index);
  };
  if (x.length === 0) fail("is empty");
  if (x.length !== share.length) fail(`has ${x.length} values of x and ${share.length} shares`);
  needNumbers("shareFigure", "lines", x, `x of "${label}"`);
  const wrong = share.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) fail(`has the share ${wrong}; from 0 to 1 is needed`);
}

/** From where on the lines are at a reference; without one, where they end. */
function shareFinding(lines: readonly ShareLine[], options: ShareFigureOptions): string {
  const { shareLabel, xLabel, reference, steps } = options;
  if (reference !== undefined) {
    const from = lines.map((one) => {
      const at = reaches(one, reference.share, steps === true);
      return `${at === null ? "nowhere" : formatNumber(at, steps === true ? 2 : 1)} (${one.label})`;
    });
    const axis = `${xLabel.charAt(0).toLowerCase()}${xLabel.slice(1)}`;
    return `${shareLabel} reaches ${reference.label} at a ${axis} of ${listing(from)}`;
  }
  const ends = lines.map(({ label, share }) => `${label} ${formatPercent(share[share.length - 1])}`);
  return `${shareLabel}, at the end: ${listing(ends)}`;
}

/** The x at which a line is drawn to reach a share: of steps one of its values, else also between two; null where it never does. */
function reaches({ x, share }: ShareLine, wanted: number, steps: boolean): number | null {
  const first = share.findIndex((value) => value >= wanted);
  if (first < 0) return null;
  if (steps || first === 0) return x[first];
  const [before, after] = [share[first - 1], share[first]];
  return x[first - 1] + ((wanted - before) / (after - before)) * (x[first] - x[first - 1]);
}
