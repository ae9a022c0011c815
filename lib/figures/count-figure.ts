import { lengthOf } from "../statistics/inner";
import { horizontalAxis, SECOND_AXIS } from "./axes";
import { needFields, needRows } from "./checks";
import { dataTable } from "./data-table";
import { composeFigure, type Figure, type FigureOptions } from "./figure";
import { escapeLabel, formatCount } from "./label";
import { bold, rowLabels } from "./marks";
import type { BarTrace } from "./plotly";
import { GRID, PALE, seriesStyle } from "./theme";
import { bars, HATCHED } from "./traces";

/** People of two kinds in one category, such as women and men in a country. */
export interface CountRow {
  readonly label: string;
  readonly first: number;
  readonly second: number;
}

export interface CountFigureOptions extends FigureOptions {
  /** What the two kinds are, such as ["women", "men"]. */
  readonly kinds: readonly [string, string];
  /** Title of the horizontal axis; "People" unless said otherwise. */
  readonly countLabel?: string;
}

const ROW = 28; // pixels

/**
 * Counts of two kinds of people in each category as bars behind one another, with both numbers printed beside them: the
 * paper's Figure 2, people named in Urgent Actions by country and sex.
 *
 * @param rows in the order from top to bottom; at least one, with whole numbers from 0
 * @throws InvalidInputError where there is no row, or a count is no whole number from 0, naming the row
 * @example
 * countFigure([{ label: "Iran", first: 137, second: 700 }], { data: group, title: "Iran", kinds: ["women", "men"] })
 */
export function countFigure(rows: readonly CountRow[], options: CountFigureOptions): Figure {
  needFields("countFigure", options, ["kinds", "countLabel"]);
  lengthOf("countFigure", "kinds", options.kinds);
  needRows("countFigure", rows, ({ label }) => label, countFault, "a whole number from 0 is");
  const [one, two] = options.kinds;
  const kind = (name: string, count: (row: CountRow) => number, marker: BarTrace["marker"]): BarTrace => {
    const text = (row: CountRow): string => `${bold(row.label)}<br>${escapeLabel(name)}: ${formatCount(count(row))}`;
    return bars(name, rows, { x: count, y: (_, i) => i, text }, marker, "h");
  };
  return composeFigure("countFigure", options, {
    finding: countFinding(rows, options.kinds),
    notes: [`solid: ${one}`, `hatched: ${two}`, `numbers: ${one} / ${two}`],
    data: [
      kind(one, ({ first }) => first, { color: seriesStyle(0).color }),
      kind(two, ({ second }) => second, { color: PALE, ...HATCHED }),
      SECOND_AXIS,
    ],
    table: dataTable(rows, {
      Category: ({ label }) => label,
      [`${one} (${options.countLabel ?? "People"})`]: ({ first }) => first,
      [`${two} (${options.countLabel ?? "People"})`]: ({ second }) => second,
    }),
    size: { plot: rows.length * ROW, below: 52 },
    layout: {
      barmode: "stack",
      bargap: 0.3,
      xaxis: { ...horizontalAxis(options.countLabel ?? "People"), gridcolor: GRID, nticks: 5, tickformat: ",d" },
      ...rowLabels(
        rows.map(({ label }) => escapeLabel(label)),
        rows.map(({ first, second }) => `${bold(formatCount(first))} / ${formatCount(second)}`),
      ),
    },
    alt: `Bars of ${options.countLabel ?? "people"}, ${one} and ${two}: ${rows.map((row) => `${row.label} ${formatCount(row.first)} and ${formatCount(row.second)}`).join("; ")}.`,
  });
}

function countFault({ first, second }: CountRow): string | null {
  const wrong = [first, second].find((count) => !(Number.isInteger(count) && count >= 0));
  return wrong === undefined ? null : `the count ${wrong}`;
}

/** Where most of each kind are, and of how many. */
function countFinding(rows: readonly CountRow[], [one, two]: CountFigureOptions["kinds"]): string {
  const most = (name: string, count: (row: CountRow) => number) => {
    const top = rows.reduce((best, row) => (count(row) > count(best) ? row : best));
    const all = rows.reduce((sum, row) => sum + count(row), 0);
    return { where: top.label, text: `the most ${name}, ${formatCount(count(top))} of ${formatCount(all)}` };
  };
  const [first, second] = [most(one, (row) => row.first), most(two, (row) => row.second)];
  return first.where === second.where
    ? `${first.where} has ${first.text}, and ${second.text}`
    : `${first.where} has ${first.text}; ${second.where} ${second.text}`;
}
