import type { Sourced } from "../files";
import { type Table, table } from "../tables";
import type { LoadReport, Tally } from "./report";

/**
 * What became of a file's rows, as a table: read, used, set aside by reason, what was assumed of those used, and which
 * dates are not known to the day; each with the first rows as examples.
 *
 * @param report of loadCampaign()
 * @param options `data`: the loaded data, so that a table over synthetic rows says so
 * @example show(reportTable(data.report, { data }))
 */
export function reportTable(report: LoadReport, options: { readonly data?: Sourced } = {}): Table {
  const { rows, outcomes, arms, alleged } = report;
  const line = (what: string, count: number, examples = "") => ({ what, count, examples });
  const lines = [
    line("rows read", rows.read),
    ...report.setAside.map((tally) => tallied("set aside: ", tally)),
    line("rows used", rows.used),
    ...(arms === null ? [] : [line("used: treated", arms.treated), line("used: control", arms.control)]),
    ...(["released", "died", "escaped", "censored"] as const).flatMap((outcome) =>
      outcomes[outcome] === 0 ? [] : [line(`used: ${outcome}`, outcomes[outcome])],
    ),
    ...report.assumed.map((tally) => tallied("assumed: ", tally)),
    ...report.uncertain.map((tally) => tallied("uncertain: ", tally)),
    ...(alleged.count === 0
      ? []
      : [
          line(
            `alleged status, taken as ${alleged.taken === "event" ? "stated" : alleged.taken}`,
            alleged.count,
          ),
        ]),
    ...report.covariates.flatMap(({ name, missing }) =>
      missing === 0 ? [] : [line(`no value: ${name}`, missing)],
    ),
  ];
  const unused = report.columns.unused;
  return table(lines, {
    caption: `${report.file} (${report.format.description})`,
    notes: [
      ...report.warnings,
      ...(unused.length === 0 ? [] : [`Columns that the mapping does not use: ${unused.join(", ")}.`]),
    ],
    columns: [
      { label: "What", value: "what" },
      { label: "Rows", value: "count" },
      { label: "For example", value: "examples" },
    ],
    ...(options.data === undefined ? {} : { data: options.data }),
  });
}

/**
 * Statuses of a file and what each was taken for.
 *
 * @example show(statusTable(data.report, { data }))
 */
export function statusTable(report: LoadReport, options: { readonly data?: Sourced } = {}): Table {
  return table(report.statuses, {
    caption: "What each status was taken for",
    columns: [
      { label: "Status", value: "status" },
      { label: "Means", value: "means" },
      { label: "Alleged only", value: (row) => (row.alleged ? "yes" : "") },
      { label: "Rows", value: "count" },
    ],
    ...(options.data === undefined ? {} : { data: options.data }),
  });
}

function tallied(kind: string, { what, count, examples }: Tally) {
  const shown = examples.map(({ row, value }) => (value === "" ? `row ${row}` : `row ${row}: ${value}`));
  const more = count > shown.length ? ", …" : "";
  return { what: `${kind}${what}`, count, examples: `${shown.join(", ")}${more}` };
}
