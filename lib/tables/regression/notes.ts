import type { CoxFit } from "../../survival/cox";
import type { RegressionModel, RegressionStyle } from "./types";

/** Levels of one, two and three stars, as the note under the paper's Table 1 gives them. */
export const STAR_LEVELS = [0.1, 0.05, 0.01] as const;

const TIES = { efron: "Efron's method", breslow: "Breslow's method", exact: "the exact likelihood" } as const;
const PENALTY = { firth: "Firth's penalty", ridge: "a ridge penalty" } as const;

/** What a reader has to know to read the cells, a sentence each. */
export function regressionNotes(columns: readonly RegressionModel[], style: RegressionStyle): string[] {
  const fitted = columns.flatMap(({ label, fit }) => (fit === null ? [] : [{ label, fit }]));
  const coverage = 100 * (fitted[0]?.fit.confidence ?? 0.95);
  return [
    style === "coefficients"
      ? "Log hazard ratios, standard errors in brackets."
      : `Hazard ratios, ${Number(coverage.toPrecision(4))}% intervals in brackets.`,
    `${STAR_LEVELS.map((level, at) => `${"*".repeat(at + 1)} p < ${level}`).join(", ")}.`,
    ...kinds(fitted, (fit) => `Ties by ${TIES[fit.ties]}`),
    ...kinds(fitted, (fit) => (isRobust(fit) ? "Robust standard errors" : null)),
    ...kinds(fitted, (fit) => (fit.penalty === "none" ? null : `Fitted with ${PENALTY[fit.penalty]}`)),
    ...columns.flatMap(({ label, fit, remark }) => {
      if (fit === null) return [`${label} was not fitted: ${sentence(remark ?? "no reason given")}`];
      return remark === undefined ? [] : [`${label}: ${sentence(remark)}`];
    }),
    ...fitted.flatMap(({ label, fit }) =>
      fit.warnings.map(({ message }) => `${label}: ${sentence(message.replace(/^cox: /, ""))}`),
    ),
  ];
}

function isRobust(fit: CoxFit): boolean {
  return fit.terms.some(({ robustStandardError }) => robustStandardError !== null);
}

/** A property of fits as a sentence: without headings where all share it, else with the headings of those that do. */
function kinds(
  fitted: readonly { readonly label: string; readonly fit: CoxFit }[],
  describe: (fit: CoxFit) => string | null,
): string[] {
  const described = fitted.map(({ fit }) => describe(fit));
  return [...new Set(described)].flatMap((text) => {
    if (text === null) return [];
    const labels = fitted.filter((_, at) => described[at] === text).map(({ label }) => label);
    return labels.length === fitted.length ? [`${text}.`] : [`${text} in ${labels.join(", ")}.`];
  });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
