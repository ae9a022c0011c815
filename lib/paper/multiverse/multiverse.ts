import type { Provenance } from "../../files";
import { normalQuantile, SurvivalError } from "../../statistics";
import { log } from "../../statistics/elementary";
import { type CoxInput, type CoxOptions, cox } from "../../survival/cox";
import { flexibleParametric } from "../../survival/parametric";
import { type Choice, type Excluded, type Specification, specifications } from "./choices";

/** What a specification comes to: a model of the hazard and the covariate that is asked about. */
export interface Analysis {
  readonly input: CoxInput;
  /** Of Cox's model. */
  readonly options?: CoxOptions;
  /** In place of Cox's model one whose baseline is a spline with so many inner knots, none of them for Weibull's form. */
  readonly knots?: number;
  /** Women, which may be fewer than rows where their time is split. */
  readonly n: number;
  /** Indices of women by row, so that a permutation can deal labels to women. */
  readonly women: readonly number[];
  /** Whether the covariate asked about could be 1 in the row, had the labels been dealt otherwise. */
  readonly couldBeTreated: readonly boolean[];
  /** What was left out or changed on the way, for the reader. */
  readonly notes: readonly string[];
}

/** A multiverse before it is run. */
export interface MultiverseDesign {
  readonly choices: readonly Choice[];
  /** Why a combination makes no sense; null where it does. */
  readonly exclude?: (specification: Specification) => string | null;
  /** The analysis of a specification, or why there is none. */
  readonly analyse: (specification: Specification) => Analysis | { readonly reason: string };
  /** Name of the covariate whose coefficient is wanted. */
  readonly term: string;
  readonly provenance: readonly Provenance[];
}

/** A specification with its result, or with the reason why it has none. */
export interface SpecificationResult extends Estimated {
  /** Place among the specifications, from 0. */
  readonly index: number;
  readonly specification: Specification;
  readonly n: number;
  readonly events: number;
  /** Events in rows where the covariate asked about is not 0. */
  readonly treatedEvents: number;
  readonly notes: readonly string[];
}

/** All specifications with their results. */
export interface Multiverse {
  readonly choices: readonly Choice[];
  readonly results: readonly SpecificationResult[];
  /** Combinations that make no sense, by reason; they are not among the results. */
  readonly excluded: readonly Excluded[];
  readonly term: string;
  readonly provenance: readonly Provenance[];
}

/**
 * Runs every combination of an analyst's choices: a multiverse analysis (Steegen, Tuerlinckx, Gelman and Vanpaemel 2016,
 * Perspectives on Psychological Science 11:702), whose results a specification curve shows (Simonsohn, Simmons and
 * Nelson 2020, Nature Human Behaviour 4:1208).
 *
 * One wants it because a paper reports a few of the analyses that its data would have borne, and a reader cannot see the
 * others. No specification is dropped: one without an estimate has the reason, such as separation or no events.
 *
 * @param design choices, which combinations make no sense, and the model of each of the others, such as
 *   {@link campaignMultiverse} gives
 * @returns a result for each specification, in the order of {@link specifications}
 * @throws {InvalidInputError} for choices that cannot be used; whatever `analyse` throws
 * @example multiverse(campaignMultiverse()).results.filter((result) => result.estimate !== null).length
 */
export function multiverse(design: MultiverseDesign): Multiverse {
  const { kept, excluded } = specifications(design.choices, design.exclude, "multiverse");
  const results = kept.map((specification, index): SpecificationResult => {
    const analysis = design.analyse(specification);
    if ("reason" in analysis) {
      const nothing = { n: 0, events: 0, treatedEvents: 0, notes: [] };
      return { index, specification, ...nothing, ...NONE, reason: analysis.reason };
    }
    const { input, n, notes } = analysis;
    const x = input.covariates[design.term];
    let [events, treatedEvents] = [0, 0];
    for (let i = 0; i < input.time.length; i++) {
      if (Number(input.event[i]) !== 1 || input.weights?.[i] === 0) continue;
      const copies = input.counts?.[i] ?? 1;
      events += copies;
      if (x !== undefined && x[i] !== 0) treatedEvents += copies;
    }
    const { warnings, ...estimated } = fitSpecification(analysis, design.term);
    return { index, specification, n, events, treatedEvents, notes: [...notes, ...warnings], ...estimated };
  });
  return { choices: design.choices, results, excluded, term: design.term, provenance: design.provenance };
}

/** An estimate with its error, or why there is none: then all numbers are null and `reason` is not. */
export interface Estimated {
  /** Log hazard ratio. */
  readonly estimate: number | null;
  /** The robust one where the specification asks for it. */
  readonly standardError: number | null;
  /** Limits of the log hazard ratio, at the fit's confidence (95 % unless told). */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly pValue: number | null;
  readonly reason: string | null;
}

const NONE = { estimate: null, standardError: null, lower: null, upper: null, pValue: null } as const;

/**
 * Fits the model of a specification and reads one coefficient. What makes that coefficient impossible is a reason; what
 * concerns other covariates is a warning beside the estimate, which is then the limit that it tends to.
 */
export function fitSpecification(
  { input, options = {}, knots }: Pick<Analysis, "input" | "options" | "knots">,
  term: string,
): Estimated & { readonly warnings: readonly string[] } {
  const none = (reason: string) => ({ ...NONE, reason, warnings: [] });
  const plain = (message: string) => message.replace(/^(cox|flexibleParametric): /, "");
  if (input.time.length === 0) return none("nobody is left to compare");
  let fit: ReturnType<typeof fitBy>;
  try {
    fit = fitBy(input, options, knots);
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return none(plain(error.message));
  }
  const found = fit.terms.find(({ name }) => name === term);
  if (found === undefined) return none(`"${term}" does not vary, or is a combination of other covariates`);
  const warnings: string[] = [];
  for (const warning of fit.warnings) {
    if (warning.kind === "SeparationWarning" && warning.covariates.includes(term)) {
      return none(`separation: no finite estimate, as ${separationCause(input, term)}`);
    }
    if (warning.kind === "ConvergenceWarning") return none("the maximum of the likelihood was not found");
    warnings.push(plain(warning.message));
  }
  const { pValue } = found;
  if (pValue === null) return none("too few clusters for a robust error");
  const standardError = found.robustStandardError ?? found.standardError;
  if (
    standardError === null ||
    !(Number.isFinite(found.coefficient) && standardError > 0 && standardError < Infinity)
  ) {
    return none("no finite estimate");
  }
  const margin = normalQuantile((1 + fit.confidence) / 2) * standardError;
  const isProfile = "test" in found && found.test === "profile";
  return {
    estimate: found.coefficient,
    standardError,
    lower: isProfile ? log(Number(found.lower)) : found.coefficient - margin,
    upper: isProfile ? log(Number(found.upper)) : found.coefficient + margin,
    pValue,
    reason: null,
    warnings,
  };
}

const fitBy = (input: CoxInput, options: CoxOptions, knots: number | undefined) =>
  knots === undefined ? cox(input, options) : flexibleParametric(input, { knots });

/** Which kind of event is missing, so that reasons can be counted. */
function separationCause(input: CoxInput, term: string): string {
  const x = input.covariates[term];
  const events = [0, 0];
  for (let i = 0; i < input.time.length; i++) {
    if (Number(input.event[i]) === 1) events[x !== undefined && x[i] !== 0 ? 1 : 0]++;
  }
  if (events[1] === 0) return "no featured woman was released";
  if (events[0] === 0) return "no other woman was released";
  return "covariates tell the released from the others at each release";
}
