import { InvalidInputError, SurvivalError } from "../../statistics";
import { calledAs, checkFields } from "../../statistics/inner";
import type { CoxFit, CoxInput, CoxOptions } from "../../survival/cox";
import { refuseCounts } from "../../survival/inner";
import { tryCox } from "../../survival/try-cox";
import type { RegressionModel } from "../../tables/regression";
import { type ColumnReading, covariatesOf, MODEL_NUMBERS, type ModelNumber } from "./columns";
import { completeIn, type Incomplete } from "./complete-rows";

/** The prisoners as columns, in the shape of tableOneData(); any data of this shape will do. */
export interface TableOneRows {
  /** Months to release or to the end of observation. */
  readonly time: readonly number[];
  readonly event: readonly (boolean | number)[];
  /** 1, 0, or null where it is not coded, by the names of Table 1. */
  readonly covariates: Readonly<Record<string, readonly (number | null)[]>>;
  readonly ids: readonly string[];
  readonly countries: readonly string[];
}

export interface TableOneOptions {
  /** How the columns are read; "characteristics first" unless told. */
  readonly columns?: ColumnReading;
  /**
   * "common", unless told: models 2 to 4 use the rows that are complete in all covariates, which gives the printed
   * numbers of observations. "own": each model uses the rows complete in its own.
   */
  readonly sample?: "common" | "own";
  /** Passed on to cox(). */
  readonly cox?: CoxOptions;
  /** Robust standard errors with women of one country as a cluster. */
  readonly clusterByCountry?: boolean;
}

/** One of the four models; regressionTable() takes it as it is. */
export interface TableOneModel extends RegressionModel {
  readonly number: ModelNumber;
  readonly columns: ColumnReading;
  /** The covariates that the table asks for. */
  readonly covariates: readonly string[];
  /** Indices of the rows that are in the model. */
  readonly rows: readonly number[];
  readonly n: number;
  readonly events: number;
  /** Rows left out because a covariate has no value there. */
  readonly incomplete: Incomplete;
  /** Covariates that cannot be estimated on these rows. */
  readonly leftOut: readonly { readonly covariate: string; readonly reason: string }[];
  /** What cox() was given. */
  readonly input: CoxInput;
  readonly fit: CoxFit | null;
}

/**
 * The four Cox models of the paper's Table 1. Nothing is dropped in silence: rows without a value, covariates that do not
 * vary or are combinations of others, and models that cannot be fitted each have a reason in the result.
 *
 * @param data as tableOneData() gives them; of any size, down to a few rows
 * @throws {InvalidInputError} where a covariate of the table is missing as a column, columns differ in length, or a value is
 *   not finite
 * @example regressionTable(tableOneModels(tableOneData(group)), { data: group })
 */
export function tableOneModels(data: TableOneRows, options: TableOneOptions = {}): TableOneModel[] {
  checkFields("tableOneModels", "options", options, ["columns", "sample", "cox", "clusterByCountry"]);
  refuseCounts("tableOneModels", data, "each row is one woman's");
  const { columns = "characteristics first", sample = "common" } = options;
  checkColumns(data);
  const every = calledAs("tableOneModels", () => covariatesOf(4, columns));
  return MODEL_NUMBERS.map((number) => {
    const covariates = covariatesOf(number, columns);
    const needed = number === 1 || sample === "own" ? covariates : every;
    const { rows, incomplete } = completeIn(data, needed);
    const input: CoxInput = {
      time: rows.map((i) => data.time[i] ?? Number.NaN),
      event: rows.map((i) => data.event[i] ?? 0),
      covariates: Object.fromEntries(
        covariates.map((name) => [name, rows.map((i) => data.covariates[name]?.[i] ?? Number.NaN)]),
      ),
      ...(options.clusterByCountry === true && { cluster: rows.map((i) => data.countries[i] ?? "") }),
    };
    const { fit, reason } = tryCox(input, "somebody is released", options.cox);
    return {
      number,
      label: `(${number})`,
      columns,
      covariates,
      rows,
      n: rows.length,
      events: rows.filter((i) => Number(data.event[i]) === 1).length,
      incomplete,
      leftOut: (fit?.aliased ?? []).map((covariate) => ({
        covariate,
        reason: whyLeftOut(covariate, input, fit),
      })),
      input,
      fit,
      ...(reason !== null && { remark: reason }),
    };
  });
}

/** A model of Table 1 that could be fitted. */
export type TableOneFit = TableOneModel & { readonly fit: CoxFit };

/**
 * The same four models where all of them are wanted, so that nothing has to be asked for first.
 *
 * @returns the four models, each with its fit; a limit is Infinity where the likelihood has no maximum
 * @throws {SurvivalError} with the reason where these data do not allow one of them; else as tableOneModels()
 * @example const [crude] = tableOneFits(rows); termOf(crude.fit, "Free the 20").hazardRatio
 */
export function tableOneFits(
  data: TableOneRows,
  options: TableOneOptions = {},
): readonly [TableOneFit, TableOneFit, TableOneFit, TableOneFit] {
  const models = calledAs("tableOneFits", () => tableOneModels(data, options));
  const at = (index: number): TableOneFit => {
    const model = models[index];
    if (model?.fit) return { ...model, fit: model.fit };
    throw new SurvivalError(`tableOneFits: model ${model?.label} has no fit: ${model?.remark ?? "no reason"}`);
  };
  return [at(0), at(1), at(2), at(3)];
}

function checkColumns({ time, event, covariates, ids, countries }: TableOneRows): void {
  for (const name of covariatesOf(4, "characteristics first")) {
    if (covariates[name] === undefined) {
      throw new InvalidInputError(
        `tableOneModels: there is no covariate "${name}"; found ${Object.keys(covariates).join(", ") || "none"}`,
        "covariates",
      );
    }
  }
  for (const [name, column] of Object.entries({ event, ids, countries, ...covariates })) {
    if (column.length === time.length) continue;
    throw new InvalidInputError(
      `tableOneModels: "${name}" has ${column.length} values and time has ${time.length}; they must be of equal length`,
      name,
    );
  }
  for (const [name, column] of Object.entries(covariates)) {
    const at = column.findIndex((value) => value !== null && !Number.isFinite(value));
    if (at < 0) continue;
    throw new InvalidInputError(
      `tableOneModels: "${name}" is ${column[at]} at index ${at}; a finite number, or null where it is not coded, is needed`,
      name,
      at,
    );
  }
}

function whyLeftOut(covariate: string, input: CoxInput, fit: CoxFit | null): string {
  const values = Array.from(input.covariates[covariate] ?? []);
  if (values.every((value) => value === values[0])) return `it is ${values[0]} in all ${values.length} rows`;
  const warning = fit?.warnings.find((found) => found.kind === "AliasedWarning" && found.covariate === covariate);
  return warning?.message.replace(/^cox: |; it was left out.*$/g, "") ?? "it cannot be estimated";
}
