import type { LogisticDesign } from "./logistic-design";

/**
 * Judges from the data whether a step points along a separating direction, and names its columns.
 *
 * The likelihood rises for ever, and no finite estimate exists, if some combination γ·x is nowhere below 0 among the
 * treated and nowhere above 0 among the controls, and not 0 everywhere (Albert and Anderson 1984, Biometrika 71:1;
 * "quasi-complete" where some rows are at 0). Newton's steps tend to such a direction if there is one. So the last
 * step is the candidate, and each row decides; a large coefficient by itself shows nothing.
 *
 * @param step on the design's columns, intercept first
 * @returns the columns that make the direction, or null if it does not separate
 */
export function separatingColumns(
  design: LogisticDesign,
  y: Uint8Array,
  step: Float64Array,
): string[] | null {
  const { n, x, names } = design;
  const spread = Array.from(step, (value, j) => Math.abs(value) * range(x.subarray(j * n, (j + 1) * n)));
  const largest = Math.max(...spread);
  if (!(largest > 0.1)) return null;
  const tolerance = 1e-6 * largest;
  let strict = false;
  for (let i = 0; i < n; i++) {
    let value = 0;
    for (let j = 0; j < step.length; j++) value += step[j] * x[j * n + i];
    if (y[i] === 0) value = -value;
    if (value < -tolerance) return null;
    if (value > 0.01 * largest) strict = true;
  }
  return strict ? names.filter((_, j) => spread[j] > 0.001 * largest) : null;
}

function range(values: Float64Array): number {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return max - min;
}

/** What to tell of a separation by these columns. */
export function separationMessage(
  action: string,
  design: LogisticDesign,
  y: Uint8Array,
  columns: string[],
): string {
  const advice =
    "so that their coefficients have no finite estimate and the arms do not overlap there. Leave the covariate out, " +
    "join its levels, or compare only rows for which both arms occur";
  if (columns.length > 1) {
    const list = columns.map((name) => `"${name}"`).join(", ");
    return `${action}: a combination of ${list} tells treated from control rows (separation), ${advice}`;
  }
  const j = design.names.indexOf(columns[0]);
  const values = design.x.subarray(j * design.n, (j + 1) * design.n);
  const distinct = new Set(values);
  if (distinct.size === 2) {
    for (const value of distinct) {
      for (const arm of [0, 1]) {
        if (values.some((other, i) => other === value && y[i] === arm)) continue;
        const found = Number((value * design.scale[j] + design.center[j]).toPrecision(12));
        const rows = values.filter((other) => other === value).length;
        return `${action}: all ${rows} rows where "${columns[0]}" is ${found} are ${arm === 1 ? "control" : "treated"} rows (separation), ${advice}`;
      }
    }
  }
  return `${action}: "${columns[0]}" alone tells treated from control rows (separation), ${advice}`;
}
