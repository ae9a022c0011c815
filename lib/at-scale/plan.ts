import { DataError, refuse } from "../files";
import type { Engine, EngineColumn } from "./engine";
import { WrongKind, wrongKind } from "./kinds";
import type { Asked } from "./question";
import { type CountsStatement, countsStatement, type Extent } from "./statement";

/** So many rows are looked at before it is decided how a table is read. */
const FIRST = 100_000;

/** How a source is read, and from what that was decided. */
export interface CountsPlan {
  readonly source: string;
  readonly engine: string;
  /** "counts": the engine groups, and only patterns travel. "rows": there is nothing to group, and rows travel. */
  readonly way: "counts" | "rows";
  /** Rows that were looked at, and how many different patterns they have. */
  readonly lookedAt: number;
  readonly patternsThere: number;
  /**
   * How many patterns there are: exactly where all rows were looked at; else Chao's (1984) estimate from those that were met
   * once and twice, which is too low where the first rows are more alike than the others.
   */
  readonly patterns: number;
  readonly exact: boolean;
  readonly sql: string;
  /** Values of the statement's parameters, in order. */
  readonly parameters: readonly (string | number)[];
}

/** Builds a statement; a column of another kind becomes an error with examples. */
export async function stated(
  asked: Asked,
  engine: Engine,
  columns: readonly EngineColumn[],
  extent: Extent,
): Promise<CountsStatement> {
  try {
    return countsStatement(asked, engine, columns, extent);
  } catch (error) {
    throw error instanceof WrongKind ? await wrongKind(error, engine) : error;
  }
}

/**
 * Decides how a table is read, from its first rows: grouped where they have few patterns, row by row where a table that is not
 * large has nearly as many patterns as rows.
 *
 * @throws DataError where there would be too many of both, naming the columns with the most values
 */
export async function planOf(
  asked: Asked,
  engine: Engine,
): Promise<{ readonly plan: CountsPlan; readonly statement: CountsStatement }> {
  const columns = await engine.columns();
  const probe = await stated(asked, engine, columns, { kind: "patterns", first: FIRST });
  let found: number[] = [];
  await engine.rows(probe, (row) => {
    found = row.map(Number);
  });
  const [lookedAt, patternsThere, once, twice, ...values] = found;
  const exact = lookedAt < FIRST;
  const unseen = twice > 0 ? (once * once) / (2 * twice) : (once * (once - 1)) / 2;
  const patterns = exact ? patternsThere : Math.round(patternsThere + unseen);
  const grouped = patterns <= asked.mostPatterns;
  const extent: Extent = grouped
    ? { kind: "counts", most: asked.mostPatterns + probe.reasons.length + 1 }
    : { kind: "rows", most: asked.mostRows + 1 };
  const statement = await stated(asked, engine, columns, extent);
  if (!grouped && !(await atMostRows(asked, engine))) {
    const message = `about ${grouping(patterns)} patterns are to be expected (${grouping(patternsThere)} among the first ${grouping(lookedAt)} rows), and more than ${grouping(asked.mostRows)} rows: neither can be brought here (mostPatterns ${grouping(asked.mostPatterns)}, mostRows ${grouping(asked.mostRows)}). ${advice(asked, probe, values)}`;
    throw refuse(engine.name, "too-many-patterns", message);
  }
  const { sql, values: parameters } = statement;
  const { name: source, dialect } = engine;
  const way = grouped ? "counts" : "rows";
  return {
    plan: { source, engine: dialect.name, way, lookedAt, patternsThere, patterns, exact, sql, parameters },
    statement,
  };
}

/** Whether a table has no more rows than can be brought here one by one; without counting all of a large one. */
async function atMostRows(asked: Asked, engine: Engine): Promise<boolean> {
  if (asked.mostRows === 0) return false;
  const statement = await stated(asked, engine, await engine.columns(), { kind: "count", most: asked.mostRows + 1 });
  let rows = 0;
  await engine.rows(statement, ([n]) => {
    rows = Number(n);
  });
  return rows <= asked.mostRows;
}

/** @throws DataError where more patterns came than were expected */
export function checkPatterns(asked: Asked, engine: Engine, plan: CountsPlan, came: number): void {
  const most = plan.way === "counts" ? asked.mostPatterns : asked.mostRows;
  if (came <= most) return;
  const message = `has more than ${grouping(most)} ${plan.way === "counts" ? "patterns" : "rows"}, though its first ${grouping(plan.lookedAt)} rows have ${grouping(plan.patternsThere)} patterns only; round or bin what has many values (roundTime, covariates with round or bins), or raise ${plan.way === "counts" ? "mostPatterns" : "mostRows"}`;
  throw refuse(engine.name, "too-many-patterns", message);
}

/** @throws DataError for rows of which it is not clear what they mean */
export function checkFaults(engine: Engine, statement: CountsStatement, leftOut: ReadonlyMap<string, number>): void {
  const faults = statement.reasons.flatMap(({ what, fault }) => {
    const count = leftOut.get(what) ?? 0;
    if (fault === undefined || count === 0) return [];
    const message = `${what} in ${grouping(count)} ${count === 1 ? "row" : "rows"}; ${fault}`;
    return [{ file: engine.name, row: null, column: null, value: null, rule: "event", message }];
  });
  if (faults.length > 0) throw new DataError(faults);
}

/** Which columns make patterns many, and what can be done. */
function advice(asked: Asked, { keys }: CountsStatement, values: readonly number[]): string {
  const most = keys
    .map(({ name }, i) => ({ name: askedName(asked, name), values: values[i] }))
    .sort((a, b) => b.values - a.values)
    .slice(0, 3)
    .map(({ name, values: many }) => `${name} (${grouping(many)} values)`);
  return `Most of it comes from ${most.join(", ")}: round or bin them (roundTime, covariates with round or bins), or leave one out`;
}

/** What a key is called in the question. */
function askedName(asked: Asked, key: string): string {
  const [, kind, number] = /^([xs])(\d+)$/.exec(key) ?? [];
  if (kind === "x") return asked.covariates[Number(number) - 1].name;
  return kind === "s" ? asked.strata[Number(number) - 1] : key.replace(/_.*/, "");
}

/** A whole number with commas between thousands, the same everywhere. */
export const grouping = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
