import { InvalidInputError } from "../statistics";
import { largest, lengthOf } from "../statistics/inner";
import { atTimes, type SurvivalCurve } from "../survival";
import { needNumbers } from "./checks";
import { escapeLabel, formatNumber, textWidth, wrap } from "./label";
import { rowAxis, textAt } from "./marks";
import type { Annotation, Axis, ScatterTrace } from "./plotly";
import { type SeriesStyle, TEXT } from "./theme";

/** One row a curve: the numbers at risk at each of `times`. */
export interface RiskTable {
  readonly times: readonly number[];
  readonly rows: readonly { readonly label: string; readonly atRisk: readonly number[] }[];
}

/**
 * The numbers at risk just before the given times (R: `summary(survfit, times)$n.risk`), as data: the
 * figure draws it below its curves, and it can be printed as a table just as well.
 *
 * @example riskTable(curves, [0, 12, 24, 36]).rows[0] // { label: "Featured", atRisk: [19, 8, 4, 3] }
 */
export function riskTable(curves: readonly SurvivalCurve[], times: readonly number[]): RiskTable {
  lengthOf("riskTable", "times", times);
  lengthOf("riskTable", "curves", curves);
  needNumbers("riskTable", "times", times);
  const back = times.findIndex((time, i) => time < 0 || (i > 0 && time <= times[i - 1]));
  if (back >= 0) {
    const found = `times[${back}] is ${times[back]}; increasing times of at least 0 are needed`;
    throw new InvalidInputError(`riskTable: ${found}`, "times", back);
  }
  return {
    times,
    rows: curves.map((curve) => ({
      label: curve.label,
      atRisk: atTimes(curve, times).map((row) => row.atRisk),
    })),
  };
}

const LINE = 15;
const LABEL_WIDTH = 16;
/** Distance of the rows' labels from the axis; a number of three digits or more stands half to its left. */
const STANDOFF = 8;

/** How a risk table is drawn: see {@link drawRiskTable}. */
export interface DrawnRiskTable {
  readonly traces: readonly ScatterTrace[];
  readonly heading: Annotation;
  readonly axis: Axis;
  /** Height in pixels that the axis has to get. */
  readonly height: number;
}

/**
 * The table as text at data coordinates: its columns stand under the ticks of the axis that it shares with
 * the curves, whatever the width, the font or the zoom. (Tables set beside a plot drift out of line; see
 * survminer's issues 102, 243, 302, 348.) The rows' labels are the ticks of a vertical axis, so that Plotly
 * makes room.
 */
export function drawRiskTable(table: RiskTable, styles: readonly SeriesStyle[]): DrawnRiskTable {
  const labels = table.rows.map((row) => wrap(row.label, LABEL_WIDTH));
  const heights = labels.map((label) => label.length * LINE + 4);
  const height = heights.reduce((sum, row) => sum + row, 0);
  // The axis counts pixels from the top, so that a row is as high as its label.
  const position = (row: number): number =>
    heights.slice(0, row).reduce((sum, one) => sum + one, 0) + (heights[row] ?? 0) / 2;
  const texts = table.rows.map((row) => row.atRisk.map(countText));
  const longest = largest(texts.flat().map((text) => text.length));
  // Numbers of four characters and more would meet on a narrow screen: every second or third column is left.
  const every = longest < 4 ? 1 : longest < 6 ? 2 : 3;
  const first = texts.map((row) => row[0] ?? "").filter((text) => text.length > 2);
  const standoff = largest(
    first.map((text) => Math.ceil(textWidth(text, TEXT.small) / 2) + 3),
    STANDOFF,
  );
  const columns = table.times.map((_, at) => at).filter((at) => at % every === 0);
  return {
    traces: table.rows.map((row, index) => ({
      type: "scatter",
      mode: "text",
      name: `At risk: ${escapeLabel(row.label)}`,
      x: columns.map((at) => table.times[at] ?? 0),
      y: columns.map(() => position(index)),
      yaxis: "y2",
      text: columns.map((at) => texts[index]?.[at] ?? ""),
      textfont: { size: TEXT.small, color: styles[index].ink },
      textposition: "middle center",
      cliponaxis: false,
      hoverinfo: "skip",
      showlegend: false,
    })),
    heading: textAt("<b>Number at risk</b>", {
      name: "risk-table-heading",
      x: 0,
      y: 0,
      xref: "paper",
      yref: "y2",
      font: { size: TEXT.small },
    }),
    axis: rowAxis(
      labels.map(
        (label, index) => `<span style="color:${styles[index].ink}">${label.map(escapeLabel).join("<br>")}</span>`,
      ),
      {
        range: [height, 0],
        anchor: "x",
        tickvals: labels.map((_, index) => position(index)),
        tickfont: { size: TEXT.small },
        ticklabelstandoff: standoff,
      },
    ),

    height,
  };
}

/** A number at risk; from ten thousand on in thousands or millions, such as 914k. */
function countText(count: number): string {
  if (count >= 999_500) return `${formatNumber(count / 1e6, 1)}M`;
  return count >= 10_000 ? `${formatNumber(count / 1000, 0)}k` : formatNumber(count, 1);
}
