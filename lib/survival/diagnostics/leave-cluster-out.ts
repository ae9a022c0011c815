import { InvalidInputError, SurvivalError } from "../../statistics";
import { square } from "../../statistics/elementary";
import { calledAs, lengthOf, mapValues } from "../../statistics/inner";
import type { CoxInput } from "../cox/design";
import { type CoxOptions, cox } from "../cox/fit";
import type { CoxFit } from "../cox/types";
import { groupRows } from "../groups";
import type { Labels, Vector } from "../outcome";

/** What becomes of a fit without one cluster. */
export interface WithoutCluster {
  readonly cluster: string;
  /** Rows and events of the cluster that is left out, each as often as it was counted. */
  readonly rows: number;
  readonly events: number;
  /** Coefficients without it, in the order of `names`; null where one cannot be estimated then. */
  readonly coefficients: readonly (number | null)[];
  /** Why, where some cannot: the message of the warning or the error. */
  readonly reason: string | null;
}

export interface LeaveClusterOut {
  /** Covariates that the whole fit has a coefficient for. */
  readonly names: readonly string[];
  /** The fit to all rows, with the clusters' robust variance. */
  readonly fit: CoxFit;
  /** In increasing order of label. */
  readonly clusters: readonly WithoutCluster[];
  /**
   * The clusters' jackknife standard error of each coefficient, √((G − 1)/G · Σ (b₍g₎ − b)²) with b of all rows; null where
   * some b₍g₎ is.
   */
  readonly standardErrors: readonly (number | null)[];
}

/**
 * A Cox model fitted anew without each cluster in turn, such as without each country, and the jackknife standard errors
 * that follow.
 *
 * One wants it where rows of a cluster depend on each other and clusters are few: it names the one that carries an
 * estimate, and its standard errors are larger and nearer to the truth than the sandwich's, whose first-order influences
 * are too small for clusters with much weight (MacKinnon, Nielsen and Webb 2023, Journal of Applied Econometrics 38:671,
 * "CV3"; Lipsitz, Dear and Zhao 1994, Biometrics 50:842).
 *
 * @param input as for cox(), with cluster; n rows
 * @param options as for cox()
 * @returns the fit to all rows, whose robust errors and limits may have no end where they do not hold (see cox()), and one
 *   to the rows without each cluster
 * @throws {InvalidInputError} if there is no cluster, or fewer than two, and as cox() for the whole
 * @example leaveClusterOut({ time, event, covariates: { featured }, cluster: country }).clusters
 */
export function leaveClusterOut(
  input: CoxInput & { readonly cluster: Labels },
  options: CoxOptions = {},
): LeaveClusterOut {
  const action = "leaveClusterOut";
  const n = lengthOf(action, "time", input.time);
  if (input.cluster === undefined) {
    throw new InvalidInputError(`${action}: cluster is missing; a label for each row is needed`, "cluster");
  }
  if (input.counted === "clusters") {
    const message = `${action}: counted is "clusters"; each is left out by itself here, and has to be there by itself`;
    throw new InvalidInputError(message, "counted");
  }
  const { labels: names, code } = groupRows(action, "cluster", input.cluster, n);
  if (names.length < 2) {
    throw new InvalidInputError(
      `${action}: cluster has one label only, "${names[0]}"; at least two clusters are needed`,
      "cluster",
    );
  }
  const fit = calledAs(action, () => cox(input, { ...options, robust: options.ties !== "exact" && !options.profile }));
  const terms = fit.terms.map(({ name }) => name);
  const rows = Array.from(code.keys());
  const clusters = names.map((cluster, g) => {
    const kept = rows.filter((i) => code[i] !== g);
    const own = rows.filter((i) => code[i] === g);
    const copies = (some: readonly number[]) => some.reduce((sum, i) => sum + (input.counts?.[i] ?? 1), 0);
    const events = copies(own.filter((i) => Number(input.event[i]) === 1));
    const found = refit(rowsOf(input, kept), terms, options);
    return { cluster, rows: copies(own), events, ...found };
  });
  const share = (names.length - 1) / names.length;
  const standardErrors = fit.terms.map(({ coefficient }, j) =>
    clusters.reduce<number | null>((sum, { coefficients }) => {
      const without = coefficients[j];
      return sum === null || without === null ? null : sum + share * square(without - coefficient);
    }, 0),
  );
  return {
    names: terms,
    fit,
    clusters,
    standardErrors: standardErrors.map((square) => (square === null ? null : Math.sqrt(square))),
  };
}

function refit(
  input: CoxInput,
  terms: readonly string[],
  options: CoxOptions,
): Pick<WithoutCluster, "coefficients" | "reason"> {
  try {
    const fit = cox(input, { ...options, profile: false, robust: false });
    const unreliable = fit.warnings.find(({ kind }) => kind === "SeparationWarning" || kind === "ConvergenceWarning");
    const infinite = unreliable?.kind === "SeparationWarning" ? unreliable.covariates : terms;
    const coefficients = terms.map((name) => {
      const term = fit.terms.find((one) => one.name === name);
      const usable = unreliable === undefined || !infinite.includes(name);
      return term !== undefined && usable ? term.coefficient : null;
    });
    const warning = unreliable ?? fit.warnings.find(({ kind }) => kind === "AliasedWarning");
    return { coefficients, reason: coefficients.includes(null) ? (warning?.message ?? null) : null };
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return { coefficients: terms.map(() => null), reason: error.message };
  }
}

/** Some rows of the input, without its clusters. */
function rowsOf(
  { time, event, entry, weights, counts, strata, offset, covariates, order }: CoxInput,
  rows: readonly number[],
): CoxInput {
  const take = (values: Vector): number[] => rows.map((i) => values[i]);
  return {
    time: take(time),
    event: rows.map((i) => event[i]),
    covariates: mapValues(covariates, take),
    ...(order !== undefined && { order }),
    ...(entry !== undefined && { entry: take(entry) }),
    ...(weights !== undefined && { weights: take(weights) }),
    ...(counts !== undefined && { counts: take(counts) }),
    ...(offset !== undefined && { offset: take(offset) }),
    ...(strata !== undefined && { strata: rows.map((i) => strata[i]) }),
  };
}
