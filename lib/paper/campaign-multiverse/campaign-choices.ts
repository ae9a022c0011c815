import { codings } from "../../data";
import { TIME_ZEROS } from "../clocks";
import type { Choice, Specification } from "../multiverse";

/** The last woman was featured in September 2015; on this day it was settled who is. */
export const LANDMARK = "2015-10-01";

/** "Recent" prisoners were arrested in this year or later; so were eighteen of the nineteen featured women. */
export const RECENT = 2009;

const CLOCK_LABELS = {
  arrest: "since arrest",
  "arrest, from the launch": "arrest, late entry",
  "arrest, campaign switched on": "arrest, switched on",
  launch: "since launch",
  landmark: "since October 2015",
} as const;

/** With labels from a hat these two find an effect, each in its direction: notebook 05 shows it by fits. */
const WRONG_CLOCKS: readonly string[] = ["arrest", "arrest, campaign switched on"];

/**
 * The choices that an analyst of the campaign has to make, each with the ways to decide it that can be defended.
 *
 * Codings that would take releases from the featured women only (bail, exile or an exchange do not count) are not among
 * them: the files say nothing on how the others were released, so that they would move the answer by construction. Two
 * clocks are left out because they give the same estimates as others: entry at two months changes no risk set, and
 * calendar time has those of the launch clock. Two other clocks are `wrong`: the paper's, and its usual cure.
 *
 * @returns comparison group, coding, clock, adjustment, ties, estimator
 * @throws DataError if the data package, which defines the codings, cannot be read
 * @example campaignChoices().map(({ label }) => label)
 */
export function campaignChoices(): readonly Choice[] {
  return [
    choice("comparison", "Compared with", [
      ["long-list", "long list", "The women who were proposed and not featured: chosen by the same officials."],
      [
        "prisoners",
        "all prisoners",
        "Women named in Urgent Actions from 2000 on and held for two months: those of Table 1.",
      ],
      [
        "recent",
        "recent prisoners",
        "Of these the women arrested in 2009 or later: the others were held in another time.",
      ],
    ]),
    choice(
      "coding",
      "Released",
      // The first sentence; the whole of it, with its reasons, stands in data/datapackage.json.
      codings().map(({ name, released, of, definition }) => [
        name,
        `${released} of ${of}`,
        definition.replace(/\. .*$/s, "."),
      ]),
    ),
    choice(
      "clock",
      "Clock",
      Object.entries(CLOCK_LABELS).map(([name, label]) => [
        name,
        label,
        TIME_ZEROS.find((clock) => clock.name === name)?.reasoning ?? "",
      ]),
      WRONG_CLOCKS,
    ),
    choice("adjustment", "Adjusted for", [
      ["none", "nothing", "Model 1 of Table 1."],
      ["characteristics", "characteristics", "Model 2: five concerns coded from reports."],
      ["regions", "regions", "Model 3: five regions."],
      ["both", "both", "Model 4: concerns and regions."],
      [
        "year",
        "year",
        "The year of the arrest. The paper names the year of the first report as an imbalance and never adjusts for it; of the featured women it is not known.",
      ],
      ["all", "all of these", "Concerns, regions and year."],
    ]),
    choice("ties", "Ties", [
      ["efron", "Efron", "The default of R."],
      ["breslow", "Breslow", "The default of Stata."],
      ["exact", "exact", "Releases of one day as choices from the risk set."],
    ]),
    choice("estimator", "Estimator", [
      ["cox", "Cox", "Partial likelihood with model-based errors, as in the paper."],
      [
        "clusters",
        "Cox, by country",
        "The same estimate with errors robust to clusters: releases of one country are not independent.",
      ],
      ["firth", "Firth", "Penalised likelihood, less biased with few events; Wald limits, so that it can be compared."],
      [
        "weights",
        "overlap weights",
        "Women weighted by their propensity to be alike in what is adjusted for, robust errors.",
      ],
      ["weibull", "Weibull", "A baseline hazard that is a power of time, the form that is named most often."],
      [
        "spline",
        "spline",
        "A smooth baseline of a few bends, between a form that is named and Cox's, which is left open (Royston and Parmar 2002).",
      ],
    ]),
  ];
}

function choice(
  name: string,
  label: string,
  levels: readonly (readonly [name: string, label: string, reasoning: string])[],
  wrong: readonly string[] = [],
): Choice {
  return {
    name,
    label,
    levels: levels.map(([name, label, reasoning]) => ({
      name,
      label,
      reasoning,
      ...(wrong.includes(name) && { wrong: true }),
    })),
  };
}

/** Inner knots of the baseline of the estimators that have a form. */
export const KNOTS: Readonly<Record<string, number>> = { weibull: 0, spline: 2 };

/** Whether an adjustment has a block of covariates. */
export function adjustsFor(adjustment: string | undefined, block: "characteristics" | "regions" | "year"): boolean {
  return adjustment === block || adjustment === "all" || (adjustment === "both" && block !== "year");
}

/** Why a combination of the campaign's choices makes no sense; null where it does. */
export function excludedCombination(specification: Specification): string | null {
  const { comparison, clock, adjustment, ties, estimator } = specification;
  if (comparison === "long-list") {
    if (clock === "arrest, campaign switched on") {
      return "the long list was drawn up from women held in 2015; before, none of them could be released";
    }
    if (adjustsFor(adjustment, "characteristics")) {
      return "nothing is known of the characteristics of the long list";
    }
  }
  if (estimator === "weights" && adjustment === "none") return "weights need something to be adjusted for";
  if (ties !== "efron" && estimator !== "cox") {
    return "other tie methods are run with the plain Cox model only: robust and penalised fits have no exact form, and a baseline with a form needs none";
  }
  return null;
}

/**
 * The specification that is one of the four models of the paper's Table 1.
 *
 * @example tableOneSpecification(2).adjustment // "characteristics"
 */
export function tableOneSpecification(model: 1 | 2 | 3 | 4): Specification {
  const adjustment = { 1: "none", 2: "characteristics", 3: "regions", 4: "both" }[model];
  return {
    comparison: "prisoners",
    coding: "working-paper",
    clock: "arrest",
    adjustment,
    ties: "efron",
    estimator: "cox",
  };
}
