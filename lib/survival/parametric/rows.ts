import { InvalidInputError, NoEventsError } from "../../statistics";
import { cholesky, columnNames } from "../../statistics/inner";
import { COX_INPUT, type CoxInput, standardOf } from "../cox/design";
import { SINGULAR } from "../cox/newton";
import type { AliasedWarning } from "../cox/types";
import { groupRows } from "../groups";
import { checkConfidence, checkFinite, checkInput, checkOutcome, covariateNames, rowsCounted } from "../outcome";

/** What a model with a form for the baseline is fitted to; `covariates`, without any of which it is the model of all rows alike. */
export interface ParametricInput
  extends Omit<CoxInput, "covariates" | "strata" | "counted">,
    Partial<Pick<CoxInput, "covariates">> {}

/** The fields of a ParametricInput, and what modelFrame() tells of its rows beside them. */
const PARAMETRIC_INPUT = COX_INPUT.filter((name) => !["strata", "counted", "row", "added"].includes(name));

/**
 * Rows that were checked for a likelihood of times: all of them above 0.
 *
 * @param more fields that the input may have
 * @throws {InvalidInputError} where a time is 0, whose logarithm no such model has, or another argument cannot be used
 */
export function parametricRows(
  action: string,
  input: ParametricInput,
  { confidence = 0.95 }: { readonly confidence?: number },
  more: readonly string[] = [],
) {
  checkConfidence(action, confidence);
  checkInput(action, input, [...PARAMETRIC_INPUT, ...more]);
  const checked = checkOutcome(action, input);
  const { n, time, event, weights } = checked;
  const none = time.indexOf(0);
  if (none >= 0) {
    const message = `${action}: time[${none}] is 0; times above 0 are needed, since the model is of their logarithm (half a unit for an event on the first day, or leave the row out)`;
    throw new InvalidInputError(message, "time", none);
  }
  const events = event.reduce((sum, isEvent, i) => sum + isEvent * (weights?.[i] ?? 1), 0);
  if (events === 0) {
    throw new NoEventsError(`${action}: no row has the event, so that how long it takes cannot be estimated`);
  }
  const cluster = input.cluster === undefined ? null : groupRows(action, "cluster", input.cluster, n);
  return {
    ...checked,
    action,
    /** Coverage of the limits that are asked for. */
    confidence,
    offset: input.offset === undefined ? null : checkFinite(action, "offset", input.offset, n),
    cluster: cluster?.code ?? null,
    clusters: cluster?.labels.length ?? rowsCounted(checked),
    /** Weight of the events. */
    events,
  };
}

export type ParametricRows = ReturnType<typeof parametricRows>;

/**
 * An intercept, or a spline of a baseline, and columns, centered and scaled, without those that are combinations of others.
 *
 * @param argument where the columns are, "covariates" unless told
 * @param spline of a baseline, in place of the intercept, which is its first column
 */
export function covariateBlock(
  { action, n, weights }: Pick<ParametricRows, "action" | "n" | "weights">,
  { covariates = {}, order }: Pick<ParametricInput, "covariates" | "order">,
  argument = "covariates",
  spline: readonly Float64Array[] | null = null,
) {
  columnNames(action, covariates, argument);
  const all = covariateNames(action, { covariates, order }).map((name) => {
    const values = checkFinite(action, `${argument}.${name}`, covariates[name], n);
    const { center, scale, factor } = standardOf(values, weights);
    return { name, column: values.map((value) => (value - center) * factor), center, scale };
  });
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, row) => sum + (weights?.[row] ?? 1) * value * b[row], 0);
  const products = Float64Array.from(all.flatMap((a) => all.map((b) => product(a.column, b.column))));
  const { redundant } = cholesky(products, all.length, SINGULAR);
  const kept = all.filter((_, j) => redundant[j] === 0);
  const aliased = all.filter((_, j) => redundant[j] === 1);
  const baseline = (spline ?? [new Float64Array(n).fill(1)]).map((column, j) => {
    return { name: spline === null ? "(Intercept)" : `gamma${j}`, column, center: 0, scale: 1 };
  });
  const used = [...baseline, ...kept];
  return {
    names: used.map(({ name }) => name),
    columns: used.map(({ column }) => column),
    center: used.map(({ center }) => center),
    scale: used.map(({ scale }) => scale),
    /** How many of the columns, the first ones, are there without covariates too. */
    plain: baseline.length,
    warnings: aliased.map(({ name }): AliasedWarning => {
      const message = `${action}: "${name}" is constant or a linear combination of other covariates; it was left out, since its coefficient cannot be estimated`;
      return { kind: "AliasedWarning", covariate: name, message };
    }),
  };
}

export type Block = ReturnType<typeof covariateBlock>;

/** The block of the model without covariates. */
export function withoutCovariates({ names, columns, plain, ...rest }: Block): Block {
  return { ...rest, plain, names: names.slice(0, plain), columns: columns.slice(0, plain) };
}
