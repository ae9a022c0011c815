import { didYouMean, refuse, refuseAll, shown } from "../files";
import { largest } from "../statistics/inner";
import { covariateKey } from "./covariate-key";
import { type Dialect, type Engine, type EngineColumn, Parameters, type Statement } from "./engine";
import { type Added, asNumber, ifUsed, type Key, type Part, type Reason, type Rounding, type Writer } from "./part";
import type { Asked } from "./question";
import { timeLevels } from "./time-levels";

/** What is asked of one engine. */
export interface CountsStatement extends Statement {
  readonly reasons: readonly Reason[];
  readonly keys: readonly Key[];
  /** What was assumed of rows, counted in a column each. */
  readonly assumed: readonly string[];
  /** What is lost by rounding, two sums each. */
  readonly roundings: readonly Rounding[];
  readonly notes: readonly string[];
}

/** How much of the table a statement reads, and in which way. */
export type Extent =
  | { readonly kind: "counts" | "rows" | "count"; readonly most: number }
  | { readonly kind: "patterns"; readonly first: number };

/**
 * The statement for a question: nested selections that add columns level by level, then one grouping with COUNT and SUM.
 *
 * @param columns the table's
 * @throws DataError naming every column that is not there or is of another kind than its part needs
 */
export function countsStatement(
  asked: Asked,
  engine: Engine,
  columns: readonly EngineColumn[],
  extent: Extent,
): CountsStatement {
  const { dialect } = engine;
  const parameters = new Parameters();
  const relation = engine.from(parameters);
  const column = finder(engine, columns);
  const writer: Writer = { asked, dialect, parameters, column };
  checkColumns(asked, engine, columns);
  const parts = [timeLevels(writer), ...otherKeys(writer)];
  const read = parts.flatMap((part) => part.read);
  const filters = asked.only.map(([name, values]) => {
    const places = values.map((value) => parameters.add(value));
    return `${dialect.quote(column(name, "only").name)} IN (${places.join(", ")})`;
  });
  const some = extent.kind === "patterns" ? extent.first : extent.kind === "count" ? extent.most : null;
  const first = some === null ? "" : `\n${dialect.limit(some)}`;
  const where = filters.length === 0 ? "" : `\nWHERE ${filters.join("\n  AND ")}`;
  let sql = `SELECT ${listed(read)}\nFROM ${relation}${where}${first}`;
  const innermost = sql;
  for (const level of levelsOf(parts.map(({ before }) => before))) sql = nested(sql, level);
  const reasons = parts.flatMap((part) => part.reasons);
  const leftOut = `CASE${reasons.map(({ test }, i) => `\n         WHEN ${test} THEN ${i + 1}`).join("")}\n       END`;
  sql = nested(sql, [["left_out", reasons.length === 0 ? "CAST(NULL AS INTEGER)" : leftOut]]);
  for (const level of levelsOf(parts.map(({ after }) => after))) sql = nested(sql, level);
  const keys = parts.flatMap((part) => part.keys);
  const assumed = parts.flatMap((part) => part.assumed);
  const roundings = parts.flatMap((part) => part.roundings);
  const counted = `SELECT ${asNumber("COUNT(*)")} AS "n"\nFROM (\n${indented(innermost)}\n) AS "t"`;
  const grouped = extent.kind === "count" ? counted : grouping(sql, { keys, assumed, roundings, dialect, extent });
  return {
    ...parameters.statement(grouped, dialect),
    reasons,
    keys,
    assumed: assumed.map(([what]) => what),
    roundings,
    notes: read.flatMap(([, expression]) => {
      const timed = columns.find(({ name, kind }) => kind === "timestamp" && expression.includes(dialect.quote(name)));
      return timed === undefined ? [] : [`${timed.name}: the time of day behind the date is not used`];
    }),
  };
}

/** The outermost selection: the groups with their counts, or the rows, or how many patterns there are among the first. */
function grouping(
  inner: string,
  {
    keys,
    assumed,
    roundings,
    dialect,
    extent,
  }: Pick<Part, "keys" | "assumed" | "roundings"> & { readonly dialect: Dialect; readonly extent: Extent },
): string {
  const rows = extent.kind === "rows";
  const sum = (expression: string) => (rows ? asNumber(expression) : asNumber(`SUM(${expression})`));
  const columns: Added = [
    ["left_out", asNumber('"left_out"')],
    ...keys.map(
      ({ name, as }) => [name, as === "number" ? asNumber(`"${name}"`) : `CAST("${name}" AS VARCHAR)`] as const,
    ),
    ["n", rows ? asNumber("1") : asNumber("COUNT(*)")],
    ...assumed.map(
      ([, test], i) => [`assumed_${i + 1}`, sum(`CASE WHEN "left_out" IS NULL AND ${test} THEN 1 ELSE 0 END`)] as const,
    ),
    ...roundings.flatMap(
      ({ off }, i) =>
        [
          [`off_${i + 1}`, sum(off)],
          [`off2_${i + 1}`, sum(`${off} * ${off}`)],
        ] as const,
    ),
  ];
  const by = ["left_out", ...keys.map(({ name }) => name)].map((name) => `"${name}"`).join(", ");
  const from = `FROM (\n${indented(inner)}\n) AS "t"`;
  if (extent.kind === "rows") return `SELECT ${listed(columns)}\n${from}\n${dialect.limit(extent.most)}`;
  if (extent.kind === "counts") {
    return `SELECT ${listed(columns)}\n${from}\nGROUP BY ${by}\n${dialect.limit(extent.most)}`;
  }
  const patterns = `SELECT ${by}, COUNT(*) AS "n"\n${from}\nGROUP BY ${by}`;
  const used = (expression: string) => asNumber(`SUM(CASE WHEN "left_out" IS NULL THEN ${expression} ELSE 0 END)`);
  const many: Added = [
    ["all_rows", asNumber('SUM("n")')],
    ["patterns", used("1")],
    ["once", used('CASE WHEN "n" = 1 THEN 1 ELSE 0 END')],
    ["twice", used('CASE WHEN "n" = 2 THEN 1 ELSE 0 END')],
    ...keys.map(({ name }) => [`values_${name}`, asNumber(`COUNT(DISTINCT "${name}")`)] as const),
  ];
  return `SELECT ${listed(many)}\nFROM (\n${indented(patterns)}\n) AS "p"`;
}

const listed = (added: Added): string =>
  added.map(([name, expression]) => `${expression} AS "${name}"`).join(",\n       ");
const indented = (sql: string): string => sql.replace(/^/gm, "  ");
const nested = (inner: string, added: Added): string =>
  `SELECT "t".*,\n       ${listed(added)}\nFROM (\n${indented(inner)}\n) AS "t"`;

/** The first levels of all parts are one, and so on. */
function levelsOf(parts: readonly (readonly Added[])[]): Added[] {
  const depth = largest(
    parts.map((levels) => levels.length),
    0,
  );
  return Array.from({ length: depth }, (_, i) => parts.flatMap((levels) => levels[i] ?? []));
}

/** Covariates, strata and clusters. */
function otherKeys(writer: Writer): Part[] {
  const { asked, dialect } = writer;
  const labels = [
    ...asked.strata.map((name, i) => ({ name, key: `s${i + 1}`, part: "strata" })),
    ...(asked.cluster === null ? [] : [{ name: asked.cluster, key: "cluster", part: "cluster" }]),
  ];
  return [
    ...asked.covariates.map((covariate, i) => covariateKey(writer, covariate, `x${i + 1}`)),
    ...labels.map(({ name, key, part }): Part => {
      const column = writer.column(name, part);
      const raw = dialect.quote(column.name);
      const as = column.kind === "number" ? "number" : "text";
      const empty = as === "text" && column.kind !== "boolean" ? ` OR "raw_${key}" = ''` : "";
      return {
        read: [[`raw_${key}`, as === "number" ? raw : `CAST(${raw} AS VARCHAR)`]],
        before: [],
        reasons: [{ what: `no value in "${name}"`, test: `"raw_${key}" IS NULL${empty}` }],
        after: [[[key, ifUsed(`"raw_${key}"`)]]],
        keys: [{ name: key, as }],
        assumed: [],
        roundings: [],
      };
    }),
  ];
}

/** Columns that a question names, each with the part of the question. */
function named(asked: Asked): (readonly [column: string, part: string])[] {
  const { dates, time, entry, event, cause, covariates, strata, cluster, only } = asked;
  const all: (readonly [string | null | undefined, string])[] = [
    [time, "time"],
    [entry, "entry"],
    [dates?.start, "dates.start"],
    [dates?.end, "dates.end"],
    [dates?.entry, "dates.entry"],
    [event?.column, "event"],
    [cause?.column, "cause"],
    ...covariates.map(({ column }, i) => [column, `covariates[${i}]`] as const),
    ...strata.map((column) => [column, "strata"] as const),
    [cluster, "cluster"],
    ...only.map(([column]) => [column, "only"] as const),
  ];
  return all.flatMap(([column, part]) => (column === null || column === undefined ? [] : [[column, part] as const]));
}

/** @throws DataError naming all columns that are not there */
function checkColumns(asked: Asked, engine: Engine, columns: readonly EngineColumn[]): void {
  const names = columns.map(({ name }) => name);
  const missing = named(asked).filter(([column]) => !names.includes(column));
  if (missing.length === 0) return;
  const has = names.slice(0, 30).map(shown).join(", ");
  throw refuseAll(
    engine.name,
    missing.map(([column, part]) => {
      const nearest = didYouMean(column, names);
      const known = `${nearest === "" ? "; there" : `${nearest} There`} are ${has}`;
      const message = `the question's ${part} names it, and there is no such column${known}`;
      return { row: null, column, value: null, rule: "columns", message };
    }),
  );
}

function finder(engine: Engine, columns: readonly EngineColumn[]): Writer["column"] {
  return (name, part) => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw refuse(engine.name, "columns", `has no column ${shown(name)} (${part})`);
    return found;
  };
}
