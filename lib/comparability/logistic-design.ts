import { InvalidInputError } from "../statistics";
import { type Covariates, checkCovariates } from "./covariate";

/** Columns of a logistic model, the intercept first, centered and scaled, so that no unit makes it ill-conditioned. */
export interface LogisticDesign {
  readonly n: number;
  /** "(Intercept)", then one a column; a factor's column is called covariate=level. */
  readonly names: readonly string[];
  /** Column-major, n × names.length. */
  readonly x: Float64Array;
  /** What was taken from each column, and what it was then divided by. */
  readonly center: Float64Array;
  readonly scale: Float64Array;
}

/**
 * The design matrix of named covariates. A factor gets a column for each level but the first, its reference (R's
 * treatment contrasts).
 *
 * @throws {InvalidInputError} at the first missing value: a row without a score could only be dropped silently
 */
export function logisticDesign(action: string, covariates: Covariates, n: number): LogisticDesign {
  const names = ["(Intercept)"];
  const columns: Float64Array[] = [new Float64Array(n).fill(1)];
  for (const covariate of checkCovariates(action, covariates, n)) {
    const missing =
      covariate.kind === "factor" ? covariate.code.indexOf(-1) : covariate.values.findIndex(Number.isNaN);
    if (missing >= 0) {
      const argument = `covariates.${covariate.name}`;
      const message =
        `${action}: ${argument}[${missing}] is missing; every row needs every covariate. Leave out rows or the ` +
        "covariate, or make missingness a level";
      throw new InvalidInputError(message, argument, missing);
    }
    if (covariate.kind === "factor") {
      covariate.levels.slice(1).forEach((level, k) => {
        names.push(`${covariate.name}=${level}`);
        columns.push(Float64Array.from(covariate.code, (code) => (code === k + 1 ? 1 : 0)));
      });
    } else {
      names.push(covariate.name);
      columns.push(covariate.values);
    }
  }
  const center = new Float64Array(columns.length);
  const scale = new Float64Array(columns.length).fill(1);
  const x = new Float64Array(n * columns.length);
  columns.forEach((column, j) => {
    if (j > 0) {
      center[j] = column.reduce((sum, value) => sum + value / n, 0);
      const spread = column.reduce((sum, value) => sum + Math.abs(value - center[j]) / n, 0);
      // A constant column has rounding for a spread, and must become exactly 0.
      const constant = column.every((value) => value === column[0]);
      if (constant) center[j] = column[0];
      else scale[j] = spread;
    }
    for (let i = 0; i < n; i++) x[j * n + i] = (column[i] - center[j]) / scale[j];
  });
  return { n, names, x, center, scale };
}

/** Only some of the columns. */
export function selectColumns(design: LogisticDesign, kept: readonly number[]): LogisticDesign {
  const { n } = design;
  const x = new Float64Array(n * kept.length);
  kept.forEach((j, k) => {
    x.set(design.x.subarray(j * n, (j + 1) * n), k * n);
  });
  return {
    n,
    names: kept.map((j) => design.names[j]),
    x,
    center: Float64Array.from(kept, (j) => design.center[j]),
    scale: Float64Array.from(kept, (j) => design.scale[j]),
  };
}
