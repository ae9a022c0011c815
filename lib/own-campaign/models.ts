import { mapValues } from "../statistics/inner";
import type { CoxInput } from "../survival/cox";
import { completeCases } from "../survival/inner";
import { tryCox } from "../survival/try-cox";
import type { RegressionModel } from "../tables/regression";
import type { CampaignData } from "./campaign-data";
import { type LikeRows, likeRows } from "./like-rows";

/** With more levels a category is a name and no description of groups. */
const MOST_LEVELS = 20;
/** With fewer clusters robust errors come out too small (Cameron and Miller 2015, Journal of Human Resources 50:317). */
const FEW_CLUSTERS = 40;

const fewClusters = (count: number): string =>
  `its errors rest on ${count} clusters; with fewer than about ${FEW_CLUSTERS} they come out too small`;

/** A Cox model of the time to release; regressionTable() and forestFigure() take it as it is. */
export interface CampaignModel extends RegressionModel {
  readonly n: number;
  readonly events: number;
  /** Events for each coefficient; null without a fit. Below ten, coefficients and their limits are shaky. */
  readonly eventsPerVariable: number | null;
  /** Rows left out because a covariate has no value there. */
  readonly incomplete: {
    readonly count: number;
    readonly columns: readonly { readonly column: string; readonly count: number }[];
  };
  /** Covariates that are not in the model, and why. */
  readonly leftOut: readonly { readonly covariate: string; readonly reason: string }[];
  /** Of a long file the model of the treatment alone has like rows counted (`counts`). */
  readonly input: CoxInput;
}

/**
 * The Cox models that one's own data allow: the treatment alone; with the covariates; and the same with countries as
 * clusters where the data name some. A category has its most frequent level as reference. Whatever cannot be fitted has a
 * reason in its place.
 *
 * @param data from loadCampaign()
 * @returns two models, or three with countries; those without a treatment begin with the covariates
 * @example regressionTable(campaignModels(data), { data, style: "hazard ratios" })
 */
export function campaignModels(data: CampaignData): CampaignModel[] {
  return modelsOf(data, likeRows(data));
}

/** The same where like rows have been counted. */
export function modelsOf(data: CampaignData, like: LikeRows): CampaignModel[] {
  const treatment = treatmentColumns(data);
  const covariates = covariateColumns(data);
  const both = {
    covariates: covariates.covariates,
    columns: { ...treatment.columns, ...covariates.columns },
    leftOut: [...treatment.leftOut, ...covariates.leftOut],
  };
  const countries = new Set(data.country ?? []).size;
  return [
    ...(data.treated === null ? [] : [fittedAlone("(1)", data, like)]),
    ...(Object.keys(data.covariates).length === 0 ? [] : [fitted("(2)", data, both, false)]),
    ...(countries < 2 ? [] : [fitted("(3)", data, both, true)]),
  ];
}

interface Columns {
  /** Names of the covariates behind the columns; a category has several columns. */
  readonly covariates: readonly string[];
  /** NaN where a row has no value. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly leftOut: CampaignModel["leftOut"];
}

function treatmentColumns({ treated, groups }: CampaignData): Columns {
  if (treated === null) return { covariates: [], columns: {}, leftOut: [] };
  return { covariates: [], columns: { [groups[0]]: Float64Array.from(treated) }, leftOut: [] };
}

function covariateColumns(data: CampaignData): Columns {
  const columns: Record<string, Float64Array> = {};
  const leftOut: { covariate: string; reason: string }[] = [];
  for (const [name, values] of Object.entries(data.covariates)) {
    const counts = new Map<number | string, number>();
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    const kind = data.report.covariates.find((covariate) => covariate.name === name)?.kind;
    if (counts.size < 2) {
      const found = counts.size === 0 ? "it has no value in any row" : `it is ${[...counts.keys()][0]} in all rows`;
      leftOut.push({ covariate: name, reason: found });
    } else if (kind === "number") {
      columns[name] = column(values, (value) => Number(value));
    } else if (counts.size > MOST_LEVELS) {
      leftOut.push({ covariate: name, reason: `it has ${counts.size} levels, more than ${MOST_LEVELS}` });
    } else {
      const levels = Array.from(counts, ([level, count]) => ({ level: String(level), count }));
      levels.sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
      for (const { level } of levels.slice(1)) {
        columns[`${name}: ${level}`] = column(values, (value) => (value === level ? 1 : 0));
      }
    }
  }
  const without = leftOut.map(({ covariate }) => covariate);
  const covariates = Object.keys(data.covariates).filter((name) => !without.includes(name));
  return { covariates, columns, leftOut };
}

/** Values as numbers; NaN where a row has none. */
function column(values: readonly (number | string | null)[], make: (value: number | string) => number): Float64Array {
  const made = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < made.length; i++) {
    const value = values[i];
    if (value !== null) made[i] = make(value);
  }
  return made;
}

/** The model of the treatment alone, of which no row is left out. */
function fittedAlone(label: string, { n, groups }: CampaignData, like: LikeRows): CampaignModel {
  const { time, event, entry, treated, counts } = like;
  const input: CoxInput = {
    time: Float64Array.from(time),
    event: Float64Array.from(event),
    covariates: { [groups[0]]: Float64Array.from(treated ?? []) },
    ...(entry !== undefined && { entry: Float64Array.from(entry) }),
    ...(counts !== undefined && { counts }),
  };
  let events = 0;
  for (let i = 0; i < event.length; i++) events += event[i] * (counts?.[i] ?? 1);
  return model(label, input, { n, events, incomplete: { count: 0, columns: [] }, leftOut: [], remark: null });
}

function fitted(
  label: string,
  data: CampaignData,
  { columns, leftOut, covariates }: Columns,
  clustered: boolean,
): CampaignModel {
  const country = clustered ? data.country : null;
  const cluster = data.mapping.columns.country ?? "country";
  const needed = country === null ? covariates : [...new Set([...covariates, cluster])];
  const { rows, incomplete } = completeCases(
    data.n,
    needed,
    (column, i) =>
      data.covariates[column]?.[i] === null || (column === cluster && country !== null && country[i] === null),
  );
  const take = (values: ArrayLike<number>) => taken(values, rows);
  const input: CoxInput = {
    time: take(data.time),
    event: take(data.event),
    covariates: mapValues(columns, take),
    ...(data.entry === undefined ? {} : { entry: take(data.entry) }),
    ...(clustered ? { cluster: rows.map((i) => country?.[i] ?? "") } : {}),
  };
  const clusters = country === null ? null : new Set(rows.map((i) => country[i])).size;
  const few = clusters !== null && clusters < FEW_CLUSTERS ? fewClusters(clusters) : null;
  const events = rows.reduce((sum, i) => sum + data.event[i], 0);
  const { count, columns: lacking } = incomplete;
  return model(label, input, {
    n: rows.length,
    events,
    incomplete: { count, columns: lacking },
    leftOut,
    remark: few,
  });
}

/** Some of a column's values; all of them, as they are, where no row is left out. */
function taken(values: ArrayLike<number>, rows: readonly number[]): Float64Array {
  if (values instanceof Float64Array && rows.length === values.length) return values;
  const some = new Float64Array(rows.length);
  for (let i = 0; i < some.length; i++) some[i] = values[rows[i]];
  return some;
}

function model(
  label: string,
  input: CoxInput,
  known: Pick<CampaignModel, "n" | "events" | "incomplete" | "leftOut"> & { readonly remark: string | null },
): CampaignModel {
  const { fit, reason } = tryCox(input, "somebody is released");
  const { leftOut, remark: other, ...rest } = known;
  // What is said of the errors holds where the fit has any.
  const hasErrors = fit?.terms.some(({ test }) => test !== null) !== false;
  const remark = reason ?? (hasErrors ? other : null);
  return {
    label,
    ...rest,
    eventsPerVariable: fit === null ? null : known.events / fit.terms.length,
    leftOut: [
      ...leftOut,
      ...(fit?.aliased ?? []).map((covariate) => ({
        covariate,
        reason: "it does not vary among those at risk, or follows from the others",
      })),
    ],
    input,
    fit,
    ...(remark === null ? {} : { remark }),
  };
}
