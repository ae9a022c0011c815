import type { Provenance } from "../files";
import type { CoxInput } from "../survival";
import { groupRows } from "../survival/inner";
import { binLabels } from "./covariate-key";
import type { CountedRows, Gathered, Patterns } from "./gather";
import type { CountsPlan } from "./plan";
import { type Asked, type CountsUnit, DAYS_A_UNIT } from "./question";
import type { CountsStatement } from "./statement";

/** What rounding or binning took away. */
export interface RoundingLoss {
  /** The covariate's name, or "time". */
  readonly what: string;
  readonly rule: string;
  /** The share of its variance over rows that lies inside of what became one value: 0, nothing is lost; 1, all is. */
  readonly lost: number;
  /** Mean of the true value less what stands for it; null for categories. */
  readonly shift: number | null;
}

/** What was read where, and what became of the rows. */
export interface CountsReport {
  /** How each source was read, with the statement that it was asked. */
  readonly sources: readonly (CountsPlan & { readonly rows: number; readonly leftOut: number })[];
  /** Rows that are used, and that are not. */
  readonly rows: { readonly used: number; readonly leftOut: number };
  readonly patterns: number;
  /** Rows of the pattern that has the fewest: what a rule for publishing tables looks at. */
  readonly smallestCell: number;
  readonly unit: CountsUnit | null;
  /** Why rows are left out; each has one reason, the first that holds. */
  readonly leftOut: readonly CountedRows[];
  readonly assumed: readonly CountedRows[];
  readonly rounding: readonly RoundingLoss[];
  readonly notes: readonly string[];
}

/** Stays as counts: one element a pattern, in increasing order of its values. */
export interface SurvivalCounts {
  readonly provenance: readonly Provenance[];
  /** What kaplanMeier(), and with a group logRank(), take. */
  readonly outcome: {
    readonly time: readonly number[];
    /** 1: an event (of any cause). */
    readonly event: readonly number[];
    readonly entry?: readonly number[];
    readonly counts: readonly number[];
  };
  /** What cumulativeIncidence() and its neighbours take; null without `cause`. */
  readonly competing: {
    readonly time: readonly number[];
    readonly cause: readonly string[];
    readonly entry?: readonly number[];
    readonly counts: readonly number[];
  } | null;
  /** What cox() takes: categories as 0/1 columns beside their first level, as factor() makes them. */
  readonly model: CoxInput & { readonly counts: readonly number[] };
  /** Covariates by name as they are: numbers, or names of categories; also strata, to be used as groups. */
  readonly columns: Readonly<Record<string, readonly (number | string)[]>>;
  readonly report: CountsReport;
}

/** What one source answered. */
export interface Answer {
  readonly plan: CountsPlan;
  readonly statement: CountsStatement;
  readonly gathered: Gathered;
  readonly rows: number;
  readonly leftOut: readonly CountedRows[];
  readonly assumed: readonly CountedRows[];
}

/** Everything that is made of the patterns of all sources. */
export function result(
  asked: Asked,
  statement: CountsStatement,
  patterns: Patterns,
  answers: readonly Answer[],
): SurvivalCounts {
  const { counts } = patterns;
  const time = timesOf("time", asked, patterns) ?? [];
  const entry = timesOf("entry", asked, patterns);
  const entered = entry === null ? {} : { entry };
  const cause = columnOf("cause", patterns)?.map(String) ?? null;
  const event = cause === null ? numbersOf("event", patterns) : cause.map((one) => (one === "censored" ? 0 : 1));
  const covariates = asked.covariates.map((covariate, i) => ({
    name: covariate.name,
    ...covariateColumn(`x${i + 1}`, covariate.bins, statement, patterns),
  }));
  const strata = asked.strata.map((name, i) => ({ name, values: columnOf(`s${i + 1}`, patterns) ?? [] }));
  const cluster = columnOf("cluster", patterns);
  const terms = covariates.flatMap(({ name, values, levels }) => termsOf(name, values, levels));
  const stratum = strata.length === 0 ? null : labelsOf(strata.map(({ values }) => values));
  const outcome = { time, event, ...entered, counts };
  return {
    provenance: [asked.provenance],
    outcome,
    competing: cause === null ? null : { time, cause, ...entered, counts },
    model: {
      ...outcome,
      covariates: Object.fromEntries(terms),
      order: terms.map(([name]) => name),
      ...(stratum === null ? {} : { strata: stratum }),
      ...(cluster === null ? {} : { cluster }),
    },
    columns: Object.fromEntries([...strata, ...covariates].map(({ name, values }) => [name, values])),
    report: reportOf(asked, statement, patterns, answers),
  };
}

function columnOf(key: string, { keys, columns }: Patterns): readonly (number | string)[] | null {
  const at = keys.indexOf(key);
  return at < 0 ? null : columns[at];
}

function numbersOf(key: string, patterns: Patterns): number[] {
  return (columnOf(key, patterns) ?? []).map(Number);
}

/** Times in the unit: divided here, so that they are to the bit what lib/dates gives for the same two days. */
function timesOf(
  key: "time" | "entry",
  { dates, unit, roundTime }: Asked,
  patterns: Patterns,
): readonly number[] | null {
  if (!patterns.keys.includes(key)) return null;
  const values = numbersOf(key, patterns);
  if (roundTime !== null) return values.map((multiple) => multiple * roundTime);
  const days = dates === null || unit === "calendar months" ? 1 : DAYS_A_UNIT[unit];
  return values.map((value) => value / days);
}

/** A covariate's values, and its categories in their order where it is none of numbers. */
function covariateColumn(
  key: string,
  bins: readonly number[] | null,
  statement: CountsStatement,
  patterns: Patterns,
): { values: readonly (number | string)[]; levels: readonly string[] | null } {
  const values = columnOf(key, patterns) ?? [];
  if (bins !== null) {
    const labels = binLabels(bins);
    const met = new Set(values);
    return { values: values.map((code) => labels[Number(code)]), levels: labels.filter((_, i) => met.has(i)) };
  }
  const rounding = statement.roundings.find((one) => one.key === key);
  if (rounding !== undefined) return { values: values.map((value) => rounding.standsFor(Number(value))), levels: null };
  if (values.every((value) => typeof value === "number")) return { values, levels: null };
  return { values, levels: groupRows("survivalCounts", key, values, values.length).labels };
}

/** The columns of a model for a covariate. */
function termsOf(
  name: string,
  values: readonly (number | string)[],
  levels: readonly string[] | null,
): (readonly [string, number[]])[] {
  if (levels === null) return [[name, values.map(Number)]];
  return levels
    .slice(1)
    .map((level) => [`${name}=${level}`, values.map((value) => (value === level ? 1 : 0))] as const);
}

/** A label for each tuple: its parts with commas between, or in quotation marks where two tuples would look alike. */
function labelsOf(columns: readonly (readonly (number | string)[])[]): readonly (number | string)[] {
  if (columns.length === 1) return columns[0];
  const tuples = columns[0].map((_, i) => columns.map((values) => String(values[i])));
  const joined = tuples.map((tuple) => tuple.join(", "));
  const quoted = tuples.map((tuple) => JSON.stringify(tuple));
  return new Set(joined).size === new Set(quoted).size ? joined : quoted;
}

function reportOf(
  asked: Asked,
  statement: CountsStatement,
  patterns: Patterns,
  answers: readonly Answer[],
): CountsReport {
  const { counts } = patterns;
  const total = (rows: readonly CountedRows[]) => rows.reduce((sum, { count }) => sum + count, 0);
  const merged = (lists: readonly (readonly CountedRows[])[]) => {
    const sums = new Map<string, number>();
    for (const { what, count } of lists.flat()) sums.set(what, (sums.get(what) ?? 0) + count);
    return Array.from(sums, ([what, count]) => ({ what, count })).sort((a, b) => b.count - a.count);
  };
  const leftOut = merged(answers.map((one) => one.leftOut));
  const oneLevel = asked.covariates.flatMap(({ name, bins }, i) => {
    const { levels } = covariateColumn(`x${i + 1}`, bins, statement, patterns);
    return levels?.length === 1 ? [`${name} is ${levels[0]} in all rows, and in no model`] : [];
  });
  return {
    sources: answers.map((one) => ({ ...one.plan, rows: one.rows, leftOut: total(one.leftOut) })),
    rows: { used: counts.reduce((sum, count) => sum + count, 0), leftOut: total(leftOut) },
    patterns: counts.length,
    smallestCell: counts.reduce((least, count) => Math.min(least, count), Infinity),
    unit: asked.dates === null ? null : asked.unit,
    leftOut,
    assumed: merged(answers.map((one) => one.assumed)),
    rounding: lossesOf(statement, patterns),
    notes: [...new Set([...answers.flatMap((one) => one.statement.notes), ...oneLevel])],
  };
}

/** What rounding lost, by the sums of how far values lie from what stands for them, and of the squares. */
function lossesOf(statement: CountsStatement, patterns: Patterns): RoundingLoss[] {
  const { counts, sums } = patterns;
  return statement.roundings.map(({ what, rule, key, standsFor }, r) => {
    const stands = numbersOf(key, patterns).map(standsFor);
    const values = numbersOf(key, patterns);
    const [off, squares] = [sums[2 * r], sums[2 * r + 1]];
    let rows = 0;
    let sum = 0;
    for (let i = 0; i < counts.length; i++) {
      rows += counts[i];
      sum += counts[i] * stands[i] + off[i];
    }
    const mean = sum / rows;
    // By value of the key: the variance inside of what became one value, and that between.
    const groups = new Map<number, [n: number, off: number, squares: number, stands: number]>();
    for (let i = 0; i < counts.length; i++) {
      const group = groups.get(values[i]) ?? [0, 0, 0, stands[i]];
      groups.set(values[i], [group[0] + counts[i], group[1] + off[i], group[2] + squares[i], stands[i]]);
    }
    let inside = 0;
    let between = 0;
    for (const [n, sumOff, sumSquares, stand] of groups.values()) {
      inside += Math.max(0, sumSquares - (sumOff * sumOff) / n);
      const distance = stand + sumOff / n - mean;
      between += n * distance * distance;
    }
    const isNumber = !rule.startsWith("into");
    const shift = isNumber ? off.reduce((all, one) => all + one, 0) / rows : null;
    const lost = inside + between === 0 ? 0 : inside / (inside + between);
    // Engines add in an order of their own: digits beyond these are not the same twice.
    return { what, rule, lost: digits(lost), shift: shift === null ? null : digits(shift) };
  });
}

const digits = (value: number): number => Number(value.toPrecision(6));
