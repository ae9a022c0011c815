import { checkSourced, type Provenance, provenancesOf, type Sourced } from "../../files";
import { InvalidInputError, SurvivalError } from "../../statistics";
import { log } from "../../statistics/elementary";
import { checkFields, checkWhole, lengthOf } from "../../statistics/inner";
import { concordance } from "../../survival";
import type { CoxFit, CoxTerm } from "../../survival/cox";
import { PROFILE_MARK } from "./marks";

/** A column of a regression table: a fit under a heading, or the reason why there is none. */
export interface RegressionModel {
  readonly label: string;
  /** null where the model could not be fitted. */
  readonly fit: CoxFit | null;
  /** Why there is no fit, or anything else that the notes shall say of this column. */
  readonly remark?: string;
}

/** What stands in the cells: log hazard ratios with standard errors, or hazard ratios with intervals. */
export type RegressionStyle = "coefficients" | "hazard ratios";

/** One estimate; on the scale of the table's style. */
export interface RegressionEstimate {
  readonly estimate: number;
  /** Of the coefficient, whatever the style; the robust one where the fit has it, null where it was asked for and does not hold. */
  readonly standardError: number | null;
  /** Limits; without end (−Infinity or 0, Infinity) where the fit has none, as after separation. */
  readonly lower: number;
  readonly upper: number;
  /** What limits and p value are from; null where the variance does not hold, and then there is no p value either. */
  readonly test: CoxTerm["test"];
  readonly pValue: number | null;
  /** One star for each level that the p value is below. */
  readonly stars: "" | "*" | "**" | "***";
}

export interface RegressionRow {
  readonly name: string;
  /** One a model: its estimate, "left out" where the model could not estimate it, null where it is not in the model. */
  readonly cells: readonly (RegressionEstimate | "left out" | null)[];
}

/** A line below the estimates: n, events, log-likelihood, concordance. */
export interface RegressionSummary {
  readonly label: string;
  /** One a model; null where it is not known. */
  readonly values: readonly (number | null)[];
  readonly digits: number;
}

/** Cox models side by side, as plain data. journalTable(), regressionMarkdown() and regressionLatex() print it. */
export interface RegressionTable {
  readonly kind: "regression table";
  readonly caption: string;
  readonly style: RegressionStyle;
  /** Headings of the columns. */
  readonly models: readonly string[];
  readonly rows: readonly RegressionRow[];
  readonly summary: readonly RegressionSummary[];
  /** What brackets and stars mean, ties, robust errors, warnings: one sentence each. */
  readonly notes: readonly string[];
  /** Decimals of estimates and of what stands in the brackets. */
  readonly digits: number;
  readonly provenance: readonly Provenance[];
}

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
 * @throws InvalidInputError without models, with two of the same heading, or with hazard ratios of different coverage, or for
 *   decimals that are no whole number from 0 to 20
 * @example
 * show(regressionTable([crude, adjusted], { data: women, style: "hazard ratios" }));
 */
export function regressionTable(
  models: readonly (CoxFit | RegressionModel)[],
  options: RegressionTableOptions,
): RegressionTable {
  lengthOf("regressionTable", "models", models);
  if (options.order !== undefined) lengthOf("regressionTable", "order", options.order);
  checkSourced("regressionTable", "data", options.data);
  checkFields("regressionTable", "options", options, ["data", "caption", "style", "digits", "order"]);
  const columns = models.map(
    (model, at): RegressionModel => ("terms" in model ? { label: `(${at + 1})`, fit: model } : model),
  );
  const { style = "coefficients" } = options;
  const { digits = style === "coefficients" ? 3 : 2 } = options;
  checkWhole("regressionTable", "digits", digits, 0, 20);
  checkColumns(columns, style);
  const concordances = columns.map(({ fit }) => concordanceOf(fit));
  const value = (read: (fit: CoxFit) => number) => columns.map(({ fit }) => (fit === null ? null : read(fit)));
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
    digits,
    provenance: provenancesOf(options.data),
  };
}

function checkColumns(columns: readonly RegressionModel[], style: RegressionStyle): void {
  if (columns.length === 0)
    throw new InvalidInputError("regressionTable: needs at least one model; got none", "models");
  const labels = columns.map(({ label }) => label);
  const twice = labels.find((label, at) => labels.indexOf(label) < at);
  if (twice !== undefined)
    throw new InvalidInputError(`regressionTable: two models have the heading "${twice}"`, "models");
  const coverages = [...new Set(columns.flatMap(({ fit }) => fit?.confidence ?? []))];
  if (style === "hazard ratios" && coverages.length > 1) {
    throw new InvalidInputError(
      `regressionTable: the fits have intervals of ${coverages.join(" and ")}; fit them with one confidence`,
      "models",
    );
  }
}

/** Covariates by first appearance: those with a coefficient and those left out. */
function namesOf(columns: readonly RegressionModel[], order: readonly string[]): string[] {
  const found = new Set(
    columns.flatMap(({ fit }) => (fit === null ? [] : [...fit.terms.map(({ name }) => name), ...fit.aliased])),
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
  const { coefficient, hazardRatio, lower, upper, pValue, test } = term;
  const exponentiated = style === "hazard ratios";
  const passed = STAR_LEVELS.filter((level) => pValue !== null && pValue < level).length;
  return {
    estimate: exponentiated ? hazardRatio : coefficient,
    standardError: test === null ? null : (term.robustStandardError ?? term.standardError),
    lower: exponentiated ? lower : log(lower),
    upper: exponentiated ? upper : log(upper),
    test,
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

/** Levels of one, two and three stars, as the note under the paper's Table 1 gives them. */
const STAR_LEVELS = [0.1, 0.05, 0.01] as const;

const TIES = { efron: "Efron's method", breslow: "Breslow's method", exact: "the exact likelihood" } as const;
const PENALTY = { firth: "Firth's penalty", ridge: "a ridge penalty" } as const;

/** What a reader has to know to read the cells, a sentence each. */
function regressionNotes(columns: readonly RegressionModel[], style: RegressionStyle): string[] {
  const fitted = columns.flatMap(({ label, fit }) => (fit === null ? [] : [{ label, fit }]));
  const coverage = 100 * (fitted[0]?.fit.confidence ?? 0.95);
  return [
    style === "coefficients"
      ? "Log hazard ratios, standard errors in brackets."
      : `Hazard ratios, ${Number(coverage.toPrecision(4))}% intervals in brackets.`,
    `${STAR_LEVELS.map((level, at) => `${"*".repeat(at + 1)} p < ${level}`).join(", ")}.`,
    ...kinds(fitted, (fit) => `Ties by ${TIES[fit.ties]}`),
    ...kinds(fitted, (fit) => (isRobust(fit) ? "Robust standard errors" : null)),
    ...kinds(fitted, (fit) => testOf(fit)),
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

/** Where p values and limits are not Wald's; those follow from coefficient and standard error. */
function testOf({ terms, penalty }: CoxFit): string | null {
  if (!terms.some(({ test }) => test === "profile")) return null;
  const by = `${penalty === "firth" ? "penalised " : ""}profile likelihood`;
  return `${PROFILE_MARK} p value and interval by the ${by}, not Wald's`;
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
