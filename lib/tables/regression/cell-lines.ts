import type { RegressionEstimate, RegressionTable } from "./types";

/** A number with a plain hyphen as minus, "Inf" and "-Inf" where it has no end; each format makes its own signs of them. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : value < 0 ? "-Inf" : "NaN";
  if (Math.abs(value) >= 1e6) return value.toExponential(1);
  const text = value.toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** The two lines of a cell: estimate with stars, and what stands in brackets. */
export interface CellLines {
  readonly estimate: string;
  readonly stars: string;
  /** One number, a standard error, or two, an interval. */
  readonly bracket: readonly string[];
}

/** The numbers of a cell as text, without markup; null where the covariate is not in the model. */
export function cellLines(
  cell: RegressionEstimate | "left out" | null,
  { style, digits }: Pick<RegressionTable, "style" | "digits">,
): CellLines | "left out" | null {
  if (cell === null || cell === "left out") return cell;
  const bracket = style === "coefficients" ? [cell.standardError] : [cell.lower, cell.upper];
  return {
    estimate: fixed(cell.estimate, digits),
    stars: cell.stars,
    bracket: bracket.map((value) => fixed(value, digits)),
  };
}

/** A number's text as prose prints it: a true minus and ∞. */
export function pretty(text: string): string {
  return text.replaceAll("-", "−").replace("Inf", "∞");
}
