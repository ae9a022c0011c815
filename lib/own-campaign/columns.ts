import type { Problem } from "../files";
import { DataError, didYouMean } from "../files";
import type { CampaignMapping, DateColumns } from "./mapping";
import type { TableFile } from "./read";

/** The cell of a date, and of its bounds, by place in the record; −1 where there is no such column. */
export interface DatePlaces {
  readonly name: string;
  readonly date: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Where in a record the mapping's columns stand. */
export interface Places {
  readonly header: readonly string[];
  readonly id: number;
  readonly detained: DatePlaces;
  readonly released: DatePlaces;
  readonly died: DatePlaces | null;
  readonly escaped: DatePlaces | null;
  readonly lastSeen: DatePlaces | null;
  readonly zero: DatePlaces | null;
  readonly treatment: DatePlaces | null;
  readonly status: number;
  readonly country: number;
  readonly provenance: number;
  readonly covariates: readonly {
    readonly name: string;
    readonly place: number;
    readonly as?: "number" | "category";
  }[];
  readonly used: readonly string[];
}

/**
 * Finds the mapping's columns in the header.
 *
 * @throws DataError naming every column that is not there, with the nearest one, and columns that stand there twice
 */
export function findColumns(header: readonly string[], mapping: CampaignMapping, table: TableFile): Places {
  const { file, format } = table;
  const names = header.map((name) => name.trim());
  const problems: Problem[] = [];
  const problem = (column: string, rule: string, message: string) =>
    problems.push({ file, row: 1, column, value: null, rule, message });
  const used = new Set<string>();
  const place = (name: string | undefined, part: string): number => {
    if (name === undefined) return -1;
    const found = names.indexOf(name);
    if (found < 0) {
      const advice =
        format.kind === "CECC export" ? "; this is a CECC export, for which ceccMapping() has the names" : "";
      const nearest = didYouMean(name, names.length > 40 ? names.slice(0, 400) : names);
      problem(
        name,
        "columns",
        `the mapping's ${part} names it, and the file has no such column${nearest}; it has ${names.slice(0, 30).join(", ")}${advice}`,
      );
    } else if (names.lastIndexOf(name) !== found && !used.has(name)) {
      problem(
        name,
        "columns",
        `stands there twice (columns ${found + 1} and ${names.lastIndexOf(name) + 1}), so that it is not clear which is meant`,
      );
    }
    used.add(name);
    return found;
  };
  const dates = (columns: DateColumns, part: string): DatePlaces => {
    if (typeof columns === "string") {
      return { name: columns, date: place(columns, part), earliest: -1, latest: -1 };
    }
    return {
      name: columns.date ?? `${columns.earliest} to ${columns.latest}`,
      date: place(columns.date, `${part}.date`),
      earliest: place(columns.earliest, `${part}.earliest`),
      latest: place(columns.latest, `${part}.latest`),
    };
  };
  const optional = (columns: DateColumns | undefined, part: string) =>
    columns === undefined ? null : dates(columns, part);
  const { columns, timeZero, treatment } = mapping;
  const places = {
    header: names,
    id: place(columns.id, "columns.id"),
    detained: dates(columns.detained, "columns.detained"),
    released: dates(columns.released, "columns.released"),
    died: optional(columns.died, "columns.died"),
    escaped: optional(columns.escaped, "columns.escaped"),
    lastSeen: optional(columns.lastSeen, "columns.lastSeen"),
    zero: timeZero !== "detained" && "column" in timeZero ? dates(timeZero.column, "timeZero.column") : null,
    treatment: "column" in treatment ? dates(treatment.column, "treatment.column") : null,
    status: place(columns.status, "columns.status"),
    country: place(columns.country, "columns.country"),
    provenance: place(columns.provenance, "columns.provenance"),
    covariates: (columns.covariates ?? []).map((covariate, i) => {
      const part = `columns.covariates[${i}]`;
      if (typeof covariate === "string") return { name: covariate, place: place(covariate, part) };
      const { column, name = column, as } = covariate;
      return { name, place: place(column, part), ...(as === undefined ? {} : { as }) };
    }),
  };
  if (problems.length > 0) throw new DataError(problems);
  return { ...places, used: names.filter((name) => used.has(name)) };
}
