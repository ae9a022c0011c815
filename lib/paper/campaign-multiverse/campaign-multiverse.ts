import { type Covariates, propensityScore, propensityWeights } from "../../comparability";
import type { LoadOptions } from "../../data/schema";
import { InvalidInputError, SurvivalError } from "../../statistics";
import type { CoxInput, CoxOptions } from "../../survival/cox";
import { type ClockedRows, clockedRows, TIME_ZEROS } from "../clocks";
import type { Analysis, MultiverseDesign, Specification } from "../multiverse";
import { adjustsFor, campaignChoices, excludedCombination, KNOTS, LANDMARK } from "./campaign-choices";
import { adjustmentColumns, type CampaignWomen, campaignSources, inSample, type WomanFacts } from "./campaign-women";

/** The covariate that the multiverse asks about. */
const TERM = "Free the 20";

/**
 * The multiverse of the paper: its choices, and the model of the time to release for every combination of them, on the long
 * list and on the Urgent Actions.
 *
 * Table 1's four models are among them ({@link tableOneSpecification}). All women but the nineteen are synthetic in the
 * project's own files: what the choices do to the estimate can be learned from them, and nothing about the campaign.
 *
 * @param options `from`: a folder with other files, as for the loaders
 * @returns what multiverse() runs
 * @throws DataError if a file cannot be used
 * @example multiverse(campaignMultiverse()).results.length
 */
export function campaignMultiverse(options: LoadOptions = {}): MultiverseDesign {
  const sources = campaignSources(options);
  const known = new Map<string, ClockedRows>();
  const onClock = (women: CampaignWomen, specification: Specification): ClockedRows => {
    const key = `${specification.comparison} ${specification.coding} ${specification.clock}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const clock = TIME_ZEROS.find(({ name }) => name === specification.clock)?.name;
    if (clock === undefined)
      throw new InvalidInputError(`campaignMultiverse: "${specification.clock}" is not a clock`, "specification");
    const { launch, end } = sources;
    // A coding that counts a release before the launch puts it at time 0, as releaseOutcomes() does.
    const made = clockedRows(women.spells, {
      clock,
      launch,
      end,
      landmark: LANDMARK,
      earlyReleaseAtLaunch: true,
    });
    known.set(key, made);
    return made;
  };
  return {
    choices: campaignChoices(),
    exclude: excludedCombination,
    term: TERM,
    provenance: sources.provenance,
    analyse: (specification) => {
      const women = sources.women(specification.comparison ?? "", specification.coding ?? "");
      return analysisOf(specification, women, onClock(women, specification), sources.launch);
    },
  };
}

function analysisOf(
  specification: Specification,
  { spells, facts }: CampaignWomen,
  clocked: ClockedRows,
  launch: string,
): Analysis | { readonly reason: string } {
  const { comparison = "", adjustment = "none", estimator, ties } = specification;
  let rows = clocked.rows.filter(({ woman }) => inSample(comparison, adjustment, facts[woman]));
  const notes: string[] = [];
  let weights: readonly number[] | null = null;
  if (estimator === "weights") {
    const atRisk = [...new Set(rows.map(({ woman }) => woman))];
    const found = overlapWeights(
      adjustment,
      atRisk.map((woman) => facts[woman]),
      atRisk.map((woman) => spells[woman].featured),
    );
    if ("reason" in found) return found;
    const byWoman = new Map(atRisk.map((woman, at) => [woman, found.weights[at] ?? 0]));
    rows = rows.filter(({ woman }) => (byWoman.get(woman) ?? 0) > 0);
    weights = rows.map(({ woman }) => byWoman.get(woman) ?? 0);
    if (found.withoutCounterpart > 0) notes.push(`${found.withoutCounterpart} women have no counterpart and no weight`);
  }
  const knots = Object.hasOwn(KNOTS, estimator ?? "") ? KNOTS[estimator ?? ""] : undefined;
  if (knots !== undefined && rows.some(({ time }) => time === 0)) {
    return { reason: "a release counted at time 0 has no logarithm, of which a baseline with a form is made" };
  }
  const columns = weights === null ? adjustmentColumns(adjustment, facts) : {};
  const women = rows.map(({ woman }) => woman);
  const input: CoxInput = {
    time: rows.map(({ time }) => time),
    event: rows.map(({ event }) => event),
    // Where everybody is at risk from the beginning the likelihood has a faster way.
    ...(rows.some(({ entry }) => entry > 0) && { entry: rows.map(({ entry }) => entry) }),
    covariates: {
      [TERM]: rows.map(({ featured }) => featured),
      ...Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, women.map((woman) => values[woman] ?? Number.NaN)]),
      ),
    },
    ...(weights !== null && { weights, cluster: rows.map(({ id }) => id) }),
    ...(estimator === "clusters" && { cluster: women.map((woman) => facts[woman].country) }),
  };
  const options: CoxOptions = {
    ties: ties === "breslow" || ties === "exact" ? ties : "efron",
    // Where 60 of its steps do not lead to the maximum, 200 do not either.
    ...(estimator === "firth" && { firth: true, profile: false, maxIterations: 60 }),
  };
  // She could have been featured if she was held on the day of the launch; whoever was featured could be.
  const eligible = (woman: number): boolean =>
    spells[woman].featured || (spells[woman].arrested <= launch && spells[woman].until > launch);
  const couldBeTreated = rows.map(({ exposed, woman }) => exposed && eligible(woman));
  return { input, options, knots, n: new Set(women).size, women, couldBeTreated, notes };
}

/** Weights by woman, 0 for those without a counterpart, or why there are none. */
type OverlapWeights =
  | { readonly weights: readonly number[]; readonly withoutCounterpart: number }
  | { readonly reason: string };

/**
 * Overlap weights of women from what an adjustment knows of them. Women with a characteristic or of a region that no woman
 * of the other arm has would have a propensity of 0 or 1, and so an overlap weight of 0: they are left out and counted.
 */
function overlapWeights(
  adjustment: string,
  facts: readonly WomanFacts[],
  featured: readonly boolean[],
): OverlapWeights {
  const columns = categories(adjustment, facts);
  let kept = facts.map((_, i) => i);
  for (let before = Infinity; kept.length < before; ) {
    before = kept.length;
    for (const values of Object.values(columns)) {
      if (values.every((value) => typeof value === "number")) continue;
      const seen = (arm: boolean) => new Set(kept.filter((i) => featured[i] === arm).map((i) => values[i]));
      const [one, other] = [seen(true), seen(false)];
      kept = kept.filter((i) => (featured[i] === true ? other : one).has(values[i]));
    }
  }
  const treated = kept.map((i) => featured[i] === true);
  if (!(treated.includes(true) && treated.includes(false))) return { reason: "no weights: nobody has a counterpart" };
  const varying: Record<string, (string | number)[]> = {};
  for (const [name, values] of Object.entries(columns)) {
    const own = kept.map((i) => values[i] ?? "");
    if (new Set(own).size > 1) varying[name] = own;
  }
  const covariates: Covariates = varying;
  try {
    const scores =
      Object.keys(varying).length === 0 ? treated.map(() => 0.5) : propensityScore({ treated, covariates }).scores;
    const found = propensityWeights(scores, treated, { estimand: "overlap" }).weights;
    const weights = facts.map(() => 0);
    kept.forEach((i, at) => {
      weights[i] = found[at] ?? 0;
    });
    return { weights, withoutCounterpart: facts.length - kept.length };
  } catch (error) {
    if (!(error instanceof SurvivalError)) throw error;
    return { reason: `no weights: ${error.message.replace(/^\w+: /, "")}` };
  }
}

/** Characteristics and region as categories, the year as a number. */
function categories(adjustment: string, facts: readonly WomanFacts[]): Record<string, (string | number)[]> {
  const columns: Record<string, (string | number)[]> = {};
  if (adjustsFor(adjustment, "characteristics")) {
    for (const concern of Object.keys(facts[0]?.characteristics ?? {})) {
      columns[concern] = facts.map(({ characteristics }) => (characteristics?.[concern] === 1 ? "yes" : "no"));
    }
  }
  if (adjustsFor(adjustment, "regions")) {
    columns.region = facts.map(({ region }) => region ?? "none");
  }
  if (adjustsFor(adjustment, "year")) columns.year = facts.map(({ year }) => year);
  return columns;
}
