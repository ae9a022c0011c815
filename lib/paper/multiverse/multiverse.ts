import type { Provenance } from "../../files";
import type { CoxInput, CoxOptions } from "../../survival/cox";
import { type Choice, type Excluded, type Specification, specifications } from "./choices";
import { type Estimated, fitSpecification } from "./fit-specification";

/** What a specification comes to: a Cox model and the covariate that is asked about. */
export interface Analysis {
  readonly input: CoxInput;
  readonly options?: CoxOptions;
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
 * @param design choices, which combinations make no sense, and the Cox model of each of the others, such as
 *   {@link campaignMultiverse} gives
 * @returns a result for each specification, in the order of {@link specifications}
 * @throws RangeError for choices that cannot be used; whatever `analyse` throws
 * @example multiverse(campaignMultiverse()).results.filter((result) => result.estimate !== null).length
 */
export function multiverse(design: MultiverseDesign): Multiverse {
  const { kept, excluded } = specifications(design.choices, design.exclude);
  const results = kept.map((specification, index): SpecificationResult => {
    const analysis = design.analyse(specification);
    if ("reason" in analysis) {
      const nothing = { n: 0, events: 0, treatedEvents: 0, notes: [] };
      return { index, specification, ...nothing, ...withoutEstimate(analysis.reason) };
    }
    const { input, options, n, notes } = analysis;
    const x = input.covariates[design.term];
    let [events, treatedEvents] = [0, 0];
    for (let i = 0; i < input.time.length; i++) {
      if (Number(input.event[i]) !== 1 || input.weights?.[i] === 0) continue;
      events++;
      if (x !== undefined && x[i] !== 0) treatedEvents++;
    }
    const { warnings, ...estimated } = fitSpecification(input, design.term, options);
    return { index, specification, n, events, treatedEvents, notes: [...notes, ...warnings], ...estimated };
  });
  return { choices: design.choices, results, excluded, term: design.term, provenance: design.provenance };
}

function withoutEstimate(reason: string): Estimated {
  return { estimate: null, standardError: null, lower: null, upper: null, pValue: null, reason };
}
