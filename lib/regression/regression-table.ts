import { provenancesOf, type Sourced } from "../data/provenance";
import { log } from "../statistics/elementary";
import { type CoxFit, type CoxTerm, concordance, SurvivalError } from "../survival";
import { regressionNotes, STAR_LEVELS } from "./notes";
import type {
  RegressionEstimate,
  RegressionModel,
  RegressionRow,
  RegressionStyle,
  RegressionTable,
} from "./types";

export interface RegressionTableOptions {
  /** What the models were fitted to; a table over synthetic rows says so. */
  readonly data: Sourced;
  readonly caption?: string;
  /** "coefficients" unless told. */
  readonly style?: RegressionStyle;
  /** Decimals; 3 for coefficients, 2 for hazard ratios unless told. */
  readonly digits?: number;
  /** Names of covariates that stand first, in this order; others follow in the order of the models. */
  readonly order?: readonly string[];
}

/**
 * Cox models side by side in the form of journals: estimates with standard errors in brackets and stars at p < 0.1,
 * 0.05 and 0.01 (the levels of the paper's Table 1), or hazard ratios with their intervals; below them n, events,
 * log-likelihood and concordance. Models may have different covariates, ties, penalties and variances: what differs,
 * what was left out and each warning of a fit stand in the notes.
 *
 * @param models fits of cox(), headed (1), (2), …, or fits with headings of their own; a model that could not be fitted
 *   keeps its column
 * @returns a plain value; show() prints it, regressionMarkdown() and regressionLatex() write it for a paper
 * @throws RangeError without models, with two of the same heading, or with hazard ratios of different coverage
 * @example
 * show(regressionTable([crude, adjusted], { data: women, style: "hazard ratios" }));
 */
export function regressionTable(
  models: readonly (CoxFit | RegressionModel)[],
  options: RegressionTableOptions,
): RegressionTable {
  const columns = models.map(
    (model, at): RegressionModel => ("terms" in model ? { label: `(${at + 1})`, fit: model } : model),
  );
  const { style = "coefficients" } = options;
  checkColumns(columns, style);
  const concordances = columns.map(({ fit }) => concordanceOf(fit));
  const value = (read: (fit: CoxFit) => number) =>
    columns.map(({ fit }) => (fit === null ? null : read(fit)));
  return {
    kind: "regression table",
    caption: options.caption ?? (style === "coefficients" ? "Cox models" : "Cox models, hazard ratios"),
    style,
    models: columns.map(({ label }) => label),
    rows: namesOf(columns, options.order ?? []).map((name) => rowOf(name, columns, style)),
    summary: [
      { label: "n", values: value((fit) => fit.n), digits: 0 },
      { label: "Events", values: value((fit) => fit.events), digits: 0 },
      { label: "Log-likelihood", values: value((fit) => fit.logLikelihood.fitted), digits: 2 },
      { label: "Concordance", values: concordances.map(({ estimate }) => estimate), digits: 3 },
    ],
    notes: [
      ...regressionNotes(columns, style),
      ...concordances.flatMap(({ reason }, at) =>
        reason === null ? [] : [`${columns[at]?.label}: no concordance, ${reason}.`],
      ),
    ],
    digits: options.digits ?? (style === "coefficients" ? 3 : 2),
    provenance: provenancesOf(options.data),
  };
}

function checkColumns(columns: readonly RegressionModel[], style: RegressionStyle): void {
  if (columns.length === 0) throw new RangeError("regressionTable: needs at least one model; got none");
  const labels = columns.map(({ label }) => label);
  const twice = labels.find((label, at) => labels.indexOf(label) < at);
  if (twice !== undefined) throw new RangeError(`regressionTable: two models have the heading "${twice}"`);
  const coverages = [...new Set(columns.flatMap(({ fit }) => fit?.confidence ?? []))];
  if (style === "hazard ratios" && coverages.length > 1) {
    throw new RangeError(
      `regressionTable: the fits have intervals of ${coverages.join(" and ")}; fit them with one confidence`,
    );
  }
}

/** Covariates by first appearance: those with a coefficient and those left out. */
function namesOf(columns: readonly RegressionModel[], order: readonly string[]): string[] {
  const found = new Set(
    columns.flatMap(({ fit }) =>
      fit === null ? [] : [...fit.terms.map(({ name }) => name), ...fit.aliased],
    ),
  );
  const first = order.filter((name) => found.has(name));
  return [...new Set([...first, ...found])];
}

function rowOf(name: string, columns: readonly RegressionModel[], style: RegressionStyle): RegressionRow {
  const cells = columns.map(({ fit }) => {
    const term = fit?.terms.find((candidate) => candidate.name === name);
    if (term !== undefined) return estimateOf(term, style);
    return fit?.aliased.includes(name) === true ? "left out" : null;
  });
  return { name, cells };
}

function estimateOf(term: CoxTerm, style: RegressionStyle): RegressionEstimate {
  const { coefficient, hazardRatio, lower, upper, pValue } = term;
  const exponentiated = style === "hazard ratios";
  const passed = STAR_LEVELS.filter((level) => pValue < level).length;
  return {
    estimate: exponentiated ? hazardRatio : coefficient,
    standardError: term.robustStandardError ?? term.standardError,
    lower: exponentiated ? lower : log(lower),
    upper: exponentiated ? upper : log(upper),
    pValue,
    stars: STARS[passed] ?? "",
  };
}

const STARS = ["", "*", "**", "***"] as const;

function concordanceOf(fit: CoxFit | null): { estimate: number | null; reason: string | null } {
  if (fit === null) return { estimate: null, reason: null };
  try {
    return { estimate: concordance(fit).estimate, reason: null };
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return { estimate: null, reason: error.message };
  }
}
