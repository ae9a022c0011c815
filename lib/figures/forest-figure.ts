import type { Sourced } from "../data/provenance";
import { log10 } from "../statistics/elementary";
import { horizontalAxis, SECOND_AXIS } from "./axes";
import { composeFigure, type Figure } from "./figure";
import { type ForestModel, type ForestRow, forestAxis, forestRows, forestText } from "./forest-rows";
import { escapeLabel, formatPercent } from "./label";
import type { Annotation, Axis, MarkerSymbol, ScatterTrace } from "./plotly";
import { GRID, INK, MUTED, seriesStyle, TEXT } from "./theme";
import { verticalLine } from "./vertical-line";

export interface ForestFigureOptions {
  /** What the models were fitted to; decides whether the figure carries the mark for synthetic data. */
  readonly data: Sourced;
  readonly title: string;
  readonly subtitle?: string;
  /** Title of the axis; "Hazard ratio, logarithmic scale" unless told. */
  readonly valueLabel?: string;
}

const LINE = 19; // pixels
const HEADING = 22;
const GAP = 5;
const SYMBOLS: readonly MarkerSymbol[] = ["circle", "square", "diamond", "triangle-up", "cross"];

/**
 * Hazard ratios of several Cox models with their intervals on a logarithmic axis: a block for each covariate, a line for
 * each model that has it, and the numbers beside them. An interval that runs beyond 1/100 or 100 ends in an arrow.
 *
 * @param models fits with headings, such as those of tableOneModels(); one without a fit has no line
 * @returns a plain Plotly figure, 360 pixels wide or more, with an alternative text that states every number
 * @throws RangeError where no model has an estimate
 * @example
 * forestFigure(tableOneModels(tableOneData(group)), { data: group, title: "Four models of the time to release" });
 */
export function forestFigure(models: readonly ForestModel[], options: ForestFigureOptions): Figure {
  const rows = forestRows(models);
  if (!rows.some(({ ratio }) => ratio !== null)) {
    throw new RangeError(`forest figure: none of ${models.length} models has an estimate`);
  }
  const places = placesOf(rows);
  const axis = forestAxis(rows);
  const texts = rows.map(forestText);
  const confidence = models.find(({ fit }) => fit !== null)?.fit?.confidence ?? 0.95;
  // A single model needs no label: the covariate stands above its line.
  const labels = rows.map(({ model, series }) =>
    models.length > 1 ? `<span style="color:${seriesStyle(series).ink}">${escapeLabel(model)}</span>` : "",
  );
  const rowTicks: Axis = {
    range: [places.height, 0],
    tickmode: "array",
    tickvals: places.centres,
    automargin: true,
    fixedrange: true,
    showgrid: false,
    zeroline: false,
    tickfont: { size: TEXT.small },
  };
  return composeFigure({
    title: options.title,
    notes: [
      ...(options.subtitle === undefined ? [] : [options.subtitle]),
      `lines: ${formatPercent(confidence, 1)} intervals`,
    ],
    source: options.data,
    data: [...models.flatMap((_, series) => tracesOf(rows, places.centres, series, axis)), SECOND_AXIS],
    layout: {
      height: places.height + 54,
      margin: { l: 14, r: 14, b: 54 },
      xaxis: {
        ...horizontalAxis(options.valueLabel ?? "Hazard ratio, logarithmic scale"),
        type: "log",
        range: [log10(axis.low), log10(axis.high)],
        tickmode: "array",
        tickvals: axis.ticks,
        ticktext: axis.ticks.map(String),
        tickangle: 0,
        tickfont: { size: TEXT.small },
        gridcolor: GRID,
      },
      yaxis: { ...rowTicks, ticktext: labels, ticklabelstandoff: 4 },
      yaxis2: {
        ...rowTicks,
        ticktext: texts.map(
          ({ estimate, interval }) => `<b>${escapeLabel(estimate)}</b> ${escapeLabel(interval)}`,
        ),
        ticklabelstandoff: 4,
        overlaying: "y",
        side: "right",
        anchor: "x",
      },
      shapes: [verticalLine(1, "no difference", { color: INK, width: 1, dash: "dash" })],
      annotations: places.headings.map(
        ({ text, top }): Annotation => ({
          name: "covariate",
          text: `<b>${escapeLabel(text)}</b>`,
          x: 0,
          y: top,
          xref: "paper",
          yref: "y",
          xanchor: "left",
          yanchor: "top",
          showarrow: false,
          bgcolor: "rgba(255,255,255,0.85)",
          borderpad: 1,
          font: { size: TEXT.small, color: INK },
        }),
      ),
    },
    alt: altOf(rows, options, confidence),
  });
}

/** Where rows and headings stand, in pixels from the top. */
function placesOf(rows: readonly ForestRow[]) {
  const centres: number[] = [];
  const headings: { text: string; top: number }[] = [];
  let y = 4;
  rows.forEach(({ covariate }, at) => {
    if (covariate !== rows[at - 1]?.covariate) {
      y += at === 0 ? 0 : GAP;
      headings.push({ text: covariate, top: y });
      y += HEADING;
    }
    centres.push(y + LINE / 2);
    y += LINE;
  });
  return { centres, headings, height: y + 6 };
}

/** The dots and intervals of a model, and arrows where they leave the axis. */
function tracesOf(
  rows: readonly ForestRow[],
  centres: readonly number[],
  series: number,
  { low, high }: { readonly low: number; readonly high: number },
): ScatterTrace[] {
  const style = seriesStyle(series);
  const own = rows.flatMap((row, at) =>
    row.series === series && row.ratio !== null ? [{ row, ratio: row.ratio, y: centres[at] ?? 0 }] : [],
  );
  const inside = (value: number): number => Math.min(Math.max(value, low), high);
  const isInside = ({ ratio }: (typeof own)[number]): boolean => inside(ratio.estimate) === ratio.estimate;
  const beyond = [
    ...own
      .filter(({ ratio }) => ratio.lower < low)
      .map(({ y }) => ({ x: low, y, symbol: "arrow-left" as const })),
    ...own
      .filter(({ ratio }) => ratio.upper > high)
      .map(({ y }) => ({ x: high, y, symbol: "arrow-right" as const })),
  ];
  const name = escapeLabel(rows.find((row) => row.series === series)?.model ?? "");
  return [
    {
      type: "scatter",
      mode: "markers",
      name,
      x: own.map(({ ratio }) => inside(ratio.estimate)),
      y: own.map(({ y }) => y),
      error_x: {
        type: "data",
        symmetric: false,
        array: own.map(({ ratio }) => inside(ratio.upper) - inside(ratio.estimate)),
        arrayminus: own.map(({ ratio }) => inside(ratio.estimate) - inside(ratio.lower)),
        color: style.color,
        thickness: 1.75,
        width: 3,
      },
      marker: {
        symbol: SYMBOLS[series % SYMBOLS.length] ?? "circle",
        size: SYMBOLS[series % SYMBOLS.length] === "triangle-up" ? 10 : 8,
        // An estimate beyond the axis has its interval and an arrow, and no dot.
        color: own.map((one) => (isInside(one) ? style.color : "rgba(0,0,0,0)")),
        line: { color: own.map((one) => (isInside(one) ? "#ffffff" : "rgba(0,0,0,0)")), width: 1 },
      },
      hoverinfo: "text",
      hovertext: own.map(({ row }) => {
        const { estimate, interval } = forestText(row);
        return `<b>${escapeLabel(row.covariate)}</b>, ${name}<br>${escapeLabel(estimate)} ${escapeLabel(interval)}`;
      }),
      cliponaxis: false,
      showlegend: false,
    },
    ...(beyond.length === 0
      ? []
      : [
          {
            type: "scatter" as const,
            mode: "markers" as const,
            name: `${name}: beyond the axis`,
            x: beyond.map(({ x }) => x),
            y: beyond.map(({ y }) => y),
            marker: {
              symbol: beyond.map(({ symbol }) => symbol),
              size: 9,
              color: style.color,
              line: { color: MUTED, width: 0 },
            },
            hoverinfo: "skip" as const,
            cliponaxis: false,
            showlegend: false,
          },
        ]),
  ];
}

function altOf(rows: readonly ForestRow[], options: ForestFigureOptions, confidence: number): string {
  const names = [...new Set(rows.map(({ covariate }) => covariate))];
  const sentences = names.map((name) => {
    const own = rows.filter(({ covariate }) => covariate === name);
    const values = own.map((row) => {
      const { estimate, interval } = forestText(row);
      return `${row.model} ${estimate} ${interval}`.trim();
    });
    return `${name}: ${values.join(", ")}.`;
  });
  return (
    `${options.title}. Forest plot; ${options.valueLabel ?? "Hazard ratio, logarithmic scale"}, with ` +
    `${formatPercent(confidence, 1)} intervals. ${sentences.join(" ")}`
  );
}
