import { checkSourced, type Sourced } from "../files";
import { checkFields } from "../statistics/inner";
import { type Table, table } from "../tables";
import { grouping } from "./plan";
import type { CountsReport } from "./result";

/**
 * What became of the rows of each source on the way to counts.
 *
 * @param options `data`: the counts, so that a table over synthetic rows says so
 * @example show(countsTable(stays.report, { data: stays }))
 */
export function countsTable(report: CountsReport, options: { readonly data?: Sourced } = {}): Table {
  checkFields("countsTable", "options", options, ["data"]);
  if (options.data !== undefined) checkSourced("countsTable", "data", options.data);
  const line = (what: string, count: number) => ({ what, count: grouping(count) });
  const lines = [
    ...report.sources.map(({ source, engine, way, rows, leftOut }) =>
      line(
        `rows of ${source.replace(/^.*[\\/]/, "")} (${engine}, ${way === "counts" ? "grouped there" : "brought one by one"})`,
        rows + leftOut,
      ),
    ),
    ...report.leftOut.map(({ what, count }) => line(`left out: ${what}`, count)),
    line("rows used", report.rows.used),
    ...report.assumed.map(({ what, count }) => line(`assumed: ${what}`, count)),
    line("patterns", report.patterns),
    line("rows of the rarest pattern", report.smallestCell),
  ];
  return table(lines, {
    caption: "From rows to counts",
    notes: [
      ...(report.unit === null ? [] : [`Times are ${report.unit}.`]),
      ...report.rounding.map(
        ({ what, rule, lost }) => `${what}: ${rule}; ${Number((100 * lost).toPrecision(2))} % of its variance is lost.`,
      ),
      ...report.notes.map((note) => `${note}.`),
    ],
    columns: [
      { label: "What", value: "what" },
      { label: "Rows", value: "count", align: "right" },
    ],
    ...(options.data === undefined ? {} : { data: options.data }),
  });
}
