import { InvalidInputError, seededRandom } from "../statistics";
import { calledAs, checkFields, checkFlag, checkLength, checkWhole, columnNames, shown } from "../statistics/inner";
import type { Outcome } from "../survival";
import { checkOutcome, refuseCounts } from "../survival/inner";
import { nelsonAalen } from "./nelson-aalen";
import { drawCoefficients, logisticPosterior, probabilityAt } from "./posterior";

export interface ImputationInput {
  /** When observation of each row ended, and whether with the event: both help to impute. */
  readonly time: Outcome["time"];
  readonly event: Outcome["event"];
  /** By name; null where the value is missing, which only columns of 0 and 1 may have. */
  readonly covariates: Readonly<Record<string, readonly (number | null)[]>>;
}

export interface ImputationOptions {
  /** Completed copies of the data, 20 unless told. */
  readonly imputations?: number;
  /** Rounds through the incomplete covariates for each copy, 5 unless told. */
  readonly iterations?: number;
  /** Seed of the draws, 1 unless told; each copy has its own stream of it. */
  readonly seed?: number;
  /**
   * Whether the event and Nelson–Aalen's cumulative hazard are among the predictors; true unless told. False is the
   * mistake that one wants to see: imputed values then know nothing of the outcome, and pull coefficients to zero.
   */
  readonly outcome?: boolean;
}

/** Data with missing values drawn several times. */
export interface Imputations {
  readonly seed: number;
  readonly iterations: number;
  /** What is missing: by covariate, the caller's rows. */
  readonly missing: readonly { readonly covariate: string; readonly rows: readonly number[] }[];
  /** Rows that miss at least one value. */
  readonly incompleteRows: readonly number[];
  /** The covariates of each copy, complete. */
  readonly completed: readonly Readonly<Record<string, readonly number[]>>[];
  /**
   * To see whether the chains have settled: for each copy, after each round, the share of ones among the imputed values of
   * each incomplete covariate, in the order of `missing`.
   */
  readonly chains: readonly (readonly (readonly number[])[])[];
}

const EVENT = "event of the outcome";
const HAZARD = "Nelson–Aalen of the outcome";

/**
 * Multiple imputation by chained equations, for 0/1 covariates of a Cox model; what R's `mice(data, method = "logreg")`
 * does with the event and `nelsonaalen()` among the predictors.
 *
 * One wants it where a few values are missing and the rows should not be thrown away with them: each missing value is
 * drawn, several times, from what the other columns say about it. Covariates are gone through in turn, from the one
 * with the fewest missing values; each time coefficients are drawn from their posterior, then the values (van Buuren 2007,
 * Statistical Methods in Medical Research 16:219). The outcome has to be among the predictors, as event and cumulative
 * hazard (White and Royston 2009, Statistics in Medicine 28:1982). Results are for {@link poolCox}.
 *
 * It assumes that values are missing at random: given the columns, whether a value is missing tells nothing about what
 * it is. Nothing in the data can show that.
 *
 * @param input n rows
 * @throws {InvalidInputError} naming argument and index: for a column with missing values that is not of 0 and 1, a column
 *   with no known value or one only, numbers that are not finite, or options that cannot be used
 * @example
 * const { completed } = imputeChained({ time, event, covariates }, { imputations: 20, seed: 6 });
 * poolCox(completed.map((covariates) => cox({ time, event, covariates })));
 */
export function imputeChained(input: ImputationInput, options: ImputationOptions = {}): Imputations {
  const action = "imputeChained";
  checkFields(action, "options", options, ["imputations", "iterations", "seed", "outcome"]);
  const { imputations = 20, iterations = 5, seed = 1, outcome = true } = options;
  checkFlag(action, "outcome", outcome);
  checkWhole(action, "imputations", imputations, 1);
  checkWhole(action, "iterations", iterations, 1);
  checkWhole(action, "seed", seed, 0);
  refuseCounts(action, input, "every row has its own value imputed");
  const { n, event } = checkOutcome(action, input);
  const missing = missingOf(action, input.covariates, n);
  const fixed: Record<string, readonly number[]> = {};
  if (outcome)
    Object.assign(fixed, {
      [EVENT]: Array.from(event),
      [HAZARD]: nelsonAalen({ time: input.time, event: input.event }),
    });
  const copies = calledAs(action, () =>
    Array.from({ length: imputations }, (_, copy) => chain(input.covariates, fixed, missing, iterations, seed, copy)),
  );
  return {
    seed,
    iterations,
    missing,
    incompleteRows: [...new Set(missing.flatMap(({ rows }) => rows))].sort((a, b) => a - b),
    completed: copies.map(({ completed }) => completed),
    chains: copies.map(({ shares }) => shares),
  };
}

/** One copy: starts from values drawn among the known ones, then goes round. */
function chain(
  covariates: ImputationInput["covariates"],
  fixed: Readonly<Record<string, readonly number[]>>,
  missing: Imputations["missing"],
  iterations: number,
  seed: number,
  copy: number,
) {
  const random = seededRandom(seed, copy);
  const current: Record<string, number[]> = Object.fromEntries(
    Object.entries(covariates).map(([name, column]) => {
      const known = column.filter((value) => value !== null);
      return [name, column.map((value) => value ?? known[random.integer(known.length)] ?? 0)];
    }),
  );
  const shares = Array.from({ length: iterations }, () =>
    missing.map(({ covariate, rows }) => {
      const others = { ...fixed, ...current };
      delete others[covariate];
      const posterior = logisticPosterior({ outcome: covariates[covariate], covariates: others });
      const coefficients = drawCoefficients(posterior, random);
      for (const row of rows) {
        current[covariate][row] = random.next() < probabilityAt(posterior, coefficients, others, row) ? 1 : 0;
      }
      return rows.reduce((sum, row) => sum + current[covariate][row], 0) / rows.length;
    }),
  );
  return { completed: current, shares };
}

/** Covariates with missing values, from the fewest to the most. */
function missingOf(action: string, covariates: ImputationInput["covariates"], n: number): Imputations["missing"] {
  const found = columnNames(action, covariates).map((covariate) => {
    const column = covariates[covariate];
    const argument = `covariates.${covariate}`;
    if (covariate === EVENT || covariate === HAZARD) {
      const message = `${action}: ${argument} has a name that stands for the outcome here; another is needed`;
      throw new InvalidInputError(message, argument);
    }
    checkLength(action, argument, column, n);
    column.forEach((value, i) => {
      if (value === null || Number.isFinite(value)) return;
      const message = `${action}: ${argument}[${i}] is ${shown(value)}; a finite number, or null where it is missing, is needed`;
      throw new InvalidInputError(message, argument, i);
    });
    const rows = column.flatMap((value, i) => (value === null ? [i] : []));
    if (rows.length > 0) checkBinary(action, argument, column);
    return { covariate, rows };
  });
  return found.filter(({ rows }) => rows.length > 0).sort((a, b) => a.rows.length - b.rows.length);
}

function checkBinary(action: string, argument: string, column: readonly (number | null)[]): void {
  const other = column.findIndex((value) => value !== null && value !== 0 && value !== 1);
  if (other >= 0) {
    throw new InvalidInputError(
      `${action}: ${argument} has missing values and ${argument}[${other}] is ${column[other]}; only columns of 0 and 1 ` +
        "can be imputed",
      argument,
      other,
    );
  }
  const known = new Set(column.filter((value) => value !== null));
  if (known.size === 2) return;
  const found = known.size === 0 ? "no known value" : `no known value but ${[...known][0]}`;
  throw new InvalidInputError(`${action}: ${argument} has ${found}; both 0 and 1 are needed to impute it`, argument);
}
